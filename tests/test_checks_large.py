"""A bad value of many megabytes is refused as quickly, and in as short a sentence, as any other."""

import time

import numpy as np
import pytest

import bpwidgets as bp
from bpwidgets import checks
from bpwidgets.notes import erratum
from bpwidgets.presets import preset
from bpwidgets.saving import Saved
from bpwidgets.session import Session
from bpwidgets.settings import SETTINGS
from bpwidgets.tasks import practice_network, tasks

NET = bp.worked_example()
LONGEST = 320  # characters of a sentence, with the names that it lists
SOON = 1.0  # seconds; comparing a name of 20 MB with others took 7 to 25


class Rude:
    def __repr__(self) -> str:
        raise RuntimeError


circle: list = []
circle.append(circle)
LARGE = {
    "name": "w" * 20_000_000,
    "bytes": b"w" * 20_000_000,
    "number": 10**5000,
    "negative number": -(10**100_000),
    "list": ["w" * 20_000_000] * 3,
    "numbers": list(range(2_000_000)),
    "deep list": [[[["w" * 1000] * 1000] * 1000] * 1000],
    "dictionary": {str(number): number for number in range(300_000)},
    "set": set(range(300_000)),
    "circle": circle,
    "rude": Rude(),
    "array": np.zeros((1000, 1000)),
}
NAMED = {  # everything that takes a name
    "net": lambda name: NET[name],
    "forward": lambda name: bp.forward(NET)[name],
    "backward": lambda name: bp.backward(NET)[name],
    "check_gradient": lambda name: bp.check_gradient(NET)[name],
    "calculation": lambda name: bp.calculation(NET)[name],
    "carried": lambda name: bp.carried(NET)[name],
    "train": lambda name: bp.train(NET, 1)[name],
    "breakdown": lambda name: bp.breakdown(NET, name),
    "error_surface": lambda name: bp.error_surface(NET, "w5", name),
    "mark": lambda name: bp.mark(NET, name, "1"),
    "cases": lambda name: bp.cases(NET, name),
    "erratum": erratum,
    "preset": preset,
    "tasks": lambda name: tasks(NET, [name]),
    "reset": Session(NET).reset,
    "range": lambda name: Session(NET).change(ranges={name: (0, 1)}),
}
VALUED = {  # everything that takes another value
    **{
        f"change {name}": lambda value, name=name: Session(NET).change(**{name: value})
        for name in ("w5", "network", "walk", "step", *SETTINGS)
    },
    **{
        f"Saved {name}": lambda value, name=name: Saved(**{**vars(Saved.of(NET)), name: value})
        for name in ("network", "chosen", "axes", "rule", "decimals", "ranges")
    },
    "ends of a range": lambda value: Session(NET).change(ranges={"w5": value}),
    "train": lambda value: Session(NET).train(value),
    "rule": lambda value: bp.update(NET, rule=value),
    "weights": lambda value: bp.Network(weights=value, biases=[0], inputs=[0], targets=[0]),
    "Session": Session,
    "surface": lambda value: bp.error_surface(NET, "w5", y_range=value),
    "points": lambda value: bp.error_surface(NET, "w5", points=value),
    "seed": practice_network,
    "decimals": lambda value: bp.carried(NET, value),
}


def refusal(call, value) -> str:
    start = time.perf_counter()
    with pytest.raises((KeyError, TypeError, ValueError)) as refused:
        call(value)
    words = str(refused.value)
    assert time.perf_counter() - start < SOON
    assert len(words) < LONGEST
    assert "\n" not in words
    assert "Exceeds the limit" not in words  # Python's own words, of a number that is too long
    return words


@pytest.mark.parametrize("large", ["name", "bytes", "number", "negative number", "rude"])
@pytest.mark.parametrize("call", NAMED)
def test_a_name(call, large):
    assert refusal(NAMED[call], LARGE[large]).startswith("no ")


@pytest.mark.parametrize("large", LARGE)
@pytest.mark.parametrize("call", VALUED)
def test_a_value(call, large):
    refusal(VALUED[call], LARGE[large])


@pytest.mark.parametrize(
    "value",
    ["0.5", "w" * 38, [0.5], ("w5",), {"w5"}, 10**30, None, True, 0.1, b"1", [["w5", 1], {}], ()],
    ids=repr,
)
def test_what_is_short_is_shown_as_it_is(value):
    assert checks.brief(value) == repr(value)


def test_what_is_long_is_shown_in_part():
    assert checks.brief("a" * 10**6 + "b") == f"'{'a' * 17}...{'a' * 17}b'"
    assert checks.brief(list(range(1000))) == "[0, 1, 2, 3, 4, 5, ...]"
    assert checks.brief(10**5000) == "a whole number of 16,610 bits"
    assert checks.brief([np.float64(0.5)]) == "[0.5]"
    assert checks.brief(np.eye(2)) == "array([[1., 0.], [0., 1.]])"
    assert checks.brief(Rude()) == "<Rude>"


@pytest.mark.parametrize("kind", [dict, set])
def test_no_more_is_looked_at_than_is_shown(kind):
    class Counted(kind):
        def __iter__(self):
            for item in super().__iter__():
                looked.append(item)
                yield item

        def items(self):
            return ((key, key) for key in self)

    Counted.__name__ = kind.__name__
    looked: list[int] = []
    large = Counted(zip(range(9000), range(9000)) if kind is dict else range(9000))
    looked.clear()
    assert checks.brief(large).endswith(", ...}")
    assert 0 < len(looked) < 20
