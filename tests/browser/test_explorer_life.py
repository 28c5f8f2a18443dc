"""An Explorer's life in a notebook: closed, opened again, ten on a page, gone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import bpwidgets as bp

from .explorer import ExplorerPage
from .jupyter import NotebookPage
from .test_explorer import NET, assert_shows, first_of, nine, throwaway

MANY = 10
ANY = re.compile(".")
TEN = f"""
import bpwidgets as bp
explorers = [bp.Explorer() for _ in range({MANY})]
for explorer in explorers:
    display(explorer)
"""
ALIVE = "from ipywidgets.widgets.widget import _instances as alive; before = len(alive)"
CLOSE = """
for explorer in explorers:
    explorer.close()
print(f"{len(alive) - before} left")
"""
AFTER = """
try:
    explorer.show(explorer.session.state)
except RuntimeError as reason:
    print(reason)
explorer
"""


def test_a_notebook_that_is_closed_and_opened_again(notebook: NotebookPage) -> None:
    """Its kernel lives on, and so does the state; then the page is loaded again, and once more."""
    path = notebook.server.add(
        "again.ipynb", throwaway("import bpwidgets as bp\nexplorer = bp.Explorer()\nexplorer")
    )
    notebook.open(path)
    notebook.run_all()
    first_of(notebook, 0).press("w5", "ArrowRight")
    assert_shows(first_of(notebook, 0), w5=0.41)
    for place, again in enumerate((notebook.reopen, notebook.reload), 1):
        again()
        shown = first_of(notebook, 0)
        assert_shows(shown, w5=round(0.40 + 0.01 * place, 2))
        shown.press("w5", "ArrowRight")
        assert_shows(shown, w5=round(0.41 + 0.01 * place, 2))
    shown.radio("w1").check()
    expect(shown.holder.locator(".bp-path")).to_have_count(2)


@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_ten_on_a_page_and_none_left(notebook: NotebookPage) -> None:
    notebook.open(notebook.server.add("ten.ipynb", throwaway(ALIVE, TEN, "")))
    notebook.run_all()
    shown = [first_of(notebook, 1, place) for place in range(MANY)]
    for place in (0, MANY - 1):
        shown[place].press("w5", *["ArrowRight"] * (place + 1))
    expect(shown[-1].field("w5")).to_have_value("0.50")
    for place, w5 in ((0, 0.41), (MANY - 1, 0.50), (4, 0.40)):
        slope = nine(bp.backward(NET.replace(w5=w5))["w5"])
        expect(shown[place].gradient("w5")).to_have_text(slope)
    notebook.page.evaluate(RUN, [notebook.path, CLOSE + AFTER])
    expect(notebook.page.locator(".bp-view")).to_have_count(0)
    said = notebook.page.evaluate("window.said")
    assert "0 left" in said
    assert "this Explorer is closed" in said
    assert "<Explorer, closed>" in said


@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_a_kernel_that_is_gone(notebook: NotebookPage) -> None:
    """The sliders of an Explorer that has no kernel any more move nothing and break nothing."""
    notebook.open(
        notebook.server.add("gone.ipynb", throwaway("import bpwidgets as bp\nbp.Explorer()"))
    )
    notebook.run_all()
    shown = first_of(notebook, 0)
    assert_shows(shown)
    notebook.restart()
    shown.press("w5", "ArrowRight", "PageUp")
    shown.view("toolbar").get_by_role("button", name="Save as a JSON file").press("Enter")
    notebook.page.wait_for_timeout(1000)
    notebook.run_all()
    again: ExplorerPage = first_of(notebook, 0)
    again.press("w5", "ArrowRight")
    assert_shows(again, w5=0.41)


@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_the_hill_follows_at_rest(notebook: NotebookPage) -> None:
    """Folded it is not drawn; unfolded it follows a change, and turns by mouse and by keys."""
    notebook.open(
        notebook.server.add("hill.ipynb", throwaway("import bpwidgets as bp\nbp.Explorer()"))
    )
    notebook.run_all()
    shown = first_of(notebook, 0)
    hill = shown.view("relief").locator("img")
    expect(hill).not_to_have_attribute("src", ANY)
    shown.unfold()
    hill.scroll_into_view_if_needed()
    expect(hill).to_have_attribute("src", ANY)
    seen = {hill.get_attribute("src")}

    def follows() -> None:
        hill.scroll_into_view_if_needed()  # it is drawn only where it is seen
        expect(hill).not_to_have_attribute("src", re.compile("|".join(map(re.escape, seen))))
        seen.add(hill.get_attribute("src"))

    shown.press("w1", "PageUp")
    follows()
    shown.holder.get_by_role("slider", name="Turn", exact=True).press("ArrowRight")
    follows()
    box = hill.bounding_box()
    assert box
    notebook.page.mouse.move(box["x"] + 100, box["y"] + 100)
    notebook.page.mouse.down()
    notebook.page.mouse.move(box["x"] + 160, box["y"] + 120)
    notebook.page.mouse.up()
    follows()
    shown.view("relief").get_by_role("button", name="Turn back").press("Enter")
    follows()


# Runs a source in the notebook's kernel; what it printed and gave back, in window.said.
RUN = """([path, code]) => {
  const kernel = probe.panel(path).sessionContext.session.kernel;
  const future = kernel.requestExecute({ code });
  window.said = "";
  future.onIOPub = ({ content }) => {
    window.said += content.text ?? content.data?.["text/plain"] ?? content.evalue ?? "";
  };
  return future.done.then(() => null);
}"""
