"""Everything that the Explorer can do, by keyboard alone, in both applications."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

import bpwidgets as bp
from bpwidgets.presets import PRESETS

from .explorer import ExplorerPage
from .jupyter import NotebookPage
from .test_explorer import NET, first_of, nine, throwaway

SOURCE = "import bpwidgets as bp\nexplorer = bp.Explorer()\nexplorer"
MOVED = NET.replace(w5=0.41, w6=0.56, w3=4.0)  # with the points of the map and of the slice
CLICKS = """() => {
  window.clicked = 0;
  window.addEventListener("pointerdown", () => { window.clicked += 1; }, true);
}"""


@pytest.fixture
def shown(notebook: NotebookPage) -> ExplorerPage:
    """An Explorer with all views unfolded, in a page that counts the pointer's presses."""
    notebook.open(notebook.server.add("keys.ipynb", throwaway(SOURCE)))
    notebook.run_all()
    found = first_of(notebook, 0)
    notebook.page.evaluate(CLICKS)
    found.unfold()
    return found


def words(shown: ExplorerPage, kind: str) -> Locator:
    return shown.view(kind).locator(".bp-spoken").first


def press(shown: ExplorerPage, kind: str, name: str, times: int = 1) -> None:
    """Focus a button of a view and press Enter on it."""
    for _ in range(times):
        shown.view(kind).get_by_role("button", name=name, exact=True).press("Enter")


def total(net: bp.Network) -> str:
    return nine(bp.forward(net).total_error)


def test_everything_by_keyboard(shown: ExplorerPage) -> None:
    choose_edges(shown)
    move_points(shown)
    undo(shown)
    step(shown)
    train(shown)
    change_settings(shown)
    save_files(shown)
    assert shown.page.evaluate("window.clicked") == 0


def choose_edges(shown: ExplorerPage) -> None:
    """One edge is in the tab order, the arrows lead to the others; focus on a factor marks its edge."""
    keyboard, diagram = shown.page.keyboard, shown.view("diagram")
    diagram.get_by_role("button", pressed=True).focus()
    keyboard.press("ArrowUp")
    keyboard.press("Enter")
    expect(shown.radio("w4")).to_be_checked()
    keyboard.press("ArrowUp")
    keyboard.press(" ")
    expect(shown.radio("w3")).to_be_checked()
    expect(diagram.locator(".bp-routes li")).to_have_count(2)
    expect(words(shown, "breakdown")).to_contain_text(nine(bp.backward(NET)["w3"]))

    shown.view("breakdown").locator("ol li:not(.bp-labels)").nth(2).focus()
    marked = diagram.locator(".bp-edge.bp-pointed")
    expect(marked).to_have_count(1)
    expect(marked).to_have_attribute("aria-label", "w6, from h2 to o1: 0.45, gradient 0.0827")


def move_points(shown: ExplorerPage) -> None:
    point = shown.holder.get_by_role("slider", name="Point on the map", exact=True)
    point.focus()
    for key in ("ArrowRight", "ArrowUp", "PageUp", "ArrowLeft", "ArrowRight"):
        shown.page.keyboard.press(key)
    expect(words(shown, "surface")).to_contain_text(total(MOVED.replace(w3=NET["w3"])))
    expect(point).to_have_attribute("aria-valuetext", "w5 0.41, w6 0.56")
    shown.holder.get_by_role("slider", name="Point on the curve", exact=True).press("End")
    expect(words(shown, "slice")).to_contain_text(total(MOVED))


def undo(shown: ExplorerPage) -> None:
    press(shown, "toolbar", "Undo")
    expect(words(shown, "slice")).to_contain_text(total(MOVED.replace(w3=NET["w3"])))
    press(shown, "toolbar", "Redo")
    expect(words(shown, "slice")).to_contain_text(total(MOVED))
    press(shown, "toolbar", "Reset")
    expect(words(shown, "slice")).to_contain_text(total(NET))


