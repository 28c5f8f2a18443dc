"""Training is repeated updating, with its history; its progress callback and its bounds."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from strategies import networks

from bpwidgets.forward_pass import forward
from bpwidgets.gradient import update
from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.training import MOST_NUMBERS, train

NET = worked_example()
CONVENTIONS = list(product(("simultaneous", "sequential"), ("fixed", "trained")))

# One step adds in another order than `update`; what some tens of steps make of the last bit of a
# number below 10 stays under this.
TOLERANCE = 1e-10


@pytest.mark.parametrize(("rule", "biases"), CONVENTIONS)
@given(net=networks(limit=2))
def test_training_is_repeated_update(net, rule, biases):
    walk = train(net, 10, rule=rule, biases=biases)
    for step in range(11):
        assert np.allclose(walk.network(step).flat, net.flat, rtol=0, atol=TOLERANCE)
        assert abs(walk.errors[step] - forward(net).total_error) <= TOLERANCE
        net = update(net, rule=rule, biases=biases)


@pytest.mark.parametrize(("rule", "biases"), CONVENTIONS)
def test_a_deep_network_too(rule, biases):
    rng = np.random.default_rng(3)
    sizes = (3, 5, 4, 6, 2)
    count = 3 + 15 + 20 + 24 + 12 + 4 + 2 + 1
    net = Network.from_values(sizes, rng.uniform(-2, 2, count)).replace(eta=0.7)
    walk = train(net, 50, rule=rule, biases=biases)
    after = net
    for _ in range(50):
        after = update(after, rule=rule, biases=biases)
    np.testing.assert_allclose(walk.final.flat, after.flat, rtol=0, atol=TOLERANCE)


def test_the_history_by_name_by_step_and_by_array():
    walk = train(NET, 20, biases="trained")
    assert walk.steps == 20
    assert walk.errors.shape == (21,)
    assert walk.parameters.shape == (21, 10)
    for position, name in enumerate(NET.symbols.trainable):
        assert walk[name].tolist() == walk.parameters[:, position].tolist()
        assert walk[name][7] == walk.network(7)[name]
    assert walk.network(0) == walk.start == NET
    assert walk.final == walk.network(20) != NET
    for name in ("x1", "x2", "d1", "d2", "eta"):
        assert walk.final[name] == NET[name]


def test_fixed_biases_stay_and_trained_ones_move():
    assert np.ptp(train(NET, 20)["b2"]) == 0
    assert np.ptp(train(NET, 20, biases="trained")["b2"]) > 0.1


def test_no_steps_are_the_start():
    walk = train(NET, 0)
    assert walk.final == NET
    assert walk.errors.tolist() == pytest.approx([forward(NET).total_error], abs=1e-15)


def test_a_longer_walk_begins_as_the_shorter():
    short, long = train(NET, 100), train(NET, 150)
    np.testing.assert_array_equal(long.errors[:101], short.errors)


def test_training_leaves_the_network_as_it_was():
    before = NET.flat.copy()
    train(NET, 50, biases="trained")
    np.testing.assert_array_equal(NET.flat, before)


def test_the_repr_carries_the_error():
    walk = train(NET, 1234)
    assert repr(walk) == f"<Trajectory of 1,234 steps, Etot: {forward(walk.final).total_error:.9e}>"


def test_what_is_cut_off_is_forgotten():
    """A part that only looked into the whole would keep all of it in memory."""
    walk = train(NET, 1000)
    part = walk.cut(10)
    assert part.steps == 10 and part.final == walk.network(10)
    for kept, whole in ((part.parameters, walk.parameters), (part.errors, walk.errors)):
        assert not np.shares_memory(kept, whole)
        assert kept.base is None or kept.base.size == kept.size


def test_a_training_that_was_stopped_keeps_its_own_steps_only():
    walk = train(NET, 100_000, progress=lambda done, of: False)
    assert walk.steps == 1000
    for kept in (walk.parameters, walk.errors):
        assert kept.base is None or kept.base.size == kept.size


# --- progress ---


@pytest.mark.parametrize(
    ("steps", "calls"),
    [
        (0, []),
        (999, [999]),
        (1000, [1000]),
        (2500, [1000, 2000, 2500]),
    ],
)
def test_progress_is_told_every_1000_steps_and_at_the_end(steps, calls):
    told = []
    train(NET, steps, progress=lambda done, of: told.append((done, of)))
    assert told == [(done, steps) for done in calls]


def test_progress_can_stop_the_training():
    walk = train(NET, 5000, progress=lambda done, of: done < 2000)
    full = train(NET, 5000)
    assert walk.steps == 2000
    np.testing.assert_array_equal(walk.parameters, full.parameters[:2001])
    np.testing.assert_array_equal(walk.errors, full.errors[:2001])


@pytest.mark.parametrize("answer", [None, 0, "", True])
def test_only_false_stops(answer):
    assert train(NET, 2000, progress=lambda done, of: answer).steps == 2000


def test_an_error_in_progress_is_raised():
    def broken(done, of):
        raise RuntimeError("no display")

    with pytest.raises(RuntimeError, match="no display"):
        train(NET, 1000, progress=broken)


# --- refusals ---


@pytest.mark.parametrize("steps", [-1, 1_000_001, 0.5, 10.0, float("nan"), float("inf"), 10**30])
def test_number_of_steps_out_of_bounds(steps):
    with pytest.raises(ValueError, match=r"steps must .* 0 to 1,000,000, got ") as refusal:
        train(NET, steps)
    assert str(steps) in str(refusal.value).replace("1,000,000,", "")


@pytest.mark.parametrize("steps", [True, "10", None, [10], 10 + 0j])
def test_number_of_steps_of_another_type(steps):
    with pytest.raises(TypeError, match="steps must be a whole number from 0 to 1,000,000, got"):
        train(NET, steps)


def test_a_numpy_integer_is_a_number_of_steps():
    assert train(NET, np.int64(3)).steps == 3


def test_a_history_that_would_not_fit_is_refused_before_it_is_begun():
    wide = Network.from_values((16,) * 5, np.zeros(16 + 4 * 256 + 4 + 16 + 1))
    most = MOST_NUMBERS // (4 * 256 + 4) - 1
    with pytest.raises(ValueError, match=f"steps must be at most {most:,} for 1028 weights"):
        train(wide, 1_000_000)
    with pytest.raises(ValueError, match=f"got {most + 1:,}"):
        train(wide, most + 1)
    assert (most + 1) * 1028 <= MOST_NUMBERS < (most + 2) * 1028


@pytest.mark.parametrize("steps", [1, 1500])
@pytest.mark.parametrize(("rule", "biases"), CONVENTIONS)
def test_leaving_the_range_is_told_with_the_name_and_the_step(steps, rule, biases):
    wild = NET.replace(eta=1e6, x1=1e6, d1=-1e6)
    with pytest.raises(ValueError, match="w5 leaves ±1e6 at step 1: eta must be smaller"):
        train(wild, steps, rule=rule, biases=biases)
    with pytest.raises(ValueError, match="w5 must be a finite number between -1e6 and 1e6, got -"):
        update(wild, rule=rule, biases=biases)


@pytest.mark.parametrize("step", [-1, 6, 2.0])
def test_a_step_that_was_not_taken(step):
    with pytest.raises(ValueError, match=f"step must be a whole number from 0 to 5, got {step}"):
        train(NET, 5).network(step)


@pytest.mark.parametrize("name", ["x1", "w9", "eta", None])
def test_a_name_without_a_history(name):
    with pytest.raises(KeyError, match=f"no weight or bias {name!r}"):
        train(NET, 5)[name]


def test_another_rule_or_convention():
    for call in (train, lambda net, steps, **kw: update(net, **kw)):
        with pytest.raises(ValueError, match="rule must be 'simultaneous' or 'sequential', got 1"):
            call(NET, 5, rule=1)
        with pytest.raises(ValueError, match="biases must be 'fixed' or 'trained', got 'free'"):
            call(NET, 5, biases="free")
