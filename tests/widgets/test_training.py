"""The training view: runs, the curve of errors, and the way back through the history."""

import numpy as np
import pytest
from frontend import NUMBER, assert_shows, assert_ticks, move, updates, value_of

import bpwidgets as bp
from bpwidgets.widgets.training import BINS, CHUNK, FEWEST

NET = bp.worked_example()


def points(explorer: bp.Explorer) -> np.ndarray:
    flat = np.frombuffer(explorer["training"].curve["points"], "<f4")
    return flat.reshape(-1, 2).astype(float)


def test_before_the_first_step(explorer):
    training = explorer["training"]
    assert (training.scene["step"], training.scene["steps"]) == (0, 0)
    assert training.scene["spoken"] == "No step of training yet: the error Etot is 0.298371109."
    assert repr(training) == "<Training step 0 of 0: Etot 0.298371109>"


@pytest.mark.parametrize(("rule", "biases"), [("simultaneous", "fixed"), ("sequential", "trained")])
def test_a_run_is_training(explorer, rule, biases):
    training = explorer["training"]
    explorer.session.change(rule=rule, biases=biases)
    walk = bp.train(NET, 30, rule=rule, biases=biases)
    for to in (10, 30):  # asked for in parts
        heard = move(training, to=[explorer.session.state.step, to])
        assert training.heard == heard
    state = explorer.session.state
    assert dict(state.network) == pytest.approx(dict(walk.final), abs=1e-12)
    assert (training.scene["step"], training.scene["steps"]) == (30, 30)
    now, first = map(value_of, NUMBER.findall(training.scene["spoken"]))
    assert now == pytest.approx(walk.errors[-1], abs=1e-9)
    assert first == pytest.approx(walk.errors[0], abs=1e-9)
    assert_shows(explorer["gradients"].scene["total"], walk.errors[-1])


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_the_curve_is_the_errors(explorer, scale):
    training = explorer["training"]
    move(training, to=[0, 100])
    move(training, curve=scale)
    walk, curve = bp.train(NET, 100), points(explorer)
    measure = np.log if scale == "log" else np.asarray
    assert training.scene["scale"] == scale
    assert curve[:, 0] * 100 == pytest.approx(np.arange(101), abs=1e-4)
    slope, offset = np.polyfit(curve[:, 1], measure(walk.errors), 1)
    assert curve[:, 1] * slope + offset == pytest.approx(measure(walk.errors), abs=1e-5)
    assert curve.min() >= 0 and curve.max() <= 1
    assert_ticks(training.curve["across"], 0, 100)
    if scale == "linear":
        assert_ticks(training.curve["up"], offset, offset + slope, 1e-4)
    updates(training)
    move(training, step=40)  # the point alone moves
    (sent,) = updates(training)
    assert set(sent) == {"scene", "heard"}
    across, up = training.scene["point"]
    assert across == pytest.approx(0.4)
    assert up * slope + offset == pytest.approx(measure(walk.errors[40]), abs=1e-5)
    assert dict(explorer.session.state.network) == pytest.approx(dict(walk.network(40)), abs=1e-12)


def test_a_long_curve_keeps_its_extremes(explorer):
    explorer.session.change(d1=0.3, d2=0.6, eta=60.0)  # the errors rise and fall
    move(explorer["training"], to=[0, 3000])
    walk, curve = explorer.session.state.walk, points(explorer)
    assert len(curve) <= 2 * BINS + 2
    steps = (curve[:, 0] * 3000).round().astype(int)
    assert (steps[0], steps[-1]) == (0, 3000)
    assert {int(walk.errors.argmin()), int(walk.errors.argmax())} <= set(steps.tolist())
    assert np.corrcoef(curve[:, 1], walk.errors[steps])[0, 1] > 0.999999


def test_an_axis_has_room_from_the_start(explorer):
    move(explorer["training"], to=[0, 1])
    assert explorer["training"].scene["across"] == FEWEST
    assert explorer["training"].scene["point"][0] == pytest.approx(1 / FEWEST)


def test_going_back_and_on_again(explorer):
    training = explorer["training"]
    move(training, to=[0, 20])
    move(training, typed="5")
    assert (training.scene["step"], training.scene["steps"]) == (5, 20)
    move(training, to=[5, 8])  # along the history that there is
    assert (training.scene["step"], training.scene["steps"]) == (8, 20)
    move(training, to=[8, 3])  # a run leads forward only
    assert "to must be a whole number from 8" in training.scene["refused"]
    assert training.scene["step"] == 8
    move(training, to=[8, 25])
    assert (training.scene["step"], training.scene["steps"]) == (25, 25)
    walk = bp.train(NET, 25)
    assert explorer.session.state.walk.errors == pytest.approx(walk.errors, abs=1e-12)


def test_the_parts_of_a_run_are_undone_as_one(explorer):
    for to in range(CHUNK, 3 * CHUNK + 1, CHUNK):
        move(explorer["training"], gesture=5, to=[explorer.session.state.step, to])
    assert explorer.session.state.step == 3 * CHUNK
    explorer.session.undo()
    assert explorer.session.state.network == NET
    assert explorer["training"].scene["steps"] == 0


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"typed": "x"}, "“x” is not a number"),
        ({"typed": "99"}, "step must be a whole number from 0 to 3"),
        ({"typed": "-1"}, "step must be a whole number from 0 to 3"),
        ({"typed": "1.5"}, "step must be a whole number from 0 to 3"),
        ({"to": [0, 1_000_001]}, "to must be a whole number from 0 to 1"),
        ({"to": [0, 1.5]}, "to must be a whole number"),
    ],
)
def test_a_refused_step_says_why(explorer, change, reason):
    training = explorer["training"]
    move(training, to=[0, 3])
    before = explorer.session.state
    heard = move(training, **change)
    assert reason in training.scene["refused"]
    assert (training.heard, training.message) == (heard, "")
    assert explorer.session.state is before
    move(training, typed="2")
    assert training.scene["refused"] == ""


def test_training_that_leaves_the_range_says_where(explorer):
    explorer.session.change(eta=1e6, w5=9e5, w6=-9e5)
    before = explorer.session.state
    move(explorer["training"], to=[0, 50])
    reason = explorer["training"].scene["refused"]
    assert explorer.session.state is before
    assert "leaves ±1e6 at step" in reason and "eta must be smaller" in reason


def test_a_moved_number_begins_again(explorer):
    move(explorer["training"], to=[0, 9])
    explorer.session.change(w5=0.9)
    assert (explorer["training"].scene["step"], explorer["training"].scene["steps"]) == (0, 0)
    assert len(points(explorer)) == 1


def test_a_number_that_moves_meanwhile_makes_no_leap(explorer):
    """The page asks for a step from where it stands, which is over when another number was moved."""
    move(explorer["training"], to=[0, 7])
    move(explorer["controls"], w5=0.9)
    move(explorer["training"], to=[7, 8])
    assert explorer.session.state.step == 1
    begun = bp.train(NET, 7).final.replace(w5=0.9)
    assert dict(explorer.session.state.network) == pytest.approx(dict(bp.update(begun)), abs=1e-12)
