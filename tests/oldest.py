"""Prints the oldest versions that pyproject.toml allows, as constraints for pip.

python tests/oldest.py >oldest.txt
python -m pip install --constraint oldest.txt --editable '.[test]'
"""

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)>=(?P<version>[0-9][0-9.]*)")


def oldest(requirements: list[str]) -> list[str]:
    """Each lower bound as an exact version: numpy>=2.0 becomes numpy==2.0."""
    found = filter(None, map(REQUIREMENT.fullmatch, requirements))
    return [f"{match['name']}=={match['version']}" for match in found]


def main() -> None:
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for line in oldest([*project["dependencies"], *extras["lab"], *extras["test"]]):
        print(line)


if __name__ == "__main__":
    main()
