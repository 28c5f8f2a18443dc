"""The composed widget: the views of one session, beside each other."""

from collections.abc import Sequence
from typing import Any

import ipywidgets

from bpwidgets import checks
from bpwidgets.keywords import told
from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.session import Session
from bpwidgets.widgets.breakdown import Breakdown
from bpwidgets.widgets.controls import Controls
from bpwidgets.widgets.diagram import Diagram
from bpwidgets.widgets.fallback import Bundle, with_picture
from bpwidgets.widgets.gradients import Gradients
from bpwidgets.widgets.relief import Relief
from bpwidgets.widgets.slice import Slice
from bpwidgets.widgets.steps import Steps
from bpwidgets.widgets.surface import Surface
from bpwidgets.widgets.toolbar import Toolbar
from bpwidgets.widgets.training import Training
from bpwidgets.widgets.view import View

VIEWS: dict[str, type[View]] = {
    "toolbar": Toolbar,
    "controls": Controls,
    "diagram": Diagram,
    "steps": Steps,
    "breakdown": Breakdown,
    "gradients": Gradients,
    "surface": Surface,
    "slice": Slice,
    "relief": Relief,
    "training": Training,
}
# Where they stand: a row above, then columns; view.css says how these share the width.
PLACES = {
    "above": ("toolbar",),
    "controls": ("controls",),
    "network-place": ("diagram", "steps"),
    "middle": ("breakdown", "gradients"),
    "right": ("surface", "slice", "relief"),
    "below": ("training",),
}


MOST_PICTURES = 2  # in the notebook, for where no widget can live


class Explorer(ipywidgets.Box):
    """The notes' network, or another one, to move and to look into.

    net: a network, or the session of another Explorer, whose state is then shown here too
    views: which of `VIEWS` to show; all by default
    large: the type for a projector

    ``explorer["surface"]`` is one of its views; ``explorer.session`` has the state that all of them
    show: ``explorer.session.change(w5=0.5)`` moves them all.  Raises KeyError for an unknown view.
    """

    views: tuple[View, ...] = ()
    closed = False
    _boxes: tuple[ipywidgets.Box, ...] = ()

    @told
    def __init__(
        self,
        net: Network | Session | None = None,
        views: Sequence[str] | None = None,
        *,
        large: bool | None = None,
        strict: bool = False,
    ) -> None:
        wanted = _checked(views)
        if isinstance(net, Session):
            self.session = net
        else:
            self.session = Session(worked_example() if net is None else net, strict=strict)
        if large is not None:
            self.session.change(large=large)
        self._by_name: dict[str, View] = {}
        super().__init__()
        try:
            for name in wanted:
                self._by_name[name] = VIEWS[name](self.session)
                self.views = (*self.views, self._by_name[name])
        except Exception:
            self.close()
            raise
        self.children = [self._box(self._columns(), "bp-desk")]
        self.add_class("bp-explorer")

    def __getitem__(self, name: str) -> View:
        return checks.look_up(self._by_name, name, "view")

    def close(self) -> None:
        """End the Explorer and everything in it, as far as it was made."""
        self.closed = True
        for view in self.views:
            view.close()
        for box in (*self._boxes, self):
            box.layout.close()
            ipywidgets.Box.close(box)

    def _repr_mimebundle_(self, **_: Any) -> Bundle:
        shown = [view for view in self.views if view.has_picture][:MOST_PICTURES]
        words = " ".join(view.in_words() for view in shown)
        return with_picture(self, [view.figure for view in shown], words)

    def __repr__(self) -> str:
        if self.closed:
            return "<Explorer, closed>"
        state = self.session.state
        total = state.calculation.values["Etot"]
        return f"<Explorer Etot: {total:.9f}, {state.chosen}: {state.gradient:.9f}>"

    def _columns(self) -> list[ipywidgets.Box]:
        columns = []
        for place, names in PLACES.items():
            here = [self._by_name[name] for name in names if name in self._by_name]
            if here:
                columns.append(self._box(here, f"bp-{place}"))
        return columns

    def _box(self, children: Sequence[ipywidgets.DOMWidget], name: str) -> ipywidgets.Box:
        box = ipywidgets.Box(children)
        box.add_class(name)
        self._boxes = (*self._boxes, box)
        return box


def _checked(views: Sequence[str] | None) -> tuple[str, ...]:
    """The names of the views in the order of `VIEWS`."""
    if views is None:
        return tuple(VIEWS)
    if not isinstance(views, list | tuple) or not views:
        raise TypeError(
            f"views must be a list of names, such as ['controls', 'surface'], got {views!r}"
        )
    for name in views:
        checks.look_up(VIEWS, name, "view")
    return tuple(name for name in VIEWS if name in views)
