"""One answer beside the numbers that it could be: the right one, a rounded one, those of slips."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from bpwidgets.calculation import MOST_DECIMALS
from bpwidgets.marking.known import Known
from bpwidgets.marking.reader import Typed, place_of, unit_of
from bpwidgets.network import Array
from bpwidgets.notes import Erratum
from bpwidgets.slips import SLIPS
from bpwidgets.slips.typed import ANOTHER, MISPRINT, ROUNDED_EARLY, meant

FEWEST = 3  # digits, or decimals, that an answer needs to be right
MOST_SHARE = 0.05  # of the number itself: so far rounding reaches, unless decimals are given
MOST_DIGITS = 15  # that a float64 is sure of
HALF = 0.5 + 1e-9  # half a unit of the last digit; a tie may be rounded up or down
CHANCE = 0.1  # how many other numbers may lie as near as the one that is found
WINDOW = 200  # in how many times that width they are counted
NEAR = 30  # the same for numbers within rounding, whose width is a large part of the number itself
AND = " + "  # between the names of two slips made at once


@dataclass(frozen=True, slots=True)
class Found:
    """A slip that gives the number: its name and its lines.

    erratum: of the notes, for a misprint
    decimals: to how many steps before were rounded, for early rounding
    other: whose number it is, for another quantity's
    """

    name: str
    at: tuple[str, ...]
    erratum: Erratum | None = None
    decimals: int | None = None
    other: str = ""


@dataclass(frozen=True)
class Answer:
    """What can be said of one answer.

    decimals: how many were carried, if that is known
    """

    facts: Known
    typed: Typed
    decimals: int | None = None

    # --- right, or rounded ---

    @property
    def is_near(self) -> bool:
        """Whether the exact number rounds to what is typed."""
        return self._missed <= self.typed.unit * HALF + self._floor

    @property
    def is_right(self) -> bool:
        """Whether it does, and with digits enough."""
        return self._missed <= self._floor or (self.is_near and self.typed.digits >= FEWEST)

    @property
    def is_short(self) -> bool:
        """Whether it does, but with too few digits to be called right; 0 needs decimals for that."""
        if self.decimals is not None and self.typed.decimals >= self.decimals:
            return False  # as many as are asked for
        if self.typed.digits == FEWEST - 1 and self._missed < self.typed.unit:
            return self.digits > 0  # cut off
        return self.is_near and (self.digits > 0 or self.typed.decimals >= FEWEST)

    @property
    def is_rounded(self) -> bool:
        """Whether rounding on the way, or in the last digit, explains it."""
        if self._missed < self.typed.unit and self.typed.digits >= FEWEST:
            return True  # cut off, or rounded the wrong way
        return self._missed <= self._tolerance + self.facts.float_error

    @cached_property
    def digits(self) -> int:
        """How many digits of the exact number the answer has, from the first that counts."""
        right = self.facts.right
        if right == 0:
            return 0
        first = math.floor(math.log10(abs(right)))
        agree = 0
        while agree < min(self.typed.digits, MOST_DIGITS):
            half = HALF * unit_of(first - agree)
            if self._missed > half + self._floor:
                break
            agree += 1
        return agree

    @property
    def _missed(self) -> float:
        return abs(self.typed.value - self.facts.right)

    @property
    def _floor(self) -> float:
        return self.facts.sure_error

    @cached_property
    def _tolerance(self) -> float:
        """How far rounding on the way can lead."""
        if self.decimals is not None:
            return self.facts.tolerance(self.decimals)
        if self.typed.digits < FEWEST:
            return 0.0
        usual = self.facts.tolerance(min(self.typed.decimals, MOST_DECIMALS))
        return min(usual, MOST_SHARE * abs(self.facts.right))

    # --- one slip ---

    @property
    def _reach(self) -> float:
        """How near the number of a slip must come: of few digits, only the very number says enough."""
        few = self.typed.digits < FEWEST
        return self._floor if few else self.typed.unit * HALF + self._floor

    def _fits(self, number: float) -> bool:
        return abs(number - self.typed.value) <= self._reach

    def slips(self) -> list[Found]:
        """Slips that give exactly the typed number."""
        early = [
            Found(ROUNDED_EARLY, self.facts.inputs, decimals=places)
            for places, number in self.facts.rounded.items()
            if self._fits(number) and places <= self.typed.decimals
        ]
        return _in_order([*self._cases(self._reach), *early, *self._hand(), *self._another()])

    def misprint(self) -> list[Found]:
        """A number that the notes print wrongly, taken over."""
        return [Found(MISPRINT, tuple(e.believed), erratum=e) for e in self.errata[:1]]

    def carried_slips(self) -> list[Found]:
        """Slips that give it within rounding on the way, the nearest only, if it is hardly chance."""
        reach = self._tolerance
        if not reach or _crowded(self.facts.numbers, self.typed.value, reach, NEAR):
            return []
        return _in_order(self._cases(reach, nearest=True))

    @cached_property
    def errata(self) -> tuple[Erratum, ...]:
        """The slips of the lecture notes that lead to the typed number."""
        return tuple(e for e, number in self.facts.misprints if self._fits(number))

    @cached_property
    def printed(self) -> tuple[Erratum, ...]:
        """The slips of the lecture notes that print the typed number itself for this quantity."""
        here = (e for e in self.errata if e.symbol == self.facts.quantity and e.digits)
        return tuple(e for e in here if Decimal(e.digits or 0) == self.typed.number)

    @property
    def may_be_chance(self) -> bool:
        """Whether the numbers of slips lie so close that one would be met anyhow."""
        numbers = np.append(self.facts.numbers, list(self.facts.others.values()))
        return _crowded(numbers, self.typed.value, self._reach)

    def _cases(self, reach: float, *, nearest: bool = False) -> list[Found]:
        missed = _distance(self.facts.numbers, self.typed.value)
        inside = np.flatnonzero(missed <= reach)
        if nearest and len(inside):
            inside = inside[missed[inside] <= missed[inside].min() + self._floor]
        cases = self.facts.cases
        return [Found(cases[place].slip, cases[place].at) for place in inside]

    def _hand(self) -> list[Found]:
        """Slips of the hand that wrote the right number."""
        right = self.facts.right
        if self.typed.value == 0 or right == 0 or self.typed.digits < FEWEST:
            return []
        here = (self.facts.quantity,)
        return [
            Found(name, here)
            for name, number in meant(self.typed.number)
            if abs(float(number) - right) <= unit_of(place_of(number)) * HALF + self._floor
        ]

    def _another(self) -> list[Found]:
        """Whose number it is: of equal ones the first, ∂Etot before a ∂E that is its only share."""
        if self.typed.digits < FEWEST:
            return []
        here = (self.facts.quantity,)
        named = [name for name, number in self.facts.others.items() if self._fits(number)]
        named.sort(key=lambda name: name.startswith("dE") and not name.startswith("dEtot"))
        return [Found(ANOTHER, here, other=name) for name in named[:1]]

    # --- two slips ---

    def two_slips(self) -> list[Found]:
        """Two slips at once, if so many digits agree that it is hardly chance."""
        if self.typed.digits < FEWEST:
            return []
        cases, two, numbers = self.facts.combined()
        inside = np.flatnonzero(_distance(numbers, self.typed.value) <= self._reach)
        if not len(inside) or _crowded(numbers, self.typed.value, self._reach):
            return []
        order = {line.symbol: number for number, line in enumerate(self.facts.lines)}
        found = []
        for place in inside:
            both = (cases[number] for number in two[place])
            first, second = sorted(both, key=lambda case: order[case.at[0]])
            found.append(Found(first.slip + AND + second.slip, (*first.at, *second.at)))
        return _in_order(found)


def _distance(numbers: Array, value: float) -> Array:
    with np.errstate(all="ignore"):
        return np.nan_to_num(np.abs(numbers - value), nan=np.inf)


def _crowded(numbers: Array, value: float, reach: float, window: int = WINDOW) -> bool:
    """Whether so many different numbers lie about a value that one within reach would be no wonder."""
    if reach <= 0:
        return False
    about = numbers[_distance(numbers, value) <= window * reach] - value
    return len(np.unique(np.round(about / (2 * reach)))) > CHANCE * window


def _in_order(found: Sequence[Found]) -> list[Found]:
    """Each slip once, with the fewest lines, in the order of the catalogue."""
    order = {name: place for place, name in enumerate(SLIPS)}
    best: dict[str, Found] = {}
    for one in found:
        if one.name not in best or len(one.at) < len(best[one.name].at):
            best[one.name] = one
    return sorted(best.values(), key=lambda one: [order[name] for name in one.name.split(AND)])
