"""What a notebook with exercises must be, and the one with their solutions."""

import re
from collections.abc import Iterator
from typing import Any

from course.cells import sections, texts, widget_text
from course.files import EXERCISES, FOLDER, SOLUTIONS, following, lesson_of, read

CALCULATE = "**Calculate.**"
FEEDBACK = "This marking is feedback, not a grade"
LAST = "Where next?"
FEWEST, MOST = 3, 5
MARK = re.compile(r"<Mark (\S+): (\w+)")
FOUND = "has it: True"  # a line in which a slip was looked for


def asked(notebook: Any, name: str) -> Iterator[str]:
    """Three to five numbered exercises: in each a way to calculate, and then what takes the answer."""
    if not name.endswith(EXERCISES):
        return
    if FEEDBACK not in notebook.cells[0].source:
        yield f"the opening does not say: {FEEDBACK}"
    exercises = sections(notebook)[:-1]
    if not FEWEST <= len(exercises) <= MOST:
        yield f"{len(exercises)} exercises"
    for number, (title, cells) in enumerate(exercises, 1):
        if not title.startswith(f"{number}. "):
            yield f"exercise {number} is called {title!r}"
        told = [place for place, cell in enumerate(cells) if cell.source.startswith(CALCULATE)]
        fields = [place for place, cell in enumerate(cells) if _has_field(cell)]
        if not told or not fields or fields[0] < told[0]:
            yield f"{title!r} does not say what to calculate, and then take the answer"


def answered(notebook: Any, name: str) -> Iterator[str]:
    """Solutions have the exercises' headings and no field; each answer is right in the end."""
    if not name.endswith(SOLUTIONS):
        return
    exercises = sections(read(FOLDER / f"{lesson_of(name)}{EXERCISES}.ipynb"))
    found = sections(notebook)
    if [title for title, _ in found] != [title for title, _ in exercises]:
        yield f"other headings than in {lesson_of(name)}{EXERCISES}"
    for title, cells in found[:-1]:
        if any(_has_field(cell) for cell in cells):
            yield f"a field among the solutions: {title!r}"
        shown = "".join(text for cell in cells if "outputs" in cell for text in texts(cell))
        verdicts = dict(MARK.findall(shown))  # of each quantity the last
        if not verdicts and FOUND not in shown:
            yield f"no answer to {title!r}"
        for quantity, verdict in verdicts.items():
            if verdict not in ("right", "rounded"):
                yield f"{quantity} is not right in {title!r}"


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


def _has_field(cell: Any) -> bool:
    return cell.cell_type == "code" and bool(widget_text(cell))
