"""What the tests of the views share: Explorers whose page keeps what they send."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pytest
from frontend import page, updates
from oracle import complex_step
from strategies import random_network

import bpwidgets as bp
from bpwidgets.state import State

NET = bp.worked_example()
DECIMALS = (9, 9, 5, 12, 3)


class Shown(NamedTuple):
    """An Explorer, and what it must show: by the oracle, not by the core."""

    explorer: bp.Explorer
    net: bp.Network
    chosen: str
    slopes: dict[str, float]
    after: bp.Network

    @property
    def state(self) -> State:
        return self.explorer.session.state


@pytest.fixture
def explorer() -> Iterator[bp.Explorer]:
    """The notes' network, all views; what they sent so far is forgotten."""
    with page():
        made = bp.Explorer(NET, strict=True)
        for view in made.views:
            updates(view)
        yield made
        made.close()


def states() -> list[tuple[bp.Network, str, int]]:
    """Twenty random networks, ten of the notes' size, each with a parameter to explain."""
    rng = np.random.default_rng(7)
    found = []
    for seed in range(20):
        net = random_network(seed)
        if seed % 2:
            values = dict(zip(NET.names, rng.uniform(-3, 3, len(NET.names))))
            net = NET.replace(**values)
        chosen = str(rng.choice(net.symbols.trainable))
        found.append((net, chosen, DECIMALS[seed % len(DECIMALS)]))
    return found


@pytest.fixture(params=states(), ids=lambda state: f"{state[0].sizes}-{state[1]}-{state[2]}")
def shown(request) -> Iterator[Shown]:
    """An Explorer of a random state, reached by one change."""
    net, chosen, decimals = request.param
    start = net.replace(**dict.fromkeys(net.names, 0.1))
    slopes = complex_step(net)
    weights = {name: net[name] - net["eta"] * slopes[name] for name in slopes if name[0] == "w"}
    with page():
        explorer = bp.Explorer(start, strict=True)
        explorer.session.change(**net, chosen=chosen, decimals=decimals)
        yield Shown(explorer, net, chosen, slopes, net.replace(**weights))
        explorer.close()
