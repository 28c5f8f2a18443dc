"""A gradient as paths of factors: their products sum to it; the notes' paths for the example."""

import math
from itertools import pairwise

import numpy as np
import pytest
from oracle import assert_printed
from strategies import BLOCKS, random_network

from bpwidgets.breakdown import MOST_PATHS, breakdown, path_count
from bpwidgets.calculation import calculation
from bpwidgets.gradient import backward
from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.symbols import symbols_of

NET = worked_example()


@pytest.mark.parametrize("seeds", BLOCKS, ids=str)
def test_paths_sum_to_the_gradient(seeds):
    for seed in seeds:
        net = random_network(seed)
        gradient, calc = backward(net), calculation(net)
        for name in gradient:
            if path_count(net.symbols, name) > MOST_PATHS:
                continue
            why = breakdown(net, name, calc)
            assert len(why.paths) == path_count(net.symbols, name)
            total = math.fsum(path.value for path in why.paths)
            # 1e-14: a few roundings a path of what is far below 1
            assert abs(total - gradient[name]) <= 1e-14, (seed, name)
            assert abs(why.gradient - gradient[name]) <= 1e-14, (seed, name)


@pytest.mark.parametrize("seed", range(0, 1000, 40))
def test_the_factors_of_a_path_chain(seed):
    net = random_network(seed)
    calc = calculation(net)
    layers = len(net.weights)
    for name, (layer, _, _) in net.symbols.weight_places.items():
        for path in breakdown(net, name, calc).paths:
            pairs = [factor.symbol[1:].split("/d") for factor in path.factors]
            assert pairs[0][1] == name
            assert pairs[-1][0] == path.error
            assert all(later[1] == former[0] for former, later in pairwise(pairs))
            assert len(pairs) == 2 * (layers - layer) + 1
            assert path.value == math.prod(factor.value for factor in path.factors)
            assert all(f.value == calc[f.symbol].value for f in path.factors)


def test_every_way_is_a_path_and_none_is_twice():
    net = Network.from_values((2, 3, 2, 3), np.linspace(-1, 1, 27))
    ways = [(*path.units, path.error) for path in breakdown(net, "w1").paths]
    right = [("h1", h, f"o{k}", f"E{k}") for h in ("h4", "h5") for k in (1, 2, 3)]
    assert ways == right
    from_bias = [path.units[0] for path in breakdown(net, "b1").paths]
    assert from_bias == [h for h in ("h1", "h2", "h3") for _ in range(6)]


# --- the example: what the notes write out ---


def words(path):
    return [(factor.symbol, factor.rule) for factor in path.factors]


def test_an_output_weight_has_one_path_of_three_factors():
    why = breakdown(NET, "w5")
    assert why.symbol == "dEtot/dw5"
    assert [words(path) for path in why.paths] == [
        [
            ("do1/dw5", "outh1"),
            ("douto1/do1", "outo1(1 − outo1)"),
            ("dE1/douto1", "−(d1 − outo1)"),
        ]
    ]
    assert repr(why) == "<Breakdown w5: 0.082167041>"  # as the notes print it
    assert repr(why.paths[0]) == "<Path o1 E1: 0.082167041>"


def test_a_hidden_weight_has_two_paths_of_five_factors():
    why = breakdown(NET, "w1")
    assert [words(path) for path in why.paths] == [
        [
            ("dh1/dw1", "x1"),
            ("douth1/dh1", "outh1(1 − outh1)"),
            (f"do{k}/douth1", weight),
            (f"douto{k}/do{k}", f"outo{k}(1 − outo{k})"),
            (f"dE{k}/douto{k}", f"−(d{k} − outo{k})"),
        ]
        for k, weight in ((1, "w5"), (2, "w7"))
    ]
    printed = {factor.symbol: factor.value for path in why.paths for factor in path.factors}
    assert_printed({**printed, why.symbol: why.gradient})


def test_a_shared_bias_sums_over_its_units():
    assert [path.units for path in breakdown(NET, "b2").paths] == [("o1",), ("o2",)]
    assert len(breakdown(NET, "b1").paths) == 4
    assert breakdown(NET, "b1").paths[0].factors[0].rule == "1"


def test_the_sequential_rule_goes_through_the_updated_weights():
    why = breakdown(NET, "w1", rule="sequential")
    assert [path.factors[2].rule for path in why.paths] == ["w5_new", "w7_new"]
    assert why.gradient == pytest.approx(backward(NET, rule="sequential")["w1"], abs=1e-14)
    given = calculation(NET, rule="sequential")
    assert breakdown(NET, "w1", given) == why


# --- refusals ---


def zeros(sizes):
    symbols = symbols_of(sizes)
    return Network.unchecked(symbols, np.zeros(len(symbols.parameters)))


def test_too_many_paths_are_refused():
    net = zeros((2, 8, 8, 8, 3))
    assert len(breakdown(net, "w1").paths) == path_count(net.symbols, "w1") == 8 * 8 * 3
    with pytest.raises(ValueError, match="b1 has 1536 paths; a breakdown shows at most 512"):
        breakdown(net, "b1")


@pytest.mark.parametrize(("sizes", "paths"), [((1, 1, 16, 16, 2), 512), ((1, 1, 9, 3, 19), 513)])
def test_512_paths_are_shown_and_513_refused(sizes, paths):
    net = zeros(sizes)
    assert path_count(net.symbols, "w1") == paths
    if paths <= MOST_PATHS:
        assert len(breakdown(net, "w1").paths) == paths
    else:
        with pytest.raises(ValueError, match="512"):
            breakdown(net, "w1")


@pytest.mark.parametrize("name", ["w9", "x1", "d1", "eta", "W5", "dEtot/dw5", "", None])
def test_a_name_without_a_gradient_is_refused(name):
    with pytest.raises(KeyError, match="no weight or bias"):
        breakdown(NET, name)
