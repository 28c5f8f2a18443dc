"""Carrying k decimals: the calculation as done on paper, and how far its rounding can lead.

Each step is rounded before the next one uses it, so each brings an error of up to half a unit of its
last decimal.  How much of that arrives at a later quantity is its derivative by that step; the tolerance
is the sum over all steps, as if they all went the same way.
"""

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
    """How many half units rounding every step can move the quantity, to first order.

    A step that only takes over the number of another, as do1/dw5 = outh1, rounds nothing.
    """
    computed = {line.symbol for line in lines}
    total = 0.0
    for line in lines:
        copied = isinstance(line.formula, Symbol) and line.formula.name in computed
        if line.symbol in shares and not copied and operands(line.formula):
            total += abs(shares[line.symbol])
    return total


def float_error(lines: tuple[Line, ...], shares: Numbers, values: Numbers) -> float:
    """How far the roundings of float64 can move the quantity."""
    steps = (line.symbol for line in lines if line.symbol in shares)
    return ROUNDINGS * EPSILON * sum(abs(shares[name] * values[name]) for name in steps)


def slopes(formula: Formula, values: Numbers) -> dict[str, float]:
    """The derivative of a formula by each of its symbols."""
    match formula:
        case Symbol(name):
            return {name: 1.0}
        case Constant():
            return {}
        case Sum(terms):
            return _added([(1.0, term) for term in terms], values)
        case Difference(left, right):
            return _added([(1.0, left), (-1.0, right)], values)
        case Negative(operand):
            return _added([(-1.0, operand)], values)
        case Square(operand):
            return _added([(2.0 * operand.evaluate(values), operand)], values)
        case Sigmoid():
            out = formula.evaluate(values)
            return _added([(out * (1.0 - out), formula.operand)], values)
        case Power(exponent):
            return _added([(formula.evaluate(values), exponent)], values)
        case Product(factors):
            return _added(list(_by_factor(factors, values)), values)


def _by_factor(factors: tuple[Formula, ...], values: Numbers) -> Iterator[tuple[float, Formula]]:
    numbers = [factor.evaluate(values) for factor in factors]
    for place, factor in enumerate(factors):
        others = 1.0
        for other, number in enumerate(numbers):
            if other != place:
                others *= number
        yield others, factor


def _added(parts: list[tuple[float, Formula]], values: Numbers) -> dict[str, float]:
    """The derivatives of a sum of formulas, each with its number before it."""
    total: dict[str, float] = {}
    for number, formula in parts:
        for name, slope in slopes(formula, values).items():
            total[name] = total.get(name, 0.0) + number * slope
    return total
