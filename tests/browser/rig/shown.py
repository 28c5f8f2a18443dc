"""A page of the rig, as a test uses it."""

from __future__ import annotations

import time

from ipywidgets import DOMWidget
from playwright.sync_api import Locator, Page

from .kernel import Kernel
from .line import Line


class RigPage:
    """A page that shows widgets of a `Kernel`, and its line to them.

    host: the name of the JavaScript file that stands for the application
    saved: whether the page is that of a saved notebook, whose kernel does not run
    """

    def __init__(self, page: Page, kernel: Kernel, host: str, *, saved: bool = False) -> None:
        self.page = page
        self.kernel = kernel
        page.goto(f"{kernel.url}?host={host}{'&saved' if saved else ''}")
        page.wait_for_function("window.rig")
        self.line: Line = kernel.lines[-1]

    def show(self, widget: DOMWidget) -> Locator:
        """Show a widget, or all that stand in a Box, below what is shown already."""
        self.rest()  # the page then knows the widget
        name = self.page.evaluate("id => rig.show(id)", widget.model_id)
        self.rest()
        return self.page.locator(f"#{name}")

    def clear(self, place: Locator) -> None:
        """Let the views go, as when a cell is run again; their widgets stay."""
        place.evaluate("node => rig.clear(node.id)")

    def send(self, widget: DOMWidget, text: str) -> None:
        """Send what the widget's own page might send, given as JSON; it need not mean anything."""
        self.rest()  # the page then knows the widget
        send = "async ([id, text]) => (await rig.getModel(id)).send(JSON.parse(text))"
        self.page.evaluate(send, [widget.model_id, text])

    def tell(self, **kernel: str) -> None:
        """Let the host know of its kernel: ``status="busy"``, ``connectionStatus="connecting"``.

        Messages come and go all the same; the line and the kernel have their own switches for that.
        """
        self.page.evaluate("told => rig.tell(told)", kernel)

    def end(self) -> None:
        """Let the kernel be gone, and the host know it: from here on to send is an error."""
        self.page.evaluate("rig.end()")

    def rest(self, seconds: float = 20) -> None:
        """Wait until no message is under way or waits, and what they led to is painted.

        Raises TimeoutError if the page goes on sending.
        """
        start, before = time.monotonic(), None
        while (now := self._counts()) is None or now != before:
            before = now
            if time.monotonic() - start > seconds:
                raise TimeoutError(f"the line has not come to rest: {now}")

    def _counts(self) -> tuple[int, ...] | None:
        """How many messages have gone each way; none while one is under way."""
        sent, received = self.page.evaluate("rig.painted()")
        there, back = self.line.there, self.line.back
        waiting = there.under_way + back.under_way > 0 or not self.kernel.is_idle()
        if waiting or (there.sent, back.arrived) != (sent, received):
            return None
        return sent, received
