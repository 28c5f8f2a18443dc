"""How far a search for a slip has come, as a line of text: search 1, 9f3ac012: chosen h1 shown."""

import re
from zlib import crc32

from bpwidgets.exercise.slip import Search

VERSION = "1"
LONGEST_TEXT = 200
TEXT = re.compile(
    r"search (?P<version>\d{1,9}), (?P<fingerprint>[0-9a-f]{8}):"
    r"(?: chosen (?P<chosen>[A-Za-z0-9_/]+))?(?P<shown> shown)?",
    re.ASCII,
)


def progress(search: Search) -> str:
    """The line that was marked last, and whether the slip was shown."""
    chosen = f" chosen {search.chosen}" if search.chosen else ""
    shown = " shown" if search.given_up else ""
    return f"search {VERSION}, {fingerprint(search)}:{chosen}{shown}"


def taken_up(search: Search, text: str) -> Search:
    """The search that a text tells of, in the calculation of ``search``.

    Raises TypeError for anything but a text, ValueError for one that is not the progress of this search.
    """
    if not isinstance(text, str):
        raise TypeError(f"progress must be a text, got {type(text).__name__}")
    found = TEXT.fullmatch(text.strip()) if len(text) <= LONGEST_TEXT else None
    if found is None:
        raise ValueError(
            "progress must be a text that a search for a slip gave: search 1, ...: ..."
        )
    if found["version"] != VERSION:
        version = found["version"]
        raise ValueError(f"this progress is of version {version}; version {VERSION} can be read")
    if found["fingerprint"] != fingerprint(search):
        raise ValueError("this progress belongs to another calculation, or to another slip")
    chosen = found["chosen"] or ""
    if chosen and chosen not in search.slipped.symbols:
        raise ValueError(f"progress has a line that is not there: {chosen[:40]!r}")
    return Search(search.slipped, chosen, bool(found["shown"]))


def fingerprint(search: Search) -> str:
    """Eight digits for the calculation and its slip."""
    made = search.slipped
    task = made.task
    parts = [task.network.sizes, task.network.flat.tolist(), task.quantity, task.rule, task.biases]
    parts += [made.slip, [[symbol, str(formula)] for symbol, formula in made.changed.items()]]
    return f"{crc32(repr(parts).encode()):08x}"
