"""An exercise's progress as one line of text, to be kept in a notebook and taken up again.

    exercise 1, seed 4, 9f3ac012: h1 0.3775; outh1 0.59 hints 2; o1 seen

The eight digits stand for the network, the questions and the conventions: the text of another exercise
is refused.  The answers are marked again when they are read, so no text can say that they are right.
"""

import re
from collections.abc import Iterator
from zlib import crc32

from bpwidgets.exercise import MOST_HINTS, Reply, Work
from bpwidgets.marking.reader import LONGEST

VERSION = "1"
LONGEST_TEXT = 100_000
HEAD = re.compile(r"exercise (\d+)(?:, seed (\d{1,19}))?, ([0-9a-f]{8}):(.*)", re.ASCII)
ENTRY = re.compile(
    rf" (?P<quantity>[A-Za-z0-9_/]+)(?: (?P<answer>[-+−.0-9eE]{{1,{LONGEST}}}))?"
    rf"(?: hints (?P<hints>[1-{MOST_HINTS}]))?(?P<open> open)?(?P<seen> seen)?",
    re.ASCII,
)


def progress(work: Work) -> str:
    """The work as a text; answers that are no numbers are left out."""
    seed = "" if work.seed is None else f", seed {work.seed}"
    entries = "; ".join(_entries(work))
    return f"exercise {VERSION}{seed}, {_fingerprint(work)}:{' ' if entries else ''}{entries}"


def taken_up(work: Work, text: str) -> Work:
    """The work that a text tells of, on the questions of ``work``.

    Raises TypeError for anything but a text, ValueError for one that is not the progress of this
    exercise, exactly as it was written.
    """
    if not isinstance(text, str):
        raise TypeError(f"progress must be a text, got {type(text).__name__}")
    head = HEAD.fullmatch(text.strip()) if len(text) <= LONGEST_TEXT else None
    if head is None:
        raise ValueError("progress must be a text that an exercise gave: exercise 1, ...: ...")
    version, seed, fingerprint, entries = head.groups()
    if version != VERSION:
        raise ValueError(f"this progress is of version {version}; version {VERSION} can be read")
    fresh = (
        Work(work.tasks, work.decimals, work.seed) if seed is None else work.with_seed(int(seed))
    )
    if fingerprint != _fingerprint(fresh):
        raise ValueError("this progress belongs to another exercise: another network, or questions")
    made = fresh
    named = [entry.strip().partition(" ")[0] for entry in entries.split(";")] if entries else []
    if len(set(named)) < len(named):
        raise ValueError("progress must name each quantity once")
    for entry in entries.split(";") if entries else []:
        made = _with_entry(made, entry)
    if progress(made) != text.strip():
        raise ValueError("progress must be exactly as the exercise gave it")
    return made


def _entries(work: Work) -> Iterator[str]:
    for quantity in work.quantities:
        reply = work.reply(quantity)
        words = [reply.counted.answer] if reply.counted else []
        words += [f"hints {reply.hints}"] if reply.hints else []
        words += ["open"] if reply.open else []
        words += ["seen"] if reply.seen else []
        if words:
            yield " ".join([quantity, *words])


def _with_entry(work: Work, entry: str) -> Work:
    found = ENTRY.fullmatch(entry)
    if found is None or found["quantity"] not in work.quantities:
        raise ValueError(f"progress has an entry that cannot be read: {entry[:40].strip()!r}")
    quantity = found["quantity"]
    if found["answer"]:
        work = work.answered(quantity, found["answer"])
    reply = work.reply(quantity)
    return work.with_reply(
        quantity,
        Reply(
            mark=reply.mark,
            counted=reply.counted,
            is_right=reply.is_right,
            hints=min(int(found["hints"] or 0), work.most_hints(quantity)),
            open=bool(found["open"]),
            seen=bool(found["seen"]),
        ),
    )


def _fingerprint(work: Work) -> str:
    first = work.tasks[0]
    parts = [first.network.sizes, first.network.flat.tolist(), work.quantities]
    parts += [first.rule, first.biases, work.decimals]
    return f"{crc32(repr(parts).encode()):08x}"
