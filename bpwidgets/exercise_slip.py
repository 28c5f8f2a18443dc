"""A worked calculation with one slip in it, and the search for the line where it was made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from bpwidgets import checks
from bpwidgets.calculation import Calculation, Step, calculation
from bpwidgets.formula import Constant, Formula, Symbol, replaced
from bpwidgets.network import Network
from bpwidgets.notes import ERRATA, Erratum, worked_example
from bpwidgets.recipe import Line, recipe
from bpwidgets.slips import SLIPS, cases, nearest
from bpwidgets.symbols import derivative, updated
from bpwidgets.tasks import Task
from bpwidgets.wording import number, plain

CLEAR = 1e-3  # of the right number: by so much a slip must show, at its line and at the end
SHOWN = 1e-6  # and by so much it must show at all


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
        return tuple(_needed(self.task, self.changed))

    @property
    def right(self) -> Calculation:
        return _calculation(self.task)

    @property
    def lines(self) -> tuple[Step, ...]:
        """The lines as they are written down, the slip carried on."""
        task = self.task
        calc = calculation(task.network, rule=task.rule, biases=task.biases, changed=self.changed)
        return tuple(calc[symbol] for symbol in self.symbols)

    @property
    def explanation(self) -> str:
        """What the slip is, where, and what is right there."""
        erratum = _errata().get(self.slip)
        where = next(iter(self.changed))
        step = self.right[where]
        formula = str(replaced(step.formula, lambda name: Symbol(plain(name))))
        right = f"Right is {plain(where)} = {formula} = {number(step.value)}."
        if erratum is not None:
            return (
                f"The lecture notes have this slip ({erratum.place}). {erratum.explanation} {right}"
            )
        slip = SLIPS[self.slip]
        return f"The slip: {slip.what}. {_capital(slip.advice)}. {right}"


@dataclass(frozen=True)
class Search:
    """How far the search has come.

    chosen: the line that was marked last, "" before the first
    tries: how many lines were marked
    given_up: whether the slip was shown
    """

    slipped: Slipped
    chosen: str = ""
    tries: int = 0
    given_up: bool = False

    @property
    def found(self) -> bool:
        return self.chosen in self.slipped.changed

    @property
    def is_over(self) -> bool:
        return self.found or self.given_up

    def marked(self, symbol: str) -> "Search":
        """Mark a line.  Raises KeyError for one that is not there."""
        checks.look_up(dict.fromkeys(self.slipped.symbols), symbol, "line")
        return replace(self, chosen=symbol, tries=self.tries + 1)

    def shown(self) -> "Search":
        return replace(self, given_up=True)

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
        side = "after" if order.index(self.chosen) < first else "before"
        return f"{plain(self.chosen)} is right as it stands. Look {side} it."


def slipped(
    net: Network,
    slip: str | None = None,
    quantity: str | None = None,
    *,
    seed: int = 0,
    rule: str = "simultaneous",
    biases: str = "fixed",
) -> Slipped:
    """A calculation of a quantity with a slip, or the one that a seed chooses.

    slip: a name of `SLIPS`, or the id of an erratum, such as "E21", on the notes' own network
    quantity: by default the new value of the first weight of the last layer

    Raises KeyError for an unknown slip or quantity, ValueError for a slip that does not show there.
    """
    if slip is not None and slip in _errata():
        return _of_erratum(net, _errata()[slip], quantity, rule, biases)
    if slip is not None:
        checks.look_up(SLIPS, slip, "slip")
    task = Task(net, quantity or updated(net.symbols.weights[-1][0][0]), rule, biases)
    _calculation(task)[task.quantity]  # raises if there is no such step
    rng = np.random.default_rng(checks.whole("seed", seed, 0, 2**63 - 1))
    names = [slip] if slip else [str(name) for name in rng.permutation(list(SLIPS))]
    found = cases(net, task.quantity, rule=rule, biases=biases)
    for name in names:
        choices = [case for case in found if case.slip == name and len(case.changed) == 1]
        for place in rng.permutation(len(choices)):
            made = Slipped(task, name, choices[place].changed)
            if _shows(made):
                return made
    what = f"the slip {slip!r}" if slip else "no slip"
    raise ValueError(f"{what} shows in no line that leads to {plain(task.quantity)}")


def _needed(task: Task, changed: Mapping[str, Formula]) -> Iterator[str]:
    """What a quantity depends on and itself, also by way of the changed formulas."""
    lines = {line.symbol: line for line in recipe(task.network.sizes, task.rule, task.biases)}
    slips = {s: Line(s, formula, lines[s].stage) for s, formula in changed.items()}
    wanted = {*nearest(lines, task.quantity), *nearest({**lines, **slips}, task.quantity)}
    return (symbol for symbol in lines if symbol in wanted)


def _of_erratum(
    net: Network, erratum: Erratum, quantity: str | None, rule: str, biases: str
) -> Slipped:
    if net != worked_example():
        raise ValueError(f"{erratum.id} is a slip on the notes' own network; give no other one")
    changed = dict(erratum.believed)
    if not changed and erratum.symbol and erratum.digits:
        changed = {erratum.symbol: Constant(float(erratum.digits))}
    if not changed:
        raise ValueError(f"{erratum.id} changes no number, so no line of a calculation shows it")
    task = Task(net, quantity or _end(net, changed, rule, biases), rule, biases)
    here = {s: changed[s] for s in _needed(task, changed) if s in changed}
    made = Slipped(task, erratum.id, here)
    if not here or not _shows(made):
        raise ValueError(f"{erratum.id} shows in no line that leads to {plain(task.quantity)}")
    return made


def _end(net: Network, changed: Mapping[str, Formula], rule: str, biases: str) -> str:
    """The first gradient or new value that such a slip leads to, or the slip's own line."""
    ends = [derivative("Etot", name) for name in net.symbols.weight_places]
    ends += [updated(name) for name in net.symbols.weight_places]
    for end in ends:
        if not changed.keys().isdisjoint(_needed(Task(net, end, rule, biases), changed)):
            return end
    return next(iter(changed))


def _shows(made: Slipped) -> bool:
    """Whether the slip is seen at each of its lines and in the result."""
    right = made.right.values
    wrong = {line.symbol: line.value for line in made.lines}
    places = (*made.changed, made.task.quantity)
    return all(_differ(wrong[symbol], right[symbol]) for symbol in places)


def _differ(wrong: float, right: float) -> bool:
    missed = abs(wrong - right)
    return bool(np.isfinite(wrong)) and missed > max(SHOWN, CLEAR * abs(right))


def _calculation(task: Task) -> Calculation:
    return _kept(task.network, task.rule, task.biases)


@lru_cache(maxsize=64)
def _kept(net: Network, rule: str, biases: str) -> Calculation:
    return calculation(net, rule=rule, biases=biases)


def _errata() -> dict[str, Erratum]:
    return {erratum.id: erratum for erratum in ERRATA}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
