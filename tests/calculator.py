"""The hand calculation as a pocket calculator does it: every number that it shows is rounded."""

from collections.abc import Callable, Mapping
from math import exp

from bpwidgets.calculation import calculation
from bpwidgets.formula import (
    Constant,
    Difference,
    Formula,
    Negative,
    Product,
    Sigmoid,
    Square,
    Sum,
    Symbol,
)
from bpwidgets.network import Network

Round = Callable[[float], float]


def worked_out(net: Network, shown: Round) -> dict[str, float]:
    """Each quantity of the calculation, worked out from the rounded ones before it."""
    numbers = dict(net)
    steps = calculation(net)
    for step in steps:
        numbers[step.symbol] = pressed(step.formula, numbers, shown)
    return {step.symbol: numbers[step.symbol] for step in steps}


def pressed(formula: Formula, numbers: Mapping[str, float], shown: Round) -> float:
    """A formula key by key."""
    match formula:
        case Symbol(name):
            return numbers[name]
        case Constant(value):
            return value
        case Negative(operand):
            return -pressed(operand, numbers, shown)
        case Square(operand):
            return shown(pressed(operand, numbers, shown) ** 2)
        case Sigmoid(operand):
            power = shown(exp(-pressed(operand, numbers, shown)))
            return shown(1 / shown(1 + power))
        case Difference(left, right):
            return shown(pressed(left, numbers, shown) - pressed(right, numbers, shown))
        case Sum(terms):
            first, *others = (pressed(term, numbers, shown) for term in terms)
            for other in others:
                first = shown(first + other)
            return first
        case Product(factors):
            first, *others = (pressed(factor, numbers, shown) for factor in factors)
            for other in others:
                first = shown(first * other)
            return first
    raise TypeError(formula)
