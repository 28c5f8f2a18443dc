"""Reads a number that somebody typed, and what its digits say."""

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from numbers import Integral, Rational, Real
from typing import Any

from bpwidgets import checks

LONGEST = 32
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
# Of the last digit; beyond, every float is 0 or too large.
LEAST_EXPONENT, MOST_EXPONENT = -400, 300

MINUS = "[‐‑‒–—―⁻﹣－]"  # what keyboards and word processors write for it
HINTS = (
    (re.compile(rf"(.*[eE])?\s*{MINUS}\s*[\d.]"), "write the minus with the hyphen key, as -0.5"),
    (re.compile(r".*,.*[,.]"), "leave out the comma, as in 1000.5"),
    (re.compile(r".*\..*\d,"), "write it with one point and no comma, as 1000.5"),
    (re.compile(r".*\d\s*,|.*,\s*\d"), "write it with a point, as 1.5"),
    (re.compile(r"[+-]?0[xXbBoO]"), "write it in the decimal system, such as 0.35"),
    (
        re.compile(r".*\d\s*[x×*·]\s*10\s*([-+^*−]|[⁻⁰¹²³⁴-⁹])"),
        "write a power of ten with e, as 3.5e-2",
    ),
    (re.compile(r".*(\.\.|…)"), "leave out the dots: type the digits that you have"),
    (re.compile(r"[+-]?\d*\.\d+\.$"), "leave out the point at the end"),
    (re.compile(r"[~≈]"), "leave out the sign before it, as in 0.35"),
    (re.compile(r".*="), "type the number alone, what stands after ="),
    (re.compile(r".*[0-9)]\s*[/*·×÷^:]"), "work it out and type the result"),
    (re.compile(r"[+-]?[\d.]*\d_+\d"), "write the digits without _ between them"),
    (re.compile(r".*%"), "write it without %, as 0.05 for 5 %"),
)
USUAL = "type one such as 0.35 or 2e-3"


@dataclass(frozen=True)
class Typed:
    """A number as typed: its text, its value, and its digits.

    number: the same to the last digit; the place of that digit is its exponent
    """

    text: str
    value: float
    number: Decimal

    @classmethod
    def of(cls, text: str) -> "Typed":
        """Raises ValueError with a sentence for what is no number."""
        value = read_number(text)
        mantissa, _, power = _plain(text).lower().partition("e")
        whole, _, decimals = mantissa.lstrip("+-").partition(".")
        last = min(max(int(power or 0) - len(decimals), LEAST_EXPONENT), MOST_EXPONENT)
        digits = tuple(map(int, (whole + decimals).lstrip("0") or "0"))
        number = Decimal((int(mantissa.startswith("-")), digits, last))
        return cls(text.strip(), value, number)

    @cached_property
    def unit(self) -> float:
        """One unit of the last digit: 0.0001 for 0.3775."""
        return unit_of(self.exponent)

    @cached_property
    def exponent(self) -> int:
        """The place of the last digit: −4 for 0.3775, −6 for 4.39e-4."""
        return place_of(self.number)

    @cached_property
    def digits(self) -> int:
        """How many digits count, leading zeros left aside: 4 for 0.3775, 3 for 4.39e-4, 0 for 0.00."""
        return len(self.number.as_tuple().digits) if self.number else 0

    @property
    def decimals(self) -> int:
        return max(0, -self.exponent)


def read_number(text: str) -> float:
    """The number that a text says: ASCII digits, a sign, a point, an exponent; nothing else.

    A true minus sign is read as well, since the kit writes it.  Raises ValueError with a sentence that
    says what is wrong.
    """
    typed = _plain(text)
    if not typed:
        raise ValueError("type a number, such as 0.35")
    if len(typed) > LONGEST:
        raise ValueError(f"a number has at most {LONGEST} characters, this has {len(typed)}")
    if not NUMBER.fullmatch(typed):
        raise ValueError(f"{checks.quoted(text.strip())} is not a number: {_hint(typed)}")
    value = float(typed)
    if not math.isfinite(value):
        raise ValueError(f"{checks.quoted(typed)} is too large: {USUAL}")
    return value


def place_of(number: Decimal) -> int:
    """The power of ten at which a number's last digit stands."""
    return int(number.as_tuple().exponent)


def unit_of(place: int) -> float:
    """Ten to that power; 0 or the largest float where there is no such float."""
    return 10.0 ** min(max(place, LEAST_EXPONENT), MOST_EXPONENT)


def as_text(answer: Any) -> str:
    """An answer as somebody would type it; TypeError for what is neither text nor a number."""
    if isinstance(answer, str):
        return answer
    if isinstance(answer, bool) or not isinstance(answer, Real | Decimal):
        raise TypeError(f"answer must be a text or a number, got {type(answer).__name__}")
    try:
        fraction = isinstance(answer, Rational) and not isinstance(answer, Integral)
        return str(float(answer) if fraction else answer)
    except (OverflowError, ValueError):  # a fraction beyond every float, a whole number beyond all
        return "inf"


def _plain(text: str) -> str:
    return text.strip().replace("−", "-")


def _hint(typed: str) -> str:
    if NUMBER.fullmatch("".join(typed.split())):
        return "leave out the spaces"
    for pattern, hint in HINTS:
        if pattern.match(typed):
            return hint
    if any(letter.isnumeric() and not letter.isascii() for letter in typed):
        return "use the digits 0 to 9 and a point"
    if any(not letter.isprintable() and not letter.isspace() for letter in typed):
        return "a character in it cannot be shown; type it anew"
    return USUAL
