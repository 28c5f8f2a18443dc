"""The error surface in space: the printed figure, and the quick picture that the page turns."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, ScalarFormatter

from bpwidgets.figures import COLOURS, mathtext
from bpwidgets.forward_pass import forward
from bpwidgets.network import Network
from bpwidgets.pictures import MARKED, WIDTH, Picture, around, drawing, ends
from bpwidgets.surface import ErrorSurface, error_surface

DPI = 100  # of the quick picture
CELLS = 30  # a side of the quick picture: more are slower and look the same
INK = {False: "#222222", True: "#dddddd"}  # of its text, on a light and on a dark page
WEBP = {"quality": 70, "alpha_quality": 70, "method": 2}  # a third of a PNG's size

Place = tuple[float, float, float]
Space = Any  # matplotlib's axes in space have no types


@drawing()
def relief_picture(
    net: Network,
    x: str,
    y: str,
    *,
    x_range: Sequence[float] | None = None,
    y_range: Sequence[float] | None = None,
    azimuth: float = -60,
    elevation: float = 30,
    points: int = 41,
) -> Figure:
    """The error over two numbers as a hill in space, with the network's point on it.

    azimuth, elevation: where it is seen from, in degrees; above 80, the numbers at the axes collide

    Raises what `error_surface` raises.
    """
    hill = error_surface(net, x, y, x_range=x_range, y_range=y_range, points=points)
    figure = Picture(figsize=(WIDTH, 0.8 * WIDTH))
    axes = _space(figure, hill, azimuth, elevation)
    _draw_hill(axes, hill, points, edgecolor=(1, 1, 1, 0.35), linewidth=0.25)
    place = net[hill.x_name], net[str(hill.y_name)], forward(net).total_error
    _draw_point(axes, hill, place, "black")
    return figure


@drawing()
def relief_image(
    hill: ErrorSurface,
    point: Place,
    *,
    azimuth: float = -60,
    elevation: float = 30,
    size: tuple[int, int] = (420, 340),
    dark: bool = False,
) -> bytes:
    """The hill as a WebP of so many pixels, for a page; quickly.

    point: the network's x, y and error
    size: width and height
    dark: light text for a dark page; the ground is transparent
    """
    figure = Figure(figsize=(size[0] / DPI, size[1] / DPI), dpi=DPI)
    axes = _space(figure, hill, azimuth, elevation, INK[dark])
    _draw_hill(axes, hill, CELLS, linewidth=0, antialiased=False)
    _draw_point(axes, hill, point, INK[dark])
    file = BytesIO()
    figure.savefig(file, format="webp", dpi=DPI, transparent=True, pil_kwargs=WEBP)
    return file.getvalue()


def _space(
    figure: Figure, hill: ErrorSurface, azimuth: float, elevation: float, ink: str = "black"
) -> Space:
    """Axes in space, without the grey walls, with the names in their place."""
    axes: Space = figure.add_axes((0.01, 0.03, 0.97, 0.97), projection="3d")
    axes.set(xlim=ends(hill.x), ylim=ends(hill.y), zlim=around(hill.error))
    names = mathtext(hill.x_name), mathtext(str(hill.y_name)), mathtext("Etot")
    for axis, name in zip((axes.xaxis, axes.yaxis, axes.zaxis), names):
        axis.set_label_text(name, color=ink)
        axis.set_major_locator(MaxNLocator(5))
        axis.set_major_formatter(ScalarFormatter(useMathText=False))  # half the time of drawing
        axis.set_pane_color((0, 0, 0, 0))
        axis.line.set_color(ink)
        axis.offsetText.set_color(ink)
        axis.set_tick_params(colors=ink, pad=0)
        axis._axinfo["grid"].update(color=(0.5, 0.5, 0.5, 0.35), linewidth=0.5)
    axes.view_init(elevation, azimuth)
    axes.set_box_aspect((1, 1, 0.75), zoom=0.9)
    return axes


def _draw_hill(axes: Space, hill: ErrorSurface, cells: int, **look: Any) -> None:
    across, up = np.meshgrid(hill.x, hill.y)  # type: ignore[arg-type]
    axes.plot_surface(across, up, hill.error, rcount=cells, ccount=cells, cmap=COLOURS, **look)


def _draw_point(axes: Space, hill: ErrorSurface, place: Place, ink: str) -> None:
    """The point, over everything, and a line straight down that shows where it stands."""
    x, y, error = place
    for value, (low, high) in ((x, ends(hill.x)), (y, ends(hill.y))):
        if not low <= value <= high:
            return
    floor = axes.get_zlim()[0]
    axes.plot([x, x], [y, y], [floor, error], color=ink, lw=1, ls=":", zorder=9)
    axes.plot([x], [y], [error], "o", mfc=MARKED, mec="white", mew=1.2, ms=8, zorder=10)
