"""The error surface over two numbers: a map with contour lines, and the network's point on it."""

from typing import Any

import numpy as np
import traitlets
from contourpy import LineType, contour_generator

from bpwidgets import wording
from bpwidgets.figures import colour_table, surface_frame
from bpwidgets.network import Array
from bpwidgets.session import Session, State
from bpwidgets.surface import ErrorSurface, error_surface
from bpwidgets.symbols import updated
from bpwidgets.widgets.view import View

POINTS = 61
LEVELS = 12  # contour lines between 0 and the top of the colour bar, at the least
TOPS = (1.0, 2.0, 5.0)  # the colour bar ends at one of these times a power of ten


class Surface(View):
    """The map: colours and contour lines over the axes, the point, where one update leads.

    The frame is matplotlib's picture of axes and colour bar.  The map is sent only when a number
    changed that is not on an axis; moving along an axis moves the point alone.
    """

    script = "surface.js"

    map = traitlets.Dict().tag(sync=True)

    def __init__(self, session: Session) -> None:
        self._drawn: Any = None  # what the frame was drawn for
        self._mapped: Any = None  # what the map was computed for
        self._hill: ErrorSurface
        super().__init__(session)

    def place(self, state: State) -> None:
        x, y = state.axes
        key = (state.network.replace(**{x: 0, y: 0, "eta": 0}), state.axes, _ends(state))
        if key != self._mapped:
            self._hill = error_surface(
                state.network, x, y, x_range=state.ranges[x], y_range=state.ranges[y], points=POINTS
            )
            top = _top(self._hill.error)
            self.map = _map(self._hill, top)
            self._draw(state, top)
            self._mapped = key
        self.scene = _scene(state, self._hill)

    def answer(self, content: dict[str, Any]) -> None:
        """Choose the axes: ``{"axes": ["w5", "w6"]}``."""
        first, second = content["axes"]
        if first == second:  # choosing the other axis' name exchanges the two
            first, second = reversed(self.session.state.axes)
        self.session.change(axes=(first, second))

    def summary(self, state: State) -> str:
        total = state.calculation.values["Etot"]
        return f"{state.axes[0]}, {state.axes[1]}: Etot {total:.9f}"

    def _draw(self, state: State, top: float) -> None:
        key = (state.axes, _ends(state), top)
        if key == self._drawn:
            return
        x, y = state.axes
        drawn = surface_frame(x, y, state.ranges[x], state.ranges[y], top)
        names = state.network.names[:-1]
        self.frame = {
            "svg": drawn.svg,
            "map_box": drawn.map_box,
            "bar_box": drawn.bar_box,
            "colours": colour_table(),
            "names": [[name, wording.plain(name)] for name in names],
            "axes": [x, y],
        }
        self._drawn = key


def _ends(state: State) -> tuple[Any, Any]:
    x, y = state.axes
    return state.ranges[x], state.ranges[y]


def _top(error: Array) -> float:
    """The end of the colour bar: a round number just above the largest error."""
    largest = float(error.max())
    power = 10.0 ** np.floor(np.log10(largest)) if largest > 0 else 1.0
    return float(next(step * power for step in (*TOPS, 10.0) if step * power >= largest))


def _map(hill: ErrorSurface, top: float) -> dict[str, Any]:
    """One byte a cell, and the contour lines as points in parts of the map, from its lower left."""
    shades = np.clip(hill.error * (255 / top), 0, 255).round().astype(np.uint8)
    parts = np.linspace(0.0, 1.0, POINTS)
    generator = contour_generator(parts, parts, hill.error, line_type=LineType.Separate)
    lines = [line for level in _levels(hill.error, top) for line in generator.lines(level)]
    points = np.concatenate(lines) if lines else np.empty((0, 2))
    return {
        "points": POINTS,
        "shades": shades.tobytes(),
        "lines": points.astype("<f4").tobytes(),
        "lengths": [len(line) for line in lines],
    }


def _levels(error: Array, top: float) -> Array:
    """Evenly spaced levels, so near to each other that at least some lie within a flat map."""
    spread = float(error.max() - error.min())
    step = top / LEVELS
    while spread > 1e-9 and spread < 5 * step:
        step /= 2
    low = np.ceil(error.min() / step) * step
    return np.arange(low, error.max(), step)


def _scene(state: State, hill: ErrorSurface) -> dict[str, Any]:
    values = state.calculation.values
    x, y = state.axes
    ends = [state.ranges[x], state.ranges[y]]
    now = [_part(values[name], end) for name, end in zip((x, y), ends)]
    after = [
        _part(values.get(updated(name), values[name]), end) for name, end in zip((x, y), ends)
    ]
    x_word, y_word = wording.plain(x), wording.plain(y)
    return {
        "point": now,
        "after": after,
        "text": (
            f"At {x_word} = {wording.given(values[x])} and {y_word} = {wording.given(values[y])} "
            f"the error Etot is {wording.number(values['Etot'])}. On this map it runs from "
            f"{hill.error.min():.6f} to {hill.error.max():.6f}."
        ),
    }


def _part(value: float, ends: tuple[float, float]) -> float:
    return (value - ends[0]) / (ends[1] - ends[0])
