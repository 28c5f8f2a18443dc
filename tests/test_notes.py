"""The lecture notes as data.

What they print rightly agrees with the core, and what they print wrongly does not; what follows
from each slip is what the calculation gives with the slip in place.
"""

import math
import re
from collections import Counter
from typing import get_args

import pytest

from bpwidgets.calculation import calculation
from bpwidgets.formula import Constant, parts
from bpwidgets.forward_pass import forward
from bpwidgets.gradient import backward, update
from bpwidgets.notes import (
    ERRATA,
    PRINTED,
    REPEATED,
    UNPRINTED,
    Kind,
    Origin,
    erratum,
    printed,
    worked_example,
)

NET = worked_example()
CALC = calculation(NET)
AFTER = update(NET)

# The same quantities from the arrays, for every symbol that the array core knows.
ARRAYS = {
    **NET,
    **forward(NET),
    **{f"dEtot/d{name}": value for name, value in backward(NET).items()},
    **{f"{name}_new": AFTER[name] for name in NET.symbols.trainable if name[0] == "w"},
    **{f"{symbol}_new": value for symbol, value in forward(AFTER).items()},
}

WRONG_NUMBERS = [slip for slip in ERRATA if slip.digits is not None]
WITH_CONSEQUENCE = [slip for slip in ERRATA if slip.believed]

# "h2 = 0.3925" or "∂Etot/∂b1 = 0.018725609" inside a sentence
EQUATION = re.compile(r"([\w∂/]+) = (-?\d+\.\d+)")


def agrees(digits: str, value: float) -> bool:
    """Whether ``value`` is ``digits`` to within half a unit of the last digit.

    That is what rounding to so many places allows, no more.  No digit in the notes is so near to a
    tie that the last bit of a float64 would decide.
    """
    decimals = len(digits.partition(".")[2])
    return abs(float(digits) - value) <= 0.5 * 10**-decimals


def named(entry):
    return getattr(entry, "id", None) or f"{entry.symbol}-{entry.digits}-line{entry.line}"


@pytest.fixture(params=[f"E{number:02}" for number in range(1, 48)])
def slip(request):
    return erratum(request.param)


# --- the test itself can fail ---


@pytest.mark.parametrize("entry", PRINTED, ids=named)
def test_a_unit_more_or_less_in_the_last_digit_does_not_agree(entry):
    unit = 10**-entry.decimals
    for changed in (entry.value - unit, entry.value + unit):
        assert not agrees(f"{changed:.{entry.decimals}f}", CALC.values[entry.symbol])


# --- the given values and the rightly printed numbers ---


def test_worked_example_is_the_notes_example():
    given = {entry.symbol: entry.value for entry in PRINTED if entry.symbol in NET}
    assert dict(NET) == given  # all of them, and exactly: they are given, not computed
    assert NET.sizes == (2, 2, 2)


@pytest.mark.parametrize("entry", PRINTED, ids=named)
def test_printed_number_agrees_with_the_calculation(entry):
    assert agrees(entry.digits, CALC.values[entry.symbol])


@pytest.mark.parametrize("entry", [e for e in PRINTED if e.symbol in ARRAYS], ids=named)
def test_printed_number_agrees_with_the_arrays(entry):
    assert agrees(entry.digits, ARRAYS[entry.symbol])


def test_all_printed_numbers_are_there_once():
    assert len(PRINTED) == 44
    assert len({entry.digits for entry in PRINTED}) == 38
    assert Counter((e.symbol, e.digits, e.line) for e in PRINTED).most_common(1)[0][1] == 1
    assert [entry.line for entry in PRINTED] == sorted(entry.line for entry in PRINTED)


# --- where the notes put a number in once more ---


@pytest.mark.parametrize("entry", REPEATED, ids=named)
def test_a_number_put_in_once_more_was_printed_before_with_the_same_digits(entry):
    """In the same line it may be put in twice; the given numbers keep their symbols."""
    wrong = [(slip.symbol, slip.digits, slip.line) for slip in WRONG_NUMBERS]
    before = {(e.symbol, e.digits, e.line) for e in PRINTED} | set(wrong)
    lines = [
        line for symbol, digits, line in before if (symbol, digits) == (entry.symbol, entry.digits)
    ]
    assert lines and min(lines) <= entry.line


