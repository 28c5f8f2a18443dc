"""A name in its place on a sheet: set smaller if it is long, and at last cut, with a "…"."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import Normal
from matplotlib.textpath import text_to_path

from bpwidgets.sheets.fonts import USUAL, families, is_mark, one_line

SMALLEST = 6.0  # points
MILLIMETRES = 25.4 / 72  # of a point
FILLED = 0.9  # of the room: in a coarse picture letters stand in whole pixels, and take more


def fitted(name: str, size: float, room: float) -> tuple[str, dict[str, Any]]:
    """A name that takes no more than so many millimetres, and its style.

    Raises ValueError for a name that cannot be printed.
    """
    fonts, line = families(name), one_line(name)
    room *= FILLED
    wide = width(line, size, fonts)
    if wide > room:
        size *= room / wide
    if size < SMALLEST:
        size = SMALLEST
        line = _cut(line, size, fonts, room)
    style: dict[str, Any] = {"size": size, "family": fonts}
    if fonts != [USUAL]:
        # As outlines: not every kind of font can be put into a PDF so that every reader shows it.
        style["path_effects"] = [Normal()]
    return line, style


def width(text: str, size: float, fonts: Sequence[str] = (USUAL,)) -> float:
    """How many millimetres a text takes."""
    font = FontProperties(family=list(fonts), size=size)
    points, _, _ = text_to_path.get_text_width_height_descent(text, font, False)
    return float(points) * MILLIMETRES


def _cut(line: str, size: float, fonts: Sequence[str], room: float) -> str:
    """As much of a line as fits before a "…"; no mark is parted from its letter."""
    ends = [end for end in range(len(line)) if not is_mark(line[end])]

    def short(end: int) -> str:
        return f"{line[:end].rstrip()}…"

    fitting = bisect_right(ends, room, key=lambda end: width(short(end), size, fonts))
    return short(ends[fitting - 1])
