"""The network as a value, the sigmoid, and the forward pass."""

import copy
import math
import pickle
import warnings
from dataclasses import FrozenInstanceError
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from oracle import FORWARD_TOLERANCE, assert_close, plain_forward
from strategies import BLOCKS, networks, networks_and_names, random_network

from bpwidgets.forward_pass import forward, sigmoid
from bpwidgets.network import Network
from bpwidgets.notes import worked_example

NET = worked_example()
POINTS = [0.0, *(s * z for z in (36.8, 709.0, 710.0, 745.0, 1e308, math.inf) for s in (-1, 1))]
SMALLEST_NORMAL = float(np.finfo(float).tiny)  # 2.2e-308: below it a float64 loses digits


# --- a value ---


@given(networks())
def test_equal_by_value(net):
    twin = Network(
        weights=[grid.tolist() for grid in net.weights],
        biases=net.biases.tolist(),
        inputs=net.inputs.tolist(),
        targets=net.targets.tolist(),
        learning_rate=net.learning_rate,
    )
    assert twin == net
    assert hash(twin) == hash(net)
    assert len({twin, net}) == 1


@given(networks())
def test_repr_gives_the_network_back(net):
    assert eval(repr(net), {"Network": Network}) == net
    assert "np." not in repr(net)


@given(networks_and_names())
def test_one_other_number_is_another_network(pair):
    net, name = pair
    other = net.replace(**{name: net[name] + 1.0 if net[name] <= 0 else net[name] - 1.0})
    assert other != net
    assert [key for key in net if net[key] != other[key]] == [name]


def test_other_shapes_with_the_same_numbers_are_another_network():
    wide = Network(weights=[[[1, 2]]], biases=[3], inputs=[4, 5], targets=[6])
    assert wide != Network(weights=[[[1], [2]]], biases=[3], inputs=[4], targets=[5, 6])
    assert wide != dict(wide)


@given(networks_and_names())
def test_replace_with_its_own_numbers_is_the_same_network(pair):
    net, name = pair
    assert net.replace() == net
    assert net.replace(**{name: net[name]}) == net
    assert net.replace(**dict(net)) == net


@given(networks())
def test_names_are_the_keys_and_the_arrays_hold_the_same_numbers(net):
    assert tuple(net) == net.names
    assert len(net) == len(net.names)
    arrays = [net.inputs, *(grid.ravel() for grid in net.weights), net.biases, net.targets]
    assert [*np.concatenate(arrays), net.learning_rate] == list(net.values())
    assert all(type(value) is float for value in net.values())


def test_the_example_pages_names_of_the_targets():
    assert NET["t1"] == NET["d1"] == 0.01
    assert NET.replace(t2=0.5) == NET.replace(d2=0.5) != NET
    assert "t1" in NET
    assert "t1" not in NET.names


def test_the_rows_of_a_weight_array_are_the_receiving_units():
    net = Network(weights=[[[1, 2, 3], [4, 5, 6]]], biases=[0], inputs=[1, 1, 1], targets=[0, 1])
    assert net.sizes == (3, 2)
    assert net["w2"] == net.weights[0][0, 1] == 2
    assert net["w4"] == net.weights[0][1, 0] == 4


@pytest.mark.parametrize(
    "copied", [lambda net: net, copy.copy, copy.deepcopy, lambda n: pickle.loads(pickle.dumps(n))]
)
def test_every_copy_is_equal_and_read_only(copied):
    net = copied(NET)
    assert net == NET
    for array in (net.flat, *net.weights, net.biases, net.inputs, net.targets):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0.0
    with pytest.raises(FrozenInstanceError):
        net.learning_rate = 0.1
    with pytest.raises(TypeError):
        net["w5"] = 0.5


def test_the_arrays_it_was_made_from_are_the_callers_own():
    grid = np.ones((1, 1))
    net = Network(weights=[grid], biases=[0], inputs=[1], targets=[0])
    grid[0, 0] = 5.0
    assert net["w1"] == 1.0


