"""Slips of the hand that writes, of the rounding, and of the page that was read: no line is at fault."""

from collections.abc import Iterator
from decimal import Decimal

from bpwidgets.slips.rule import Slip

MOST_PLACES = 12  # that a decimal point is moved
FEWEST_DIGITS = 5  # from which on one wrong digit is told from a wrong number
BEGINNING = 4  # from which on two exchanged digits are

Digits = tuple[int, ...]

ROUNDED_EARLY = "rounded too early"
TOO_FEW_OR_MANY = "digit too few or too many"
ANOTHER = "another quantity"
MISPRINT = "misprint of the notes"

TYPED = (
    Slip(
        ROUNDED_EARLY,
        "earlier steps are rounded too early",
        "carry at least two decimals more than you want to give",
    ),
    Slip(
        "digits swapped",
        "two digits of the right number are exchanged",
        "compare what you typed with your paper, digit by digit",
    ),
    Slip(
        "decimal point moved",
        "the decimal point of the right number is moved",
        "the digits are right; count the places again",
    ),
    Slip(
        "digit misread",
        "one digit of the right number is wrong",
        "compare what you typed with your paper, digit by digit",
    ),
    Slip(
        TOO_FEW_OR_MANY,
        "the right number has a digit left out or one too many",
        "compare what you typed with your paper, digit by digit",
    ),
    Slip(
        ANOTHER,
        "the number of another quantity is given",
        "compare the two symbols",
    ),
    Slip(
        MISPRINT,
        "a number is taken over that the lecture notes print wrongly",
        "work this number out yourself",
    ),
)


def meant(typed: Decimal) -> Iterator[tuple[str, Decimal]]:
    """What may have been meant by a typed number: a slip of the hand, and the number without it."""
    sign, digits, exponent = typed.as_tuple()
    assert isinstance(exponent, int)
    yield "sign dropped", Decimal((1 - sign, digits, exponent))
    for places in range(1, MOST_PLACES + 1):
        yield "decimal point moved", Decimal((sign, digits, exponent + places))
        yield "decimal point moved", Decimal((sign, digits, exponent - places))
    written = _with_zeros(digits, exponent)
    point = len(written) + min(exponent, 0)  # how many digits stand before the point
    if len(digits) >= BEGINNING:
        for swapped in _swapped(written):
            yield "digits swapped", Decimal((sign, swapped, exponent))
    if len(digits) < FEWEST_DIGITS:
        return
    for misread in _misread(written):
        if misread[0] or point == 1:  # no number of several digits begins with 0
            yield "digit misread", Decimal((sign, misread, exponent))
    for place, longer in _longer(written):
        if place <= point and written[0]:  # left out before the point
            yield TOO_FEW_OR_MANY, Decimal((sign, longer, exponent))
        if place >= point:  # or after it
            yield TOO_FEW_OR_MANY, Decimal((sign, longer, exponent - 1))
    for place, shorter in _shorter(written):
        after = 1 if place >= point else 0
        yield TOO_FEW_OR_MANY, Decimal((sign, shorter, exponent + after))


def _with_zeros(digits: Digits, exponent: int) -> Digits:
    """The digits as they are written: 0.0822 has two zeros before those that count."""
    return (0,) * (1 - exponent - len(digits)) + digits


def _swapped(digits: Digits) -> Iterator[Digits]:
    for place in range(len(digits) - 1):
        yield (*digits[:place], digits[place + 1], digits[place], *digits[place + 2 :])


def _misread(digits: Digits) -> Iterator[Digits]:
    for place in range(len(digits)):
        for digit in range(10):
            yield (*digits[:place], digit, *digits[place + 1 :])


def _longer(digits: Digits) -> Iterator[tuple[int, Digits]]:
    for place in range(len(digits) + 1):
        for digit in range(10):
            yield place, (*digits[:place], digit, *digits[place:])


def _shorter(digits: Digits) -> Iterator[tuple[int, Digits]]:
    for place in range(len(digits)):
        yield place, (*digits[:place], *digits[place + 1 :])
