"""The names of a class: read from a list, and written where a spreadsheet opens them."""

import re
from typing import Protocol

MOST_LETTERS = 1_000_000  # of a list
SIGNS = "=+@﹢﹣﹦﹫＋－＝＠-"  # a formula begins with one; some programs take wide ones too
ENDS = ",;|\t\r\n"  # of a cell, whatever usual separator a spreadsheet is set to
OTHERS = rf"[^\w'{SIGNS}]"  # that may stand before; after an apostrophe it is text
FORMULA = re.compile(rf"(^(?={OTHERS}*[{SIGNS}])|[{ENDS}](?=[^\w'{ENDS}{SIGNS}]*[{SIGNS}]))")


class Text(Protocol):
    """What letters are read from."""

    def read(self, most: int, /) -> str: ...


def read_names(source: Text, called: str) -> list[str]:
    """The lines of a list that are not empty.

    Raises ValueError, which calls the list so, for what is no text or too long.
    """
    no_text = ValueError(f"{called} is no UTF-8 text; save it as UTF-8")
    try:
        text = source.read(MOST_LETTERS + 1)
    except UnicodeDecodeError:
        raise no_text from None
    if "\0" in text:  # UTF-16 without its mark has one beside every Latin letter
        raise no_text
    if len(text) > MOST_LETTERS:
        raise ValueError(f"{called} is no list of names: it has over {MOST_LETTERS:,} letters")
    return [line.strip() for line in text.splitlines() if line.strip()]


def harmless(name: str) -> str:
    """A name in which a spreadsheet finds no formula, also if it takes a sign in it for a separator."""
    return FORMULA.sub(r"\1'", name)
