"""The JavaScript of a page: its files, and all that they import, joined into one module.

A widget sends one module and nothing is loaded from a network, so the files' `import` lines, which
say what each file uses, are taken out again, and so is `export`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent
IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class) )", re.MULTILINE)


@lru_cache(maxsize=64)
def module(names: tuple[str, ...]) -> str:
    """A module that draws these views, each named as its file is: ``("controls", "surface")``."""
    files = dict(_files([f"{name}.js" for name in names] + ["host.js"]))
    drawn = ", ".join(dict.fromkeys(map(function_name, names)))
    return "\n".join([*files.values(), f"export default pageOf({{ {drawn} }});\n"])


def function_name(name: str) -> str:
    """The function of a view's file that draws it: "find_slip" is drawn by `findSlip`."""
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def _files(names: Sequence[str], seen: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Each file's name and text, what it imports before it; twice where two import it."""
    for name in names:
        if name in seen:
            raise ValueError(f"{name} imports itself, by way of others")
        text = (HERE / name).read_text("utf-8")
        yield from _files(IMPORT.findall(text), seen | {name})
        yield name, EXPORT.sub("", IMPORT.sub("", text))
