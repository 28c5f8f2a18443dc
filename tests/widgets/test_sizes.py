"""Networks of other sizes than the notes'."""

from itertools import pairwise

import numpy as np
import pytest
from frontend import assert_shows, filled, move, page, updates
from oracle import complex_step

import bpwidgets as bp


def wide(*sizes: int) -> bp.Network:
    rng = np.random.default_rng(1)
    return bp.Network(
        weights=[rng.uniform(-1, 1, (after, before)) for before, after in pairwise(sizes)],
        biases=rng.uniform(-1, 1, len(sizes) - 1),
        inputs=rng.uniform(-1, 1, sizes[0]),
        targets=rng.uniform(0, 1, sizes[-1]),
    )


SIZES = {  # sizes: what the breakdown of w1 says, and how many paths it writes out
    (1, 1): ("", 1),
    (3, 2): ("", 1),
    (2, 2, 2): ("Sum of the 2 paths", 2),
    (1, 2, 4, 2): ("Sum of the 8 paths", 8),
    (1, 2, 3, 3): ("Sum of the 9 paths (the last 1 together)", 8),
    (2, 2, 2, 2, 2): ("Sum of the 8 paths", 8),
    (2, 2, 16, 16, 2): ("Sum of the 512 paths (the last 504 together)", 8),
    (2, 2, 16, 16, 3): ("Sum of 768 paths, too many to list", 0),
    (16, 16, 16, 16, 16): ("Sum of 4096 paths, too many to list", 0),
}


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_networks_of_other_sizes(sizes):
    words, count = SIZES[sizes]
    net = wide(*sizes)
    with page():
        explorer = bp.Explorer(net, strict=True)
        controls, breakdown = explorer["controls"], explorer["breakdown"]
        move(explorer["gradients"], chosen="w1")
        move(controls, w1=0.77, eta=0.1)
        net = net.replace(w1=0.77, eta=0.1)
        right = complex_step(net)
        assert len(breakdown.frame["paths"]) == count
        lines = breakdown.frame["lines"]
        assert (lines[0]["words"] if words else "") == words
        if words:
            gradient = filled(lines[0]["tree"], breakdown.scene["numbers"]).split("=")[-1]
            assert_shows(gradient, right["w1"])
        assert len(explorer["gradients"].frame["rows"]) == len(right)
        assert set(explorer["diagram"].scene["edges"]) == set(net.symbols.weight_places)
        layers = [
            group["title"] for group in controls.frame["groups"] if "Weights" in group["title"]
        ]
        assert len(layers) == len(set(layers)) == len(sizes) - 1
        assert [title for title in layers if "output" in title] == layers[-1:]
        move(explorer["gradients"], chosen="b1")
        assert breakdown.frame["name"] == "b1"
        assert not any(view.message for view in explorer.views)
        explorer.close()


def test_a_network_of_another_size_takes_the_place(explorer):
    """The views set themselves up again, in one message each, and back again."""
    small = wide(1, 1)
    before = [view.frame for view in explorer.views]
    explorer.session.change(network=small)
    assert [len(updates(view)) for view in explorer.views] == [1] * len(explorer.views)
    assert [row["name"] for row in explorer["gradients"].frame["rows"]] == ["w1", "b1"]
    assert set(explorer["controls"].scene["values"]) == set(small.names)
    assert [axis["name"] for axis in explorer["surface"].frame["axes"]] == ["w1", "b1"]
    assert_shows(explorer["gradients"].scene["rows"]["w1"][1], complex_step(small)["w1"])
    explorer.session.undo()
    assert [view.frame for view in explorer.views] == before
