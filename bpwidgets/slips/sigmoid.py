"""Slips of the sigmoid (notes: derivation page 1, example pages 1 and 2)."""

from collections.abc import Iterator

from bpwidgets.formula import (
    Constant,
    Difference,
    Formula,
    Negative,
    Power,
    Product,
    Sigmoid,
    Sum,
)
from bpwidgets.recipe import ONE, Line
from bpwidgets.slips.near import Relatives
from bpwidgets.slips.rule import (
    SIGMOID,
    Slip,
    taken_for,
    times,
)

# --- outh1 = σ(h1) ---


def _exponent_positive(line: Line, near: Relatives) -> Iterator[Formula]:
    yield Sigmoid(Negative(_inside(line)))


def _inside(line: Line) -> Formula:
    assert isinstance(line.formula, Sigmoid)
    return line.formula.operand


def _denominator(line: Line, near: Relatives) -> Iterator[Formula]:
    yield Sum((ONE, Power(Negative(_inside(line)))))


def _power_alone(line: Line, near: Relatives) -> Iterator[Formula]:
    yield Power(Negative(_inside(line)))
    yield Power(_inside(line))


def _slope_for_sigmoid(line: Line, near: Relatives) -> Iterator[Formula]:
    yield Product((line.formula, Difference(ONE, line.formula)))


def _tanh(line: Line, near: Relatives) -> Iterator[Formula]:
    """tanh z = 2σ(2z) − 1."""
    two = Constant(2.0)
    yield Difference(times(two, Sigmoid(times(two, _inside(line)))), ONE)


def _no_sigmoid(line: Line, near: Relatives) -> Iterator[Formula]:
    yield _inside(line)


def _sigmoid_twice(line: Line, near: Relatives) -> Iterator[Formula]:
    yield Sigmoid(line.formula)


SIGMOIDS = (
    Slip(
        "sign of the exponent",
        "the exponent in the sigmoid has the wrong sign, e^x for e^−x",
        "the sigmoid is 1/(1 + e^−x): change the sign of the sum before taking the power",
        {SIGMOID: _exponent_positive},
    ),
    Slip(
        "reciprocal left out",
        "the sum 1 + e^−x is given in place of 1/(1 + e^−x)",
        "the 1 is divided by the whole sum: put 1 + e^−x in brackets, or press 1/x",
        {SIGMOID: _denominator},
    ),
    Slip(
        "power of e alone",
        "the power of e is given in place of the sigmoid",
        "the sigmoid is 1/(1 + e^−x): add 1 to the power, then take the reciprocal",
        {SIGMOID: _power_alone},
    ),
    Slip(
        "slope for the sigmoid",
        "the slope out(1 − out) is given in place of the output",
        "the slope belongs to the backward pass; in the forward pass the output is the sigmoid itself",
        {SIGMOID: _slope_for_sigmoid},
    ),
    Slip(
        "tanh for the sigmoid",
        "tanh is taken in place of the sigmoid",
        "the units here have the sigmoid 1/(1 + e^−x), whose values lie between 0 and 1",
        {SIGMOID: _tanh},
    ),
    Slip(
        "sigmoid of the wrong sum",
        "the sigmoid is taken of another unit's sum",
        "each output is the sigmoid of its own unit's weighted sum",
        {SIGMOID: taken_for("beside")},
    ),
    Slip(
        "sigmoid left out",
        "the sigmoid is left out",
        "the weighted sum goes through the sigmoid before it is passed on",
        {SIGMOID: _no_sigmoid},
    ),
    Slip(
        "sigmoid twice",
        "the sigmoid is taken twice",
        "each sum goes through the sigmoid once",
        {SIGMOID: _sigmoid_twice},
    ),
)
