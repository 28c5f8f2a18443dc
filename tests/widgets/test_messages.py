"""What the page says and hears: changes, refusals, messages that mean nothing, files."""

import json
import math
from functools import reduce
from typing import Any

import pytest
from frontend import act_of, files, heard, move, page, say, updates

import bpwidgets as bp
from bpwidgets.session import Session
from bpwidgets.widgets.explorer import VIEWS
from bpwidgets.widgets.part import Kept

NET = bp.worked_example()
DEEP = reduce(lambda inner, _: [inner], range(900), [])  # as deep as JSON is written here
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
    answered = move(controls, w5=typed, w1="0.35891648")
    assert list(controls.scene["refused"]) == ["w5"]
    assert answer in controls.scene["refused"]["w5"]
    assert (heard(controls), controls.message) == (answered, "")
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
    answered = move(controls, w5=value, w99=1)
    (sent,) = updates(controls)
    assert list(sent["scene"]["refused"]) == ["w5"]
    assert sent["heard"][:2] == answered
    assert explorer.session.state is before
    assert not explorer.session.can_undo


def test_a_refusal_goes_when_its_number_is_reset_or_moves_otherwise(explorer):
    controls = explorer["controls"]
    move(controls, w5=9.5)
    move(controls, w5="x", w6="y")
    assert set(controls.scene["refused"]) == {"w5", "w6"}
    assert controls.scene["starts"] == {"w5": "0.40"}
    answered = move(controls, reset=["w5"])
    assert set(controls.scene["refused"]) == {"w6"}
    assert controls.scene["starts"] == {}
    assert heard(controls) == answered
    assert explorer.session.state.network == NET
    explorer.session.change(w6=0.9)
    assert controls.scene["refused"] == {}


def test_every_message_is_heard_once_with_its_effect(explorer):
    controls = explorer["controls"]
    answered = move(controls, w5=0.9)
    assert [set(sent) for sent in updates(controls)] == [{"scene", "heard"}]
    assert heard(controls) == answered
    answered = move(controls, w5=0.9)  # which changes nothing
    assert [sent["heard"][:2] for sent in updates(controls)] == [answered]


def test_an_overtaken_message_does_not_undo_a_later_one(explorer):
    controls = explorer["controls"]
    for page_name, count, value in [("a", 2, 0.2), ("a", 1, 0.1), ("b", 1, 0.3), ("a", 2, 0.4)]:
        say(controls, {"page": page_name, "acts": [act_of(controls, count, {"w5": value})]})
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


