"""Prints the course's notebooks for a class: `make handouts`.

Each becomes one HTML file that needs nothing else, no network either, and, where there is a Chromium,
a PDF of A4 pages printed from it.  They show the stored outputs; nothing is executed.
"""

import argparse
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from latex2mathml.converter import convert
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from playwright.sync_api import Browser, sync_playwright
from pygments.formatters import HtmlFormatter

from course.cells import headings
from course.files import ROOT, badge, binder_link, notebooks, read
from tests.browser.chromium import ChromiumNotFound, launch

STYLE = Path(__file__).with_name("handout.css")
OUT = ROOT / "handouts"
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
PRINTED: dict[str, Any] = {
    "format": "A4",
    "margin": {"top": "18mm", "bottom": "20mm", "left": "18mm", "right": "18mm"},
    "display_header_footer": True,
    "header_template": "<span></span>",
    "tagged": True,
    "outline": True,
}
FOOT = (
    '<div style="width: 100%; padding: 0 18mm; font: 8pt sans-serif; display: flex; '
    'justify-content: space-between"><span>{title}</span>'
    '<span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>'
)


class _Text(IPythonRenderer):
    """Markdown with its formulas as MathML, which browsers show without any script."""

    def inline_math(self, body: str) -> str:
        return str(convert(body))

    def block_math(self, body: str) -> str:
        return f"<p>{convert(body.strip(), display='block')}</p>"


class Handout(HTMLExporter):
    """nbconvert's plainest HTML, with formulas that need no script from elsewhere."""

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        text = _Text(escape=False, exclude_anchor_links=True)
        return str(MarkdownWithMath(renderer=text).render(source))


def page(path: Path) -> str:
    """A notebook as one HTML page; the badge becomes the address at which the notebook runs."""
    notebook = read(path)
    title = headings(notebook)[0].text
    link = binder_link(path.stem)
    first = notebook.cells[0]
    first.source = first.source.replace(badge(path.stem), f"Live at <{link}>.")
    for cell in notebook.cells:
        cell.source = cell.source.replace(".ipynb)", ".html)")  # its neighbours are handouts too
        folded = cell.metadata.get("jupyter", {}).get("source_hidden", False)
        cell.metadata["transient"] = {"remove_source": folded}
        if cell.cell_type == "code":
            cell.outputs = _printed(cell.outputs)
    body, _ = Handout(template_name="basic").from_notebook_node(notebook)
    style = STYLE.read_text("utf-8") + HtmlFormatter(style="bw").get_style_defs(".highlight")
    return PAGE.format(title=escape(title), style=style, body=body)


def _printed(outputs: list[Any]) -> list[Any]:
    """What is printed of a cell: of a widget its picture, not the line that says to run it."""
    lines = [place for place, output in enumerate(outputs) if _is_line(output)]
    widgets = {place for line in lines for place in (line - 1, line)}
    return [output for place, output in enumerate(outputs) if place not in widgets]


def _is_line(output: Any) -> bool:
    return "bp-unmoved" in output.get("data", {}).get("text/html", "")


def print_page(browser: Browser, source: Path, target: Path) -> None:
    """Print one HTML file into a PDF with numbered pages."""
    sheet = browser.new_page()
    try:
        sheet.goto(source.resolve().as_uri())
        foot = FOOT.format(title=escape(sheet.title()))
        sheet.pdf(path=target, footer_template=foot, **PRINTED)
    finally:
        sheet.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Print the notebooks as HTML and PDF.")
    parser.add_argument("names", nargs="*", help="beginnings of the notebooks' names; else all")
    parser.add_argument("--out", type=Path, default=OUT, help="the directory to write into")
    parser.add_argument("--html-only", action="store_true", help="without PDF")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    written = []
    for path in notebooks():
        if not given.names or path.name.startswith(tuple(given.names)):
            target = given.out / f"{path.stem}.html"
            target.write_text(page(path), "utf-8")
            written.append(target)
    print(f"{len(written)} HTML files in {given.out}")
    if given.html_only:
        return
    try:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            for source in written:
                print_page(browser, source, source.with_suffix(".pdf"))
        print(f"{len(written)} PDF files beside them")
    except ChromiumNotFound as missing:
        print(f"no PDF. {missing}")


if __name__ == "__main__":
    main()
