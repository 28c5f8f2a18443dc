"""Looks into a notebook: its cells, headings, links, pictures and numbers."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

HEADING = re.compile(r"^(#{1,6}) +(.+?)\s*$", re.MULTILINE)
FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
WIDGET = re.compile(r"^<[A-Z]\w+ [^>]*: ")  # the repr of an Explorer, of a view or an exercise
VIEWS = "Explorer Breakdown Controls Diagram Gradients Relief Slice Steps Surface Toolbar Training"
ASKING = "Question Exercise FindTheSlip"


class Heading(NamedTuple):
    level: int
    text: str
    cell: int  # the index of its cell


def prose(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def code(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def headings(notebook: Any) -> list[Heading]:
    found = []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            text = FENCED.sub("", cell.source)
            found += [Heading(len(m[1]), m[2], index) for m in HEADING.finditer(text)]
    return found


def section(notebook: Any, title: str) -> str:
    """The Markdown of one section of level 2, without its heading; "" if there is none."""
    pattern = rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)"
    text = "\n\n".join(cell.source for cell in prose(notebook))
    found = re.search(pattern, text, re.DOTALL | re.MULTILINE)
    return found[1].strip() if found else ""


def sections(notebook: Any) -> list[tuple[str, list[Any]]]:
    """Each heading of level 2 with the cells from it to the next one."""
    found = [each for each in headings(notebook) if each.level == 2]
    ends = [each.cell for each in found[1:]] + [len(notebook.cells)]
    return [(each.text, notebook.cells[each.cell : end]) for each, end in zip(found, ends)]


def texts(cell: Any) -> Iterator[str]:
    """What a code cell shows as text, as nbval compares it."""
    for output in cell.outputs:
        if output.output_type == "stream":
            yield output.text
        for kind, content in output.get("data", {}).items():
            if kind.startswith("text/") or kind == "image/svg+xml":
                yield content


def widget_text(cell: Any) -> str:
    """The repr of the widget that a code cell shows; "" if it shows none."""
    for text in texts(cell):
        if WIDGET.match(text) and text[1:].split()[0] in f"{VIEWS} {ASKING}".split():
            return text
    return ""


def pictures(cell: Any) -> Iterator[tuple[str, str]]:
    """Each picture that a code cell shows: its kind, and the text that stands for it."""
    for output in cell.outputs:
        for kind in output.get("data", {}):
            if kind.startswith("image/"):
                yield kind, output.metadata.get(kind, {}).get("alt", "")
