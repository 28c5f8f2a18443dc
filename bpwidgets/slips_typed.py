"""Slips of the hand that writes, of the rounding, and of the page that was read: no line is at fault."""

from collections.abc import Iterator
from decimal import Decimal

from bpwidgets.slips_rule import Slip

MOST_PLACES = 12  # that a decimal point is moved
FEWEST_DIGITS = 5  # from which on one wrong digit is told from a wrong number
BEGINNING = 4  # from which on two exchanged digits are

ROUNDED_EARLY = "rounded too early"
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
        "digit too few or too many",
        "the right number has a digit left out or one too many",
        "compare what you typed with your paper, digit by digit",
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

    def number(changed: tuple[int, ...], places: int = 0) -> Decimal:
        return Decimal((sign, changed, exponent + places))

    yield "sign dropped", typed.copy_negate()
    for places in range(1, MOST_PLACES + 1):
        yield "decimal point moved", number(digits, places)
        yield "decimal point moved", number(digits, -places)
    padded = (0, *digits)
    if len(digits) >= BEGINNING:
        for place in range(len(padded) - 1):
            two = padded[place : place + 2]
            yield "digits swapped", number((*padded[:place], *two[::-1], *padded[place + 2 :]))
    if len(digits) < FEWEST_DIGITS:
        return
    for place in range(len(padded)):
        for digit in range(10):
            yield "digit misread", number((*padded[:place], digit, *padded[place + 1 :]))
            yield (
                "digit too few or too many",
                number((*padded[: place + 1], digit, *padded[place + 1 :]), -1),
            )
        yield "digit too few or too many", number((*padded[:place], *padded[place + 1 :]), 1)
