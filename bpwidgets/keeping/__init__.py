"""Keeps what a learner does: on an exercise, a question, or a search for a slip.

The same questions about the same numbers, under the same conventions, are the same exercise.
"""

from functools import partial
from zlib import crc32

from bpwidgets.exercise import Work, progress, slip_progress
from bpwidgets.exercise.slip import Search
from bpwidgets.exercise.walk import at
from bpwidgets.keeping.keeper import Keeper
from bpwidgets.keeping.place import Place, place, safe

__all__ = ["Keeper", "Place", "keeper_of_search", "keeper_of_work", "place"]


def keeper_of_work(work: Work, kind: str, where: Place, start: str | None = None) -> Keeper[Work]:
    """Keeps the work on questions, none of them answered.

    kind: "exercise" or "question"
    start: a progress to begin with; each has a file of its own

    Raises what `taken_up` raises for the start.
    """
    count = len(work.tasks)
    what = f"{count}-steps" if count > 1 else safe(work.quantities[0])
    fresh = work if start is None else progress.taken_up(work, start)
    name = _name(kind, what, progress.fingerprint(work), start)
    read = partial(progress.taken_up, work)
    return Keeper(
        where, name, fresh, progress.progress, read, lambda found, own: at(found, own.seed)
    )


def keeper_of_search(search: Search, where: Place, start: str | None = None) -> Keeper[Search]:
    """Keeps a search for a slip; as `keeper_of_work`."""
    fresh = search if start is None else slip_progress.taken_up(search, start)
    what = safe(search.slipped.task.quantity)
    name = _name("find-the-slip", what, slip_progress.fingerprint(search), start)
    return Keeper(
        where, name, fresh, slip_progress.progress, partial(slip_progress.taken_up, search)
    )


def _name(kind: str, what: str, fingerprint: str, start: str | None) -> str:
    begun = "" if start is None else f"-{crc32(start.strip().encode('utf-8', 'replace')):08x}"
    return f"{kind}-{what}-{fingerprint}{begun}"
