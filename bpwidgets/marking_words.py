"""A mark in sentences, for the learner: one says what, one says where."""

from dataclasses import dataclass

from bpwidgets.formula import Symbol, replaced
from bpwidgets.marking_known import Known
from bpwidgets.marking_reader import Typed
from bpwidgets.notes import Erratum
from bpwidgets.slips import SLIPS
from bpwidgets.wording import plain

MOST_NAMED = 3  # slips, or lines, in one message
SHORT = 5  # an answer of fewer digits may meet a slip by chance
FACTOR = 1.5  # from which on a number is called too large


@dataclass(frozen=True, slots=True)
class Found:
    """A slip that gives the number: its name, its lines; more for a misprint and for early rounding."""

    name: str
    at: tuple[str, ...]
    erratum: Erratum | None = None
    decimals: int | None = None


@dataclass(frozen=True)
class Words:
    """The messages about one answer."""

    facts: Known
    typed: Typed
    errata: list[Erratum]

    @staticmethod
    def unreadable(reason: str) -> str:
        return f"{reason[:1].upper()}{reason[1:]}."

    def right(self, digits: int) -> str:
        return f"Right, to {_digits(digits)}." if digits else "Right."

    def too_few(self, digits: int) -> str:
        if digits == 0:
            return "The number does round to 0. Give so many decimals that three digits show."
        return f"Right as far as it goes, to {_digits(digits)}. Give three at least."

    def rounded(self, digits: int, decimals: int | None) -> str:
        carried = "" if decimals is None else f" to {decimals} decimals"
        return (
            f"Right within rounding, to {_digits(digits)}: the last digits differ as they do when steps "
            f"before are rounded{carried} or cut off. Carry one or two decimals more to be exact."
            f"{self._notes()}"
        )

    def slips(self, found: list[Found]) -> str:
        named = found[:MOST_NAMED]
        if len(found) == 1:
            at_once = "two slips are made at once: " if " + " in found[0].name else ""
            text = f"That is what comes out if {at_once}{_what(found[0])}. {_where(found[0])}"
        elif " + " in found[0].name:
            text = f"Two slips at once give this number, as do other pairs: {_what(found[0])}. "
            text += _where(found[0])
        else:
            count = {2: "Two", 3: "Three"}.get(len(found), str(len(found)))
            text = f"{count} slips give this number. "
            text += " ".join(f"{_capital(_what(one))}; look at {_listed(one.at)}." for one in named)
        if 0 < self.typed.digits < SHORT:
            text += " With more digits typed this would be surer."
        return text + ("" if found[0].erratum else self._notes())

    def unknown(self) -> str:
        return f"Not right, and no slip known here gives this number{self._clue()}. {self._first()}"

    def first_look(self) -> tuple[str, ...]:
        return self.facts.inputs or (self.facts.quantity,)

    def _clue(self) -> str:
        """What sign and size alone say."""
        right, value = self.facts.right, self.typed.value
        if right * value < 0:
            return "; its sign is wrong"
        if abs(value) > FACTOR * abs(right):
            return "; it is too large" if value > 0 else "; it is too far below 0"
        if abs(value) * FACTOR < abs(right):
            return "; it is too small" if right > 0 else "; it is too near to 0"
        return ""

    def _first(self) -> str:
        if not self.facts.is_step:
            return f"This number is given: read {plain(self.facts.quantity)} off."
        name, formula = plain(self.facts.quantity), _plain_formula(self.facts)
        if not self.facts.inputs:
            return f"Put the given numbers into {name} = {formula} once more."
        return f"Look first at {_listed(self.facts.inputs)}, then at {name} = {formula}."

    def _notes(self) -> str:
        """Where the lecture notes have the same number by a slip."""
        return f" The lecture notes have it too ({self.errata[0].place})." if self.errata else ""


def _what(one: Found) -> str:
    if one.erratum is not None:
        return f"a number is taken over that the lecture notes print wrongly ({one.erratum.place})"
    if one.decimals is not None:
        places = "1 decimal" if one.decimals == 1 else f"{one.decimals} decimals"
        return f"each step before is rounded to {places}"
    return "; and ".join(SLIPS[name].what for name in one.name.split(" + "))


def _where(one: Found) -> str:
    if one.erratum is not None:
        return f"{_look(one.at)}: {one.erratum.explanation}"
    if " + " in one.name:
        return f"{_look(one.at)}."
    return f"{_look(one.at)}: {SLIPS[one.name].advice}."


def _look(symbols: tuple[str, ...]) -> str:
    return f"Look at {_listed(symbols)}"


def _listed(symbols: tuple[str, ...]) -> str:
    names = [plain(symbol) for symbol in dict.fromkeys(symbols)]
    if len(names) > MOST_NAMED:
        return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _plain_formula(facts: Known) -> str:
    """The quantity's own formula with the signs that a person writes."""
    return str(replaced(facts.line.formula, lambda name: Symbol(plain(name))))


def _digits(count: int) -> str:
    return "1 digit" if count == 1 else f"{count} digits"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
