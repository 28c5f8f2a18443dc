"""What the page says and hears: changes, refusals, messages that mean nothing, files."""

import json
import math

import pytest
from frontend import files, move, page, say, updates

import bpwidgets as bp
from bpwidgets.session import Session
from bpwidgets.widgets.explorer import VIEWS
from bpwidgets.widgets.surface import Surface
from bpwidgets.widgets.view import Kept

NET = bp.worked_example()
REFUSED = {
    "abc": "“abc” is not a number",
    "0,5": "write it with a point",
    "": "type a number",
    "1e7": "w5 must be a finite number between -1e6 and 1e6, got 10000000.0",
    "nan": "“nan” is not a number",
    "<b>1</b>": "“<b>1</b>” is not a number",
}


@pytest.mark.parametrize(("typed", "answer"), REFUSED.items())
def test_a_refused_text_is_answered_beside_its_field(explorer, typed, answer):
    controls = explorer["controls"]
    heard = move(controls, w5=typed, w1="0.35891648")
    assert list(controls.scene["refused"]) == ["w5"]
    assert answer in controls.scene["refused"]["w5"]
    assert (controls.heard, controls.message) == (heard, "")
    assert explorer.session.state.network == NET.replace(w1=0.35891648)
    move(controls, w6=0.1)  # it stays while other numbers move
    assert answer in controls.scene["refused"]["w5"]
    move(controls, w5="0.5")
    assert controls.scene["refused"] == {}
    assert explorer.session.state.network == NET.replace(w1=0.35891648, w5=0.5, w6=0.1)


@pytest.mark.parametrize("value", [True, None, [1], {"a": 1}, float("nan"), 1e300])
def test_what_is_refused_changes_nothing_and_is_heard(explorer, value):
    controls = explorer["controls"]
    before = explorer.session.state
    heard = move(controls, w5=value, w99=1)
    (sent,) = updates(controls)
    assert list(sent["scene"]["refused"]) == ["w5"]
    assert sent["heard"] == heard
    assert explorer.session.state is before
    assert not explorer.session.can_undo


def test_a_refusal_goes_when_its_number_is_reset_or_moves_otherwise(explorer):
    controls = explorer["controls"]
    move(controls, w5=9.5)
    move(controls, w5="x", w6="y")
    assert set(controls.scene["refused"]) == {"w5", "w6"}
    assert controls.scene["starts"] == {"w5": "0.40"}
    heard = move(controls, reset=["w5"])
    assert set(controls.scene["refused"]) == {"w6"}
    assert controls.scene["starts"] == {}
    assert controls.heard == heard
    assert explorer.session.state.network == NET
    explorer.session.change(w6=0.9)
    assert controls.scene["refused"] == {}


def test_every_message_is_heard_once_with_its_effect(explorer):
    controls = explorer["controls"]
    heard = move(controls, w5=0.9)
    assert [set(sent) for sent in updates(controls)] == [{"scene", "heard"}]
    assert controls.heard == heard
    heard = move(controls, w5=0.9)  # which changes nothing
    assert updates(controls) == [{"heard": heard}]


def test_an_overtaken_message_does_not_undo_a_later_one(explorer):
    controls = explorer["controls"]
    for page_name, count, value in [("a", 2, 0.2), ("a", 1, 0.1), ("b", 1, 0.3), ("a", 2, 0.4)]:
        say(controls, {"change": {"w5": value}, "heard": [page_name, count]})
    assert explorer.session.state.network["w5"] == 0.3


def test_a_drag_is_undone_as_one(explorer):
    for value in (0.5, 0.6, 0.7):
        move(explorer["controls"], gesture=1, w5=value)
    for value in (0.8, 0.9):
        move(explorer["controls"], gesture=2, w5=value)
    move(explorer["toolbar"], do="undo")
    assert explorer.session.state.network["w5"] == 0.7
    move(explorer["toolbar"], do="undo")
    assert explorer.session.state.network == NET
    assert not explorer.session.can_undo


