"""The gradient check: right agrees, wrong does not, and what cannot be judged is said to be so."""

import numpy as np
import pytest
from oracle import complex_step
from strategies import BLOCKS, SEEDS, random_network

from bpwidgets.gradient import backward
from bpwidgets.gradient_check import central_difference, check_gradient
from bpwidgets.network import Network
from bpwidgets.notes import worked_example

NET = worked_example()


@pytest.mark.parametrize("seeds", BLOCKS, ids=str)
def test_check_agrees_and_feels_a_thousandth(seeds):
    for seed in seeds:
        net = random_network(seed)
        gradient = backward(net)
        check = check_gradient(net)
        assert check.agrees is True, (seed, check)
        assert tuple(check) == tuple(gradient)
        largest = max(gradient, key=lambda name: abs(gradient[name]))
        wrong = check_gradient(net, {**gradient, largest: 1.001 * gradient[largest]})
        assert wrong.agrees is False, seed
        assert [name for name in wrong if wrong[name].agrees is not True] == [largest]


def test_check_shows_both_numbers_and_their_difference():
    check, exact = check_gradient(NET), complex_step(NET)
    for name, line in check.items():
        assert line.backpropagated == backward(NET)[name]
        # 1e-9: h² times the third derivative, and the rounding of E over h, are both below it
        assert line.finite_difference == pytest.approx(exact[name], abs=1e-9)
        assert line.difference == line.backpropagated - line.finite_difference
    assert "yes" in repr(check)
    assert "NO" not in repr(check)


def test_check_never_agrees_with_nan_and_says_which_line():
    check = check_gradient(NET, {**backward(NET), "w5": float("nan")})
    assert [name for name in check if not check[name].agrees] == ["w5"]
    assert [line[:2] for line in repr(check).splitlines() if line.endswith("NO")] == ["w5"]


def test_check_needs_every_name():
    with pytest.raises(KeyError, match="w3"):
        check_gradient(NET, {name: 0.0 for name in NET.symbols.trainable if name != "w3"})


def test_central_difference_knows_how_uncertain_it_is():
    for seed in SEEDS[:20]:
        net = random_network(seed)
        for name, exact in complex_step(net).items():
            found, uncertainty = central_difference(net, name)
            assert abs(found - exact) <= uncertainty < 1e-7


def test_check_sees_the_eighth_decimal():
    """A central difference in floats is sure of nine or ten."""
    gradient = backward(NET)
    for name in gradient:
        wrong = check_gradient(NET, {**gradient, name: gradient[name] + 1e-8})
        assert [each for each in wrong if wrong[each].agrees is not True] == [name]


# --- where it is hard to judge ---


def scaled(seed: int, **factors: float) -> Network:
    """A random network with its inputs, weights or targets times a factor."""
    net = random_network(seed)
    grids = [grid * factors.get("weights", 1.0) for grid in net.weights]
    parts = {name: getattr(net, name) * factors.get(name, 1.0) for name in ("inputs", "targets")}
    return Network(weights=grids, biases=net.biases, **parts)


def live(seed: int, factor: float) -> Network:
    """Inputs so many times as large, and weights that take it back, so that the units are not flat."""
    net = random_network(seed)
    grids = [net.weights[0] / factor, *net.weights[1:]]
    return Network(
        weights=grids, biases=net.biases, inputs=net.inputs * factor, targets=net.targets
    )


def of_all_sizes(seed: int) -> Network:
    """Every number of another size, from millionths to millions."""
    net = random_network(seed)
    factors = 10.0 ** np.random.default_rng(seed).uniform(-6, 6, len(net.flat))
    return Network.from_values(net.sizes, np.clip(net.flat * factors, -1e6, 1e6))


HARD = {
    "inputs of 1e5": lambda seed: live(seed, 1e5),
    "inputs of 1e6": lambda seed: live(seed, 1e6),
    "inputs of 1e6, flat units": lambda seed: scaled(seed, inputs=1e6),
    "weights of 30": lambda seed: scaled(seed, weights=10.0),
    "weights of 3000": lambda seed: scaled(seed, weights=1e3),
    "targets of 1e6": lambda seed: scaled(seed, targets=1e6),
    "all sizes": of_all_sizes,
}


@pytest.mark.parametrize("kind", HARD)
def test_a_right_gradient_is_never_called_wrong(kind):
    for seed in SEEDS[:30]:
        check = check_gradient(HARD[kind](seed))
        assert False not in [line.agrees for line in check.values()], (seed, check)
        for line in check.values():
            assert (line.agrees is None) == line.reason.startswith(
                "cannot be judged here, because the finite difference itself may be off by "
            )


@pytest.mark.parametrize("kind", [kind for kind in HARD if kind.startswith("inputs")])
def test_large_inputs_can_be_judged(kind):
    for seed in SEEDS[:30]:
        net = HARD[kind](seed)
        gradient = backward(net)
        assert check_gradient(net).agrees is True, seed
        largest = max(gradient, key=lambda name: abs(gradient[name]))
        wrong = check_gradient(net, {**gradient, largest: 1.001 * gradient[largest]})
        assert [name for name in wrong if wrong[name].agrees is not True] == [largest]


def test_a_bend_that_both_steps_jump_over():
    """σ rises within a millionth of w1; beyond, the error is the same on both sides of the target."""
    net = Network(weights=[[[0.0]]], biases=[1.0], inputs=[1e6], targets=[0.5])
    check = check_gradient(net)
    assert check.agrees is True
    assert check["w1"].finite_difference == pytest.approx(complex_step(net)["w1"], rel=1e-5)


def test_what_cannot_be_judged_is_said_to_be_so():
    """Sums of 1e12 are rounded to ten-thousandths, more than the error changes by."""
    net = Network(
        weights=[[[1e6, -1e6]], [[2.0]]], biases=[0.3, 0.1], inputs=[1e6, 1e6], targets=[0.2]
    )
    check = check_gradient(net)
    assert check["w1"].agrees is check.agrees is None
    assert f"w1: {check['w1'].reason}" in repr(check).splitlines()
    assert repr(check).splitlines()[1].endswith("  ?")
    wrong = check_gradient(net, {**backward(net), "w3": 1.0})
    assert wrong["w3"].agrees is wrong.agrees is False


def test_a_repr_shows_no_zeros_for_a_number():
    net = NET.replace(b2=40.0)
    assert " 0.000000000000" not in repr(check_gradient(net)).splitlines()[5][:24]


def test_only_a_gradient_of_the_network_is_checked():
    with pytest.raises(ValueError, match="gradient must be of this network, got one of another"):
        check_gradient(NET, backward(NET.replace(w5=0.5)))
    for wrong in (5, [0.1] * 10, "w5"):
        with pytest.raises(TypeError, match="gradient must have a number for each name, got "):
            check_gradient(NET, wrong)
    with pytest.raises(KeyError):
        check_gradient(NET, {})
