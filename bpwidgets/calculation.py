"""The whole hand calculation as data: ordered steps, each a symbol, its formula and its value.

This is the second way to the numbers: what `network` and `gradient` compute with arrays is done here
one quantity at a time, as the notes do it.  Everything that explains is made from this list.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

from bpwidgets import checks
from bpwidgets.digits import nine
from bpwidgets.formula import Formula, operands
from bpwidgets.gradient import BIASES, RULES
from bpwidgets.keywords import told
from bpwidgets.network import Network, checked, quiet
from bpwidgets.recipe import Line, recipe
from bpwidgets.symbols import canonical

MOST_DECIMALS = 15  # a float64 has no more that mean anything
PAPER = Context(prec=400, rounding=ROUND_HALF_UP)  # digits for every float64 and its decimals


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the hand calculation: ``symbol = formula = value``.

    stage: "forward", "errors", "backward", "update" or "second forward"
    """

    symbol: str
    formula: Formula
    stage: str
    value: Any

    @property
    def operands(self) -> tuple[str, ...]:
        """The symbols that the formula needs, in the order of writing."""
        return operands(self.formula)

    def __str__(self) -> str:
        return f"{self.symbol} = {self.formula} = {nine(self.value)}"


class Calculation:
    """The steps in the order of hand work; ``calc["dE1/douto1"]`` is one of them.

    ``values`` has every number by its symbol, the given ones too.  ``is_exact``: the network's own
    numbers by the right formulas, nothing rounded.
    """

    def __init__(
        self,
        net: Network,
        lines: tuple[Line, ...],
        values: Mapping[str, Any],
        is_exact: bool,
        rule: str,
    ) -> None:
        self.network = net
        self.is_exact = is_exact
        self.rule = rule
        self.values = MappingProxyType(dict(values))
        self._lines = {line.symbol: line for line in lines}

    @cached_property
    def symbols(self) -> tuple[str, ...]:
        """The symbols of all steps, in order."""
        return tuple(self._lines)

    def __getitem__(self, symbol: str) -> Step:
        try:
            line = self._lines[symbol]
        except (KeyError, TypeError):
            raise checks.unknown(symbol, self._lines, "step of the calculation") from None
        return Step(line.symbol, line.formula, line.stage, self.values[symbol])

    def __iter__(self) -> Iterator[Step]:
        return (self[symbol] for symbol in self._lines)

    def __contains__(self, symbol: object) -> bool:
        return symbol in self._lines

    def __len__(self) -> int:
        return len(self._lines)

    def __repr__(self) -> str:
        end = "Etot_new"
        return f"<Calculation of {len(self)} steps, {end}: {nine(self.values[end])}>"


@told
def calculation(
    net: Network,
    *,
    rule: str = "simultaneous",
    biases: str = "fixed",
    decimals: int | None = None,
    changed: Mapping[str, Formula] | None = None,
    given: Mapping[str, Any] | None = None,
) -> Calculation:
    """The hand calculation for this network, from h1 to the error after one update.

    decimals: round every step to so many places, as somebody does who carries them on paper
    changed: other formulas for some steps, evaluated on: what a slip leads to
    given: other numbers for some givens, of any kind that adds and multiplies: complex, arrays

    Raises ValueError for another rule or convention, KeyError for a changed step or a given number
    that does not exist.  Notes: the example, pages 1 to 6, and the derivation's end.
    """
    checked(net)
    checks.choice("rule", rule, RULES)
    checks.choice("biases", biases, BIASES)
    if decimals is not None:
        checks.whole("decimals", decimals, 0, MOST_DECIMALS)
    lines = recipe(net.sizes, rule, biases)
    if changed:
        lines = _with_changes(lines, changed)
    start: dict[str, Any] = dict(zip(net.names, net.flat.tolist()))
    for name, value in (given or {}).items():
        key = canonical(name)
        if key not in start:
            raise checks.unknown(name, start, "parameter")
        start[key] = value
    is_exact = not changed and not given and decimals is None
    return Calculation(net, lines, evaluate(lines, start, decimals), is_exact, rule)


@lru_cache(maxsize=64)
def kept_calculation(net: Network, rule: str, biases: str) -> Calculation:
    """The hand calculation as it is, kept for those who ask for the same again."""
    return calculation(net, rule=rule, biases=biases)


@quiet
def evaluate(
    lines: tuple[Line, ...], given: Mapping[str, Any], decimals: int | None = None
) -> dict[str, Any]:
    """Every symbol's value, the given ones first; rounded at each step if decimals are given."""
    values = dict(given)
    for line in lines:
        try:
            value = line.formula.evaluate(values)
        except KeyError as missing:
            raise ValueError(f"{line.symbol} needs {missing.args[0]} before it is known") from None
        values[line.symbol] = value if decimals is None else rounded(value, decimals)
    return values


def rounded(value: float, decimals: int) -> float:
    """A number rounded as on paper, where 0.3925 becomes 0.393.

    The float64 of 0.3925 may lie below it: its fifteen digits decide, not what comes after them.
    """
    if not math.isfinite(value):
        return value
    digits = Decimal(f"{value:.{MOST_DECIMALS}g}")
    return float(digits.quantize(Decimal(1).scaleb(-decimals), context=PAPER))


def _with_changes(lines: tuple[Line, ...], changed: Mapping[str, Formula]) -> tuple[Line, ...]:
    known = {line.symbol for line in lines}
    for symbol in changed:
        if symbol not in known:
            raise checks.unknown(symbol, known, "step of the calculation")
    return tuple(
        Line(line.symbol, changed.get(line.symbol, line.formula), line.stage) for line in lines
    )
