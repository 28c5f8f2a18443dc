"""How a text tells what was done: one entry a question, one segment for each network.

    9f3ac012: h1 0.3775; outh1 0.59 hints 2; o1 typed "0,83"; E1 seen

The eight digits stand for the network, the questions and the conventions.  A text is read only if it is
to the letter as it would be written; what the answers are worth is no part of it.
"""

import json
import re
from dataclasses import dataclass

from bpwidgets.exercise import MOST_HINTS
from bpwidgets.marking.reader import LONGEST, read_number

MOST_TYPED = LONGEST + 1  # as much as a mark has of an answer that is no number, and its dots
SEGMENT = re.compile(
    r"(?:seed (?P<seed>\d{1,19}), )?(?P<fingerprint>[0-9a-f]{8}):(?P<entries>.*)", re.ASCII
)
ENTRY = re.compile(
    rf" (?P<quantity>[A-Za-z0-9_/]+)(?: (?P<answer>[-+−.0-9eE]{{1,{LONGEST}}}))?"
    rf'(?: typed (?P<typed>"(?:[^"\\]|\\.)*"))?'
    rf"(?: hints (?P<hints>[1-{MOST_HINTS}]))?(?P<open> open)?(?P<seen> seen)?",
    re.ASCII,
)
ESCAPES = {";": "\\u003b", "|": "\\u007c"}  # these part entries and segments


@dataclass(frozen=True, slots=True)
class Entry:
    """What was done on one question; ``typed`` is the last answer if it was no number."""

    quantity: str
    answer: str = ""
    typed: str | None = None
    hints: int = 0
    open: bool = False
    seen: bool = False

    def __str__(self) -> str:
        words = [self.quantity]
        words += [self.answer] if self.answer else []
        words += [f"typed {_quoted(self.typed)}"] if self.typed is not None else []
        words += [f"hints {self.hints}"] if self.hints else []
        words += ["open"] if self.open else []
        words += ["seen"] if self.seen else []
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class Segment:
    """What was done on the questions about one network.

    seed: whose numbers the network has, None for one that was given
    fingerprint: eight digits for the network, the questions and the conventions
    """

    seed: int | None
    fingerprint: str
    entries: tuple[Entry, ...] = ()

    def __str__(self) -> str:
        seed = "" if self.seed is None else f"seed {self.seed}, "
        entries = "; ".join(map(str, self.entries))
        return f"{seed}{self.fingerprint}:{' ' if entries else ''}{entries}"


def read_segment(text: str) -> Segment:
    """The segment that a text is; ValueError for any other text."""
    found = SEGMENT.fullmatch(text)
    if found is None:
        raise ValueError("progress must be a text that an exercise gave: exercise 1, ...: ...")
    entries = found["entries"].split(";") if found["entries"] else []
    read = tuple(_read_entry(entry) for entry in entries)
    if len({entry.quantity for entry in read}) < len(read):
        raise ValueError("progress must name each quantity once")
    seed = None if found["seed"] is None else int(found["seed"])
    made = Segment(seed, found["fingerprint"], read)
    if str(made) != text:
        raise ValueError("progress must be exactly as the exercise gave it")
    return made


def _read_entry(text: str) -> Entry:
    found = ENTRY.fullmatch(text)
    if found is None:
        raise unreadable(text.strip())
    try:
        typed = None if found["typed"] is None else json.loads(found["typed"])
        if found["answer"]:
            read_number(found["answer"])
    except ValueError:
        raise unreadable(text.strip()) from None
    if typed is not None and len(typed) > MOST_TYPED:
        raise unreadable(text.strip())
    return Entry(
        found["quantity"],
        found["answer"] or "",
        typed,
        int(found["hints"] or 0),
        bool(found["open"]),
        bool(found["seen"]),
    )


def unreadable(entry: str) -> ValueError:
    """The error for an entry that means nothing here."""
    return ValueError(f"progress has an entry that cannot be read: {entry[:40]!r}")


def _quoted(text: str) -> str:
    """In quotation marks and ASCII alone, without what parts entries and segments."""
    quoted = json.dumps(text)
    for sign, escape in ESCAPES.items():
        quoted = quoted.replace(sign, escape)
    return quoted
