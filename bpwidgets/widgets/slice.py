"""The error along the chosen parameter, with the tangent whose slope is the gradient."""

import math
from collections.abc import Hashable

from matplotlib.figure import Figure

from bpwidgets import wording
from bpwidgets.network import Network
from bpwidgets.pictures import slice_picture
from bpwidgets.session import Session
from bpwidgets.state import State
from bpwidgets.surface import ErrorSurface, error_surface
from bpwidgets.symbols import derivative, updated
from bpwidgets.widgets.axes import Axis, packed, slider_step
from bpwidgets.widgets.view import Kept, Scene, View

POINTS = 161
HALF_TANGENT = 0.22  # of the picture


class Slice(View):
    """A curve: everything but the chosen parameter is held still."""

    script = "slice"
    large_things = ("curve",)

    def __init__(self, session: Session | Network) -> None:
        self._hill = Kept(_hill)
        self._curve = Kept(_curve)
        super().__init__(session)

    def frame_needs(self, state: State) -> Hashable:
        return state.network.sizes, state.chosen, state.ranges[state.chosen]

    def make_frame(self, state: State) -> Scene:
        ends = state.ranges[state.chosen]
        return {
            "name": state.chosen,
            "label": wording.symbol(state.chosen),
            "word": wording.plain(state.chosen),
            "error": wording.symbol("Etot"),
            "ends": [*ends, slider_step(ends)],
            "ticks": Axis(ends).ticks,
        }

    def scene_needs(self, state: State) -> Hashable:
        return state.network, state.rule, state.biases, state.decimals, state.at

    def make_scene(self, state: State) -> Scene:
        hill = self._hill(_hill_needs(state), state)
        across, up = Axis(state.ranges[state.chosen]), Axis.around(hill.error)
        values = state.calculation.values
        value, total = values[state.chosen], values["Etot"]
        slope = state.slopes[state.chosen]
        now = [across.part(value), up.part(total)]
        after = values.get(updated(state.chosen), value)
        return {
            "value": value,
            "point": now,
            "after": across.part(after),
            "tangent": _tangent(now, slope * (across.high - across.low) / (up.high - up.low)),
            "spoken": _spoken(state, slope),
            "words": f"{wording.plain(state.chosen)} {wording.given(value)}",
        }

    def place(self, state: State) -> None:
        needs = _hill_needs(state)
        curve = self._curve(needs, self._hill(needs, state))
        super().place(state)
        self.curve = curve

    def figure(self) -> Figure:
        state = self.session.state
        return slice_picture(state.network, state.chosen, span=state.ranges[state.chosen])

    def summary(self, state: State) -> str:
        return f"{state.chosen}: slope {state.slopes[state.chosen]:.9f}"


def _hill_needs(state: State) -> Hashable:
    """Everything that the curve shows: not where on it the network stands, nor η."""
    net = state.network.replace(**{state.chosen: 0.0, "eta": 0.0})
    return net, state.chosen, state.ranges[state.chosen]


def _hill(state: State) -> ErrorSurface:
    ends = state.ranges[state.chosen]
    return error_surface(state.network, state.chosen, x_range=ends, points=POINTS)


def _curve(hill: ErrorSurface) -> Scene:
    up = Axis.around(hill.error)
    return {"heights": packed(up.parts(hill.error)), "ticks": up.ticks}


def _tangent(now: list[float], slope: float) -> list[float]:
    """A line through the point, as long at every slope: both ends in parts of the picture."""
    reach = HALF_TANGENT / math.hypot(1.0, slope)
    (x, y), rise = now, reach * slope
    return [x - reach, y - rise, x + reach, y + rise]


def _spoken(state: State, slope: float) -> str:
    name = wording.plain(state.chosen)
    value = wording.given(state.network[state.chosen])
    if not state.knows("Etot", derivative("Etot", state.chosen)):
        return f"Along {name} alone, at {name} = {value}; its gradient is not reached yet."
    total = wording.number(state.calculation.values["Etot"], state.decimals)
    trend = "falls" if slope < 0 else "rises"
    return (
        f"Along {name} alone: at {name} = {value} the error Etot is {total}, and the tangent "
        f"{trend} by {wording.number(abs(slope), state.decimals)} for each 1 of {name}."
    )
