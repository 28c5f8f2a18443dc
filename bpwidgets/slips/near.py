"""What may be taken for what: the names that stand near another name in a network."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from bpwidgets.symbols import Symbols, derivative, symbols_of, updated

Near = dict[str, tuple[str, ...]]
SMALL = 9  # a layer of so many weights is looked through as a whole


class Relatives:
    """Each table gives, for a name, the names that it may be confused with; new values have theirs.

    beside: the units next to it: x2 for x1, outh2 for outh1, d2 for d1
    in_row: the weights next to it into the same unit: w6 for w5
    in_column: the weights next to it from the same unit: w7 for w5
    transposed: the weight with row and column exchanged: w7 for w6
    elsewhere: weights of other layers: w1 for w5
    sums: the weighted sum behind an activation: h1 for outh1
    below: what goes into the layer below: x1 for outh1
    layers: the activations at the same place in other layers: outh1 for outo1
    other_biases: the biases of other layers: b2 for b1
    old: what a new value was before: w5 for w5_new
    paths: the same derivative by the unit or the weight beside: dE2/douth2 for dE2/douth1
    """

    def __init__(self, symbols: Symbols) -> None:
        self.beside = _with_new(_beside(symbols))
        self.in_row = _with_new(_shifted(symbols, rows=0, columns=1))
        self.in_column = _with_new(_shifted(symbols, rows=1, columns=0))
        self.transposed = _with_new(_transposed(symbols))
        self.elsewhere = _with_new(_elsewhere(symbols))
        self.sums = _with_new({f"out{u}": (u,) for row in symbols.preactivations for u in row})
        self.below = _with_new(_below(symbols))
        self.layers = _with_new(_layers(symbols))
        self.other_biases = _with_new(
            {b: tuple(o for o in symbols.biases if o != b) for b in symbols.biases}
        )
        names = (
            *symbols.trainable,
            *self.sums,
            *(u for row in symbols.preactivations for u in row),
        )
        self.old: Near = {updated(name): (name,) for name in names}
        self.paths = _paths(symbols, self)


@lru_cache(maxsize=64)
def relatives(sizes: tuple[int, ...]) -> Relatives:
    """The tables for these layer sizes, made once for each."""
    return Relatives(symbols_of(sizes))


def _beside(symbols: Symbols) -> Near:
    rows = [symbols.inputs, symbols.targets, symbols.errors]
    rows += [*symbols.preactivations, *symbols.activations]
    return {name: _next(row, place) for row in rows for place, name in enumerate(row)}


def _next(row: tuple[str, ...], place: int) -> tuple[str, ...]:
    """The one after and the one before, round the end; none if it stands alone."""
    found = (row[(place + 1) % len(row)], row[place - 1])
    return tuple(dict.fromkeys(name for name in found if name != row[place]))


def _shifted(symbols: Symbols, *, rows: int, columns: int) -> Near:
    near = {}
    for name, (layer, row, column) in symbols.weight_places.items():
        grid = symbols.weights[layer]
        line = tuple(unit[column] for unit in grid) if rows else grid[row]
        near[name] = _next(line, row if rows else column)
    return near


def _transposed(symbols: Symbols) -> Near:
    near: Near = {}
    for name, (layer, row, column) in symbols.weight_places.items():
        grid = symbols.weights[layer]
        if row != column and column < len(grid) and row < len(grid[0]):
            near[name] = (grid[column][row],)
    return near


def _elsewhere(symbols: Symbols) -> Near:
    """The weight at the same place of another layer first, then others if they are few."""
    near: Near = {}
    for name, (layer, row, column) in symbols.weight_places.items():
        same, rest = [], []
        for other, grid in enumerate(symbols.weights):
            if other == layer:
                continue
            if row < len(grid) and column < len(grid[0]):
                same.append(grid[row][column])
            if len(grid) * len(grid[0]) <= SMALL:
                rest += [weight for unit in grid for weight in unit]
        near[name] = tuple(dict.fromkeys([*same, *rest]))
    return near


def _below(symbols: Symbols) -> Near:
    layers = (symbols.inputs, *symbols.activations)
    return {
        name: (lower[place],)
        for lower, upper in pairwise(layers[:-1])
        for place, name in enumerate(upper)
        if place < len(lower)
    }


def _layers(symbols: Symbols) -> Near:
    return {
        name: tuple(o[place] for o in symbols.activations if o is not own and place < len(o))
        for own in symbols.activations
        for place, name in enumerate(own)
    }


def _paths(symbols: Symbols, near: Relatives) -> Near:
    found: Near = {}
    for error in (*symbols.errors, "Etot"):
        for row in symbols.activations[:-1]:
            for name in row:
                others = near.beside[name]
                found[derivative(error, name)] = tuple(derivative(error, o) for o in others)
    for name in symbols.weight_places:
        weights = dict.fromkeys([*near.in_row[name], *near.in_column[name]])
        found[derivative("Etot", name)] = tuple(derivative("Etot", other) for other in weights)
    return found


def _with_new(near: Near) -> Near:
    return near | dict(_new(near))


def _new(near: Near) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, others in near.items():
        given = name[0] in "xd"  # inputs and targets have no new value
        if not given:
            yield updated(name), tuple(o if o[0] == "x" else updated(o) for o in others)
