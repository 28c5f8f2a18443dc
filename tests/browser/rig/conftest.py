"""Fixtures of the rig: a kernel, a page of one kind of host, and the line between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ..conftest import TIMEOUT_MS as USUAL_MS
from ..conftest import VIEWPORT, PageLog
from .kernel import Kernel
from .shown import RigPage

TIMEOUT_MS = 5_000


@pytest.fixture(scope="package")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One profile for all pages of the rig: they keep nothing."""
    made = browser.new_context(viewport=VIEWPORT, locale="en-US")
    made.set_default_timeout(TIMEOUT_MS)
    expect.set_options(timeout=TIMEOUT_MS)
    yield made
    expect.set_options(timeout=USUAL_MS)
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    made = context.new_page()
    yield made
    made.close()


@pytest.fixture
def kernel() -> Iterator[Kernel]:
    """Runs during the test; an error in a widget's handler is raised after it."""
    with Kernel().running() as started:
        yield started


@pytest.fixture
def host() -> str:
    """Which application's page it is; a test may be given another."""
    return "jupyter"


@pytest.fixture
def rig(kernel: Kernel, page: Page, log: PageLog, host: str) -> Iterator[RigPage]:
    """A page; afterwards it must have complained about nothing."""
    yield RigPage(page, kernel, host)
    assert not log.unexpected(), "\n".join(log.unexpected())


@pytest.fixture
def another(kernel: Kernel, context: BrowserContext, host: str) -> Iterator[Callable[..., RigPage]]:
    """Opens one more page of the same kernel."""
    pages: list[Page] = []

    def visit(**options: bool) -> RigPage:
        pages.append(context.new_page())
        return RigPage(pages[-1], kernel, host, **options)

    yield visit
    for each in pages:
        each.close()
