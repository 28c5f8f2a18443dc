"""Slips on the way back: the chain rule (notes: derivation pages 1 to 6, example pages 3 to 6)."""

from collections.abc import Iterator

from bpwidgets.formula import (
    Difference,
    Formula,
    Product,
    Sigmoid,
    Square,
    Sum,
    Symbol,
)
from bpwidgets.recipe import ONE, Line
from bpwidgets.slips.near import Relatives
from bpwidgets.slips.rule import (
    BY_BIAS,
    BY_OUTPUT,
    BY_WEIGHT,
    CHAIN,
    COPY,
    PATHS,
    SLOPE,
    SUM,
    UPDATE,
    Slip,
    always,
    negated,
    one_negated,
    taken_for,
    times,
)
from bpwidgets.symbols import derivative, updated

# --- the slope: douto1/do1 = outo1(1 − outo1) ---


def _output(line: Line) -> Symbol:
    return Symbol(line.symbol.partition("/")[0][1:])


def _out_plus(line: Line, near: Relatives) -> Iterator[Formula]:
    yield times(_output(line), Sum((ONE, _output(line))))


def _half_the_slope(line: Line, near: Relatives) -> Iterator[Formula]:
    yield _output(line)
    yield Difference(ONE, _output(line))


def _output_squared(line: Line, near: Relatives) -> Iterator[Formula]:
    yield Square(_output(line))


def _slope_after_sigmoid(line: Line, near: Relatives) -> Iterator[Formula]:
    once_more = Sigmoid(_output(line))
    yield times(once_more, Difference(ONE, once_more))


def _slope_of_tanh(line: Line, near: Relatives) -> Iterator[Formula]:
    yield Difference(ONE, Square(_output(line)))


# --- the derivatives of a sum: do1/dw5 = outh1, do1/douth1 = w5 ---


def _other_factor(line: Line, near: Relatives) -> Iterator[Formula]:
    yield Symbol(line.symbol.rpartition("/d")[2])


def _whole_term(line: Line, near: Relatives) -> Iterator[Formula]:
    for other in _other_factor(line, near):
        yield times(other, line.formula)


def _own_output(line: Line, near: Relatives) -> Iterator[Formula]:
    """outh1 in dh1/dw1, where x1 belongs."""
    yield Symbol(f"out{line.symbol.partition('/')[0][1:]}")


def _new_weight(line: Line, near: Relatives) -> Iterator[Formula]:
    """What the sequential rule does, under the simultaneous one."""
    assert isinstance(line.formula, Symbol)
    if line.formula.name not in near.old:
        yield Symbol(updated(line.formula.name))


# --- paths and chains ---


def _other_outputs(line: Line, near: Relatives) -> Iterator[Formula]:
    """At dEtot/douto1 = dE1/douto1, to which no other error adds."""
    assert isinstance(line.formula, Symbol)
    if "/" not in line.symbol:  # Etot = E1
        return
    error, output = (part[1:] for part in line.formula.name.split("/"))
    beside = zip(near.beside.get(error, ()), near.beside.get(output, ()))
    if others := tuple(Symbol(derivative(e, out)) for e, out in beside):
        yield Sum((line.formula, *others))


def _terms(line: Line) -> tuple[Formula, ...]:
    assert isinstance(line.formula, Sum)
    return line.formula.terms


def _one_path(line: Line, near: Relatives) -> Iterator[Formula]:
    terms = _terms(line)
    yield from terms
    if len(terms) > 2:
        for place in range(len(terms)):
            yield Sum((*terms[:place], *terms[place + 1 :]))


def _paths_multiplied(line: Line, near: Relatives) -> Iterator[Formula]:
    yield Product(_terms(line))


def _factors_added(line: Line, near: Relatives) -> Iterator[Formula]:
    assert isinstance(line.formula, Product)
    yield Sum(line.formula.factors)


