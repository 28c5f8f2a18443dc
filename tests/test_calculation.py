"""The hand calculation: every step right, in the order of hand work, evaluated with any number."""

from decimal import ROUND_HALF_UP, Decimal
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from oracle import TINY, assert_close, assert_gradient, assert_printed
from reference import all_steps
from strategies import BLOCKS, networks, random_network

from bpwidgets.calculation import calculation
from bpwidgets.formula import Constant, Difference, Product, Symbol, operands
from bpwidgets.forward_pass import forward
from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.recipe import STAGES, recipe
from bpwidgets.symbols import symbols_of

NET = worked_example()
CALC = calculation(NET)
CONVENTIONS = list(product(("simultaneous", "sequential"), ("fixed", "trained")))


@pytest.mark.parametrize("seeds", BLOCKS, ids=str)
@pytest.mark.parametrize(("rule", "biases"), CONVENTIONS)
def test_every_step_against_the_array_core(seeds, rule, biases):
    for seed in seeds:
        net = random_network(seed)
        calc = calculation(net, rule=rule, biases=biases)
        right = all_steps(net, rule, biases)
        assert set(calc.symbols) == set(right), seed
        assert_close(calc.values, right, 1e-13)  # sums of up to 6 products in another order


@pytest.mark.parametrize("sizes", [(1, 1), (3, 2), (1, 1, 1, 1, 1), (2, 16, 2)])
@pytest.mark.parametrize(("rule", "biases"), CONVENTIONS)
def test_other_sizes(sizes, rule, biases):
    rng = np.random.default_rng(7)
    net = Network.from_values(sizes, rng.uniform(-1, 1, len(symbols_of(sizes).parameters)))
    right = all_steps(net, rule, biases)
    calc = calculation(net, rule=rule, biases=biases)
    assert set(calc.symbols) == set(right)
    assert_close(calc.values, right, 1e-13)


def test_the_example_as_printed():
    assert_printed(CALC.values)


@pytest.mark.parametrize("seeds", [range(0, 1000, 50)], ids=str)
def test_evaluated_with_a_complex_step_it_differentiates_itself(seeds):
    for seed in seeds:
        net = random_network(seed)
        slopes = {}
        for name in net.symbols.trainable:
            moved = calculation(net, given={name: net[name] + TINY * 1j})
            slopes[name] = moved.values["Etot"].imag / TINY
        calc = calculation(net)
        assert_gradient(net, slopes)
        assert_gradient(net, {name: calc.values[f"dEtot/d{name}"] for name in slopes})


def test_evaluated_with_arrays_it_is_many_calculations():
    line = np.linspace(-2, 2, 5)
    calc = calculation(NET, given={"w5": line})
    each = [forward(NET.replace(w5=value)).total_error for value in line.tolist()]
    np.testing.assert_allclose(calc["Etot"].value, each, rtol=1e-15, atol=0)  # order of sums


# --- the order of hand work ---


@pytest.mark.parametrize(("rule", "biases"), CONVENTIONS)
def test_each_step_needs_only_what_stands_before_it(rule, biases):
    for seed in range(30):
        net = random_network(seed)
        known = set(net.names)
        for step in calculation(net, rule=rule, biases=biases):
            assert set(step.operands) <= known, step.symbol
            known.add(step.symbol)


def test_the_stages_follow_each_other():
    stages = [step.stage for step in CALC]
    assert sorted(stages, key=STAGES.index) == stages
    assert set(stages) == set(STAGES)


def test_the_order_of_the_first_steps_and_of_one_gradient():
    wanted = "h1 outh1 h2 outh2 o1 outo1 o2 outo2 E1 E2 Etot dE1/douto1".split()
    assert list(CALC.symbols[: len(wanted)]) == wanted
    place = CALC.symbols.index
    assert place("dEtot/dw5") < place("dEtot/dw8") < place("dEtot/dw1") < place("w5_new")
    assert CALC.symbols[-1] == "Etot_new"


def test_the_sequential_rule_updates_a_layer_before_it_looks_below():
    calc = calculation(NET, rule="sequential")
    place = calc.symbols.index
    assert place("w8_new") < place("do1/douth1") < place("dEtot/dw1")
    assert calc["do1/douth1"].formula == Symbol("w5_new")
    assert CALC["do1/douth1"].formula == Symbol("w5")


