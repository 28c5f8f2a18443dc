"""The list of settings: what a session takes, a file holds and undo leaves follows from its entries."""

from dataclasses import fields

import pytest

import bpwidgets as bp
from bpwidgets.saving import SAVED, Saved, from_json, to_json
from bpwidgets.session import Session
from bpwidgets.settings import SETTINGS, Kept, Setting, Settings
from bpwidgets.state import State
from bpwidgets.tasks import practice_network

NET = bp.worked_example()
OTHER = {  # for each setting a value that it does not have at first, and one that is refused
    "chosen": ("w1", "x1"),
    "axes": (("w1", "d2"), ("w1", "w1")),
    "rule": ("sequential", "both"),
    "biases": ("trained", True),
    "decimals": (4, 13),
    "colours": ("log", "blue"),
    "ranges": ({"w5": (0.0, 1.0)}, {"w5": (1.0, 2.0)}),
    "at": ("Etot", "Etot2"),
    "curve": ("log", None),
    "large": (True, 1),
}


def test_every_field_beside_the_network_is_a_setting():
    assert list(SETTINGS) == [each.name for each in fields(Settings) if each.name != "network"]
    assert all(isinstance(each, Setting) for each in SETTINGS.values())
    assert SETTINGS.keys() == OTHER.keys()
    assert SETTINGS.keys() <= {each.name for each in fields(State)}
    assert list(SAVED) == [each.name for each in fields(Kept) if each.name != "network"]


@pytest.mark.parametrize("name", SETTINGS)
def test_each_is_changed_checked_and_undone_as_its_entry_says(name):
    session = Session(NET)
    first, (good, bad) = session.state, OTHER[name]
    with pytest.raises((KeyError, TypeError, ValueError)):
        session.change(**{name: bad})
    after = session.change(**{name: good})
    assert getattr(after, name) != getattr(first, name)
    assert {each for each in SETTINGS if getattr(after, each) != getattr(first, each)} == {name}
    assert session.can_undo == (not SETTINGS[name].look)
    session.change(w5=0.7)
    kept = getattr(session.state, name)
    session.undo()
    assert session.state.network == NET
    assert getattr(session.state, name) == kept


@pytest.mark.parametrize("name", SETTINGS)
def test_another_network_takes_over_what_does_not_speak_of_its_numbers(name):
    session = Session(NET)
    session.change(**{name: OTHER[name][0]})
    before = getattr(session.state, name)
    other = practice_network(3, (1, 1))
    after = session.change(network=other)
    first = getattr(Session(other).state, name)
    assert getattr(after, name) == (first if SETTINGS[name].names else before)
    for each, its in SETTINGS.items():  # nothing is left that the other network does not have
        assert its.check(after, each, getattr(after, each)) == getattr(after, each)


@pytest.mark.parametrize("name", SETTINGS)
def test_a_file_holds_what_is_kept_and_refuses_what_a_session_refuses(name):
    session = Session(NET)
    session.change(**{name: OTHER[name][0]})
    kept = session.state.kept
    assert from_json(to_json(kept)) == kept
    assert (kept != Saved.of(NET)) == (name in SAVED)
    if name in SAVED:
        with pytest.raises((KeyError, TypeError, ValueError)) as of_session:
            session.change(**{name: OTHER[name][1]})
        usual = {each: getattr(Saved.of(NET), each) for each in SAVED}
        with pytest.raises(type(of_session.value)) as of_file:
            Saved(network=NET, **{**usual, name: OTHER[name][1]})
        assert str(of_file.value) == str(of_session.value)
