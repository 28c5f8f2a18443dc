"""What is done on a page arrives once and in order, also on a line as slow as Binder's."""

from __future__ import annotations

import itertools
import re

import pytest
from playwright.sync_api import Locator, expect

import bpwidgets as bp

from .learner import Learner
from .shown import RigPage

NET = bp.worked_example()
ONE_WAY = 0.1


@pytest.fixture
def learner(rig: RigPage) -> Learner:
    """At an Explorer that has come to rest, on a slow line."""
    made = Learner(rig, bp.Explorer(NET, strict=True))
    rig.line.late(ONE_WAY)
    return made


def at(learner: Learner, **numbers: float) -> None:
    """The session has these numbers, and the page shows them."""
    net = NET.replace(**numbers)
    assert learner.state_at_rest().network == net
    fields = learner.shown.read()["fields"]
    found = {name: float(text.replace("−", "-")) for name, text in fields.items()}
    assert found == {name: pytest.approx(net[name]) for name in net.names}


# --- training takes the steps that were asked for ---


def test_a_run_goes_on_from_the_step_that_was_typed(learner: Learner) -> None:
    for _ in range(2):
        learner.press("Train 10 steps")
        learner.rig.rest()
    learner.type_step("3")
    learner.press("Train 1 step")
    assert learner.state_at_rest().step == 4


def test_a_run_after_a_reset_begins_at_the_start(learner: Learner) -> None:
    learner.press("Train 1,000 steps")
    assert learner.state_at_rest().step == 1000
    learner.press("Reset")
    learner.press("Train 1 step")
    state = learner.state_at_rest()
    assert (state.step, state.walk.steps) == (1, 1)


def test_presses_before_an_answer_add_up(learner: Learner) -> None:
    for _ in range(3):
        learner.press("Train 1 step")
    learner.press("Train 10 steps")
    state = learner.state_at_rest()
    assert (state.step, state.walk.steps) == (13, 13)


@pytest.mark.parametrize("ending", ["reset", "undo", "key"])
def test_what_moves_the_session_elsewhere_ends_a_run(learner: Learner, ending: str) -> None:
    learner.press("Train 10,000 steps")
    words = learner.shown.holder.get_by_text(re.compile("^After [1-9],"))
    expect(words).to_have_count(1)  # it is well under way
    if ending == "key":
        learner.shown.press("w5", "ArrowRight")
    else:
        learner.press(ending.capitalize())
    state = learner.state_at_rest()
    assert state.step == 0
    assert state.walk.steps == (state.walk.steps if ending == "undo" else 0)
    button = learner.shown.holder.get_by_role("button", name="Stop", exact=True)
    expect(button).to_be_disabled()


def test_runs_come_before_the_key_after_them(learner: Learner) -> None:
    for _ in range(3):
        learner.press("Train 1 step")
    learner.shown.press("b1", "ArrowRight")
    trained = bp.train(NET, 3).final
    assert learner.state_at_rest().network == trained.replace(b1=0.36)


@pytest.mark.parametrize("between", ["Reset", "w5"])
def test_a_run_asked_for_after_something_else_is_taken(learner: Learner, between: str) -> None:
    learner.press("Train 1 step")
    if between == "Reset":
        learner.press("Reset")
    else:
        learner.shown.press("w5", "ArrowRight")
    learner.press("Train 1 step")
    state = learner.state_at_rest()
    assert (state.step, state.walk.steps) == (1, 1)


# --- one order for all views of a session ---


def test_an_undo_comes_after_the_keys_before_it(learner: Learner) -> None:
    learner.shown.press("w5", *["ArrowRight"] * 4)
    learner.press("Undo")
    at(learner, w5=0.43)
    learner.press("Redo")
    at(learner, w5=0.44)


def test_a_drag_is_undone_as_one_whatever_follows_it(learner: Learner) -> None:
    learner.drag("w5", 0.3, 0.4, 0.5, 0.6, 0.7)
    learner.shown.press("w6", "ArrowRight")
    at(learner, w5=float(learner.shown.field("w5").input_value()), w6=0.46)
    learner.press("Undo")
    learner.press("Undo")
    at(learner)


