"""Networks to test with: seeded random ones, and hypothesis strategies named by what they give."""

from functools import cache
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from bpwidgets.network import Network

SEEDS = range(1000)
BLOCKS = [SEEDS[start : start + 100] for start in SEEDS[::100]]  # so that a failure names few


@cache
def random_network(seed: int) -> Network:
    """2 to 4 layers of weights, widths 1 to 6, weights within ±3, targets between 0 and 1."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 7, size=rng.integers(3, 6)).tolist()
    return Network(
        weights=[rng.uniform(-3, 3, (after, before)) for before, after in pairwise(sizes)],
        biases=rng.uniform(-1, 1, len(sizes) - 1),
        inputs=rng.uniform(-1, 1, sizes[0]),
        targets=rng.uniform(0.01, 0.99, sizes[-1]),
        learning_rate=float(rng.uniform(0.05, 1.0)),
    )


def numbers_within(limit: float) -> st.SearchStrategy[float]:
    return st.floats(-limit, limit, allow_nan=False)


def layer_sizes(layers: int = 4, width: int = 5) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(1, width), min_size=2, max_size=layers + 1)


@st.composite
def networks(draw, limit: float = 1e6, layers: int = 4, width: int = 5) -> Network:
    """Any valid network with its numbers within ±limit."""
    sizes = draw(layer_sizes(layers, width))

    def row(size: int) -> list[float]:
        return draw(st.lists(numbers_within(limit), min_size=size, max_size=size))

    return Network(
        weights=[[row(before) for _ in range(after)] for before, after in pairwise(sizes)],
        biases=row(len(sizes) - 1),
        inputs=row(sizes[0]),
        targets=row(sizes[-1]),
        learning_rate=draw(numbers_within(limit)),
    )


@st.composite
def networks_and_names(draw, limit: float = 1e6) -> tuple[Network, str]:
    """A network and one of its settable names."""
    net = draw(networks(limit))
    return net, draw(st.sampled_from(net.names))
