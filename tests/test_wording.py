"""How numbers and formulas are written."""

import re

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from bpwidgets import calculation, formula, wording, worked_example
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
)

A, B, C = Symbol("a"), Symbol("b"), Symbol("c")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.000000000"),
        (-0.0, "0.000000000"),
        (0.08216704056, "0.082167041"),
        (-0.02260254048, "−0.022602540"),
        (1e-6, "0.000001000"),
        (9.999999e-7, "9.999999e-7"),
        (3.510187783e-05, "0.000035102"),
        (-1.25e-12, "−1.250000e-12"),
        (5e-324, "4.940656e-324"),
        (9999999.5, "9999999.500000000"),
        (1e7, "1.000000e7"),
        (-5e11, "−5.000000e11"),
        (1e308, "1.000000e308"),
    ],
)
def test_computed_numbers(value, text):
    assert wording.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.4, "0.40"),
        (-0.4, "−0.40"),
        (0.35891648, "0.35891648"),
        (3.0, "3.00"),
        (-0.0, "0.00"),
        (0.1 + 0.2, "0.30"),
        (1e6, "1000000.00"),
        (1e-9, "0.000000001"),
        (1e-10, "1.000000e-10"),
        (-2.5e8, "−2.500000e8"),
    ],
)
def test_given_numbers(value, text):
    assert wording.given(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.4, "0.40"),
        (0.35891648, "0.35891648"),
        (-0.123456789012, "−0.123456789012"),
        (1 / 3, "0.333333333"),
        (-3.0640975296481234, "−3.06409753"),
        (1e6, "1000000.00"),
    ],
)
def test_a_field_has_the_exact_number_if_it_is_short(value, text):
    assert wording.entered(value) == text


@drawn(st.floats(-1e6, 1e6).map(lambda value: round(value, 12)) | st.integers(-(10**6), 10**6))
def test_what_was_typed_is_shown_as_it_was_typed(value):
    text = wording.entered(float(value)).replace("−", "-")
    assert float(text) == value or len(repr(value)) > 15


def test_other_decimals():
    assert wording.number(0.123456, 3) == "0.123"
    assert wording.number(0.00123456, 3) == "1.23e-3"
    assert wording.number(-0.004, 3) == "−4.00e-3"
    assert wording.given(0.35891648123, 12) == "0.35891648123"


def read(text: str) -> float:
    return float(text.replace("−", "-"))


@drawn(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_can_be_read_back(value):
    for text in (wording.number(value), wording.given(value)):
        assert re.fullmatch(r"−?\d+\.\d{2,9}(e-?\d+)?", text)
        assert read(text) == pytest.approx(value, rel=1e-6, abs=0.5e-9)
        if "e" not in text:
            assert abs(read(text) - value) <= 0.51e-9  # a half, and the rounding of 1e7
        assert text.startswith("−") == (read(text) < 0)  # no minus before a zero


@pytest.mark.parametrize(
    ("key", "tree"),
    [
        ("w", ["mi", "w"]),
        ("eta", ["mi", "η"]),
        ("w5", ["msub", ["mi", "w"], ["mrow", ["mn", "5"]]]),
        ("outo12", ["msub", ["mi", "outo"], ["mrow", ["mn", "12"]]]),
        ("Etot", ["msub", ["mi", "E"], ["mrow", ["mi", "tot"]]]),
        ("w5_new", ["msub", ["mi", "w"], ["mrow", ["mn", "5"], ["mi", "\u2009new"]]]),
        ("w_new", ["msub", ["mi", "w"], ["mrow", ["mi", "new"]]]),
        ("Etot_new", ["msub", ["mi", "E"], ["mrow", ["mi", "tot"], ["mi", "\u2009new"]]]),
        ("<b>", ["mi", "<b>"]),
    ],
)
def test_symbols(key, tree):
    assert wording.symbol(key) == tree


def test_a_derivative_is_a_fraction_of_partials():
    tag, upper, lower = wording.symbol("dE1/douto1")
    assert tag == "mfrac"
    assert upper == ["mrow", ["mo", "∂"], wording.symbol("E1")]
    assert lower == ["mrow", ["mo", "∂"], wording.symbol("outo1")]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("w5", "w5"),
        ("eta", "η"),
        ("w5_new", "w5 new"),
        ("dE1/douto1", "∂E1/∂outo1"),
        ("dEtot/dw5", "∂Etot/∂w5"),
    ],
)
def test_symbols_in_a_line_of_text(key, text):
    assert wording.plain(key) == text


