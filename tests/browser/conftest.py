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
    BrowserContext,
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
from .pages import Pages
from .servers import JupyterServer

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
VIEWPORT = ViewportSize(width=1400, height=900)
TIMEOUT_MS = 60_000
FAILED = pytest.StashKey[bool]()

# Errors that are not ours and that no setting avoids: (pattern, the reason why it is allowed).
ALLOWED: list[tuple[str, str]] = [
    (
        r"(?s)reading 'footer'\).*_ensureFocus.*/static/lab/jlab_core\.",
        "JupyterLab gives the focus to a notebook that was closed meanwhile",
    ),
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
        self._page = page
        self._heard = {
            "console": self._console,
            "pageerror": self._uncaught,
            "request": self._request,
        }
        for event, hear in self._heard.items():
            page.on(event, hear)

    def close(self) -> None:
        """Hear no more: what comes now belongs to no test."""
        for event, hear in self._heard.items():
            self._page.remove_listener(event, hear)

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

    def _uncaught(self, error: Error) -> None:
        self.errors.append(f"uncaught: {error.stack or error}")

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


@pytest.fixture(scope="package")
def pages(browser: Browser) -> Iterator[Pages]:
    """The pages of one profile, which keeps the applications' code in its cache."""
    context: BrowserContext = browser.new_context(viewport=VIEWPORT, locale="en-US")
    context.set_default_timeout(TIMEOUT_MS)
    yield Pages(context)
    context.close()


@pytest.fixture
def page(request: pytest.FixtureRequest, pages: Pages) -> Iterator[Page]:
    """A page for this test.  It may have JupyterLab in it already, but no notebook.

    `@pytest.mark.own_page` gives a test a page that no other test had or gets.
    """
    named = "server" in request.fixturenames
    server = request.getfixturevalue("server") if named and not is_alone(request.node) else None
    page = pages.take(server)
    page.set_viewport_size(VIEWPORT)
    yield page
    if not pages.keeps(page):
        page.close()


def is_alone(item: pytest.Item) -> bool:
    """Whether a test wants its page for itself, or has left it in a state that nobody knows."""
    return item.get_closest_marker("own_page") is not None or item.stash.get(FAILED, False)


@pytest.fixture
def log(page: Page) -> PageLog:
    """What the page complains about; `log.errors.clear()` accepts what a test provoked."""
    return PageLog(page)


@pytest.fixture
def notebook(
    request: pytest.FixtureRequest, page: Page, log: PageLog, server: JupyterServer, pages: Pages
) -> Iterator[NotebookPage]:
    """A NotebookPage beside fresh copies of the kit's notebooks and their badge.

    Afterwards the page must have complained about nothing, and no kernel is left.
    """
    for original in sorted([*NOTEBOOKS.glob("*.ipynb"), *NOTEBOOKS.glob("*.svg")]):
        server.add(original.name, original)
    yield NotebookPage(page, server)
    log.close()
    if is_alone(request.node):
        page.close()
    else:
        pages.put_back(page, server)
    server.reset()
    assert not log.unexpected(), "\n".join(log.unexpected())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Photograph the page of a test that fails, into the server's temporary directory."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    shown = getattr(item, "funcargs", {}).get("notebook")
    if report.failed and report.when != "teardown" and shown is not None:
        picture = shown.server.home / f"{re.sub(r'[^-.,=A-Za-z0-9]+', '_', item.name)}.png"
        with contextlib.suppress(Error):  # the page may be what failed
            report.sections.append(("Screenshot", str(shown.screenshot(picture))))
    return report
