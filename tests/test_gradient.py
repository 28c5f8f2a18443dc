"""The gradient against complex steps and an autodiff library; the update."""

import numpy as np
import pytest
from autograd import grad as autodiff
from autograd import numpy as anp
from hypothesis import given
from oracle import (
    GRADIENT_TOLERANCE,
    assert_close,
    assert_gradient,
    assert_printed,
    assert_update,
    complex_step,
)
from strategies import BLOCKS, SEEDS, networks, random_network

from bpwidgets.calculation import calculation
from bpwidgets.forward_pass import forward
from bpwidgets.gradient import backward, update
from bpwidgets.network import Network
from bpwidgets.notes import worked_example

NET = worked_example()


def autodiff_gradient(net: Network) -> np.ndarray:
    """Weights and biases in one row, by HIPS autograd."""

    def error(parameters):
        grids, biases = parameters
        signal = net.inputs
        for grid, bias in zip(grids, biases):
            signal = 1 / (1 + anp.exp(-(anp.dot(grid, signal) + bias)))
        return 0.5 * anp.sum((net.targets - signal) ** 2)

    grids, biases = autodiff(error)((list(net.weights), net.biases))
    return np.concatenate([*(grid.ravel() for grid in grids), biases])


@pytest.mark.parametrize("seeds", BLOCKS, ids=str)
def test_gradient_against_complex_step(seeds):
    for seed in seeds:
        net = random_network(seed)
        assert_gradient(net, backward(net))


@pytest.mark.parametrize("seeds", BLOCKS, ids=str)
def test_gradient_against_an_autodiff_library(seeds):
    for seed in seeds:
        net = random_network(seed)
        difference = np.abs(backward(net).flat - autodiff_gradient(net))
        assert difference.max() <= 1e-12, seed  # roundings of two orders of computing


def test_the_random_networks_are_what_they_should_be():
    nets = [random_network(seed) for seed in SEEDS]
    assert len(set(nets)) == 1000
    assert {len(net.weights) for net in nets} == {2, 3, 4}
    assert {size for net in nets for size in net.sizes} == {1, 2, 3, 4, 5, 6}
    largest = max(np.abs(grid).max() for net in nets for grid in net.weights)
    assert 2.99 < largest <= 3
    assert all(0 < target < 1 for net in nets for target in net.targets)


def test_the_oracle_feels_a_wrong_entry():
    gradient = dict(backward(NET))
    for name in gradient:
        with pytest.raises(AssertionError, match=name):
            assert_gradient(NET, {**gradient, name: gradient[name] + 2 * GRADIENT_TOLERANCE})
        with pytest.raises(AssertionError, match=name):
            assert_gradient(NET, {**gradient, name: float("nan")})


def test_gradient_of_the_example_as_printed():
    keys = {f"dEtot/d{name}": slope for name, slope in backward(NET).items()}
    assert_printed(keys)


@given(networks(limit=5))
def test_a_run_already_made_gives_the_same_gradient(net):
    assert dict(backward(net, forward(net))) == dict(backward(net))


def test_gradient_by_attribute_and_by_name():
    net = random_network(11)
    gradient = backward(net)
    assert [grid.shape for grid in gradient.weights] == [grid.shape for grid in net.weights]
    assert gradient.biases.shape == net.biases.shape
    for name, (layer, row, column) in net.symbols.weight_places.items():
        assert gradient[name] == gradient.weights[layer][row, column]
    assert [gradient[name] for name in net.symbols.biases] == gradient.biases.tolist()
    assert tuple(gradient) == net.symbols.trainable
    assert len(gradient) == len(gradient.flat)
    assert repr(gradient).startswith(f"<Gradient w1: {gradient['w1']:.9f}, w2: ")
    assert "np." not in repr(gradient)


# --- the update ---


@pytest.mark.parametrize("seeds", BLOCKS[:2], ids=str)
def test_update_is_right(seeds):
    for seed in seeds:
        net = random_network(seed)
        after = update(net)
        assert_update(net, after)
        kept = [*net.symbols.inputs, *net.symbols.biases, *net.symbols.targets, "eta"]
        assert all(after[name] == net[name] for name in kept)
        moved = update(net, biases="trained")
        right = {b: net[b] - net["eta"] * complex_step(net)[b] for b in net.symbols.biases}
        assert_close(moved, right, GRADIENT_TOLERANCE)
        assert {k: v for k, v in moved.items() if k[0] != "b"} == {
            k: v for k, v in after.items() if k[0] != "b"
        }


@pytest.mark.parametrize("seeds", BLOCKS[:2], ids=str)
def test_sequential_update_goes_layer_by_layer(seeds):
    # Its definition: with the layers above already updated, but the signals of the old forward pass.
    for seed in seeds:
        net = random_network(seed)
        found = update(net, rule="sequential")
        run = forward(net)
        by_output = run.activations[-1] - net.targets
        for layer in reversed(range(len(net.weights))):
            by_sum = by_output * run.activations[layer] * (1 - run.activations[layer])
            before = run.activations[layer - 1] if layer else net.inputs
            grid = net.weights[layer] - net["eta"] * np.outer(by_sum, before)
            np.testing.assert_allclose(found.weights[layer], grid, rtol=0, atol=1e-13)
            by_output = grid.T @ by_sum


def test_both_rules_agree_on_the_output_layer_only():
    first, second = update(NET), update(NET, rule="sequential")
    assert [n for n in NET if first[n] != second[n]] == ["w1", "w2", "w3", "w4"]


@pytest.mark.parametrize("seed", SEEDS[:50])
def test_the_slope_along_every_number_of_the_error(seed):
    """Also by inputs and targets, held to a complex step through the hand calculation."""
    net = random_network(seed)
    slopes = backward(net)
    for name in net.names[:-1]:
        given = {name: net[name] + 1e-200j}
        right = calculation(net, given=given).values["Etot"].imag / 1e-200
        assert slopes.slope(name) == pytest.approx(right, rel=1e-12, abs=GRADIENT_TOLERANCE)
    for name in ("eta", "h1", "w999"):
        with pytest.raises(KeyError):
            slopes.slope(name)


def test_a_target_by_its_other_name():
    assert backward(NET).slope("t1") == backward(NET).slope("d1")
