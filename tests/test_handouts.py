"""`make handouts`: each notebook as one page that needs nothing else.  (The PDF: tests/browser.)"""

import re
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from course.cells import code, headings, texts
from course.files import binder_link, notebooks, read
from course.handouts import page

NOTEBOOKS = notebooks()
LOADING = {"script", "link", "iframe", "object", "embed", "audio", "video", "source"}
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)


class Seen(HTMLParser):
    """The elements of a page: their tags and attributes, and the text outside of code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.code = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "pre" in self.open:
            self.code += data
        elif "style" not in self.open:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for each, attributes in self.elements if each == tag]


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


@cache
def printed(path: Path) -> str:
    """A notebook's handout, made once for all tests."""
    return page(path)


@cache
def looked_through(path: Path) -> Seen:
    return Seen(printed(path))


@pytest.fixture
def seen(path: Path) -> Seen:
    return looked_through(path)


def test_it_loads_nothing(path: Path, seen: Seen) -> None:
    assert not LOADING & {tag for tag, _ in seen.elements}
    for picture in seen.all("img"):
        assert str(picture["src"]).startswith("data:image/")
    assert not re.search(r"url\(|@import", printed(path))


def test_every_formula_is_mathematics_for_the_browser(path: Path, seen: Seen) -> None:
    markdown = [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]
    formulas = [formula for text in markdown for formula in FORMULA.findall(text)]
    assert len(seen.all("math")) == len(formulas) > 0
    assert "$" not in seen.text and "\\frac" not in seen.text
    assert "merror" not in {tag for tag, _ in seen.elements}


def test_it_shows_every_text_that_the_notebook_has(path: Path, seen: Seen) -> None:
    notebook = read(path)
    for cell in code(notebook):
        kinds = {kind for out in cell.outputs for kind in out.get("data", {})}
        for text in texts(cell):
            if text.startswith("<table"):
                words = map(unescape, re.split(r"<[^>]+>|\n", text))
                assert all(word.strip() in seen.text for word in words)
            elif not kinds & {"image/png", "text/html"}:  # else the picture or the table is shown
                assert text.rstrip() in seen.code
    for heading in headings(notebook):
        assert heading.text.split("$")[0].strip() in seen.text


def test_it_says_where_it_runs_and_leads_to_its_neighbours(path: Path, seen: Seen) -> None:
    targets = [str(link["href"]) for link in seen.all("a")]
    assert targets[0] == binder_link(path.stem)
    assert not [target for target in targets[1:] if target.endswith(".ipynb")]
    assert [target for target in targets if target.endswith(".html")]
    assert "badge" not in printed(path)


def test_every_picture_has_words(seen: Seen) -> None:
    assert all(picture.get("alt") for picture in seen.all("img"))


def test_code_that_only_shows_a_picture_is_left_out(path: Path, seen: Seen) -> None:
    for cell in code(read(path)):
        if cell.metadata.get("jupyter", {}).get("source_hidden"):
            assert cell.source.splitlines()[-1] not in seen.code