HOSTILE = [
    ("controls", {"change": {"w5": 0.5}}),
    ("controls", {"change": {"w5": 0.5}, "heard": []}),
    ("controls", {"change": {"w5": 0.5}, "heard": [[], "x"]}),
    ("controls", {"change": {"w5": 0.5}, "heard": ["a", "1"]}),
    ("controls", {"change": {"w5": 0.5}, "heard": 3}),
    ("controls", {"change": 3, "heard": ["a", 1]}),
    ("controls", {"change": "w5", "heard": ["a", 1]}),
    ("controls", {"change": {"reset": 3}, "heard": ["a", 1]}),
    ("controls", {"change": {"reset": ["w99"]}, "heard": ["a", 1]}),
    ("controls", {"change": {"picture": ["png", "a"]}, "heard": ["a", 1]}),
    ("controls", {}),
    ("controls", []),
    ("gradients", {"change": {"chosen": "x1"}, "heard": ["a", 1]}),
    ("gradients", {"change": {"chosen": "w99"}, "heard": ["a", 1]}),
    ("gradients", {"change": {"chosen": ["w1"]}, "heard": ["a", 1]}),
    ("gradients", {"change": {"network": {"w1": 1}}, "heard": ["a", 1]}),
    ("gradients", {"change": {"walk": [1]}, "heard": ["a", 1]}),
    ("gradients", {"change": {"step": 1}, "heard": ["a", 1]}),
    ("gradients", {"change": {"at": "w5"}, "heard": ["a", 1]}),
    ("gradients", {"change": {"self": 1}, "heard": ["a", 1]}),
    ("gradients", {}),
    ("diagram", {"change": {"chosen": None}, "heard": ["a", 1]}),
    ("diagram", {"change": {"picture": ["exe", "a"]}, "heard": ["a", 1]}),
    ("diagram", {"change": {"picture": "png"}, "heard": ["a", 1]}),
    ("diagram", {"change": {"picture": [["png"], "a"]}, "heard": ["a", 1]}),
    ("diagram", {"change": {"picture": None}, "heard": ["a", 1]}),
    ("surface", {"change": {"axes": ["w5", "eta"]}, "heard": ["a", 1]}),
    ("surface", {"change": {"axes": ["w5"]}, "heard": ["a", 1]}),
    ("surface", {"change": {"axes": [["w5"], {}]}, "heard": ["a", 1]}),
    ("surface", {"change": {"axes": None}, "heard": ["a", 1]}),
    ("surface", {"change": {"axes": ["w2", "w2"]}, "heard": ["a", 1]}),
    ("surface", {"change": {"range": ["w99", "0", "1"]}, "heard": ["a", 1]}),
    ("surface", {"change": {"range": ["w5", "0"]}, "heard": ["a", 1]}),
    ("surface", {"change": {"range": ["w5", 0, None]}, "heard": ["a", 1]}),
    ("surface", {"change": {"range": [["w5"], "0", "1"]}, "heard": ["a", 1]}),
    ("surface", {"change": {"ranges": 3}, "heard": ["a", 1]}),
    ("surface", {"change": {"colours": "red"}, "heard": ["a", 1]}),
    ("slice", {"change": {"w5": "0.5"}, "heard": ["a", 1]}),
    ("toolbar", {"change": {"do": "explode"}, "heard": ["a", 1]}),
    ("toolbar", {"change": {"do": ["undo"]}, "heard": ["a", 1]}),
    ("toolbar", {"change": {"preset": "none"}, "heard": ["a", 1]}),
    ("toolbar", {"change": {"preset": {}}, "heard": ["a", 1]}),
    ("toolbar", {"change": {"load": 3}, "heard": ["a", 1]}),
    ("toolbar", {"change": {"decimals": "x"}, "heard": ["a", 1]}),
    ("toolbar", {"change": {"decimals": "99"}, "heard": ["a", 1]}),
    ("toolbar", {"change": {"decimals": math.inf}, "heard": ["a", 1]}),
    ("toolbar", {"change": {"decimals": [3]}, "heard": ["a", 1]}),
    ("toolbar", {"change": {"rule": "both"}, "heard": ["a", 1]}),
    ("toolbar", {"change": {"large": "yes"}, "heard": ["a", 1]}),
    ("steps", {"change": {"place": 10_000}, "heard": ["a", 1]}),
    ("steps", {"change": {"place": "1"}, "heard": ["a", 1]}),
    ("training", {"change": {"to": "1"}, "heard": ["a", 1]}),
    ("training", {"change": {"typed": 1}, "heard": ["a", 1]}),
    ("relief", {"change": {"draw": ["a"]}, "heard": ["a", 1]}),
    ("relief", {"change": {"draw": ["a", 0, 900, 300, 300, False]}, "heard": ["a", 1]}),
    ("relief", {"change": {"draw": ["a", 0, 30, math.inf, 300, False]}, "heard": ["a", 1]}),
    ("relief", {"change": {"draw": ["a", 0, 30, math.nan, 300, False]}, "heard": ["a", 1]}),
]