@pytest.mark.parametrize(
    ("symbol", "text"),
    [
        ("h1", "w1·x1 + w2·x2 + b1"),
        ("outh1", "σ(h1)"),
        ("E1", "½(d1 − outo1)²"),
        ("Etot", "E1 + E2"),
        ("dE1/douto1", "−(d1 − outo1)"),
        ("douto1/do1", "outo1(1 − outo1)"),
        ("do1/dw5", "outh1"),
        ("dEtot/douth1", "dE1/douth1 + dE2/douth1"),
        ("w5_new", "w5 − eta·dEtot/dw5"),
        ("o1_new", "w5_new·outh1_new + w6_new·outh2_new + b2"),
    ],
)
def test_formulas_are_the_notes_formulas(symbol, text):
    step = CALC[symbol]
    assert str(step.formula) == text
    assert str(step) == f"{symbol} = {text} = {step.value:.9f}"


@given(networks(limit=3, width=3))
def test_every_value_is_its_formula_of_the_values_before(net):
    calc = calculation(net)
    for step in calc:
        assert step.value == step.formula.evaluate(calc.values)
        assert step.operands == operands(step.formula)


# --- changed formulas, other numbers, rounding ---


def test_a_changed_formula_is_felt_by_what_needs_it_and_by_nothing_else():
    led = calculation(NET, changed={"dE2/dw8": Constant(1.0)})
    assert [s.symbol for s in led if s.value != CALC[s.symbol].value] == ["dE2/dw8"]
    led = calculation(NET, changed={"outh2": Symbol("outh1")})
    assert led["outh2"].value == led["outh1"].value
    wrong = led["o1"].value
    assert wrong == pytest.approx(0.85 * led["outh1"].value + 0.6, rel=1e-15)  # 0.4 + 0.45
    assert led.symbols == CALC.symbols


def test_decimals_round_every_step():
    calc = calculation(NET, decimals=3)
    for step in calc:
        by_hand = Decimal(f"{step.formula.evaluate(calc.values):.12f}")
        assert step.value == float(by_hand.quantize(Decimal("0.001"), ROUND_HALF_UP))
    assert calc["h1"].value == 0.378  # 0.3775; on paper a five rounds up
    assert calc["h2"].value == 0.393  # 0.3925, whose float64 lies below it
    assert calc["outh1"].value == 0.593
    assert calc["o1"].value == 1.106  # 0.4·0.593 + 0.45·0.597 + 0.6 = 1.10585


def test_given_numbers_take_the_place_of_the_networks():
    other = NET.replace(w5=-1.0, d1=0.5)
    for target in ("d1", "t1"):
        calc = calculation(NET, given={"w5": -1.0, target: 0.5})
        assert dict(calc.values) == dict(calculation(other).values)


def test_refusals_name_what_is_wrong():
    with pytest.raises(KeyError, match="no step of the calculation 'dE1/dout01'; did you mean"):
        calculation(NET, changed={"dE1/dout01": Constant(1.0)})
    with pytest.raises(KeyError, match="no parameter 'w9'"):
        calculation(NET, given={"w9": 1.0})
    with pytest.raises(ValueError, match="rule must be 'simultaneous' or 'sequential', got 'both'"):
        calculation(NET, rule="both")
    with pytest.raises(ValueError, match="biases must be 'fixed' or 'trained', got None"):
        calculation(NET, biases=None)
    for decimals in (-1, 16, 2.5):
        with pytest.raises(ValueError, match=f"decimals must be .* 0 to 15, got {decimals}"):
            calculation(NET, decimals=decimals)
    for decimals in (True, "3"):
        with pytest.raises(TypeError, match=f"decimals must be .* 0 to 15, got {decimals!r}"):
            calculation(NET, decimals=decimals)
    with pytest.raises(KeyError, match="no step of the calculation 'w5'"):
        CALC["w5"]  # a given number has no formula


def test_a_calculation_reads_like_a_list_and_cannot_be_changed():
    assert len(CALC) == len(CALC.symbols) == len(list(CALC))
    assert "dEtot/dw5" in CALC
    assert "w5" not in CALC
    assert repr(CALC) == f"<Calculation of {len(CALC)} steps, Etot_new: 0.291027774>"
    with pytest.raises(TypeError):
        CALC.values["w5"] = 0.0
    with pytest.raises(AttributeError):
        CALC["h1"].value = 0.0


def test_the_recipe_is_made_once_for_each_shape():
    assert recipe((2, 2, 2), "simultaneous", "fixed") is recipe((2, 2, 2), "simultaneous", "fixed")


def test_a_changed_formula_leaves_the_recipe_as_it_was():
    slip = Difference(Symbol("w5"), Product((Symbol("eta"), Symbol("Etot"))))
    before = recipe(NET.sizes, "simultaneous", "fixed")
    calculation(NET, changed={"w5_new": slip})
    assert recipe(NET.sizes, "simultaneous", "fixed") == before
    assert calculation(NET)["w5_new"].value == CALC["w5_new"].value
