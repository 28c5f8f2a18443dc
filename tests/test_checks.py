"""Bad input: the right error, which names the parameter, what is allowed and what was given."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

import bpwidgets as bp
from bpwidgets import checks
from bpwidgets.breakdown import breakdown
from bpwidgets.forward_pass import forward
from bpwidgets.gradient import backward
from bpwidgets.gradient_check import check_gradient
from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.training import train

NET = worked_example()
GIVEN = {
    "weights": [grid.tolist() for grid in NET.weights],
    "biases": NET.biases.tolist(),
    "inputs": NET.inputs.tolist(),
    "targets": NET.targets.tolist(),
    "learning_rate": NET.learning_rate,
}
BAD_VALUES = [
    (math.nan, "nan"),
    (math.inf, "inf"),
    (-math.inf, "-inf"),
    (np.float64("nan"), "nan"),
    (1_000_001, "1000001.0"),
    (-1e6 - 1e-9, "-1000000.000000001"),
    (1e300, "1e+300"),
    (10**400, "inf"),
    (-(10**400), "-inf"),
    (Fraction(10**400, 3), "inf"),
]
BAD_TYPES = [
    (True, "True"),
    (np.False_, "False"),
    ("0.5", "'0.5'"),
    ("nan", "'nan'"),
    (b"1", "b'1'"),
    (None, "None"),
    (1 + 2j, "complex"),
    ([0.5], "list"),
    ((), "tuple"),
    ({}, "dict"),
    (np.array(0.5), "ndarray"),
    (Decimal("0.5"), "Decimal"),
]
NAMES = ["x1", "w1", "w8", "b2", "d1", "eta"]


@pytest.fixture(autouse=True)
def nothing_changed():
    before = NET.flat.copy()
    yield
    np.testing.assert_array_equal(NET.flat, before)
    assert worked_example() == NET


def refused(name, value):
    """Every way in which a number gets into a network."""
    first, last = {"x": "inputs", "b": "biases", "d": "targets"}.get(name[0]), int(name[-1] == "2")
    yield lambda: NET.replace(**{name: value})
    changed = {**GIVEN, "weights": [[list(row) for row in grid] for grid in GIVEN["weights"]]}
    if name == "eta":
        changed["learning_rate"] = value
    elif name[0] == "w":
        layer, row, column = NET.symbols.weight_places[name]
        changed["weights"][layer][row][column] = value
    else:
        changed[first] = list(GIVEN[first])
        changed[first][last] = value
    yield lambda: Network(**changed)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("value", "shown"), BAD_VALUES, ids=str)
def test_a_number_out_of_range_is_a_value_error(name, value, shown):
    for call in refused(name, value):
        with pytest.raises(ValueError) as refusal:
            call()
        wanted = f"{name} must be a finite number between -1e6 and 1e6, got {shown}"
        assert str(refusal.value) == wanted


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("value", "shown"), BAD_TYPES, ids=lambda part: str(part) or "empty")
def test_what_is_no_number_is_a_type_error(name, value, shown):
    for call in refused(name, value):
        with pytest.raises(TypeError) as refusal:
            call()
        assert str(refusal.value).startswith(f"{name} must be a number, got ")
        assert shown in str(refusal.value)


@pytest.mark.parametrize(
    "value", [1e6, -1e6, 0, -0.0, 5, np.float32(0.5), np.int8(3), Fraction(1, 4)]
)
def test_good_numbers_become_floats(value):
    found = checks.number("w5", value)
    assert type(found) is float
    assert found == value == NET.replace(w5=value)["w5"]


def test_a_long_value_is_shown_short():
    with pytest.raises(TypeError) as refusal:
        NET.replace(w5=list(range(1000)))
    assert len(str(refusal.value)) < 90


@pytest.mark.parametrize("name", ["w1", "d1"])
def test_from_values_is_as_strict(name):
    flat = NET.flat.copy()
    flat[NET.names.index(name)] = math.nan
    with pytest.raises(ValueError, match=f"{name} must be a finite number"):
        Network.from_values(NET.sizes, flat)


# --- names ---


@pytest.mark.parametrize(
    "name", ["w9", "w55", "ww5", "t9", "W5", "weights", "etta", "outh1", "", "w٥"]
)
def test_an_unknown_name_is_a_key_error_that_shows_it(name):
    for call in (lambda: NET[name], lambda: NET.replace(**{name: 0.5})):
        with pytest.raises(KeyError) as refusal:
            call()
        assert str(refusal.value).startswith(f"no parameter {name!r}; ")
        assert "did you mean" in str(refusal.value) or "known are x1, x2, w1" in str(refusal.value)
    assert name not in NET


@pytest.mark.parametrize(
    ("name", "near"), [("etta", "eta"), ("w55", "w5"), ("bb1", "b1"), ("W5", "w5"), ("ETA", "eta")]
)
def test_a_misspelt_name_brings_a_hint(name, near):
    with pytest.raises(KeyError, match=f"did you mean {near}"):
        NET.replace(**{name: 0.5})


@pytest.mark.parametrize("name", [None, 5, ("w5",), ["w5"], {"w5"}, 0.4])
def test_what_is_no_name_is_a_key_error_too(name):
    mappings = (NET, forward(NET), backward(NET), check_gradient(NET), train(NET, 1))
    for look_up in (*(mapping.__getitem__ for mapping in mappings), lambda n: breakdown(NET, n)):
        with pytest.raises(KeyError) as refusal:
            look_up(name)
        assert repr(name) in str(refusal.value)


def test_a_good_and_a_bad_name_together_change_nothing():
    with pytest.raises(KeyError):
        NET.replace(w5=0.9, w99=0.1)
    with pytest.raises(ValueError, match="w6"):
        NET.replace(w5=0.9, w6=math.nan)


def test_one_target_under_both_its_names():
    with pytest.raises(ValueError, match="d1 is given twice"):
        NET.replace(d1=0.1, t1=0.2)


# --- shapes ---


@pytest.mark.parametrize(
    ("changed", "error", "says"),
    [
        ({"weights": []}, ValueError, "weights must be .* 1 to 4 layers, got 0"),
        ({"weights": [[[1.0]]] * 5}, ValueError, "weights must be .* 1 to 4 layers, got 5"),
        ({"weights": [[], [[1, 2]]]}, ValueError, "weights of layer 1 .* 1 to 16 rows, got 0"),
        ({"weights": [[[]], [[1]]]}, ValueError, "row 1 of the weights of layer 1 .* got 0"),
        ({"weights": [[[1, 2]] * 17]}, ValueError, "weights of layer 1 .* 1 to 16 rows, got 17"),
        ({"weights": [[[1, 2], [3]], [[1, 2]] * 2]}, ValueError, r"row 2 .* \(w3, w4\), got 1"),
        ({"weights": [[[1, 2]], [[1, 2]] * 2]}, ValueError, r"row 1 .*layer 2 .*\(w3\), got 2"),
        ({"weights": [[[1, 2, 3]] * 2, [[1, 2]] * 2]}, ValueError, r"\(w1, w2\), got 3"),
        ({"weights": [[[1, 2]] * 2, [[1, 2]]]}, ValueError, r"targets must be 1 .*\(d1\), got 2"),
        ({"weights": 0.5}, TypeError, r"weights must be a sequence .* got 0.5 \(float\)"),
        ({"weights": [0.5]}, TypeError, r"weights of layer 1 .* got 0.5 \(float\)"),
        ({"weights": [[0.5, 1.0]]}, TypeError, r"row 1 of the weights of layer 1 .* got 0.5"),
        ({"weights": "12"}, TypeError, r"got '12' \(str\)"),
        ({"weights": {1: [[1]]}}, TypeError, r"dict"),
        ({"inputs": []}, ValueError, "inputs must be .* 1 to 16 numbers, got 0"),
        ({"inputs": [1] * 17}, ValueError, "inputs must be .* 1 to 16 numbers, got 17"),
        ({"inputs": [1, 2, 3]}, ValueError, r"row 1 .* 3 numbers \(w1, w2, w3\), got 2"),
        ({"inputs": 1.0}, TypeError, "inputs must be a sequence"),
        ({"inputs": np.array(1.0)}, TypeError, "inputs must be a sequence"),
        ({"targets": [0.5]}, ValueError, r"targets must be 2 numbers \(d1, d2\), got 1"),
        ({"targets": [0.5] * 3}, ValueError, r"targets must be 2 numbers \(d1, d2\), got 3"),
        ({"targets": []}, ValueError, r"targets must be 2 numbers \(d1, d2\), got 0"),
        ({"targets": None}, TypeError, "targets must be .* got None"),
        ({"biases": [0.1]}, ValueError, r"biases must be 2 numbers \(b1, b2\), got 1"),
        ({"biases": [0.1] * 3}, ValueError, r"biases must be 2 numbers \(b1, b2\), got 3"),
        ({"biases": 0.1}, TypeError, r"biases must be .* got 0.1 \(float\)"),
        ({"biases": [[0.1, 0.2], [0.3, 0.4]]}, TypeError, "b1 must be a number"),
    ],
)
def test_shapes_that_are_refused(changed, error, says):
    with pytest.raises(error, match=says):
        Network(**{**GIVEN, **changed})


def test_an_argument_left_out_or_unknown():
    with pytest.raises(TypeError, match="targets"):
        Network(**{k: v for k, v in GIVEN.items() if k != "targets"})
    with pytest.raises(TypeError, match="wieghts"):
        Network(**GIVEN, wieghts=[])


def test_the_largest_and_the_smallest_network():
    for width, layers in ((16, 4), (1, 1)):
        grid = np.full((width, width), 0.1)
        row = [0.1] * width
        net = Network(weights=[grid] * layers, biases=[0] * layers, inputs=row, targets=row)
        assert net.sizes == (width,) * (layers + 1)
        assert forward(net).total_error > 0


ASKED_WITH_A_NETWORK = {
    "forward": bp.forward,
    "backward": bp.backward,
    "update": bp.update,
    "calculation": bp.calculation,
    "breakdown": lambda net: bp.breakdown(net, "w1"),
    "error_surface": lambda net: bp.error_surface(net, "w5", "w6"),
    "train": lambda net: bp.train(net, 1),
    "check_gradient": bp.check_gradient,
    "carried": bp.carried,
    "mark": lambda net: bp.mark(net, "h1", "1"),
    "cases": lambda net: bp.cases(net, "h1"),
    "worksheet": lambda net: bp.worksheet(network=net),
    "Session": bp.Session,
    "Explorer": bp.Explorer,
    "Question": lambda net: bp.Question(net, "h1"),
    "Exercise": bp.Exercise,
    "FindTheSlip": bp.FindTheSlip,
}


@pytest.mark.parametrize("call", ASKED_WITH_A_NETWORK.values(), ids=ASKED_WITH_A_NETWORK)
@pytest.mark.parametrize("thing", [5, "w5", {"w5": 0.4}, [0.1] * 15], ids=repr)
def test_what_is_no_network_is_called_that(call, thing):
    with pytest.raises(TypeError, match="net must be a Network, got "):
        call(thing)
