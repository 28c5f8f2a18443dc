"""What is checked, step by step: the one list of commands, for `make`, for Windows and for CI.

    python tests/steps.py                    every step, also after one that failed; make test
    python tests/steps.py style unit-tests   these only

It needs what `python -m pip install --editable ".[test]"` installs.
"""

import argparse
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTEBOOKS, BROWSER, BINDER = "tests/test_notebooks.py", "tests/browser", "tests/test_binder.py"

Command = Sequence[str]  # what follows `python`


def pytest(*arguments: str, workers: int) -> Command:
    return ("-m", "pytest", *arguments, "-n", "logical", "--maxprocesses", str(workers))


STEPS: Mapping[str, Sequence[Command]] = {
    "style": [("-m", "ruff", "check"), ("-m", "ruff", "format", "--check")],
    "types": [("-m", "mypy")],
    "unit-tests": [pytest("--ignore", BROWSER, "--ignore", NOTEBOOKS, "-m", "not slow", workers=4)],
    "notebook-tests": [pytest(NOTEBOOKS, workers=4)],
    "browser-tests": [pytest(BROWSER, workers=2)],
}

# Not among "every step": it installs what Binder would, which takes minutes and a network.
APART: Mapping[str, Sequence[Command]] = {
    "binder-test": [("-m", "pytest", BINDER, "-m", "slow")],
}


def failed(name: str) -> bool:
    """Run one step to its end; whether something in it failed."""
    commands = {**STEPS, **APART}[name]
    print(f"\n=== {name} ===", flush=True)
    done = [subprocess.run([sys.executable, *command], cwd=ROOT) for command in commands]
    return any(each.returncode for each in done)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Check everything, or the steps that are named.")
    parser.add_argument("steps", nargs="*", help=", ".join([*STEPS, *APART]))
    names = parser.parse_args(arguments).steps or list(STEPS)
    if unknown := [name for name in names if name not in {**STEPS, **APART}]:
        parser.error(f"no step {unknown[0]}; there are {', '.join([*STEPS, *APART])}")
    bad = [name for name in names if failed(name)]
    if bad:
        print(f"\nFailed: {', '.join(bad)}", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
