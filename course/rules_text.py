"""What the text of a notebook must be: its parts, headings, links, pictures, slides and numbers."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from course.cells import code, headings, pictures, prose, section, texts, widget_text
from course.files import (
    COURSE,
    EXERCISES,
    FOLDER,
    PRACTISED,
    SOLUTIONS,
    badge,
    following,
    lesson_of,
)

OPENING = ("What you'll do.", "What you'll learn.", "What you'll need.")
CLOSING = ("On your own", "Further reading")
PREDICT = "**Predict.**"
SLIDES = {"slide", "subslide", "fragment", "-", "notes", "skip"}
LINK = re.compile(r"(!?)\[((?:[^\[\]]|!\[[^\]]*\]\([^)]*\))*)\]\(([^)\s]*)\)")
ADDRESS = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(/[^\s<>\"]*)?", re.IGNORECASE)
IMAGE = re.compile(r"<img\b[^>]*>")
DIGITS = re.compile(
    r"(?<![\w.])[-−]?\d+\.\d{5,}(?!\d)"
)  # five decimals or more: somebody computed it

# What the course calls by one name only: a wrong name, and why it is wrong.
MISNAMED = {
    r"\bshares? (?:in|of \$)": "a derivative is no share: it is a gradient, or a term of a sum",
    r"\b(?:both|two|many|which) ways\b|\bways? (?:back (?:from|to)|from \$|leads?)\b": "what leads "
    "from a weight to the error is a path",
    r"\bslope along \$?w|\bby the slopes?\b": "the derivative of the error by a weight is its gradient",
}


def opening(notebook: Any, name: str) -> Iterator[str]:
    """The first cell: title, badge, the question, and what you'll do, learn and need."""
    words = lesson_of(name).partition("_")[2].replace("_", " ").capitalize()
    words += {EXERCISES: ": exercises", SOLUTIONS: ": solutions"}.get(
        name.removeprefix(lesson_of(name)), ""
    )
    source = notebook.cells[0].source
    title, _, rest = source.partition("\n")
    if not title.startswith(f"# {words}"):
        yield f"the title is {title!r}, and the file's name says {words!r}"
    if not rest.startswith(f"\n{badge(name)}\n\n"):
        yield "the title is not followed by the Binder badge: run make notebooks"
    question = rest.partition(")](")[2].partition("\n\n")[2]
    if question.startswith("**") or not question:
        yield "the question is not posed"
    places = [source.find(f"\n\n**{words}** ") for words in OPENING]
    if -1 in places or places != sorted(places):
        yield f"the opening lacks one of {OPENING}, or has them in another order"


def closing(notebook: Any, name: str) -> Iterator[str]:
    """Last come three or four tasks, and further reading with the way to the next lesson."""
    if name not in COURSE:
        return
    last = tuple(each.text for each in headings(notebook) if each.level == 2)[-2:]
    if last != CLOSING:
        yield f"it closes with {last}"
    tasks = section(notebook, CLOSING[0])
    numbers = re.findall(r"^(\d)\. ", tasks, re.MULTILINE)
    if numbers not in (list("123"), list("1234")):
        yield f"tasks numbered {numbers} under {CLOSING[0]}"
    reading = section(notebook, CLOSING[1])
    if name in PRACTISED and f"]({name}{EXERCISES}.ipynb)" not in tasks:
        yield f"{CLOSING[0]} does not lead to {name}{EXERCISES}"
    if following(name) and f"]({following(name)}.ipynb)" not in reading:
        yield f"{CLOSING[1]} does not lead to {following(name)}"
    if "page" not in reading and "notes" not in reading:
        yield f"{CLOSING[1]} does not say where this stands in the notes"


def nested_headings(notebook: Any, name: str) -> Iterator[str]:
    """One title; below it questions; no level left out, no heading twice, each at a cell's start."""
    found = headings(notebook)
    levels = [each.level for each in found]
    if levels[:1] != [1] or levels.count(1) != 1 or found[0].cell != 0:
        yield f"headings of the levels {levels}"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"a heading of level {after} below one of level {before}"
    names = [each.text for each in found]
    yield from (f"the heading {text!r} twice" for text in {*names} if names.count(text) > 1)
    for each in found:
        if each.level == 2 and each.text not in CLOSING and not each.text.endswith("?"):
            yield f"the section {each.text!r} does not ask a question"
        source = notebook.cells[each.cell].source
        if each.level <= 2 and not source.startswith(f"{'#' * each.level} {each.text}"):
            yield f"the heading {each.text!r} stands in the middle of a cell"


