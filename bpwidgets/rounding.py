"""Carrying k decimals: the calculation as done on paper, and how far its rounding can lead.

Each step is rounded before the next one uses it, so each brings an error of up to half a unit of its
last decimal.  How much of that arrives at a later quantity is its derivative by that step; the tolerance
is the sum over all steps, as if they all went the same way.
"""

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bpwidgets import checks
from bpwidgets.calculation import MOST_DECIMALS, Calculation, calculation
from bpwidgets.formula import (
    Constant,
    Difference,
    Formula,
    Negative,
    Power,
    Product,
    Sigmoid,
    Square,
    Sum,
    Symbol,
    operands,
)
from bpwidgets.keywords import told
from bpwidgets.network import Network
from bpwidgets.recipe import Line

EPSILON = 2.0**-52
ROUNDINGS = 8  # how many roundings of a float64 a step is allowed

Numbers = Mapping[str, float]


class Carried(NamedTuple):
    """One step as it is and as it comes out by hand; ``tolerance`` is how far apart they can be."""

    exact: float
    rounded: float
    tolerance: float

    @property
    def difference(self) -> float:
        return self.rounded - self.exact


class CarriedSteps(Mapping[str, Carried]):
    """Every step of the hand calculation beside the same one carried with ``decimals`` decimals."""

    def __init__(self, exact: Calculation, rounded: Calculation, decimals: int) -> None:
        self.decimals = decimals
        self._exact, self._rounded = exact, rounded
        self._lines = tuple(Line(step.symbol, step.formula, step.stage) for step in exact)

    def __getitem__(self, symbol: str) -> Carried:
        exact = self._exact[symbol].value
        shares = sensitivities(self._lines, self._exact.values, symbol)
        tolerance = half_units(self._lines, shares) * half_unit(self.decimals)
        return Carried(exact, self._rounded[symbol].value, tolerance)

    def __iter__(self) -> Iterator[str]:
        return iter(self._exact.symbols)

    def __len__(self) -> int:
        return len(self._exact)

    def __repr__(self) -> str:
        carried = f"{self.decimals} decimals"
        head = f"{'':14}{'exact':>16}{carried:>16}{'difference':>13}{'tolerance':>13}"
        rows = [
            f"{symbol:14}{row.exact:16.9f}{row.rounded:16.{self.decimals}f}"
            f"{row.difference:13.1e}{row.tolerance:13.1e}"
            for symbol, row in self.items()
        ]
        return "\n".join([head, *rows])


@told
def carried(
    net: Network, decimals: int = 4, *, rule: str = "simultaneous", biases: str = "fixed"
) -> CarriedSteps:
    """The hand calculation with every step rounded to so many decimals, beside the exact one.

        >>> bp.carried(bp.worked_example(), 3)["dEtot/dw5"]
        Carried(exact=0.08216704056423077, rounded=0.082, tolerance=0.00093...)

    Raises ValueError for decimals outside 0 to 15 and for another rule or convention.
    """
    checks.whole("decimals", decimals, 0, MOST_DECIMALS)
    exact = calculation(net, rule=rule, biases=biases)
    rounded = calculation(net, rule=rule, biases=biases, decimals=decimals)
    return CarriedSteps(exact, rounded, decimals)


def sensitivities(lines: tuple[Line, ...], values: Numbers, quantity: str) -> dict[str, float]:
    """The derivative of a quantity by each step that it depends on, itself included (then 1)."""
    shares = {quantity: 1.0}
    for line in reversed(lines):
        share = shares.get(line.symbol)
        if share is None:
            continue
        for name, slope in slopes(line.formula, values).items():
            shares[name] = shares.get(name, 0.0) + share * slope
    return shares


def half_unit(decimals: int) -> float:
    """Half a unit of the last of so many decimals: what one rounding can bring."""
    return 0.5 * 10.0**-decimals


def half_units(lines: tuple[Line, ...], shares: Numbers) -> float:
    """How many half units rounding every step can move the quantity, to first order."""
    return sum(abs(shares[line.symbol]) for line in _rounded(lines) if line.symbol in shares)


def roundings(
    lines: tuple[Line, ...], shares: Numbers, values: Numbers
) -> Iterator[tuple[float, float]]:
    """Every number that is written down on the way to the quantity, steps and what is inside them.

    Each comes after the derivative of the quantity by it.
    """
    for line in _rounded(lines):
        share = shares.get(line.symbol, 0.0)
        yield share, values[line.symbol]
        for inner, number in written_down(line.formula, values):
            yield share * inner, number


def _rounded(lines: tuple[Line, ...]) -> Iterator[Line]:
    """The steps that round: one that only takes over a number, as do1/dw5 = outh1, rounds nothing."""
    computed = {line.symbol for line in lines}
    for line in lines:
        copied = isinstance(line.formula, Symbol) and line.formula.name in computed
        if not copied and operands(line.formula):
            yield line


def float_error(lines: tuple[Line, ...], shares: Numbers, values: Numbers) -> float:
    """How far the roundings of float64 can move the quantity."""
    steps = (line.symbol for line in lines if line.symbol in shares)
    return ROUNDINGS * EPSILON * sum(abs(shares[name] * values[name]) for name in steps)


def slopes(formula: Formula, values: Numbers) -> dict[str, float]:
    """The derivative of a formula by each of its symbols."""
    if isinstance(formula, Symbol):
        return {formula.name: 1.0}
    total: dict[str, float] = {}
    for share, part in _by_part(formula, values):
        for name, slope in slopes(part, values).items():
            total[name] = total.get(name, 0.0) + share * slope
    return total


def written_down(formula: Formula, values: Numbers) -> Iterator[tuple[float, float]]:
    """The numbers that hand work writes down inside a formula: w5·outh1 for w5·outh1 + w6·outh2 + b2.

    Each comes after the derivative of the formula by it.
    """
    yield from _before_the_last(formula, values)
    for share, part in _by_part(formula, values):
        if not isinstance(part, Symbol | Constant):
            yield share, part.evaluate(values)
            for inner, number in written_down(part, values):
                yield share * inner, number


def _before_the_last(formula: Formula, values: Numbers) -> Iterator[tuple[float, float]]:
    """What stands before the last key is pressed: a product so far, a sigmoid's 1 + e^−z."""
    if isinstance(formula, Sigmoid):
        out = formula.evaluate(values)
        if share := out * out:  # else 1/out may be beyond every float
            yield share, 1.0 / out
    if isinstance(formula, Product):
        numbers = [factor.evaluate(values) for factor in formula.factors]
        for count in range(2, len(numbers)):
            yield math.prod(numbers[count:]), math.prod(numbers[:count])


def _by_part(formula: Formula, values: Numbers) -> list[tuple[float, Formula]]:
    """The formulas directly inside a formula, each after the derivative by it."""
    match formula:
        case Sum(terms):
            return [(1.0, term) for term in terms]
        case Difference(left, right):
            return [(1.0, left), (-1.0, right)]
        case Negative(operand):
            return [(-1.0, operand)]
        case Square(operand):
            return [(2.0 * operand.evaluate(values), operand)]
        case Sigmoid(operand):
            out = formula.evaluate(values)
            return [(out * (1.0 - out), operand)]
        case Power(exponent):
            return [(formula.evaluate(values), exponent)]
        case Product(factors):
            numbers = [factor.evaluate(values) for factor in factors]
            others = (math.prod(numbers[:n] + numbers[n + 1 :]) for n in range(len(numbers)))
            return list(zip(others, factors))
    return []
