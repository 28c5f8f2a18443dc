"""Which slip a calculation gets: one that is asked for, or one that a seed chooses."""

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping

from bpwidgets import checks
from bpwidgets.exercise.slip import Slipped, errata, needed
from bpwidgets.formula import Constant, Formula, Symbol
from bpwidgets.network import Network, checked
from bpwidgets.notes import Erratum, worked_example
from bpwidgets.slips import SLIPS, cases
from bpwidgets.symbols import derivative, updated
from bpwidgets.tasks import MOST_SEED, Task
from bpwidgets.wording import number, plain

CLEAR = 1e-3  # of the right number: by so much a slip must show, at its line and at the end
SHOWN = 1e-6  # and by so much it must show at all


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
    checked(net)
    if slip is not None and slip in errata():
        return _of_erratum(net, errata()[slip], quantity, rule, biases)
    if slip is not None:
        checks.look_up(SLIPS, slip, "slip")
    task = Task(net, quantity or updated(net.symbols.weights[-1][0][0]), rule, biases)
    task.calculation[task.quantity]  # raises if there is no such step
    checks.whole("seed", seed, 0, MOST_SEED)
    names = [slip] if slip else sorted(SLIPS, key=lambda name: _lot(seed, name))
    found = cases(net, task.quantity, rule=rule, biases=biases)
    for name in names:
        choices = [case for case in found if case.slip == name and len(case.changed) == 1]
        for case in sorted(choices, key=lambda case: _lot(seed, repr(case))):
            made = Slipped(task, name, case.changed)
            if _shows(made):
                return made
    what = f"the slip {slip!r}" if slip else "no slip"
    raise ValueError(f"{what} shows in no line that leads to {plain(task.quantity)}")


def _lot(seed: int, name: str) -> bytes:
    """Every name draws a lot of its own, so a slip that is added later leaves the others' order."""
    return hashlib.sha256(f"{seed} {name}".encode()).digest()


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
    here = {s: changed[s] for s in needed(task, changed) if s in changed}
    *_, last = here or [""]
    formula = here.get(last)
    while isinstance(formula, Symbol) and formula.name in here:
        formula = here[formula.name]  # one line has the slip, not those that take it over
    here = {last: formula} if formula is not None else {}
    made = Slipped(task, erratum.id, here)
    if not here or not _is_read(made):
        raise ValueError(f"{erratum.id} shows in no line that leads to {plain(task.quantity)}")
    return made


def _end(net: Network, changed: Mapping[str, Formula], rule: str, biases: str) -> str:
    """The first gradient or new value that such a slip leads to, or the slip's own line."""
    ends = [derivative("Etot", name) for name in net.symbols.weight_places]
    ends += [updated(name) for name in net.symbols.weight_places]
    for end in ends:
        if not changed.keys().isdisjoint(needed(Task(net, end, rule, biases), changed)):
            return end
    return next(iter(changed))


def _shows(made: Slipped) -> bool:
    """Whether the slip is seen at each of its lines and in the result."""
    places = (*made.changed, made.task.quantity)
    return all(_differ(wrong, right) for wrong, right in _numbers(made, places))


def _is_read(made: Slipped) -> bool:
    """Whether each of its lines shows another number; of the notes' own slips some differ by a digit."""
    return all(number(wrong) != number(right) for wrong, right in _numbers(made, made.changed))


def _numbers(made: Slipped, symbols: Iterable[str]) -> Iterator[tuple[float, float]]:
    wrong = {line.symbol: line.value for line in made.lines}
    return ((wrong[symbol], made.right.values[symbol]) for symbol in symbols)


def _differ(wrong: float, right: float) -> bool:
    missed = abs(wrong - right)
    return math.isfinite(wrong) and missed > max(SHOWN, CLEAR * abs(right))
