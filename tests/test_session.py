"""The session: one state, changed as a whole or not at all, and shown to everybody."""

import logging

import pytest

from bpwidgets import worked_example
from bpwidgets.network import Network
from bpwidgets.session import Session
from bpwidgets.state import State

NET = worked_example()
REFUSED = [  # (changes, the error's type, what its message says)
    ({"w5": float("nan")}, ValueError, "w5 must be a finite number between -1e6 and 1e6, got nan"),
    ({"w5": float("inf")}, ValueError, "w5 must be .* got inf"),
    ({"x1": 1000000.1}, ValueError, "x1 must be .* got 1000000.1"),
    ({"w5": True}, TypeError, "w5 must be a number, got True"),
    ({"w5": "0.5"}, TypeError, "w5 must be a number, got '0.5'"),
    ({"w5": None}, TypeError, "w5 must be a number, got None"),
    ({"w5": 1j}, TypeError, "w5 must be a number, got 1j"),
    ({"w5": [0.5]}, TypeError, "w5 must be a number, got .0.5."),
    ({"w9": 0.5}, KeyError, "no parameter 'w9'; known are x1, x2"),
    ({"wieght": 0.5}, KeyError, "no parameter 'wieght'"),
    ({"d1": 0.5, "t1": 0.6}, ValueError, "d1 is given twice, as d1 and as t1"),
    ({"chosen": "x1"}, KeyError, "no weight or bias 'x1'"),
    ({"chosen": "eta"}, KeyError, "no weight or bias 'eta'"),
    ({"chosen": None}, KeyError, "no weight or bias None"),
    ({"chosen": ["w5"]}, KeyError, "no weight or bias .'w5'."),
    ({"axes": ("w5", "w5")}, ValueError, "axes must be two different names, got w5 twice"),
    ({"axes": ("d1", "t1")}, ValueError, "axes must be two different names, got d1 twice"),
    ({"axes": ("w5", "eta")}, KeyError, "no input, weight, bias or target 'eta'"),
    ({"axes": ("w5", "w99")}, KeyError, "'w99'"),
    ({"axes": ("w5",)}, ValueError, "axes must be two names"),
    ({"axes": "w5"}, ValueError, "axes must be two names, got 'w5'"),
    ({"axes": None}, ValueError, "axes must be two names, got None"),
]


def shown(session: Session) -> list[State]:
    """What the session shows from now on."""
    states: list[State] = []
    session.subscribe(states.append)
    states.clear()
    return states


@pytest.mark.parametrize(("changes", "kind", "words"), REFUSED)
def test_a_refused_change_changes_nothing(changes, kind, words):
    session = Session(NET)
    session.change(w5=0.7, chosen="w1", axes=("w1", "b2"))
    before, states = session.state, shown(session)
    good = {"w2": 0.9} if "chosen" in changes or "axes" in changes else {"chosen": "w8"}
    for attempt in (changes, {**good, **changes}, {"w3": 900.0, **changes}):
        with pytest.raises(kind, match=words):
            session.change(**attempt)
        assert session.state is before
        assert session.state.ranges["w3"] == (-4.0, 4.0)
        assert not states


def test_one_change_is_shown_once_to_everybody():
    session = Session(NET, strict=True)
    first, second = shown(session), shown(session)
    after = session.change(w5=0.41, w1=0.2, eta=0.1, chosen="w1", axes=["x1", "t2"])
    assert first == second == [after] == [session.state]
    assert after.network == NET.replace(w5=0.41, w1=0.2, eta=0.1)
    assert (after.chosen, after.axes) == ("w1", ("x1", "d2"))
    assert after.calculation.values["w5"] == 0.41
    assert after.calculation is first[0].calculation  # made once
    session.change(w5=0.41, chosen="w1")  # nothing new
    session.change()
    assert len(first) == 1


def test_a_subscriber_sees_the_present_state_first_and_none_after_leaving():
    session = Session(NET)
    states: list[State] = []
    leave = session.subscribe(states.append)
    assert states == [session.state]
    session.change(w5=1.0)
    leave()
    leave()
    session.change(w5=2.0)
    assert [state.network["w5"] for state in states] == [0.4, 1.0]


def broken(state: State) -> None:
    if state.network["w5"] == 13.0:
        raise ZeroDivisionError("unlucky")


@pytest.mark.parametrize("strict", [False, True])
def test_a_failing_subscriber_does_not_stop_the_others(strict, caplog):
    session = Session(NET, strict=strict)
    before, _, after = shown(session), session.subscribe(broken), shown(session)
    with caplog.at_level(logging.ERROR, "bpwidgets"):
        if strict:
            with pytest.raises(ZeroDivisionError, match="unlucky"):
                session.change(w5=13.0)
        else:
            session.change(w5=13.0)
    assert before == after == [session.state]
    assert session.state.network["w5"] == 13.0
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]
    session.change(w5=0.5)
    assert len(before) == len(after) == 2


