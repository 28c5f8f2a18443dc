"""Interleaved timing: every contender in turn, many rounds, the median of each.

What slows the machine for a moment then slows all of them, so that ratios within a run mean something.
"""

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

MICRO = 1e6
MILLI = 1e3


def medians(
    contenders: Mapping[str, Callable[[], object]], rounds: int, calls: int = 1
) -> dict[str, float]:
    """Seconds a call for each contender: the median over the rounds of the mean over the calls."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for run in contenders.values():
        run()  # once unmeasured: compilation, caches
    for _ in range(rounds):
        for name, run in contenders.items():
            start = perf_counter()
            for _ in range(calls):
                run()
            times[name].append((perf_counter() - start) / calls)
    return {name: median(seconds) for name, seconds in times.items()}
