"""The toolbar: undo, redo, reset, presets, conventions, decimals; files, and those that are refused."""

import json

import pytest
from frontend import files, heard, move, page, texts, updates

import bpwidgets as bp
from bpwidgets.presets import PRESETS, preset
from bpwidgets.saving import MOST_BYTES, from_json, to_json
from bpwidgets.saving.state import Saved
from bpwidgets.widgets.toolbar import OWN

NET = bp.worked_example()
SMALL = bp.Network(weights=[[[0.5]]], biases=[0.1], inputs=[1.0], targets=[0.2])


def can(explorer: bp.Explorer) -> list[str]:
    return [name for name, possible in explorer["toolbar"].scene["can"].items() if possible]


def test_undo_redo_and_reset(explorer):
    toolbar = explorer["toolbar"]
    assert can(explorer) == []
    move(explorer["controls"], w5=0.7)
    assert can(explorer) == ["undo", "reset"]
    move(toolbar, rule="sequential")
    answered = move(toolbar, do="undo")
    assert heard(toolbar) == answered
    assert can(explorer) == ["undo", "redo", "reset"]
    assert (toolbar.scene["rule"], explorer.session.state.network["w5"]) == ("simultaneous", 0.7)
    move(toolbar, do="undo")
    assert can(explorer) == ["redo"]
    assert explorer.session.state.network == NET
    move(toolbar, do="undo")  # there is nothing more: nothing happens
    assert toolbar.message == ""
    move(toolbar, do="redo")
    move(toolbar, do="redo")
    assert can(explorer) == ["undo", "reset"]
    assert toolbar.scene["rule"] == "sequential"
    move(toolbar, do="reset")
    assert can(explorer) == ["undo"]
    assert explorer.session.state.network == NET
    assert explorer.session.state.rule == "sequential"  # a convention is no number
    assert explorer["gradients"].scene["total"] == "0.298371109"


def test_training_can_be_reset(explorer):
    explorer.session.train(5)
    explorer.session.change(step=0)
    assert explorer.session.state.network == NET
    assert "reset" in can(explorer)
    move(explorer["toolbar"], do="reset")
    assert explorer.session.state.walk.steps == 0
    assert "reset" not in can(explorer)


def test_ranges_can_be_reset(explorer):
    """A reset brings the ranges back as well, so it can be pressed while they have changed."""
    explorer.session.change(ranges={"w5": (0.0, 1.0)})
    assert "reset" in can(explorer)
    move(explorer["toolbar"], do="reset")
    assert explorer.session.state.ranges["w5"] == (-4.0, 4.0)
    assert "reset" not in can(explorer)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_can_be_chosen(explorer, name):
    toolbar = explorer["toolbar"]
    assert [name, name] in toolbar.frame["presets"]
    move(explorer["controls"], w5=0.9)
    move(toolbar, preset=name)
    assert explorer.session.state.network == preset(name)
    assert toolbar.scene["preset"] == name
    assert toolbar.scene["words"] == PRESETS[name].words
    assert can(explorer) == ["undo"]  # it is a new start
    move(toolbar, do="undo")
    assert explorer.session.state.network == NET.replace(w5=0.9)
    assert toolbar.scene["preset"] == "notes"


def test_a_preset_stays_named_while_its_numbers_move(explorer):
    move(explorer["toolbar"], preset="wider")
    explorer.session.change(w5=0.9)
    explorer.session.train(3)
    assert explorer["toolbar"].scene["preset"] == "wider"
    explorer.session.change(network=SMALL)
    assert explorer["toolbar"].scene["preset"] == ""
    assert explorer["toolbar"].scene["words"] == ""


def test_ones_own_network_is_among_the_presets(explorer):
    assert all(name != OWN for name, _ in explorer["toolbar"].frame["presets"])  # it is the notes'
    with page():
        own = bp.Explorer(SMALL, ["toolbar"], strict=True)
        assert own["toolbar"].frame["presets"][0] == [OWN, OWN]
        assert own["toolbar"].scene["preset"] == OWN
        move(own["toolbar"], preset="notes")
        assert own.session.state.network == NET
        assert own["toolbar"].scene["preset"] == "notes"
        move(own["toolbar"], preset=OWN)
        assert own.session.state.network == SMALL
        assert own["toolbar"].scene["preset"] == OWN
        own.close()


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"rule": "sequential"}, {"rule": "sequential"}),
        ({"biases": "trained"}, {"biases": "trained"}),
        ({"decimals": "4"}, {"decimals": 4}),
        ({"large": True}, {"large": True}),
    ],
)
def test_a_setting(explorer, change, state):
    answered = move(explorer["toolbar"], **change)
    (name,) = change
    assert getattr(explorer.session.state, name) == state[name]
    assert explorer["toolbar"].scene[name] == change[name]
    (sent,) = updates(explorer["toolbar"])
    assert sent["heard"][:2] == answered
    assert all(len(updates(view)) <= 1 for view in explorer.views)


def test_what_can_be_chosen_is_allowed(explorer):
    frame = explorer["toolbar"].frame
    for name in ("rules", "biases", "decimals"):
        setting = {"rules": "rule"}.get(name, name)
        for value, _ in frame[name]:
            move(explorer["toolbar"], **{setting: value})
            assert explorer["toolbar"].scene[setting] == value
            assert explorer["toolbar"].message == ""
    assert repr(explorer["toolbar"]) == "<Toolbar sequential, biases trained, 12 decimals>"


