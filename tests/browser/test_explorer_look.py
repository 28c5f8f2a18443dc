"""How the Explorer looks: nothing clipped, no barrier that axe-core finds, for every eye."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .explorer import ExplorerPage
from .jupyter import NotebookPage
from .test_explorer import first_of, throwaway

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES = [(1400, 900), (900, 900), (1900, 1000)]
SOURCE = "import bpwidgets as bp\nbp.Explorer(large={large})"


def opened(notebook: NotebookPage, theme: str, large: bool = False) -> ExplorerPage:
    """An Explorer with all views unfolded, and something refused."""
    path = notebook.server.add("look.ipynb", throwaway(SOURCE.format(large=large)))
    notebook.open(path)
    notebook.theme(theme)
    notebook.run_all()
    shown = first_of(notebook, 0)
    shown.unfold()
    shown.enter("w5", "much")
    expect(shown.answer("w5")).to_contain_text("is not a number")
    shown.view("steps").get_by_role("button", name="Next").press("Enter")
    return shown


def clipped(shown: ExplorerPage, sizes: list[tuple[int, int]]) -> list[str]:
    """What does not fit, with one path in the breakdown and with two."""
    problems = []
    for name, paths in (("w5", 1), ("w1", 2)):
        shown.radio(name).check()
        expect(shown.holder.locator(".bp-path")).to_have_count(paths)
        for width, height in sizes:
            shown.page.set_viewport_size({"width": width, "height": height})
            shown.view("breakdown").scroll_into_view_if_needed()
            problems += [f"{name} at {width}: {words}" for words in shown.clipped()]
    return problems


def barriers(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA in our elements."""
    found = Axe().run(
        page,
        context=".bp-view",
        options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]},
    )
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:200]} {node['failureSummary']}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_it_can_be_seen_and_read(notebook: NotebookPage, theme: str) -> None:
    shown = opened(notebook, theme)
    problems = clipped(shown, SIZES) + barriers(notebook.page)
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_large_type_for_a_projector(notebook: NotebookPage) -> None:
    shown = opened(notebook, "JupyterLab Light", large=True)
    problems = clipped(shown, SIZES) + barriers(notebook.page)
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_zoomed_to_200_percent_and_in_forced_colours(notebook: NotebookPage) -> None:
    """Zoom leaves half as many pixels of the page; JupyterLab's sidebar is closed then."""
    notebook.page.emulate_media(forced_colors="active", reduced_motion="reduce")
    shown = opened(notebook, "JupyterLab Light")
    notebook.page.evaluate("jupyterapp.shell.collapseLeft()")
    problems = clipped(shown, [(700, 450)]) + barriers(notebook.page)
    assert not problems, "\n".join(problems)
    shown.press("w5", "ArrowRight")
    expect(shown.view("surface").locator(".bp-spoken")).to_contain_text("w5 = 0.41")
    training = shown.view("training")
    training.get_by_role("button", name="Play").press("Enter")  # in fewer, longer steps
    expect(training.locator(".bp-spoken")).to_contain_text(re.compile("After [4-9] of [4-9] steps"))
    training.get_by_role("button", name="Pause").press("Enter")
    expect(training.locator(".bp-refused")).to_be_empty()
    marks = shown.holder.evaluate(MARKS)
    assert len(marks) == len(set(marks)), "the chosen edge looks like the others"


@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_a_diagram_that_is_wider_than_its_place_says_so(notebook: NotebookPage) -> None:
    shown = opened(notebook, "JupyterLab Light")
    hint = shown.view("diagram").get_by_text("scroll it sideways")
    for width, visible in ((1400, False), (560, True), (1400, False)):
        notebook.page.set_viewport_size({"width": width, "height": 900})
        expect(hint).to_be_visible(visible=visible)


# The strokes of the chosen edge's label and of another one, as they are drawn.
MARKS = """el => [".bp-label.bp-chosen", ".bp-label:not(.bp-chosen)"].map((kind) => {
  const style = getComputedStyle(el.querySelector(`${kind} .bp-ground`));
  return `${style.stroke} ${style.strokeWidth}`;
})"""
