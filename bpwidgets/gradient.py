"""Backpropagation with arrays: the gradient, one update, and the check by finite differences.

Notes: derivation pages 1 to 6, example pages 3 to 6.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bpwidgets import checks
from bpwidgets.network import Array, Forward, Network, forward, sigmoid

RULES = ("simultaneous", "sequential")
BIASES = ("fixed", "trained")


@dataclass(frozen=True, eq=False, repr=False)
class Gradient(Mapping[str, float]):
    """∂Etot by every weight and bias; as a mapping, by the parameter's name: ``grad["w5"]``.

    weights: one array a layer, shape (n_out, n_in), like the network's
    biases: shape (layers,); a shared bias sums over the units of its layer
    """

    network: Network
    weights: tuple[Array, ...]
    biases: Array

    @cached_property
    def flat(self) -> Array:
        """All of them in one row, in the order of the names: weights, then biases."""
        return np.concatenate([*(grid.ravel() for grid in self.weights), self.biases])

    def __getitem__(self, name: str) -> float:
        symbols = self.network.symbols
        if name not in symbols.trainable_positions:
            raise checks.unknown(name, symbols.trainable, "weight or bias")
        return float(self.flat[symbols.trainable_positions[name]])

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
    output = run.activations[-1]
    by_output = output - net.targets  # ∂E/∂out, the notes' −(d − out)
    for layer in reversed(range(layers)):
        output = run.activations[layer]
        delta = by_output * output * (1.0 - output)  # ∂E/∂ of the weighted sum
        before = run.activations[layer - 1] if layer else net.inputs
        weights[layer] = delta[:, None] * before
        biases[layer] = delta.sum()
        if layer:
            through = net.weights[layer]
            if rule == "sequential":
                through = through - net.learning_rate * weights[layer]
            by_output = delta.dot(through)
    return Gradient(net, tuple(weights), biases)


def update(net: Network, *, rule: str = "simultaneous", biases: str = "fixed") -> Network:
    """The network after one step of gradient descent: w_new = w − η · ∂Etot/∂w.

    The notes update simultaneously and leave the biases as they are; ``biases="trained"`` moves each
    shared bias by its own gradient.  Raises ValueError for another rule or convention, and when a
    parameter would leave ±1e6.
    """
    checks.choice("biases", biases, BIASES)
    step = net.learning_rate * backward(net, rule=rule).flat
    if biases == "fixed":
        step[-len(net.biases) :] = 0.0
    after = net.flat.copy()
    after[net.symbols.slices.trainable] -= step
    return Network.from_values(net.sizes, after)
