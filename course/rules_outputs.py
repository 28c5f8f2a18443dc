"""What the code of a notebook and its stored outputs must be."""

import ast
import re
from collections.abc import Iterator
from typing import Any

import nbformat

import bpwidgets as bp
from course.cells import code, texts, widget_text
from course.clean import KERNEL, WIDGET

MOST_LINES = 8
PUBLIC = {*bp.__all__, "notes", "presets"}  # the last two are modules with data
IMPORTS = {"bpwidgets", "IPython.display", "math", "cmath", "numpy"}

# What no reader can use: it differs from machine to machine, or from run to run.
UNWANTED = {
    "a memory address": r"0x[0-9a-fA-F]{6,}",
    "a numpy scalar's repr": r"\bnp\.(float|int|bool|str)",
    "a path of one machine": r"/(?:home|Users|root|work|tmp|mnt)/|[A-Z]:\\",
    "a temporary file of the kernel": r"ipykernel_\d|ipython-input",
}
IGNORED = re.compile(r"# NBVAL_IGNORE_OUTPUT: (?:\S+ ){3,}\S+")  # with its reason
NUMBER = re.compile(r"\d+\.\d+(?:e-?\d+)?")


def valid(notebook: Any, name: str) -> Iterator[str]:
    """A notebook of format 4.5 for Python 3, without anything that an editor left in it."""
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as reason:
        yield f"not a valid notebook: {reason}"
    if notebook.metadata != {"kernelspec": KERNEL, "language_info": {"name": "python"}}:
        yield f"metadata other than the kernel's: {sorted(notebook.metadata)}"  # GitHub: "Invalid"
    for cell in code(notebook):
        for output in cell.outputs:
            if WIDGET in output.get("data", {}):
                yield f"a widget's state is referred to, but not stored: {cell.source}"


def executed(notebook: Any, name: str) -> Iterator[str]:
    """Every code cell was run, from the first to the last."""
    cells = code(notebook)
    counts = [cell.execution_count for cell in cells]
    if counts != list(range(1, len(cells) + 1)):
        yield f"execution counts {counts}"
    for cell in cells:
        for output in cell.outputs:
            if output.get("execution_count", cell.execution_count) != cell.execution_count:
                yield f"an output of another run: {cell.source}"


def without_errors(notebook: Any, name: str) -> Iterator[str]:
    """No cell failed or warned."""
    for cell in code(notebook):
        for output in cell.outputs:
            if output.output_type == "error" or output.get("name") == "stderr":
                yield f"an error or a warning: {cell.source}"


def compared(notebook: Any, name: str) -> Iterator[str]:
    """nbval compares every output; one a notebook may opt out, with a reason of four words or more."""
    optouts = 0
    for cell in code(notebook):
        rest, allowed = IGNORED.subn("", cell.source)
        optouts += allowed
        if "nbval" in " ".join([rest, *cell.metadata.get("tags", [])]).lower():
            yield f"a cell opts out of the comparison without a reason: {cell.source}"
    if optouts > 1:
        yield f"{optouts} cells opt out of the comparison"


def same_everywhere(notebook: Any, name: str) -> Iterator[str]:
    """No output differs from machine to machine."""
    for cell in code(notebook):
        for text in texts(cell):
            for what, pattern in UNWANTED.items():
                if found := re.search(pattern, text):
                    yield f"{what} in an output: {found[0]}"


def short_cells(notebook: Any, name: str) -> Iterator[str]:
    """No code cell is empty or longer than eight lines."""
    for cell in code(notebook):
        lines = len(cell.source.splitlines())
        if not 1 <= lines <= MOST_LINES:
            yield f"a code cell of {lines} lines: {cell.source}"


def public_names(notebook: Any, name: str) -> Iterator[str]:
    """The code uses public names of `bp`, and hardly anything else."""
    for cell in code(notebook):
        for node in ast.walk(ast.parse(cell.source)):
            match node:
                case ast.Attribute(value=ast.Name("bp"), attr=attribute):
                    if attribute not in PUBLIC:
                        yield f"bp.{attribute} is not a public name"
                case ast.Import(names):
                    for each in names:
                        if each.name not in IMPORTS:
                            yield f"imports {each.name}"
                case ast.ImportFrom(module=module):
                    if module not in IMPORTS - {"bpwidgets"}:
                        yield f"imports from {module}"


def widgets_by_code(notebook: Any, name: str) -> Iterator[str]:
    """Every number of a widget's repr is printed by another cell too, so that nbval sees it computed."""
    plain = [text for cell in code(notebook) if not widget_text(cell) for text in texts(cell)]
    printed = set(NUMBER.findall("\n".join(plain)))
    for cell in code(notebook):
        for number in NUMBER.findall(widget_text(cell)):
            if number not in printed:
                yield f"only a widget shows {number}: {cell.source}"
