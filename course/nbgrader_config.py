"""What nbgrader needs to know of the assignment: `make assignment` puts a copy of this file beside it.

No line of what students hand in is run.  Of their notebook only the typed texts are read; they are put
into the notebook as it was given out, and that is graded.  What else was handed in stays in
`submitted/`.  In a course of your own, add these lines to its nbgrader_config.py: they leave notebooks
of other names as they are.
"""

import sys
from contextlib import suppress
from typing import Any

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from bpwidgets.sheets.answers import typed

NAME = "by_hand"
KINDS = ["introduction", "given", "question", "answer", "marking"]
NEW = {"code": new_code_cell, "markdown": new_markdown_cell}


class OnlyTyped(NbGraderPreprocessor):  # type: ignore[misc]
    """Makes the notebook anew, as it was given out, with the typed texts in it and nothing else."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        about = resources["nbgrader"]
        if about["notebook"] != NAME:
            return nb, resources
        sources = [cell.source for cell in nb.cells if cell.cell_type == "code"]
        with Gradebook(about["db_url"]) as book:
            given = book.find_notebook(NAME, about["assignment"])
            points = {cell.name: cell.max_score for cell in given.grade_cells}
            cells = [_made(cell, points, sources) for cell in _in_order(given.source_cells)]
        # Not in the folder of what was handed in: Python would import a file from there.
        resources["metadata"]["path"] = sys.prefix
        return new_notebook(cells=[new_code_cell("only_typed = True"), *cells]), resources


def _made(cell: Any, points: dict[str, float], sources: list[str]) -> Any:
    """A cell as it was given out; one for an answer has the text that was typed."""
    kind, task = _split(cell)
    source = cell.source
    if kind == "answer":
        with suppress(LookupError):  # none was typed: the cell is as it was
            source = f"{task} = {typed(task, sources)!r}"
    said = {"grade_id": cell.name, "schema_version": 3, "task": False, "locked": cell.locked}
    said |= {"solution": kind == "answer", "grade": cell.name in points}
    if cell.name in points:
        said["points"] = points[cell.name]
    return NEW[cell.cell_type](source, metadata={"nbgrader": said})


def _in_order(cells: list[Any]) -> list[Any]:
    """The cells of a task one after another, its answer before its mark: the gradebook has no order."""
    tasks = list(dict.fromkeys(_split(cell)[1] for cell in cells))

    def place(cell: Any) -> tuple[int, int]:
        kind, task = _split(cell)
        return tasks.index(task), KINDS.index(kind) if kind in KINDS else len(KINDS)

    return sorted(cells, key=place)


def _split(cell: Any) -> tuple[str, str]:
    """The kind of a cell and its task: answer_dE1_douto1 is an answer, to dE1_douto1."""
    kind, _, task = cell.name.partition("_")
    return kind, task


c = get_config()  # type: ignore[name-defined]  # noqa: F821 - nbgrader provides it
c.CourseDirectory.course_id = "bpwidgets"
c.ClearSolutions.code_stub = {"python": "# Your number goes between the quotation marks."}
c.Autograde.sanitize_preprocessors.prepend([OnlyTyped])
c.Autograde.autograde_preprocessors.prepend([OnlyTyped])
