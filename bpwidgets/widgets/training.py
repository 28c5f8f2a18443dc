"""Many steps of gradient descent: run, play, stop, and go back through the whole history."""

from collections.abc import Hashable
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from matplotlib.figure import Figure

from bpwidgets import wording
from bpwidgets.marking import read_number
from bpwidgets.network import Array, Network
from bpwidgets.pictures import curve_picture
from bpwidgets.session import Session
from bpwidgets.state import State
from bpwidgets.training import Trajectory
from bpwidgets.widgets.acts import LONGEST_NAME
from bpwidgets.widgets.axes import Axis, packed
from bpwidgets.widgets.ticks import whole_ticks
from bpwidgets.widgets.view import Kept, Scene, Send, View

RUNS = (1, 10, 100, 1_000, 10_000)
SPEEDS = (1, 3, 10, 30, 100)  # steps a second, of playing
CHUNK = 500  # steps at a time, so that a long run can be watched and stopped
BINS = 200  # of the curve: in each, the least and the largest error are drawn
FEWEST = 5  # steps that the axis has room for
Steps: TypeAlias = np.ndarray[Any, np.dtype[np.int_]]


class Training(View):
    """The error over the steps of training, and the step at which the network stands.

    The page asks for a long run in parts, the next one when the last was answered.
    """

    script = "training"
    large_things = ("curve",)

    def __init__(self, session: Session | Network) -> None:
        self._refused = ""  # why training went no further
        self._runs: set[str] = set()  # the page's names for those that nothing has ended
        self._left: Hashable = None  # where the last one left the session
        self._over = ""  # the one that was ended last
        self._curve = Kept(_curve)
        super().__init__(session)

    def frame_needs(self, state: State) -> Hashable:
        return ()

    def make_frame(self, state: State) -> Scene:
        return {
            "runs": [[count, f"{count:,}"] for count in RUNS],
            "speeds": [[str(speed), f"{speed} a second"] for speed in SPEEDS],
            "chunk": CHUNK,
            "error": wording.symbol("Etot"),
        }

    def scene_needs(self, state: State) -> Hashable:
        return state.walk, state.step, state.decimals, state.curve, self._refused, self._over

    def make_scene(self, state: State) -> Scene:
        walk = state.walk
        return {
            "step": state.step,
            "steps": walk.steps,
            "across": _across(walk).high,
            "point": [
                _across(walk).part(state.step),
                _up(walk, state.curve).part(float(walk.errors[state.step])),
            ],
            "scale": state.curve,
            "refused": self._refused,
            "over": self._over,
            "spoken": _spoken(state),
        }

    def answer(self, change: dict[str, Any], send: Send) -> None:
        """Apply settings; also ``{"typed": "12"}``, a step, and ``{"take": [run, 5, true]}``, to train.

        A refusal is shown with its reason, and ends a run.
        """
        self._refused = ""
        try:
            if "take" in change:
                self._take(*change.pop("take"))
            if "typed" in change:
                self._go_to(change.pop("typed"))
        except ValueError as reason:
            self._refused = str(reason)
            self._runs.clear()
        self.session.change(**change)

    def figure(self) -> Figure:
        state = self.session.state
        return curve_picture(state.walk.errors, state.step, scale=state.curve)

    def summary(self, state: State) -> str:
        total = state.walk.errors[state.step]
        return f"step {state.step:,} of {state.walk.steps:,}: Etot {total:.9f}"

    def _take(self, run: str, steps: int, begins: bool) -> None:
        """Steps of a run; none if something else has moved the session since it began."""
        if not isinstance(run, str) or len(run) > LONGEST_NAME:
            raise TypeError("a run must have a name")
        if self._left != _where(self.session.state):
            self._runs.clear()
        if begins:
            self._runs.add(run)
        elif run not in self._runs:
            self._over = run
            return
        try:
            self._left = _where(self.session.train(steps))
        except ValueError:
            self._over = run
            raise

    def _go_to(self, typed: str) -> None:
        if typed.strip() == "":
            raise ValueError(f"type a whole number from 0 to {self.session.state.walk.steps:,}")
        step = read_number(typed)
        self.session.change(step=int(step) if step.is_integer() else step)

    def place(self, state: State) -> None:
        curve = self._curve((state.walk, state.curve), state)
        super().place(state)
        self.curve = curve


def _where(state: State) -> Hashable:
    """Where training has led; the learning rate may change on the way."""
    return state.walk.start.replace(eta=0), state.step, state.network.replace(eta=0)


def _across(walk: Trajectory) -> Axis:
    return Axis((0.0, float(max(FEWEST, walk.steps))))


def _up(walk: Trajectory, scale: str) -> Axis:
    if scale == "log":
        return Axis.around(walk.errors, scale)
    return Axis((0.0, 1.06 * float(walk.errors.max()) or 1.0))


def _curve(state: State) -> Scene:
    walk = state.walk
    across, up = _across(walk), _up(walk, state.curve)
    steps = _worth_drawing(walk.errors)
    points = np.stack([across.parts(steps.astype(float)), up.parts(walk.errors[steps])], axis=1)
    return {
        "points": packed(points),
        "across": whole_ticks(across.low, across.high),
        "up": up.ticks,
    }


def _worth_drawing(errors: Array) -> Steps:
    """The steps whose errors make the curve: all, or the extremes of each of so many parts."""
    if len(errors) <= 2 * BINS:
        return np.arange(len(errors))
    edges = np.linspace(0, len(errors), BINS + 1).astype(int)
    kept = {0, len(errors) - 1}
    for first, end in pairwise(edges.tolist()):
        part = errors[first:end]
        kept |= {first + int(part.argmin()), first + int(part.argmax())}
    return np.array(sorted(kept))


def _spoken(state: State) -> str:
    errors, decimals = state.walk.errors, state.decimals
    now = wording.number(float(errors[state.step]), decimals)
    if state.walk.steps == 0:
        return f"No step of training yet: the error Etot is {now}."
    return (
        f"After {state.step:,} of {_counted(state.walk.steps)} the error Etot is {now}; "
        f"it began at {wording.number(float(errors[0]), decimals)}."
    )


def _counted(steps: int) -> str:
    return "1 step" if steps == 1 else f"{steps:,} steps"