def step(shown: ExplorerPage) -> None:
    press(shown, "steps", "Next", times=3)
    expect(words(shown, "steps")).to_have_text("h2 is 0.392500000.")
    expect(shown.view("gradients").locator("tfoot td").first).to_have_text("now ?")
    press(shown, "steps", "Back")
    expect(words(shown, "steps")).to_have_text("outh1 is 0.593269992.")
    shown.holder.get_by_role("slider", name="Line", exact=True).press("End")
    expect(words(shown, "steps")).to_have_text(f"Etot new is {total(bp.update(NET))}.")
    press(shown, "steps", "Show all")
    expect(words(shown, "steps")).to_contain_text("Everything is shown")


def train(shown: ExplorerPage) -> None:
    """And back to the very same numbers."""
    before, walk, spoken = shown.read(), bp.train(NET, 1010), words(shown, "training")
    press(shown, "training", "Train 10 steps")
    expect(spoken).to_contain_text(
        f"After 10 of 10 steps the error Etot is {nine(walk.errors[10])}"
    )
    press(shown, "training", "Train 1,000 steps")
    expect(spoken).to_contain_text(
        f"After 1,010 of 1,010 steps the error Etot is {nine(walk.errors[-1])}"
    )
    field = shown.view("training").get_by_role("textbox", name="Step, exact number", exact=True)
    field.fill("500")
    field.press("Enter")
    expect(spoken).to_contain_text(
        f"After 500 of 1,010 steps the error Etot is {nine(walk.errors[500])}"
    )
    shown.holder.get_by_role("slider", name="Step on the curve", exact=True).press("Home")
    expect(spoken).to_contain_text("After 0 of 1,010 steps")
    expect(words(shown, "slice")).to_contain_text(total(NET))
    assert {**before, "training": ""} == {**shown.read(), "training": ""}
    press(shown, "training", "Play")
    expect(spoken).not_to_contain_text("After 0 of")
    press(shown, "training", "Pause")
    press(shown, "toolbar", "Reset")
    expect(spoken).to_contain_text("No step of training yet")


def change_settings(shown: ExplorerPage) -> None:
    toolbar = shown.view("toolbar")
    after = shown.view("gradients").locator("tfoot td").last
    toolbar.get_by_role("combobox", name="Update").press("ArrowDown")
    expect(after).to_have_text(total(bp.update(NET, rule="sequential")))
    toolbar.get_by_role("combobox", name="Biases").press("ArrowDown")
    expect(after).to_have_text(total(bp.update(NET, rule="sequential", biases="trained")))
    toolbar.get_by_role("combobox", name="Decimals").press("Home")
    expect(words(shown, "slice")).to_contain_text(f"{bp.forward(NET).total_error:.3f},")
    toolbar.get_by_role("checkbox", name="large type").press(" ")
    expect(shown.holder.locator(".bp-large")).to_have_count(1)
    toolbar.get_by_role("combobox", name="Start from").press("ArrowDown")
    expect(toolbar.locator("p.bp-spoken")).to_have_text(PRESETS["smallest"].words)


def save_files(shown: ExplorerPage) -> None:
    page, toolbar = shown.page, shown.view("toolbar")
    with page.expect_download() as saved:
        press(shown, "toolbar", "Save as a JSON file")
    content = Path(saved.value.path()).read_text("utf-8")
    assert json.loads(content)
    for text, words in (("{}", "format"), (content[:-40], "JSON"), (content, "")):
        with page.expect_file_chooser() as chooser:
            press(shown, "toolbar", "Load a JSON file")
        chooser.value.set_files(
            {"name": "state.json", "mimeType": "application/json", "buffer": text.encode()}
        )
        expect(toolbar.locator(".bp-refused")).to_contain_text(words)
    expect(toolbar.locator(".bp-refused")).to_be_empty()
    press(shown, "toolbar", "Copy as Python")
    expect(toolbar.get_by_role("textbox", name="The state as Python code")).to_have_value(
        re.compile(r"import bpwidgets as bp\n[\s\S]*0\.8")
    )
    with page.expect_download() as picture:
        press(shown, "surface", "Save the picture as PDF")
    assert Path(picture.value.path()).read_bytes().startswith(b"%PDF")
