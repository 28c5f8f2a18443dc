"""The strict reader of typed numbers."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bpwidgets import wording
from bpwidgets.marking import read_number

RIGHT = {
    "0.35": 0.35,
    "  0.35891648\n": 0.35891648,
    "+.5": 0.5,
    "5.": 5.0,
    "-0": -0.0,
    "−0.02": -0.02,
    "1e-3": 0.001,
    "−2.5E+3": -2500.0,
    "2e−3": 0.002,
    "007": 7.0,
    "1e-400": 0.0,
    "0." + "1" * 30: 0.111111111111111111111111111111,
}
WRONG = {  # what is typed: what the answer says
    "": "type a number, such as 0.35",
    " \t\n": "type a number, such as 0.35",
    "0,35": "write it with a point, as 1.5",
    "1,000.5": "leave out the comma",
    "1,000,000": "leave out the comma",
    "1.000,5": "one point and no comma",
    "–0.5": "write the minus with the hyphen key",
    "- 0.5": "leave out the spaces",
    "1 000.5": "leave out the spaces",
    "nan": "is not a number",
    "inf": "is not a number",
    "-Infinity": "is not a number",
    "1e999": "is too large",
    "-1e999": "is too large",
    "1_000": "is not a number",
    "0x10": "is not a number",
    "1j": "is not a number",
    "--1": "is not a number",
    "+-1": "is not a number",
    "1 2": "“1 2” is not a number",
    "1\n2": "“1 2” is not a number",
    "1e": "is not a number",
    "e5": "is not a number",
    ".": "is not a number",
    "½": "is not a number",
    "٣": "is not a number",
    "１": "is not a number",
    "²": "is not a number",
    "1\x00": "“1�” is not a number: a character in it cannot be shown",
    "1/3": "is not a number",
    "w5": "“w5” is not a number: type one such as 0.35",
    "True": "is not a number",
    "__import__('os').remove('a')": "is not a number",
    "<img src=x onerror=alert(1)>": "is not a number",
    "9" * 33: "at most 32 characters, this has 33",
    "(" * 100_000: "at most 32 characters, this has 100000",
}


@pytest.mark.parametrize(("text", "value"), RIGHT.items())
def test_numbers_are_read_exactly(text, value):
    found = read_number(text)
    assert (found, math.copysign(1, found)) == (value, math.copysign(1, value))


@pytest.mark.parametrize(("text", "words"), WRONG.items(), ids=lambda text: repr(text)[:30])
def test_everything_else_is_refused_with_the_reason(text, words):
    with pytest.raises(ValueError) as refused:
        read_number(text)
    assert words in str(refused.value)
    assert len(str(refused.value)) < 100


@given(st.text(max_size=40) | st.text("0123456789.eE+-−_, \t", max_size=34))
@example("1e5\n")
def test_any_text_is_a_finite_number_or_a_value_error(text):
    try:
        value = read_number(text)
    except ValueError as reason:
        assert type(reason) is ValueError
        assert str(reason)
    else:
        assert type(value) is float
        assert math.isfinite(value)
        assert value == float(text.replace("−", "-"))
        assert text.strip().replace("−", "-").isascii()
        assert len(text.strip()) <= 32


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_whatever_python_writes_is_read_to_the_last_bit(value):
    assert read_number(repr(value)) == value


@given(st.floats(-1e6, 1e6))
def test_what_the_kit_writes_is_read(value):
    for text in (wording.number(value), wording.given(value, 12)):
        assert read_number(text) == pytest.approx(value, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("thing", [None, 1.5, b"1", ["1"]])
def test_only_text_is_read(thing):
    with pytest.raises((TypeError, AttributeError)):
        read_number(thing)
