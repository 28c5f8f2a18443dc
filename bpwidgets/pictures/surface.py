"""The printed map of the error over two numbers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import Normal, Stroke
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import ArrayLike

from bpwidgets import checks
from bpwidgets.figures import COLOURS, mathtext
from bpwidgets.gradient import backward
from bpwidgets.network import Array, Network
from bpwidgets.pictures import (
    DECADES,
    FLAT,
    POINT,
    SCALES,
    WIDTH,
    Picture,
    around,
    drawing,
    ends,
    label,
    laid_out,
    legend,
)
from bpwidgets.surface import error_surface

POINTS = 161
BANDS = 12  # colours on the map, with a contour line between two
BETWEEN = (6, (1,)), (3, (1, 3)), (2, (1, 2, 5)), (0, (1, 1.5, 2, 3, 5, 7))  # by the decades shown
ARROW = 0.18  # the length of the gradient's arrow, in parts of the map
HALO = [Stroke(linewidth=3.2, foreground="white"), Normal()]
RING: dict[str, Any] = {
    "mfc": "none",
    "mec": "black",
    "mew": 1.3,
    "ms": 11,
    "label": "after the next update",
    "zorder": 5,
    "path_effects": HALO,
}


@drawing()
def surface_picture(
    net: Network,
    x: str,
    y: str,
    *,
    x_range: Sequence[float] | None = None,
    y_range: Sequence[float] | None = None,
    scale: str = "linear",
    after: Network | None = None,
    walked: ArrayLike | None = None,
) -> Figure:
    """A map of the error over two numbers: colours, contour lines, the network's point.

    The arrow points uphill, along the gradient; its length means nothing.  It is missing where the
    gradient is 0.

    scale: of the colours, "linear" or "log"
    after: the network after an update, shown by a ring
    walked: the way that training took on the map, shape (n, 2)

    Raises ValueError for another scale or shape, and what `error_surface` raises.
    """
    checks.choice("scale", scale, SCALES)
    hill = error_surface(net, x, y, x_range=x_range, y_range=y_range, points=POINTS)
    names = hill.x_name, str(hill.y_name)
    figure = Picture(figsize=(WIDTH, 0.86 * WIDTH), layout="constrained")
    axes = figure.add_subplot()
    _draw_map(axes, hill.x, hill.y, hill.error, scale)
    axes.set(xlim=ends(hill.x), ylim=ends(hill.y))
    label(axes, mathtext(names[0]), mathtext(names[1]))
    here = [net[name] for name in names]
    handles = _draw_mark(axes, here, POINT)
    gradient = backward(net)
    slopes = np.array([gradient.slope(name) for name in names])
    if slopes.any():
        handles.append(_draw_arrow(axes, here, slopes))
    if after is not None:
        handles += _draw_mark(axes, [after[name] for name in names], RING)
    if walked is not None:
        handles.append(_draw_walk(axes, np.asarray(walked, float)))
    legend(figure, handles)
    return laid_out(figure)


def _draw_map(axes: Axes, x: Array, y: Array | None, error: Array, scale: str) -> None:
    """The bands of colour, the lines between them, and the colour bar.

    A logarithmic map shows log10 of the error: matplotlib's own one leaves gaps where the error is 0.
    """
    logarithmic = scale == "log" and bool(error.max() > 0)
    heights = error
    if logarithmic:
        heights = np.log10(np.maximum(error, error.max() * 10.0**-DECADES))
    flat = np.ptp(heights) <= FLAT * np.abs(heights).max()
    levels = (
        np.array(around(heights))
        if flat
        else _log_levels(heights)
        if logarithmic
        else _levels(heights)
    )
    bands = axes.contourf(x, y, heights, levels=levels, cmap=COLOURS)
    bar = axes.figure.colorbar(bands, ax=axes, aspect=26, pad=0.03)
    if not flat:
        axes.contour(x, y, heights, levels=levels, colors="white", linewidths=0.5, linestyles="-")
        bar.set_ticks(levels[:: 2 if len(levels) > 8 else 1].tolist())
    if logarithmic:
        bar.ax.yaxis.set_major_formatter(FuncFormatter(_power))
    bar.ax.set_title(mathtext("Etot"), fontsize=11, pad=7)
    bar.ax.tick_params(width=0.7, length=3)
    bar.outline.set_linewidth(0.7)


def _levels(heights: Array) -> Array:
    """Round numbers that hold all of the map."""
    steps = [1, 2, 2.5, 5, 10]
    return np.array(MaxNLocator(BANDS, steps=steps).tick_values(heights.min(), heights.max()))


def _log_levels(heights: Array) -> Array:
    """The logarithms of round numbers: powers of ten and some between them."""
    low, high = float(heights.min()), float(heights.max())
    if high - low < 1:
        return np.log10([10**low, *(level for level in _levels(10**heights) if level > 10**low)])
    between = next(numbers for decades, numbers in BETWEEN if high - low > decades)
    powers = np.arange(np.floor(low), np.ceil(high) + 1)
    levels = np.add.outer(powers, np.log10(between)).ravel()
    first = levels.searchsorted(low, "right") - 1
    return levels[max(0, first) : levels.searchsorted(high, "left") + 1]


def _power(exponent: float, _: Any) -> str:
    """The number at the colour bar of a logarithmic map."""
    if exponent == round(exponent) and abs(exponent) > 2:
        return rf"$10^{{{exponent:.0f}}}$"
    return f"{10**exponent:.2g}" if -4 < exponent < 5 else rf"$10^{{{exponent:.2f}}}$"


def _draw_mark(axes: Axes, place: Sequence[float], look: dict[str, Any]) -> list[Line2D]:
    """A mark that the edge of the map does not cut; none for a place outside."""
    for value, (low, high) in zip(place, (axes.get_xlim(), axes.get_ylim())):
        if not low <= value <= high:
            return []
    return axes.plot(*place, "o", clip_on=False, **look)


def _draw_arrow(axes: Axes, start: Sequence[float], slopes: Array) -> Line2D:
    spans = np.array([np.ptp(axes.get_xlim()), np.ptp(axes.get_ylim())])
    long = slopes / np.abs(slopes).max()  # first, so that the tiniest gradient has a direction
    long *= ARROW / np.hypot(*(long / spans))
    axes.quiver(
        *start,
        *long,
        angles="xy",
        scale_units="xy",
        scale=1,
        width=0.011,
        headwidth=3.6,
        headlength=4.2,
        headaxislength=3.8,
        facecolor="white",
        edgecolor="black",
        linewidth=0.7,
        zorder=4,
    )
    return Line2D(
        [], [], ls="none", marker=r"$\nearrow$", ms=9, color="black", label="uphill: the gradient"
    )


def _draw_walk(axes: Axes, walked: Array) -> Line2D:
    if walked.ndim != 2 or walked.shape[1] != 2:
        raise ValueError(f"walked must have the shape (n, 2), got {walked.shape}")
    (line,) = axes.plot(
        *walked.T, color="black", lw=1.3, path_effects=HALO, zorder=3, label="the way walked"
    )
    return line
