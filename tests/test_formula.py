"""Formulas as data: written as in the notes, evaluated with any kind of number."""

import math
from fractions import Fraction

import numpy as np
import pytest

from bpwidgets.formula import (
    Constant,
    Difference,
    Negative,
    Power,
    Product,
    Sigmoid,
    Square,
    Sum,
    Symbol,
    needs_brackets,
    operands,
    parts,
    total,
)

A, B, C = Symbol("a"), Symbol("b"), Symbol("c")
ONE, HALF = Constant(1), Constant(0.5)

CASES = [
    (A, "a", lambda a, b, c: a),
    (Sum((A, B, C)), "a + b + c", lambda a, b, c: a + b + c),
    (Sum((Negative(A), Negative(B), C)), "−a − b + c", lambda a, b, c: -a - b + c),
    (Sum((A, Negative(Sum((B, C))))), "a − (b + c)", lambda a, b, c: a - (b + c)),
    (Difference(A, B), "a − b", lambda a, b, c: a - b),
    (Difference(A, Sum((B, C))), "a − (b + c)", lambda a, b, c: a - (b + c)),
    (Difference(A, Difference(B, C)), "a − (b − c)", lambda a, b, c: a - (b - c)),
    (Product((A, B, C)), "a·b·c", lambda a, b, c: a * b * c),
    (Product((A, Difference(ONE, A))), "a(1 − a)", lambda a, b, c: a * (1 - a)),
    (Product((Sum((A, B)), C)), "(a + b)·c", lambda a, b, c: (a + b) * c),
    (Negative(Difference(A, B)), "−(a − b)", lambda a, b, c: -(a - b)),
    (Negative(Product((A, B))), "−a·b", lambda a, b, c: -(a * b)),
    (Square(Difference(A, B)), "(a − b)²", lambda a, b, c: (a - b) ** 2),
    (Product((HALF, Square(Difference(A, B)))), "½(a − b)²", lambda a, b, c: (a - b) ** 2 / 2),
    (Sum((Product((A, B)), C)), "a·b + c", lambda a, b, c: a * b + c),
    (Constant(-0.19), "−0.19", lambda a, b, c: -0.19),
]
IDS = [text for _, text, _ in CASES]


@pytest.mark.parametrize(("formula", "text", "_"), CASES, ids=IDS)
def test_written_in_plain_text(formula, text, _):
    assert str(formula) == text


@pytest.mark.parametrize(("formula", "_", "meaning"), CASES, ids=IDS)
@pytest.mark.parametrize(
    "numbers",
    [
        (0.75, -0.2, 3.0),
        (1.5 - 0.25j, 0.5j, -2.0 + 1.0j),
        (np.array([0.5, 2.0]), np.array([[1.0], [3.0]]), 7.0),
    ],
    ids=["float", "complex", "array"],
)
def test_evaluates_to_what_is_written(formula, _, meaning, numbers):
    found = formula.evaluate(dict(zip("abc", numbers)))
    np.testing.assert_allclose(found, meaning(*numbers), rtol=1e-15)  # another order of factors


def test_evaluates_exactly_with_fractions():
    numbers = {"a": Fraction(1, 3), "b": Fraction(2, 7)}
    assert Square(Difference(A, B)).evaluate(numbers) == Fraction(1, 441)


def test_sigmoid_in_a_formula():
    formula = Sigmoid(Sum((A, B)))
    assert str(formula) == "σ(a + b)"
    assert formula.evaluate({"a": 1.0, "b": -1.0}) == 0.5
    assert formula.evaluate({"a": math.log(3.0), "b": 0.0}) == pytest.approx(0.75, rel=1e-15)


def test_power_of_e_in_a_formula():
    assert str(Power(A)) == "e^a"
    assert str(Sum((Constant(1), Power(Negative(A))))) == "1 + e^(−a)"
    assert Power(A).evaluate({"a": math.log(3.0)}) == pytest.approx(3.0, rel=1e-15)
    assert type(Power(A).evaluate({"a": 1.0})) is float
    assert Power(A).evaluate({"a": 1e6}) == math.inf  # and no warning
    assert Power(A).evaluate({"a": 1j * math.pi}) == pytest.approx(-1.0, rel=1e-15)
    np.testing.assert_allclose(Power(A).evaluate({"a": np.array([0.0, 1.0])}), [1.0, math.e])
    assert operands(Power(Sum((A, B)))) == ("a", "b")


def test_operands_each_once_in_the_order_of_writing():
    formula = Sum((Product((C, A)), Negative(Square(B)), Sigmoid(C), HALF))
    assert operands(formula) == ("c", "a", "b")
    assert operands(HALF) == ()


@pytest.mark.parametrize(("formula", "_", "__"), CASES, ids=IDS)
def test_parts_hold_every_operand(formula, _, __):
    inside = [name for part in parts(formula) for name in operands(part)]
    assert list(dict.fromkeys(inside)) == ([] if formula == A else list(operands(formula)))


def test_brackets_where_a_product_would_misread():
    assert [needs_brackets(f) for f in (Sum((A, B)), Difference(A, B), Negative(A))] == [True] * 3
    assert [needs_brackets(f) for f in (A, HALF, Product((A, B)), Square(A))] == [False] * 4


def test_total_of_one_term_is_the_term():
    assert total(A) is A
    assert total(A, B) == Sum((A, B))


def test_equal_by_value_and_unchangeable():
    assert Product((A, B)) == Product((Symbol("a"), Symbol("b")))
    assert len({Negative(A), Negative(Symbol("a"))}) == 1
    with pytest.raises(AttributeError):
        A.name = "b"


def test_a_missing_symbol_is_named():
    with pytest.raises(KeyError, match="b"):
        Sum((A, B)).evaluate({"a": 1.0})