def test_what_was_undone_is_not_sent_again(learner: Learner) -> None:
    learner.shown.press("w5", "ArrowRight")
    learner.press("Undo")
    learner.shown.press("w6", "ArrowRight")
    at(learner, w6=0.46)


def test_a_reset_comes_after_the_keys_before_it(learner: Learner) -> None:
    learner.shown.press("w5", *["ArrowRight"] * 5)
    learner.press("Reset")
    learner.shown.press("w6", "ArrowRight")
    at(learner, w6=0.46)


def test_a_number_typed_after_keys_stands(learner: Learner) -> None:
    learner.shown.press("w5", *["ArrowRight"] * 5)
    learner.shown.enter("w5", "0.7")
    at(learner, w5=0.7)


def test_the_last_of_two_views_that_move_one_number_wins(learner: Learner) -> None:
    learner.shown.press("w5", *["ArrowRight"] * 5)
    learner.shown.holder.get_by_role("slider", name="Point on the map", exact=True).press("Home")
    assert learner.state_at_rest().network["w5"] == -4.0
    at(learner, w5=-4.0)


def test_a_run_is_undone_as_one_beside_all_that_is_drawn(learner: Learner) -> None:
    learner.press("Train 1,000 steps")
    assert learner.state_at_rest().step == 1000
    learner.press("Undo")
    at(learner)


def test_messages_that_overtake_each_other_on_two_threads(learner: Learner) -> None:
    learner.rig.kernel.add_thread()
    delays = itertools.cycle([0.2, 0.0])
    learner.rig.line.there.delay = delays.__next__
    learner.shown.press("w5", "ArrowRight")
    learner.press("Undo")
    learner.shown.press("w6", "ArrowRight", "ArrowRight")
    learner.press("Train 1 step")
    state = learner.state_at_rest()
    assert (state.walk.start, state.step) == (NET.replace(w6=0.47), 1)


def test_messages_that_come_twice(learner: Learner) -> None:
    learner.rig.line.there.copies = 2
    learner.shown.press("w5", "ArrowRight")
    learner.press("Undo")
    learner.press("Train 10 steps")
    learner.press("Redo")
    learner.press("Train 1 step")
    state = learner.state_at_rest()
    assert (state.step, state.walk.steps) == (11, 11)
    learner.press("Undo")
    learner.press("Undo")
    at(learner)


# --- keys with Ctrl, Alt or Meta are the browser's and the notebook's ---


@pytest.mark.parametrize("held", ["Alt", "Control", "Meta"])
def test_keys_with_a_modifier_move_nothing(learner: Learner, held: str) -> None:
    learner.rig.line.late(0)
    learner.press("Train 10 steps")
    before = learner.state_at_rest()
    moved = []
    for slider in learner.shown.holder.get_by_role("slider").all():
        slider.focus()
        for key in ("ArrowLeft", "ArrowUp", "End", "Home", "PageUp"):
            value = value_of(slider)
            learner.page.keyboard.press(f"{held}+{key}")
            if value_of(slider) != value:
                moved.append((slider.evaluate("node => node.ariaLabel"), key))
    assert moved == []
    assert learner.state_at_rest() is before


def value_of(slider: Locator) -> str:
    value: str = slider.evaluate("node => node.value ?? node.ariaValueNow")
    return value


# --- what the toolbar shows is so ---


def test_the_copied_code_is_that_of_the_numbers_shown(learner: Learner) -> None:
    learner.shown.press("w6", "ArrowRight")
    learner.press("Copy as Python")
    learner.rig.rest()
    code = learner.shown.holder.get_by_role("textbox", name="The state as Python code")
    expect(code).to_have_value(re.compile("w6=0.46"))
    learner.shown.press("w6", "ArrowRight")
    learner.rig.rest()
    if code.is_visible():
        expect(code).to_have_value(re.compile("w6=0.47"))


def test_a_file_that_is_no_text_is_told_so(learner: Learner) -> None:
    with learner.page.expect_file_chooser() as chooser:
        learner.press("Load a JSON file")
    wrong = {"name": "state.json", "mimeType": "application/json", "buffer": b'{"a": "\xe4"}'}
    chooser.value.set_files(wrong)
    said = learner.shown.holder.get_by_role("alert").filter(has_text="UTF-8")
    expect(said).to_be_visible()
    at(learner)
