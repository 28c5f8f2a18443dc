"""A site whose content security policy allows what README names, and nothing else of others'."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

import bpwidgets as bp

from ..conftest import PageLog
from ..explorer import ExplorerPage
from .kernel import Kernel
from .shown import RigPage

README = Path(__file__).parents[3] / "README.md"
NEEDED = dict(re.findall(r"`(\w+-src) ([^`]+)`", README.read_text("utf-8")))


def opened(page: Page, kernel: Kernel, needed: dict[str, str]) -> RigPage:
    allowed = {"default-src": "", "script-src": "", **needed}
    allowed["script-src"] += " 'unsafe-eval'"  # for Playwright's own scripts
    kernel.policy = "; ".join(f"{kind} 'self' {what}" for kind, what in allowed.items())
    return RigPage(page, kernel, "jupyter")


def test_what_readme_names_is_enough(kernel: Kernel, page: Page, log: PageLog) -> None:
    """Also for the picture of the hill, which comes as a file of its own."""
    explorer = bp.Explorer(strict=True)
    shown = ExplorerPage(page, opened(page, kernel, NEEDED).show(explorer))
    shown.unfold()
    shown.view("relief").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.bp-hill').naturalWidth > 0")
    shown.press("w5", "ArrowRight")
    net = bp.worked_example().replace(w5=0.41)
    expect(shown.gradient("w5")).to_have_text(f"{bp.backward(net)['w5']:.9f}")
    assert log.errors == []


def test_without_scripts_from_blobs_nothing_is_drawn(
    kernel: Kernel, page: Page, log: PageLog
) -> None:
    assert NEEDED["script-src"] == "blob:"
    rig = opened(page, kernel, {**NEEDED, "script-src": ""})
    with pytest.raises(Error, match="Failed to fetch dynamically imported module"):
        rig.show(bp.Explorer(strict=True))
    assert "Content Security Policy" in log.errors[0]
    log.errors.clear()
