"""Fixtures of the browser tests: a Jupyter server, a browser, a page, a notebook in it.

Their scope is this package, not the session: Playwright keeps an event loop running in the
main thread while it is open, and tests elsewhere may need one of their own.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from .chromium import ChromiumNotFound, launch
from .jupyter import NotebookPage
from .servers import JupyterServer

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
VIEWPORT = ViewportSize(width=1400, height=900)
TIMEOUT_MS = 60_000

# Errors that are not ours and that no setting avoids: (pattern, the reason why it is allowed).
ALLOWED: list[tuple[str, str]] = [
    (
        r"Could not restore the debugger state: Canceled future for debug_request",
        "JupyterLab's debugger asks a kernel that is being restarted; nothing of ours debugs",
    ),
    (
        r"(?s)reading 'schema'\).*/static/notebook/notebook_core\.",
        "Notebook 7 reads its shortcuts before they are loaded, in every notebook it opens",
    ),
    (
        r"(?s)^Error: widget model not found.*/jupyterlab-manager/",
        "JupyterLab's widgets say so where a notebook is opened without its kernel",
    ),
]


class PageLog:
    """What a page complained about: console errors, uncaught errors, requests to elsewhere."""

    def __init__(self, page: Page) -> None:
        self.errors: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(f"uncaught: {error.stack or error}"))
        page.on("request", self._request)

    def unexpected(self) -> list[str]:
        """Every complaint that the allow-list does not name."""
        return [
            error
            for error in self.errors
            if not any(re.search(pattern, error) for pattern, _ in ALLOWED)
        ]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:")):
            self.errors.append(f"a request left this machine: {request.url}")


@pytest.fixture(scope="package", params=["lab", "notebook"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[JupyterServer]:
    """A running JupyterLab, then a running Notebook 7."""
    started = JupyterServer(request.param, tmp_path_factory.mktemp(request.param))
    started.start()
    try:
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """This machine's Chromium; the tests are skipped without one, but not in CI."""
    expect.set_options(timeout=TIMEOUT_MS)
    with sync_playwright() as playwright:
        try:
            started = launch(playwright)
        except ChromiumNotFound as missing:
            give_up = pytest.fail if os.environ.get("CI") else pytest.skip
            give_up(str(missing))
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with a profile of its own."""
    context = browser.new_context(viewport=VIEWPORT, locale="en-US")
    context.set_default_timeout(TIMEOUT_MS)
    yield context.new_page()
    context.close()


@pytest.fixture
def log(page: Page) -> PageLog:
    """What the page complains about; `log.errors.clear()` accepts what a test provoked."""
    return PageLog(page)


@pytest.fixture
def notebook(page: Page, log: PageLog, server: JupyterServer) -> Iterator[NotebookPage]:
    """A NotebookPage beside fresh copies of the kit's notebooks and their badge.

    Afterwards the page must have complained about nothing, and no kernel is left.
    """
    for original in sorted([*NOTEBOOKS.glob("*.ipynb"), *NOTEBOOKS.glob("*.svg")]):
        server.add(original.name, original)
    yield NotebookPage(page, server)
    page.context.close()
    server.reset()
    assert not log.unexpected(), "\n".join(log.unexpected())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Photograph the page of a test that fails, into the server's temporary directory."""
    report = yield
    shown = getattr(item, "funcargs", {}).get("notebook")
    if report.failed and report.when != "teardown" and shown is not None:
        picture = shown.server.home / f"{re.sub(r'[^-.,=A-Za-z0-9]+', '_', item.name)}.png"
        with contextlib.suppress(Error):  # the page may be what failed
            report.sections.append(("Screenshot", str(shown.screenshot(picture))))
    return report
