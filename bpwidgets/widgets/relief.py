"""The error surface in space, drawn by matplotlib when the page asks for it: at rest, and turning."""

from collections.abc import Hashable
from itertools import count
from typing import Any

from matplotlib.figure import Figure

from bpwidgets import checks, wording
from bpwidgets.network import Network
from bpwidgets.pictures.relief import relief_image, relief_picture
from bpwidgets.session import Session
from bpwidgets.state import State
from bpwidgets.surface import ErrorSurface, error_surface
from bpwidgets.widgets.view import Kept, Scene, Send, View

POINTS = 31
START = (-60, 30)  # azimuth and elevation in degrees
FLATTEST, STEEPEST = 5, 80  # elevations; above, the numbers at the axes collide
SMALLEST, LARGEST = 200, 900  # sides of the picture, in pixels


class Relief(View):
    """The hill over the axes of the map; folded until somebody wants it, since it takes 80 ms.

    It is seen from ``azimuth`` and ``elevation``, in degrees, as the page last asked.
    """

    script = "relief"
    is_folded_first = True

    def __init__(self, session: Session | Network) -> None:
        self.azimuth, self.elevation = START
        self._hill = Kept(_hill)
        self._drawing = Kept(count().__next__)
        super().__init__(session)

    def frame_needs(self, state: State) -> Hashable:
        return state.axes

    def make_frame(self, state: State) -> Scene:
        return {
            "words": " and ".join(map(wording.plain, state.axes)),
            "start": list(START),
            "tilt": [FLATTEST, STEEPEST],
        }

    def scene_needs(self, state: State) -> Hashable:
        return _hill_needs(state), state.network.replace(eta=0.0), state.decimals, state.at

    def make_scene(self, state: State) -> Scene:
        needs = _hill_needs(state), state.network.replace(eta=0.0)
        return {
            "spoken": _spoken(state),
            "drawing": self._drawing(needs),  # another number for another picture
        }

    def answer(self, change: dict[str, Any], send: Send) -> None:
        """Apply settings; ``{"draw": [azimuth, elevation, width, height, dark]}`` is answered
        by the picture."""
        if "draw" in change:
            self._draw(send, *change.pop("draw"))
        self.session.change(**change)

    def figure(self) -> Figure:
        state = self.session.state
        x_range, y_range = state.ends
        return relief_picture(
            state.network,
            *state.axes,
            x_range=x_range,
            y_range=y_range,
            azimuth=self.azimuth,
            elevation=self.elevation,
        )

    def summary(self, state: State) -> str:
        total = state.calculation.values["Etot"]
        return f"over {state.axes[0]}, {state.axes[1]}: Etot {total:.9f}"

    def _draw(
        self, send: Send, azimuth: int, elevation: int, width: int, height: int, dark: bool
    ) -> None:
        state = self.session.state
        azimuth = checks.whole("azimuth", azimuth, -180, 180)
        elevation = checks.whole("elevation", elevation, FLATTEST, STEEPEST)
        place = (*(state.network[name] for name in state.axes), state.calculation.values["Etot"])
        size = [min(LARGEST, max(SMALLEST, int(side))) for side in (width, height)]
        self.azimuth, self.elevation = azimuth, elevation
        image = relief_image(
            self._hill(_hill_needs(state), state),
            place,
            azimuth=self.azimuth,
            elevation=self.elevation,
            size=(size[0], size[1]),
            dark=bool(dark),
        )
        send({"picture": "image/webp"}, image)


def _hill_needs(state: State) -> Hashable:
    """Everything that the hill shows: not where on it the network stands, nor η."""
    x, y = state.axes
    net = state.network.replace(**{x: 0.0, y: 0.0, "eta": 0.0})
    return net, state.axes, state.ends


def _hill(state: State) -> ErrorSurface:
    x_range, y_range = state.ends
    return error_surface(
        state.network, *state.axes, x_range=x_range, y_range=y_range, points=POINTS
    )


def _spoken(state: State) -> str:
    x, y = (wording.plain(name) for name in state.axes)
    at_x, at_y = (wording.given(state.network[name]) for name in state.axes)
    if not state.knows("Etot"):
        return f"A hill as high as the error, at {x} = {at_x} and {y} = {at_y}."
    total = wording.number(state.calculation.values["Etot"], state.decimals)
    return f"A hill as high as the error: at {x} = {at_x} and {y} = {at_y} it is {total}."
