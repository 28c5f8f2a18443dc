"""The slips of hand work as data, and the changed calculations that each stands for.

A slip is computed, never looked up: it is other formulas for one or more lines of the hand calculation,
for a network of any size.  ``calculation(net, changed=case.changed)`` evaluates a case on.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from bpwidgets import checks
from bpwidgets.formula import Formula, Symbol, operands, replaced
from bpwidgets.keywords import told
from bpwidgets.network import Network, checked
from bpwidgets.recipe import Line, recipe
from bpwidgets.slips.backward import BACKWARD
from bpwidgets.slips.errors import ERRORS
from bpwidgets.slips.near import relatives
from bpwidgets.slips.rule import Slip, kind
from bpwidgets.slips.sigmoid import SIGMOIDS
from bpwidgets.slips.sums import SUMS
from bpwidgets.slips.typed import TYPED
from bpwidgets.slips.update import UPDATES

MOST_CASES = 200  # of one slip for one quantity, the nearest lines first
ALTERNATIVES = 3  # of a slip that is made at several lines at once
DIGITS = re.compile(r"\d+")

# In the order in which they are named when several give the same number.
SLIPS: Mapping[str, Slip] = MappingProxyType(
    {slip.name: slip for slip in (*UPDATES, *ERRORS, *BACKWARD, *SUMS, *SIGMOIDS, *TYPED)}
)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Case:
    """A slip made at certain lines: ``slip`` its name, ``changed`` the other formulas by symbol."""

    slip: str
    changed: Mapping[str, Formula]

    @property
    def at(self) -> tuple[str, ...]:
        """The lines where the slip is made, in the order of hand work."""
        return tuple(self.changed)

    def __repr__(self) -> str:
        lines = ", ".join(f"{symbol} = {formula}" for symbol, formula in self.changed.items())
        return f"<Case of {self.slip}: {lines}>"


@told
def cases(
    net: Network, quantity: str, *, rule: str = "simultaneous", biases: str = "fixed"
) -> tuple[Case, ...]:
    """Every way in which a slip of the catalogue can touch a quantity, slip by slip.

    Raises KeyError for a quantity that the calculation does not have.
    """
    return all_cases(checked(net).sizes, quantity, rule, biases)


@lru_cache(maxsize=512)
def all_cases(sizes: tuple[int, ...], quantity: str, rule: str, biases: str) -> tuple[Case, ...]:
    """The cases for all networks with these layer sizes."""
    lines = {line.symbol: line for line in recipe(sizes, rule, biases)}
    if quantity not in lines:
        raise checks.unknown(quantity, lines, "step of the calculation")
    place = {symbol: number for number, symbol in enumerate(lines)}
    near = relatives(sizes)
    ways = [(lines[s], kind(lines[s])) for s in nearest(lines, quantity)]
    found: list[Case] = []
    for slip in SLIPS.values():
        sites: list[tuple[Line, list[Formula]]] = []
        count = 0
        for line, of_kind in ways:
            if of_kind in slip.rewrites and count < MOST_CASES:
                formulas = [
                    _known(f, line, lines, place) for f in slip.formulas(line, near, of_kind)
                ]
                count += len(formulas)
                sites += [(line, formulas)] if formulas else []
        found += [Case(slip.name, _ordered(c, place)) for c in _choices(sites)]
    return tuple(found)


def nearest(lines: Mapping[str, Line], quantity: str) -> list[str]:
    """The steps that a quantity depends on, itself first, then step by step further back."""
    seen = {quantity: None}
    for symbol in (ring := [quantity]):
        for name in operands(lines[symbol].formula):
            if name in lines and name not in seen:
                seen[name] = None
                ring.append(name)
    return list(seen)


def _choices(sites: list[tuple[Line, list[Formula]]]) -> Iterator[dict[str, Formula]]:
    """One line at a time; then all lines of one sort, of one kind, of one stage, and all."""
    count = 0
    for line, formulas in sites:
        for formula in formulas:
            if count < MOST_CASES:
                yield {line.symbol: formula}
                count += 1
    groups: dict[str, list[int]] = {}
    for number, (line, _) in enumerate(sites):
        for name in (
            DIGITS.sub("", line.symbol),
            f"kind {kind(line)}",
            f"stage {line.stage}",
            "all",
        ):
            groups.setdefault(name, []).append(number)
    for members in dict.fromkeys(tuple(m) for m in groups.values() if len(m) > 1):
        most = min(ALTERNATIVES, max(len(sites[number][1]) for number in members))
        for choice in range(most):
            yield {
                sites[number][0].symbol: sites[number][1][min(choice, len(sites[number][1]) - 1)]
                for number in members
            }


def _known(
    formula: Formula, line: Line, lines: Mapping[str, Line], place: Mapping[str, int]
) -> Formula:
    """The formula with what comes later in hand work written out."""

    def put(name: str) -> Formula:
        if name not in place or place[name] < place[line.symbol]:
            return Symbol(name)
        return replaced(lines[name].formula, put)

    here = place[line.symbol]
    for name in operands(formula):
        if place.get(name, -1) >= here:
            return replaced(formula, put)
    return formula


def _ordered(changed: dict[str, Formula], place: Mapping[str, int]) -> Mapping[str, Formula]:
    return MappingProxyType({s: changed[s] for s in sorted(changed, key=place.__getitem__)})
