"""README's table "What is where", as data."""

import re
from pathlib import Path
from typing import NamedTuple

README = Path(__file__).parents[1] / "README.md"


class Row(NamedTuple):
    """names: of files and folders of the package; inside: files of a folder that its text names."""

    names: list[str]
    inside: list[str]


def rows() -> list[Row]:
    """The rows from top to bottom."""
    text = README.read_text(encoding="utf-8")
    table = text.partition("| in `bpwidgets/` |")[2].partition("\n\n")[0]
    cells = re.findall(r"^\| (`.+?) \| (.+) \|$", table, re.MULTILINE)
    return [Row(re.findall(r"`(.+?)`", n), re.findall(r"`(\w+\.py)`", w)) for n, w in cells]
