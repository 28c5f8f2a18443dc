"""The training view: runs and what ends them, the curve of errors, and the way back through it."""

import numpy as np
import pytest
from frontend import (
    NUMBER,
    act_of,
    assert_shows,
    assert_ticks,
    heard,
    move,
    say,
    updates,
    value_of,
)

import bpwidgets as bp
from bpwidgets.presets import preset
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
    for steps, begins in ((10, True), (20, False)):  # asked for in parts
        answered = move(training, take=["a run", steps, begins])
        assert heard(training) == answered
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
    move(training, take=["a run", 100, True])
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
    move(explorer["training"], take=["a run", 3000, True])
    walk, curve = explorer.session.state.walk, points(explorer)
    assert len(curve) <= 2 * BINS + 2
    steps = (curve[:, 0] * 3000).round().astype(int)
    assert (steps[0], steps[-1]) == (0, 3000)
    assert {int(walk.errors.argmin()), int(walk.errors.argmax())} <= set(steps.tolist())
    assert np.corrcoef(curve[:, 1], walk.errors[steps])[0, 1] > 0.999999


def test_an_axis_has_room_from_the_start(explorer):
    move(explorer["training"], take=["a run", 1, True])
    assert explorer["training"].scene["across"] == FEWEST
    assert explorer["training"].scene["point"][0] == pytest.approx(1 / FEWEST)


def test_going_back_and_on_again(explorer):
    training = explorer["training"]
    move(training, take=["first", 20, True])
    move(training, typed="5")
    assert (training.scene["step"], training.scene["steps"]) == (5, 20)
    move(training, take=["second", 3, True])  # along the history that there is
    assert (training.scene["step"], training.scene["steps"]) == (8, 20)
    move(training, take=["third", -5, True])  # a run leads forward only
    assert "steps must be a whole number from 0" in training.scene["refused"]
    assert training.scene["step"] == 8
    move(training, take=["fourth", 17, True])
    assert (training.scene["step"], training.scene["steps"]) == (25, 25)
    walk = bp.train(NET, 25)
    assert explorer.session.state.walk.errors == pytest.approx(walk.errors, abs=1e-12)


def test_the_parts_of_a_run_are_undone_as_one(explorer):
    for place in range(3):
        move(explorer["training"], gesture=5, take=["a run", CHUNK, place == 0])
    assert explorer.session.state.step == 3 * CHUNK
    move(explorer["toolbar"], do="undo")
    assert explorer.session.state.network == NET
    assert explorer["training"].scene["steps"] == 0
    assert not explorer.session.can_undo


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"typed": "x"}, "“x” is not a number"),
        ({"typed": "99"}, "step must be a whole number from 0 to 3"),
        ({"typed": "-1"}, "step must be a whole number from 0 to 3"),
        ({"typed": "1.5"}, "step must be a whole number from 0 to 3"),
        ({"typed": ""}, "type a whole number from 0 to 3"),
        ({"take": ["another", 1_000_001, True]}, "steps must be a whole number from 0 to 1"),
        ({"take": ["another", 1.5, True]}, "steps must be a whole number"),
        ({"take": ["another", -1, True]}, "steps must be a whole number from 0"),
    ],
)
def test_a_refused_step_says_why(explorer, change, reason):
    training = explorer["training"]
    move(training, take=["a run", 3, True])
    before = explorer.session.state
    answered = move(training, **change)
    assert reason in training.scene["refused"]
    assert (heard(training), training.message) == (answered, "")
    assert explorer.session.state is before
    move(training, typed="2")
    assert training.scene["refused"] == ""


def test_training_that_leaves_the_range_says_where(explorer):
    explorer.session.change(eta=1e6, w5=9e5, w6=-9e5)
    before = explorer.session.state
    move(explorer["training"], take=["a run", 50, True])
    reason = explorer["training"].scene["refused"]
    assert explorer.session.state is before
    assert "leaves ±1e6 at step" in reason and "eta must be smaller" in reason
    assert explorer["training"].scene["over"] == "a run"


def test_a_moved_number_begins_again(explorer):
    move(explorer["training"], take=["a run", 9, True])
    explorer.session.change(w5=0.9)
    assert (explorer["training"].scene["step"], explorer["training"].scene["steps"]) == (0, 0)
    assert len(points(explorer)) == 1


# --- a run counts its own steps; what moves the session elsewhere ends it ---


def assert_at(explorer: bp.Explorer, net: bp.Network, step: int) -> None:
    """So many steps from there, by training afresh."""
    assert explorer["training"].scene["step"] == step
    there = dict(bp.train(net, step).final)
    assert dict(explorer.session.state.network) == pytest.approx(there, abs=1e-12)


def assert_over(explorer: bp.Explorer, run: str) -> None:
    """The next steps of a run are not taken, and the page is told."""
    before = explorer.session.state
    for _ in range(2):
        answered = move(explorer["training"], take=[run, 7, False])
        assert explorer.session.state is before
        assert explorer["training"].scene["over"] == run
        assert explorer["training"].scene["refused"] == ""
        assert (heard(explorer["training"]), explorer["training"].message) == (answered, "")


