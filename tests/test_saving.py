"""A state is the same after it was saved and read; what is not a state is refused in a sentence."""

import json
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from saved_states import TEXT, VALUES, assert_same, changed_texts, changed_trees, looked_at
from strategies import networks, random_network

from bpwidgets import saving
from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.saving import MOST_BYTES, from_json, to_json
from bpwidgets.saving.state import Saved

NET = worked_example()
LONG = -1.2345678901234567e-100  # no float is written with more characters


def test_a_first_look():
    saved = Saved.of(NET)
    assert (saved.chosen, saved.axes) == ("w5", ("w5", "w6"))
    assert saved.ranges["w5"] == (-4.0, 4.0)
    assert list(saved.ranges) == list(NET.names)
    single = Network(weights=[[[0.5]]], biases=[0.1], inputs=[1.0], targets=[0.2])
    assert (Saved.of(single).chosen, Saved.of(single).axes) == ("w1", ("w1", "b1"))


@pytest.mark.parametrize(
    ("wrong", "kind", "words"),
    [
        ({"network": 3}, TypeError, "a saved state needs a Network, got 3"),
        ({"chosen": None}, KeyError, "no weight or bias None"),
        ({"axes": "w5"}, ValueError, "axes must be two names, got 'w5'"),
        ({"axes": ("d1", "t1")}, ValueError, "axes must be two different names, got d1 twice"),
        ({"ranges": [1]}, TypeError, "ranges must be a mapping of names"),
        ({"ranges": {"w99": (0, 1)}}, KeyError, "no parameter 'w99'"),
        ({"ranges": {1: (0, 1)}}, KeyError, "no parameter 1"),
        (
            {"ranges": {"d1": (0, 1), "t1": (0, 2)}},
            ValueError,
            "d1 is given twice, as d1 and as t1",
        ),
        ({"decimals": 3.5}, ValueError, "decimals must be a whole number"),
        ({"colours": "blue"}, ValueError, "colours must be 'linear' or 'log'"),
    ],
)
def test_only_what_can_be_shown_is_saved(wrong, kind, words):
    with pytest.raises(kind, match=words):
        replace(Saved.of(NET), **wrong)


def test_what_is_saved_stays_as_it_is():
    ranges = dict(Saved.of(NET).ranges)
    saved = replace(Saved.of(NET), ranges=ranges, axes=["w1", "t2"])
    ranges["w1"] = (0.0, 9.0)
    assert saved.ranges["w1"] == (-4.0, 4.0)
    assert saved.axes == ("w1", "d2")
    with pytest.raises(TypeError):
        saved.ranges["w1"] = (0.0, 9.0)


@given(net=networks(), seed=st.integers(0, 1000))
def test_what_is_read_is_what_was_saved(net, seed):
    saved = looked_at(net, seed)
    text = to_json(saved)
    assert_same(from_json(text), saved)
    assert_same(from_json(text.encode()), saved)
    assert_same(from_json(b"\xef\xbb\xbf" + text.encode()), saved)  # as some editors save it
    assert_same(from_json(json.dumps(json.loads(text))), saved)


def test_the_text_is_readable():
    ranges = {**Saved.of(NET).ranges, "d1": (0.0, 2.0)}
    lines = to_json(replace(Saved.of(NET), rule="sequential", ranges=ranges)).splitlines()
    assert lines[:4] == [
        "{",
        '  "format": "bpwidgets",',
        '  "version": 1,',
        '  "weights": [[[0.15, 0.2], [0.25, 0.3]], [[0.4, 0.45], [0.5, 0.55]]],',
    ]
    assert '    "axes": ["w5", "w6"],' in lines
    assert '    "rule": "sequential",' in lines
    assert '    "ranges": {"d1": [0.0, 2.0]}' in lines  # those that somebody has changed
    longest = max(map(len, to_json(Saved.of(random_network(5))).splitlines()))
    assert longest <= 100


def test_the_largest_network_can_be_saved(monkeypatch):
    row = [LONG] * 16
    net = Network(
        weights=[[row] * 16] * 4,
        biases=row[:4],
        inputs=row,
        targets=row,
        learning_rate=LONG,
    )
    usual = Saved.of(net)
    assert_same(from_json(to_json(usual)), usual)
    wide = replace(usual, ranges={name: (LONG, -LONG) for name in net.names})
    text = to_json(wide)
    assert len(text) <= MOST_BYTES
    assert_same(from_json(text), usual)  # there was no room for the ranges
    some = replace(usual, ranges={**usual.ranges, "w1": (LONG, -LONG)})
    assert_same(from_json(to_json(some)), some)  # here there was
    monkeypatch.setattr(saving, "MOST_BYTES", 2 * MOST_BYTES)
    assert len(to_json(wide)) > MOST_BYTES
    assert_same(from_json(to_json(wide)), wide)


