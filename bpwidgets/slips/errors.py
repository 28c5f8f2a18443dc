"""Slips of the errors and of the error term: E1 = ½(d1 − outo1)², dE1/douto1 = −(d1 − outo1)."""

from collections.abc import Iterator

from bpwidgets.formula import (
    Constant,
    Difference,
    Formula,
    Negative,
    Product,
    Square,
    Sum,
    Symbol,
    operands,
)
from bpwidgets.recipe import ONE, Line
from bpwidgets.slips.near import Relatives
from bpwidgets.slips.rule import (
    ERROR,
    ERROR_TERM,
    TOTAL,
    UPDATE,
    Slip,
    always,
    negated,
    one_negated,
    taken_for,
    times,
)


def _missed(line: Line) -> Difference:
    """The d1 − outo1 inside an error or its derivative."""
    inner = line.formula
    inner = inner.factors[1] if isinstance(inner, Product) else inner
    inner = inner.operand if isinstance(inner, Square | Negative) else inner
    assert isinstance(inner, Difference)
    return inner


def _square_alone(line: Line, near: Relatives) -> Iterator[Formula]:
    yield Square(_missed(line))


def _two_for_half(line: Line, near: Relatives) -> Iterator[Formula]:
    yield times(Constant(2), Square(_missed(line)))


def _no_square(line: Line, near: Relatives) -> Iterator[Formula]:
    gap = _missed(line)
    for missed in (gap, Difference(gap.right, gap.left)):
        yield times(Constant(0.5), missed)
        yield missed


def _plus_in_error(line: Line, near: Relatives) -> Iterator[Formula]:
    gap = _missed(line)
    yield times(Constant(0.5), Square(Sum((gap.left, gap.right))))


def _plus_in_term(line: Line, near: Relatives) -> Iterator[Formula]:
    gap = _missed(line)
    yield Difference(Negative(gap.left), gap.right)
    yield Sum((gap.left, gap.right))


def _two_squares(line: Line, near: Relatives) -> Iterator[Formula]:
    gap = _missed(line)
    yield times(Constant(0.5), Difference(Square(gap.left), Square(gap.right)))


def _half_square(line: Line, near: Relatives) -> Iterator[Formula]:
    yield times(Constant(0.5), Square(_missed(line).right))


def _output_alone(line: Line, near: Relatives) -> Iterator[Formula]:
    yield _missed(line).right


def _errors_multiplied(line: Line, near: Relatives) -> Iterator[Formula]:
    assert isinstance(line.formula, Sum)
    yield Product(line.formula.terms)


def _gaps_added(line: Line, near: Relatives) -> Iterator[Formula]:
    """½(d1 − outo1 + d2 − outo2)² for the sum of the errors."""
    gaps = []
    for error in operands(line.formula):
        number, new = error[1:].removesuffix("_new"), "_new" * error.endswith("_new")
        gaps.append(Difference(Symbol(f"d{number}"), Symbol(f"outo{number}{new}")))
    yield times(Constant(0.5), Square(Sum(tuple(gaps))))


def _one_error(line: Line, near: Relatives) -> Iterator[Formula]:
    assert isinstance(line.formula, Sum)
    yield from line.formula.terms


def _mean(line: Line, near: Relatives) -> Iterator[Formula]:
    assert isinstance(line.formula, Sum)
    yield times(Constant(1 / len(line.formula.terms)), line.formula)


def _own_error(line: Line) -> Symbol:
    return Symbol(line.symbol.partition("/")[0][1:])


def _twice(line: Line, near: Relatives) -> Iterator[Formula]:
    yield times(Constant(2), line.formula)


def _half(line: Line, near: Relatives) -> Iterator[Formula]:
    yield times(Constant(0.5), line.formula)


def _square_kept(line: Line, near: Relatives) -> Iterator[Formula]:
    yield Negative(Square(_missed(line)))