def test_a_run_goes_on_from_the_step_that_was_typed(explorer):
    move(explorer["training"], take=["first", 20, True])
    move(explorer["training"], typed="3")
    move(explorer["training"], take=["second", 1, True])
    assert_at(explorer, NET, 4)
    assert explorer["training"].scene["over"] not in ("first", "second")


def test_a_run_after_a_reset_begins_at_the_start(explorer):
    move(explorer["training"], take=["first", 1000, True])
    move(explorer["toolbar"], do="reset")
    move(explorer["training"], take=["second", 1, True])
    assert_at(explorer, NET, 1)


ELSEWHERE = {  # a view, what is done in it, and where the session stands then
    "reset": ("toolbar", {"do": "reset"}, NET),
    "undo": ("toolbar", {"do": "undo"}, NET),
    "preset": ("toolbar", {"preset": "wider"}, preset("wider")),
    "a target": ("controls", {"d1": 0.9}, None),
    "a weight": ("controls", {"w5": 0.9}, None),
    "a weight on the map": ("surface", {"w5": 0.9, "w6": 0.1}, None),
    "another step": ("training", {"typed": "3"}, None),
    "the slider": ("training", {"step": 3}, None),
}


@pytest.mark.parametrize("what", ELSEWHERE)
def test_what_moves_the_session_elsewhere_ends_a_run(explorer, what):
    name, change, wanted = ELSEWHERE[what]
    move(explorer["training"], gesture=1, take=["a run", 7, True])
    move(explorer[name], **change)
    there = explorer.session.state.network
    assert wanted in (None, there)
    assert_over(explorer, "a run")
    step = explorer.session.state.step
    move(explorer["training"], take=["the next", 1, True])  # it begins from there
    assert explorer.session.state.step == step + 1
    assert explorer["training"].scene["over"] == "a run"
    assert dict(explorer.session.state.network) == pytest.approx(dict(bp.update(there)), abs=1e-12)


def test_what_moves_the_session_by_code_ends_a_run_too(explorer):
    move(explorer["training"], take=["a run", 7, True])
    explorer.session.train(1)
    assert_over(explorer, "a run")


def test_a_number_that_is_moved_there_and_back_ends_a_run(explorer):
    """The numbers are the same, but the steps count from another beginning."""
    move(explorer["training"], take=["a run", 7, True])
    there = explorer.session.state.network
    explorer.session.change(w5=0.9)
    explorer.session.change(w5=there["w5"])
    assert explorer.session.state.network == there
    assert_over(explorer, "a run")


LOOKS = [{"chosen": "w1"}, {"axes": ["w1", "w2"]}, {"colours": "log"}, {"ranges": {"w1": [-9, 9]}}]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_what_is_looked_at_meanwhile_does_not_end_a_run(explorer, look):
    move(explorer["training"], take=["a run", 7, True])
    explorer.session.change(**look)
    move(explorer["training"], take=["a run", 5, False])
    assert_at(explorer, NET, 12)
    assert explorer["training"].scene["over"] == ""


def test_another_learning_rate_meanwhile_does_not_end_a_run(explorer):
    """It goes on with it, as when someone tries how fast training may be."""
    move(explorer["training"], take=["a run", 7, True])
    move(explorer["controls"], eta=0.1)
    move(explorer["training"], take=["a run", 5, False])
    assert explorer["training"].scene["over"] == ""
    assert (explorer["training"].scene["step"], explorer["training"].scene["steps"]) == (12, 12)
    then = bp.train(bp.train(NET, 7).final.replace(eta=0.1), 5).final
    assert dict(explorer.session.state.network) == pytest.approx(dict(then), abs=1e-12)


def test_steps_that_arrive_twice_are_taken_once(explorer):
    """The page says again what it takes as lost."""
    training = explorer["training"]
    first, second = (
        act_of(training, count, {"take": ["a run", 5, count == 1]}, 1) for count in (1, 2)
    )
    for acts in ([first], [first], [first, second], [first, second], [second]):
        say(training, {"page": "a", "acts": acts})
    assert_at(explorer, NET, 10)
    assert training.scene["over"] == ""


def test_a_refusal_ends_a_run(explorer):
    """It would be refused again and again."""
    move(explorer["training"], take=["a run", 3, True])
    move(explorer["training"], typed="99")
    assert_over(explorer, "a run")


def test_each_explorer_of_a_session_has_its_own_run(explorer):
    """The other's steps move the session elsewhere."""
    other = bp.Explorer(explorer.session, ["training"])
    move(explorer["training"], take=["here", 3, True])
    move(other["training"], take=["there", 4, True])
    assert_over(explorer, "here")
    move(other["training"], take=["there", 1, False])
    assert_at(explorer, NET, 8)
    other.close()


def test_a_number_that_moves_meanwhile_makes_no_leap(explorer):
    """A run of the page goes on from where the session stands, and takes no more than its own steps."""
    move(explorer["training"], take=["first", 7, True])
    move(explorer["controls"], w5=0.9)
    move(explorer["training"], take=["second", 1, True])
    assert explorer.session.state.step == 1
    begun = bp.train(NET, 7).final.replace(w5=0.9)
    assert dict(explorer.session.state.network) == pytest.approx(dict(bp.update(begun)), abs=1e-12)
