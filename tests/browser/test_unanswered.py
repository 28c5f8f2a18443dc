"""What a page says when nobody answers: all of it, soon, and no longer than it is so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

import bpwidgets as bp
from bpwidgets.widgets.explorer import VIEWS
from bpwidgets.widgets.words import GO_ON, IN_WORDS, NOTICES, UNMOVED

from .explorer import ExplorerPage
from .jupyter import NotebookPage
from .test_explorer import NET, assert_shows, first_of, nine, throwaway

SOON_MS = 2_000  # from the first input that is not answered
CELL = "import bpwidgets as bp\nimport time\nbp.Explorer()"
QUESTION = 'bp.Question(bp.worked_example(), "h1")'
# When a key was pressed last, and when something was said after it.
TIMED = """node => {
  window.pressed = Infinity; // as long as nothing was touched, nothing is late
  window.said = 0;
  window.addEventListener("keydown", () => { window.pressed = performance.now(); }, true);
  new MutationObserver(() => { window.said = performance.now(); }).observe(
    node.querySelector(".bp-training .bp-message"), { childList: true });
}"""
BUSY = """path => {
  probe.panel(path).sessionContext.session.kernel.requestExecute({ code: "time.sleep(4)" });
}"""
# What is seen of each cell's outputs.
SEEN = """() => [...document.querySelectorAll(".jp-OutputArea-child")]
  .filter((node) => getComputedStyle(node).display !== "none")
  .map((node) => (node.querySelector("img") ? "a picture" : node.textContent.trim()))"""


@pytest.fixture
def shown(notebook: NotebookPage) -> ExplorerPage:
    notebook.open(notebook.server.add("answers.ipynb", throwaway(CELL, QUESTION)))
    notebook.run_all()
    found = first_of(notebook, 0)
    assert_shows(found)
    found.holder.evaluate(TIMED)
    return found


def assert_says(shown: ExplorerPage, words: str, *, stale: bool) -> None:
    """Every view says it, soon after the last key; what may be old looks so."""
    messages = shown.holder.locator(".bp-message")
    expect(messages).to_have_text([words] * len(VIEWS))
    assert shown.page.evaluate("window.said - window.pressed") < SOON_MS
    expect(shown.holder.locator(".bp-stale")).to_have_count(1 if stale else 0)


def assert_quiet(shown: ExplorerPage) -> None:
    expect(shown.holder.locator(".bp-message")).to_have_text([""] * len(VIEWS))
    expect(shown.holder.locator(".bp-stale")).to_have_count(0)


@contextmanager
def stopped(notebook: NotebookPage, program: str) -> Iterator[None]:
    """A process stands still: the kernel, as where a machine sleeps, or the server, as on a cut line."""
    family = notebook.server.family()
    process = next(each for each in family if program in " ".join(each.cmdline()))
    process.suspend()
    try:
        yield
    finally:
        process.resume()


@pytest.mark.parametrize("program", ["ipykernel_launcher", "-m jupyterlab"])
@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_a_kernel_that_does_not_answer(
    notebook: NotebookPage, shown: ExplorerPage, program: str
) -> None:
    """Nothing that was done meanwhile is lost, here or there."""
    with stopped(notebook, program):
        shown.press("w5", "ArrowRight")
        assert_says(shown, NOTICES["silent"], stale=True)
        shown.press("w6", "ArrowRight")
    assert_shows(shown, w5=0.41, w6=0.46)
    assert_quiet(shown)


@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_a_kernel_that_is_busy_from_the_first_input(
    notebook: NotebookPage, shown: ExplorerPage
) -> None:
    """The first message of a widget waits for the end of the cell that runs."""
    notebook.page.evaluate(BUSY, notebook.path)
    notebook.page.wait_for_timeout(300)
    shown.press("w5", "ArrowRight")
    assert_says(shown, NOTICES["busy"], stale=False)
    assert_shows(shown, w5=0.41)
    assert_quiet(shown)


def test_a_kernel_that_was_restarted(notebook: NotebookPage, shown: ExplorerPage) -> None:
    """It is said before anything is touched; the cell, run again, lives."""
    notebook.restart()
    assert_says(shown, NOTICES["gone"], stale=True)
    notebook.run_all()
    again = first_of(notebook, 0)
    assert_quiet(again)
    again.press("w5", "ArrowRight")
    assert_shows(again, w5=0.41)


def test_a_notebook_opened_without_its_kernel_shows_the_picture(
    notebook: NotebookPage, shown: ExplorerPage
) -> None:
    """And what to do; run, the picture makes way."""
    page = notebook.page
    assert UNMOVED not in page.evaluate(SEEN)
    reopen_without_kernel(notebook)
    line, picture, other, another = page.evaluate(SEEN)
    assert line.startswith(f"{UNMOVED}{IN_WORDS}") and other.startswith(f"{GO_ON}{IN_WORDS}")
    assert nine(bp.forward(NET).total_error) in line  # what the picture shows, in words
    assert "work out h1" in other.lower()
    assert picture == another == "a picture"
    notebook.run_all()
    expect(notebook.cell(0).locator(".bp-view")).to_have_count(len(VIEWS))
    assert not any(words.startswith((UNMOVED, GO_ON)) for words in page.evaluate(SEEN))


@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_a_notebook_with_its_widgets_saved_says_at_once_that_they_do_not_live(
    notebook: NotebookPage, shown: ExplorerPage
) -> None:
    notebook._command("@jupyter-widgets/jupyterlab-manager:saveWidgetState")
    reopen_without_kernel(notebook)
    assert "widgets" in json.loads((notebook.server.root / notebook.path).read_text())["metadata"]
    again = first_of(notebook, 0)
    expect(again.holder.locator(".bp-message")).to_have_text([NOTICES["gone"]] * len(VIEWS))
    expect(again.holder.locator(".bp-stale")).to_have_count(1)
    question = notebook.cell(1).locator(".bp-question .bp-message")
    expect(question).to_have_text(NOTICES["gone"])


def reopen_without_kernel(notebook: NotebookPage) -> None:
    notebook.save()
    for kernel in notebook.server.rest("GET", "/api/kernels"):
        notebook.server.rest("DELETE", f"/api/kernels/{kernel['id']}")
    notebook.page.goto("about:blank")
    notebook.open(notebook.path)
    expect(notebook.cell(0).locator(".jp-OutputArea-child").first).to_be_attached()
