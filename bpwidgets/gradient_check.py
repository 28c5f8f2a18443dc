"""The check of a gradient by small steps each way: what it gives, and how far that is certain.

Two things make a difference quotient uncertain: with large steps the error bends on the way, with small
ones its change drowns in its own rounding.  Both are measured, so that a right gradient is never called
wrong: where the quotient says too little, the check says so.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from bpwidgets import checks
from bpwidgets.forward_pass import Forward, forward, missed, slope
from bpwidgets.gradient import Gradient, backward
from bpwidgets.keywords import told
from bpwidgets.network import Array, Network, checked, quiet

UNIT = 2.0**-53  # of a number: what one rounding brings
ROUNDINGS = 12  # standard deviations that are allowed for the rounding of E
STEP = 2.0**-17  # near the cube root of a rounding, where what bends meets what rounds
TIMES = 8.0  # finer or coarser
COARSEST = 0.25
MOST_MOVED = 0.01  # by an output in one step
ENOUGH = 1e-5  # of a number: so certain a step is not made coarser
SURE = 1e-3  # of a number: what the check must be able to see
SEEN = 1e-6  # of the largest number: what is 0 beside it


class Checked(NamedTuple):
    """One line of a gradient check: both values, their difference, and whether they agree.

    agrees: None where the finite difference is too uncertain to judge; ``reason`` says why
    """

    backpropagated: float
    finite_difference: float
    difference: float
    agrees: bool | None
    reason: str = ""


@dataclass(frozen=True, repr=False)
class GradientCheck(Mapping[str, Checked]):
    """Backpropagated gradients beside central differences, by name; ``agrees`` is the verdict."""

    lines: dict[str, Checked]

    @property
    def agrees(self) -> bool | None:
        """Whether every line agrees; None if none is wrong, but some cannot be judged."""
        verdicts = {line.agrees for line in self.lines.values()}
        return False if False in verdicts else None if None in verdicts else True

    def __getitem__(self, name: str) -> Checked:
        return checks.look_up(self.lines, name, "weight or bias")

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def __repr__(self) -> str:
        words = {True: "yes", False: "NO", None: "?"}
        head = f"{'':5}{'backpropagated':>18}{'finite difference':>20}{'difference':>13}  agrees"
        rows = [
            f"{name:5}{_twelve(line.backpropagated):>18}{_twelve(line.finite_difference):>20}"
            f"{line.difference:13.1e}  {words[line.agrees]}"
            for name, line in self.lines.items()
        ]
        notes = [f"{name}: {line.reason}" for name, line in self.lines.items() if line.reason]
        return "\n".join([head, *rows, *notes])


def _twelve(value: float) -> str:
    """Twelve decimals, or a power of ten where these would be zeros only."""
    text = f"{value:.12f}"
    return text if value == 0 or float(text) != 0 else f"{value:.6e}"


@told
def check_gradient(net: Network, gradient: Mapping[str, float] | None = None) -> GradientCheck:
    """Compare a gradient, by default the backpropagated one, with central differences.

    For each weight and bias (E(v + h) − E(v − h)) / 2h.  They agree if they differ by no more than the
    central difference is itself uncertain.  Where that is more than a thousandth of the number, and the
    number is not 0 beside the largest one either, a line that does not differ by more cannot be judged.

    Raises KeyError if ``gradient`` lacks a name, ValueError for the `Gradient` of another network,
    TypeError for what has no names.
    """
    start = forward(net)
    given = backward(net, start) if gradient is None else _named(net, gradient)
    ours = {name: float(given[name]) for name in net.symbols.trainable}
    rounding = rounding_of_error(start)
    theirs = {name: _difference(start, name, rounding) for name in ours}
    largest = max(abs(value) for value, _ in theirs.values())
    return GradientCheck({name: _line(ours[name], *theirs[name], largest) for name in ours})


def central_difference(net: Network, name: str) -> tuple[float, float]:
    """∂Etot by one parameter as a central difference, and how uncertain that is, possibly ∞."""
    start = forward(net)
    return _difference(start, name, rounding_of_error(start))


def _named(net: Network, gradient: Mapping[str, float]) -> Mapping[str, float]:
    if not isinstance(gradient, Mapping):
        raise TypeError(f"gradient must have a number for each name, got {checks.shown(gradient)}")
    if isinstance(gradient, Gradient) and gradient.network != checked(net):
        raise ValueError("gradient must be of this network, got one of another")
    return gradient


def _line(ours: float, theirs: float, uncertainty: float, largest: float) -> Checked:
    difference = ours - theirs
    agrees = abs(difference) <= uncertainty
    if not agrees or uncertainty <= max(SURE * max(abs(ours), abs(theirs)), SEEN * largest):
        return Checked(ours, theirs, difference, agrees)
    by = "any amount" if math.isinf(uncertainty) else f"{uncertainty:.1e}"
    reason = f"cannot be judged here, because the finite difference itself may be off by {by}"
    return Checked(ours, theirs, difference, None, reason)


def _difference(start: Forward, name: str, rounding: float) -> tuple[float, float]:
    """The central difference with the step that makes it most certain, and how uncertain it is.

    The first step is relative to the parameter's own size.  It is made finer while the error bends on
    it, and coarser while rounding hides the change.
    """
    net = start.network
    position, value = net.symbols.positions[name], net[name]
    outputs = np.concatenate(start.activations)

    def at(moved: float) -> tuple[float, float]:
        """E there, and how far an output moves on the way."""
        flat = net.flat.copy()
        flat[position] = moved
        run = forward(Network.unchecked(net.symbols, flat))
        return run.total_error, float(np.abs(np.concatenate(run.activations) - outputs).max())

    def quotient(step: float) -> tuple[float, float]:
        high, low = value + step, value - step
        (up, moved), (down, also) = at(high), at(low)
        return (up - down) / (high - low), max(moved, also)

    def measured(step: float) -> tuple[float, float]:
        """The quotient, and how uncertain it is: what doubling the step changes, and rounding."""
        near, _ = quotient(step)
        far, moved = quotient(2 * step)
        if moved > MOST_MOVED:  # the error may have bent and come back
            return near, math.inf
        return near, abs(far - near) + rounding / step

    size = max(1.0, abs(value))
    step = STEP * size
    found, uncertainty = measured(step)
    if uncertainty > 2 * rounding / step:
        while value + (step := step / TIMES) > value and rounding / step < uncertainty:
            found, uncertainty = min((found, uncertainty), measured(step), key=itemgetter(1))
    else:
        while uncertainty > ENOUGH * abs(found) and (step := step * TIMES) <= COARSEST * size:
            found, uncertainty = min((found, uncertainty), measured(step), key=itemgetter(1))
    return found, uncertainty


@quiet
def rounding_of_error(run: Forward) -> float:
    """How far rounding has moved Etot: the roundings of all sums and products on the way to it.

    They are as good as independent, so their squares add, each times the square of what it does to E.
    """
    net = run.network
    signal, spread = net.inputs, np.zeros(len(net.inputs))  # the square of what rounding did
    for weights, bias, sums, outputs in zip(
        net.weights, net.biases, run.preactivations, run.activations
    ):
        products = np.abs(weights * signal)
        size = products.sum(axis=1) + abs(bias)
        spread = np.square(weights).dot(spread) + np.square(UNIT * size)
        spread += np.square(UNIT * products).sum(axis=1)
        # the steepest slope that the sum may have met
        steepest = slope(np.maximum(np.abs(sums) - ROUNDINGS * np.sqrt(spread), 0.0))
        spread = spread * np.square(steepest) + 3 * np.square(UNIT * outputs)
        signal = outputs
    return ROUNDINGS * _of_total(run, spread)


def _of_total(run: Forward, spread: Array) -> float:
    """What the roundings of the last outputs, and those of the errors, do to Etot."""
    gaps = missed(run.network, run.preactivations[-1], run.activations[-1])
    spread = spread + np.square(UNIT * gaps)
    squares = np.square(gaps).dot(spread) + 3 * np.square(UNIT * run.errors).sum()
    return math.sqrt(squares + (UNIT * run.total_error) ** 2) + 0.5 * float(spread.sum())
