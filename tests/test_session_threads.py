"""The session among threads: nothing is lost, nothing is seen half done."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest

from bpwidgets import worked_example
from bpwidgets.session import Session
from bpwidgets.state import State

NET = worked_example()


@pytest.mark.parametrize("trial", range(20))
def test_two_threads_lose_nothing(trial, busy_threads):
    session = Session(NET, strict=True)
    states: list[State] = []
    session.subscribe(states.append)

    def move(name: str) -> None:
        for count in range(1, 501):
            session.change(**{name: count / 1000})

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(move, ["w5", "w1"]))
    assert session.state.network == NET.replace(w5=0.5, w1=0.5)
    assert len(states) == 1001  # the first one, and one for every change
    for name in ("w5", "w1"):  # shown in the order of the changes
        history = [state.network[name] for state in states]
        assert history[history.index(0.001) :] == sorted(history[history.index(0.001) :])


def test_a_reader_sees_whole_states_only(busy_threads):
    session = Session(NET, strict=True)
    session.change(w5=0.0, w6=-0.0, b1=0.0)
    seen = [session.state]
    session.subscribe(seen.append)
    done = Event()
    torn = []

    def read() -> None:
        while not done.is_set():
            state = session.state
            net = state.network
            # whole in itself, and already shown to everybody
            if net["w5"] != -net["w6"] or net["b1"] > seen[-1].network["b1"]:
                torn.append(state)

    reader = Thread(target=read)
    reader.start()
    for count in range(500):
        session.change(w5=count / 500, w6=-count / 500, b1=count / 500)
    done.set()
    reader.join()
    assert not torn


def test_a_reader_waits_until_a_change_is_shown():
    session = Session(NET, strict=True)
    showing, read = Event(), []
    reader = Thread(target=lambda: (showing.wait(5), read.append(session.state.network["w5"])))

    def slow(state: State) -> None:
        if state.network["w5"] == 0.5:
            showing.set()
            reader.join(0.2)  # it does not come through
            assert not read

    session.subscribe(slow)
    reader.start()
    session.change(w5=0.5)
    reader.join(5)
    assert read == [0.5]