HOSTILE = [  # what a page cannot have meant, view by view
    ("controls", {"reset": 3}),
    ("controls", {"reset": ["w99"]}),
    ("controls", {"picture": "png"}),
    ("gradients", {"chosen": "x1"}),
    ("gradients", {"chosen": "w99"}),
    ("gradients", {"chosen": ["w1"]}),
    ("gradients", {"network": {"w1": 1}}),
    ("gradients", {"walk": [1]}),
    ("gradients", {"step": 1}),
    ("gradients", {"at": "w5"}),
    ("gradients", {"self": 1}),
    ("diagram", {"chosen": None}),
    ("diagram", {"picture": "exe"}),
    ("diagram", {"picture": {"png": 1}}),
    ("diagram", {"picture": ["png"]}),
    ("diagram", {"picture": None}),
    ("surface", {"axes": ["w5", "eta"]}),
    ("surface", {"axes": ["w5"]}),
    ("surface", {"axes": [["w5"], {}]}),
    ("surface", {"axes": None}),
    ("surface", {"axes": ["w2", "w2"]}),
    ("surface", {"range": ["w99", "0", "1"]}),
    ("surface", {"range": ["w5", "0"]}),
    ("surface", {"range": ["w5", 0, None]}),
    ("surface", {"range": [["w5"], "0", "1"]}),
    ("surface", {"ranges": 3}),
    ("surface", {"colours": "red"}),
    ("slice", {"w5": "0.5"}),
    ("toolbar", {"do": "explode"}),
    ("toolbar", {"do": ["undo"]}),
    ("toolbar", {"preset": "none"}),
    ("toolbar", {"preset": {}}),
    ("toolbar", {"load": 3}),
    ("toolbar", {"decimals": "x"}),
    ("toolbar", {"decimals": "99"}),
    ("toolbar", {"decimals": math.inf}),
    ("toolbar", {"decimals": [3]}),
    ("toolbar", {"rule": "both"}),
    ("toolbar", {"large": "yes"}),
    ("steps", {"place": 10_000}),
    ("steps", {"place": "1"}),
    ("training", {"take": "1"}),
    ("training", {"typed": 1}),
    ("relief", {"draw": []}),
    ("relief", {"draw": [0, 900, 300, 300, False]}),
    ("relief", {"draw": [0, 30, math.inf, 300, False]}),
    ("relief", {"draw": [0, 30, math.nan, 300, False]}),
    ("training", {"take": ["run", True, True]}),
    ("training", {"take": []}),
    ("training", {"take": [3, 1, True]}),
    ("training", {"take": [DEEP, 1, True]}),
    ("training", {"take": ["r" * 2_000_000, 1, True]}),
    ("controls", {"reset": DEEP}),
    ("gradients", {"chosen": DEEP}),
    ("gradients", {"chosen": "w" * 2_000_000}),
    ("gradients", {"__proto__": 1}),
]
PART = [1, "HOST", "controls", {"w5": 0.5}, 1]
BAD = [  # messages that are none
    {},
    [],
    {"page": "a"},
    {"acts": [PART]},
    {"page": 3, "acts": [PART]},
    {"page": ["a"], "acts": [PART]},
    {"page": "a" * 65, "acts": [PART]},
    {"page": "a", "acts": 3},
    {"page": "a", "acts": {"1": PART}},
    {"page": "a", "acts": [3]},
    {"page": "a", "acts": [PART[:-1]]},
    {"page": "a", "acts": [["1", *PART[1:]]]},
    {"page": "a", "acts": [[True, *PART[1:]]]},
    {"page": "a", "acts": [[1, ["HOST"], *PART[2:]]]},
    {"page": "a", "acts": [[1, "HOST", ["controls"], *PART[3:]]]},
    {"page": "a", "acts": [[1, "HOST", "controls", 3, 1]]},
    {"page": "a", "acts": [[1, "HOST", "controls", "w5", 1]]},
    {"page": "a", "acts": [PART, [2, "HOST", "controls", None, 1]]},
    {"page": "a", "acts": DEEP},
]
ELSEWHERE = [  # what is for nobody here: a widget that was closed, a view that there is not
    {"page": "a", "acts": [[1, "another", "controls", {"w5": 0.5}, 1]]},
    {"page": "a", "acts": [[1, "HOST", "__proto__", {"w5": 0.5}, 1]]},
    {"page": "a", "acts": [[1, "HOST", "", {}, 1]]},
    {"page": "a", "acts": []},
]


def named(thing: Any, host: str) -> Any:
    return json.loads(json.dumps(thing).replace("HOST", host))


@pytest.mark.parametrize(
    ("name", "change"), HOSTILE, ids=[f"{name} {json.dumps(each)[:60]}" for name, each in HOSTILE]
)
def test_a_change_that_means_nothing_changes_nothing_and_is_answered(explorer, name, change):
    before, view = explorer.session.state, explorer[name]
    answered = move(view, **change)
    assert explorer.session.state is before
    assert view.message.startswith("The page asked for something that is not allowed: ")
    assert len(view.message) < 600
    assert heard(view) == answered
    assert not files(view)
    explorer.session.change(w5=0.5)
    assert not any(view.message for view in explorer.views)  # it is gone
    move(view, chosen="w1")  # and the next message is taken
    assert not view.message


@pytest.mark.parametrize("content", BAD, ids=[json.dumps(each)[:60] for each in BAD])
def test_a_message_that_is_none_changes_nothing_and_is_answered(explorer, content):
    before = explorer.session.state
    say(explorer["controls"], named(content, explorer.own_name))
    assert explorer.session.state is before
    assert explorer["toolbar"].message.startswith(
        "The page asked for something that is not allowed: "
    )
    move(explorer["controls"], w5=0.6)
    assert explorer.session.state.network["w5"] == 0.6
    assert not any(view.message for view in explorer.views)


