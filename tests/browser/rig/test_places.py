"""Any few views stand together as they should: the controls beside what they move, all of it open.

And an index below its letter.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from ipywidgets import DOMWidget

import bpwidgets as bp
from bpwidgets.widgets.explorer import VIEWS

from .shown import RigPage

LAPTOP = {"width": 919, "height": 647}  # what JupyterLab leaves of a laptop's screen
FONTS = """place => [...new Set([...place.querySelectorAll("math *")].map(
  (node) => getComputedStyle(node).fontFamily))]"""
MOVED = [name for name in VIEWS if name not in ("toolbar", "controls")]


@pytest.mark.parametrize("name", MOVED)
def test_the_controls_stand_beside_what_they_move(rig: RigPage, name: str) -> None:
    rig.page.set_viewport_size(LAPTOP)
    place = rig.show(bp.Explorer(views=["controls", name]))
    controls = place.locator(".bp-view.bp-controls").bounding_box()
    moved = place.locator(f".bp-view.bp-{name}").bounding_box()
    assert controls and moved
    assert moved["x"] >= controls["x"] + controls["width"]
    assert moved["y"] == controls["y"]
    assert moved["width"] > 500
    assert place.locator(".bp-folded").count() == 0


def test_with_the_toolbar_the_controls_stand_below_it(rig: RigPage) -> None:
    rig.page.set_viewport_size(LAPTOP)
    place = rig.show(bp.Explorer(views=["toolbar", "controls", "surface", "training"]))
    boxes = {
        name: place.locator(f".bp-view.bp-{name}").bounding_box()
        for name in ("toolbar", "controls", "surface", "training")
    }
    assert boxes["controls"]["y"] > boxes["toolbar"]["y"]
    assert boxes["surface"]["y"] == boxes["controls"]["y"]
    assert boxes["training"]["x"] == boxes["surface"]["x"] > boxes["controls"]["x"]


def test_what_is_asked_for_by_its_name_is_open(rig: RigPage) -> None:
    """A lesson that says "press Next" shows the button."""
    place = rig.show(bp.Explorer(views=["steps"]))
    place.get_by_role("button", name="Next", exact=True).press("Enter")
    rig.rest()
    assert "h1 is" in place.locator(".bp-spoken").inner_text()


@pytest.mark.parametrize("make", [bp.Explorer, bp.Exercise, lambda: bp.FindTheSlip(seed=3)])
def test_formulas_ask_for_a_font_with_a_math_table(
    rig: RigPage, make: Callable[[], DOMWidget]
) -> None:
    """Without one Chromium sets an index nearly on the line of its letter."""
    fonts = rig.show(make()).evaluate(FONTS)
    assert fonts and all(each.split(", ")[-1] == "math" for each in fonts)
