"""Which seeds sheets may have: not those of the course, whose solutions give their numbers."""

from collections.abc import Iterator
from itertools import count

# Every seed that stands in a notebook, whatever it is for there.  A test reads them.
COURSE = frozenset({2, 4, 7, 8, 9, 10, 11, 13, 21, 30, 31, 34, 36, 40, 41, 62, 64, 287})


def check_seed(seed: int) -> None:
    """Raises ValueError for a seed of the course."""
    if seed in COURSE:
        raise ValueError(
            f"seed {seed} is the course's, where its numbers are worked out; "
            f"take another, such as {next(seeds_from(seed))}"
        )


def seeds_from(first: int) -> Iterator[int]:
    """The seeds that sheets may have, from the first on."""
    return (seed for seed in count(first) if seed not in COURSE)
