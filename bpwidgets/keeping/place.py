"""Whether a learner's work is kept, and in which folder: one for each notebook, beside it."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

LONGEST = 60
FOLDER = "bpwidgets-answers"
SETTING = "BPWIDGETS_KEEP"  # "no": nothing is kept, unless a cell asks for it
NO = ("no", "off", "false", "0")
BINDER = ("BINDER_LAUNCH_HOST", "BINDER_REPO_URL", "BINDER_SERVICE_HOST")


@dataclass(frozen=True, slots=True)
class Place:
    """Where work is kept.

    folder: of the notebook's files; None if nothing is kept
    why: if nothing is kept: "off", or "no notebook": none is known to belong to this kernel
    passes: whether the folder ends with the session, as on Binder
    """

    folder: Path | None = None
    why: str = ""
    passes: bool = False


def place(keep: bool | None = None, environment: Mapping[str, str] | None = None) -> Place:
    """Where to keep work: by default where the kernel belongs to one notebook of one reader.

    keep: False for nowhere; True for the kernel's folder even if no notebook is known

    A kernel that executes a notebook for a test, a page for many (Voilà) or a printed one has no
    notebook in this sense: nothing is kept there, and nothing taken up.  TypeError for another ``keep``.
    """
    env = os.environ if environment is None else environment
    if keep is not None and not isinstance(keep, bool):
        raise TypeError(f"keep must be True, False or None, got {type(keep).__name__}")
    passes = any(env.get(name) for name in BINDER)
    if keep is False or (keep is None and env.get(SETTING, "").strip().lower() in NO):
        return Place(why="off", passes=passes)
    notebook = _notebook(env)
    try:
        here = Path.cwd() if notebook is None or not notebook.parent.is_dir() else notebook.parent
    except OSError:  # the kernel's folder is gone
        return Place(why="no notebook", passes=passes)
    if notebook is None and keep is None:
        return Place(why="no notebook", passes=passes)
    return Place(here / FOLDER / safe(notebook.stem if notebook else "answers"), passes=passes)


def safe(name: str) -> str:
    """A name that every system takes: letters, digits, -, _ and spaces; 60 at most, for 255 bytes.

    Names that differ only in what is left out differ in a checksum.
    """
    made = "".join(sign if sign.isalnum() or sign in "-_ " else "-" for sign in name).strip()
    if made == name and 0 < len(made) <= LONGEST:
        return made
    return f"{made[: LONGEST - 9]}-{crc32(name.encode('utf-8', 'replace')):08x}"


def of_renamed(path: Path) -> Path | None:
    """The only file of that name which belongs to a notebook that is gone: it was renamed."""
    try:
        there = {safe(notebook.stem) for notebook in path.parents[2].glob("*.ipynb")}
        found = [each for each in path.parents[1].glob(f"*/{path.name}")]
    except OSError:
        return None
    left = [each for each in found if each.parent.name not in there]
    return left[0] if len(left) == 1 else None


def _notebook(env: Mapping[str, str]) -> Path | None:
    """The notebook that the kernel belongs to, as Jupyter's server or VS Code names it."""
    if env.get("SERVER_SOFTWARE", "").startswith("voila/"):
        return None
    named = env.get("JPY_SESSION_NAME") or _in_vs_code()
    return Path(named) if isinstance(named, str) and named.endswith(".ipynb") else None


def _in_vs_code() -> Any:
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return getattr(shell, "user_ns", {}).get("__vsc_ipynb_file__")
