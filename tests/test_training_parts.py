"""Training that is put together of parts, and cut: the same numbers, held once."""

import numpy as np
import pytest

from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.training import Trajectory, train

NET = worked_example()


def in_parts(net: Network, *parts: int) -> Trajectory:
    walk = Trajectory.of(net)
    for steps in parts:
        walk = walk.then(train(walk.final, steps))
    return walk


def test_a_way_in_parts_is_the_way_at_once(monkeypatch):
    monkeypatch.setattr("bpwidgets.training.SHORT", 300)  # numbers: blocks of 30 steps
    whole, walk = train(NET, 200), in_parts(NET, 0, 1, 1, 25, 90, 3, 0, 80)
    assert 1 < len(walk.blocks) < 8
    assert walk.steps == 200
    np.testing.assert_array_equal(walk.parameters, whole.parameters)
    np.testing.assert_array_equal(walk.errors, whole.errors)
    np.testing.assert_array_equal(walk["w5"], whole["w5"])
    for step in range(201):
        assert walk.network(step) == whole.network(step)
        cut = walk.cut(step)
        np.testing.assert_array_equal(cut.parameters, whole.parameters[: step + 1])
        np.testing.assert_array_equal(cut.errors, whole.errors[: step + 1])
    np.testing.assert_array_equal(
        whole.cut(50).then(train(whole.network(50), 150))["w1"], whole["w1"]
    )
    np.testing.assert_array_equal(
        in_parts(NET, 60).then(in_parts(walk.network(60), 70, 70))["w1"], whole["w1"]
    )


def test_many_short_parts_are_few_blocks():
    assert len(in_parts(NET, *[1] * 300).blocks) == 1


def test_what_is_held_is_counted_whole_and_once():
    walk = train(NET, 5000, progress=lambda done, of: done < 2000)
    assert sum(walk.held.values()) == (2001 * 10 + 2001) * 8
    longer = walk.then(train(walk.final, 20_000))
    shared = walk.held.keys() & longer.held.keys()
    assert sum(walk.held[each] for each in shared) == 2001 * 10 * 8


@pytest.mark.parametrize("step", [0, 5, 1999])
def test_what_was_cut_off_is_forgotten(step):
    assert sum(train(NET, 2000).cut(step).held.values()) == 11 * (step + 1) * 8
