"""Backpropagation with arrays: the gradient, one update, and the check by finite differences.

Notes: derivation pages 1 to 6, example pages 3 to 6.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from bpwidgets import checks
from bpwidgets.forward_pass import Forward, forward
from bpwidgets.network import Array, Network, checked
from bpwidgets.symbols import canonical

RULES = ("simultaneous", "sequential")
BIASES = ("fixed", "trained")
EPSILON = float(np.finfo(float).eps)
ROUNDINGS = 8  # how many roundings a central difference is allowed


@dataclass(frozen=True, eq=False, repr=False)
class Gradient(Mapping[str, float]):
    """∂Etot by every weight and bias; as a mapping, by the parameter's name: ``grad["w5"]``.

    weights: one array a layer, shape (n_out, n_in), like the network's
    biases: shape (layers,); a shared bias sums over the units of its layer
    inputs, targets: ∂Etot by what training leaves alone, for maps over them; `slope` reads them by name
    """

    network: Network
    weights: tuple[Array, ...]
    biases: Array
    inputs: Array
    targets: Array

    @cached_property
    def flat(self) -> Array:
        """All of them in one row, in the order of the names: weights, then biases."""
        return np.concatenate([*(grid.ravel() for grid in self.weights), self.biases])

    def slope(self, name: str) -> float:
        """∂Etot by any number that the error contains: an input or a target too.

        Raises KeyError for another name, η among them.
        """
        slopes = np.concatenate([self.inputs, self.flat, self.targets])
        places = dict(zip(self.network.names, range(len(slopes))))  # all but η, which is last
        return float(slopes[checks.look_up(places, canonical(name), "number of the error")])

    def __getitem__(self, name: str) -> float:
        positions = self.network.symbols.trainable_positions
        return float(self.flat[checks.look_up(positions, name, "weight or bias")])

    def __iter__(self) -> Iterator[str]:
        return iter(self.network.symbols.trainable)

    def __len__(self) -> int:
        return len(self.network.symbols.trainable)

    def __repr__(self) -> str:
        return "<Gradient " + ", ".join(f"{name}: {self[name]:.9f}" for name in self) + ">"


def backward(net: Network, run: Forward | None = None, *, rule: str = "simultaneous") -> Gradient:
    """The gradient of the total error by backpropagation.

    ``run`` is the forward pass of the same network, if you have it.  With ``rule="sequential"`` an
    error flows back through the weights as the update has already left them: the common slip that
    belongs to the figure 0.291027924 (the notes update simultaneously).

    Raises ValueError for another rule.
    """
    checks.choice("rule", rule, RULES)
    run = run or forward(net)
    layers = len(net.weights)
    weights: list[Array] = [net.inputs] * layers
    biases = np.empty(layers)
    by_output = run.activations[-1] - net.targets  # ∂E/∂out, the notes' −(d − out)
    by_target = -by_output
    for layer in reversed(range(layers)):
        output = run.activations[layer]
        delta = by_output * output * (1.0 - output)  # ∂E/∂ of the weighted sum
        before = run.activations[layer - 1] if layer else net.inputs
        weights[layer] = delta[:, None] * before
        biases[layer] = delta.sum()
        through = net.weights[layer]
        if rule == "sequential":
            through = through - net.learning_rate * weights[layer]
        by_output = delta.dot(through)  # of the layer before, and at last of the inputs
    return Gradient(net, tuple(weights), biases, by_output, by_target)


def update(net: Network, *, rule: str = "simultaneous", biases: str = "fixed") -> Network:
    """The network after one step of gradient descent: w_new = w − η · ∂Etot/∂w.

    The notes update simultaneously and leave the biases as they are; ``biases="trained"`` moves each
    shared bias by its own gradient.  Raises ValueError for another rule or convention, and when a
    parameter would leave ±1e6.
    """
    checks.choice("biases", biases, BIASES)
    step = checked(net).learning_rate * backward(net, rule=rule).flat
    if biases == "fixed":
        step[-len(net.biases) :] = 0.0
    after = net.flat.copy()
    after[net.symbols.slices.trainable] -= step
    return Network.from_values(net.sizes, after)


class Checked(NamedTuple):
    """One line of a gradient check: both values, their difference, and whether they agree."""

    backpropagated: float
    finite_difference: float
    difference: float
    agrees: bool


@dataclass(frozen=True, repr=False)
class GradientCheck(Mapping[str, Checked]):
    """Backpropagated gradients beside central differences, by name; ``agrees`` is the verdict."""

    lines: dict[str, Checked]

    @property
    def agrees(self) -> bool:
        """Whether every line agrees."""
        return all(line.agrees for line in self.lines.values())

    def __getitem__(self, name: str) -> Checked:
        return checks.look_up(self.lines, name, "weight or bias")

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def __repr__(self) -> str:
        head = f"{'':5}{'backpropagated':>18}{'finite difference':>20}{'difference':>13}  agrees"
        rows = [
            f"{name:5}{line.backpropagated:18.12f}{line.finite_difference:20.12f}"
            f"{line.difference:13.1e}  {'yes' if line.agrees else 'NO'}"
            for name, line in self.lines.items()
        ]
        return "\n".join([head, *rows])


def check_gradient(net: Network, gradient: Mapping[str, float] | None = None) -> GradientCheck:
    """Compare a gradient, by default the backpropagated one, with central differences.

    For each weight and bias (E(v + h) − E(v − h)) / 2h.  They agree if they differ by no more than the
    central difference is itself uncertain: what changes when h is doubled, and the rounding of E.
    Raises KeyError if ``gradient`` lacks a name.
    """
    gradient = backward(net) if gradient is None else gradient
    lines = {}
    for name in checked(net).symbols.trainable:
        ours = float(gradient[name])
        theirs, uncertainty = central_difference(net, name)
        difference = ours - theirs
        lines[name] = Checked(ours, theirs, difference, abs(difference) <= uncertainty)
    return GradientCheck(lines)


def central_difference(net: Network, name: str) -> tuple[float, float]:
    """∂Etot by one parameter as a central difference, and how uncertain that is.

    h is the cube root of the machine's epsilon, about 6e-6 (times the parameter where that is above 1):
    there the error of the formula, which falls with h², meets the rounding of E, which grows as 1/h.
    """
    position = net.symbols.positions[name]
    value = net[name]
    step = float(np.cbrt(EPSILON)) * max(1.0, abs(value))

    def slope(h: float) -> float:
        ends = []
        for moved in (value + h, value - h):
            flat = net.flat.copy()
            flat[position] = moved
            ends.append((forward(Network.unchecked(net.symbols, flat)).total_error, moved))
        (up, high), (down, low) = ends
        return (up - down) / (high - low)

    near, far = slope(step), slope(2 * step)
    # E rounds by its own size; where E is small, d − out does, whose size is √E.
    total = forward(net).total_error
    rounding = ROUNDINGS * EPSILON * (total + math.sqrt(total)) / step
    return near, abs(far - near) + rounding
