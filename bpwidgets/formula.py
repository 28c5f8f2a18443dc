"""Formulas as data: small expressions over symbols, evaluated with any kind of number.

``str(formula)`` is the formula in plain text with the notes' symbols; `wording` typesets it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from bpwidgets.forward_pass import Output, sigmoid
from bpwidgets.network import quiet


@dataclass(frozen=True, slots=True)
class Symbol:
    """A quantity computed or given earlier: ``Symbol("outh1")``."""

    name: str

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        return values[self.name]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that stands in the formula itself, such as ½ or 1."""

    value: float

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        return self.value

    def __str__(self) -> str:
        return "½" if self.value == 0.5 else f"{self.value:.12g}".replace("-", "−")


@dataclass(frozen=True, slots=True)
class Sum:
    terms: tuple["Formula", ...]

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        total = self.terms[0].evaluate(values)
        for term in self.terms[1:]:
            total = total + term.evaluate(values)
        return total

    def __str__(self) -> str:
        text = str(self.terms[0])
        for sign, term in map(signed, self.terms[1:]):
            text += f" {sign} {_grouped(term) if sign == '−' else term}"
        return text


@dataclass(frozen=True, slots=True)
class Difference:
    left: "Formula"
    right: "Formula"

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        return self.left.evaluate(values) - self.right.evaluate(values)

    def __str__(self) -> str:
        return f"{self.left} − {_grouped(self.right)}"


@dataclass(frozen=True, slots=True)
class Product:
    factors: tuple["Formula", ...]

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        product = self.factors[0].evaluate(values)
        for factor in self.factors[1:]:
            product = product * factor.evaluate(values)
        return product

    def __str__(self) -> str:
        text = _grouped(self.factors[0])
        for factor in self.factors[1:]:
            word = _grouped(factor)
            text += word if word.startswith("(") else f"·{word}"
        return text


@dataclass(frozen=True, slots=True)
class Negative:
    operand: "Formula"

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        return -self.operand.evaluate(values)

    def __str__(self) -> str:
        return f"−{_grouped(self.operand)}"


@dataclass(frozen=True, slots=True)
class Square:
    operand: "Formula"

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        value = self.operand.evaluate(values)
        return value * value

    def __str__(self) -> str:
        return f"{_grouped(self.operand)}²"


@dataclass(frozen=True, slots=True)
class Sigmoid:
    operand: "Formula"

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        value = self.operand.evaluate(values)
        return Output.of(value) if isinstance(value, float | int) else sigmoid(value)

    def __str__(self) -> str:
        text = str(self.operand)
        is_bracketed = isinstance(self.operand, Symbol) and text.startswith("(")  # a number below 0
        return f"σ{text}" if is_bracketed else f"σ({text})"


@dataclass(frozen=True, slots=True)
class Power:
    """A power of e.  The hand calculation has it inside σ; a slip may leave it standing alone."""

    exponent: "Formula"

    @quiet  # then it is ∞, or 0
    def evaluate(self, values: Mapping[str, Any]) -> Any:
        power = np.exp(self.exponent.evaluate(values))
        return power if power.ndim else power.item()

    def __str__(self) -> str:
        simple = isinstance(self.exponent, Symbol | Constant)
        return f"e^{self.exponent}" if simple else f"e^({self.exponent})"


Formula = Symbol | Constant | Sum | Difference | Product | Negative | Square | Sigmoid | Power


def parts(formula: Formula) -> tuple[Formula, ...]:
    """The formulas directly inside this one, in the order of writing."""
    match formula:
        case Sum(terms):
            return terms
        case Product(factors):
            return factors
        case Difference(left, right):
            return left, right
        case Negative(operand) | Square(operand) | Sigmoid(operand) | Power(operand):
            return (operand,)
    return ()


def operands(formula: Formula) -> tuple[str, ...]:
    """The symbols that a formula needs, each once, in the order of writing."""
    found: dict[str, None] = {}
    _collect(formula, found)
    return tuple(found)


def replaced(formula: Formula, put: Callable[[str], "Formula"]) -> Formula:
    """The formula with ``put(name)`` in the place of every symbol."""
    match formula:
        case Symbol(name):
            return put(name)
        case Sum(terms):
            return Sum(tuple(replaced(term, put) for term in terms))
        case Product(factors):
            return Product(tuple(replaced(factor, put) for factor in factors))
        case Difference(left, right):
            return Difference(replaced(left, put), replaced(right, put))
        case Negative(operand):
            return Negative(replaced(operand, put))
        case Square(operand):
            return Square(replaced(operand, put))
        case Sigmoid(operand):
            return Sigmoid(replaced(operand, put))
        case Power(exponent):
            return Power(replaced(exponent, put))
    return formula


def needs_brackets(formula: Formula) -> bool:
    """Whether the formula is bracketed inside a product, a square, or after a minus sign."""
    return isinstance(formula, Sum | Difference | Negative)


def signed(term: Formula) -> tuple[str, Formula]:
    """The sign before a term of a sum, and what follows it: − and b for a + (−b)."""
    return ("−", term.operand) if isinstance(term, Negative) else ("+", term)


def total(*terms: Formula) -> Formula:
    """The sum of one or more terms; one term alone is itself."""
    return terms[0] if len(terms) == 1 else Sum(terms)


def _collect(formula: Formula, found: dict[str, None]) -> None:
    if isinstance(formula, Symbol):
        found[formula.name] = None
    for part in parts(formula):
        _collect(part, found)


def _grouped(formula: Formula) -> str:
    return f"({formula})" if needs_brackets(formula) else str(formula)
