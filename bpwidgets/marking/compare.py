"""One answer beside the right number: right, rounded on the way, or neither."""

import math
from dataclasses import dataclass
from functools import cached_property

from bpwidgets.calculation import MOST_DECIMALS
from bpwidgets.marking.known import Known
from bpwidgets.marking.reader import Typed, unit_of

FEWEST = 3  # digits, or decimals, that an answer needs to be right
MOST_DIGITS = 15  # that a float64 is sure of
MOST_SHARE = 0.05  # of the number itself: so far rounding reaches, unless decimals are given
HALF = 0.5 + 1e-9  # half a unit of the last digit; a tie may be rounded up or down


@dataclass(frozen=True)
class Answer:
    """What can be said of one answer.

    decimals: how many were carried, if that is known
    """

    facts: Known
    typed: Typed
    decimals: int | None = None

    @property
    def is_near(self) -> bool:
        """Whether the exact number rounds to what is typed."""
        return self.missed <= self.typed.unit * HALF + self.floor

    @property
    def is_right(self) -> bool:
        """Whether it does, and with digits enough; 0 also where every calculator has lost the number."""
        if self.typed.value == 0 and self.missed <= self.facts.float_error:
            return True
        return self.missed <= self.floor or (self.is_near and self.typed.digits >= FEWEST)

    @property
    def is_short(self) -> bool:
        """Whether it does, but with too few digits to be called right; 0 needs decimals for that."""
        if self.decimals is not None and self.typed.decimals >= self.decimals:
            return False  # as many as are asked for
        if self.typed.digits == FEWEST - 1 and self.missed < self.typed.unit:
            return self.digits > 0  # cut off
        return self.is_near and (self.digits > 0 or self.typed.decimals >= FEWEST)

    @property
    def is_rounded(self) -> bool:
        """Whether rounding on the way, or in the last digit, explains it."""
        if self.missed < self.typed.unit and self.typed.digits >= FEWEST:
            return True  # cut off, or rounded the wrong way
        return self.missed <= self.tolerance + self.facts.float_error

    @property
    def is_rounded_inside(self) -> bool:
        """Whether rounding inside the steps too explains it, as a calculator is used.

        There each product is written down, and with so many digits that count, if no decimals are given.
        """
        if self.decimals is not None:
            return self.missed <= self.facts.tolerance_inside(self.decimals)
        if self.typed.digits < FEWEST:
            return False
        decimals = self.facts.tolerance_inside(min(self.typed.decimals, MOST_DECIMALS))
        digits = self.facts.tolerance_of_digits(self.typed.digits)
        return self.missed <= self._at_most(max(decimals, digits))

    @cached_property
    def digits(self) -> int:
        """How many digits of the exact number the answer has, from the first that counts."""
        right = self.facts.right
        if right == 0:
            return 0
        first = math.floor(math.log10(abs(right)))
        agree = 0
        while agree < min(self.typed.digits, MOST_DIGITS):
            half = HALF * unit_of(first - agree)
            if self.missed > half + self.floor:
                break
            agree += 1
        return agree

    @cached_property
    def missed(self) -> float:
        """How far it is from the exact number."""
        return abs(self.typed.value - self.facts.right)

    @property
    def floor(self) -> float:
        """How far off is no distance at all, between floats."""
        return self.facts.sure_error

    @cached_property
    def tolerance(self) -> float:
        """How far rounding on the way can lead."""
        if self.decimals is not None:
            return self.facts.tolerance(self.decimals)
        if self.typed.digits < FEWEST:
            return 0.0
        return self._at_most(self.facts.tolerance(min(self.typed.decimals, MOST_DECIMALS)))

    @cached_property
    def reach(self) -> float:
        """How near the number of a slip must come: of few digits, only the very number says enough."""
        few = self.typed.digits < FEWEST
        return self.floor if few else self.typed.unit * HALF + self.floor

    def _at_most(self, tolerance: float) -> float:
        return min(tolerance, MOST_SHARE * abs(self.facts.right))