@pytest.mark.parametrize("strict", [False, True])
def test_a_subscriber_that_fails_at_once(strict):
    session = Session(NET.replace(w5=13.0), strict=strict)
    states: list[State] = []

    def show(state: State) -> None:
        broken(state)
        states.append(state)

    if strict:
        with pytest.raises(ZeroDivisionError):
            session.subscribe(show)
    else:
        session.subscribe(show)
    session.change(w5=1.0)
    assert len(states) == (0 if strict else 1)  # subscribed, unless subscribing raised


@pytest.mark.parametrize("already", [False, True])
def test_a_view_must_not_change_what_it_is_shown(already):
    session = Session(NET, strict=True)

    def meddle(state: State) -> None:
        if not already or state.network["w5"] == 0.5:
            session.change(w6=0.9)

    with pytest.raises(RuntimeError, match="must not change the session"):
        session.subscribe(meddle)
        session.change(w5=0.5)
    assert session.state.network["w6"] == 0.45


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, SystemExit, GeneratorExit])
@pytest.mark.parametrize("go", ["change", "undo", "redo", "reset", "train"])
def test_an_interrupt_leaves_no_view_stale(interrupt, go):
    session = Session(NET)
    session.change(w5=0.5)
    session.change(w5=0.6)
    session.undo()
    stop = []

    def interrupted(state: State) -> None:
        if stop:
            raise stop.pop()
        seen.append(state)

    seen: list[State] = []
    before, _, after = shown(session), session.subscribe(interrupted), shown(session)
    stop.append(interrupt)
    arguments = {"change": {"w5": 0.7}, "train": {"steps": 2}}.get(go, {})
    with pytest.raises(interrupt):
        getattr(session, go)(**arguments)
    assert before == after == [session.state]
    assert seen[-1] != session.state  # the interrupted one itself
    session.change(w5=session.state.network["w5"])  # the same again
    assert seen[-1] == session.state
    assert len(before) == len(after) == 1  # the others had seen it
    assert session.change(w5=0.8).network["w5"] == 0.8  # and nothing is locked


@pytest.mark.parametrize("go", ["change", "undo", "redo"])
def test_an_interrupt_just_before_the_views_are_shown_leaves_none_stale(go, monkeypatch):
    session = Session(NET)
    session.change(w5=0.5)
    session.change(w5=0.6)
    session.undo()
    states = shown(session)

    def interrupted(*_) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(session, "_forget", interrupted)
    with pytest.raises(KeyboardInterrupt):
        getattr(session, go)(**({"w5": 0.7} if go == "change" else {}))
    assert states == [session.state]
    assert session.state.network["w5"] == {"change": 0.7, "undo": 0.4, "redo": 0.6}[go]


def test_undo_with_nothing_to_undo_heals_as_well():
    session = Session(NET)
    stop, seen = [], []

    def interrupted(state: State) -> None:
        if stop:
            raise stop.pop()
        seen.append(state)

    session.subscribe(interrupted)
    stop.append(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        session.change(chosen="w1")
    session.undo()
    assert seen[-1].chosen == "w1"


@pytest.mark.parametrize("name", ["observe", "unobserve", "w5", "network", "value", "h" * 100_000])
def test_what_a_session_does_not_have_says_what_there_is(name):
    session = Session(NET)
    with pytest.raises(AttributeError) as refusal:
        getattr(session, name)
    words = str(refusal.value)
    assert words.startswith(
        "a Session has no 'h" if name[:2] == "hh" else f"a Session has no '{name}'"
    )
    assert len(words) < 300
    for way in ("session.subscribe(show)", "session.state", "session.change(w5=0.41)"):
        assert way in words
    assert not hasattr(session, name)


def test_ranges_only_widen():
    session = Session(NET)
    widths = {name: high - low for name, (low, high) in session.state.ranges.items()}
    for value in (5.0, 0.1, -300.0, 3.0, -1e6, 0.0, 1e6, 0.2):
        for name in NET.names:
            low, high = session.change(**{name: value}).ranges[name]
            assert low <= value <= high
            assert -1e6 <= low < high <= 1e6  # so that its ends can be chosen
            assert high - low >= widths[name]
            widths[name] = high - low


def test_reset_goes_back_to_the_start_and_keeps_what_is_looked_at():
    session = Session(NET)
    first = session.state
    session.change(w5=99.0, x1=-50.0, t1=0.5, chosen="b1", axes=("w1", "d2"))
    states = shown(session)
    after = session.reset()
    assert states == [after]
    assert (after.network, after.ranges) == (NET, first.ranges)
    assert (after.chosen, after.axes) == ("b1", ("w1", "d2"))
    session.reset()
    assert len(states) == 1


def test_the_start_of_other_networks():
    single = Network(weights=[[[0.5]]], biases=[0.1], inputs=[1.0], targets=[0.2])
    state = Session(single).state
    assert (state.chosen, state.axes) == ("w1", ("w1", "b1"))
    assert (Session(NET).state.chosen, Session(NET).state.axes) == ("w5", ("w5", "w6"))
    with pytest.raises(TypeError, match="net must be a Network, got 3"):
        Session(3)


def test_reprs_are_short_and_carry_the_error():
    session = Session(NET)
    assert repr(session) == "<Session Etot: 0.298371109, w5 chosen>"
    assert repr(session.state) == "<State Etot: 0.298371109, w5 chosen>"