def looked_at(explorer: bp.Explorer) -> None:
    explorer.session.change(
        w5=0.123456789012345, ranges={"w1": (-1.0, 2.0)}, chosen="w1", axes=("x1", "d2")
    )
    explorer.session.change(rule="sequential", biases="trained", decimals=4, colours="log")


def saved_text(explorer: bp.Explorer) -> str:
    updates(explorer["toolbar"])
    move(explorer["toolbar"], save=True)
    ((content, buffers),) = files(explorer["toolbar"])
    assert content == {
        "page": "page",
        "view": "toolbar",
        "file": "bpwidgets.json",
        "type": "application/json",
    }
    return bytes(buffers[0]).decode()


def test_what_was_saved_is_loaded(explorer):
    looked_at(explorer)
    right, text = explorer.session.state.kept, saved_text(explorer)
    assert from_json(text) == right
    with page():
        other = bp.Explorer(SMALL, strict=True)
        for view in other.views:
            updates(view)
        answered = move(other["toolbar"], load=text)
        assert other.session.state.kept == right
        assert heard(other["toolbar"]) == answered
        assert other["toolbar"].scene["refused"] == ""
        assert max(len(updates(view)) for view in other.views) == 1
        assert saved_text(other) == text
        move(other["toolbar"], do="undo")  # all of it was one change
        assert other.session.state.network == SMALL
        assert not other.session.can_undo
        other.close()


def test_what_was_copied_makes_the_same(explorer):
    looked_at(explorer)
    move(explorer["toolbar"], copy=True)
    ((content, buffers),) = files(explorer["toolbar"])
    assert (content["page"], content["view"], buffers) == ("page", "toolbar", [])
    found = {}
    with page():
        exec(content["copy"], found)
        assert found["explorer"].session.state.kept == explorer.session.state.kept
        found["explorer"].close()


GOOD = to_json(Saved.of(NET))
DAMAGED = {
    "empty": ("", "it is not JSON at line 1"),
    "cut": (GOOD[:-20], "it is not JSON at line"),
    "other JSON": ("[1, 2]", "it must be one JSON object, got list"),
    "another's": ('{"cells": []}', "its format must be 'bpwidgets', got None"),
    "a newer one": (GOOD.replace('"version": 1', '"version": 2'), "this file is of version 2"),
    "no number": (GOOD.replace("[[0.4,", "[[NaN,"), "w5 must be a finite number"),
    "a text": (GOOD.replace("[[0.4,", '[["<b>1</b>",'), "w5 must be a number, got '<b>1</b>'"),
    "a bad setting": (GOOD.replace('"chosen": "w5"', '"chosen": "x1"'), "no weight or bias 'x1'"),
    "nested": ("[" * 60_000, "it is nested too deeply"),
    "long": (" " * (MOST_BYTES + 1), "it must have at most 65,536 bytes"),
    "no text": (None, "the file is no UTF-8 text"),  # which the page cannot read
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_file_is_refused_with_its_reason(explorer, kind):
    text, reason = DAMAGED[kind]
    toolbar = explorer["toolbar"]
    explorer.session.change(w5=0.9)
    before = explorer.session.state
    for view in explorer.views:
        updates(view)
    answered = move(toolbar, load=text)
    assert explorer.session.state is before
    (sent,) = updates(toolbar)
    assert sent["heard"][:2] == answered
    assert reason in sent["scene"]["refused"]
    assert len(sent["scene"]["refused"]) < 400
    assert toolbar.message == ""
    others = [updates(view) for view in explorer.views if view is not toolbar]
    assert all(set(*each) == {"heard"} for each in others)
    move(toolbar, load=GOOD)
    assert toolbar.scene["refused"] == ""
    assert explorer.session.state.network == NET


def test_a_refusal_goes_with_the_next_press(explorer):
    toolbar = explorer["toolbar"]
    for change in ({"do": "undo"}, {"large": True}, {"save": True}):
        move(toolbar, load="")
        assert toolbar.scene["refused"]
        move(toolbar, **change)
        assert toolbar.scene["refused"] == ""


def test_a_file_changes_nothing_of_what_is_written_elsewhere(explorer):
    """No text of a file reaches a view but as a number or a name that is known."""
    strange = json.loads(GOOD)
    strange["settings"]["ranges"] = {"w5<b>": [0, 1]}
    move(explorer["toolbar"], load=json.dumps(strange))
    for view in explorer.views:
        if view is not explorer["toolbar"]:
            assert not any("<b>" in text for text in texts([view.frame, view.scene]))


def test_what_is_kept_has_another_serial_when_it_is_another(explorer):
    """By which the page knows that what it has copied is old; whatever it is that moved."""
    toolbar, serials = explorer["toolbar"], []
    for change in (
        {},
        {"w5": -1.0},
        {"w5": -2.0},  # whose hash is that of −1 in CPython
        {"w5": -2.0000001},
        {"chosen": "w1"},
        {"decimals": 3},
        {"rule": "sequential"},
        {"ranges": {"w1": (-1.0, 2.0)}},
    ):
        explorer.session.change(**change)
        serials.append(toolbar.scene["serial"])
    assert len(set(serials)) == len(serials)
    explorer.session.train(1)
    assert toolbar.scene["serial"] not in serials
    serials.append(toolbar.scene["serial"])
    explorer.session.change(at="h1")  # what is not kept
    move(explorer["controls"], w5="much")
    move(toolbar, load="")
    assert toolbar.scene["serial"] == serials[-1]
