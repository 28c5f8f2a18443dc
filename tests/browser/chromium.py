"""Finds this machine's Chromium and starts it for the tests."""

from __future__ import annotations

import os
import shutil
from typing import Any

from playwright.sync_api import Browser, Error, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "No Chromium was found for the browser tests. Install Chromium or Google Chrome, "
    "or run `python -m playwright install chromium`, "
    "or set BPWIDGETS_CHROMIUM to the program's path."
)
# Playwright itself adds --no-sandbox (which root needs): only pages from 127.0.0.1 are shown.
# Every other name fails at once, so nothing can wait for the internet or come from it.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


class ChromiumNotFound(Exception):
    """No browser could be started; the message says what to install."""


def choices() -> list[dict[str, Any]]:
    """The ways to start a Chromium, best first, as arguments of Playwright's launch."""
    wanted = os.environ.get("BPWIDGETS_CHROMIUM")
    if wanted:
        return [{"executable_path": wanted}]
    found = [path for path in map(shutil.which, NAMES) if path]
    installed: list[dict[str, Any]] = [{"executable_path": path} for path in found]
    return [*installed, {"channel": "chrome"}, {}, {"channel": "msedge"}]


def launch(playwright: Playwright) -> Browser:
    """Start the first Chromium that starts."""
    problems = []
    for choice in choices():
        try:
            return playwright.chromium.launch(headless=True, args=FLAGS, **choice)
        except Error as error:
            problems.append(f"{choice}: {error.message.splitlines()[0]}")
    raise ChromiumNotFound("\n".join([ADVICE, *problems]))
