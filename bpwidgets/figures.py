"""What matplotlib draws: the frame (axes, ticks, colour bar) in which the live error surface moves.

Figures are made directly, never through pyplot, so that nothing is kept alive or shared.
"""

from functools import lru_cache
from io import StringIO
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from matplotlib import colormaps, style
from matplotlib.axes import Axes
from matplotlib.figure import Figure

COLOURS = "viridis"
SIZE = (5.2, 4.4)  # inches
MAP = (0.125, 0.125, 0.69, 0.845)  # left, bottom, width, height, as parts of the figure
BAR = (0.845, 0.125, 0.04, 0.79)
DRAWING = Lock()  # matplotlib's settings are shared by all threads


class Frame(NamedTuple):
    """An SVG of everything around the map, and where map and colour bar go in it.

    The boxes are (left, top, width, height) in parts of the picture, from its upper left corner.
    """

    svg: str
    map_box: tuple[float, float, float, float]
    bar_box: tuple[float, float, float, float]


@lru_cache(maxsize=64)  # 20 kB each; drawing one takes longer than everything else of a change
def surface_frame(
    x_name: str,
    y_name: str,
    x_range: tuple[float, float],
    y_range: tuple[float, float],
) -> Frame:
    """The frame for a map of the error over two numbers, with an empty colour bar beside it.

    One colour on a transparent ground: the page lays its own text colour over it.  The numbers at the
    colour bar change with every move, so the page writes them.
    """
    # The user's own settings, which may crop or decorate figures, must not move the axes.
    with DRAWING, style.context("default", after_reset=True):
        return _drawn(x_name, y_name, x_range, y_range)


def colour_table() -> bytes:
    """256 colours from the least error to the most, three bytes each: red, green, blue."""
    rows = colormaps[COLOURS](np.arange(256))[:, :3]
    return bytes((rows * 255).round().astype(np.uint8))


def mathtext(key: str) -> str:
    """A symbol's key for a label of matplotlib: "w5" is "$w_5$"."""
    if key == "Etot":
        return r"$E_{\mathrm{tot}}$"
    return rf"${key[0]}_{{{key[1:]}}}$"


def _drawn(
    x_name: str, y_name: str, x_range: tuple[float, float], y_range: tuple[float, float]
) -> Frame:
    figure = Figure(figsize=SIZE)
    axes = figure.add_axes(MAP)
    axes.set(xlim=x_range, ylim=y_range)
    axes.set_xlabel(mathtext(x_name), fontsize=14, labelpad=3)
    axes.set_ylabel(mathtext(y_name), fontsize=14, labelpad=1)
    bar = figure.add_axes(BAR)
    bar.set(xticks=[], yticks=[])
    bar.set_title(mathtext("Etot"), fontsize=14, pad=6)
    for each in (axes, bar):
        _plain(each)
    text = StringIO()
    figure.savefig(text, format="svg", transparent=True, metadata={"Date": None})
    return Frame(text.getvalue(), _from_above(MAP), _from_above(BAR))


def _plain(axes: Axes) -> None:
    axes.patch.set_visible(False)
    axes.tick_params(labelsize=11, direction="out")


def _from_above(box: Any) -> tuple[float, float, float, float]:
    left, bottom, width, height = box
    return left, round(1 - bottom - height, 6), width, height