def _error_itself(line: Line, near: Relatives) -> Iterator[Formula]:
    yield _own_error(line)


def _error_in_update(line: Line, near: Relatives) -> Iterator[Formula]:
    yield Difference(_weight(line), times("eta", "Etot"))


def _weight(line: Line) -> Formula:
    assert isinstance(line.formula, Difference)
    return line.formula.left


ERRORS = (
    Slip(
        "wrong sign of the error term",
        "the error term has the wrong sign, d − out for −(d − out)",
        "the inner derivative of d − out is −1, so the derivative of ½(d − out)² is −(d − out)",
        {ERROR_TERM: negated},
    ),
    Slip(
        "d plus out",
        "target and output are added instead of subtracted",
        "the gap between target and output is d − out; −(d − out) opens to −d + out",
        {ERROR: _plus_in_error, ERROR_TERM: _plus_in_term},
    ),
    Slip(
        "extra 2",
        "a factor 2 is left in the derivative of the error",
        "the 2 of the power rule and the ½ of the error cancel",
        {ERROR_TERM: _twice},
    ),
    Slip(
        "half kept",
        "the ½ is kept in the derivative of the error",
        "the ½ of the error and the 2 of the power rule cancel",
        {ERROR_TERM: _half},
    ),
    Slip(
        "square kept",
        "the square is kept in the derivative of the error",
        "the exponent comes down as a factor and falls by one",
        {ERROR_TERM: _square_kept},
    ),
    Slip(
        "error for its derivative",
        "the error itself is used where its derivative belongs",
        "a weight moves against its own gradient, which is a derivative of the error",
        {ERROR_TERM: _error_itself, UPDATE: _error_in_update},
    ),
    Slip(
        "error term left out",
        "the factor −(d − out) is left out",
        "the chain begins at the error, and ∂E/∂out = −(d − out) is its first link",
        {ERROR_TERM: always(ONE)},
    ),
    Slip(
        "half left out",
        "the ½ of the error is left out",
        "each error is ½(d − out)²",
        {ERROR: _square_alone},
    ),
    Slip(
        "2 for ½",
        "the error is taken with 2 in place of ½",
        "each error is ½(d − out)²; the 2 belongs to its derivative, where it cancels the ½",
        {ERROR: _two_for_half},
    ),
    Slip(
        "square left out",
        "the square of the error is left out",
        "each error is ½(d − out)², with the square",
        {ERROR: _no_square},
    ),
    Slip(
        "difference of squares",
        "target and output are squared one by one, d² − out²",
        "first take the gap d − out, then square it",
        {ERROR: _two_squares},
    ),
    Slip(
        "target left out",
        "the target is left out",
        "the error is about the gap between target and output, d − out",
        {ERROR: _half_square, ERROR_TERM: _output_alone},
    ),
    Slip(
        "the other output",
        "the target or the output of another unit is used",
        "each output goes with its own target, outo1 with d1, outo2 with d2",
        {ERROR: taken_for("beside"), ERROR_TERM: taken_for("beside")},
    ),
    Slip(
        "only one error",
        "only one of the errors is counted",
        "the total error is the sum over all outputs",
        {TOTAL: _one_error},
    ),
    Slip(
        "errors multiplied",
        "the errors are multiplied instead of added",
        "the total error is the sum over all outputs",
        {TOTAL: _errors_multiplied},
    ),
    Slip(
        "gaps added before squaring",
        "the gaps of the outputs are added first and squared together",
        "each gap is squared by itself, and the errors are added",
        {TOTAL: _gaps_added},
    ),
    Slip(
        "errors subtracted",
        "one of the errors is subtracted instead of added",
        "the total error is the sum over all outputs",
        {TOTAL: one_negated},
    ),
    Slip(
        "mean of the errors",
        "the errors are averaged instead of added",
        "the total error is the sum over all outputs, not their mean",
        {TOTAL: _mean},
    ),
)
