"""What counts as a valid number, name or choice, and the sentence that says so."""

import math
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from numbers import Integral, Real
from typing import Any, TypeGuard, TypeVar

import numpy as np

LIMIT = 1e6
UNSEEN = "�"  # stands for a character that cannot be shown
T = TypeVar("T")


def number(name: str, value: Any) -> float:
    """``value`` as a float, finite and within the limit; the messages name the parameter.

    Raises TypeError for anything but a real number (a bool is not one), ValueError outside ±1e6.
    """
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, got {shown(value)}")
    try:
        given = float(value)
    except OverflowError:  # an int or a fraction beyond every float
        given = math.inf if value > 0 else -math.inf  # type: ignore[operator]
    if not abs(given) <= LIMIT:  # written so that NaN fails it
        raise ValueError(f"{name} must be a finite number between -1e6 and 1e6, got {given!r}")
    return given


def whole(name: str, value: Any, low: int, high: int) -> int:
    """``value`` as an int between ``low`` and ``high``.

    Raises TypeError for anything but a whole number, ValueError outside the bounds.
    """
    allowed = f"{name} must be a whole number from {low} to {high:,}"
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(f"{allowed}, got {shown(value)}")
    if not isinstance(value, Integral) or not low <= int(value) <= high:
        raise ValueError(f"{allowed}, got {value}")
    return int(value)


def sequence(what: str, given: Any, most: int, item: str) -> Sequence[Any]:
    """``given`` if it is a sequence of 1 to ``most`` items.

    Raises TypeError for anything but a list, a tuple or an array, ValueError for another length.
    """
    allowed = f"{what} must be a sequence of 1 to {most} {item}s"
    if not is_row(given):
        raise TypeError(f"{allowed}, got {shown(given)}")
    if not 1 <= len(given) <= most:
        raise ValueError(f"{allowed}, got {len(given)}")
    return given


def row(what: str, names: Sequence[str], given: Any) -> list[float]:
    """``given`` as one checked float for each name; ValueError for another length."""
    count = "1 number" if len(names) == 1 else f"{len(names)} numbers"
    allowed = f"{what} must be {count} ({_listed(list(names))})"
    if not is_row(given):
        raise TypeError(f"{allowed}, got {shown(given)}")
    if len(given) != len(names):
        raise ValueError(f"{allowed}, got {len(given)}")
    return [number(name, value) for name, value in zip(names, given)]


def interval(what: str, given: Any) -> tuple[float, float]:
    """``given`` as two checked floats, the first below the second.

    Raises TypeError for anything but a pair of numbers, ValueError for another length or a wrong order.
    """
    wanted = f"{what} must be a pair (low, high), got {shown(given)}"
    if not is_row(given):
        raise TypeError(wanted)
    if len(given) != 2:
        raise ValueError(wanted)
    low, high = (number(what, end) for end in given)
    if not low < high:
        raise ValueError(f"{what} must run from low to high, got {low} to {high}")
    return low, high


def is_row(given: Any) -> TypeGuard[Sequence[Any]]:
    """Whether ``given`` is a list, a tuple or an array of at least one dimension."""
    return isinstance(given, list | tuple | np.ndarray) and getattr(given, "ndim", 1) > 0


def look_up(table: Mapping[str, T], name: Any, what: str) -> T:
    """The table's entry of that name; KeyError with the nearest name if there is none."""
    try:
        return table[name]
    except (KeyError, TypeError):  # a TypeError if the name is a list
        raise unknown(name, table, what) from None


def choice(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    """``value`` if it is one of the allowed words; ValueError otherwise."""
    if not isinstance(value, str) or value not in allowed:
        words = " or ".join(repr(word) for word in allowed)
        raise ValueError(f"{name} must be {words}, got {value!r}")
    return value


def quoted(text: str) -> str:
    """A text inside a sentence: in quotation marks, on one line, with nothing unseen in it.

    A mark that turns the direction of writing would turn the rest of the sentence as well.
    """
    line = " ".join(text.split())
    return f"“{''.join(letter if letter.isprintable() else UNSEEN for letter in line)}”"


def unknown(name: Any, known: Iterable[str], what: str = "name") -> KeyError:
    """The error for a name that does not exist, with the nearest one that does."""
    names = list(known)
    in_lower = {known_name.lower(): known_name for known_name in names}
    near = get_close_matches(str(name).lower(), in_lower, n=1)
    hint = f"; did you mean {in_lower[near[0]]}?" if near else f"; known are {_listed(names)}"
    return UnknownName(f"no {what} {name!r}{hint}")


class UnknownName(KeyError):
    """A KeyError that shows its message as written, without quotes around it."""

    def __str__(self) -> str:
        return str(self.args[0])


def shown(value: Any) -> str:
    """What was given, in a message: shortened, and its type."""
    text = repr(value)
    return f"{text if len(text) <= 40 else text[:37] + '...'} ({type(value).__name__})"


def _listed(names: list[str]) -> str:
    return ", ".join(names if len(names) <= 16 else [*names[:12], "...", names[-1]])
