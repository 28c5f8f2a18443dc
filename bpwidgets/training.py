"""Many steps of gradient descent, with the whole history."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from bpwidgets import checks
from bpwidgets.gradient import BIASES, RULES
from bpwidgets.network import Array, Network, forward

MOST_STEPS = 1_000_000
MOST_NUMBERS = 64_000_000  # in one history: 512 MB, half of what a Binder session may use
REPORT_EVERY = 1_000

Progress = Callable[[int, int], object]


@dataclass(frozen=True, eq=False, repr=False)
class Trajectory:
    """The way that training took; step 0 is the start.

    parameters: every weight and bias at every step, shape (steps + 1, weights + biases)
    errors: the total error at every step, shape (steps + 1,)
    """

    start: Network
    parameters: Array
    errors: Array

    @classmethod
    def of(cls, net: Network) -> "Trajectory":
        """A way of no steps yet."""
        trainable = net.flat[net.symbols.slices.trainable]
        return cls(net, trainable[None, :], np.array([forward(net).total_error]))

    @property
    def steps(self) -> int:
        return len(self.errors) - 1

    @cached_property
    def final(self) -> Network:
        """The network after the last step."""
        return self.network(self.steps)

    def network(self, step: int) -> Network:
        """The network after so many steps; step 0 is the start itself."""
        step = checks.whole("step", step, 0, self.steps)
        if step == 0:
            return self.start
        flat = self.start.flat.copy()
        flat[self.start.symbols.slices.trainable] = self.parameters[step]
        return Network.from_values(self.start.sizes, flat)

    def cut(self, step: int, learning_rate: float | None = None) -> "Trajectory":
        """The way up to a step; with another η, from there on or all along (no error contains it)."""
        start = self.start if learning_rate is None else self.start.replace(eta=learning_rate)
        step = checks.whole("step", step, 0, self.steps)
        if step == self.steps:
            return Trajectory(start, self.parameters, self.errors)
        # copies, so that what is cut off can be forgotten
        return Trajectory(start, self.parameters[: step + 1].copy(), self.errors[: step + 1].copy())

    def then(self, more: "Trajectory") -> "Trajectory":
        """This way and one that begins where it ends.

        Raises ValueError for a way longer than training may be.
        """
        _hold_in_memory(self.steps + more.steps, self.parameters.shape[1])
        parameters = np.concatenate([self.parameters, more.parameters[1:]])
        return Trajectory(self.start, parameters, np.concatenate([self.errors, more.errors[1:]]))

    def __getitem__(self, name: str) -> Array:
        """The history of one weight or bias, shape (steps + 1,)."""
        positions = self.start.symbols.trainable_positions
        return self.parameters[:, checks.look_up(positions, name, "weight or bias")]

    def __repr__(self) -> str:
        return f"<Trajectory of {self.steps:,} steps, Etot: {self.errors[-1]:.9e}>"


def train(
    net: Network,
    steps: int,
    *,
    rule: str = "simultaneous",
    biases: str = "fixed",
    progress: Progress | None = None,
) -> Trajectory:
    """So many updates in a row, each like `update`.

    progress: called as ``progress(done, steps)`` every 1,000 steps and at the end; if it returns
        False, training stops there

    Raises ValueError for steps outside 0 to 1,000,000, for a history that would not fit in memory,
    and if a parameter leaves ±1e6 on the way.
    """
    steps = checks.whole("steps", steps, 0, MOST_STEPS)
    checks.choice("rule", rule, RULES)
    checks.choice("biases", biases, BIASES)
    width = len(net.symbols.trainable)
    _hold_in_memory(steps, width)
    parameters = np.empty((steps + 1, width))
    outputs = np.empty((steps + 1, net.sizes[-1]))
    done = _descend(net, parameters, outputs, rule == "sequential", biases == "trained", progress)
    parameters, outputs = parameters[: done + 1], outputs[: done + 1]
    _hold_in_range(net, parameters)
    errors = 0.5 * ((net.targets - outputs) ** 2).sum(axis=1)
    return Trajectory(net, parameters, errors)


def _hold_in_memory(steps: int, width: int) -> None:
    """Raise ValueError for a history of more steps than can be kept of so many parameters."""
    most = min(MOST_STEPS, MOST_NUMBERS // width - 1)
    if steps > most:
        raise ValueError(
            f"steps must be at most {most:,} for {width} weights and biases, got {steps:,}"
        )


def _descend(
    net: Network,
    parameters: Array,
    outputs: Array,
    sequential: bool,
    train_biases: bool,
    progress: Progress | None,
) -> int:
    """Fill in the histories, a row a step; returns the number of steps done.

    The same sums as `forward` and `backward`, in arrays made once: each layer works on its own part of
    the rows that hold all parameters, all gradients and all signals.
    """
    last = len(parameters) - 1
    current = net.flat[net.symbols.slices.trainable].copy()
    gradient = np.zeros_like(current)
    signals = np.empty(sum(net.sizes[1:]))
    slopes = np.empty_like(signals)
    layers = _layers(net, current, gradient, signals, slopes)
    backwards = list(reversed(layers[1:]))
    first, output = layers[0], layers[-1].signal
    moving = slice(None) if train_biases else slice(0, -len(net.biases))
    moved, moves = current[moving], gradient[moving]
    rate, targets = net.learning_rate, net.targets
    with np.errstate(over="ignore"):  # as in `sigmoid`: 1/∞ = 0 is right
        for step in range(last + 1):
            for layer in layers:
                signal = layer.signal
                layer.weights.dot(layer.before, signal)
                signal += layer.bias
                np.negative(signal, signal)
                np.exp(signal, signal)
                signal += 1.0
                np.reciprocal(signal, signal)
            parameters[step] = current
            outputs[step] = output
            if progress and _is_due(step, last) and progress(step, last) is False:
                return step
            if step == last:
                break
            np.subtract(1.0, signals, slopes)
            np.multiply(slopes, signals, slopes)
            delta = output - targets
            for layer in backwards:
                delta *= layer.slope
                np.multiply(delta[:, None], layer.before, layer.gradient)
                if train_biases:
                    layer.bias_gradient[0] = delta.sum()
                through = layer.weights - rate * layer.gradient if sequential else layer.weights
                delta = delta.dot(through)
            delta *= first.slope
            np.multiply(delta[:, None], first.before, first.gradient)
            if train_biases:
                first.bias_gradient[0] = delta.sum()
            moved -= rate * moves
    return last


def _is_due(step: int, last: int) -> bool:
    """Whether progress is reported after so many steps."""
    return step > 0 and (step % REPORT_EVERY == 0 or step == last)


class _Layer(NamedTuple):
    """One layer's parts of the rows that all layers share; ``before`` is the signal it receives."""

    weights: Array
    gradient: Array
    bias: Array
    bias_gradient: Array
    before: Array
    signal: Array
    slope: Array


def _layers(
    net: Network, current: Array, gradient: Array, signals: Array, slopes: Array
) -> list[_Layer]:
    layers = []
    before = net.inputs
    start, unit, bias = 0, 0, len(current) - len(net.biases)
    for grid in net.weights:
        weights = slice(start, start := start + grid.size)
        units = slice(unit, unit := unit + len(grid))
        shared = slice(bias, bias := bias + 1)
        layer = _Layer(
            weights=current[weights].reshape(grid.shape),
            gradient=gradient[weights].reshape(grid.shape),
            bias=current[shared],
            bias_gradient=gradient[shared],
            before=before,
            signal=signals[units],
            slope=slopes[units],
        )
        layers.append(layer)
        before = layer.signal
    return layers


def _hold_in_range(net: Network, parameters: Array) -> None:
    """Raise ValueError if training drove a parameter out of the range that a network allows."""
    outside = np.abs(parameters) > checks.LIMIT
    if outside.any():
        step = int(outside.any(axis=1).argmax())
        name = net.symbols.trainable[int(outside[step].argmax())]
        raise ValueError(
            f"{name} leaves ±1e6 at step {step:,}: eta must be smaller, got {net.learning_rate}"
        )
