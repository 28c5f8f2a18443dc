"""Backpropagation with arrays: the gradient, and one update.

Notes: derivation pages 1 to 6, example pages 3 to 6.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from bpwidgets import checks
from bpwidgets.digits import nine
from bpwidgets.forward_pass import Forward, forward, missed, slope
from bpwidgets.keywords import told
from bpwidgets.network import Array, Network, checked, quiet
from bpwidgets.symbols import canonical

RULES = ("simultaneous", "sequential")
BIASES = ("fixed", "trained")


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
        return "<Gradient " + ", ".join(f"{name}: {nine(self[name])}" for name in self) + ">"


@quiet
@told
def backward(net: Network, run: Forward | None = None, *, rule: str = "simultaneous") -> Gradient:
    """The gradient of the total error by backpropagation.

    ``run`` is the forward pass of the same network, if you have it.  With ``rule="sequential"`` an
    error flows back through the weights as the update has already left them: the common slip that
    belongs to the figure 0.291027924 (the notes update simultaneously).

    Raises ValueError for another rule or another network's run, TypeError for what is no run.
    """
    checks.choice("rule", rule, RULES)
    run = forward(net) if run is None else _own(net, run)
    layers = len(net.weights)
    weights: list[Array] = [net.inputs] * layers
    biases = np.empty(layers)
    # ∂E/∂out, the notes' −(d − out)
    by_output = missed(net, run.preactivations[-1], run.activations[-1])
    by_target = -by_output
    for layer in reversed(range(layers)):
        delta = by_output * slope(run.preactivations[layer])  # ∂E/∂ of the weighted sum
        before = run.activations[layer - 1] if layer else net.inputs
        weights[layer] = delta[:, None] * before
        biases[layer] = delta.sum()
        through = net.weights[layer]
        if rule == "sequential":
            through = through - net.learning_rate * weights[layer]
        by_output = delta.dot(through)  # of the layer before, and at last of the inputs
    return Gradient(net, tuple(weights), biases, by_output, by_target)


def _own(net: Network, run: Any) -> Forward:
    """The run itself, if it is the network's."""
    if not isinstance(run, Forward):
        raise TypeError(f"run must be what forward(net) gives, got {checks.shown(run)}")
    if run.network is not net and run.network != net:
        raise ValueError("run must be the forward pass of this network, got one of another")
    return run


@quiet
@told
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
