"""The pages of one browser: JupyterLab, once it is loaded, is handed from test to test.

Loading it takes longer than most tests.  What a test left in it is closed and put back; where that
cannot be done, or a test failed, the page is closed and the next test loads its own.
"""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Error, Page

from .servers import JupyterServer

USUAL_THEME = "JupyterLab Light"
LEAVE = "theme => probe.leave(theme)"


class Pages:
    """Gives each test a page, and keeps the one that has JupyterLab in it."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self._kept: Page | None = None
        self._server: JupyterServer | None = None  # that the kept page belongs to

    def take(self, server: JupyterServer | None) -> Page:
        """This server's JupyterLab as the test before left it; else, or without a server, a new page."""
        kept = self._kept
        if kept is None or server is None:
            return self._context.new_page()
        self._kept = None
        if server is self._server:
            return kept
        kept.close()
        return self._context.new_page()

    def put_back(self, page: Page, server: JupyterServer) -> None:
        """Keep JupyterLab if all that is in it could be closed; else close the page."""
        if server.app == "lab" and self._is_empty(page):
            self._kept, self._server = page, server
        else:
            page.close()

    def keeps(self, page: Page) -> bool:
        return page is self._kept

    def _is_empty(self, page: Page) -> bool:
        try:
            if not page.evaluate(LEAVE, USUAL_THEME):
                return False
            page.mouse.move(0, 0)
            page.emulate_media(
                media="null",
                color_scheme="null",
                forced_colors="null",
                reduced_motion="null",
            )
        except Error:  # the page is closed, or shows something else
            return False
        return True
