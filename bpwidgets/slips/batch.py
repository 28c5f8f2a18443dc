"""One quantity with many slips at once: each step is an array, one entry for each set of slips.

The steps are evaluated once, in the order of hand work, for all sets together; where a slip has another
formula for a step, the entries of its sets are overwritten.  So the price is that of a few calculations.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpwidgets.formula import Formula, operands
from bpwidgets.network import Array
from bpwidgets.recipe import Line

MOST_NUMBERS = 4_000_000  # held at once

Indices = NDArray[np.intp]
_Change = tuple[Formula, tuple[str, ...], Indices]  # a formula, its symbols, the sets that have it


class Batch:
    """Sets of slips for one quantity.

    changes: other formulas by symbol, one mapping a slip
    sets: shape (sets, slips in a set), each entry the place of a slip among the changes; the slips of a
        set change different lines.  By default each slip alone.

    ``lines`` are those that the quantity or a changed formula needs, in the order of hand work.
    """

    def __init__(
        self,
        recipe: Sequence[Line],
        quantity: str,
        changes: Sequence[Mapping[str, Formula]],
        sets: Indices | None = None,
    ) -> None:
        self.quantity = quantity
        sets = np.arange(len(changes))[:, None] if sets is None else sets
        self.count = len(sets)
        self._at: dict[str, list[_Change]] = {}
        for changed, places in zip(changes, _places(sets, len(changes))):
            for symbol, formula in changed.items():
                self._at.setdefault(symbol, []).append((formula, operands(formula), places))
        self.lines = self._needed(recipe)

    def numbers(self, given: Mapping[str, float]) -> Array:
        """The quantity under each set, shape (sets,); NaN or ∞ where it has no number."""
        size = max(1, MOST_NUMBERS // max(1, len(self.lines)))
        with np.errstate(all="ignore"):  # a slip may lead anywhere
            parts = [
                self._some(given, start, min(start + size, self.count))
                for start in range(0, self.count, size)
            ]
        return np.concatenate(parts) if parts else np.empty(0)

    def _needed(self, recipe: Sequence[Line]) -> tuple[Line, ...]:
        needed, found = {self.quantity}, []
        for line in reversed(recipe):
            if line.symbol in needed:
                found.append(line)
                needed.update(operands(line.formula))
                for _, names, _ in self._at.get(line.symbol, ()):
                    needed.update(names)
        return tuple(reversed(found))

    def _some(self, given: Mapping[str, float], start: int, stop: int) -> Array:
        values: dict[str, Any] = dict(given)
        whole = stop - start == self.count
        for line in self.lines:
            value = line.formula.evaluate(values)
            changes = self._at.get(line.symbol)
            if changes:
                value = np.array(np.broadcast_to(value, (stop - start,)), dtype=float)
                for formula, names, places in changes:
                    here = places if whole else _between(places, start, stop)
                    if len(here) == 1:
                        place = here[0]
                        value[place] = formula.evaluate(_seen(values, names, place))
                    elif len(here):
                        value[here] = formula.evaluate(_seen(values, names, here))
            values[line.symbol] = value
        return np.array(np.broadcast_to(values[self.quantity], (stop - start,)), dtype=float)


def pairs(changes: Sequence[Mapping[str, Formula]], names: Sequence[str]) -> Indices:
    """All pairs of slips with different names that change different lines, shape (pairs, 2)."""
    lines = {symbol: n for n, symbol in enumerate({s: 0 for c in changes for s in c})}
    touched = np.zeros((len(changes), len(lines)), dtype=np.float32)
    for number, changed in enumerate(changes):
        touched[number, [lines[symbol] for symbol in changed]] = 1
    kinds = {name: n for n, name in enumerate(dict.fromkeys(names))}
    kind = np.array([kinds[name] for name in names])
    allowed = (touched @ touched.T == 0) & (kind[:, None] != kind)
    return np.argwhere(np.triu(allowed))


def _places(sets: Indices, count: int) -> Iterator[Indices]:
    """For each slip the sets that it is in."""
    flat = sets.ravel()
    order = np.argsort(flat, kind="stable")
    ends = np.searchsorted(flat[order], np.arange(count + 1))
    for start, stop in pairwise(ends):
        yield order[start:stop] // sets.shape[1]


def _between(places: Indices, start: int, stop: int) -> Indices:
    low, high = np.searchsorted(places, (start, stop))
    return places[low:high] - start


def _seen(values: Mapping[str, Any], names: tuple[str, ...], places: Any) -> dict[str, Any]:
    """The numbers of some symbols, as the sets at some places see them."""
    seen = {}
    for name in names:
        value = values[name]
        seen[name] = value[places] if isinstance(value, np.ndarray) else value
    return seen
