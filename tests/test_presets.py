"""What is said of each preset is so."""

import re

import numpy as np
import pytest

from bpwidgets.breakdown import breakdown
from bpwidgets.forward_pass import forward
from bpwidgets.gradient import backward
from bpwidgets.notes import worked_example
from bpwidgets.presets import PRESETS, preset
from bpwidgets.training import train

TWINS = (("w1", "w3"), ("w2", "w4"), ("w5", "w6"), ("w7", "w8"))
ROUNDING = 1e-12  # twins take the same sums; a library may add them in another order


def layers(name: str) -> list[float]:
    """The size of the largest gradient among each layer's weights."""
    return [float(np.abs(grid).max()) for grid in backward(preset(name)).weights]


def every_gradient(name: str) -> list[float]:
    net = preset(name)
    grad = backward(net)
    return [abs(grad[weight]) for weight in net.symbols.trainable]


def differing(name: str) -> dict[str, float]:
    """The numbers in which a preset differs from the notes' network."""
    example = worked_example()
    return {key: value for key, value in preset(name).items() if value != example[key]}


def test_their_order_is_fit_for_a_lecture():
    assert list(PRESETS) == [
        *("notes", "smallest", "eta too small", "eta too large", "targets reached"),
        *("input of zero", "saturated", "symmetric", "zeros", "wider", "deeper"),
    ]


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_data_with_a_sentence(name):
    words, net = PRESETS[name]
    assert preset(name) is net
    assert all(round(value, 2) == value for value in net.values())
    assert re.fullmatch(r"[A-Zx][^\n]{40,190}\.", words)
    assert forward(net).total_error >= 0


def test_names_and_the_mapping_are_held():
    with pytest.raises(KeyError, match="no preset 'symetric'; did you mean symmetric"):
        preset("symetric")
    with pytest.raises(KeyError, match=r"no preset \['notes'\]"):
        preset(["notes"])
    with pytest.raises(TypeError):
        PRESETS["mine"] = PRESETS["notes"]
    with pytest.raises(AttributeError):
        PRESETS["notes"].words = "mine"


def test_the_notes():
    errors = train(preset("notes"), 10_000).errors
    assert differing("notes") == {}
    assert f"{errors[0]:.3f} to {errors[-1]:.6f}" == "0.298 to 0.000035"


def test_the_smallest_has_one_path_for_every_gradient():
    net = preset("smallest")
    assert net.sizes == (1, 1, 1)
    assert [len(breakdown(net, name).paths) for name in net.symbols.trainable] == [1] * 4


def test_eta_too_small_halves_the_error_in_a_thousand_steps():
    errors = train(preset("eta too small"), 1000).errors
    assert differing("eta too small") == {"eta": 0.01}
    assert (np.diff(errors) < 0).all()
    assert round(errors[-1] / errors[0], 2) == 0.5


def test_eta_too_large_makes_the_error_rise_and_fall_in_turn():
    net = preset("eta too large")
    moves = np.diff(train(net, 100).errors)
    assert differing("eta too large") == {"d1": 0.3, "d2": 0.6, "eta": 60.0}
    assert (moves[:3] < 0).all()
    assert (moves[3::2] > 0).all()  # the fourth step, the sixth, ...
    assert (moves[4::2] < 0).all()
    assert moves[3:20:2].min() > 0.004  # enough to be seen beside the 0.117 of the start
    assert (np.diff(train(net.replace(eta=20), 20).errors) < 0).all()  # so it is eta that does it


def test_targets_that_are_reached_leave_nearly_nothing_to_learn():
    run = forward(worked_example())
    given = {f"d{k}": round(run[f"outo{k}"], 2) for k in (1, 2)}
    assert differing("targets reached") == given
    assert forward(preset("targets reached")).total_error < 0.00001
    assert 0 < max(every_gradient("targets reached")) <= 0.001


def test_what_receives_zero_does_not_learn():
    net = preset("input of zero")
    grad, walk = backward(net), train(net, 100)
    assert differing("input of zero") == {"x1": 0.0}
    for name in net.symbols.trainable:
        assert (grad[name] == 0) == (name in ("w1", "w3"))
    for name in net.symbols.weight_places:
        assert (np.ptp(walk[name]) == 0) == (name in ("w1", "w3"))


def test_saturated_outputs_hardly_learn():
    net = preset("saturated")
    for ours, notes in zip(net.weights, worked_example().weights):
        np.testing.assert_allclose(ours, 20 * notes, rtol=1e-15)
    assert forward(net).activations[-1].min() > 0.999
    assert max(every_gradient("saturated")) < 0.00001
    errors = train(net, 1000).errors
    assert [f"{error:.2f}" for error in errors[[0, -1]]] == ["0.49", "0.49"]


@pytest.mark.parametrize(("name", "weight"), [("symmetric", 0.3), ("zeros", 0.0)])
def test_hidden_units_that_start_equal_stay_twins(name, weight):
    net = preset(name)
    weights = net.symbols.weight_places
    assert set(differing(name)) <= set(weights)
    assert all(net[key] == weight for key in weights)
    grad, walk = backward(net), train(net, 100)
    for one, other in TWINS:
        assert abs(grad[one] - grad[other]) < ROUNDING
        assert np.abs(walk[one] - walk[other]).max() < ROUNDING
        assert np.ptp(walk[one]) > 0.01  # they do learn


def test_no_error_comes_back_through_weights_of_zero():
    net = preset("zeros")
    grad, walk = backward(net), train(net, 2)
    for name in ("w1", "w2", "w3", "w4"):
        assert grad[name] == 0
        assert walk[name][0] == walk[name][1] != walk[name][2]
    assert all(abs(grad[name]) > 0.01 for name in ("w5", "w6", "w7", "w8"))


def test_the_wider_has_two_paths_for_every_hidden_weight():
    net = preset("wider")
    assert net.sizes == (3, 4, 2)
    names = list(net.symbols.weight_places)
    paths = [len(breakdown(net, name).paths) for name in names]
    assert paths == [2] * 12 + [1] * 8
    assert len(names) == 20


def test_gradients_of_the_deeper_shrink_towards_the_inputs():
    net = preset("deeper")
    assert net.sizes == (2, 2, 2, 2)
    assert len(breakdown(net, "w1").paths) == 4
    first, second, third = layers("deeper")
    assert 0 < first < second < third
