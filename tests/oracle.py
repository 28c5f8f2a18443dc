"""What is right, found in ways that share no code with the package, and the checks that hold it.

The checks raise AssertionError, so that the mutants can be shown to fail the very checks that the
core passes.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise

import numpy as np

from bpwidgets.network import Network
from bpwidgets.notes.printed import PRINTED

TINY = 1e-200  # a complex step: its square vanishes, so the derivative has no rounding of its own
GRADIENT_TOLERANCE = 1e-13  # some hundred roundings of sums of numbers below 10
FORWARD_TOLERANCE = 1e-13


def plain_forward(net: Network) -> dict[str, float]:
    """Every quantity of the forward pass by the definitions, as sums written out."""
    values, signals, hidden = {}, net.inputs.tolist(), 0
    for layer, grid in enumerate(net.weights):
        last = layer == len(net.weights) - 1
        outputs = []
        for number, row in enumerate(grid.tolist(), 1):
            hidden += 0 if last else 1
            unit = f"o{number}" if last else f"h{hidden}"
            values[unit] = float(net.biases[layer]) + sum(w * s for w, s in zip(row, signals))
            outputs.append(0.5 + 0.5 * np.tanh(values[unit] / 2))  # σ in another way
            values[f"out{unit}"] = float(outputs[-1])
        signals = outputs
    for number, (target, output) in enumerate(zip(net.targets, signals), 1):
        values[f"E{number}"] = float((target - output) ** 2 / 2)
    values["Etot"] = sum(values[f"E{k}"] for k in range(1, len(signals) + 1))
    return values


def complex_step(net: Network) -> dict[str, float]:
    """∂Etot by every weight and bias: the imaginary part that a tiny imaginary change leads to."""
    names = net.names[len(net.inputs) : -len(net.targets) - 1]
    moved = np.array([net[name] for name in names]) + TINY * 1j * np.eye(len(names))
    signal = np.tile(net.inputs.astype(complex), (len(names), 1))
    start, sizes = 0, net.sizes
    for layer, (before, after) in enumerate(pairwise(sizes)):
        grid = moved[:, start : start + before * after].reshape(-1, after, before)
        bias = moved[:, len(names) - len(sizes) + 1 + layer]
        signal = 1 / (1 + np.exp(-(np.einsum("kij,kj->ki", grid, signal) + bias[:, None])))
        start += before * after
    error = 0.5 * ((net.targets - signal) ** 2).sum(axis=1)
    return dict(zip(names, (error.imag / TINY).tolist()))


def assert_close(found: Mapping[str, float], right: Mapping[str, float], tolerance: float) -> None:
    """Each of ``right`` is found within ``tolerance``; NaN never is."""
    for name, value in right.items():
        # written so that NaN fails it
        assert abs(found[name] - value) <= tolerance, f"{name}: {found[name]!r}, not {value!r}"


def assert_forward(net: Network, found: Mapping[str, float]) -> None:
    assert_close(found, plain_forward(net), FORWARD_TOLERANCE)


def assert_gradient(net: Network, found: Mapping[str, float]) -> None:
    assert_close(found, complex_step(net), GRADIENT_TOLERANCE)


def assert_update(net: Network, found: Mapping[str, float]) -> None:
    """``found``: the weights after one simultaneous step, by the plain names."""
    gradient = complex_step(net)
    right = {k: net[k] - net["eta"] * slope for k, slope in gradient.items() if k[0] == "w"}
    assert_close(found, right, GRADIENT_TOLERANCE)


def prints(digits: str, value: float) -> bool:
    """Whether ``value`` rounds to these printed digits: half a unit of the last one, no more."""
    mantissa, _, exponent = digits.partition("e")
    decimals = len(mantissa.partition(".")[2]) - int(exponent or 0)
    return abs(float(digits) - value) <= 0.5 * 10.0**-decimals


def assert_printed(found: Mapping[str, float], symbols: Iterable[str] | None = None) -> None:
    """The numbers that the notes print rightly, as far as ``found`` has them."""
    wanted = [entry for entry in PRINTED if entry.symbol in (symbols or found)]
    assert len(wanted) > 0
    for entry in wanted:
        value = found[entry.symbol]
        assert prints(entry.digits, value), f"{entry.symbol}: {value!r}, printed {entry.digits}"