@pytest.mark.parametrize(
    ("name", "content"), HOSTILE, ids=[f"{name} {json.dumps(each)}" for name, each in HOSTILE]
)
def test_a_message_that_means_nothing_changes_nothing_and_is_answered(explorer, name, content):
    before, view = explorer.session.state, explorer[name]
    say(view, content)
    assert explorer.session.state is before
    assert view.message.startswith("The page asked for something that is not allowed: ")
    assert not files(view)
    explorer.session.change(w5=0.5)
    assert not any(view.message for view in explorer.views)  # it is gone
    heard = move(view, chosen="w1")  # and the next message is taken
    assert view.heard == heard


@pytest.mark.parametrize("change", [{}, {"chosen": "w1"}, {"axes": ["w1", "w2"]}, {"w99": 1}])
def test_the_controls_take_numbers_only(explorer, change):
    before = explorer.session.state
    heard = move(explorer["controls"], **change)
    assert explorer.session.state is before
    assert (explorer["controls"].heard, explorer["controls"].message) == (heard, "")


MAGIC = {"png": b"\x89PNG\r\n\x1a\n", "svg": b"<?xml", "pdf": b"%PDF-"}
TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


@pytest.mark.parametrize("name", ["surface", "slice", "diagram", "relief", "training"])
def test_a_picture_for_print(explorer, name):
    """The page that asked gets a file, and all other numbers stay as they are."""
    before, view = explorer.session.state, explorer[name]
    for kind, magic in MAGIC.items():
        heard = move(view, picture=[kind, "page 7"])
        ((content, buffers),) = files(view)
        assert content == {"page": "page 7", "file": f"{name}.{kind}", "type": TYPES[kind]}
        assert bytes(buffers[0]).startswith(magic)
        assert updates(view) == [{"heard": heard}]
    assert explorer.session.state is before


def test_a_picture_shows_the_present_numbers(explorer):
    def picture() -> bytes:
        move(explorer["surface"], picture=["svg", "a"])
        ((_, buffers),) = files(explorer["surface"])
        updates(explorer["surface"])
        return bytes(buffers[0])

    first = picture()
    assert picture() == first
    explorer.session.change(w5=2.0)
    assert picture() != first


@pytest.mark.parametrize("name", ["toolbar", "controls", "breakdown", "gradients", "steps"])
def test_a_view_without_a_picture_says_so(explorer, name):
    view = explorer[name]
    with pytest.raises(ValueError, match=f"{type(view).__name__} has no picture to save"):
        view.figure()
    move(view, picture=["png", "a"])
    assert "has no picture to save" in view.message
    assert not files(view)


def test_two_views_of_a_kind_have_messages_of_their_own():
    with page():
        session = Session(NET, strict=True)
        first, second = Surface(session), Surface(session)
        heard = move(first, w5=0.9)
        assert (first.heard, second.heard) == (heard, [])
        assert first.scene == second.scene
        move(first, range=["w5", "x", "1"])
        assert "w5" in first.scene["refused"] and not second.scene["refused"]
        first.close()
        second.close()


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_takes_a_change(explorer, name):
    move(explorer[name], **({"w1": 0.9} if name == "controls" else {"chosen": "w1"}))
    state = explorer.session.state
    assert state.chosen == "w1" or state.network["w1"] == 0.9


def test_a_message_that_comes_again_is_answered_again_and_done_once(explorer):
    """The page repeats what it takes as lost."""
    toolbar = explorer["toolbar"]
    explorer.session.change(w5=0.6)
    explorer.session.change(w5=0.7)
    again = {"change": {"do": "undo"}, "heard": ["a", 1], "gesture": 1}
    say(toolbar, again)
    updates(toolbar)
    say(toolbar, again)
    assert updates(toolbar) == [{"heard": ["a", 1]}]
    assert explorer.session.state.network["w5"] == 0.6


def test_a_view_that_fails_at_its_own_message_says_that_it_failed():
    with pytest.raises(AssertionError, match="division by zero"), page():
        controls = bp.Explorer(NET, ["controls"])["controls"]
        controls._scene = Kept(lambda state: 1 / 0)
        move(controls, w5=0.9)
        said = controls.message
        controls.close()
    assert said == "This view could not be shown: division by zero"


@pytest.mark.parametrize("name", ["w5", "x1"])
def test_an_end_of_an_axis_that_is_left_alone_stays_exact(explorer, name):
    exact = -1.2345678901234
    explorer.session.change(axes=(name, "w6"), ranges={name: (exact, 3.0)})
    move(explorer["surface"], range=[name, None, "2.5"])
    assert explorer.session.state.ranges[name] == (exact, 2.5)
