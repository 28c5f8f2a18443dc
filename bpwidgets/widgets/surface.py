"""The error surface over two numbers: a map with contour lines, and the network's point on it."""

import math
from typing import Any

import numpy as np
import traitlets
from contourpy import LineType, contour_generator

from bpwidgets import wording
from bpwidgets.figures import colour_table, surface_frame
from bpwidgets.network import Array
from bpwidgets.session import Session
from bpwidgets.state import State
from bpwidgets.surface import ErrorSurface, error_surface
from bpwidgets.symbols import updated
from bpwidgets.widgets.view import View

POINTS = 61
ROUND = (1.0, 2.0, 5.0, 10.0)  # the colours' steps are a fifth of one of these times a power of ten


class Surface(View):
    """The map: colours and contour lines over the axes, the point, where one update leads.

    The frame is matplotlib's picture of axes and colour bar's box.  The map is sent only when a number
    changed that is not on an axis; moving along an axis moves the point alone.
    """

    script = "surface.js"

    map = traitlets.Dict().tag(sync=True)

    def __init__(self, session: Session) -> None:
        self._mapped: Any = None  # what the map was computed for
        self._hill: ErrorSurface
        super().__init__(session)

    def place(self, state: State) -> dict[str, Any]:
        x, y = state.axes
        x_range, y_range = state.ranges[x], state.ranges[y]
        placed: dict[str, Any] = {"frame": _frame(state)}
        key = (state.network.replace(**{x: 0, y: 0, "eta": 0}), state.axes, x_range, y_range)
        if key != self._mapped:
            self._hill = error_surface(
                state.network, x, y, x_range=x_range, y_range=y_range, points=POINTS
            )
            self._mapped = key
            placed["map"] = _map(self._hill)
        placed["scene"] = _scene(state, self._hill)
        return placed

    def answer(self, change: dict[str, Any]) -> None:
        """Choose the axes: ``{"axes": ["w5", "w6"]}``."""
        first, second = change["axes"]
        if first == second:  # choosing the other axis' name exchanges the two
            first, second = reversed(self.session.state.axes)
        self.session.change(axes=(first, second))

    def summary(self, state: State) -> str:
        total = state.calculation.values["Etot"]
        return f"{state.axes[0]}, {state.axes[1]}: Etot {total:.9f}"


def _frame(state: State) -> dict[str, Any]:
    x, y = state.axes
    drawn = surface_frame(x, y, state.ranges[x], state.ranges[y])
    return {
        **drawn._asdict(),
        "colours": colour_table(),
        "names": [[name, wording.plain(name)] for name in state.network.names[:-1]],
        "axes": [x, y],
    }


def _scale(error: Array) -> Array:
    """Round numbers that hold all errors of a map, evenly spaced: the colours' ends and their steps."""
    low, high = float(error.min()), float(error.max())
    spread = max(high - low, 1e-9 * max(1.0, high))
    power = 10.0 ** np.floor(np.log10(spread))
    step = power * next(number for number in ROUND if number * power >= spread) / 5
    first, last = np.floor(low / step), np.ceil(high / step)
    count = int(max(last - first, 1.0))
    return np.linspace(step * first, step * (first + count), count + 1)


def _map(hill: ErrorSurface) -> dict[str, Any]:
    """One byte a cell, and the contour lines as points in parts of the map, from its lower left."""
    scale = _scale(hill.error)
    shades = (hill.error - scale[0]) * (255 / (scale[-1] - scale[0]))
    parts = np.linspace(0.0, 1.0, POINTS)
    levels = np.linspace(scale[0], scale[-1], 2 * len(scale) - 1)
    generator = contour_generator(parts, parts, hill.error, line_type=LineType.Separate)
    lines: list[Any] = [line for level in levels for line in generator.lines(level)]
    points = np.concatenate(lines) if lines else np.empty((0, 2))
    return {
        "points": POINTS,
        "ticks": _ticks(scale),
        "shades": shades.clip(0, 255).round().astype(np.uint8).tobytes(),
        "lines": points.astype("<f4").tobytes(),
        "lengths": [len(line) for line in lines],
    }


def _ticks(scale: Array) -> list[list[Any]]:
    """The numbers beside the colour bar: how far up, and the text."""
    step = scale[1] - scale[0]  # one digit: 1, 2 or 4 times a power of ten
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    count = len(scale) - 1
    return [[place / count, f"{value:.{min(decimals, 9)}f}"] for place, value in enumerate(scale)]


def _scene(state: State, hill: ErrorSurface) -> dict[str, Any]:
    values = state.calculation.values
    x, y = state.axes
    ends = [state.ranges[x], state.ranges[y]]
    now = [_part(values[name], end) for name, end in zip((x, y), ends)]
    after = [_part(values.get(updated(name), values[name]), end) for name, end in zip((x, y), ends)]
    x_word, y_word = wording.plain(x), wording.plain(y)
    return {
        "point": now,
        "after": after,
        "text": (
            f"At {x_word} = {wording.given(values[x])} and {y_word} = {wording.given(values[y])} "
            f"the error Etot is {wording.number(values['Etot'])}. On this map it runs from "
            f"{wording.number(hill.error.min())} to {wording.number(hill.error.max())}. "
            + (
                "The ring is where one update leads."
                if after != now
                else "An update moves neither."
            )
        ),
    }


def _part(value: float, ends: tuple[float, float]) -> float:
    return (value - ends[0]) / (ends[1] - ends[0])