BACKWARD = (
    Slip(
        "out(1 − out) left out",
        "the factor out(1 − out) is left out",
        "the path back leads through the sigmoid, and its derivative out(1 − out) is a factor",
        {SLOPE: always(ONE)},
    ),
    Slip(
        "only one path",
        "only some of the paths are counted",
        "a unit or a bias reaches the error by several paths, and what comes back along them is added",
        {PATHS: _one_path},
    ),
    Slip(
        "plus in out(1 − out)",
        "the slope is taken as out(1 + out)",
        "the sigmoid's derivative is out(1 − out), with a minus",
        {SLOPE: _out_plus},
    ),
    Slip(
        "half of out(1 − out)",
        "only one of the two factors in out(1 − out) is used",
        "the sigmoid's derivative is the product of out and 1 − out",
        {SLOPE: _half_the_slope},
    ),
    Slip(
        "out squared",
        "the slope is taken as out·out",
        "the sigmoid's derivative is the product of out and 1 − out",
        {SLOPE: _output_squared},
    ),
    Slip(
        "sigmoid before the slope",
        "the sigmoid is taken once more before the slope",
        "out is the sigmoid's value already: the derivative is out(1 − out) as it stands",
        {SLOPE: _slope_after_sigmoid},
    ),
    Slip(
        "slope of tanh",
        "the slope is taken as 1 − out²",
        "that is the derivative of tanh; the sigmoid's is out(1 − out)",
        {SLOPE: _slope_of_tanh},
    ),
    Slip(
        "slope of another layer",
        "the slope is taken from the output of another layer",
        "each unit's slope comes from its own output",
        {SLOPE: taken_for("layers")},
    ),
    Slip(
        "weight left out on the way back",
        "the weight is left out on the way back",
        "from a unit to the one before it the path leads through their weight",
        {BY_OUTPUT: always(ONE)},
    ),
    Slip(
        "weight for activation",
        "weight and activation are exchanged in a derivative",
        "in w·out, the derivative by the weight is out, and the derivative by out is the weight",
        {BY_WEIGHT: _other_factor, BY_OUTPUT: _other_factor},
    ),
    Slip(
        "term for its derivative",
        "the term w·out itself stands in place of its derivative",
        "in w·out, the derivative by one factor is the other factor alone",
        {BY_WEIGHT: _whole_term, BY_OUTPUT: _whole_term},
    ),
    Slip(
        "activation of the own unit",
        "the output of the unit itself is used where its input belongs",
        "the derivative by a weight is what comes in through it, from the layer before",
        {BY_WEIGHT: _own_output},
    ),
    Slip(
        "bias for its derivative",
        "the bias itself is used where its derivative belongs",
        "the bias stands alone in the sum, so the derivative by it is 1",
        {BY_BIAS: _other_factor},
    ),
    Slip(
        "updated for old weight",
        "the error goes back through weights that are updated already",
        "all gradients belong to the same network, so they are taken with the old weights",
        {BY_OUTPUT: _new_weight},
    ),
    Slip(
        "old for updated weight",
        "the error goes back through the old weights",
        "with the sequential rule the weights above are updated before the layer below is looked at",
        {BY_OUTPUT: taken_for("old")},
    ),
    Slip(
        "neighbour's path",
        "the derivative of a neighbouring unit is used",
        "follow one unit: every link of its chain has to start where the last one ended",
        {PATHS: taken_for("paths")},
    ),
    Slip(
        "another output's error added",
        "the error of another output is added on the way back",
        "an output is compared with its own target only, so only its own error changes with it",
        {COPY: _other_outputs},
    ),
    Slip(
        "paths multiplied",
        "the paths are multiplied instead of added",
        "along a path factors are multiplied, and the paths are added",
        {PATHS: _paths_multiplied},
    ),
    Slip(
        "sign of a path",
        "one path is taken with the wrong sign",
        "what comes back along a path keeps its sign when the paths are added",
        {PATHS: one_negated},
    ),
    Slip(
        "factors added",
        "the factors of the chain are added instead of multiplied",
        "the links of a chain are multiplied",
        {CHAIN: _factors_added},
    ),
    Slip(
        "sign dropped",
        "a minus sign is lost, or one too many is there",
        "check the sign of this number and of what goes into it",
        {kind: negated for kind in (SUM, BY_WEIGHT, BY_OUTPUT, CHAIN, PATHS, UPDATE)},
    ),
)
