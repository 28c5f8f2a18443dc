"""Slips of the weighted sums, and of what goes into them (notes: derivation page 1, example page 1)."""

from collections.abc import Iterator

from bpwidgets.formula import (
    Formula,
    Product,
    Sum,
    total,
)
from bpwidgets.recipe import ONE, Line
from bpwidgets.slips.near import Relatives
from bpwidgets.slips.rule import (
    BY_OUTPUT,
    BY_WEIGHT,
    ERROR,
    ERROR_TERM,
    SLOPE,
    SUM,
    UPDATE,
    Slip,
    always,
    one_negated,
    taken_for,
)

# --- the weighted sum: h1 = w1·x1 + w2·x2 + b1; its products come first, the bias last ---


def _parts(line: Line) -> tuple[tuple[Product, ...], Formula]:
    formula = line.formula
    assert isinstance(formula, Sum)
    return tuple(t for t in formula.terms if isinstance(t, Product)), formula.terms[-1]


def _without_bias(line: Line, near: Relatives) -> Iterator[Formula]:
    products, _ = _parts(line)
    yield total(*products)


def _without_term(line: Line, near: Relatives) -> Iterator[Formula]:
    products, bias = _parts(line)
    for place in range(len(products)):
        yield total(*products[:place], *products[place + 1 :], bias)


def _without_input(line: Line, near: Relatives) -> Iterator[Formula]:
    products, bias = _parts(line)
    bare = [product.factors[0] for product in products]
    yield total(*bare, bias)
    for place, weight in enumerate(bare):
        yield total(*products[:place], weight, *products[place + 1 :], bias)


def _bias_in_each_term(line: Line, near: Relatives) -> Iterator[Formula]:
    products, bias = _parts(line)
    if len(products) > 1:
        yield Sum((*products, *(bias for _ in products)))


def _products_multiplied(line: Line, near: Relatives) -> Iterator[Formula]:
    products, bias = _parts(line)
    if len(products) > 1:
        yield Sum((Product(tuple(f for product in products for f in product.factors)), bias))


def _bias_multiplied(line: Line, near: Relatives) -> Iterator[Formula]:
    products, bias = _parts(line)
    yield Product((total(*products), bias))


def _sums_multiplied(line: Line, near: Relatives) -> Iterator[Formula]:
    products, bias = _parts(line)
    if len(products) > 1:
        weights, signals = zip(*(product.factors for product in products))
        yield Sum((Product((Sum(weights), Sum(signals))), bias))


def _factors_added(line: Line, near: Relatives) -> Iterator[Formula]:
    products, bias = _parts(line)
    yield Sum((*(f for product in products for f in product.factors), bias))


SUMS = (
    Slip(
        "bias left out",
        "the bias is left out",
        "every weighted sum ends with its layer's bias",
        {SUM: _without_bias},
    ),
    Slip(
        "bias of the other layer",
        "the bias of another layer is added",
        "each layer has its own bias, b1 the first, b2 the next",
        {SUM: taken_for("other_biases")},
    ),
    Slip(
        "preactivation for activation",
        "the weighted sum is used where the activation belongs",
        "a unit passes on its output, the sigmoid of its sum",
        {kind: taken_for("sums") for kind in (SUM, BY_WEIGHT, SLOPE, ERROR, ERROR_TERM)},
    ),
    Slip(
        "activation of the other unit",
        "the number of the neighbouring unit is used",
        "a weight multiplies the number of the unit that it comes from",
        {kind: taken_for("beside") for kind in (SUM, BY_WEIGHT, SLOPE)},
    ),
    Slip(
        "neighbour weight",
        "a neighbouring weight is used",
        "check from which unit the weight comes and to which it leads",
        {kind: taken_for("in_row", "in_column") for kind in (SUM, BY_OUTPUT, UPDATE)},
    ),
    Slip(
        "transposed weights",
        "rows and columns of the weights are exchanged",
        "weights are numbered row by row, and a row leads into one unit",
        {kind: taken_for("transposed") for kind in (SUM, BY_OUTPUT)},
    ),
    Slip(
        "weight of another layer",
        "a weight of another layer is used",
        "only the weights between these two layers belong here",
        {kind: taken_for("elsewhere") for kind in (SUM, BY_OUTPUT)},
    ),
    Slip(
        "activation of the other layer",
        "the numbers of the layer below are used",
        "each layer works with the outputs of the layer just before it",
        {kind: taken_for("below") for kind in (SUM, BY_WEIGHT)},
    ),
    Slip(
        "input left out",
        "the number that a weight multiplies is left out",
        "a weight is multiplied by what comes in through it, and that is the derivative by the weight",
        {SUM: _without_input, BY_WEIGHT: always(ONE)},
    ),
    Slip(
        "term left out",
        "one of the products in the sum is left out",
        "there is one product for every unit of the layer before",
        {SUM: _without_term},
    ),
    Slip(
        "sign of a term",
        "one term of the sum is taken with the wrong sign",
        "a negative weight, input or bias keeps its sign; everything is added",
        {SUM: one_negated},
    ),
    Slip(
        "bias in each term",
        "the bias is added once for every product",
        "the bias stands in the sum once",
        {SUM: _bias_in_each_term},
    ),
    Slip(
        "products multiplied",
        "the products of the sum are multiplied instead of added",
        "multiply each number by its weight, then add these products and the bias",
        {SUM: _products_multiplied},
    ),
    Slip(
        "bias multiplied",
        "the bias is multiplied in instead of added",
        "the bias stands in the sum by itself, with a weight of 1",
        {SUM: _bias_multiplied},
    ),
    Slip(
        "sums multiplied",
        "weights and signals are added up first, and these two sums multiplied",
        "each weight is multiplied by its own signal only; then these products are added",
        {SUM: _sums_multiplied},
    ),
    Slip(
        "weight and input added",
        "weights and inputs are added instead of multiplied",
        "a weight is multiplied by what comes in through it",
        {SUM: _factors_added},
    ),
)
