"""What everything that a page shows has in common: a live view of one shared value."""

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

import anywidget
import traitlets
from matplotlib.figure import Figure

from bpwidgets.pictures import saved
from bpwidgets.shared import Shared
from bpwidgets.widgets.bundle import bundle_of
from bpwidgets.widgets.fallback import Bundle, with_picture

HERE = Path(__file__).parent
COMMON = ("page.js", "elements.js", "line.js")
MIME = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
Scene: TypeAlias = dict[str, Any]


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


class Panel(anywidget.AnyWidget):
    """A live view of a shared value: of a session, or of the work on an exercise.

    frame: what the page sets up again when it changes: structure, labels, formulas
    scene: what the page only puts in its places: numbers and texts
    message: what went wrong, in the view's own message line; empty as a rule
    heard: the page and the count of its last message that was answered
    folded: whether only the view's title is shown
    large: whether the type is for a projector
    group: the same for all views of a value, which mark together what is pointed at
    """

    script: ClassVar[str]  # the JavaScript file beside the Python file
    parts: ClassVar[tuple[str, ...]] = ()  # other JavaScript files that it uses

    frame = traitlets.Dict().tag(sync=True)
    scene = traitlets.Dict().tag(sync=True)
    message = traitlets.Unicode().tag(sync=True)
    heard: Any = traitlets.List().tag(sync=True)
    folded = traitlets.Bool().tag(sync=True)
    large = traitlets.Bool().tag(sync=True)
    group = traitlets.Unicode().tag(sync=True)

    closed = False
    _leave: Callable[[], None] = staticmethod(lambda: None)  # until the session shows itself

    _css = (HERE / "view.css").read_text("utf-8")

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "script" not in vars(cls):  # a class that anywidget derives for an instance
            return
        files = (*COMMON, *cls.parts, cls.script)
        cls._esm = "\n".join((HERE / name).read_text("utf-8") for name in files)

    def __init__(self, shared: Shared[Any]) -> None:
        self.shared = shared
        self._bundle = bundle_of(shared)
        super().__init__()
        self.group = shared.name
        self._counts: dict[str, int] = {}  # the last message of each page
        self._frame = Kept(self.make_frame)
        self._scene = Kept(self.make_scene)
        self.on_msg(self._receive)
        try:
            self._leave = self.shared.subscribe(self.show)
        except Exception:
            self.close()
            raise

    # --- what a view is: these four, and `take` ---

    def frame_needs(self, state: Any) -> Hashable:
        """What of a state the frame depends on; while it stays equal, so does the frame."""
        raise NotImplementedError

    def make_frame(self, state: Any) -> dict[str, Any]:
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
        raise ValueError(f"{_name(self)} has no picture to save")

    @property
    def has_picture(self) -> bool:
        return type(self).figure is not Panel.figure

    def take(self, change: dict[str, Any], gesture: Hashable) -> None:
        """Apply a change that the page asks for; raise for what is not allowed.

        gesture: the same for changes that belong together, such as those of a drag
        """
        raise NotImplementedError

    def is_large(self, state: Any) -> bool:
        """Whether the type is for a projector."""
        return self.large

    # --- what all views do ---

    def show(self, state: Any) -> None:
        """Show a state: one message to the page.  An error is shown in the view, and raised."""
        if self.closed:
            raise RuntimeError(f"this {_name(self)} is closed; make a new one")
        with self.shared.lock, self.hold_sync():
            try:
                self._place(state)
            except Exception as failure:
                self.message = f"This view could not be shown: {failure}"
                raise
            self.message = ""
            self.large = self.is_large(state)

    def send_file(self, page: str, name: str, kind: str, content: bytes) -> None:
        """Let the page that asked for it save a file."""
        self.send({"page": page, "file": name, "type": kind}, buffers=[content])

    def close(self) -> None:
        """End the view: nothing of it stays alive."""
        self.closed = True
        self._leave()
        self.on_msg(self._receive, remove=True)
        self.layout.close()
        super().close()

    def in_words(self) -> str:
        """What the view shows, for those who do not see it."""
        return str(self.scene.get("spoken") or self.summary(self.shared.state))

    def _repr_mimebundle_(self, **_: Any) -> Bundle:
        figures = [self.figure] if self.has_picture else []
        return with_picture(self, figures, self.in_words())

    def __repr__(self) -> str:
        if self.closed:
            return f"<{_name(self)}, closed>"
        return f"<{_name(self)} {self.summary(self.shared.state)}>"

    def _place(self, state: Any) -> None:
        """Make what depends on the change, and only then put it in place."""
        framed = self.frame_needs(state)
        frame = self._frame(framed, state)
        scene = self._scene((framed, self.scene_needs(state)), state)
        self.frame, self.scene = frame, scene

    def _send(self, msg: dict[str, Any], buffers: Any = None) -> None:
        if not self._bundle.takes(self, msg, buffers or []):
            super()._send(msg, buffers)

    def _send_picture(self, kind: str, page: str) -> None:
        content = saved(self.figure(), kind)
        self.send_file(page, f"{_name(self).lower()}.{kind}", MIME[kind], content)

    def _receive(self, _: Any, content: Any, buffers: Any) -> None:
        """Take ``{"change": {...}, "heard": [page, count], "gesture": n}``, and let the page know.

        A message that a later one of the same page has overtaken is left out: two threads may serve
        one page, and each message holds all that the page has not yet seen answered.
        """
        with self.shared.lock, self._bundle.carried_by(self), self.hold_sync():
            try:
                page, count = content["heard"]
                if count <= self._counts.get(page, 0):
                    return
                self._counts[page] = count
                self.heard = [page, count]
                self.message = ""
                change = dict(content["change"])
                if "picture" in change:
                    self._send_picture(*change.pop("picture"))
                self.take(change, (page, content.get("gesture")))
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as refused:
                self.message = f"The page asked for something that is not allowed: {refused}"


def _name(view: Panel) -> str:
    return type(view).__name__
