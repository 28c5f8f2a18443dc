"""The forward pass of a network of sigmoid units (notes: derivation page 1, example pages 1 and 2)."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, overload

import numpy as np

from bpwidgets import checks
from bpwidgets.digits import nine
from bpwidgets.keywords import told
from bpwidgets.network import Array, Network, checked, quiet

HALF, ONE = np.array(0.5), np.array(1.0)  # numpy is faster with arrays than with numbers


@dataclass(frozen=True, eq=False, repr=False)
class Forward(Mapping[str, float]):
    """What the forward pass computes; as a mapping, by the notes' symbols: ``run["outh1"]``.

    preactivations, activations: one array a layer of weights, shape (n_out,): h then o, outh then outo
    errors: shape (n_out,), ½ (d − out)² of each output
    total_error: their sum
    """

    network: Network
    preactivations: tuple[Array, ...]
    activations: tuple[Array, ...]
    errors: Array
    total_error: float

    def __getitem__(self, symbol: str) -> float:
        if symbol == "Etot":
            return self.total_error
        try:
            kind, layer, unit = self.network.symbols.run_places[symbol]
        except (KeyError, TypeError):
            raise checks.unknown(symbol, self, "quantity of the forward pass") from None
        if kind == "E":
            return float(self.errors[unit])
        row = self.activations if kind == "out" else self.preactivations
        return float(row[layer][unit])

    def __iter__(self) -> Iterator[str]:
        yield from self.network.symbols.run_places
        yield "Etot"

    def __len__(self) -> int:
        return len(self.network.symbols.run_places) + 1

    def __repr__(self) -> str:
        return f"<Forward Etot: {nine(self.total_error)}>"


@overload
def sigmoid(z: float) -> float: ...
@overload
def sigmoid(z: Array) -> Array: ...
def sigmoid(z: Any) -> Any:
    """The logistic function 1/(1 + e^−z), for a float, a complex number or an array of either.

    No warning and no NaN at any real argument, infinite ones included (notes: derivation page 1).
    """
    if isinstance(z, float | int):
        # Below −709, e^−z would overflow; there 1 + e^−z is e^−z to the last bit.
        return 1.0 / (1.0 + math.exp(-z)) if z > -709.0 else math.exp(z)
    return _sigmoid(z)


@quiet  # an overflow to infinity gives 1/∞ = 0, which is right
def _sigmoid(z: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-z))


class Output(float):
    """σ(z) as a float that knows what it lacks of 1.

    Beyond z = 37 the float next to σ(z) is 1 itself; 1 − out would be 0, and no error would come back.
    """

    __slots__ = ("sum",)
    sum: float

    @classmethod
    def of(cls, z: float) -> "Output":
        made = cls(sigmoid(z))
        made.sum = z
        return made

    def __rsub__(self, other: float) -> float:
        return sigmoid(-self.sum) if other == 1 else other - float(self)


def slope(z: Array) -> Array:
    """The sigmoid's derivative, out(1 − out), at each weighted sum; an overflow in it is right.

    Taken from the sum itself as 1/(2 cosh(z/2))², since near 1 the digits of 1 − out are gone.
    """
    return np.square(HALF / np.cosh(HALF * z))


def missed(net: Network, sums: Array, outputs: Array) -> Array:
    """out − d of each output; for a target of 1 what it lacks of 1, also where it rounds to 1."""
    gaps: Array = outputs - net.targets
    if 1.0 in net.targets.tolist():
        of_one = net.targets == 1.0
        gaps[of_one] = -sigmoid(-sums[of_one])
    return gaps


@quiet
@told
def forward(net: Network) -> Forward:
    """The forward pass: preactivations, activations, errors (notes: example pages 1 and 2).

    Raises TypeError for anything but a `Network`.
    """
    preactivations, activations = [], []
    signal = checked(net).inputs
    for weights, bias in zip(net.weights, net.biases):
        summed = weights.dot(signal) + bias
        signal = ONE / (ONE + np.exp(-summed))
        summed.setflags(write=False)  # as little as its network a run ever changes
        signal.setflags(write=False)
        preactivations.append(summed)
        activations.append(signal)
    errors = HALF * np.square(missed(net, summed, signal))
    total = float(errors.sum())
    return Forward(net, tuple(preactivations), tuple(activations), errors, total)
