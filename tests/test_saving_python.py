"""The code that a state is written as makes the same state again, to the last bit."""

from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from saved_states import assert_same, looked_at
from strategies import BLOCKS, networks, random_network

import bpwidgets
from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.saving import SAVED, Saved, to_python

NET = worked_example()


class FakeExplorer:
    """Keeps the state that the code makes, as an Explorer's session would."""

    def __init__(self, net: Network) -> None:
        self.session = self
        self.saved = Saved.of(net)
        self.changes: list[set[str]] = []

    def change(self, **changes) -> None:
        self.changes.append(set(changes))
        ranges = {**self.saved.ranges, **changes.pop("ranges", {})}
        self.saved = replace(self.saved, **changes, ranges=ranges)


def run(code: str) -> FakeExplorer:
    names: dict = {}
    with patch.dict(vars(bpwidgets), Explorer=FakeExplorer):
        exec(code, names)
    return names["explorer"]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"{block[0]}+")
def test_the_code_makes_the_same_state(block):
    for seed in block:
        saved = looked_at(random_network(seed), seed)
        code = to_python(saved)
        assert_same(run(code).saved, saved)
        assert max(map(len, code.splitlines())) <= 100


@given(net=networks(width=2), seed=st.integers(0, 1000))
def test_the_code_makes_the_same_state_with_any_numbers(net, seed):
    saved = looked_at(net, seed)
    explorer = run(to_python(saved))
    assert_same(explorer.saved, saved)
    usual = Saved.of(net)
    differing = {name for name in SAVED if getattr(saved, name) != getattr(usual, name)}
    assert explorer.changes == ([differing] if differing else [])


def test_the_code_is_short_for_the_notes_network():
    assert to_python(Saved.of(NET)).splitlines() == [
        "import bpwidgets as bp",
        "",
        "net = bp.worked_example()",
        "explorer = bp.Explorer(net)",
        "explorer",
    ]
    moved = Saved.of(NET.replace(w5=0.41, x1=-0.0))
    own = {**moved.ranges, "w5": (-1.0, 1.0)}
    assert to_python(replace(moved, chosen="w1", rule="sequential", ranges=own)).splitlines() == [
        "import bpwidgets as bp",
        "",
        "net = bp.worked_example().replace(x1=-0.0, w5=0.41)",
        "explorer = bp.Explorer(net)",
        'explorer.session.change(chosen="w1", rule="sequential", ranges={"w5": (-1.0, 1.0)})',
        "explorer",
    ]


def test_the_code_is_laid_out_for_reading():
    third = 1 / 3
    net = Network(
        weights=[[[third] * 6, [0.5] * 6], [[0.25, -0.75]]],
        biases=[1, 2],
        inputs=[0, 1, 0, 1, 0, 1],
        targets=[0.9],
    )
    lines = to_python(replace(Saved.of(net), axes=("x1", "w1"))).splitlines()
    assert lines[2:] == [
        "net = bp.Network(",
        "    weights=[",
        "        [",
        "            [",
        f"                {third}, {third}, {third},",
        f"                {third}, {third}, {third}",
        "            ],",
        "            [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]",
        "        ],",
        "        [[0.25, -0.75]]",
        "    ],",
        "    biases=[1.0, 2.0],",
        "    inputs=[0.0, 1.0, 0.0, 1.0, 0.0, 1.0],",
        "    targets=[0.9],",
        "    learning_rate=0.5",
        ")",
        "explorer = bp.Explorer(net)",
        'explorer.session.change(axes=("x1", "w1"))',
        "explorer",
    ]
