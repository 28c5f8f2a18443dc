"""Reads a number that somebody typed."""

import math
import re

LONGEST = 32
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def read_number(text: str) -> float:
    """The number that a text says: ASCII digits, a sign, a point, an exponent; nothing else.

    A true minus sign is read as well, since the kit writes it.  Raises ValueError with a sentence that
    says what is wrong.
    """
    typed = text.strip().replace("−", "-")
    if not typed:
        raise ValueError("type a number, such as 0.35")
    if len(typed) > LONGEST:
        raise ValueError(f"a number has at most {LONGEST} characters, this has {len(typed)}")
    if not NUMBER.fullmatch(typed):
        hint = "write it with a point, as 1.5" if "," in typed else "type one such as 0.35 or 2e-3"
        raise ValueError(f"{typed} is not a number: {hint}")
    value = float(typed)
    if not math.isfinite(value):
        raise ValueError(f"{typed} is too large: a number is at most 1e6 here")
    return value
