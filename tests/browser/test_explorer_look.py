"""How the Explorer looks: nothing clipped, no barrier that axe-core finds, light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .jupyter import NotebookPage
from .test_explorer import START, explorer_cell, first_of

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES = [(1400, 900), (900, 900)]


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_it_can_be_seen_and_read(notebook: NotebookPage, theme: str) -> None:
    notebook.open(START)
    notebook.theme(theme)
    notebook.run_all()
    shown = first_of(notebook, explorer_cell(notebook))
    problems = []
    for name in ("w5", "w1"):
        shown.radio(name).click()
        expect(shown.holder.locator(".bp-path")).to_have_count({"w5": 1, "w1": 2}[name])
        for width, height in SIZES:
            notebook.page.set_viewport_size({"width": width, "height": height})
            shown.holder.locator(".bp-breakdown").scroll_into_view_if_needed()
            problems += [f"{name} at {width}: {words}" for words in shown.clipped()]
    shown.field("w5").fill("much")
    notebook.page.keyboard.press("Enter")
    expect(shown.answer("w5")).to_contain_text("is not a number")
    found = Axe().run(
        notebook.page,
        context=".bp-view",
        options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]},
    )
    problems += [
        f"{each['id']} ({each['impact']}): {node['html'][:200]} {node['failureSummary']}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ]
    assert not problems, "\n".join(problems)
