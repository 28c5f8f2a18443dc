"""The composed widget: controls, breakdown, all gradients and the error surface over one session."""

from collections.abc import Sequence

import ipywidgets

from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.session import Session
from bpwidgets.widgets.breakdown import Breakdown
from bpwidgets.widgets.controls import Controls
from bpwidgets.widgets.gradients import Gradients
from bpwidgets.widgets.surface import Surface
from bpwidgets.widgets.view import View

# How the views share a row: grow, shrink, and the width below which they wrap.
FLEX = {Controls: "1 1 250px", Breakdown: "1 1 100%", Gradients: "1 1 auto", Surface: "1 1 270px"}


class Explorer(ipywidgets.Box):
    """The notes' network, or another one, to move and to look into.

    session: the state that all views show; ``explorer.session.change(w5=0.5)`` moves them all
    """

    views: Sequence[View] = ()

    def __init__(self, net: Network | None = None, *, strict: bool = False) -> None:
        self.session = Session(worked_example() if net is None else net, strict=strict)
        self.views = [kind(self.session) for kind in FLEX]
        for view, flex in zip(self.views, FLEX.values()):
            view.layout.flex = flex
            view.layout.min_width = "0"
        controls, *explanation = self.views
        side = ipywidgets.Box(explanation, layout=_row("4 1 560px"))
        super().__init__([controls, side], layout=_row("1 1 auto"))

    def close(self) -> None:
        """End the Explorer and everything in it, as far as it was made."""
        for view in self.views:
            view.close()
        for box in (*self.children[1:], self):
            box.layout.close()
            ipywidgets.Box.close(box)

    def __repr__(self) -> str:
        state = self.session.state
        total = state.calculation.values["Etot"]
        return f"<Explorer Etot: {total:.9f}, {state.chosen}: {state.gradient:.9f}>"


def _row(flex: str) -> ipywidgets.Layout:
    return ipywidgets.Layout(
        display="flex", flex_flow="row wrap", align_items="flex-start", flex=flex, min_width="0"
    )
