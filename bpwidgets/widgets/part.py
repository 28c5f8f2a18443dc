"""A part of a page: a live view of one shared value, shown by a `Host`, alone or beside others."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, ClassVar, TypeAlias

from matplotlib.figure import Figure

from bpwidgets.pictures import saved
from bpwidgets.shared import Shared

MIME = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
Scene: TypeAlias = dict[str, Any]
Send: TypeAlias = Callable[..., None]  # a message to the page, and its buffers


class Kept:
    """Makes a thing again only when what it needs has changed."""

    def __init__(self, make: Callable[..., Any]) -> None:
        self._make = make
        self._needs: Any = None
        self._made: Any = None

    def __call__(self, needs: Hashable, *arguments: Any) -> Any:
        if needs != self._needs:
            self._made = self._make(*arguments)
            self._needs = needs
        return self._made


class Part:
    """A live view of a shared value: of a session, or of the work on an exercise.

    frame: what the page sets up again when it changes: structure, labels, formulas
    scene: what the page only puts in its places: numbers and texts
    message: what went wrong, in the view's own message line; empty as a rule
    """

    script: ClassVar[str]  # the JavaScript file beside the Python file, without its ending
    large_things: ClassVar[tuple[str, ...]] = ()  # attributes that are sent by themselves
    is_folded_first: ClassVar[bool] = False  # where it was not asked for by its name

    frame: Scene
    scene: Scene
    message = ""
    closed = False
    _alone: Any = None

    def __init__(self, shared: Shared[Any]) -> None:
        self.shared = shared
        self.frame, self.scene = {}, {}
        for name in self.large_things:
            setattr(self, name, None)
        self._frame = Kept(self.make_frame)
        self._scene = Kept(self.make_scene)

    # --- what a view is: these four, and `take` ---

    def frame_needs(self, state: Any) -> Hashable:
        """What of a state the frame depends on; while it stays equal, so does the frame."""
        raise NotImplementedError

    def make_frame(self, state: Any) -> Scene:
        raise NotImplementedError

    def make_scene(self, state: Any) -> Scene:
        raise NotImplementedError

    def summary(self, state: Any) -> str:
        """The view's number, for its repr."""
        raise NotImplementedError

    def scene_needs(self, state: Any) -> Hashable:
        """What of a state the scene depends on, beside what the frame does."""
        needs: Hashable = state
        return needs

    def figure(self) -> Figure:
        """What the view shows now, as a matplotlib figure for print."""
        raise ValueError(f"{type(self).__name__} has no picture to save")

    @property
    def has_picture(self) -> bool:
        return type(self).figure is not Part.figure

    def take(self, change: dict[str, Any], gesture: Hashable, send: Send) -> None:
        """Apply a change that the page asks for; raise for what is not allowed.

        gesture: the same for changes that belong together, such as those of a drag
        send: takes a message to the page that asked, and buffers
        """
        raise NotImplementedError

    def is_large(self, state: Any) -> bool | None:
        """Whether the type is for a projector; None where the page itself decides."""
        return None

    # --- what all views do ---

    def place(self, state: Any) -> None:
        """Make what depends on a change of the state, and only then put it in place."""
        framed = self.frame_needs(state)
        frame = self._frame(framed, state)
        scene = self._scene((framed, self.scene_needs(state)), state)
        self.frame, self.scene = frame, scene

    def sent(self) -> Mapping[str, Any]:
        """All that the page knows of the view, by name."""
        return {name: getattr(self, name) for name in self.sent_names()}

    @classmethod
    def sent_names(cls) -> tuple[str, ...]:
        return "frame", "scene", "message", *cls.large_things

    def picture_file(self, kind: str) -> tuple[str, str, bytes]:
        """The picture for print as a file: its name, its type, its bytes."""
        return f"{type(self).__name__.lower()}.{kind}", MIME[kind], saved(self.figure(), kind)

    def in_words(self) -> str:
        """What the view shows, for those who do not see it."""
        words = self.scene.get("spoken") or self.summary(self.shared.state)
        return f"{type(self).__name__}: {words}"

    def make_alone(self) -> Any:
        """A widget of this part alone; host.py says how."""
        raise NotImplementedError

    def close(self) -> None:
        """End the view; where it is shown alone, too."""
        self.closed = True
        if self._alone is not None:
            self._alone.close()

    def _ipython_display_(self) -> None:
        """Show it in a cell of its own."""
        if self._alone is None:
            self._alone = self.make_alone()
            if self.closed:
                self._alone.close()
        self._alone._ipython_display_()

    def __repr__(self) -> str:
        if self.closed:
            return f"<{type(self).__name__}, closed>"
        return f"<{type(self).__name__} {self.summary(self.shared.state)}>"
