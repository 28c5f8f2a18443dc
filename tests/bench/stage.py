"""Every dashboard open in one page of a real JupyterLab, each with a kernel of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import nbformat
from browser.chromium import launch
from browser.jupyter import NotebookPage
from browser.servers import JupyterServer
from dashboards import DASHBOARDS, Dashboard
from playwright.sync_api import Locator, Page, sync_playwright

PAINT = Path(__file__).with_name("paint.js")
SIZE = {"width": 1400, "height": 1400}  # so high that a dashboard is painted as a whole
OPEN = """path => jupyterapp.commands.execute("docmanager:open", { path, factory: "Notebook" })
  .then(() => null)"""
ERRORS = """path => [...probe.panel(path).node.querySelectorAll(".jp-OutputArea-output")]
  .map((node) => node.textContent).filter((text) => text.includes("Traceback")).join("\\n")"""


@dataclass(frozen=True)
class Answer:
    """What one event led to, in the page's milliseconds.

    event: when the key was pressed or the slider moved
    changed: when the page changed for the last time
    painted: when the frame with the last change had been painted
    messages: what went to the kernel and came back
    origin: the page's time 0, since 1970
    """

    event: float
    changed: float
    painted: float
    messages: list[dict[str, Any]]
    origin: float

    @property
    def took(self) -> float:
        """To the last change of the page."""
        return self.changed - self.event

    @property
    def framed(self) -> float:
        """To the end of the frame that shows it, which waits up to 17 ms for the screen."""
        return self.painted - self.event


class Shown:
    """One dashboard on the stage."""

    def __init__(self, dashboard: Dashboard, page: Page, path: str) -> None:
        self.dashboard = dashboard
        self.page = page
        self.path = path
        page.evaluate("path => paint.listen(path)", path)

    def front(self) -> Locator:
        """Bring it to the front, its slider focused and nothing moving; the notebook's element."""
        found = self.page.evaluate(
            "([path, control]) => paint.watch(path, control)", [self.path, self.dashboard.control]
        )
        panel = self.page.locator(f'[id="{found}"]')
        self.slider(panel).focus()
        self.rest()
        return panel

    def slider(self, panel: Locator) -> Locator:
        return panel.locator(self.dashboard.slider).first

    def rest(self) -> None:
        """Wait until nothing moves."""
        self.page.evaluate("path => paint.rest(path)", self.path)

    def answer(self) -> Answer:
        """Wait for the complete answer to what was done last."""
        found = self.page.evaluate("path => paint.shown(path)", self.path)
        if found is None:
            raise RuntimeError(f"{self.dashboard.name} did not answer")
        return Answer(**found)

    def press(self) -> Answer:
        """Press the right arrow key, on the slider of the dashboard in front."""
        self.rest()
        self.page.keyboard.press("ArrowRight")
        return self.answer()

    def check(self) -> None:
        """Raise what the dashboard itself printed as an error."""
        wrong = self.page.evaluate(ERRORS, self.path)
        if wrong:
            raise RuntimeError(f"{self.dashboard.name} failed:\n{wrong}")


@contextmanager
def stage() -> Iterator[dict[str, Shown]]:
    """Every dashboard whose library is installed, open and run, by name."""
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = launch(playwright)
        server = JupyterServer("lab", Path(home))
        server.start()
        try:
            page = browser.new_page(viewport=SIZE, locale="en-US")
            page.add_init_script(path=PAINT)
            notebook = NotebookPage(page, server)
            paths = {each: _add(server, each) for each in DASHBOARDS if find_spec(each.needs)}
            notebook.open(next(iter(paths.values())))
            yield {each.name: _run(each, notebook, path) for each, path in paths.items()}
        finally:
            browser.close()
            server.stop()


def _add(server: JupyterServer, dashboard: Dashboard) -> str:
    """Put the dashboard's notebook onto the server, its sources folded so that the output has room."""
    folded = {"jupyter": {"source_hidden": True}}
    cells = [
        nbformat.v4.new_code_cell(source.strip(), metadata=folded) for source in dashboard.cells
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    content = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    return server.add(f"{dashboard.name}.ipynb", content)


def _run(dashboard: Dashboard, notebook: NotebookPage, path: str) -> Shown:
    """Open the notebook beside the others and run it."""
    notebook.path = path
    notebook.page.evaluate(OPEN, path)
    notebook.wait_idle()
    notebook.run_all()
    return Shown(dashboard, notebook.page, path)
