"""A worked calculation with one slip in it, and the search for the line where it was made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bpwidgets import checks
from bpwidgets.calculation import Calculation, Step, calculation
from bpwidgets.formula import Formula
from bpwidgets.notes import ERRATA, Erratum
from bpwidgets.recipe import Line, recipe
from bpwidgets.slips import SLIPS, nearest
from bpwidgets.tasks import Task
from bpwidgets.wording import capital, in_line, number, plain


@dataclass(frozen=True, eq=False)
class Slipped:
    """A calculation that leads to a quantity, with one slip.

    slip: its name, or the id of an erratum of the notes
    changed: the formulas that stand in place of the right ones
    """

    task: Task
    slip: str
    changed: Mapping[str, Formula]

    @property
    def symbols(self) -> tuple[str, ...]:
        """The lines in the order of hand work: what the quantity needs, rightly and with the slip."""
        return tuple(needed(self.task, self.changed))

    @property
    def right(self) -> Calculation:
        return self.task.calculation

    @property
    def lines(self) -> tuple[Step, ...]:
        """The lines as they are written down, the slip carried on."""
        task = self.task
        calc = calculation(task.network, rule=task.rule, biases=task.biases, changed=self.changed)
        return tuple(calc[symbol] for symbol in self.symbols)

    @property
    def explanation(self) -> str:
        """What the slip is, where, and what is right there."""
        erratum = errata().get(self.slip)
        where = next(iter(self.changed))
        step = self.right[where]
        right = f"Right is {plain(where)} = {in_line(step.formula)} = {number(step.value)}."
        if erratum is not None:
            return (
                f"The lecture notes have this slip ({erratum.place}). {erratum.explanation} {right}"
            )
        slip = SLIPS[self.slip]
        return f"The slip: {slip.what}. {capital(slip.advice)}. {right}"


@dataclass(frozen=True)
class Search:
    """How far the search has come.

    chosen: the line that was marked last, "" before the first
    given_up: whether the slip was shown
    dropped: the search that "start again" has put aside, until something is done anew
    """

    slipped: Slipped
    chosen: str = ""
    given_up: bool = False
    dropped: "Search | None" = field(default=None, compare=False)

    @property
    def found(self) -> bool:
        return self.chosen in self.slipped.changed

    @property
    def is_over(self) -> bool:
        return self.found or self.given_up

    def marked(self, symbol: str) -> "Search":
        """Mark a line; what was found stays found.  Raises KeyError for one that is not there."""
        checks.look_up(dict.fromkeys(self.slipped.symbols), symbol, "line")
        if self.is_over:
            return self
        return replace(self, chosen=symbol, dropped=None)

    def shown(self) -> "Search":
        return replace(self, given_up=True, dropped=None)

    def restarted(self) -> "Search":
        """The search as it was at first; itself, if nothing was done."""
        return Search(self.slipped, dropped=self) if self.chosen or self.given_up else self

    def taken_back(self) -> "Search":
        """What `restarted` has put aside; itself, if there is nothing, or something was done since."""
        return self.dropped or self

    @property
    def message(self) -> str:
        """What is said of the line that was marked, and the explanation at the end."""
        slipped = self.slipped
        if self.found:
            return f"Found, in {plain(self.chosen)}. {slipped.explanation}"
        if self.given_up:
            where = " and ".join(plain(symbol) for symbol in slipped.changed)
            return f"The slip is in {where}. {slipped.explanation}"
        if not self.chosen:
            return ""
        order = slipped.symbols
        first = min(order.index(symbol) for symbol in slipped.changed)
        side = "below" if order.index(self.chosen) < first else "above"
        return f"{plain(self.chosen)} follows rightly from what stands above it. Look {side} it."


def needed(task: Task, changed: Mapping[str, Formula]) -> Iterator[str]:
    """What a quantity depends on and itself, also by way of the changed formulas."""
    lines = {line.symbol: line for line in recipe(task.network.sizes, task.rule, task.biases)}
    slips = {s: Line(s, formula, lines[s].stage) for s, formula in changed.items()}
    wanted = {*nearest(lines, task.quantity), *nearest({**lines, **slips}, task.quantity)}
    return (symbol for symbol in lines if symbol in wanted)


def errata() -> dict[str, Erratum]:
    """The slips of the notes by id."""
    return {erratum.id: erratum for erratum in ERRATA}
