"""One notebook in a page of JupyterLab or Notebook 7, handled as a person would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, TimeoutError

from .servers import JupyterServer

PROBE = Path(__file__).with_name("probe.js")
OPEN_MS = 90_000
RUN_MS = 180_000
SETTLE_MS = 500  # until the page has measured cells that it had not shown before
AROUND = 300  # pixels for what the application puts above and below a notebook
COLOUR_CODES = re.compile(r"\x1b\[[0-9;]*m")


class NotebookPage:
    """Opens, runs, restarts, reopens and photographs a notebook; the same in both applications."""

    def __init__(self, page: Page, server: JupyterServer) -> None:
        self.page = page
        self.server = server
        self.app = server.app
        self.path = ""
        if not self._is_empty():
            page.add_init_script(path=PROBE)

    def open(self, path: str) -> None:
        """Show the notebook at this path of the server's root, and wait for its kernel."""
        self.path = path
        if self._is_empty():
            self._show()
        else:
            self._load()

    def _load(self) -> None:
        """Load the whole page anew."""
        self.page.goto(self.server.page_url(self.path), wait_until="domcontentloaded")
        self.wait_idle()

    def _show(self) -> None:
        """Open the notebook in the JupyterLab that the page has in it."""
        self._command("docmanager:open", {"path": self.path, "factory": "Notebook"})
        self.wait_idle()

    def _is_empty(self) -> bool:
        """Whether the page has this server's JupyterLab in it, and no notebook."""
        here = self.page.url.startswith(f"{self.server.url}/lab")
        return here and bool(self.page.evaluate("window.probe?.free()"))

    def wait_idle(self) -> None:
        """Wait until the notebook is shown and its kernel waits for work."""
        self._wait("path => probe.idle(path)")
        self.page.evaluate("path => probe.watch(path)", self.path)

    def run_all(self) -> None:
        """Run every cell; an AssertionError carries the traceback of a cell that failed."""
        self._check_run(self._command("notebook:run-all-cells"))

    def restart_and_run_all(self) -> None:
        """Restart the kernel, then run every cell."""
        self._check_run(self._command("notebook:restart-run-all"))

    def restart(self) -> None:
        """Restart the kernel; nothing is run."""
        self._command("notebook:restart-kernel")
        self.wait_idle()

    def reload(self) -> None:
        """Save, and load the whole page again; the kernel stays."""
        self.save()
        self._load()

    def reopen(self) -> None:
        """Save, close the notebook and open it again; the kernel stays."""
        self.save()
        if self.app == "notebook":  # one page is one notebook
            self.page.goto("about:blank")
            self._load()
            return
        self.page.evaluate("path => probe.panel(path).close()", self.path)
        self._wait("path => !probe.panel(path)")
        self._show()

    def save(self) -> None:
        """Save the notebook into the server's root directory."""
        self._command("docmanager:save")
        self._wait("path => !probe.panel(path).context.model.dirty")

    def theme(self, name: str) -> None:
        """Change the theme: "JupyterLab Dark", "JupyterLab Light" or another installed one."""
        self._command("apputils:change-theme", {"theme": name})
        self._wait("name => document.body.dataset.jpThemeName === name", name)

    def cells(self) -> list[dict[str, Any]]:
        """Each cell's type, source, execution count and error (an empty string if it has none)."""
        found: list[dict[str, Any]] = self.page.evaluate("path => probe.cells(path)", self.path)
        return found

    def cell(self, index: int) -> Locator:
        """The cell at this index (from 0), scrolled into view so that it is rendered."""
        self.page.evaluate(
            "([path, index]) => probe.panel(path).content.scrollToItem(index, 'smart')",
            [self.path, index],
        )
        return self.page.locator(f'.jp-Notebook .jp-Cell[data-windowed-list-index="{index}"]')

    def screenshot(self, path: Path, target: Locator | None = None) -> Path:
        """Save a picture of one element, or of the page; give the picture's path back."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if target is None:
            self.page.screenshot(path=path, animations="disabled")
            return path
        with self._room_for(target):
            target.screenshot(path=path, animations="disabled")
        return path

    @contextmanager
    def whole(self, width: int, most: int) -> Iterator[None]:
        """Make the window so high that all cells are in it, at most so many pixels, for a while."""
        usual, height = self.page.viewport_size, most
        for _ in range(2):  # cells that come into view for the first time are measured then
            self.page.set_viewport_size({"width": width, "height": height})
            self._wait("([path, height]) => probe.fits(path, height)", [self.path, height - AROUND])
            self.page.wait_for_timeout(SETTLE_MS)
            end = self.page.evaluate("path => probe.end(path)", self.path)
            height = min(most, end + AROUND)
        try:
            yield
        finally:
            if usual:
                self.page.set_viewport_size(usual)

    @contextmanager
    def _room_for(self, target: Locator) -> Iterator[None]:
        """Make the window so high that the notebook shows the whole element, for a while."""
        usual, box = self.page.viewport_size, target.bounding_box()
        if usual and box and box["height"] + AROUND > usual["height"]:
            height = round(box["height"]) + AROUND
            self.page.set_viewport_size({"width": usual["width"], "height": height})
            self._wait("([path, height]) => probe.fits(path, height)", [self.path, box["height"]])
            target.scroll_into_view_if_needed()
        try:
            yield
        finally:
            if usual:
                self.page.set_viewport_size(usual)

    def _command(self, name: str, args: dict[str, Any] | None = None) -> str:
        """Execute a command of the application, wait until it has ended, and say how."""
        self.page.evaluate("([name, args]) => probe.start(name, args)", [name, args or {}])
        self._wait("() => probe.outcome !== ''", timeout=RUN_MS)
        outcome: str = self.page.evaluate("probe.outcome")
        assert not outcome.startswith("failed"), f"{name} {outcome}"
        return outcome

    def _check_run(self, outcome: str) -> None:
        """Hold that every code cell was executed, in order and without an error."""
        self.wait_idle()
        code = [cell for cell in self.cells() if cell["type"] == "code" and cell["source"].strip()]
        errors = [COLOUR_CODES.sub("", cell["error"]) for cell in code if cell["error"]]
        assert not errors, "a cell failed:\n" + "\n".join(errors)
        assert outcome == "done: true", f"the cells were not run: {outcome}"
        counts = [cell["count"] for cell in code]
        first = (counts or [1])[0] or 1
        expected = list(range(first, first + len(counts)))
        assert counts == expected, f"not every cell was run, in order: execution counts {counts}"

    def _wait(self, condition: str, argument: object = None, timeout: float = OPEN_MS) -> None:
        """Wait until a condition holds in the page; it is given the path if nothing else."""
        argument = self.path if argument is None else argument
        try:
            self.page.wait_for_function(condition, arg=argument, timeout=timeout, polling=50)
        except TimeoutError as late:
            state = self.page.evaluate("path => window.probe?.describe(path)", self.path)
            raise AssertionError(f"waited {timeout / 1000} s for {condition}: {state}") from late
