"""Executes, cleans and checks the course's notebooks: `make notebooks`.

A second run changes no byte.  If a cell fails, or takes longer than a minute, its notebook stays as
it was.
"""

import sys
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from course.clean import clean
from course.files import FOLDER, notebooks, read, written
from course.rules import problems

CELL_SECONDS = 60
START_SECONDS = 60


def author(path: Path) -> list[str]:
    """Bring one notebook up to date; the sentences that say what is wrong with it."""
    notebook = read(path)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=CELL_SECONDS,
        startup_timeout=START_SECONDS,
        resources={"metadata": {"path": str(FOLDER)}},
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as failure:
        return [f"not executed to its end, and left as it was: {failure}"]
    clean(notebook, path.stem)
    content = written(notebook)
    if content != path.read_bytes():
        path.write_bytes(content)
    return problems(notebook, path.stem)


def main(names: list[str]) -> int:
    """All notebooks, or those whose names begin with one of the given words."""
    bad = 0
    for path in notebooks():
        if names and not path.name.startswith(tuple(names)):
            continue
        before = path.read_bytes()
        found = author(path)
        state = "unchanged" if path.read_bytes() == before else "written"
        print(f"{path.name}: {state}", *found, sep="\n  ", flush=True)
        bad += bool(found)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
