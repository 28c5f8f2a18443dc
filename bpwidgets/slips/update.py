"""Slips of the update and of the second pass (notes: derivation page 6, example pages 4 to 6)."""

from collections.abc import Iterator

from bpwidgets.formula import Difference, Formula, Negative, Product, Sum, Symbol, operands
from bpwidgets.recipe import Line
from bpwidgets.slips.near import Relatives
from bpwidgets.slips.rule import (
    CHAIN,
    ERROR,
    PATHS,
    SUM,
    TOTAL,
    UPDATE,
    Slip,
    renamed,
    taken_for,
    times,
)
from bpwidgets.symbols import derivative

# --- w5_new = w5 − η·dEtot/dw5 ---


def _sides(line: Line) -> tuple[Formula, Formula, Formula]:
    """The weight, η and the gradient."""
    formula = line.formula
    assert isinstance(formula, Difference)
    assert isinstance(formula.right, Product)
    return formula.left, *formula.right.factors  # type: ignore[return-value]


def _without_rate(line: Line, near: Relatives) -> Iterator[Formula]:
    weight, _, slope = _sides(line)
    yield Difference(weight, slope)


def _rate_twice(line: Line, near: Relatives) -> Iterator[Formula]:
    weight, rate, slope = _sides(line)
    yield Difference(weight, times(rate, rate, slope))


def _added(line: Line, near: Relatives) -> Iterator[Formula]:
    weight, rate, slope = _sides(line)
    yield Sum((weight, times(rate, slope)))


def _step_alone(line: Line, near: Relatives) -> Iterator[Formula]:
    _, rate, slope = _sides(line)
    yield times(rate, slope)
    yield Negative(times(rate, slope))


def _gradient_alone(line: Line, near: Relatives) -> Iterator[Formula]:
    yield _sides(line)[2]


def _weight_kept(line: Line, near: Relatives) -> Iterator[Formula]:
    yield _sides(line)[0]


def _step_for_gradient(line: Line, near: Relatives) -> Iterator[Formula]:
    """At the line of a gradient, dEtot/dw5 or dEtot/db2."""
    upper, _, lower = line.symbol.partition("/d")
    if upper == "dEtot" and lower[0] in "wb":
        yield times("eta", line.formula)


# --- the second pass: h1_new = w1_new·x1 + w2_new·x2 + b1 ---


def _old_values(line: Line, near: Relatives) -> Iterator[Formula]:
    """All old, only the weights, only what comes in; then one name at a time."""
    old = {n: near.old[n][0] for n in operands(line.formula) if n in near.old}
    weights = {n: o for n, o in old.items() if n[0] == "w"}
    coming = {n: o for n, o in old.items() if n[:3] == "out"}
    for names in (old, weights, coming, *({n: o} for n, o in old.items())):
        yield renamed(line.formula, names)


def _trained_bias(line: Line, near: Relatives) -> Iterator[Formula]:
    """Where the biases stay fixed, one that was trained."""
    names = operands(line.formula)
    bias = names[-1]
    if any(name in near.old for name in names) and bias not in near.old:
        trained = Difference(Symbol(bias), times("eta", derivative("Etot", bias)))
        assert isinstance(line.formula, Sum)
        yield Sum((*line.formula.terms[:-1], trained))


def _old_error(line: Line, near: Relatives) -> Iterator[Formula]:
    names = {n: n.removesuffix("_new") for n in operands(line.formula)}
    yield renamed(line.formula, names)


UPDATES = (
    Slip(
        "eta left out",
        "the learning rate η is left out",
        "the step is η times the gradient",
        {UPDATE: _without_rate},
    ),
    Slip(
        "eta twice",
        "the learning rate η is applied twice",
        "the gradient is multiplied by η once",
        {UPDATE: _rate_twice},
    ),
    Slip(
        "step added",
        "the step is added instead of subtracted",
        "the error shall fall, so the weight moves against its gradient: w − η·∂Etot/∂w",
        {UPDATE: _added},
    ),
    Slip(
        "only the step",
        "only the step is given, without the old weight",
        "the new weight is the old one less the step",
        {UPDATE: _step_alone},
    ),
    Slip(
        "gradient for the new value",
        "the gradient is given in place of the new value",
        "the new value is the old one less η times the gradient",
        {UPDATE: _gradient_alone},
    ),
    Slip(
        "step for the gradient",
        "the gradient is multiplied by the learning rate η already",
        "η belongs to the update; the gradient itself is without it",
        {kind: _step_for_gradient for kind in (CHAIN, PATHS)},
    ),
    Slip(
        "neighbour's gradient",
        "the gradient of a neighbouring weight is used",
        "each weight moves by its own gradient",
        {UPDATE: taken_for("paths")},
    ),
    Slip(
        "old value in the second pass",
        "an old number is used in the second forward pass",
        "after the update every sum is made again, with the new weights and the new outputs",
        {SUM: _old_values, ERROR: _old_values, TOTAL: _old_error},
    ),
    Slip(
        "step left out",
        "the old value stays as it was",
        "the new value is the old one less η times the gradient",
        {UPDATE: _weight_kept},
    ),
    Slip(
        "bias trained",
        "the bias is updated, although here the biases stay fixed",
        "as in the notes, only the weights move unless the question says otherwise",
        {SUM: _trained_bias},
    ),
)
