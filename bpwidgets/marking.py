"""Marks a typed number: right, rounded on the way, or wrong by a slip that has a name.

    mark(net, "dEtot/dw5", "0.0822")     right, to 3 digits
    mark(net, "dEtot/dw5", "0.439825")   a slip: out(1 − out) is left out

A mark is data; `marking_words` says it in sentences.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bpwidgets import checks
from bpwidgets.calculation import MOST_DECIMALS
from bpwidgets.gradient import BIASES, RULES
from bpwidgets.marking_known import Known, known
from bpwidgets.marking_reader import LONGEST, Typed, as_text, read_number
from bpwidgets.marking_words import Found, Words
from bpwidgets.network import Array, Network
from bpwidgets.notes import Erratum
from bpwidgets.slips import SLIPS
from bpwidgets.slips_typed import MISPRINT, ROUNDED_EARLY, meant
from bpwidgets.symbols import canonical

__all__ = ["VERDICTS", "Mark", "mark", "read_number"]

VERDICTS = ("right", "rounded", "slip", "unknown", "unreadable")
FEWEST = 3  # digits, or decimals, that an answer needs to be right
MOST_SHARE = 0.05  # of the number itself: so far rounding reaches, unless decimals are given
CHANCE = 0.1  # how many other numbers may lie as near, for two slips at once to be named
WINDOW = 200  # in how many tolerances they are counted
HALF = 0.5 + 1e-9  # half a unit of the last digit; a tie may be rounded up or down


@dataclass(frozen=True, slots=True, repr=False)
class Mark:
    """What an answer is worth, and why.

    verdict: "right": rounds to the typed digits;
        "rounded": within what rounding the steps before can lead to, or too few digits to say more;
        "slip": exactly what a slip leads to; "unknown"; "unreadable": no number
    digits: how many digits from the first that counts agree with the exact number
    slips: the names of slips that give this number, the most likely first; "a + b" for two at once
    message: for the learner
    look: the steps at which to look, in the order of hand work
    """

    quantity: str
    answer: str
    verdict: str
    digits: int
    slips: tuple[str, ...]
    message: str
    look: tuple[str, ...] = ()

    def __repr__(self) -> str:
        detail = {"slip": ", ".join(self.slips), "right": f"{self.digits} digits"}
        said = detail.get(self.verdict, "")
        return f"<Mark {self.quantity}: {self.verdict}{', ' if said else ''}{said}>"


def mark(
    net: Network,
    quantity: str,
    answer: str | float,
    decimals: int | None = None,
    *,
    rule: str = "simultaneous",
    biases: str = "fixed",
) -> Mark:
    """Mark an answer for a quantity of a network: is it right, and if not, which slip leads to it?

    quantity: a symbol of the hand calculation ("h1", "dE1/douto1", "w5_new"), or a given one
    answer: as typed, or a number
    decimals: how many decimals the steps before were rounded to; by default as many as are typed

    An answer is right if it is the exact number rounded to the typed digits, three at least.  One that
    is cut off instead of rounded, or a unit or two of the last digit away because earlier steps were
    rounded, is "rounded".  Where a slip and the right number cannot be told apart, it is no slip.

    Raises KeyError for an unknown quantity, ValueError for another convention or decimals outside 0 to
    15, TypeError for an answer that is neither text nor a number.  No text raises anything.
    """
    checks.choice("rule", rule, RULES)
    checks.choice("biases", biases, BIASES)
    if decimals is not None:
        checks.whole("decimals", decimals, 0, MOST_DECIMALS)
    text = as_text(answer)
    facts = known(net, _quantity(net, quantity, rule, biases), rule, biases)
    try:
        typed = Typed.of(text)
    except ValueError as reason:
        shown = text if len(text) <= LONGEST else text[:LONGEST] + "…"
        return Mark(facts.quantity, shown, "unreadable", 0, (), Words.unreadable(str(reason)))
    return _Marking(facts, typed, decimals).mark()


def _quantity(net: Network, quantity: str, rule: str, biases: str) -> str:
    """The quantity's own name; KeyError if there is none."""
    name = canonical(quantity)
    if name in net:
        return name
    steps = [line.symbol for line in Known.steps(net, rule, biases)]
    if name not in steps:
        raise checks.unknown(quantity, steps, "step of the calculation")
    return name


