"""The error surface over two numbers: a map with contour lines, and the network's way on it."""

import math
from collections.abc import Hashable
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from bpwidgets import wording
from bpwidgets.figures import colour_table
from bpwidgets.gradient import update
from bpwidgets.marking import read_number
from bpwidgets.network import Array, Network
from bpwidgets.pictures.surface import surface_picture
from bpwidgets.session import Session
from bpwidgets.state import State
from bpwidgets.surface import error_surface
from bpwidgets.symbols import updated
from bpwidgets.widgets.axes import Axis, packed, slider_step
from bpwidgets.widgets.map import Map, map_of
from bpwidgets.widgets.view import Kept, Scene, Send, View

POINTS = 61
MOST_WALKED = 300  # corners of the path drawn
LONGEST_ARROW = 0.3  # of the map, where the gradient is the steepest on it


class Surface(View):
    """The map: colours and contour lines over the axes, the point, the gradient, the next step.

    The map is sent only when a number changed that is not on an axis, the path only after training;
    moving along an axis moves the point alone.
    """

    script = "surface"
    large_things = ("map", "walked")

    def __init__(self, session: Session | Network) -> None:
        self._refused: dict[str, str] = {}  # a range that was not allowed: the name and the reason
        self._map = Kept(_map)
        self._walked = Kept(_walked)
        super().__init__(session)

    def frame_needs(self, state: State) -> Hashable:
        return state.network.sizes, state.axes, state.ends

    def make_frame(self, state: State) -> Scene:
        self._refused = {}
        x, y = state.axes
        return {
            "names": [[name, wording.plain(name)] for name in state.network.names[:-1]],
            "axes": [
                {
                    "name": name,
                    "label": wording.symbol(name),
                    "ends": [*ends, slider_step(ends)],
                    "texts": [wording.given(end) for end in ends],
                    "ticks": Axis(ends).ticks,
                }
                for name, ends in zip((x, y), state.ends)
            ],
            "error": wording.symbol("Etot"),
            "colours": colour_table(),
        }

    def scene_needs(self, state: State) -> Hashable:
        refused = frozenset(self._refused.items())
        return (
            state.network, state.rule, state.biases, state.decimals, state.colours, state.walk,
            state.step, state.at, refused,
        )  # fmt: skip

    def make_scene(self, state: State) -> Scene:
        drawn: Map = self._map(_map_needs(state), state)
        values = state.calculation.values
        now = _parts(state, [values[name] for name in state.axes])
        after = _parts(state, [values.get(updated(name), values[name]) for name in state.axes])
        arrow = _arrow(state, drawn)
        return {
            "values": [values[name] for name in state.axes],
            "point": now,
            "after": after,
            "arrow": arrow,
            "colours": state.colours,
            "refused": dict(self._refused),
            "spoken": _spoken(state, drawn, after != now),
            "words": _words(state),
        }

    def place(self, state: State) -> None:
        drawn: Map = self._map(_map_needs(state), state)
        walked = self._walked((state.walk, state.step, state.axes, state.ends), state)
        super().place(state)
        self.map, self.walked = drawn.sent, walked

    def answer(self, change: dict[str, Any], send: Send) -> None:
        """Also ``{"range": ["w5", "-1", "2"]}``, as typed; a refusal is answered beside the fields."""
        if "range" in change:
            self._set_range(*change.pop("range"))
        self.session.change(**change)

    def figure(self) -> Figure:
        state = self.session.state
        x_range, y_range = state.ends
        return surface_picture(
            state.network,
            *state.axes,
            x_range=x_range,
            y_range=y_range,
            scale=state.colours,
            walked=_steps(state, state.step + 1),
            after=update(state.network, rule=state.rule, biases=state.biases),
        )

    def summary(self, state: State) -> str:
        total = state.calculation.values["Etot"]
        return f"{state.axes[0]}, {state.axes[1]}: Etot {total:.9f}"

    def _set_range(self, name: str, low: str | None, high: str | None) -> None:
        """Both ends; None for one that stays."""
        self._refused.pop(name, None)
        now = self.session.state.ranges[name]
        try:
            ends = [
                end if text is None else read_number(text) for text, end in zip((low, high), now)
            ]
            self.session.change(ranges={name: ends})
        except ValueError as reason:
            self._refused[name] = str(reason)


def _parts(state: State, values: list[float]) -> list[float]:
    return [Axis(ends).part(value) for ends, value in zip(state.ends, values)]


def _map_needs(state: State) -> Hashable:
    """Everything that the map shows: not where on it the network stands, nor η."""
    x, y = state.axes
    net = state.network.replace(**{x: 0.0, y: 0.0, "eta": 0.0})
    return net, state.axes, state.ends, state.colours


def _map(state: State) -> Map:
    x_range, y_range = state.ends
    hill = error_surface(
        state.network, *state.axes, x_range=x_range, y_range=y_range, points=POINTS
    )
    return map_of(hill, state.colours)


def _walked(state: State) -> bytes:
    """The path through training up to now, as points in parts of the map."""
    steps = _steps(state, MOST_WALKED)
    if len(steps) < 2:
        return b""
    parts = [Axis(ends).parts(values) for ends, values in zip(state.ends, steps.T)]
    return packed(np.stack(parts, axis=1))


def _steps(state: State, most: int) -> Array:
    """Where training has been on the axes, at most so many places, shape (places, 2)."""
    count = min(most, state.step + 1)
    steps = np.unique(np.linspace(0, state.step, count).round().astype(int))
    positions = state.network.symbols.trainable_positions
    columns = [
        state.walk[name][steps]
        if name in positions
        else np.full(len(steps), state.network[name])  # training does not move it
        for name in state.axes
    ]
    return np.stack(columns, axis=1)


def _arrow(state: State, drawn: Map) -> list[float]:
    """Where the gradient's arrow ends, in parts of the map; uphill, its length as the steepness."""
    slopes = [state.slopes.slope(name) for name in state.axes]
    widths = [high - low for low, high in state.ends]
    steps = [slope / width for slope, width in zip(slopes, widths)]
    length = math.hypot(*steps)
    now = _parts(state, [state.network[name] for name in state.axes])
    if length == 0 or drawn.steepest == 0:
        return now
    long = LONGEST_ARROW * min(1.0, math.hypot(*slopes) / drawn.steepest)
    return [part + step / length * long for part, step in zip(now, steps)]


def _words(state: State) -> str:
    return ", ".join(
        f"{wording.plain(name)} {wording.given(state.network[name])}" for name in state.axes
    )


def _spoken(state: State, drawn: Map, moves: bool) -> str:
    low, high = (wording.number(end, state.decimals) for end in (drawn.low, drawn.high))
    x, y = (wording.plain(name) for name in state.axes)
    at_x, at_y = (wording.given(state.network[name]) for name in state.axes)
    if not state.knows("Etot_new"):
        return f"At {x} = {at_x} and {y} = {at_y}; the error and its gradient are not reached yet."
    total = wording.number(state.calculation.values["Etot"], state.decimals)
    slopes = [wording.number(state.slopes.slope(name), state.decimals) for name in state.axes]
    return (
        f"At {x} = {at_x} and {y} = {at_y} the error Etot is {total}. "
        f"On this map it runs from {low} to {high}. "
        f"The arrow points uphill: {slopes[0]} along {x}, {slopes[1]} along {y}. "
        + ("The ring is where one update leads." if moves else "An update moves neither.")
    )