def slides(notebook: Any, name: str) -> Iterator[str]:
    """Every cell has its place in the slides; a heading begins a slide, a widget comes after a click."""
    starts = {each.cell for each in headings(notebook) if each.level <= 2}
    for index, cell in enumerate(notebook.cells):
        kind = cell.metadata.get("slideshow", {}).get("slide_type")
        if kind not in SLIDES:
            yield f"no slide type: {cell.source[:40]!r}"
        elif (kind == "slide") != (index in starts):
            yield f"a slide begins at its heading, and only there: {cell.source[:40]!r}"
        elif (
            cell.cell_type == "code" and widget_text(cell) and kind not in ("fragment", "subslide")
        ):
            yield f"the widget is shown before anybody can predict: {cell.source!r}"


def predictions(notebook: Any, name: str) -> Iterator[str]:
    """A section with a widget asks for a prediction before it; solutions show none."""
    if name.endswith(SOLUTIONS):
        return
    asked, any_asked = False, False
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            asked = (asked and not cell.source.startswith("## ")) or PREDICT in cell.source
            any_asked = any_asked or asked
        elif widget_text(cell) and not asked:
            yield f"no prediction before the widget: {cell.source!r}"
    if not any_asked:
        yield "no prediction at all"


def links(notebook: Any, name: str) -> Iterator[str]:
    """Links lead to notebooks of the course, to headings that are there, or to whole https addresses."""
    anchors = {each.text.replace(" ", "-") for each in headings(notebook)}
    for cell in prose(notebook):
        for _, words, target in _links(cell.source):
            file, _, anchor = target.partition("#")
            if not words.strip():
                yield f"a link without words: {target}"
            if ":" in target:
                if not ADDRESS.fullmatch(target):
                    yield f"not a whole https address: {target}"
            elif (
                file and file.removesuffix(".ipynb") not in COURSE and not (FOLDER / file).exists()
            ):
                yield f"a link to nowhere: {target}"
            elif not file and anchor not in anchors:
                yield f"a link to no heading: {target}"


def alternative_texts(notebook: Any, name: str) -> Iterator[str]:
    """Every picture has a text for those who do not see it."""
    for cell in prose(notebook):
        for mark, words, target in _links(cell.source):
            if mark and not words.strip():
                yield f"a picture without words: {target}"
        for tag in IMAGE.findall(cell.source):
            if not re.search(r'\balt="[^"]+"', tag):
                yield f"a picture without words: {tag}"
    for cell in code(notebook):
        for kind, words in pictures(cell):
            if len(words.split()) < 4:
                yield f"a picture ({kind}) without words: {cell.source!r}"


def printed_numbers(notebook: Any, name: str) -> Iterator[str]:
    """A long number in the text is one that a cell prints, rounded perhaps: so nbval checks it too."""
    shown = "\n".join(text for cell in code(notebook) for text in texts(cell))
    outputs = [Decimal(number) for number in re.findall(r"-?\d+\.\d+(?:e-?\d+)?", shown)]
    for cell in prose(notebook):
        for found in DIGITS.findall(re.sub(r"(?<=\d)\{?,\}?(?=\d{3})", "", cell.source)):
            number = Decimal(found.replace("−", "-"))
            if not any(_is_rounded(number, output) for output in outputs):
                yield f"no cell prints {found}"


def one_word_for_one_thing(notebook: Any, name: str) -> Iterator[str]:
    """One word for one thing, in the text and in what the cells print."""
    for cell in notebook.cells:
        for wrong, reason in MISNAMED.items():
            if found := re.search(wrong, cell.source, re.IGNORECASE):
                yield f"{found[0]!r}: {reason}"


def _is_rounded(number: Decimal, output: Decimal) -> bool:
    """Whether the output, or the output without its sign, rounds to the number."""
    unit = Decimal(1).scaleb(number.as_tuple().exponent)  # type: ignore[arg-type]
    return any(abs(number - sign * output) <= unit / 2 for sign in (1, -1))


def _links(text: str) -> Iterator[tuple[str, str, str]]:
    """Each link and picture, also a picture inside a link: "!" for a picture, its words, its target."""
    for mark, words, target in LINK.findall(text):
        yield mark, words, target
        yield from _links(words)
