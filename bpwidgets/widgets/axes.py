"""Numbers as parts of an axis, and the error as heights of a curve."""

import math
from collections.abc import Sequence

import numpy as np

from bpwidgets.network import Array
from bpwidgets.widgets.ticks import Tick, linear_ticks, log_ticks

LEAST = 1e-16  # errors below it are drawn at it where they are shown by their logarithm


class Axis:
    """One axis: its ends, whether it is logarithmic, its numbers, and how far along a value lies."""

    def __init__(self, ends: Sequence[float], scale: str = "linear") -> None:
        self.low, self.high = ends
        self.is_log = scale == "log"

    @classmethod
    def around(cls, values: Array, scale: str = "linear") -> "Axis":
        """An axis that holds these errors with some space around them."""
        if scale == "log":
            low, high = (max(float(end), LEAST) for end in (values.min(), values.max()))
            space = max((high / low) ** 0.05, 1.02)
            return cls((low / space, high * space), scale)
        low, high = float(values.min()), float(values.max())
        space = max(0.05 * (high - low), 1e-9 * max(1.0, abs(high)))
        return cls((low - space, high + space))

    @property
    def ticks(self) -> list[Tick]:
        return (log_ticks if self.is_log else linear_ticks)(self.low, self.high)

    def part(self, value: float) -> float:
        """How far along a value lies: 0 at the low end, 1 at the high one."""
        if self.is_log:
            return math.log(max(value, LEAST) / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def parts(self, values: Array) -> Array:
        if self.is_log:
            values = np.log(np.maximum(values, LEAST) / self.low)
            return values / math.log(self.high / self.low)
        return (values - self.low) / (self.high - self.low)


def packed(numbers: Array) -> bytes:
    """Numbers for the page, four bytes each."""
    return numbers.astype("<f4").tobytes()


def packed_parts(parts: Array) -> bytes:
    """Parts of a picture, from 0 to 1, for the page: two bytes each, far finer than a pixel."""
    return (parts.clip(0, 1) * 65_535).round().astype("<u2").tobytes()


def slider_step(ends: Sequence[float]) -> float:
    """How far an arrow key moves a slider: a power of ten, at most a hundredth of the range."""
    return float(10.0 ** math.floor(math.log10((ends[1] - ends[0]) / 100) + 1e-9))
