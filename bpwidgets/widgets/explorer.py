"""The composed widget: the views of one session, beside each other."""

from collections.abc import Sequence

from bpwidgets import checks
from bpwidgets.keywords import told
from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.session import Session
from bpwidgets.widgets.breakdown import Breakdown
from bpwidgets.widgets.controls import Controls
from bpwidgets.widgets.diagram import Diagram
from bpwidgets.widgets.gradients import Gradients
from bpwidgets.widgets.host import Host
from bpwidgets.widgets.part import Part
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


class Explorer(Host):
    """The notes' network, or another one, to move and to look into.

    net: a network, or the session of another Explorer, whose state is then shown here too
    views: which of `VIEWS` to show; all by default
    large: the type for a projector

    ``explorer["surface"]`` is one of its views; ``explorer.session`` has the state that all of them
    show: ``explorer.session.change(w5=0.5)`` moves them all.  Raises KeyError for an unknown view.
    """

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
        made = {name: VIEWS[name](self.session) for name in wanted}
        super().__init__(
            self.session,
            made,
            self._summary,
            places=[
                (place, here)
                for place, names in PLACES.items()
                if (here := [name for name in names if name in made])
            ],
            folded=[n for n in made if views is None and VIEWS[n].is_folded_first],
            large=self.session.state.large,
        )

    @property
    def views(self) -> tuple[View, ...]:
        return tuple(self.parts.values())  # type: ignore[arg-type]

    def __getitem__(self, name: str) -> Part:
        return checks.look_up(self.parts, name, "view")

    def _summary(self) -> str:
        state = self.session.state
        total = state.calculation.values["Etot"]
        return f"<Explorer Etot: {total:.9f}, {state.chosen}: {state.gradient:.9f}>"


def _checked(views: Sequence[str] | None) -> tuple[str, ...]:
    """The names of the views in the order of `VIEWS`."""
    if views is None:
        return tuple(VIEWS)
    if not isinstance(views, list | tuple) or not views:
        raise TypeError(
            f"views must be a list of names, such as ['controls', 'surface'], got {checks.brief(views)}"
        )
    for name in views:
        checks.look_up(VIEWS, name, "view")
    return tuple(name for name in VIEWS if name in views)