# --- the sigmoid ---


def exact_sigmoid(z: float) -> float:
    """1/(1 + e^−z) with 60 digits, rounded once."""
    if math.isinf(z) or abs(z) > 1e4:
        return float(z > 0)
    with localcontext(prec=60):
        return float(1 / (1 + (-Decimal(z)).exp()))


@pytest.fixture
def no_warning():
    with warnings.catch_warnings(), np.errstate(over="raise", divide="raise", invalid="raise"):
        warnings.simplefilter("error")
        yield


@pytest.mark.usefixtures("no_warning")
@pytest.mark.parametrize("z", POINTS)
def test_sigmoid_at_the_extremes(z):
    alone, in_array = sigmoid(z), sigmoid(np.array([z, -z]))
    for value, opposite in ((alone, sigmoid(-z)), in_array):
        assert math.isfinite(value)
        assert abs(value + opposite - 1) <= 2.3e-16
        # 1e-15: the roundings of exp, sum and quotient.  Below the normal floats none is relative.
        exact = exact_sigmoid(z)
        assert abs(value - exact) <= 1e-15 * exact + SMALLEST_NORMAL


@pytest.mark.usefixtures("no_warning")
def test_sigmoid_is_monotone_between_0_and_1():
    line = np.unique([*POINTS, *np.linspace(-800, 800, 4001)])
    for values in (sigmoid(line), np.array([sigmoid(z) for z in line.tolist()])):
        assert (np.diff(values) >= 0).all()
        assert (np.diff(values)[np.abs(line[1:]) < 34] > 0).all()  # beyond, a step is below 1 ulp
        assert values[0] == 0.0
        assert values[-1] == 1.0


@pytest.mark.usefixtures("no_warning")
def test_sigmoid_is_right_in_between():
    line = np.random.default_rng(5).uniform(-700, 700, 500)
    exact = np.array([exact_sigmoid(z) for z in line.tolist()])
    np.testing.assert_allclose(sigmoid(line), exact, rtol=1e-15, atol=0)
    alone = [sigmoid(z) for z in line.tolist()]
    np.testing.assert_allclose(alone, exact, rtol=1e-15, atol=0)


def test_sigmoid_keeps_the_kind_of_number():
    assert type(sigmoid(0.5)) is type(sigmoid(np.float64(0.5))) is float
    assert sigmoid(np.zeros((2, 3))).shape == (2, 3)
    # σ(iy) has real part ½ and imaginary part ½ tan(y/2)
    assert sigmoid(0.3j) == pytest.approx(0.5 + 0.5j * math.tan(0.15), rel=1e-15)


# --- the forward pass ---


@pytest.mark.parametrize("seeds", BLOCKS, ids=str)
def test_forward_is_right(seeds):
    for seed in seeds:
        net = random_network(seed)
        run = forward(net)
        assert_close(run, plain_forward(net), FORWARD_TOLERANCE)
        assert set(run) == set(plain_forward(net))


def test_forward_by_attribute_and_by_symbol_are_the_same_numbers():
    net = random_network(3)
    run, names = forward(net), net.symbols
    for layer, units in enumerate(names.preactivations):
        assert [run[unit] for unit in units] == run.preactivations[layer].tolist()
        assert [run[f"out{unit}"] for unit in units] == run.activations[layer].tolist()
    assert [run[error] for error in names.errors] == run.errors.tolist()
    assert run["Etot"] == run.total_error
    assert len(run) == len(list(run)) == len(set(run))
    assert all(type(value) is float for value in run.values())


@pytest.mark.usefixtures("no_warning")
@given(networks())
def test_forward_stays_finite_for_every_allowed_network(net):
    run = forward(net)
    assert all(math.isfinite(value) for value in run.values())
    assert all(0 <= run[f"out{unit}"] <= 1 for row in net.symbols.preactivations for unit in row)


def test_forward_has_a_short_repr_with_its_number():
    assert repr(forward(NET)) == "<Forward Etot: 0.298371109>"  # the notes print it
