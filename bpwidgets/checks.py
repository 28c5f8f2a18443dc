"""What counts as a valid number, name or choice, and the sentence that says so."""

import math
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from itertools import islice
from numbers import Integral, Real
from reprlib import Repr
from typing import Any, TypeGuard, TypeVar

import numpy as np

LIMIT = 1e6
LONGEST = 40  # characters of a value that are shown, and of a name that are compared
LONGEST_WHOLE = 128  # bits of a whole number that is shown digit by digit
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
        raise ValueError(f"{allowed}, got {brief(value)}")
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
    if not is_row(given) or len(given) != 2:
        kind = ValueError if is_row(given) else TypeError
        raise kind(f"{what} must be a pair (low, high), got {shown(given)}")
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
        raise ValueError(f"{name} must be {words}, got {brief(value)}")
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
    near = _nearest(name, names) if isinstance(name, str) and len(name) <= LONGEST else None
    hint = f"; did you mean {near}?" if near else f"; known are {_listed(names)}"
    return UnknownName(f"no {what} {brief(name)}{hint}")


class UnknownName(KeyError):
    """A KeyError that shows its message as written, without quotes around it."""

    def __str__(self) -> str:
        return str(self.args[0])


def brief(value: Any) -> str:
    """A value as a message shows it: its repr, or a part of it.

    No more than that is looked at, so that it takes no longer for a value of many megabytes.
    """
    text = BRIEFLY.repr(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def shown(value: Any) -> str:
    """A value as a message shows it, and its type."""
    return f"{brief(value)} ({type(value).__name__})"


class _Brief(Repr):
    """The standard library's short repr, where that would still look at everything."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = 3
        self.maxstring = self.maxother = LONGEST

    def repr1(self, x: Any, level: int) -> str:
        return super().repr1(x.item() if isinstance(x, np.generic) else x, level)

    def repr_int(self, x: int, level: int) -> str:
        short = x.bit_length() <= LONGEST_WHOLE  # Python refuses to write thousands of digits
        return repr(x) if short else f"a whole number of {x.bit_length():,} bits"

    def repr_bytes(self, x: bytes, level: int) -> str:
        return repr(x[:LONGEST])

    def repr_dict(self, x: dict[Any, Any], level: int) -> str:
        return super().repr_dict(dict(islice(x.items(), self.maxdict + 1)), level)

    def repr_set(self, x: set[Any], level: int) -> str:
        return super().repr_set(set(islice(x, self.maxset + 1)), level)

    def repr_instance(self, x: Any, level: int) -> str:
        try:
            return " ".join(repr(x).split())
        except Exception:  # whatever somebody's own class does
            return f"<{type(x).__name__}>"


BRIEFLY = _Brief()


def _nearest(name: str, known: list[str]) -> str | None:
    in_lower = {known_name.lower(): known_name for known_name in known}
    near = get_close_matches(name.lower(), in_lower, n=1)
    return in_lower[near[0]] if near else None


def _listed(names: list[str]) -> str:
    return ", ".join(names if len(names) <= 16 else [*names[:12], "...", names[-1]])
