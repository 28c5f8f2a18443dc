"""Every colour of ours is the page's: nothing is left to the browser, whose black may stand on black."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

import bpwidgets as bp

from ..explorer import ExplorerPage
from .shown import RigPage

NET = bp.worked_example()
# No browser and no style sheet has any of these.
COLOURS = {
    "--jp-ui-font-color1": "rgb(1, 99, 2)",
    "--jp-ui-font-color2": "rgb(2, 98, 3)",
    "--jp-border-color2": "rgb(3, 97, 4)",
    "--jp-layout-color1": "rgb(4, 96, 5)",
    "--jp-layout-color2": "rgb(5, 95, 6)",
    "--jp-brand-color1": "rgb(6, 94, 7)",
    "--jp-error-color1": "rgb(7, 93, 8)",
}
POINT = "rgb(213, 94, 0)"  # the one that is ours
# What is drawn in which colour, once each; those that a rule of ours mixes are left out.
DRAWN = """place => {
  const found = new Set();
  for (const node of place.querySelectorAll(".bp-host *")) {
    const style = getComputedStyle(node);
    const add = (what, colour) => {
      if (colour.startsWith("color(")) return;
      found.add(`${what} of ${node.tagName} ${node.classList}: ${colour}`);
    };
    if (node.closest("svg")) {
      if (node.matches("rect, path, text, tspan") && style.fill !== "none") add("fill", style.fill);
      if (node.matches("line")) add("stroke", style.stroke);
      continue;
    }
    const hasText = [...node.childNodes].some((each) => each instanceof Text && each.data.trim());
    if (hasText || node.matches("input, select, textarea")) add("text", style.color);
    if (node.matches("[type=range], [type=radio], [type=checkbox], progress")) {
      add("accent", style.accentColor);
    } else if (node.matches("button, input, select, textarea")) {
      add("ground", style.backgroundColor);
      if (style.borderTopWidth !== "0px") add("border", style.borderTopColor);
    }
  }
  return [...found];
}"""


def explorer(rig: RigPage) -> Locator:
    """With something refused, stepped to, trained and said."""
    made = bp.Explorer(NET, strict=True)
    place = rig.show(made)
    shown = ExplorerPage(rig.page, place)
    shown.unfold()
    made.session.train(3)
    shown.view("steps").get_by_role("button", name="Next").press("Enter")
    shown.view("toolbar").get_by_role("button", name="Copy as Python").press("Enter")
    shown.enter("w5", "much")
    expect(shown.answer("w5")).to_contain_text("is not a number")
    rig.tell(connectionStatus="disconnected")
    expect(shown.view("slice").locator(".bp-message")).not_to_be_empty()
    return place


def question(rig: RigPage) -> Locator:
    place = rig.show(bp.Question(NET, "dEtot/dw5"))
    place.get_by_role("button", name="Hint").click()
    answer(place, "0.43982965")
    return place


def exercise(rig: RigPage) -> Locator:
    place = rig.show(bp.Exercise())
    answer(place, "0.1")
    return place


def find_slip(rig: RigPage) -> Locator:
    place = rig.show(bp.FindTheSlip(seed=3))
    place.get_by_role("button", name="Show the slip").click()
    expect(place.get_by_role("status").first).not_to_be_empty()
    return place


def answer(place: Locator, text: str) -> None:
    place.get_by_role("textbox").first.fill(text)
    place.get_by_role("textbox").first.press("Enter")
    expect(place.get_by_role("status").first).not_to_be_empty()


@pytest.mark.parametrize("show", [explorer, question, exercise, find_slip])
def test_no_colour_is_the_browsers(rig: RigPage, show: Callable[[RigPage], Locator]) -> None:
    rules = "; ".join(f"{name}: {colour}" for name, colour in COLOURS.items())
    rig.page.add_style_tag(content=f":root {{ {rules} }}")
    drawn = show(rig).evaluate(DRAWN)
    assert len(drawn) > 5
    ours = {*COLOURS.values(), POINT, "rgba(0, 0, 0, 0)"}
    assert [each for each in drawn if each.split(": ")[-1] not in ours] == []
