"""A widget whose work is kept: taken up again, started again, and told of in the saved notebook."""

from collections.abc import Hashable
from html import escape
from typing import Any, ClassVar

from bpwidgets.keeping.session import KeptSession
from bpwidgets.keeping.words import PROGRESS, START_AGAIN, TAKE_BACK, TO_COPY, in_short, keeping
from bpwidgets.widgets.display import publish, record_bundle, show
from bpwidgets.widgets.host import Host
from bpwidgets.widgets.part import Kept, Part, Scene, Send
from bpwidgets.widgets.words import AFRESH, BEGIN, ELSEWHERE, GO_ON, NOT_WRITTEN


class KeptPart(Part):
    """A live view of kept work.

    record: the output below the widget, so that the page can see to it that the notebook has the newest
    """

    shared: KeptSession[Any]
    call: ClassVar[str]  # how such a widget is made
    large_things = ("record",)

    def __init__(self, shared: KeptSession[Any]) -> None:
        super().__init__(shared)
        self._record = Kept(self._make_record)

    def place(self, state: Any) -> None:
        super().place(state)
        self.record = self._record((self.frame, self.scene, self.shared.keeper.changed))

    def take(self, change: dict[str, Any], gesture: Hashable, send: Send) -> None:
        """Apply ``{"restart": true}`` or ``{"take back": true}``."""
        if change.get("restart"):
            self.shared.restart()
        if change.get("take back"):
            self.shared.take_back()

    def kept_frame(self) -> Scene:
        """What the page says of keeping, and its buttons."""
        keeper = self.shared.keeper
        return {
            "short": in_short(keeper.place, keeper.path),
            "words": keeping(keeper.place, keeper.path, self.call),
            "text": PROGRESS,
            "restart": START_AGAIN,
            "back": TAKE_BACK,
            "unwritten": NOT_WRITTEN,
        }

    def kept_needs(self, state: Any) -> Hashable:
        return self.shared.said, self.shared.progress, not state.dropped

    def kept_scene(self, state: Any) -> Scene:
        return {
            "said": self.shared.said,
            "progress": self.shared.progress,
            "begun": state.restarted() is not state,
            "dropped": bool(state.dropped),
        }

    def _make_record(self) -> Scene:
        record = self.shared.record
        if record.html:
            copy = TO_COPY.format(call=self.call), self.shared.progress
            told = "".join(f"<p>{escape(text)}</p>" for text in copy)
            elsewhere = f"<details><summary>{ELSEWHERE}</summary>{told}</details>"
            record = record._replace(html=record.html + elsewhere)
        data, metadata = record_bundle(self._line(), record, self.in_words())
        return {"data": data, "metadata": metadata}

    def _line(self) -> str:
        """What a reader without a kernel is told to do."""
        if self.shared.keeper.path is not None:
            return GO_ON
        return AFRESH if self.shared.record.html else BEGIN


class KeptHost(Host):
    """A widget for one part whose work is kept."""

    part: KeptPart
    _shown: Any = None  # the record as it stands in the notebook

    def __init__(self, part: KeptPart, *, large: bool) -> None:
        self.part = part
        super().__init__(part.shared, {part.script: part}, self._summary, large=large)

    def show(self, state: Any) -> None:
        """Show a state on the page, and in the notebook's record."""
        with self.hold_sync():  # the record goes first: the page looks for the newest one
            try:
                super().show(state)
            finally:
                if self._shown is not None:
                    self._show_record(update=True)

    @property
    def progress(self) -> str:
        """All that has been done, as a text that another one takes up: ``progress=text``."""
        return self.part.shared.progress

    def restart(self) -> None:
        """Start again: nothing of what was done counts any more."""
        self.part.shared.restart()

    def take_back(self) -> None:
        """Take a new start back, as long as nothing was done since."""
        self.part.shared.take_back()

    def _ipython_display_(self) -> None:
        publish_line = None if self.closed else self._show_record
        publish(self, self.figures, self.in_words(), publish_line)

    def _summary(self) -> str:
        return f"<{self._kind} {self.part.summary(self.part.shared.state)}>"

    def _show_record(self, *, update: bool = False) -> None:
        with self._lock:
            record = self.part.record
            if not update or record is not self._shown:
                show(record["data"], record["metadata"], display_id=self.model_id, update=update)
            self._shown = record
