"""An exercise's progress as one line of text, to be kept and taken up again.

    exercise 1, seed 4, 9f3ac012: h1 0.3775; outh1 0.59 hints 2; o1 seen

With other numbers before or after these, a bar stands between them, and "now" before those on view:

    exercise 1, 5b1c7d02: h1 0.4 | now seed 0, 9f3ac012: h1 0.3775

The text of another exercise is refused.  The answers are marked when they are read, so no text can say
that they are right; those of numbers that are not on view only when these are wanted again.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from zlib import crc32

from bpwidgets.exercise import Reply, Work
from bpwidgets.exercise.entries import Entry, Segment, read_segment, unreadable

VERSION = "1"
LONGEST_TEXT = 1_000_000
HEAD = re.compile(r"exercise (\d{1,9}), (.*)", re.ASCII)
BETWEEN, NOW = " | ", "now "


def progress(work: Work) -> str:
    """All that was done, as a text."""
    here = str(segment(work))
    if work.before or work.after:
        here = NOW + here
    return f"exercise {VERSION}, {BETWEEN.join([*work.before, here, *work.after])}"


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
    version, body = head.groups()
    if version != VERSION:
        raise ValueError(f"this progress is of version {version}; version {VERSION} can be read")
    texts = body.split(BETWEEN)
    shown = [place for place, each in enumerate(texts) if each.startswith(NOW)]
    if len(texts) == 1:
        here = 0
    elif len(shown) == 1:
        (here,) = shown
        texts[here] = texts[here].removeprefix(NOW)
    else:
        raise ValueError("progress must say once which numbers are on view now")
    for each in texts:
        _fresh(work, read_segment(each))
    made = opened(work, texts[here])
    return replace(made, before=tuple(texts[:here]), after=tuple(texts[here + 1 :]))


def segment(work: Work) -> Segment:
    """What was done on the numbers on view."""
    return Segment(work.seed, fingerprint(work), tuple(_entries(work)))


def opened(work: Work, text: str) -> Work:
    """What a segment tells of, on the questions of ``work`` about the segment's network."""
    told = read_segment(text)
    made = _fresh(work, told)
    for entry in told.entries:
        made = _with_entry(made, entry)
    return made


def _entries(work: Work) -> Iterator[Entry]:
    for quantity in work.quantities:
        reply = work.reply(quantity)
        entry = Entry(
            quantity,
            reply.counted.answer.strip() if reply.counted else "",
            _typed(reply),
            reply.hints,
            reply.open,
            reply.seen,
        )
        if entry != Entry(quantity):
            yield entry


def _typed(reply: Reply) -> str | None:
    """The last answer if it was no number."""
    if reply.mark is None or reply.mark is reply.counted:
        return None
    return reply.mark.answer


def _fresh(work: Work, told: Segment) -> Work:
    """The questions that a segment is about; ValueError if they are no questions of this exercise."""
    fresh = work.first if told.seed is None else work.with_seed(told.seed)
    if fresh is None or told.fingerprint != fingerprint(fresh):
        raise ValueError("this progress belongs to another exercise: another network, or questions")
    for entry in told.entries:
        if entry.quantity not in fresh.quantities:
            raise unreadable(str(entry))
    return fresh


def _with_entry(work: Work, entry: Entry) -> Work:
    quantity = entry.quantity
    answers = [entry.answer] if entry.answer else []
    answers += [] if entry.typed is None else [entry.typed]
    for answer in answers:
        work = work.answered(quantity, answer)
    reply = work.reply(quantity)
    hints = min(entry.hints, work.most_hints(quantity))
    return work.with_reply(quantity, replace(reply, hints=hints, open=entry.open, seen=entry.seen))


def fingerprint(work: Work) -> str:
    """Eight digits for the network, the questions and the conventions."""
    first = work.tasks[0]
    parts = [first.network.sizes, first.network.flat.tolist(), work.quantities]
    parts += [first.rule, first.biases, work.decimals]
    return f"{crc32(repr(parts).encode()):08x}"