def changed(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


REFUSED = [  # (text, what the sentence says after "the file is not a bpwidgets state: ")
    ("", "it is not JSON at line 1, column 1: Expecting value"),
    (TEXT[:-3], r"it is not JSON at line \d+, column \d+: "),
    (TEXT + TEXT, r"it is not JSON at line \d+, column 1: Extra data"),
    ("[" * 60_000, "it is nested too deeply"),
    ('{"a":' * 10_000, "it is nested too deeply"),
    ("[]", "it must be one JSON object, got list"),
    (" " * (MOST_BYTES + 1), "it must have at most 65,536 bytes, it has more"),
    ("é" * (MOST_BYTES // 2 + 1), "it must have at most 65,536 bytes, it has more"),
    (b'{"\xff', "it must be UTF-8 text, byte 3 is not"),
    ('"\ud800"', "it must be UTF-8 text, byte 2 is not"),
    ("{}", "its format must be 'bpwidgets', got None"),
    (changed('"bpwidgets"', '"notes"'), "its format must be 'bpwidgets', got 'notes'"),
    (changed('"version": 1', '"version": 0'), "its version must be 1, got 0"),
    (changed('"version": 1', '"version": true'), "its version must be 1, got True"),
    (changed('"version": 1', '"version": 1.0'), "its version must be 1, got 1.0"),
    (changed('"version": 1', '"version": "1"'), "its version must be 1, got '1'"),
    (changed('"inputs"', '"imputs"'), "the file has the unknown key 'imputs'; known are format"),
    (changed('"inputs": [0.05, 0.1],', ""), "the file lacks the key 'inputs'"),
    (changed('"decimals": 9,', ""), "settings lacks the key 'decimals'"),
    (changed('"decimals"', '"digits"'), "settings has the unknown key 'digits'"),
    (changed('"d1": [', '"w5": ['), "the key 'w5' is given twice"),
    (changed('"d1": [', '"d3": ['), "no parameter 'd3'; known are x1, x2"),
    (changed('"d1": [0.0,', '"d1": [0.02,'), "the range of d1 must hold its value 0.01, got 0.02"),
    (changed('"d1": [0.0,', '"d1": [2,'), "the range of d1 must run from low to high"),
    (changed('"d1": [0.0,', '"d1": [0,1,'), "the range of d1 must be a pair .low, high."),
    (changed('"w5": [-4.5,', '"w5": [-1e7,'), "the range of w5 must be a finite number .* got -1"),
    (changed("[[0.4,", "[[NaN,"), "w5 must be a finite number between -1e6 and 1e6, got nan"),
    (changed("[[0.4,", "[[-Infinity,"), "w5 must be a finite number .* got -inf"),
    (changed("[[0.4,", "[[1e999,"), "w5 must be a finite number .* got inf"),
    (changed("[[0.4,", f"[[{'9' * 5000},"), "w5 must be a finite number .* got inf"),
    (changed("[[0.4,", "[[10000001,"), "w5 must be a finite number .* got 10000001"),
    (changed("[[0.4,", "[[true,"), "w5 must be a number, got True"),
    (changed("[[0.4,", '[["0.4",'), "w5 must be a number, got '0.4'"),
    (changed("[[0.4,", "[[null,"), "w5 must be a number, got None"),
    (changed("[[0.4, 0.45]", "[[0.4]"), "row 1 of the weights of layer 2 must be 2 numbers"),
    (changed('"learning_rate": 0.5', '"learning_rate": []'), "eta must be a number"),
    (changed('"chosen": "w5"', '"chosen": "x1"'), "no weight or bias 'x1'"),
    (changed('"axes": ["w5",', '"axes": ["w6",'), "axes must be two different names, got w6"),
    (changed('"axes": ["w5",', '"axes": ["eta",'), "no input, weight, bias or target 'eta'"),
    (changed('"rule": "simultaneous"', '"rule": "both"'), "rule must be 'simultaneous' or"),
    (changed('"biases": "fixed"', '"biases": null'), "biases must be 'fixed' or 'trained'"),
    (changed('"decimals": 9', '"decimals": 13'), "decimals must be a whole number from 3 to 12"),
    (changed('"decimals": 9', '"decimals": NaN'), "decimals must be a whole number .* got nan"),
    (changed('"decimals": 9', '"decimals": true'), "decimals must be a whole number .* got True"),
    (changed('"colours": "linear"', '"colours": "red"'), "colours must be 'linear' or 'log'"),
    (changed('"settings": {', '"settings": 3, "x": {'), "the file has the unknown key 'x'"),
]


@pytest.mark.parametrize(("text", "words"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_not_a_state_is_refused_in_a_sentence(text, words):
    with pytest.raises(ValueError, match=f"^the file is not a bpwidgets state: {words}"):
        from_json(text)


def test_a_newer_file_says_so():
    for text in (changed('"version": 1', '"version": 2'), '{"format":"bpwidgets","version":2}'):
        with pytest.raises(ValueError, match=r"^this file is of version 2; this bpwidgets reads"):
            from_json(text)


def test_only_text_and_bytes_are_read():
    with pytest.raises(TypeError, match="a saved state is text or bytes, got dict"):
        from_json({})


def assert_read_or_refused(text: str | bytes) -> None:
    try:
        saved = from_json(text)
    except ValueError as refusal:
        words = str(refusal)
        assert "\n" not in words and 20 < len(words) < 400
    else:
        assert_same(from_json(to_json(saved)), saved)


@given(st.text() | st.binary() | VALUES.map(json.dumps))
@example("[" * 60_000)
@example('{"format":' + "[" * 900 + "]" * 900 + "}")
def test_any_text_is_read_or_refused(text):
    assert_read_or_refused(text)


@pytest.mark.parametrize("block", range(5))  # each draws other examples
def test_any_changed_state_is_read_or_refused(block):
    @given(changed_trees() | changed_texts() | changed_texts().map(lambda text: text[block:]))
    def check(text):
        assert_read_or_refused(text)

    check()
