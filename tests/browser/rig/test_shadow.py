"""What is pointed at and what has the focus, also in a shadow root, where the document sees neither."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

import bpwidgets as bp

from ..explorer import ExplorerPage
from .shown import RigPage

NET = bp.worked_example()
HOSTS = pytest.mark.parametrize("host", ["jupyter", "marimo", "bare"])
# What is marked, in all roots below a place.
MARKED = """place => {
  const roots = [place, ...[...place.querySelectorAll("*")].flatMap((node) => node.shadowRoot ?? [])];
  const nodes = roots.flatMap((root) => [...root.querySelectorAll(".bp-pointed")]);
  return nodes.map((node) => node.dataset.symbols);
}"""

SYMBOLS = "nodes => nodes.map((node) => node.dataset.symbols)"


def marked(place: Locator) -> list[str]:
    found: list[str] = place.evaluate(MARKED)
    return found


@HOSTS
def test_what_is_pointed_at_is_marked_in_all_views_of_a_session(rig: RigPage) -> None:
    """Also in those of another widget, not in those of another session; and then no longer."""
    explorer = bp.Explorer(NET, strict=True)
    place, beside = rig.show(explorer), rig.show(bp.Explorer(explorer.session, ["gradients"]))
    apart = rig.show(bp.Explorer(NET, ["gradients"]))
    shown = ExplorerPage(rig.page, place)
    for name in ("w5", "w1"):
        shown.view("gradients").locator(f"tr[data-symbols~={name}]").hover()
        for kind in ("controls", "diagram", "gradients"):
            marks = shown.view(kind).locator(".bp-pointed")
            expect(marks.first).to_be_attached()
            assert all(name in each.split() for each in marks.evaluate_all(SYMBOLS))
        assert len(marked(beside)) == 1 and name in marked(beside)[0].split()
        assert marked(apart) == []
    rig.page.mouse.move(0, 0)
    assert marked(place) == marked(beside) == []


@HOSTS
def test_two_widgets_of_a_session_move_together(rig: RigPage) -> None:
    explorer = bp.Explorer(NET, strict=True)
    place, beside = rig.show(explorer), rig.show(bp.Explorer(explorer.session, ["controls"]))
    shown = ExplorerPage(rig.page, place)
    shown.press("w5", "ArrowRight")
    field = beside.get_by_role("textbox", name="w6, exact number", exact=True)
    field.fill("0.9")
    field.press("Enter")
    net = NET.replace(w5=0.41, w6=0.9)
    expect(shown.gradient("w5")).to_have_text(f"{bp.backward(net)['w5']:.9f}")
    expect(beside.get_by_role("slider", name="w5", exact=True)).to_have_value("0.41")
    assert explorer.session.state.network == net


@HOSTS
def test_a_number_that_is_being_typed_stays(rig: RigPage) -> None:
    """Whatever moves meanwhile."""
    explorer = bp.Explorer(NET, strict=True)
    shown = ExplorerPage(rig.page, rig.show(explorer))
    field = shown.view("training").get_by_role("textbox", name="Step, exact number", exact=True)
    field.fill("12")
    explorer.session.train(20)
    rig.rest()
    expect(shown.view("training").locator(".bp-spoken")).to_contain_text("After 20 of 20")
    expect(field).to_have_value("12")


@HOSTS
def test_the_edge_with_the_focus_keeps_it(rig: RigPage) -> None:
    """And its place in the tab order, whatever moves meanwhile."""
    explorer = bp.Explorer(NET, strict=True)
    shown = ExplorerPage(rig.page, rig.show(explorer))
    edge = shown.view("diagram").locator(".bp-edge[data-symbols~=w6]")
    shown.view("diagram").locator(".bp-edge[data-symbols~=w5]").focus()
    rig.page.keyboard.press("ArrowRight")
    expect(edge).to_be_focused()
    explorer.session.change(w1=0.2)
    rig.rest()
    expect(edge).to_have_attribute("tabindex", "0")
    expect(edge).to_be_focused()
