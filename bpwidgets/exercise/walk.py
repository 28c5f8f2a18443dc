"""New numbers for an exercise, and the way back to those before, with all that was done on them."""

from dataclasses import replace

from bpwidgets.exercise import Work
from bpwidgets.exercise.entries import read_segment
from bpwidgets.exercise.progress import LONGEST_TEXT, opened, segment
from bpwidgets.tasks import MOST_SEED

MOST_LEFT = LONGEST_TEXT // 2  # characters that tell of numbers not on view; then the oldest go


def renewed(work: Work) -> Work:
    """The same questions with the numbers of the next seed, as they were left if they were."""
    # To the first there is always a way back.
    is_left = work.replies or work.after or not work.before
    here = (str(segment(work)),) if is_left else ()
    before = (*work.before, *here)
    if work.after:
        following, *after = work.after
        return replace(opened(work, following), before=before, after=tuple(after))
    while len(before) > 1 and sum(map(len, before)) > MOST_LEFT:
        before = (before[0], *before[2:])
    seed = 0 if work.seed is None else (work.seed + 1) % (MOST_SEED + 1)
    return replace(work.with_seed(seed), before=before)


def back(work: Work) -> Work:
    """The work with the numbers before, as it was left; itself, if there are none."""
    if not work.before:
        return work
    *before, last = work.before
    after = (str(segment(work)), *work.after)
    return replace(opened(work, last), before=tuple(before), after=after)


def at(work: Work, seed: int | None) -> Work:
    """The work with the numbers of a seed, or those given, on view, as they were left."""
    if work.seed == seed:
        return work
    texts = (*work.before, str(segment(work)), *work.after)
    for place, text in enumerate(texts):
        if read_segment(text).seed == seed:
            return replace(opened(work, text), before=texts[:place], after=texts[place + 1 :])
    fresh = work.first if seed is None else work.with_seed(seed)
    return work if fresh is None else replace(fresh, before=texts)
