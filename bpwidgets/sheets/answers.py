"""What somebody typed into a cell, read as text: ``h1 = "0.3775"`` says 0.3775.

Nothing of it is run.  So a decimal comma, which Python takes for a tuple or for a mistake, arrives as it
was typed, and whoever marks it can say what is wrong.
"""

import re
from collections.abc import Iterable

QUOTES = "\"'`´“”„‟‘’‚‛«»"
QUOTED = re.compile(rf"[{QUOTES}]+([^{QUOTES}]*)")
MOST_LETTERS = 100  # more than any number has


def typed(name: str, cells: Iterable[str]) -> str:
    """The text right of ``name =``, without quotation marks; of several the last.

    Raises LookupError if no cell has such a line.
    """
    line = re.compile(rf"^[ \t]*{re.escape(name)}[ \t]*=(?!=)(.*)$", re.MULTILINE)
    found = [text for cell in cells for text in line.findall(cell)]
    if not found:
        raise LookupError(f"no cell that was run says {name} = …: run the cell above first")
    return _bare(found[-1].strip())[:MOST_LETTERS]


def _bare(text: str) -> str:
    """A text without its quotation marks, or without the comment after it."""
    quoted = QUOTED.match(text)
    return (quoted[1] if quoted else re.split("[#;]", text)[0]).strip()
