"""The widget: one model on a page, with the frame and the scene of each of its parts.

What a change leads to is one message to the page, whatever it moves; acts.py has what comes from there.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import anywidget
import traitlets
from matplotlib.figure import Figure

from bpwidgets.shared import Shared, each_in_turn, is_a_views_own
from bpwidgets.widgets.acts import REFUSALS, Act, read, refusal
from bpwidgets.widgets.display import Bundle, publish, widget_bundle
from bpwidgets.widgets.part import Part
from bpwidgets.widgets.script import function_name, module
from bpwidgets.widgets.words import NOTICES

STYLE = (Path(__file__).parent / "view.css").read_text("utf-8")
MOST_PICTURES = 2  # in the notebook, for where no widget can live
MOST_PAGES = 1_000  # of which the last act is remembered
Places = Sequence[tuple[str, Sequence[str]]]  # a place of the page, and the parts in it


class Host(anywidget.AnyWidget):
    """Shows parts of one shared value on a page, and passes on what is done there.

    Of each part the page has the attributes named in `Part.sent_names`, as ``surface_scene``.

    places: where on the page each part stands; the style sheet says how the places share it
    words: what the page says when the kernel does not answer
    heard: the page and the number of its last act that was applied
    folded: the parts of which only the title is shown
    large: whether the type is for a projector
    group: the same for all hosts of a value, whose parts mark together what is pointed at
    """

    places: Any = traitlets.List().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    heard: Any = traitlets.List().tag(sync=True)
    folded: Any = traitlets.List().tag(sync=True)
    large = traitlets.Bool().tag(sync=True)
    group = traitlets.Unicode().tag(sync=True)
    own_name = traitlets.Unicode().tag(sync=True)  # by which the page addresses it

    _css = STYLE
    closed = False
    parts: Mapping[str, Part] = {}  # until they are made
    _leave: Callable[[], None] = staticmethod(lambda: None)  # until the value shows itself
    _lock: AbstractContextManager[Any] = nullcontext()
    _answers = 0

    def __init__(
        self,
        shared: Shared[Any],
        parts: Mapping[str, Part],
        describe: Callable[[], str],
        *,
        places: Places | None = None,
        folded: Sequence[str] = (),
        large: bool = False,
    ) -> None:
        self.shared, self._lock = shared, shared.lock
        self.parts = dict(parts)
        self._describe = describe
        self._esm = module(tuple(part.script for part in self.parts.values()))
        stand = [("only", tuple(self.parts))] if places is None else places
        self.add_traits(
            **{
                f"{name}_{key}": traitlets.Any().tag(sync=True)
                for name, part in self.parts.items()
                for key in part.sent_names()
            }
        )
        name = uuid4().hex
        with self._lock:
            with suppress(Exception):  # it is said in the part, and raised when it is shown below
                self._place(shared.state)
            super().__init__(
                model_id=name,
                own_name=name,
                group=shared.name,
                words=NOTICES,
                folded=list(folded),
                large=large,
                places=[[place, [self._placed(part) for part in names]] for place, names in stand],
                **self._values(shared.state),
            )
            self.on_msg(self._receive)
            try:
                shared.hosts[name] = self
                self._leave = shared.subscribe(self.show)
            except BaseException:
                self.close()
                raise

    def show(self, state: Any) -> None:
        """Show a state in every part: one message to the page.

        The error of a part is shown in it, and raised after the others were shown.
        """
        with self._lock:
            if self.closed:
                raise RuntimeError(f"this {self._kind} is closed; make a new one")
            try:
                self._place(state)
            finally:
                self._send_what_changed(state)

    def close(self) -> None:
        """End the widget and its parts: nothing of it stays alive."""
        with self._lock:  # not while another thread is showing something
            self.closed = True
            self._leave()
        self.on_msg(self._receive, remove=True)
        for part in self.parts.values():
            if not part.closed:
                part.close()
        self.layout.close()
        super().close()

    @property
    def figures(self) -> tuple[Callable[[], Figure], ...]:
        """What draws the pictures that stand in the notebook."""
        drawn = [part for part in self.parts.values() if part.has_picture and not self.closed]
        return tuple(partial(self._drawn, part) for part in drawn[:MOST_PICTURES])

    def in_words(self) -> str:
        """What the pictures show, for those who do not see them."""
        drawn = [part for part in self.parts.values() if part.has_picture]
        shown = drawn[:MOST_PICTURES] or list(self.parts.values())[:1]
        return " ".join(part.in_words() for part in shown)

    def _drawn(self, part: Part) -> Figure:
        with self._lock:  # matplotlib draws for one thread at a time
            return part.figure()

    def __repr__(self) -> str:
        return f"<{self._kind}, closed>" if self.closed else self._describe()

    def _repr_mimebundle_(self, **_: Any) -> Bundle:
        return widget_bundle(self)

    def _ipython_display_(self) -> None:
        publish(self, self.figures, self.in_words())

    @cached_property
    def _kind(self) -> str:
        """The name of the class that the user knows."""
        alone = next(iter(self.parts.values())) if type(self).__name__ == "Host" else self
        return type(alone).__name__

    def _placed(self, name: str) -> list[str]:
        return [name, function_name(self.parts[name].script)]

    # --- to the page ---

    def _place(self, state: Any) -> None:
        """Let every part make what it shows; raises what failed after all had their turn."""
        each_in_turn(partial(_place, part, state) for part in self.parts.values())

    def _values(self, state: Any) -> dict[str, Any]:
        return {
            f"{name}_{key}": value
            for name, part in self.parts.items()
            for key, value in part.sent().items()
        }

    def _send_what_changed(self, state: Any) -> None:
        with self.hold_sync():
            for name, value in self._values(state).items():
                setattr(self, name, value)
            large = next(iter(self.parts.values())).is_large(state)
            self.large = self.large if large is None else large

    # --- from the page ---

    def _receive(self, _: Any, content: Any, buffers: Any) -> None:
        """Apply what of a message was not applied yet, and let the page know how far it was heard."""
        with self._lock, self.hold_sync():
            try:
                page, acts = read(content)
            except (LookupError, TypeError, ValueError) as bad:
                next(iter(self.parts.values())).message = refusal(bad)
                self._send_what_changed(self.shared.state)
                return
            refused: dict[Part, str] = {}
            try:
                for act in acts:
                    if act.number > self.shared.heard.get(page, 0):
                        self._remember(page, act.number)
                        self._apply(page, act, refused)
            finally:
                with suppress(Exception):  # it was raised when the change was shown
                    self._place(self.shared.state)
                for part, why in refused.items():
                    part.message = why
                self._send_what_changed(self.shared.state)
                self._answers += 1  # so that an answer given twice is sent twice
                self.heard = [page, self.shared.heard.get(page, 0), self._answers]
                if content.get("missed"):  # the line was cut, and nobody knows what was lost
                    self.send_state()

    def _remember(self, page: str, number: int) -> None:
        heard = self.shared.heard
        heard.pop(page, None)
        heard[page] = number  # the last one heard comes last
        while len(heard) > MOST_PAGES:
            del heard[next(iter(heard))]

    def _apply(self, page: str, act: Act, refused: dict[Part, str]) -> None:
        """Let a view take what was done in it, and keep the reason if it was refused."""
        host = self.shared.hosts.get(act.host)
        if host is None or host.closed or act.view not in host.parts:
            return  # it was closed meanwhile
        try:
            host._take(page, act)
        except REFUSALS as reason:
            if is_a_views_own(reason):  # of one that was shown what follows
                raise
            refused[host.parts[act.view]] = refusal(reason)

    def _take(self, page: str, act: Act) -> None:
        part, change = self.parts[act.view], act.change

        def send(content: dict[str, Any], *buffers: bytes) -> None:
            self.send({**content, "page": page, "view": act.view}, list(buffers))

        if "folded" in change:
            others = [each for each in self.folded if each != act.view]
            self.folded = [*others, act.view] if change.pop("folded") else others
        if "large" in change and part.is_large(self.shared.state) is None:
            self.large = bool(change.pop("large"))
        if "picture" in change:
            file, kind, data = part.picture_file(change.pop("picture"))
            send({"file": file, "type": kind}, data)
        if change:
            part.take(change, (page, act.gesture), send)


def alone(part: Part) -> Host:
    """A widget of one part, in a cell of its own."""
    return Host(part.shared, {part.script: part}, lambda: repr(part))


Part.make_alone = alone  # type: ignore[assignment, method-assign]


def _place(part: Part, state: Any) -> None:
    try:
        part.place(state)
    except BaseException as failure:
        part.message = f"{NOTICES['failed']} {failure}"
        raise
    part.message = ""
