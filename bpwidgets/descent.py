"""The loop of gradient descent: the sums of `forward` and `backward` in arrays that are made once.

`training` says what it is for, and checks what goes in and comes out.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from bpwidgets.network import Array, Network, quiet

REPORT_EVERY = 1_000
LARGEST, ONE = np.array(np.finfo(float).max), np.array(1.0)  # numpy is faster with arrays

Progress = Callable[[int, int], object]


@quiet
def descend(
    net: Network,
    parameters: Array,
    missed: Array,
    sequential: bool,
    train_biases: bool,
    progress: Progress | None,
) -> int:
    """Fill in the histories of the parameters and of out − d, a row a step; returns the steps done.

    The same sums as `forward` and `backward`, in arrays made once: each layer works on its own part of
    the rows that hold all parameters, all gradients and all signals.
    """
    last = len(parameters) - 1
    current = net.flat[net.symbols.slices.trainable].copy()
    gradient = np.zeros_like(current)
    signals = np.empty(sum(net.sizes[1:]))
    powers, slopes = np.empty_like(signals), np.empty_like(signals)
    layers = _layers(net, current, gradient, signals, powers, slopes)
    backwards = list(reversed(layers[1:]))
    first, output = layers[0], layers[-1].signal
    moving = slice(None) if train_biases else slice(0, -len(net.biases))
    moved, moves = current[moving], gradient[moving]
    rate, targets = net.learning_rate, net.targets
    of_one = np.flatnonzero(targets == 1.0)
    for step in range(last + 1):
        for layer in layers:
            power, signal = layer.power, layer.signal
            layer.weights.dot(layer.before, power)
            power += layer.bias
            np.negative(power, power)
            np.exp(power, power)  # e^−h; ∞ is right, 1/∞ = 0
            np.add(power, ONE, signal)
            np.reciprocal(signal, signal)
        # out(1 − out) as e^−h·out·out, since near 1 the digits of 1 − out are gone
        np.minimum(powers, LARGEST, out=slopes)
        slopes *= signals
        delta = output - targets
        if of_one.size:
            delta[of_one] = -layers[-1].slope[of_one]  # so far 1 − out
        slopes *= signals
        parameters[step] = current
        missed[step] = delta
        if progress and _is_due(step, last) and progress(step, last) is False:
            return step
        if step == last:
            break
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
    power: Array
    slope: Array


def _layers(
    net: Network, current: Array, gradient: Array, signals: Array, powers: Array, slopes: Array
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
            power=powers[units],
            slope=slopes[units],
        )
        layers.append(layer)
        before = layer.signal
    return layers
