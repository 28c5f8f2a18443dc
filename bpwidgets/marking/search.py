"""Which slips give a typed number: one, one within rounding, a misprint of the notes, or two at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from bpwidgets.marking.compare import FEWEST, HALF, Answer
from bpwidgets.marking.reader import place_of, unit_of
from bpwidgets.network import Array
from bpwidgets.notes import Erratum
from bpwidgets.slips import SLIPS
from bpwidgets.slips.typed import ANOTHER, MISPRINT, ROUNDED_EARLY, meant

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


def slips_alone(answer: Answer) -> list[Found]:
    """Slips that give exactly the typed number."""
    early = [
        Found(ROUNDED_EARLY, answer.facts.inputs, decimals=places)
        for places, number in answer.facts.rounded.items()
        if _fits(answer, number) and places <= answer.typed.decimals
    ]
    found = [*_cases(answer, answer.reach), *early, *_of_the_hand(answer), *_another(answer)]
    return _in_order(found)


def misprint(answer: Answer) -> list[Found]:
    """A number that the notes print wrongly, taken over."""
    return [Found(MISPRINT, tuple(e.believed), erratum=e) for e in errata_met(answer)[:1]]


def slips_carried(answer: Answer) -> list[Found]:
    """Slips that give it within rounding on the way, the nearest only, if it is hardly chance."""
    reach = answer.tolerance
    if not reach or _crowded(answer.facts.numbers, answer.typed.value, reach, NEAR):
        return []
    return _in_order(_cases(answer, reach, nearest=True))


def two_slips(answer: Answer) -> list[Found]:
    """Two slips at once, if so many digits agree that it is hardly chance."""
    if answer.typed.digits < FEWEST:
        return []
    cases, two, numbers = answer.facts.combined()
    value, reach = answer.typed.value, answer.reach
    inside = np.flatnonzero(_distance(numbers, value) <= reach)
    if not len(inside) or _crowded(numbers, value, reach):
        return []
    order = {line.symbol: number for number, line in enumerate(answer.facts.lines)}
    found = []
    for place in inside:
        both = (cases[number] for number in two[place])
        first, second = sorted(both, key=lambda case: order[case.at[0]])
        found.append(Found(first.slip + AND + second.slip, (*first.at, *second.at)))
    return _in_order(found)


# One slip before two: each is tried only if those before it find nothing.
SEARCHES: Sequence[Callable[[Answer], list[Found]]] = (
    slips_alone,
    misprint,
    slips_carried,
    two_slips,
)


def errata_met(answer: Answer) -> tuple[Erratum, ...]:
    """The slips of the lecture notes that lead to the typed number."""
    return tuple(e for e, number in answer.facts.misprints if _fits(answer, number))


def errata_printed(answer: Answer) -> tuple[Erratum, ...]:
    """The slips of the lecture notes that print the typed number itself for this quantity."""
    here = (e for e in errata_met(answer) if e.symbol == answer.facts.quantity and e.digits)
    return tuple(e for e in here if Decimal(e.digits or 0) == answer.typed.number)


def may_be_chance(answer: Answer) -> bool:
    """Whether the numbers of slips lie so close that one would be met anyhow."""
    numbers = np.append(answer.facts.numbers, list(answer.facts.others.values()))
    return _crowded(numbers, answer.typed.value, answer.reach)


# --- what the searches are made of ---


def _fits(answer: Answer, number: float) -> bool:
    return abs(number - answer.typed.value) <= answer.reach


def _cases(answer: Answer, reach: float, *, nearest: bool = False) -> list[Found]:
    missed = _distance(answer.facts.numbers, answer.typed.value)
    inside = np.flatnonzero(missed <= reach)
    if nearest and len(inside):
        inside = inside[missed[inside] <= missed[inside].min() + answer.floor]
    cases = answer.facts.cases
    return [Found(cases[place].slip, cases[place].at) for place in inside]


def _of_the_hand(answer: Answer) -> list[Found]:
    """Slips of the hand that wrote the right number."""
    right, floor = answer.facts.right, answer.floor
    if answer.typed.value == 0 or right == 0 or answer.typed.digits < FEWEST:
        return []
    here = (answer.facts.quantity,)
    return [
        Found(name, here)
        for name, number in meant(answer.typed.number)
        if abs(float(number) - right) <= unit_of(place_of(number)) * HALF + floor
    ]


def _another(answer: Answer) -> list[Found]:
    """Whose number it is: of equal ones the first, ∂Etot before a ∂E that is its only term."""
    if answer.typed.digits < FEWEST:
        return []
    here = (answer.facts.quantity,)
    named = [name for name, number in answer.facts.others.items() if _fits(answer, number)]
    named.sort(key=lambda name: name.startswith("dE") and not name.startswith("dEtot"))
    return [Found(ANOTHER, here, other=name) for name in named[:1]]


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
