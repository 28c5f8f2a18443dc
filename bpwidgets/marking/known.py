"""The numbers that an answer is compared with: the right one, the slipped ones, and their tolerance."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

import numpy as np

from bpwidgets.calculation import evaluate
from bpwidgets.formula import operands
from bpwidgets.network import Array, Network
from bpwidgets.notes import ERRATA, Erratum, worked_example
from bpwidgets.recipe import Line, recipe
from bpwidgets.rounding import float_error, half_unit, half_units, roundings, sensitivities
from bpwidgets.slips import Case, all_cases, nearest
from bpwidgets.slips.batch import Batch, Indices, pairs

EARLY = range(1, 8)  # to how many decimals earlier steps may have been rounded too early
MOST_TOGETHER = 450  # cases that are tried with each other
MOST_NUMBERS = 30_000_000  # that are computed for this
SURE = 1e-6  # of a number

Numbers = Mapping[str, float]


@dataclass(frozen=True)
class Known:
    """What is known of one quantity of one network under one pair of conventions.

    quantity: a step of the calculation, or a given number (which has no cases)
    """

    network: Network
    quantity: str
    rule: str
    biases: str

    @cached_property
    def given(self) -> Numbers:
        """The network's own numbers by name."""
        net = self.network
        return MappingProxyType(dict(zip(net.names, net.flat.tolist())))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """What the quantity needs, in the order of hand work, itself last; none for a given number."""
        if not self.is_step:
            return ()
        whole = self._recipe
        needed = set(nearest({line.symbol: line for line in whole}, self.quantity))
        return tuple(line for line in whole if line.symbol in needed)

    @cached_property
    def values(self) -> Numbers:
        """The exact numbers, given ones too."""
        return evaluate(self.lines, self.given)

    @property
    def is_step(self) -> bool:
        return self.quantity not in self.network

    @cached_property
    def right(self) -> float:
        return self.values[self.quantity]

    @property
    def line(self) -> Line:
        """The line of the quantity itself."""
        return self.lines[-1]

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """The computed numbers that go into the quantity directly, in the order of hand work."""
        if not self.is_step:
            return ()
        wanted = operands(self.line.formula)
        return tuple(line.symbol for line in self.lines if line.symbol in wanted)

    # --- rounding ---

    @cached_property
    def _shares(self) -> Numbers:
        return sensitivities(self.lines, self.values, self.quantity)

    @cached_property
    def float_error(self) -> float:
        """How far float64 itself can be off; where 1 − out has lost its digits, more than the number."""
        return float_error(self.lines, self._shares, self.values)

    @cached_property
    def sure_error(self) -> float:
        """How far off a number may be that is called right: a millionth of it at most."""
        return min(self.float_error, SURE * abs(self.right))

    def tolerance(self, decimals: int) -> float:
        """How far rounding every step to so many decimals can lead."""
        return half_unit(decimals) * self._half_units

    def tolerance_inside(self, decimals: int) -> float:
        """The same if the numbers inside the steps are rounded too."""
        return half_unit(decimals) * self._half_units_inside

    def tolerance_of_digits(self, digits: int) -> float:
        """The same with so many digits that count: below 0.1 these are more decimals, above 1 fewer."""
        return half_unit(digits - 1) * self._first_places

    @cached_property
    def _half_units(self) -> float:
        return half_units(self.lines, self._shares)

    @cached_property
    def _half_units_inside(self) -> float:
        return sum(abs(share) for share, _ in self._roundings)

    @cached_property
    def _first_places(self) -> float:
        """The same counted in units of each number's first digit."""
        return sum(
            abs(share) * 10.0 ** math.floor(math.log10(abs(number)))
            for share, number in self._roundings
            if number
        )

    @cached_property
    def _roundings(self) -> tuple[tuple[float, float], ...]:
        return tuple(roundings(self.lines, self._shares, self.values))

    @cached_property
    def rounded(self) -> Mapping[int, float]:
        """The quantity from earlier steps that were rounded to so many decimals."""
        if len(self.lines) < 2:
            return {}
        return {k: self._from_rounded(k) for k in EARLY}

    def _from_rounded(self, decimals: int) -> float:
        values = evaluate(self.lines[:-1], self.given, decimals)
        return float(self.line.formula.evaluate({**values, **self.given}))

    # --- other quantities ---

    @cached_property
    def others(self) -> Numbers:
        """The given numbers and those of the whole calculation; what has the right one is left out."""
        values = evaluate(self._recipe, self.given)
        return {symbol: value for symbol, value in values.items() if value != self.right}

    # --- slips ---

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Every slip alone, in the order of the catalogue."""
        if not self.is_step:
            return ()
        return all_cases(self.network.sizes, self.quantity, self.rule, self.biases)

    @cached_property
    def numbers(self) -> Array:
        """The quantity in each case, shape (cases,)."""
        if not self.is_step:
            return np.empty(0)
        batch = _single(self.network.sizes, self.quantity, self.rule, self.biases)
        return batch.numbers(self.given)

    def combined(self) -> tuple[tuple[Case, ...], Indices, Array]:
        """Cases tried two by two: the cases, the places of each two, and their numbers.

        Not kept, since these are many and are seldom wanted twice.
        """
        if not self.is_step:
            return (), np.empty((0, 2), dtype=np.intp), np.empty(0)
        few, two, batch = _double(self.network.sizes, self.quantity, self.rule, self.biases)
        return few, two, batch.numbers(self.given)

    @cached_property
    def misprints(self) -> tuple[tuple[Erratum, float], ...]:
        """What the slips of the lecture notes lead to, on the notes' own network."""
        if not self.is_step or self.network != worked_example():
            return ()
        steps = {line.symbol for line in self._recipe}
        errata = [e for e in ERRATA if e.believed and set(e.believed) <= steps]
        batch = Batch(self._recipe, self.quantity, [e.believed for e in errata])
        led = zip(errata, batch.numbers(self.given).tolist())
        moved = [(erratum, number) for erratum, number in led if number != self.right]
        return (*self._printed(), *moved)

    def _printed(self) -> Iterator[tuple[Erratum, float]]:
        """The numbers that the notes print wrongly for this quantity."""
        for erratum in ERRATA:
            if erratum.symbol == self.quantity and erratum.digits is not None:
                yield erratum, float(erratum.digits)

    @property
    def _recipe(self) -> tuple[Line, ...]:
        return recipe(self.network.sizes, self.rule, self.biases)


