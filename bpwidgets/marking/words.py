"""A mark in sentences, for the learner: one says what, one says where."""

from collections.abc import Sequence
from dataclasses import dataclass

from bpwidgets.formula import operands
from bpwidgets.marking.compare import FEWEST, Answer
from bpwidgets.marking.search import AND, Found, errata_met, errata_printed, may_be_chance
from bpwidgets.notes import Erratum
from bpwidgets.slips import SLIPS
from bpwidgets.slips.typed import ANOTHER
from bpwidgets.wording import MOST_NAMED, capital, in_line, listed, plain

FACTOR = 1.5  # from which on a number is called too large


def unreadable(reason: str) -> str:
    """What is wrong with a text that is no number."""
    return f"{capital(reason)}."


@dataclass(frozen=True)
class Words:
    """The messages about one answer."""

    answer: Answer

    def right(self) -> str:
        return f"Right, to {self._digits}." if self.answer.digits else "Right."

    def too_few(self) -> str:
        if self.answer.digits == 0:
            return "The number does round to 0. Give so many decimals that three digits show."
        return f"Right as far as it goes, to {self._digits}. Give three at least."

    def rounded(self) -> str:
        decimals = self.answer.decimals
        carried = "" if decimals is None else f" to {_decimals(decimals)}"
        known = f", to {self._digits}" if self.answer.digits else ""
        return (
            f"Right within rounding{known}. The last digits differ as they do when steps "
            f"before are rounded{carried} or cut off; carry one or two decimals more to be exact."
            f"{_in_the_notes(errata_printed(self.answer))}"
        )

    def slips(self, found: list[Found]) -> str:
        made = [one for one in found if not one.other]
        others = [plain(one.other) for one in found if one.other]
        if not made:
            asked = plain(self.answer.facts.quantity)
            text = f"That is the number of {others[0]}. {asked} is asked for: {_advice(ANOTHER)}."
        else:
            text = self._made(made)
            text += f" It is the number of {others[0]} too." if others else ""
        if AND not in found[0].name and may_be_chance(self.answer):
            text += " It may be chance: with more digits this would be surer."
        return text + ("" if found[0].erratum else _in_the_notes(errata_met(self.answer)))

    def _made(self, found: list[Found]) -> str:
        first, count = found[0], len(found)
        two = AND in first.name
        if count == 1 or two:
            at_once = "two slips are made at once: " if two else ""
            text = f"That is what comes out if {at_once}{_what(first)}. {_where(first)}"
            text += " Other pairs of slips give it too." if count > 1 else ""
        else:
            any_one = "Either of two" if count == 2 else f"Any one of {_count(count)}"
            named = [f"{_what(one)}; look at {listed(one.at)}." for one in found[:MOST_NAMED]]
            text = f"{any_one} slips gives this number. Perhaps {' Or '.join(named)}"
        return text

    def unknown(self) -> str:
        asked_of = self.answer.facts.is_step and operands(self.answer.facts.line.formula)
        few = 0 < self.answer.typed.digits < FEWEST and self.answer.decimals is None
        if few and asked_of:  # too many slips would give them
            more = f"Give {_count(FEWEST)} digits at least, and a slip can be told from them"
            return f"Not right{self._clue()}. {more}. {self._first()}"
        return f"Not right, and no slip known here gives this number{self._clue()}. {self._first()}"

    def _clue(self) -> str:
        """What sign and size alone say."""
        right, value = self.answer.facts.right, self.answer.typed.value
        if right * value < 0:
            return "; its sign is wrong"
        if abs(value) > FACTOR * abs(right):
            return "; it is too large" if value > 0 else "; it is too far below 0"
        if abs(value) * FACTOR < abs(right):
            return "; it is too small" if right > 0 else "; it is too near to 0"
        return ""

    def _first(self) -> str:
        if not self.answer.facts.is_step:
            return f"This number is given: read {plain(self.answer.facts.quantity)} off."
        name, formula = plain(self.answer.facts.quantity), self._formula
        if not operands(self.answer.facts.line.formula):
            return f"Find {name} once more: the bias stands alone in its sum."
        if not self.answer.facts.inputs:
            return f"Put the given numbers into {name} = {formula} once more."
        return f"Look first at {listed(self.answer.facts.inputs)}, then at {name} = {formula}."

    @property
    def _formula(self) -> str:
        return in_line(self.answer.facts.line.formula)

    @property
    def _digits(self) -> str:
        count = self.answer.digits
        return "1 digit" if count == 1 else f"{count} digits"


def _in_the_notes(errata: Sequence[Erratum]) -> str:
    """Where the lecture notes have the same number by a slip."""
    return f" The lecture notes have it too ({errata[0].place})." if errata else ""


def _what(one: Found) -> str:
    if one.erratum is not None:
        return f"a number is taken over that the lecture notes print wrongly ({one.erratum.place})"
    if one.decimals is not None:
        return f"each step before is rounded to {_decimals(one.decimals)}"
    return "; and ".join(SLIPS[name].what for name in one.name.split(AND))


def _where(one: Found) -> str:
    if one.erratum is not None:
        return f"{_look(one.at)}: {one.erratum.explanation}"
    if AND in one.name:
        return f"{_look(one.at)}."
    return f"{_look(one.at)}: {_advice(one.name)}."


def _advice(slip: str) -> str:
    return SLIPS[slip].advice


def _look(symbols: tuple[str, ...]) -> str:
    return f"Look at {listed(symbols)}"


def _decimals(count: int) -> str:
    return "1 decimal" if count == 1 else f"{count} decimals"


def _count(number: int) -> str:
    return {2: "two", 3: "three", 4: "four", 5: "five"}.get(number, str(number))