@pytest.mark.parametrize("content", ELSEWHERE, ids=json.dumps)
def test_what_is_for_nobody_here_is_answered_all_the_same(explorer, content):
    before = explorer.session.state
    say(explorer["controls"], named(content, explorer.own_name))
    assert explorer.session.state is before
    assert heard(explorer["controls"]) == ["a", len(content["acts"])]
    assert not any(view.message for view in explorer.views)


@pytest.mark.parametrize("change", [{}, {"chosen": "w1"}, {"axes": ["w1", "w2"]}, {"w99": 1}])
def test_the_controls_take_numbers_only(explorer, change):
    before = explorer.session.state
    answered = move(explorer["controls"], **change)
    assert explorer.session.state is before
    assert (heard(explorer["controls"]), explorer["controls"].message) == (answered, "")


MAGIC = {"png": b"\x89PNG\r\n\x1a\n", "svg": b"<?xml", "pdf": b"%PDF-"}
TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


@pytest.mark.parametrize("name", ["surface", "slice", "diagram", "relief", "training"])
def test_a_picture_for_print(explorer, name):
    """The page that asked gets a file, and all other numbers stay as they are."""
    before, view = explorer.session.state, explorer[name]
    for kind, magic in MAGIC.items():
        answered = move(view, picture=kind)
        ((content, buffers),) = files(view)
        assert content == {
            "page": "page",
            "view": name,
            "file": f"{name}.{kind}",
            "type": TYPES[kind],
        }
        assert bytes(buffers[0]).startswith(magic)
        assert [sent["heard"][:2] for sent in updates(view)] == [answered]
    assert explorer.session.state is before


def test_a_picture_shows_the_present_numbers(explorer):
    def picture() -> bytes:
        move(explorer["surface"], picture="svg")
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
    move(view, picture="png")
    assert "has no picture to save" in view.message
    assert not files(view)


def test_two_views_of_a_kind_have_messages_of_their_own():
    with page():
        session = Session(NET, strict=True)
        one, other = bp.Explorer(session, ["surface"]), bp.Explorer(session, ["surface"])
        first, second = one["surface"], other["surface"]
        answered = move(first, w5=0.9)
        assert (heard(first), heard(second)) == (answered, [])
        assert first.scene == second.scene
        move(first, range=["w5", "x", "1"])
        assert "w5" in first.scene["refused"] and not second.scene["refused"]
        one.close()
        other.close()


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
    again = {"page": "a", "acts": [act_of(toolbar, 1, {"do": "undo"}, 1)]}
    say(toolbar, again)
    updates(toolbar)
    say(toolbar, again)
    assert [set(sent) for sent in updates(toolbar)] == [{"heard"}]
    assert heard(toolbar) == ["a", 1]
    assert explorer.session.state.network["w5"] == 0.6


def failed_at_its_own_message(*, strict: bool) -> str:
    """What a view says that fails at what its own page asked for; the page hears of it."""
    explorer = bp.Explorer(NET, ["controls"], strict=strict)
    controls = explorer["controls"]
    controls._scene = Kept(lambda state: 1 / 0)
    answered = move(controls, w5=0.9)
    said, sent = controls.message, updates(controls)[-1]
    explorer.close()
    assert sent["message"] == said
    assert sent["heard"][:2] == answered
    return said


def test_a_view_that_fails_at_its_own_message_says_that_it_failed(caplog):
    """And not that something was asked for that is not allowed."""
    wanted = "This view could not be shown: division by zero"
    with page():
        assert failed_at_its_own_message(strict=False) == wanted
    assert "a view could not be shown" in caplog.text
    with pytest.raises(AssertionError, match="division by zero"), page():
        said = failed_at_its_own_message(strict=True)
    assert said == wanted


@pytest.mark.parametrize("name", ["w5", "x1"])
def test_an_end_of_an_axis_that_is_left_alone_stays_exact(explorer, name):
    exact = -1.2345678901234
    explorer.session.change(axes=(name, "w6"), ranges={name: (exact, 3.0)})
    move(explorer["surface"], range=[name, None, "2.5"])
    assert explorer.session.state.ranges[name] == (exact, 2.5)