@lru_cache(maxsize=64)
def known(net: Network, quantity: str, rule: str, biases: str) -> Known:
    """What is known of a quantity, kept for the next answers."""
    return Known(net, quantity, rule, biases)


@lru_cache(maxsize=256)
def _single(sizes: tuple[int, ...], quantity: str, rule: str, biases: str) -> Batch:
    found = all_cases(sizes, quantity, rule, biases)
    return Batch(recipe(sizes, rule, biases), quantity, [case.changed for case in found])


@lru_cache(maxsize=8)
def _double(
    sizes: tuple[int, ...], quantity: str, rule: str, biases: str
) -> tuple[tuple[Case, ...], Indices, Batch]:
    lines = recipe(sizes, rule, biases)
    found = all_cases(sizes, quantity, rule, biases)
    most = math.isqrt(2 * MOST_NUMBERS // len(_single(sizes, quantity, rule, biases).lines))
    few = _likely(found, min(most, MOST_TOGETHER))
    changes = [case.changed for case in few]
    two = pairs(changes, [case.slip for case in few])
    return few, two, Batch(lines, quantity, changes, two)


def _likely(cases: tuple[Case, ...], most: int) -> tuple[Case, ...]:
    """So many cases: of each slip the nearest line and all lines at once, then the next of each."""
    counts: dict[tuple[str, bool], int] = {}
    rounds = []
    for number, case in enumerate(cases):
        key = case.slip, len(case.changed) > 1
        counts[key] = counts.get(key, 0) + 1
        rounds.append((counts[key], number))
    return tuple(cases[number] for number in sorted(n for _, n in sorted(rounds)[:most]))
