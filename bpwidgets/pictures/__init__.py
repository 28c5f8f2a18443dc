"""Figures for a printed handout, and the files made of them; here those of one line: slice and curve.

`surface`, `relief` and `diagram` have the others.  A figure is 12 cm wide and
legible at that size; what it shows it shows by form as well as by colour.  Figures are made directly,
never through pyplot, so that nothing is kept alive or shared.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import numpy as np
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, StrMethodFormatter
from numpy.typing import ArrayLike

from bpwidgets import checks
from bpwidgets.figures import DRAWING, mathtext
from bpwidgets.forward_pass import forward
from bpwidgets.gradient import backward
from bpwidgets.network import Array, Network, numpys_own
from bpwidgets.surface import error_surface
from bpwidgets.wording import number

KINDS = ("png", "svg", "pdf")
SCALES = ("linear", "log")
WIDTH = 12 / 2.54  # inches
ON_SCREEN = 110  # pixels an inch
POINTS = 161
FLAT = 1e-9  # what differs by less, in parts, is drawn as one value
DECADES = 12  # how far below the largest error a logarithmic scale goes
MARKED = "#d55e00"  # vermilion and blue of Okabe and Ito, dark enough on white
CURVE = "#0072b2"
SETTINGS: dict[str, Any] = {
    "font.size": 9,
    "axes.labelsize": 11,
    "legend.fontsize": 8.5,
    "legend.frameon": False,
    "axes.linewidth": 0.7,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "axes.formatter.limits": (-4, 5),
    "pdf.fonttype": 42,  # TrueType: the text can be searched and copied
    # An SVG cannot count on the reader's fonts: as outlines its text looks and fits the same anywhere.
    "svg.fonttype": "path",
    "svg.hashsalt": "bpwidgets",  # else the ids in it are drawn by lot
}
POINT: dict[str, Any] = {
    "mfc": MARKED,
    "mec": "white",
    "mew": 1.2,
    "ms": 8,
    "label": "the network",
    "zorder": 6,
}
NO_DATE: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None},
    "pdf": {"CreationDate": None},
}


class Picture(Figure):
    """A figure that a notebook shows as it stands, without pyplot."""

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        """The picture, sharp also on a fine screen, and the size at which it is to be shown."""
        width, height = (round(inches * ON_SCREEN) for inches in self.get_size_inches())
        return saved(self, "png", 2 * ON_SCREEN), {"width": width, "height": height}


@contextmanager
def drawing() -> Iterator[None]:
    """matplotlib with these settings and nobody else's, one drawer at a time; does not nest.

    Making a figure and saving it each need it, one after the other: some settings are read when an
    artist is made, others when it is drawn.  numpy too is as matplotlib expects it to be.
    """
    with DRAWING, numpys_own(), style.context(["default", SETTINGS], after_reset=True):
        yield


@drawing()
def saved(figure: Figure, kind: str, dpi: int = 300) -> bytes:
    """The figure as a file's content: "png", "svg" or "pdf"; the same bytes every time.

    Raises ValueError for another kind.
    """
    checks.choice("kind", kind, KINDS)
    file = BytesIO()
    figure.savefig(file, format=kind, dpi=dpi, metadata=NO_DATE[kind])
    return file.getvalue()


@drawing()
def slice_picture(net: Network, name: str, *, span: Sequence[float] | None = None) -> Figure:
    """The error along one weight or bias, and the tangent whose slope is its gradient.

    Raises KeyError for a name that has no gradient.
    """
    gradient = backward(net)[name]
    total = forward(net).total_error
    hill = error_surface(net, name, x_range=span, points=POINTS)
    figure = Picture(figsize=(WIDTH, 0.72 * WIDTH), layout="constrained")
    axes = figure.add_subplot()
    span = ends(hill.x)
    axes.set(xlim=span, ylim=around(hill.error, 0.08))
    slope = (
        rf"slope $\partial${mathtext('Etot')}$/\partial${mathtext(name)} = {number(gradient, 6)}"
    )
    curve = axes.plot(hill.x, hill.error, color=CURVE, lw=1.8, label=mathtext("Etot"))
    heights = [total + gradient * (value - net[name]) for value in span]
    tangent = axes.plot(span, heights, "--", color=MARKED, lw=1.4, label=slope)
    point = axes.plot(net[name], total, "o", **POINT)
    label(axes, mathtext(name), mathtext("Etot"))
    legend(figure, [*point, *curve, *tangent])
    return laid_out(figure)


@drawing()
def curve_picture(errors: ArrayLike, step: int | None = None, *, scale: str = "linear") -> Figure:
    """The error after each training step, with a mark at one of them.

    On a logarithmic scale an error of 0 lies below the lower edge.  Raises ValueError for another scale,
    a step that is not there or no errors.
    """
    checks.choice("scale", scale, SCALES)
    history = np.asarray(errors, float)
    if history.ndim != 1 or not history.size:
        raise ValueError(f"errors must be a row of numbers, got the shape {history.shape}")
    last = len(history) - 1
    figure = Picture(figsize=(WIDTH, 0.66 * WIDTH), layout="constrained")
    axes = figure.add_subplot()
    axes.set_xlim(-0.01 * max(1, last), 1.01 * max(1, last))
    if scale == "log" and (history > 0).any():
        axes.set_yscale("log", nonpositive="clip")
        least, most = history[history > 0].min(), history.max()
        axes.set_ylim(max(least, most * 10.0**-DECADES) / 1.5, most * 1.5)
    else:
        axes.set_ylim(0, 1.06 * history.max() or 1.0)
    only = "." if last == 0 else ""
    axes.plot(np.arange(last + 1), history, color=CURVE, lw=1.8, marker=only)
    label(axes, "training step", mathtext("Etot"))
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    if step is not None:
        step = checks.whole("step", step, 0, last)
        text = f"step {step:,}: {mathtext('Etot')} = {number(history[step], 6)}"
        axes.axvline(step, color=MARKED, lw=0.9, ls=":")
        legend(figure, axes.plot(step, history[step], "o", **POINT | {"label": text}))
    return laid_out(figure)


def label(axes: Axes, x: str, y: str) -> None:
    """The names of the axes; ticks outwards, so that nothing covers the curves."""
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.tick_params(direction="out", width=0.7, length=3)


def legend(figure: Figure, handles: Sequence[Line2D]) -> None:
    """What is what, above the axes, where it covers nothing."""
    figure.legend(
        handles=handles,
        loc="outside upper center",
        ncols=min(3, len(handles)),
        handletextpad=0.4,
        columnspacing=1.4,
    )


def laid_out(figure: Figure) -> Figure:
    """The figure with everything in its final place: laid out anew at each saving, it could move."""
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    return figure


def ends(values: Array | None) -> tuple[float, float]:
    """The first and the last value on an axis of a surface."""
    assert values is not None  # along one number there is no second axis
    return float(values[0]), float(values[-1])


def around(values: Array, room: float = 0.0) -> tuple[float, float]:
    """The least and the greatest value, with so much room in parts; a tenth of it if they are one."""
    low, high = float(values.min()), float(values.max())
    largest = max(abs(low), abs(high))
    if high - low <= FLAT * largest:
        return low - (0.1 * largest or 0.1), high + (0.1 * largest or 0.1)
    return low - room * (high - low), high + room * (high - low)