def flat(tree: object) -> str:
    """The text that a reader sees of a tree."""
    return tree if isinstance(tree, str) else "".join(map(flat, tree[1:]))


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Constant(0.5), "½"),
        (Constant(1.0), "1"),
        (Sum((A, B, C)), "a+b+c"),
        (Difference(A, B), "a−b"),
        (Difference(A, Difference(B, C)), "a−(b−c)"),
        (Difference(A, Sum((B, C))), "a−(b+c)"),
        (Negative(A), "−a"),
        (Negative(Difference(A, B)), "−(a−b)"),
        (Negative(Negative(A)), "−(−a)"),
        (Square(A), "a2"),
        (Square(Difference(A, B)), "(a−b)2"),
        (Sigmoid(A), "σ(a)"),
        (Sigmoid(Sum((A, B))), "σ(a+b)"),
        (Power(A), "ea"),
        (Power(Negative(A)), "e−a"),
        (Product((A, B)), "a·b"),
        (Product((A, Difference(Constant(1.0), A))), "a(1−a)"),
        (Product((Sum((A, B)), C)), "(a+b)·c"),
        (Product((A, Negative(B))), "a(−b)"),
        (Product((Constant(0.5), Square(Difference(A, B)))), "½·(a−b)2"),
        (Sum((Product((A, B)), C)), "a·b+c"),
        (Sum((Negative(A), Negative(Product((B, C))), C)), "−a−b·c+c"),
        (Sum((A, Negative(Sum((B, C))))), "a−(b+c)"),
    ],
)
def test_formulas_of_every_kind(tree, text):
    assert flat(wording.typeset(tree)) == text


def test_every_kind_of_formula_is_tested():
    kinds = {A, Constant(1.0), Sum((A,)), Difference(A, B), Product((A,)), Negative(A), Square(A)}
    assert {*map(type, kinds), Sigmoid, Power} == set(formula.Formula.__args__)


@pytest.mark.parametrize("step", calculation(worked_example()), ids=lambda step: step.symbol)
def test_every_step_reads_like_its_plain_text(step):
    """The words of `formula` and the trees of `wording` say the same."""

    def key(name: str) -> list[str]:
        return ["mi", name]

    plain = str(step.formula).replace(" ", "").replace("²", "2").replace("·(", "(")
    assert flat(wording.typeset(step.formula, key)).replace("·(", "(") == plain


TAGS = {"mi", "mn", "mo", "mrow", "msub", "msup", "mfrac"}
CHILDREN = {"msub": 2, "msup": 2, "mfrac": 2, "mi": 1, "mn": 1, "mo": 1}


def assert_mathml(tree: object) -> None:
    """Only tags of MathML Core, each with as many children as it takes."""
    tag, *children = tree
    assert tag in TAGS
    assert len(children) == CHILDREN.get(tag, len(children)) > 0
    for child in children:
        if tag in ("mi", "mn", "mo"):
            assert isinstance(child, str)
        else:
            assert_mathml(child)


@pytest.mark.parametrize("step", calculation(worked_example()), ids=lambda step: step.symbol)
def test_every_step_is_mathml(step):
    assert_mathml(wording.symbol(step.symbol))
    assert_mathml(wording.typeset(step.formula))


def test_put_gives_the_tree_of_a_symbol():
    numbers = {"a": ["mn", 0], "b": ["mn", 1]}
    tree = wording.typeset(Sum((Product((A, B)), A)), numbers.__getitem__)
    assert tree == [
        "mrow",
        ["mrow", ["mn", 0], ["mo", "·"], ["mn", 1]],
        ["mo", "+"],
        ["mn", 0],
    ]


def test_a_sentence_begins_with_a_capital_and_eta_stays():
    assert wording.capital("the step") == "The step"
    assert wording.capital("η belongs to the update") == "η belongs to the update"


def test_a_negative_number_has_one_pair_of_brackets():
    numbers = {"a": "−0.5", "b": "2"}

    def inside(name: str) -> list[str]:
        return ["mn", wording.bracketed(numbers[name])]

    def alone(name: str) -> list[str]:
        return ["mn", numbers[name]]

    def in_text(name: str) -> str:
        return wording.bracketed(numbers[name])

    for formula_, plain in (
        (Sigmoid(A), "σ(−0.5)"),
        (Sigmoid(B), "σ(2)"),
        (Sigmoid(Sum((A, B))), "σ((−0.5)+2)"),
        (Product((A, B)), "(−0.5)·2"),
    ):
        assert flat(wording.typeset(formula_, inside, alone)) == plain
        assert wording.in_line(formula_, in_text).replace(" ", "") == plain


def test_joined():
    assert wording.joined("=", [["mi", "a"]]) == ["mrow", ["mi", "a"]]
    assert flat(wording.joined("=", [["mi", "a"], ["mi", "b"], ["mi", "c"]])) == "a=b=c"


def test_a_formula_in_pieces_is_the_whole_formula():
    """No piece is longer than one signed term or factor, and none of the formula is lost."""

    def text(tree):
        return tree if isinstance(tree, str) else "".join(text(child) for child in tree[1:])

    for step in calculation(worked_example()):
        whole = wording.joined("=", [wording.symbol(step.symbol), wording.typeset(step.formula)])
        found = wording.pieces(whole)
        assert "".join(text(piece) for piece in found) == text(whole)
        assert len(found) > 1
        for piece in found[1:]:
            assert piece[0] == "mrow" and piece[1][0] == "mo" and piece[1][1] in "=+−·"
    pieces = wording.pieces(wording.typeset(calculation(worked_example())["h1"].formula))
    assert [text(piece) for piece in pieces] == ["w1", "·x1", "+w2", "·x2", "+b1"]
