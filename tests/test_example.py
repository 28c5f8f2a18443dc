"""The notes' example by the package's public names: the errors after one step and after 10,000."""

from itertools import product

import pytest
from oracle import prints

import bpwidgets as bp

NET = bp.worked_example()
START = "0.298371109"
AFTER_ONE = {
    ("simultaneous", "fixed"): "0.291027774",
    ("sequential", "fixed"): "0.291027924",
    ("simultaneous", "trained"): "0.285750887",
}
AFTER_10_000 = {"fixed": "3.510187783e-05", "trained": "4.355321e-06"}


def test_prints_takes_half_a_unit_of_the_last_digit():
    assert prints("0.12", 0.1249)
    assert not prints("0.12", 0.1251)
    assert prints("3.5e-05", 3.549e-05)
    assert not prints("3.5e-05", 3.551e-05)


def test_error_at_the_start():
    assert prints(START, bp.forward(NET).total_error)
    assert prints(START, bp.calculation(NET)["Etot"].value)
    assert prints(START, bp.train(NET, 1).errors[0])


@pytest.mark.parametrize(("conventions", "digits"), AFTER_ONE.items())
def test_error_after_one_step(conventions, digits):
    rule, biases = conventions
    assert prints(digits, bp.forward(bp.update(NET, rule=rule, biases=biases)).total_error)
    assert prints(digits, bp.calculation(NET, rule=rule, biases=biases)["Etot_new"].value)
    assert prints(digits, bp.train(NET, 1, rule=rule, biases=biases).errors[1])


def test_the_conventions_differ_in_what_is_printed():
    for (conventions, digits), other in product(AFTER_ONE.items(), AFTER_ONE):
        rule, biases = other
        value = bp.calculation(NET, rule=rule, biases=biases)["Etot_new"].value
        assert prints(digits, value) == (other == conventions)


@pytest.mark.parametrize(("biases", "digits"), AFTER_10_000.items())
def test_error_after_10_000_steps(biases, digits):
    walk = bp.train(NET, 10_000, biases=biases)
    assert prints(digits, walk.errors[-1])
    assert prints(digits, bp.forward(walk.final).total_error)
    net = NET
    for _ in range(10_000):
        net = bp.update(net, biases=biases)
    assert prints(digits, bp.forward(net).total_error)


@pytest.mark.parametrize(("biases", "digits"), AFTER_10_000.items())
def test_error_after_10_000_hand_calculations(biases, digits):
    names = [name for name in NET.symbols.trainable if name[0] == "w" or biases == "trained"]
    current = {}
    for _ in range(10_000):
        values = bp.calculation(NET, biases=biases, given=current).values
        current = {name: values[f"{name}_new"] for name in names}
    assert prints(digits, values["Etot_new"])


def test_the_public_names_of_the_package():
    for name in bp.__all__:
        assert name in dir(bp)
    with pytest.raises(AttributeError, match="no attribute 'wokred_example'"):
        _ = bp.wokred_example


def test_what_the_contract_says_of_the_example():
    assert NET["w5"] == 0.4
    assert bp.forward(NET)["outh1"] == pytest.approx(0.5932699921, abs=5e-11)
    assert bp.backward(NET)["w5"] == pytest.approx(0.0821670405, abs=1e-10)
    assert bp.calculation(NET)["dE1/douth1"].formula is not None
    path = bp.breakdown(NET, "w1").paths[0]
    assert path.factors[0].symbol == "dh1/dw1"
    walk = bp.train(NET, steps=10)
    assert len(walk.errors) == len(walk["w5"]) == 11
    hill = bp.error_surface(NET, "w5", "w6")
    assert hill.error.shape == (len(hill.y), len(hill.x))
    assert bp.check_gradient(NET).agrees
    assert bp.sigmoid(0) == 0.5
    assert repr(bp.sigmoid(0)) == "0.5"  # no np.float64(...) in a notebook's output
