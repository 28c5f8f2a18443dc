"""What was done on an exercise, to be read where nothing lives: in a saved notebook, by a teacher."""

import html
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bpwidgets import checks, wording
from bpwidgets.exercise import Reply, Work
from bpwidgets.exercise.entries import Segment, read_segment
from bpwidgets.exercise.slip import Search

HEADS = ("Question", "Answer", "Verdict", "Hints", "Value shown")
NOT_ANSWERED = "not answered"
VERDICTS = {"rounded": "right as far as it goes", "unknown": "not right; no known slip gives it"}


class Record(NamedTuple):
    """The same as HTML, in the colours of the page, and as text; both empty if nothing was done."""

    html: str = ""
    text: str = ""


def record(work: Work, changed: str = "") -> Record:
    """Every question with its last answer and what is said of it, and the score.

    changed: when something was done last, in words
    """
    others = [line for text in (*work.before, *work.after) if (line := _other(read_segment(text)))]
    if not work.replies and not others:
        return Record()
    title = ", ".join(["What was answered", *_numbers(work.seed), *_when(changed)])
    rows = [_row(quantity, work.reply(quantity)) for quantity in work.quantities]
    right, of = work.score
    return _made(title, rows, [f"{right} of {of} right.", *others])


def search_record(search: Search, changed: str = "") -> Record:
    """The line that was marked last, and whether the slip is there."""
    if not search.chosen and not search.given_up:
        return Record()
    found = "the slip is there" if search.found else "the slip is not there"
    verdict = found if search.chosen else NOT_ANSWERED
    shown = "yes" if search.given_up else ""
    answer = wording.plain(search.chosen) if search.chosen else ""
    row = ("Which line has the slip?", answer, verdict, "", shown)
    return _made(", ".join(["What was answered", *_when(changed)]), [row], [])


def _row(quantity: str, reply: Reply) -> tuple[str, ...]:
    mark = reply.mark
    return (
        wording.plain(quantity),
        _printable(mark.answer) if mark else "",
        _verdict(reply),
        str(reply.hints or ""),
        "yes" if reply.seen or reply.open else "",
    )


def _verdict(reply: Reply) -> str:
    if reply.mark is None:
        return NOT_ANSWERED
    if reply.mark.verdict == "unreadable":
        counted = (
            f"; before: {reply.counted.answer}, {reply.counted.brief}" if reply.counted else ""
        )
        return f"not a number{counted}"
    late = ", does not count" if reply.is_right and not reply.counts else ""
    return VERDICTS.get(reply.mark.verdict, reply.mark.brief) + late


def _other(told: Segment) -> str:
    """What was answered on numbers that are not on view; their marks are not worked out for this."""
    answers = [
        f"{wording.plain(entry.quantity)}: {entry.answer or _printable(entry.typed or '')}"
        for entry in told.entries
        if entry.answer or entry.typed
    ]
    if not answers:
        return ""
    where = ", ".join(["Before" if told.seed is None else "Also", *_numbers(told.seed)])
    return f"{where}: {'; '.join(answers)}."


def _numbers(seed: int | None) -> list[str]:
    return [] if seed is None else [f"numbers of seed {seed}"]


def _when(changed: str) -> list[str]:
    return [f"last on {changed}"] if changed else []


def _printable(text: str) -> str:
    """On one line, and without half characters, which no file can have."""
    line = " ".join(text.split())
    return "".join(sign if sign.isprintable() else checks.UNSEEN for sign in line)


def _made(title: str, rows: Sequence[Sequence[str]], after: Iterable[str]) -> Record:
    """A column that is empty in every row is left out."""
    kept = [place for place in range(len(HEADS)) if any(row[place] for row in rows)]
    table = [[line[place] for place in kept] for line in (HEADS, *rows)]
    return Record(_as_html(title, table, after), _as_text(title, table, after))


def _as_html(title: str, table: Sequence[Sequence[str]], after: Iterable[str]) -> str:
    head, *rows = table
    heads = "".join(f'<th scope="col">{html.escape(text)}</th>' for text in head)
    lines = [
        f"<table><caption>{html.escape(title)}</caption><thead><tr>{heads}</tr></thead><tbody>"
    ]
    for first, *rest in rows:
        cells = "".join(f"<td>{html.escape(text)}</td>" for text in rest)
        lines.append(f'<tr><th scope="row">{html.escape(first)}</th>{cells}</tr>')
    lines.append("</tbody></table>")
    lines += [f"<p>{html.escape(text)}</p>" for text in after]
    return "\n".join(lines)


def _as_text(title: str, table: Sequence[Sequence[str]], after: Iterable[str]) -> str:
    widths = [max(map(len, column)) for column in zip(*table)]
    lines = ["  ".join(text.ljust(width) for text, width in zip(row, widths)) for row in table]
    return "\n".join([f"{title}:", *(line.rstrip() for line in lines), *after])
