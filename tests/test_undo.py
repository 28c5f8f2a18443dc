"""Undo and redo, and the training that a session remembers."""

import numpy as np
import pytest

import bpwidgets as bp
from bpwidgets import session as session_module
from bpwidgets.session import Session

NET = bp.worked_example()


def test_undo_and_redo_are_exact_and_leave_what_is_looked_at():
    session = Session(NET, strict=True)
    session.change(w5=0.7)
    session.change(rule="sequential", w1=50.0)
    after = session.state
    session.change(chosen="w1", decimals=5, axes=("w1", "w2"), at="Etot")
    assert session.undo().network == NET.replace(w5=0.7)
    assert session.state.rule == "simultaneous"
    assert session.state.ranges["w1"] == (-4.0, 4.0)
    assert (session.state.chosen, session.state.decimals, session.state.at) == ("w1", 5, "Etot")
    assert session.undo().network == NET
    assert not session.can_undo
    assert session.undo() is session.state
    session.redo()
    assert session.redo().network == after.network
    assert (session.state.rule, session.state.ranges) == (after.rule, after.ranges)
    assert not session.can_redo
    session.undo()
    session.change(w2=0.9)  # another way from here
    assert not session.can_redo


def test_looking_is_nothing_to_undo():
    session = Session(NET)
    session.change(chosen="w1", axes=("w1", "b2"), at="E1", decimals=4, colours="log", large=True)
    assert not session.can_undo
    session.change(ranges={"w1": (-1, 1)})
    assert session.can_undo


def test_a_gesture_is_undone_as_one():
    session = Session(NET)
    for value in (0.5, 0.6, 0.7):
        with session.gesture("first drag"):
            session.change(w5=value)
    for value in (0.8, 0.9):
        with session.gesture("second drag"):
            session.change(w5=value)
    session.change(w5=1.0)
    session.change(w5=1.1)
    undone = [session.undo().network["w5"] for _ in range(4)]
    assert undone == [1.0, 0.9, 0.7, 0.4]
    assert not session.can_undo
    with session.gesture("second drag"):  # the same name after an undo is a new change
        session.change(w5=2.0)
    assert session.undo().network == NET


def test_undo_across_sizes():
    session = Session(NET)
    session.change(chosen="w8", axes=("w7", "w8"), at="dE2/douto2")
    small = bp.Network(weights=[[[0.5]]], biases=[0.1], inputs=[1.0], targets=[0.2])
    session.change(network=small)
    assert (session.state.chosen, session.state.axes) == ("w1", ("w1", "b1"))
    assert session.state.start == small
    assert session.undo().chosen == "w8"
    assert session.redo().chosen == "w1"


def test_what_can_be_undone_is_limited():
    session = Session(NET)
    for count in range(150):
        session.change(w5=count / 100)
    undone = 0
    while session.can_undo:
        session.undo()
        undone += 1
    assert undone == session_module.MOST_UNDONE


@pytest.mark.parametrize("rule", ["simultaneous", "sequential"])
@pytest.mark.parametrize("biases", ["fixed", "trained"])
def test_training_goes_on_and_back_exactly(rule, biases):
    session = Session(NET, strict=True)
    session.change(rule=rule, biases=biases)
    for steps in (1, 9, 90):
        session.train(steps)
    walk = bp.train(NET, 100, rule=rule, biases=biases)
    assert session.state.step == session.state.walk.steps == 100
    # the same sums in the same order
    assert np.array_equal(session.state.walk.parameters, walk.parameters)
    assert np.array_equal(session.state.walk.errors, walk.errors)
    for step in (57, 3, 100, 0):
        state = session.change(step=step)
        assert state.network == walk.network(step)
        assert state.calculation.values["Etot"] == pytest.approx(walk.errors[step], abs=1e-15)
        assert state.walk.steps == 100
    assert session.state.network == NET
    session.change(step=40)
    session.train(10)  # along what was walked before
    assert (session.state.step, session.state.walk.steps) == (50, 100)
    session.train(60)
    assert (session.state.step, session.state.walk.steps) == (110, 110)
    longer = bp.train(NET, 110, rule=rule, biases=biases)
    assert np.array_equal(session.state.walk.parameters, longer.parameters)


def test_another_convention_ends_what_lay_ahead():
    session = Session(NET)
    session.train(20)
    at_10 = session.change(step=10).network
    session.change(rule="simultaneous")  # as it was
    assert session.state.walk.steps == 20
    session.change(rule="sequential")
    assert (session.state.step, session.state.walk.steps) == (10, 10)
    session.train(5)
    expected = bp.train(at_10, 5, rule="sequential").parameters
    assert np.array_equal(session.state.walk.parameters[10:], expected)


