"""What a notebook with exercises must be, and the one with their solutions."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from course.cells import code, headings, texts, widget_text
from course.files import EXERCISES, FOLDER, SOLUTIONS, following, lesson_of, read

CALCULATE = "**Calculate.**"
FEEDBACK = "This marking is feedback, not a grade"
LAST = "Where next?"
FEWEST, MOST = 3, 5
NUMBERED = re.compile(r"(\d)\. ")


def asked(notebook: Any, name: str) -> Iterator[str]:
    """Three to five numbered exercises: in each a way to calculate, and then what takes the answer."""
    if not name.endswith(EXERCISES):
        return
    if FEEDBACK not in notebook.cells[0].source:
        yield f"the opening does not say: {FEEDBACK}"
    if not FEWEST <= len(_numbered(notebook)) <= MOST:
        yield f"{len(_numbered(notebook))} exercises"
    told, fields = True, 1
    for cell in [*notebook.cells, None]:
        source = "## " if cell is None else cell.source
        if cell is None or cell.cell_type == "markdown":
            if source.startswith("## "):
                if not (told and fields):
                    yield f"the exercise before {source!r} has no calculation or no field"
                told, fields = LAST in source, int(LAST in source)
            told = told or source.startswith(CALCULATE)
        elif widget_text(cell):
            fields += 1
            if not told:
                yield f"a field before it is said what to calculate: {source!r}"


def answered(notebook: Any, name: str) -> Iterator[str]:
    """Solutions have the exercises' headings, show no field, and under each heading an answer."""
    if not name.endswith(SOLUTIONS):
        return
    exercises = read(FOLDER / f"{lesson_of(name)}{EXERCISES}.ipynb")
    if _numbered(notebook) != _numbered(exercises):
        yield f"other exercises than in {lesson_of(name)}{EXERCISES}"
    for cell in code(notebook):
        if widget_text(cell):
            yield f"a field among the solutions: {cell.source!r}"
    starts = [each.cell for each in headings(notebook) if each.level == 2]
    for start, end in pairwise(starts):
        shown = "".join(
            t for cell in notebook.cells[start:end] if "outputs" in cell for t in texts(cell)
        )
        if not re.search(r"<Mark \S+: (right|rounded)|has it: True", shown):
            yield f"no right answer in {notebook.cells[start].source!r}"


def ways_on(notebook: Any, name: str) -> Iterator[str]:
    """Exercises and solutions close with the way to each other, to their lesson and to the next one."""
    lesson = lesson_of(name)
    if lesson == name:
        return
    other = EXERCISES if name.endswith(SOLUTIONS) else SOLUTIONS
    last = notebook.cells[-1].source
    if not last.startswith(f"## {LAST}"):
        yield f"it does not close with {LAST}"
    for target in (lesson, lesson + other, following(name)):
        if f"]({target}.ipynb)" not in last:
            yield f"{LAST} does not lead to {target}"
    if f"]({lesson}.ipynb)" not in notebook.cells[0].source:
        yield "the opening does not lead back to the lesson"


def _numbered(notebook: Any) -> list[str]:
    """The headings with a number; they must count from 1."""
    found = [each.text for each in headings(notebook) if NUMBERED.match(each.text)]
    return [text for place, text in enumerate(found, 1) if text.startswith(f"{place}. ")]
