"""The notes' symbols, for a network of any size.

The notes number the weights of their 2-2-2 network row by row, layer by layer: w1..w4 into the hidden
layer, w5..w8 into the output layer.  The same rule goes on for any sizes.  Hidden units are numbered on
from layer to layer (h1, h2, then h3, ...); the units of the last layer are o1, o2, ...
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, count, pairwise
from typing import NamedTuple


@dataclass(frozen=True)
class Symbols:
    """Every symbol of a network with the given layer sizes, inputs first.

    ``weights`` holds one grid of names a layer, a row per receiving unit; ``preactivations`` and
    ``activations`` one row of names a layer.
    """

    sizes: tuple[int, ...]

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        return _numbered("x", self.sizes[0])

    @cached_property
    def weights(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        number = count(1)
        return tuple(
            tuple(tuple(f"w{next(number)}" for _ in range(before)) for _ in range(after))
            for before, after in pairwise(self.sizes)
        )

    @cached_property
    def biases(self) -> tuple[str, ...]:
        return _numbered("b", len(self.sizes) - 1)

    @cached_property
    def targets(self) -> tuple[str, ...]:
        return _numbered("d", self.sizes[-1])

    @cached_property
    def preactivations(self) -> tuple[tuple[str, ...], ...]:
        number = count(1)
        hidden = tuple(tuple(f"h{next(number)}" for _ in range(size)) for size in self.sizes[1:-1])
        return (*hidden, _numbered("o", self.sizes[-1]))

    @cached_property
    def activations(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(f"out{unit}" for unit in layer) for layer in self.preactivations)

    @cached_property
    def errors(self) -> tuple[str, ...]:
        return _numbered("E", self.sizes[-1])

    @cached_property
    def trainable(self) -> tuple[str, ...]:
        """The names that have a gradient: every weight, then every bias."""
        return (*(name for grid in self.weights for row in grid for name in row), *self.biases)

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Every settable name in order: inputs, weights, biases, targets, learning rate."""
        return (*self.inputs, *self.trainable, *self.targets, "eta")

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where each settable name stands among the parameters, from 0."""
        return {name: position for position, name in enumerate(self.parameters)}

    @cached_property
    def trainable_positions(self) -> dict[str, int]:
        """Where each weight and bias stands among the trainable ones, from 0."""
        return {name: position for position, name in enumerate(self.trainable)}

    @cached_property
    def weight_places(self) -> dict[str, tuple[int, int, int]]:
        """Where each weight stands: layer, row (receiving unit), column (sending unit), from 0."""
        return {
            name: (layer, row, column)
            for layer, grid in enumerate(self.weights)
            for row, names in enumerate(grid)
            for column, name in enumerate(names)
        }

    @cached_property
    def slices(self) -> "Slices":
        """Where each array of a network stands among its parameters."""
        ends = list(accumulate([self.sizes[0], *(a * b for a, b in pairwise(self.sizes))]))
        return Slices(
            inputs=slice(0, ends[0]),
            weights=tuple(slice(start, stop) for start, stop in pairwise(ends)),
            biases=slice(ends[-1], ends[-1] + len(self.biases)),
            trainable=slice(ends[0], ends[-1] + len(self.biases)),
            targets=slice(ends[-1] + len(self.biases), -1),
        )

    @cached_property
    def run_places(self) -> dict[str, tuple[str, int, int]]:
        """Where each quantity of the forward pass stands: kind, layer and unit, from 0."""
        places = {}
        for layer, units in enumerate(self.preactivations):
            for number, unit in enumerate(units):
                places[unit] = ("sum", layer, number)
                places[f"out{unit}"] = ("out", layer, number)
        return places | {name: ("E", -1, number) for number, name in enumerate(self.errors)}


class Slices(NamedTuple):
    """The slice of each array in a network's flat row of parameters; weights one a layer."""

    inputs: slice
    weights: tuple[slice, ...]
    biases: slice
    trainable: slice  # weights and biases together
    targets: slice


@lru_cache(maxsize=64)
def symbols_of(sizes: tuple[int, ...]) -> Symbols:
    """The symbols of a network with these layer sizes, made once for each."""
    return Symbols(sizes)


def derivative(of: str, by: str) -> str:
    """The key of a derivative: ``derivative("E1", "outo1")`` is ``"dE1/douto1"``."""
    return f"d{of}/d{by}"


def updated(symbol: str) -> str:
    """The key of a quantity after the update: ``updated("w5")`` is ``"w5_new"``."""
    return f"{symbol}_new"


def canonical(name: str) -> str:
    """The derivation's name for a symbol that the example page calls otherwise: t1 is d1."""
    if isinstance(name, str) and name[:1] == "t" and name[1:].isdigit():
        return "d" + name[1:]
    return name


def _numbered(letter: str, size: int) -> tuple[str, ...]:
    return tuple(f"{letter}{number}" for number in range(1, size + 1))