def test_a_number_set_by_hand_starts_a_new_walk_but_not_eta():
    session = Session(NET)
    session.train(20)
    at_10 = session.change(step=10).network
    session.change(eta=0.1)
    assert (session.state.step, session.state.walk.steps) == (10, 10)
    assert session.state.network == at_10.replace(eta=0.1)
    session.train(5)
    assert np.array_equal(
        session.state.walk.parameters[10:], bp.train(at_10.replace(eta=0.1), 5).parameters
    )
    assert session.change(step=0).network == NET.replace(eta=0.1)
    session.change(x1=0.3)
    assert (session.state.step, session.state.walk.steps) == (0, 0)
    assert session.state.walk.network(0) == session.state.network


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"step": 1}, ValueError, "step must be a whole number from 0 to 0"),
        ({"step": "1"}, TypeError, "step must be"),
        ({"rule": "both"}, ValueError, "rule must be 'simultaneous' or 'sequential'"),
        ({"biases": True}, ValueError, "biases must be 'fixed' or 'trained'"),
        ({"decimals": 2}, ValueError, "decimals must be a whole number from 3 to 12"),
        ({"decimals": "9"}, TypeError, "decimals must be"),
        ({"colours": "loud"}, ValueError, "colours must be 'linear' or 'log'"),
        ({"curve": None}, ValueError, "curve must be"),
        ({"large": 1}, TypeError, "large must be True or False"),
        ({"at": "dE1/dw9"}, KeyError, "no step of the calculation 'dE1/dw9'"),
        ({"at": "b1_new"}, KeyError, "no step"),
        ({"network": 3}, TypeError, "network must be a Network, got 3"),
        ({"ranges": {"w5": (1, 2)}}, ValueError, "the range of w5 must hold its value"),
        ({"ranges": {"w5": (2, 1)}}, ValueError, "the range of w5 must run from low to high"),
        ({"ranges": {"w5": (-1, 2e6)}}, ValueError, "the range of w5 must be a finite number"),
        ({"ranges": {"w5": (0, float("nan"))}}, ValueError, "must be a finite number"),
        ({"ranges": {"w5": 1}}, TypeError, "the range of w5 must be a pair"),
        ({"ranges": {"w99": (0, 1)}}, KeyError, "no parameter 'w99'"),
        ({"ranges": [1]}, TypeError, "ranges must be a mapping"),
        ({"walk": None}, TypeError, "walk must be"),
    ],
)
def test_a_refused_setting_changes_nothing(changes, kind, words):
    session = Session(NET)
    before = session.change(w5=0.5)
    for attempt in (changes, {"w1": 0.9, **changes}, {**changes, "w1": 0.9}):
        with pytest.raises(kind, match=words):
            session.change(**attempt)
    assert session.state is before


def test_conventions_change_the_calculation_and_nothing_else():
    session = Session(NET)
    new = {}
    for rule in ("simultaneous", "sequential"):
        for biases in ("fixed", "trained"):
            state = session.change(rule=rule, biases=biases)
            after = bp.update(NET, rule=rule, biases=biases)
            values = state.calculation.values
            for name in after.symbols.trainable:
                if f"{name}_new" in values:
                    assert values[f"{name}_new"] == pytest.approx(after[name], abs=1e-15)
            new[rule, biases] = values["Etot_new"]
            assert state.network == NET
            assert state.slopes["w1"] == pytest.approx(bp.backward(NET)["w1"], abs=1e-16)
    assert len(set(new.values())) == 4
    assert f"{new['simultaneous', 'fixed']:.9f}" == "0.291027774"  # the notes' P36 and its twin
    assert f"{new['sequential', 'fixed']:.9f}" == "0.291027924"
    session.change(at="b1_new")
    assert session.change(biases="fixed").at == ""


def test_the_calculation_is_made_again_only_when_it_depends_on_the_change():
    session = Session(NET)
    made = session.state.calculation
    for looks in ({"chosen": "w1"}, {"axes": ("w1", "w2")}, {"decimals": 4}, {"at": "E1"}):
        assert session.change(**looks).calculation is made
    assert session.change(w5=0.5).calculation is not made


def test_a_reset_of_some_numbers():
    session = Session(NET)
    session.change(w5=50.0, w6=9.0, t1=0.5)
    state = session.reset("w5", "t1")
    assert state.network == NET.replace(w6=9.0)
    assert state.ranges["w5"] == (-4.0, 4.0)
    assert state.ranges["w6"] == (-16.0, 16.0)
    with pytest.raises(KeyError, match="no parameter 'w99'"):
        session.reset("w99")
    session.train(3)
    state = session.reset()
    assert (state.network, state.walk.steps) == (NET, 0)


def test_undo_from_a_line_that_is_gone_then():
    """The new bias is a line of the calculation only while the biases are trained."""
    session = Session(NET)
    session.change(biases="trained")
    session.change(at="b1_new")
    state = session.undo()
    assert (state.biases, state.at) == ("fixed", "")
    assert state.knows("Etot_new")
    assert session.redo().at == ""


def test_a_way_of_another_network_is_refused():
    session = Session(NET)
    other = bp.Network(weights=[[[0.1]]], biases=[0.1], inputs=[0.1], targets=[0.1])
    with pytest.raises(ValueError, match="walk must be of layers"):
        session.change(walk=bp.train(other, 2))
