"""Saved states to test with: drawn from a seed, and texts that differ from one a little or much."""

import json
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.saving import SAVED, Saved, to_json

USUAL = Saved.of(worked_example())
OWN = {"w5": (-4.5, 4.0), "d1": (0.0, 1.5)}  # ranges that somebody has changed
TEXT = to_json(replace(USUAL, ranges={**USUAL.ranges, **OWN}))


def looked_at(net: Network, seed: int) -> Saved:
    """A network with settings drawn from a seed, some of them the usual ones."""
    rng = np.random.default_rng(seed)
    usual = Saved.of(net)
    ranges = dict(usual.ranges)
    for name in rng.permutation(net.names)[: rng.integers(0, 4)].tolist():
        ranges[name] = (max(net[name] - rng.random(), -1e6), min(net[name] + rng.random(), 1e6))
    drawn = {
        "chosen": str(rng.choice(net.symbols.trainable)),
        "axes": tuple(rng.permutation(net.names[:-1])[:2].tolist()),
        "rule": str(rng.choice(["simultaneous", "sequential"])),
        "biases": str(rng.choice(["fixed", "trained"])),
        "decimals": int(rng.integers(3, 13)),
        "colours": str(rng.choice(["linear", "log"])),
        "ranges": ranges,
    }
    return replace(usual, **{name: drawn[name] for name in SAVED if rng.random() < 0.6})


def assert_same(found: Saved, right: Saved) -> None:
    """Equal to the last bit, and −0.0 is not 0.0."""
    assert found == right
    assert found.network.flat.tobytes() == right.network.flat.tobytes()
    assert repr(found.ranges) == repr(right.ranges)


NUMBERS = st.floats() | st.integers() | st.sampled_from([10**400, 1e6, 1e7, -0.0])
STRINGS = st.text(max_size=4) | st.sampled_from(["w1", "t1", "log", "w" * 90_000, "\ud800"])
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | STRINGS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(STRINGS, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def changed_trees(draw) -> str:
    """A saved state of which one to three parts were replaced, removed or added."""
    whole = json.loads(TEXT)
    for _ in range(draw(st.integers(1, 3))):
        part, key = draw(st.sampled_from(places(whole)))
        match draw(st.sampled_from(["replace", "remove", "add", "nest"])):
            case "replace":
                part[key] = draw(VALUES)
            case "remove":
                del part[key]
            case "add" if isinstance(part, list):
                part.append(draw(VALUES))
            case "add":
                part[draw(STRINGS)] = draw(VALUES)
            case "nest":
                for _ in range(draw(st.sampled_from([1, 10, 400]))):
                    part[key] = [part[key]]
    return json.dumps(whole)


def places(tree) -> list:
    """Every (container, key) of a JSON value but those nested too deep to matter."""
    found, level = [], [tree]
    for _ in range(6):
        pairs = [
            (part, key)
            for part in level
            if isinstance(part, list | dict)
            for key in (part if isinstance(part, dict) else range(len(part)))
        ]
        found += pairs
        level = [part[key] for part, key in pairs]
    return found or [([0], 0)]


@st.composite
def changed_texts(draw) -> str:
    """A saved state in which some characters were deleted, doubled or changed."""
    text = TEXT
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(text) - 1))
        own = draw(st.sampled_from('0123456789-+.eE,:[]{}"\\ \nwxbdt') | st.characters())
        new = draw(st.sampled_from(["", text[place] * 2, own]))
        text = text[:place] + new + text[place + 1 :]
    return text
