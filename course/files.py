"""The course's notebooks: which there are, how they are read and written, what they link to."""

import tomllib
from pathlib import Path
from typing import Any

import nbformat

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "notebooks"

# The lessons in their order.
COURSE = (
    "00_start_here",
    "01_compute_the_forward_pass",
    "02_explain_an_output_weight",
    "03_explain_a_hidden_weight",
    "04_update_and_compute_again",
    "05_walk_down_the_error_surface",
    "06_train_to_the_end",
    "07_check_a_gradient",
    "08_read_the_notes_critically",
    "09_explain_other_networks",
)

# Lessons that have exercises on other numbers, and solutions to these, each a notebook of its own.
PRACTISED = COURSE[1:8]
EXERCISES, SOLUTIONS = "_ex_01", "_sol_01"  # how their names end


def names() -> list[str]:
    """The names of all notebooks, as they stand in the folder."""
    more = [lesson + end for lesson in PRACTISED for end in (EXERCISES, SOLUTIONS)]
    return sorted([*COURSE, *more])


def lesson_of(name: str) -> str:
    """The lesson that a notebook is, or belongs to."""
    return name.removesuffix(EXERCISES).removesuffix(SOLUTIONS)


def following(name: str) -> str:
    """The lesson after this one; "" after the last."""
    return [*COURSE, ""][COURSE.index(lesson_of(name)) + 1]


def notebooks() -> list[Path]:
    """Every notebook in the folder, in order."""
    return sorted(FOLDER.glob("*.ipynb"))


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def written(notebook: Any) -> bytes:
    """The notebook as its file's content, the same on every machine."""
    text: str = nbformat.writes(notebook)
    return (text.rstrip("\n") + "\n").encode("utf-8")


def repository() -> str:
    """The project's address.  It stands in pyproject.toml; everything else is made from it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["urls"]["Repository"])


def binder_link(name: str) -> str:
    """The address at which Binder opens the notebook of that name."""
    place = repository().removeprefix("https://github.com/")
    return f"https://mybinder.org/v2/gh/{place}/main?urlpath=lab/tree/notebooks/{name}.ipynb"


def badge(name: str) -> str:
    """The line of Markdown with the notebook's Binder badge, a picture that needs no network."""
    return f"[![Open in Binder](binder.svg)]({binder_link(name)})"
