"""A notebook that README's commands turned into a page or slides, opened where there is no network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, expect

from bpwidgets.widgets.words import BEGIN, UNMOVED

from .servers import private_environment
from .test_explorer import throwaway

CELLS = ("import bpwidgets as bp\nbp.Explorer()", 'bp.Question(bp.worked_example(), "h1")')
SEEN = """() => [...document.querySelectorAll(".jp-OutputArea-child")]
  .filter((node) => getComputedStyle(node).display !== "none")
  .map((node) => node.querySelector("img")?.naturalWidth ?? node.innerText.trim().split("\\n")[0])"""


@pytest.mark.parametrize("kind", ["html", "slides"])
def test_the_pictures_are_there(page: Page, tmp_path: Path, kind: str) -> None:
    source = tmp_path / "lesson.ipynb"
    nbformat.write(throwaway(*CELLS), source)
    subprocess.run(
        [sys.executable, "-m", "jupyter", "nbconvert", "--to", kind, "--execute", str(source)],
        env=private_environment(tmp_path),
        check=True,
        capture_output=True,
    )
    (made,) = tmp_path.glob("*.html")
    page.goto(made.as_uri())
    expect(page.locator("img").first).to_be_visible()
    line, explorer, another, question = page.evaluate(SEEN)
    assert (line, another) == (UNMOVED, BEGIN)
    assert min(explorer, question) > 500  # pixels