@dataclass(frozen=True)
class _Marking:
    """One answer beside what is known of its quantity."""

    facts: Known
    typed: Typed
    decimals: int | None

    def mark(self) -> Mark:
        words = Words(self.facts, self.typed, self._errata)
        near = self._near(self.facts.right)
        if near and self._enough():
            return self._made("right", words.right(self.digits))
        if near and (self.digits > 0 or self.typed.decimals >= FEWEST):
            return self._made("rounded", words.too_few(self.digits))
        if self._within_rounding():
            return self._made("rounded", words.rounded(self.digits, self.decimals))
        found = self._slips() or self._misprint() or self._carried_slips() or self._two_slips()
        if found:
            return self._made("slip", words.slips(found), found)
        return self._made("unknown", words.unknown(), look=words.first_look())

    def _made(
        self, verdict: str, message: str, found: Sequence[Found] = (), look: tuple[str, ...] = ()
    ) -> Mark:
        facts, typed = self.facts, self.typed
        names = tuple(dict.fromkeys(one.name for one in found))
        if found:
            look = tuple(dict.fromkeys(symbol for one in found for symbol in one.at))
        return Mark(facts.quantity, typed.text, verdict, self.digits, names, message, look)

    # --- right, or rounded ---

    @property
    def digits(self) -> int:
        """How many digits of the exact number the answer has, from the first that counts."""
        right, missed = self.facts.right, abs(self.typed.value - self.facts.right)
        if right == 0:
            return self.typed.decimals if missed == 0 else 0
        agree = 0
        while agree < self.typed.digits and missed <= _half_unit(right, agree + 1) + self._floor:
            agree += 1
        return agree

    @property
    def _floor(self) -> float:
        return self.facts.float_error

    def _near(self, number: float) -> bool:
        """Whether a number rounds to what is typed."""
        return abs(self.typed.value - number) <= self.typed.unit * HALF + self._floor

    @property
    def _reach(self) -> float:
        """How near the number of a slip must come: of few digits, only the very number says enough."""
        few = self.typed.digits < FEWEST
        return self._floor if few else self.typed.unit * HALF + self._floor

    def _enough(self) -> bool:
        if abs(self.typed.value - self.facts.right) <= self._floor:
            return True
        return self.typed.digits >= FEWEST or (self.typed.decimals >= FEWEST and self.digits > 0)

    def _within_rounding(self) -> bool:
        missed = abs(self.typed.value - self.facts.right)
        if missed < self.typed.unit and self.typed.digits >= FEWEST:
            return True  # cut off, or rounded the wrong way
        return missed <= self._tolerance() + self._floor

    def _tolerance(self) -> float:
        """How far rounding on the way can lead."""
        if self.decimals is not None:
            return self.facts.tolerance(self.decimals)
        if self.typed.digits < FEWEST:
            return 0.0
        usual = self.facts.tolerance(min(self.typed.decimals, MOST_DECIMALS))
        return min(usual, MOST_SHARE * abs(self.facts.right))

    # --- one slip ---

    def _slips(self) -> list[Found]:
        """Slips that give exactly the typed number."""
        found = self._cases(self._reach)
        found += [
            Found(ROUNDED_EARLY, self.facts.inputs, decimals=places)
            for places, number in self.facts.rounded.items()
            if abs(number - self.typed.value) <= self._reach and places <= self.typed.decimals
        ]
        return _in_order([*found, *self._hand()])

    @property
    def _errata(self) -> list[Erratum]:
        """The slips of the lecture notes that lead to the typed number."""
        numbers = self.facts.misprints
        return [e for e, number in numbers if abs(number - self.typed.value) <= self._reach]

    def _misprint(self) -> list[Found]:
        """A number that the notes print wrongly, taken over."""
        return [Found(MISPRINT, tuple(e.believed), erratum=e) for e in self._errata[:1]]

    def _carried_slips(self) -> list[Found]:
        """Slips that give it within rounding, the nearest only."""
        reach = self._tolerance()
        return _in_order(self._cases(reach, nearest=True)) if reach > 0 else []

    def _cases(self, reach: float, *, nearest: bool = False) -> list[Found]:
        missed = _missed(self.facts.numbers, self.typed.value)
        inside = np.flatnonzero(missed <= reach)
        if nearest and len(inside):
            inside = inside[missed[inside] <= missed[inside].min() + self._floor]
        cases = self.facts.cases
        return [Found(cases[place].slip, cases[place].at) for place in inside]

    def _hand(self) -> list[Found]:
        """Slips of the hand that wrote the right number."""
        right, found = self.facts.right, []
        if self.typed.value == 0 or right == 0:
            return []
        for name, number in meant(self.typed.number):
            unit = 10.0 ** max(-400, number.as_tuple().exponent)  # type: ignore[operator]
            if abs(float(number) - right) <= unit * HALF + self._floor:
                found.append(Found(name, (self.facts.quantity,)))
        return found

    # --- two slips ---

    def _two_slips(self) -> list[Found]:
        """Two slips at once, if so many digits agree that it is hardly chance."""
        cases, two, numbers = self.facts.combined
        reach = self._reach
        missed = _missed(numbers, self.typed.value)
        inside = np.flatnonzero(missed <= reach)
        if not len(inside) or _crowd(numbers[missed <= WINDOW * reach], reach) > CHANCE * WINDOW:
            return []
        found = []
        for place in inside:
            first, second = (cases[number] for number in two[place])
            found.append(Found(f"{first.slip} + {second.slip}", (*first.at, *second.at)))
        return _in_order(found)


def _half_unit(number: float, digits: int) -> float:
    """Half a unit of the last of so many digits of a number."""
    exponent = int(np.floor(np.log10(abs(number))))
    return HALF * 10.0 ** (exponent - digits + 1)


def _missed(numbers: Array, value: float) -> Array:
    with np.errstate(all="ignore"):
        return np.nan_to_num(np.abs(numbers - value), nan=np.inf)


def _crowd(numbers: Array, reach: float) -> int:
    """How many numbers there are that can be told apart."""
    return len(np.unique(np.round(numbers / (2 * reach))))


def _in_order(found: Sequence[Found]) -> list[Found]:
    """Each slip once, with the fewest lines, in the order of the catalogue."""
    order = {name: place for place, name in enumerate(SLIPS)}
    best: dict[str, Found] = {}
    for one in found:
        if one.name not in best or len(one.at) < len(best[one.name].at):
            best[one.name] = one
    return sorted(best.values(), key=lambda one: [order[name] for name in one.name.split(" + ")])
