"""How much undo keeps of long training: no more than is said, and never without a way back."""

import tracemalloc
from collections.abc import Iterator

import numpy as np
import pytest

import bpwidgets as bp
from bpwidgets import session as session_module
from bpwidgets.session import Session
from bpwidgets.tasks import practice_network

NET = bp.worked_example()
WIDE = practice_network(1, (16,) * 5)
BOUND = 2_000_000


def random_walks(session: Session, seed: int) -> Iterator[None]:
    """Training, other numbers, other conventions, undo and redo, in an order drawn from a seed."""
    rng = np.random.default_rng(seed)
    for _ in range(60):
        match rng.integers(7):
            case 0 | 1:
                session.train(int(rng.choice([1, 60, 130])))
            case 2:
                session.change(w5=float(rng.random()))
            case 3:
                session.change(eta=float(rng.random()))
            case 4:
                session.change(step=int(rng.integers(session.state.walk.steps + 1)))
            case 5:
                session.change(biases=str(rng.choice(["fixed", "trained"])))
            case 6:
                for _ in range(rng.integers(4)):
                    session.undo()
                for _ in range(rng.integers(3)):
                    session.redo()
        yield


def held(states) -> int:
    """The bytes of the arrays that are really kept alive, each counted once."""
    owners = {}
    for state in states:
        for array in (*state.walk.blocks, state.walk.errors):
            while isinstance(array.base, np.ndarray):
                array = array.base
            owners[array.__array_interface__["data"][0]] = array.nbytes
    return sum(owners.values())


@pytest.mark.parametrize("seed", range(6))
def test_histories_are_kept_up_to_a_bound(seed, monkeypatch):
    monkeypatch.setattr(session_module, "MOST_KEPT", BOUND)
    session = Session(WIDE)
    most = 0
    for _ in random_walks(session, seed):
        present = held([session.state])
        everything = held([session.state, *session._past, *session._future])
        few = 110 * 10_000  # the numbers themselves, one row a state
        assert everything <= max(BOUND, present) + few
        most = max(most, everything)
    assert most > BOUND / 2


def test_what_goes_on_shares_what_went_before():
    """Training again and again holds its history once, and all of it can be undone exactly."""
    session = Session(WIDE)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for _ in range(6):
        session.train(300)
    after, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    once = 1801 * (WIDE.symbols.slices.trainable.stop - 16 + 1) * 8
    assert once < after - before < 1.2 * once
    assert peak - before < 1.6 * once
    walk = bp.train(WIDE, 1800)
    for steps in range(1500, -1, -300):
        state = session.undo()
        assert (state.step, state.walk.steps) == (steps, steps)
        assert np.array_equal(state.walk.parameters, walk.parameters[: steps + 1])
    assert np.array_equal(session.redo().walk["w1"], walk["w1"][:301])


def test_going_back_from_a_history_beyond_the_bound(monkeypatch):
    """The present history is kept however long it is; once it is left, the bound holds for it too."""
    monkeypatch.setattr(session_module, "MOST_KEPT", BOUND)
    session = Session(WIDE)
    for _ in range(4):
        session.train(150)
    last = session.state
    assert held([last]) > 2 * BOUND
    for _ in range(4):
        session.undo()
        everything = held([session.state, *session._past, *session._future])
        assert everything <= max(BOUND, held([session.state])) + 100_000
    while session.can_redo:
        session.redo()
    assert session.state.network == last.network


def test_a_history_too_long_to_keep_leaves_its_numbers(monkeypatch):
    """However long the training was, what came after it can be undone."""
    monkeypatch.setattr(session_module, "MOST_KEPT", 100_000)
    session = Session(NET)
    trained = session.train(2000)
    session.change(w5=0.7)
    session.train(10)
    assert held([session.state, *session._past]) <= 100_000
    assert session.undo().network == trained.network.replace(w5=0.7)
    state = session.undo()
    assert (state.network, state.ranges) == (trained.network, trained.ranges)
    assert state.network["w5"] != 0.7
    assert (state.step, state.walk.steps) == (0, 0)  # the way itself is forgotten
    assert session.undo().network == NET
    assert not session.can_undo
