"""New numbers for an exercise, and the way back to those before, with all that was done on them."""

from dataclasses import replace

from bpwidgets.exercise import Work
from bpwidgets.exercise.progress import LONGEST_TEXT, opened, segment
from bpwidgets.tasks import MOST_SEED

MOST_LEFT = LONGEST_TEXT // 2  # characters that tell of numbers not on view; then the oldest go


def renewed(work: Work) -> Work:
    """The same questions with the numbers of the next seed, as they were left if they were."""
    here = (str(segment(work)),) if work.replies or work.after else ()
    before = (*work.before, *here)
    if work.after:
        following, *after = work.after
        return replace(opened(work, following), before=before, after=tuple(after))
    while sum(map(len, before)) > MOST_LEFT:
        before = before[1:]
    seed = 0 if work.seed is None else (work.seed + 1) % (MOST_SEED + 1)
    return replace(work.with_seed(seed), before=before)


def back(work: Work) -> Work:
    """The work with the numbers before, as it was left; itself, if there are none."""
    if not work.before:
        return work
    *before, last = work.before
    after = (str(segment(work)), *work.after)
    return replace(opened(work, last), before=tuple(before), after=after)
