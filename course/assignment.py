"""Writes the exercises of a printed sheet as an assignment for nbgrader: `make assignment`.

    assignment/nbgrader_config.py               what nbgrader needs to know, and how it reads numbers
    assignment/source/by_hand/by_hand.ipynb     the teacher's version, with solutions and hidden tests

In that folder `python -m nbgrader generate_assignment by_hand` makes the students' version, and
`python -m nbgrader autograde by_hand` grades what comes back.  The sheet's number is its seed:
`bp.worksheet(seed=101)` is the same exercise on paper.
"""

import argparse
import sys
from pathlib import Path

from bpwidgets.tasks import MOST_SEED
from course.assignment_cells import notebook
from course.files import ROOT, written

NAME = "by_hand"
OUT = ROOT / "assignment"
CONFIG = "nbgrader_config.py"


def write(folder: Path, seed: int) -> Path:
    """Write the assignment for one sheet; the path of its notebook.

    Raises ValueError or TypeError for a seed that no sheet can have, or that is the course's.
    """
    content = written(notebook(seed))
    path = folder / "source" / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    (folder / CONFIG).write_bytes((ROOT / "course" / CONFIG).read_bytes())
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description="Write an assignment for nbgrader.")
    parser.add_argument("--seed", type=int, default=1, help=f"the sheet's number, 0 to {MOST_SEED}")
    parser.add_argument("--out", type=Path, default=OUT, help="the directory to write into")
    given = parser.parse_args()
    try:
        path = write(given.out, given.seed)
    except ValueError as reason:
        print(f"assignment: {reason}", file=sys.stderr)
        sys.exit(2)
    print(f"{path}: written")
    print(f"Next, in {given.out}: python -m nbgrader generate_assignment {NAME}")


if __name__ == "__main__":
    main()
