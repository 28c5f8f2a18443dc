"""A small network of sigmoid units, with the one example that it learns from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpwidgets import checks
from bpwidgets.keywords import told
from bpwidgets.symbols import Symbols, canonical, symbols_of

Array = NDArray[np.float64]
# For whatever computes with arrays, as a decorator: an overflow to ∞ and an underflow to 0 are what is
# wanted here, also where a notebook has said np.seterr(all="raise").
quiet = np.errstate(over="ignore", under="ignore")


def numpys_own() -> np.errstate:
    """A context, or a decorator, in which numpy treats them as it does where nobody has changed it."""
    return np.errstate(divide="warn", over="warn", under="ignore", invalid="warn")


MOST_UNITS = 16
MOST_LAYERS = 4


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Network(Mapping[str, float]):
    """A feed-forward network of sigmoid units with the one example it learns from; it never changes.

    weights: one array a layer, shape (n_out, n_in), a row per receiving unit
    biases: shape (layers,), one scalar a layer, shared by its units as in the notes
    inputs: shape (n_in,)
    targets: shape (n_out,)
    learning_rate: the η of the update

    1 to 4 layers of weights, 1 to 16 units each; every number finite and within ±1e6.  As a mapping it
    gives each number by the notes' symbol: ``net["w5"]``; ``t1`` is accepted for ``d1``.

    Raises ValueError for a bad value or shapes that do not chain, TypeError for what is not a number.
    """

    weights: tuple[Array, ...]
    biases: Array
    inputs: Array
    targets: Array
    learning_rate: float = 0.5
    symbols: Symbols = field(init=False)
    flat: Array = field(init=False)  # every number, in the order of `names`

    def __post_init__(self) -> None:
        weights = checks.sequence("weights", self.weights, MOST_LAYERS, "layer")
        inputs = checks.sequence("inputs", self.inputs, MOST_UNITS, "number")
        grids = [
            checks.sequence(f"weights of layer {layer}", grid, MOST_UNITS, "row")
            for layer, grid in enumerate(weights, 1)
        ]
        symbols = symbols_of((len(inputs), *map(len, grids)))
        flat = checks.row("inputs", symbols.inputs, inputs)
        for layer, (names, grid) in enumerate(zip(symbols.weights, grids), 1):
            for unit, (row_names, row) in enumerate(zip(names, grid), 1):
                flat += checks.row(f"row {unit} of the weights of layer {layer}", row_names, row)
        flat += checks.row("biases", symbols.biases, self.biases)
        flat += checks.row("targets", symbols.targets, self.targets)
        flat.append(checks.number("eta", self.learning_rate))
        _fill(self, symbols, np.array(flat))

    @classmethod
    def from_values(cls, sizes: tuple[int, ...], values: Array) -> "Network":
        """A network from all its numbers in the order of ``names``, shape (len(names),).

        Raises ValueError for another length and, naming the parameter, for a number not allowed.
        """
        symbols = symbols_of(sizes)
        if values.shape != (len(symbols.parameters),):
            raise ValueError(
                f"values must be {len(symbols.parameters)} numbers, got {values.shape}"
            )
        if not np.abs(values).max() <= checks.LIMIT:  # so that NaN fails it
            for name, value in zip(symbols.parameters, values.tolist()):
                checks.number(name, value)
        return cls.unchecked(symbols, values.copy())

    @classmethod
    def unchecked(cls, symbols: Symbols, values: Array) -> "Network":
        """A network that takes over these numbers as they are, for inner loops; makes them read-only."""
        made = object.__new__(cls)
        _fill(made, symbols, values)
        return made

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units a layer, inputs first: (2, 2, 2) for the notes' network."""
        return self.symbols.sizes

    @property
    def names(self) -> tuple[str, ...]:
        """Every settable name in order: inputs, weights, biases, targets, eta."""
        return self.symbols.parameters

    def replace(self, **values: float) -> "Network":
        """A new network with these names set: ``net.replace(w5=0.5, eta=0.1)``.

        Raises KeyError for an unknown name, TypeError or ValueError for a bad value.
        """
        changed = self.flat.copy()
        given: set[str] = set()
        for name, value in values.items():
            key = canonical(name)
            if key in given:
                raise ValueError(f"{key} is given twice, as {key} and as {name}")
            given.add(key)
            changed[self._position(name)] = checks.number(name, value)
        return Network.from_values(self.sizes, changed)

    def __getitem__(self, name: str) -> float:
        return float(self.flat[self._position(name)])

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and canonical(name) in self.symbols.positions

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Network):
            return NotImplemented
        return self.sizes == other.sizes and bool(np.array_equal(self.flat, other.flat))

    def __hash__(self) -> int:
        return hash((self.sizes, tuple(self.flat.tolist())))

    def __repr__(self) -> str:
        return (
            f"Network(weights={[grid.tolist() for grid in self.weights]}, "
            f"biases={self.biases.tolist()}, inputs={self.inputs.tolist()}, "
            f"targets={self.targets.tolist()}, learning_rate={self.learning_rate})"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return Network.from_values, (self.sizes, self.flat)  # so that a copy is read-only too

    def _position(self, name: str) -> int:
        try:
            return self.symbols.positions[canonical(name)]
        except (KeyError, TypeError):
            raise checks.unknown(name, self.names, "parameter") from None


Network.__init__ = told(Network.__init__)  # type: ignore[method-assign]


def checked(net: Any) -> Network:
    """The network itself.  Raises TypeError for anything else."""
    if not isinstance(net, Network):
        raise TypeError(f"net must be a Network, got {checks.shown(net)}")
    return net


def _fill(net: Network, symbols: Symbols, values: Array) -> None:
    """Set the fields of a new network: the numbers, and the arrays as read-only views of them."""
    values.flags.writeable = False
    slices = symbols.slices
    shapes = zip(symbols.sizes[1:], symbols.sizes)
    fields = {
        "symbols": symbols,
        "flat": values,
        "weights": tuple(values[part].reshape(s) for part, s in zip(slices.weights, shapes)),
        "biases": values[slices.biases],
        "inputs": values[slices.inputs],
        "targets": values[slices.targets],
        "learning_rate": float(values[-1]),
    }
    for name, value in fields.items():
        object.__setattr__(net, name, value)  # how a frozen dataclass sets its own fields