def test_of_the_numbers_put_in_once_more_one_is_wrong():
    bad = [entry for entry in REPEATED if not agrees(entry.digits, CALC.values[entry.symbol])]
    assert [(entry.digits, entry.line) for entry in bad] == [(erratum("E40").digits, 405)]


def test_the_places_of_a_number_in_the_notes():
    """Counted in the notes' text, line by line: so many decimal numbers stand in each."""
    counted = {292: 5, 295: 1, 317: 3, 346: 2, 354: 2, 362: 3, 368: 3, 395: 3, 405: 2, 411: 2}
    counted |= {419: 3, 425: 3}  # all other lines have their numbers in PRINTED and in the errata
    places = Counter(e.line for e in (*PRINTED, *REPEATED)) + Counter(s.line for s in WRONG_NUMBERS)
    assert {line: places[line] for line in counted} == counted
    assert {entry.line for entry in REPEATED} == set(counted) - {395}
    assert places.total() == 77
    assert [entry.line for entry in REPEATED] == sorted(entry.line for entry in REPEATED)


def test_value_and_decimals_are_those_of_the_digits():
    w7_new = printed("w7_new")[0]
    assert (w7_new.digits, w7_new.decimals, w7_new.value) == ("0.511301270", 9, 0.51130127)


def test_printed_finds_every_entry_and_takes_the_example_pages_names():
    assert [entry.digits for entry in printed("outh1")] == ["0.593269992", "0.59326999"]
    assert printed("t1") == printed("d1") != ()
    assert printed("h2") == ()


def test_each_step_is_printed_misprinted_or_listed_as_unprinted():
    misprinted = {slip.symbol for slip in WRONG_NUMBERS}
    shown = {entry.symbol for entry in PRINTED}
    assert not shown & set(UNPRINTED)
    assert not misprinted & set(UNPRINTED)
    assert list(UNPRINTED) == [symbol for symbol in CALC.symbols if symbol in UNPRINTED]
    covered = [CALC.values[symbol] for symbol in shown | misprinted | set(UNPRINTED)]
    for step in CALC:
        about_bias = step.symbol.endswith(("b1", "b2"))  # the notes leave them out: E27
        # A derivative that is only another name, as do1/dw6 for outh2, needs no entry of its own.
        assert about_bias or any(math.isclose(step.value, v, rel_tol=1e-12) for v in covered)


# --- the errata ---


def test_ids_are_unique_complete_and_in_order():
    assert [slip.id for slip in ERRATA] == [f"E{number:02}" for number in range(1, 48)]


def test_every_entry_is_filled_in(slip):
    assert all((slip.place, slip.quantity, slip.printed, slip.correct, slip.explanation))
    assert slip.printed != slip.correct
    assert slip.kind in get_args(Kind)
    assert slip.origin in get_args(Origin)
    assert slip.line is None or 1 <= slip.line <= 433
    assert (slip.line is None) == (slip.id == "E27")
    assert bool(slip.believed) == bool(slip.follows)


def test_a_wrongly_printed_number_has_its_symbol_and_digits(slip):
    is_number = slip.kind == "number"
    assert is_number == (slip.symbol is not None) == (slip.digits is not None)
    if is_number:
        assert slip.printed == slip.digits


def test_the_wrongly_printed_numbers_are_these():
    ids = ["E28", "E29", "E31", "E34", "E36", "E38", "E40", "E42"]
    assert [slip.id for slip in WRONG_NUMBERS] == ids


@pytest.mark.parametrize("wrong", WRONG_NUMBERS, ids=named)
def test_a_wrongly_printed_number_does_not_agree(wrong):
    assert not agrees(wrong.digits, CALC.values[wrong.symbol])


@pytest.mark.parametrize("wrong", WRONG_NUMBERS, ids=named)
def test_its_correction_agrees(wrong):
    numbers = re.findall(r"-?\d+\.\d+", wrong.correct)
    assert len(numbers) == 1
    assert agrees(numbers[0], CALC.values[wrong.symbol])


def test_every_number_in_a_correction_agrees(slip):
    for symbol, digits in EQUATION.findall(slip.correct):
        assert agrees(digits, CALC.values[symbol.replace("∂", "d")]), (symbol, digits)


