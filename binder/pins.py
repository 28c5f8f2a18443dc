"""Writes binder/requirements.txt, the exact versions that Binder installs: `make pins`.

The newest releases that pyproject.toml allows are installed into a fresh environment, and what is in it
then is pinned.  It needs the Python that binder/runtime.txt names, on Linux, as Binder has it.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PINS = HERE / "requirements.txt"
PYTHON = (HERE / "runtime.txt").read_text("utf-8").strip().removeprefix("python-")
CHECKING = "nbval"  # with which tests/test_binder.py runs the notebooks in what Binder installs
HEADING = f"""\
# Written by `make pins`: what Python {PYTHON} on Linux installs for bpwidgets with JupyterLab, for
# building it, and for {CHECKING}, with which `make binder-test` runs the notebooks.
"""
PIN = re.compile(r"([\w.-]+)==([\w.]+)", re.ASCII)


def wanted(project: dict[str, Any]) -> Iterator[str]:
    """What is asked for by name, as pyproject.toml says it."""
    tables = project["project"]
    extras = tables["optional-dependencies"]
    yield from tables["dependencies"]
    yield from extras["lab"]
    yield from project["build-system"]["requires"]
    yield from (item for item in extras["test"] if item.startswith(CHECKING))


def content(frozen: str) -> str:
    """The file for what `pip freeze` prints; ValueError for a line that is no exact version."""
    pins = {}
    for line in frozen.split():
        if not (match := PIN.fullmatch(line)):
            raise ValueError(f"not an exact version: {line}")
        pins[match[1].lower()] = line
    return HEADING + "\n".join(pins[name] for name in sorted(pins)) + "\n"


def frozen(requirements: list[str]) -> str:
    """What `pip freeze` prints in a fresh environment with these packages."""
    with tempfile.TemporaryDirectory() as place:
        venv.create(place, with_pip=True)
        pip = [f"{place}/bin/python", "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--quiet", *requirements], check=True)
        done = subprocess.run([*pip, "freeze"], check=True, capture_output=True, text=True)
    return done.stdout


def main() -> None:
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    if sys.platform != "linux" or here != PYTHON:
        sys.exit(f"The pins are for Python {PYTHON} on Linux: make pins PYTHON=python{PYTHON}")
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))
    PINS.write_text(content(frozen(list(wanted(project)))), "utf-8")
    print(f"{PINS.relative_to(HERE.parent)}: written. Next: make binder-test")


if __name__ == "__main__":
    main()
