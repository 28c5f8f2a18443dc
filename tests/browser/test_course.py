"""Every notebook of the course in a real JupyterLab: run from top to bottom, and photographed.

The `notebook` fixture fails if the page complained about anything on its console.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from course.cells import code, pictures, widget_text
from course.files import COURSE, EXERCISES, SOLUTIONS, notebooks, read
from course.handouts import page as handout
from course.handouts import print_page

from .jupyter import NotebookPage

NOTEBOOKS = notebooks()
PAIR = [
    f"03_explain_a_hidden_weight{end}" for end in (EXERCISES, SOLUTIONS)
]  # the others are alike
RUN = [path for path in NOTEBOOKS if path.stem in (*COURSE, *PAIR)]
WIDE, MOST_HIGH = 1400, 15_000  # pixels; a picture of Chromium's is at most 16,384 high


@pytest.mark.parametrize("server", ["lab"], indirect=True)
@pytest.mark.parametrize("path", RUN, ids=lambda path: path.stem)
def test_it_runs_from_top_to_bottom(
    notebook: NotebookPage, path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stored = read(path)
    notebook.open(path.name)
    notebook.run_all()
    assert len(notebook.cells()) == len(stored.cells)

    picture = tmp_path_factory.getbasetemp() / "course" / f"{path.stem}.png"
    with notebook.whole(WIDE, MOST_HIGH):
        for index, cell in enumerate(stored.cells):
            shown = notebook.page.locator(f'.jp-Cell[data-windowed-list-index="{index}"]')
            if cell.cell_type == "markdown":
                expect(shown.locator("mjx-merror")).to_have_count(0)
            elif widget_text(cell):
                expect(shown.locator(".bp-view .bp-head").first).to_be_visible()
                expect(shown.locator(".bp-view .bp-message:not(:empty)")).to_have_count(0)
            elif list(pictures(cell)):
                expect(shown.locator("img")).to_be_visible()
        notebook.screenshot(picture)
    assert picture.stat().st_size > 100_000
    assert [cell["count"] for cell in notebook.cells() if cell["type"] == "code"] == [
        cell.execution_count for cell in code(stored)
    ]


def test_a_handout_is_printed_with_its_pages(browser: Browser, tmp_path: Path) -> None:
    source = tmp_path / "handout.html"
    source.write_text(handout(RUN[1]), "utf-8")
    print_page(browser, source, source.with_suffix(".pdf"))
    content = source.with_suffix(".pdf").read_bytes()
    assert content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")
    assert content.count(b"/Type /Page\n") >= 3
    assert b"/StructTreeRoot" in content  # tagged: a screen reader finds headings and pictures
    assert b"/Outlines" in content
