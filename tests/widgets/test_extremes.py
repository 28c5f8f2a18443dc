"""What the views do with refused texts, messages that mean nothing, and the largest numbers."""

import re
from typing import Any

import pytest
from frontend import move, page, say, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import networks

import bpwidgets as bp

NET = bp.worked_example()
UNREADABLE = re.compile(r"\b(nan|inf|None|Infinity)\b|0x[0-9a-f]{4,}|np\.|array\(", re.IGNORECASE)
REFUSED = {
    "abc": "abc is not a number",
    "0,5": "write it with a point",
    "": "type a number",
    "1e7": "w5 must be a finite number between -1e6 and 1e6, got 10000000.0",
    "nan": "nan is not a number",
    "<b>1</b>": "<b>1</b> is not a number",
}


def assert_readable(explorer: bp.Explorer) -> None:
    """No text anywhere is a NaN, an infinity, an address or a thing of Python's."""
    for view in explorer.views:
        assert view.message == ""
        for text in (*texts(view.frame), *texts(view.scene), repr(view)):
            assert text.startswith("<?xml") or not UNREADABLE.search(text), text


@pytest.mark.parametrize(("typed", "answer"), REFUSED.items())
def test_a_refused_text_is_answered_beside_its_field(typed, answer):
    with page():
        explorer = bp.Explorer(NET, strict=True)
        controls = explorer.views[0]
        heard = move(controls, w5=typed, w1="0.35891648")
        assert list(controls.scene["refused"]) == ["w5"]
        assert answer in controls.scene["refused"]["w5"]
        assert list(controls.scene["heard"]) == heard
        assert explorer.session.state.network == NET.replace(w1=0.35891648)
        move(controls, w6=0.1)  # it stays while other numbers move
        assert answer in controls.scene["refused"]["w5"]
        move(controls, w5="0.5")
        assert controls.scene["refused"] == {}
        assert explorer.session.state.network == NET.replace(w1=0.35891648, w5=0.5, w6=0.1)
        explorer.close()


@pytest.mark.parametrize("value", [True, None, [1], {"a": 1}, float("nan"), 1e300])
def test_what_is_refused_changes_nothing_and_is_heard(value):
    with page():
        explorer = bp.Explorer(NET, strict=True)
        before = explorer.session.state
        heard = move(explorer.views[0], w5=value, w99=1)
        assert "w5" in explorer.views[0].scene["refused"]
        assert list(explorer.views[0].scene["heard"]) == heard
        assert explorer.session.state is before
        explorer.close()


def test_an_answer_goes_when_the_session_is_reset():
    with page():
        explorer = bp.Explorer(NET, strict=True)
        controls = explorer.views[0]
        assert controls.scene["at_start"]
        move(controls, w5=9.5)
        move(controls, w6="x")
        assert not controls.scene["at_start"]
        heard = move(controls, reset=True)
        assert controls.scene["refused"] == {}
        assert list(controls.scene["heard"]) == heard
        assert controls.scene["at_start"]
        assert explorer.session.state.network == NET
        explorer.close()


def test_an_overtaken_message_does_not_undo_a_later_one():
    with page():
        explorer = bp.Explorer(NET, strict=True)
        for page_name, count, value in [("a", 2, 0.2), ("a", 1, 0.1), ("b", 1, 0.3), ("a", 2, 0.4)]:
            say(explorer.views[0], {"change": {"w5": value}, "heard": [page_name, count]})
        assert explorer.session.state.network["w5"] == 0.3
        explorer.close()


@pytest.mark.parametrize(
    ("view", "content"),
    [
        (0, {"change": {"chosen": "w1", "axes": ["w1", "w2"]}, "heard": ["a", 1]}),
        (0, {"change": {}, "heard": ["b", 1]}),
        (0, {"change": {"w5": 0.5}}),
        (0, {"change": {"w5": 0.5}, "heard": []}),
        (0, {"change": {"w5": 0.5}, "heard": [[], "x"]}),
        (0, {}),
        (2, {"change": {"chosen": "x1"}, "heard": ["c", 1]}),
        (2, {"change": {"chosen": "w99"}, "heard": ["c", 1]}),
        (2, {"change": {"chosen": ["w1"]}, "heard": ["c", 1]}),
        (2, {}),
        (3, {"change": {"axes": ["w5", "eta"]}, "heard": ["c", 1]}),
        (3, {"change": {"axes": ["w5"]}, "heard": ["c", 1]}),
        (3, {"change": {"axes": [["w5"], {}]}, "heard": ["c", 1]}),
        (3, {"change": {"axes": None}, "heard": ["c", 1]}),
    ],
)
def test_a_message_that_means_nothing_changes_nothing(view, content):
    with page():
        explorer = bp.Explorer(NET, strict=True)
        before = explorer.session.state
        say(explorer.views[view], content)
        assert explorer.session.state is before
        said = explorer.views[view].message
        assert said.startswith("The page asked for something") or (view == 0 and not said)
        explorer.session.change(w5=0.5)
        assert_readable(explorer)  # and the message is gone
        explorer.close()


@pytest.mark.parametrize("name", NET.names)
@pytest.mark.parametrize("value", [1e6, -1e6, 1e-300, -0.0])
def test_extreme_values_are_shown(name, value):
    with page():
        explorer = bp.Explorer(NET, strict=True)
        axis = name if name != "eta" else "w1"
        explorer.session.change(**{name: value}, axes=(axis, "w2" if axis != "w2" else "w3"))
        assert_readable(explorer)
        explorer.session.change(chosen="w1")
        assert_readable(explorer)
        low, high, _ = explorer.views[0].scene["ranges"][name]
        assert low <= value <= high
        for end in (low, high):  # Home and End
            move(explorer.views[0], **{name: end})
            assert explorer.views[0].scene["refused"] == {}
        explorer.close()


@pytest.mark.parametrize("value", [1e6, -1e6, 0.0])
def test_all_values_extreme_at_once(value):
    with page():
        explorer = bp.Explorer(NET.replace(**dict.fromkeys(NET.names, value)), strict=True)
        assert_readable(explorer)
        explorer.close()


@settings(max_examples=10)
@given(networks(layers=3, width=3), st.data())
def test_any_network_is_shown(net: bp.Network, data: Any):
    with page():
        explorer = bp.Explorer(net, strict=True)
        explorer.session.change(chosen=data.draw(st.sampled_from(net.symbols.trainable)))
        assert_readable(explorer)
        explorer.close()


def test_reprs_are_short_and_carry_a_number():
    with page():
        explorer = bp.Explorer(NET, strict=True)
        assert list(map(repr, [explorer, *explorer.views])) == [
            "<Explorer Etot: 0.298371109, w5: 0.082167041>",
            "<Controls w5: 0.40>",
            "<Breakdown w5: 0.082167041>",
            "<Gradients Etot: 0.298371109, after one step: 0.291027774>",
            "<Surface w5, w6: Etot 0.298371109>",
        ]
        bundle = explorer.views[1]._repr_mimebundle_()
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        assert data["text/plain"] == "<Breakdown w5: 0.082167041>"
        explorer.session.change(w5=1e6, w1=-1e6, chosen="w1")
        assert all(len(repr(each)) < 80 for each in [explorer, *explorer.views])
        explorer.close()


def test_something_else_than_a_network():
    with pytest.raises(TypeError, match="a session needs a Network, got 'w5'"):
        bp.Explorer("w5")