def test_some_corrections_have_numbers():
    found = {slip.id for slip in ERRATA if EQUATION.search(slip.correct)}
    assert {"E24", "E26", "E27", "E30", "E32", "E36"} <= found


@pytest.mark.parametrize("wrong", WITH_CONSEQUENCE, ids=named)
def test_believing_it_leads_to_what_follows(wrong):
    led = calculation(NET, changed=wrong.believed)
    for symbol, digits in wrong.follows.items():
        assert agrees(digits, led.values[symbol]), symbol


@pytest.mark.parametrize("wrong", WITH_CONSEQUENCE, ids=named)
def test_what_follows_is_not_what_is_right(wrong):
    right = [
        symbol for symbol, digits in wrong.follows.items() if agrees(digits, CALC[symbol].value)
    ]
    # E40, a rounding, is the one slip that nothing later feels.
    assert right == (["dEtot/douth1"] if wrong.id == "E40" else [])


def constants(formula):
    if isinstance(formula, Constant):
        yield formula.value
    for part in parts(formula):
        yield from constants(part)


@pytest.mark.parametrize("wrong", [slip for slip in WRONG_NUMBERS if slip.believed], ids=named)
def test_a_number_believed_is_the_number_printed(wrong):
    believed = [c for formula in wrong.believed.values() for c in constants(formula)]
    assert believed == [float(wrong.digits)]


@pytest.mark.parametrize("wrong", WITH_CONSEQUENCE, ids=named)
def test_what_follows_is_told_to_nine_decimals(wrong):
    assert all(re.fullmatch(r"-?\d\.\d{9}", digits) for digits in wrong.follows.values())


def test_the_slips_that_lead_to_other_numbers_are_these():
    ids = [1, 6, 8, 9, 16, 17, 21, 22, 25, 28, 31, 34, 36, 37, 38, 39, 40, 42]
    assert [slip.id for slip in WITH_CONSEQUENCE] == [f"E{number:02}" for number in ids]


def test_every_symbol_is_one_of_the_calculations(slip):
    named_symbols = {*slip.believed, *slip.follows, *([slip.symbol] if slip.symbol else [])}
    assert named_symbols <= set(CALC.symbols)


def test_slip_of_the_sign_touches_w8_only():
    led = calculation(NET, changed=erratum("E08").believed)
    moved = {step.symbol for step in led if step.value != CALC[step.symbol].value}
    updated = {symbol for symbol in moved if re.fullmatch(r"w\d_new", symbol)}
    assert updated == {"w8_new"}
    assert led["w8_new"].value == pytest.approx(
        calculation(NET, changed=erratum("E09").believed)["w8_new"].value,
        rel=1e-12,  # the same product, multiplied in another order
    )


def test_trained_biases_lead_to_the_number_that_erratum_27_tells():
    claims = EQUATION.findall(erratum("E27").explanation)
    assert [symbol for symbol, _ in claims] == ["Etot_new"]
    assert agrees(claims[0][1], forward(update(NET, biases="trained")).total_error)
    assert agrees(claims[0][1], calculation(NET, biases="trained")["Etot_new"].value)


def test_errata_16_and_17_together_give_the_right_gradient_of_w2():
    # Line 174 names the wrong derivative, line 182 gives that name the right formula.
    wrong, right = erratum("E17").believed["dE2/douth2"], CALC["dE2/douth1"].value
    assert wrong.evaluate(CALC.values) == pytest.approx(right, rel=1e-12)  # do2/douth1 is w7


def test_only_the_full_digits_give_the_printed_error_of_o1():
    # The note at E1: from the eight printed places of outo1, the last digit would be another.
    entry = printed("E1")[0]
    short = 0.5 * (0.01 - printed("outo1")[0].value) ** 2
    assert agrees("0.274811084", short)
    assert not agrees(entry.digits, short)


def test_errata_cannot_be_changed():
    slip = erratum("E08")
    with pytest.raises(TypeError):
        slip.believed["w8_new"] = slip.believed["dE2/dw8"]
    with pytest.raises(AttributeError):
        slip.printed = slip.correct
    assert len(set(ERRATA)) == len(ERRATA)


def test_unknown_erratum():
    with pytest.raises(KeyError, match="no erratum 'E99'"):
        erratum("E99")
