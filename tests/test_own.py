"""Whoever is given a run, a calculation or a way beside a network holds it to that network."""

import numpy as np
import pytest
from strategies import random_network

import bpwidgets as bp
from bpwidgets.formula import Symbol

NET = bp.worked_example()
OTHERS = [NET.replace(w5=0.5), NET.replace(eta=0.1), random_network(0)]


@pytest.mark.parametrize("other", OTHERS, ids=["a weight", "eta", "sizes"])
def test_another_networks_is_refused(other):
    refused = pytest.raises(ValueError, match=r"another|begin with|of layers")
    with refused:
        bp.backward(NET, bp.forward(other))
    with refused:
        bp.breakdown(NET, "w5", bp.calculation(other))
    with refused:
        bp.check_gradient(NET, bp.backward(other))
    with refused:
        bp.train(NET, 3).then(bp.train(other, 3))
    session = bp.Session(NET)
    before = session.state
    with refused:
        session.change(walk=bp.train(other, 3))
    assert session.state is before


def test_a_way_must_lead_through_the_present_network():
    session, walk = bp.Session(NET), bp.train(NET, 5)
    session.train(3)
    assert session.change(walk=walk).step == 5
    session.change(step=2)
    for wrong in (bp.train(NET, 1), bp.train(NET, 5, biases="trained")):
        with pytest.raises(ValueError, match="walk must lead through the present network"):
            session.change(walk=wrong)
    assert session.state.step == 2


@pytest.mark.parametrize("wrong", [{}, [], (), 0, "", 5, NET])
def test_something_else_is_refused(wrong):
    """Also what counts as nothing: only None is "I have none"."""
    with pytest.raises(TypeError, match=r"run must be what forward\(net\) gives, got "):
        bp.backward(NET, wrong)
    with pytest.raises(TypeError, match=r"calc must be what calculation\(net\) gives, got "):
        bp.breakdown(NET, "w5", wrong)
    with pytest.raises(TypeError, match="more must be a Trajectory, got "):
        bp.train(NET, 3).then(wrong)
    with pytest.raises(TypeError, match="walk must be a Trajectory, got "):
        bp.Session(NET).change(walk=wrong)


def test_ones_own_is_taken():
    same = NET.replace()
    assert same is not NET
    assert dict(bp.backward(NET, bp.forward(same))) == dict(bp.backward(NET))
    assert bp.breakdown(NET, "w1", bp.calculation(same)) == bp.breakdown(NET, "w1")
    walk = bp.train(NET, 3)
    assert walk.then(bp.train(walk.final, 4)).errors.tolist() == bp.train(NET, 7).errors.tolist()


@pytest.mark.parametrize(
    "made",
    [
        {"decimals": 3},
        {"given": {"w5": 0.5}},
        {"given": {"x1": np.linspace(0, 1, 3)}},
        {"changed": {"do1/dw5": Symbol("outh2")}},
    ],
    ids=["rounded", "a number", "numbers", "a formula"],
)
def test_a_calculation_that_is_not_the_networks_own(made):
    calc = bp.calculation(NET, **made)
    assert not calc.is_exact
    with pytest.raises(
        ValueError, match="got one that was changed, rounded or given other numbers"
    ):
        bp.breakdown(NET, "w5", calc)


def test_the_rule_is_that_of_the_calculation():
    calc = bp.calculation(NET, rule="sequential")
    assert bp.breakdown(NET, "w1", calc) == bp.breakdown(NET, "w1", rule="sequential")
    assert bp.breakdown(NET, "w1", calc, rule="sequential") == bp.breakdown(NET, "w1", calc)
    with pytest.raises(ValueError, match="rule must be that of calc, 'sequential', got 'simultan"):
        bp.breakdown(NET, "w1", calc, rule="simultaneous")


def test_a_run_never_changes():
    run = bp.forward(NET)
    for row in (*run.preactivations, *run.activations):
        with pytest.raises(ValueError, match="read-only"):
            row[0] = 0.5
