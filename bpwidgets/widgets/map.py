"""The map of an error surface as it is sent to the page: colours and contour lines."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from contourpy import LineType, contour_generator

from bpwidgets import wording
from bpwidgets.network import Array
from bpwidgets.surface import ErrorSurface
from bpwidgets.widgets.axes import Axis, packed_parts
from bpwidgets.widgets.ticks import Tick

ROUND = (1.0, 2.0, 5.0, 10.0)  # the colours' steps are a fifth of one of these times a power of ten
LOG_LEVELS = 12
DEEPEST = 1e-8  # of the highest error: what is less is drawn in the darkest colour


@dataclass(frozen=True)
class Map:
    """What the page draws, and what the words say about it.

    sent: one byte a cell, contour lines as points in parts of the map from its lower left, and the
        numbers beside the colour bar
    low, high: the least and the highest error on it
    steepest: the length of its longest gradient
    """

    sent: dict[str, Any]
    low: float
    high: float
    steepest: float


def map_of(hill: ErrorSurface, colours: str) -> Map:
    """The map of a surface over two numbers; colours "linear" or "log"."""
    assert hill.y is not None
    parts, levels, ticks = (_by_logarithm if colours == "log" else _evenly)(hill.error)
    places = np.linspace(0.0, 1.0, len(hill.x))
    generator = contour_generator(places, places, hill.error, line_type=LineType.Separate)
    lines: list[Any] = [line for level in levels for line in generator.lines(level)]
    points = np.concatenate(lines) if lines else np.empty((0, 2))
    up, across = np.gradient(hill.error, hill.y, hill.x)
    return Map(
        sent={
            "points": len(hill.x),
            "ticks": ticks,
            "shades": (parts.clip(0, 1) * 255).round().astype(np.uint8).tobytes(),
            "lines": packed_parts(points),
            "lengths": [len(line) for line in lines],
        },
        low=float(hill.error.min()),
        high=float(hill.error.max()),
        steepest=float(np.hypot(up, across).max()),
    )


def _evenly(error: Array) -> tuple[Array, Array, list[Tick]]:
    """Each error's part of the colours, the levels of the lines, the numbers at the colour bar."""
    scale = _round_numbers(error)
    parts = (error - scale[0]) / (scale[-1] - scale[0])
    levels = np.linspace(scale[0], scale[-1], 2 * len(scale) - 1)
    step = scale[1] - scale[0]  # one digit: 1, 2 or 4 times a power of ten
    decimals = min(9, max(0, -math.floor(math.log10(step) + 1e-9)))
    texts = [wording.fixed(value, decimals) for value in scale]
    places = np.linspace(0.0, 1.0, len(scale)).tolist()
    return parts, levels, [[place, text] for place, text in zip(places, texts)]


def _by_logarithm(error: Array) -> tuple[Array, Array, list[Tick]]:
    """The same by the errors' logarithm."""
    axis = Axis.around(error.clip(error.max() * DEEPEST), "log")
    levels = np.geomspace(axis.low, axis.high, LOG_LEVELS)
    return axis.parts(error), levels, axis.ticks


def _round_numbers(error: Array) -> Array:
    """Round numbers that hold all errors, evenly spaced: the colours' ends and their steps."""
    low, high = float(error.min()), float(error.max())
    spread = max(high - low, 1e-9 * max(1.0, high))
    power = 10.0 ** np.floor(np.log10(spread))
    step = power * next(number for number in ROUND if number * power >= spread) / 5
    first, last = np.floor(low / step), np.ceil(high / step)
    count = int(max(last - first, 1.0))
    return np.linspace(step * first, step * (first + count), count + 1)
