"""Where an axis of a live picture has its numbers, and what they say.

matplotlib finds the places, as for print; the page writes them, so that an axis can move with every
change (drawing one takes matplotlib some 60 ms and 18 kB).
"""

import math
from typing import Any

import numpy as np
from matplotlib.ticker import LogLocator, MaxNLocator

from bpwidgets import wording

MOST = 6  # numbers on an axis
Tick = list[Any]  # how far along the axis, from 0 to 1, and the text
LINEAR = MaxNLocator(MOST - 1, steps=[1, 2, 2.5, 5, 10])
WHOLE = MaxNLocator(MOST - 1, steps=[1, 2, 5, 10], integer=True)
LOG = LogLocator(numticks=MOST)


def linear_ticks(low: float, high: float) -> list[Tick]:
    """Round numbers between the ends of a linear axis."""
    places = [float(place) for place in LINEAR.tick_values(low, high) if low <= place <= high]
    texts = _texts(places)
    return [[(place - low) / (high - low), text] for place, text in zip(places, texts)]


def whole_ticks(low: float, high: float) -> list[Tick]:
    """The same for a count: whole numbers, their thousands apart."""
    places = [float(place) for place in WHOLE.tick_values(low, high) if low <= place <= high]
    return [[(place - low) / (high - low), f"{place:,.0f}"] for place in places]


def log_ticks(low: float, high: float) -> list[Tick]:
    """Powers of ten between the ends of a logarithmic axis; round numbers if there are too few."""
    span = math.log(high / low)
    places = [float(place) for place in LOG.tick_values(low, high) if low <= place <= high]
    if len(places) < 2:
        between = LINEAR.tick_values(low, high)
        places = [float(place) for place in between if low <= place <= high]
        texts = _texts(places)
    else:
        texts = [wording.power_of_ten(round(math.log10(place))) for place in places]
    return [[math.log(place / low) / span, text] for place, text in zip(places, texts)]


def _texts(places: list[float]) -> list[str]:
    """All with as many decimals as their step needs."""
    if len(places) < 2:
        return [wording.given(place) for place in places]
    step = float(np.diff(places).min())
    largest = max(map(abs, places))
    if not 1e-4 <= largest < 1e6:
        digits = max(0, math.floor(math.log10(largest)) - math.floor(math.log10(step)))
        return [wording.scientific(place, min(digits + 1, 9)) for place in places]
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    if round(step * 10**decimals, 6) % 1:  # a step of 2.5
        decimals += 1
    return [wording.fixed(place, decimals) for place in places]
