"""What all views have in common."""

from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from bpwidgets.session import Session
from bpwidgets.state import State

HERE = Path(__file__).parent


class View(anywidget.AnyWidget):
    """A live view of a session.

    frame: what the page sets up again when it changes: structure, labels, formulas
    scene: what the page only puts in its places: numbers and texts
    message: what went wrong, in the view's own message line; empty as a rule
    """

    script: ClassVar[str]  # the JavaScript file beside the Python file

    frame = traitlets.Dict().tag(sync=True)
    scene = traitlets.Dict().tag(sync=True)
    message = traitlets.Unicode().tag(sync=True)

    _css = (HERE / "view.css").read_text("utf-8")

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "script" not in vars(cls):  # a class that anywidget derives for an instance
            return
        # Every view's module begins with the functions that all of them use.
        cls._esm = "\n".join((HERE / name).read_text("utf-8") for name in ("page.js", cls.script))

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._heard: list[Any] = []  # the page and the count of the last message
        self._counts: dict[str, int] = {}  # the last message of each page
        self._leave = session.subscribe(self.show)
        self.on_msg(self._receive)

    def show(self, state: State) -> None:
        """Show a state: one message to the page.  An error is shown in the view, and raised."""
        with self.session.lock, self.hold_sync():
            try:
                placed = self.place(state)
            except Exception as failure:
                self.message = f"This view could not be shown: {failure}"
                raise
            placed["scene"]["heard"] = self._heard
            for name, value in placed.items():
                setattr(self, name, value)
            self.message = ""

    def place(self, state: State) -> dict[str, Any]:
        """Word the state: the values of ``frame``, ``scene`` and whatever else the view sends."""
        raise NotImplementedError

    def answer(self, change: dict[str, Any]) -> None:
        """Apply a change that the page asks for."""

    def summary(self, state: State) -> str:
        """The view's number, for its repr."""
        raise NotImplementedError

    def close(self) -> None:
        """End the view: nothing of it stays alive."""
        self._leave()
        self.on_msg(self._receive, remove=True)
        self.layout.close()
        super().close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.summary(self.session.state)}>"

    def _receive(self, _: Any, content: Any, buffers: Any) -> None:
        """Take ``{"change": {...}, "heard": [page, count]}`` from the page, and let it know.

        A message that a later one of the same page has overtaken is left out: two threads may serve
        one page, and each message holds all that the page has not yet seen answered.
        """
        with self.session.lock:
            before = self.session.state
            try:
                page, count = content["heard"]
                if count <= self._counts.get(page, 0):
                    return
                self._counts[page] = count
                self._heard = [page, count]
                self.answer(dict(content["change"]))
                if self.session.state is before:  # nothing was shown, but the page waits
                    self.show(before)
            except (AttributeError, KeyError, TypeError, ValueError) as refused:
                self.message = f"The page asked for something that is not allowed: {refused}"
                self.scene = self.scene | {"heard": self._heard}
