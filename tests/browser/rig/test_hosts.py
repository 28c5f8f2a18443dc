"""Views in every kind of host, and without a kernel, or with one that does not answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

import bpwidgets as bp
from bpwidgets.widgets.explorer import VIEWS

from ..explorer import ExplorerPage
from .shown import RigPage

NET = bp.worked_example()
SOON_MS = 3_000  # it is to be said within 2 s; the rest is for a busy machine


@pytest.mark.parametrize("host", ["jupyter", "marimo", "bare"])
def test_an_explorer_lives_in_every_host(rig: RigPage) -> None:
    explorer = bp.Explorer(NET, strict=True)
    shown = ExplorerPage(rig.page, rig.show(explorer))
    shown.press("w5", "ArrowRight")
    slope = f"{bp.backward(NET.replace(w5=0.41))['w5']:.9f}"
    expect(shown.gradient("w5")).to_have_text(slope)
    expect(shown.view("breakdown")).to_contain_text(slope)
    explorer.session.change(w5=0.5)
    expect(shown.field("w5")).to_have_value("0.50")


@pytest.mark.parametrize("host", ["jupyter", "marimo", "bare"])
def test_a_question_lives_in_every_host(rig: RigPage) -> None:
    place = rig.show(bp.Question(NET, "dEtot/dw5"))
    place.get_by_role("textbox").fill("0.0822")
    place.get_by_role("textbox").press("Enter")
    expect(place.locator(".bp-said")).to_have_text("✓ 0.0822: Right, to 3 digits.")


def wait_until_all_say(place: Locator, words: str) -> None:
    """Every view says something with these words, soon; without any, nothing."""
    lines = place.locator(".bp-view > .bp-message")
    expect(lines).to_have_count(len(VIEWS))
    expect(lines.filter(has_text=words or "e")).to_have_count(
        len(VIEWS) if words else 0, timeout=SOON_MS
    )


def test_views_of_a_saved_notebook_say_so_at_once(another: Callable[..., RigPage]) -> None:
    explorer = bp.Explorer(NET, strict=True)
    wait_until_all_say(another(saved=True).show(explorer), "kernel")


def test_views_whose_kernel_is_gone_say_so(rig: RigPage) -> None:
    place = rig.show(bp.Explorer(NET, strict=True))
    wait_until_all_say(place, "")
    rig.end()
    wait_until_all_say(place, "kernel")


@pytest.mark.parametrize("host", ["jupyter", "marimo", "bare"])
def test_all_views_say_that_nobody_answers_and_catch_up(rig: RigPage) -> None:
    explorer = bp.Explorer(NET, strict=True)
    place = rig.show(explorer)
    shown = ExplorerPage(rig.page, place)
    rig.line.cut()
    shown.press("w5", "ArrowRight")
    wait_until_all_say(place, "kernel")
    explorer.session.change(w6=0.9)  # meanwhile, by code
    rig.line.heal()
    expect(shown.field("w6")).to_have_value("0.90")
    wait_until_all_say(place, "")
    net = NET.replace(w5=0.41, w6=0.9)
    assert explorer.session.state.network == net
    expect(shown.gradient("w5")).to_have_text(f"{bp.backward(net)['w5']:.9f}")


def test_a_busy_kernel_is_said_to_be_busy(rig: RigPage) -> None:
    place = rig.show(bp.Explorer(NET, strict=True))
    shown = ExplorerPage(rig.page, place)
    with rig.kernel.busy():
        rig.tell(status="busy")
        shown.press("w5", "ArrowRight")
        wait_until_all_say(place, "busy")
        rig.page.wait_for_timeout(3_000)
        wait_until_all_say(place, "busy")
    rig.tell(status="idle")
    wait_until_all_say(place, "")
    expect(shown.gradient("w5")).to_have_text(f"{bp.backward(NET.replace(w5=0.41))['w5']:.9f}")


MAKERS = {
    "Explorer": bp.Explorer,
    "Question": lambda: bp.Question(NET, "dEtot/dw5"),
    "Exercise": bp.Exercise,
    "FindTheSlip": lambda: bp.FindTheSlip(seed=3),
}
LEFT = """async () => {
  const models = await rig.models();
  return models.reduce((sum, model) => sum + (model.listeners?.length ?? 0), 0);
}"""


@pytest.mark.parametrize("name", MAKERS)
def test_a_view_that_has_ended_leaves_nothing(rig: RigPage, name: str) -> None:
    """Neither nodes in its element, which JupyterLab keeps, nor listeners on its model."""
    widget = MAKERS[name]()
    rig.rest()
    before = rig.page.evaluate(LEFT)
    place = rig.show(widget)
    rig.clear(place)
    rig.rest()
    assert rig.page.evaluate(LEFT) == before
    assert rig.page.evaluate("rig.kept()") == 0


@pytest.mark.parametrize("taps", [False, True], ids=["a drag", "taps"])
def test_there_is_never_a_backlog(rig: RigPage, taps: bool) -> None:
    """Over a slow line two messages are under way at most, and nothing is said after rest."""
    shown = ExplorerPage(rig.page, rig.show(bp.Explorer(NET, strict=True)))
    rig.line.late(0.1)
    before = rig.line.there.sent
    shown.slider("w5").evaluate(
        """async (slider, taps) => {
          for (let value = 0.4; value < 1; value += 0.01) {
            slider.value = value;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
            if (taps) slider.dispatchEvent(new Event("change", { bubbles: true }));
            await new Promise((done) => setTimeout(done, 33));
          }
        }""",
        taps,
    )
    rig.rest()
    count = rig.line.there.sent
    assert count - before <= 2 * (
        2 / 0.2 + 4
    )  # two in each round trip, of two seconds and what follows
    rig.page.wait_for_timeout(500)
    assert rig.line.there.sent == count
