"""The Explorer as a whole: messages from the page, what is sent to it, what stays alive."""

import gc
import random
import threading
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import Mock

import ipywidgets
import pytest
from frontend import move, page, say, size, updates
from matplotlib.figure import Figure

import bpwidgets as bp
from bpwidgets.widgets import surface as surface_module
from bpwidgets.wording import number

NET = bp.worked_example()
MOVED = ["x1", "w1", "w4", "w5", "w6", "b2", "d1", "eta"]
INSTANCES = ipywidgets.widgets.widget._instances


@pytest.fixture
def explorer() -> Iterator[bp.Explorer]:
    with page():
        made = bp.Explorer(NET, strict=True)
        for view in made.views:
            updates(view)
        yield made
        made.close()


def assert_shown(explorer: bp.Explorer, net: bp.Network) -> None:
    """Every view shows what a fresh Explorer of the same state would."""
    state = explorer.session.state
    assert state.network == net
    controls, breakdown, gradients, surface = explorer.views
    assert {name: each[0] for name, each in controls.scene["values"].items()} == dict(net)
    slope = bp.backward(net)[state.chosen]
    assert f"{slope:.9f}".replace("-", "−") in breakdown.scene["numbers"]
    total = f"{bp.forward(net).total_error:.9f}"
    assert gradients.scene["total"] == total
    assert gradients.scene["chosen"] == state.chosen
    for name, texts in gradients.scene["rows"].items():
        assert float(texts[1].replace("−", "-")) == pytest.approx(bp.backward(net)[name], abs=1e-9)
    ends = [state.ranges[name] for name in state.axes]
    point = [(net[name] - low) / (high - low) for name, (low, high) in zip(state.axes, ends)]
    assert surface.scene["point"] == pytest.approx(point, abs=1e-12)
    assert total in surface.scene["text"]
    hill = bp.error_surface(net, *state.axes, x_range=ends[0], y_range=ends[1])
    low, high = number(hill.error.min()), number(hill.error.max())
    assert f"from {low} to {high}." in surface.scene["text"]


def test_a_thousand_messages_from_two_threads(explorer, busy_threads):
    rng = random.Random(1)
    controls, _, gradients, surface = explorer.views
    halves = MOVED[::2], MOVED[1::2]  # a control's messages keep their order; the rest is random
    moves = [
        [(name, NET[name] + rng.randint(-20, 20) / 100) for name in rng.choices(half, k=500)]
        for half in halves
    ]

    def send(thread: int) -> None:
        for count, (name, value) in enumerate(moves[thread]):
            say(controls, {"change": {name: value}, "heard": [str(thread), count + 1]})
            if count % 100 == 0:
                move(gradients, chosen=rng.choice(["w1", "w8", "b1"]))
                move(surface, axes=["w5", "w6"] if count % 200 else ["b2", "x1"])

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(send, range(2)))
    last = {name: value for half in moves for name, value in half}
    assert set(last) == set(MOVED)
    assert_shown(explorer, NET.replace(**last))
    assert controls.scene["refused"] == {}
    heard = [state["scene"]["heard"] for state in updates(controls) if "scene" in state]
    assert {("0", 500), ("1", 500)} <= set(map(tuple, filter(None, heard)))
    for thread in "01":  # every message was answered, in order
        counts = [number for who, number in filter(None, heard) if who == thread]
        assert sorted(set(counts)) == list(range(1, 501))
        assert counts == sorted(counts)


MOST_SENT = {"Controls": {"scene"}, "Breakdown": {"scene"}, "Gradients": {"scene"}}


@pytest.mark.parametrize("name", ["w5", "w6", "w1", "x1", "b2", "d1"])
def test_one_change_is_one_message_a_view(explorer, name):
    on_axis = name in explorer.session.state.axes
    move(explorer.views[0], **{name: 0.77})
    for view in explorer.views:
        sizes = updates(view)
        assert len(sizes) == 1
        kind = type(view).__name__.split(".")[-1]
        allowed = MOST_SENT.get(kind, {"scene"} if on_axis else {"scene", "map"})
        assert set(sizes[0]) <= allowed
        assert "scene" in sizes[0]


def test_moving_along_an_axis_sends_the_map_again_only_when_something_else_moved(
    explorer, monkeypatch
):
    surface = explorer.views[-1]
    computed = Mock(side_effect=bp.error_surface)
    monkeypatch.setattr(surface_module, "error_surface", computed)

    def sent(**changes: object) -> set[str]:
        explorer.session.change(**changes)
        return set().union(*updates(surface))

    assert sent(w5=0.41) == sent(w6=-3.0) == sent(w5=1.0, w6=1.0, chosen="w5") == {"scene"}
    assert computed.call_count == 0
    assert "map" in sent(w1=0.5)
    assert sent(w5=17.0) == {"map", "frame", "scene"}  # the axis itself grew
    assert sent(w5=16.9) == sent(eta=0.4) == {"scene"}
    assert sent(chosen="w1") == set()
    assert {"map", "frame", "scene"} == sent(axes=("w1", "w6"))
    assert sent(w1=0.51) == {"scene"}
    assert "map" in sent(w5=0.2)


def test_what_is_looked_at_is_sent_to_those_that_show_it(explorer):
    controls, breakdown, gradients, surface = explorer.views
    move(gradients, chosen="w1")
    assert [set(*updates(view)) for view in (breakdown, gradients)] == [
        {"frame", "scene"},
        {"scene"},
    ]
    assert not updates(controls) and not updates(surface)
    move(surface, axes=["w1", "w2"])
    assert len(updates(surface)) == 1
    assert not any(updates(view) for view in (controls, breakdown, gradients))
    move(surface, axes=["w2", "w2"])  # choosing the other axis' name exchanges the two
    assert explorer.session.state.axes == ("w2", "w1")


@pytest.mark.parametrize(("name", "most"), [("w5", 20_000), ("w1", 20_000)])
def test_a_change_is_small(explorer, name, most):
    """On an axis, and beside it, where the whole map is sent again."""
    explorer.session.change(chosen="w1")  # two paths: the larger breakdown
    for value in (-3.9, -1.0, 0.37, 3.3):
        for view in explorer.views:
            updates(view)
        explorer.session.change(**{name: value})
        assert 0 < sum(map(size, explorer.views)) <= most


def test_nothing_stays_alive(monkeypatch):
    figures = weakref.WeakSet()
    init = Figure.__init__

    def counted(self, *args, **options):
        init(self, *args, **options)
        figures.add(self)

    monkeypatch.setattr(Figure, "__init__", counted)
    before, threads = set(INSTANCES), threading.active_count()
    left = []
    for _ in range(100):
        explorer = bp.Explorer(NET, strict=True)
        explorer.session.change(w5=0.3)
        own = [explorer, explorer.session, explorer.session.state, *explorer.views]
        own += [type(view) for view in explorer.views]  # anywidget makes a class for each
        own += [view.layout for view in explorer.views]
        left += map(weakref.ref, own)
        explorer.close()
        assert not explorer.session._subscribers
        explorer.close()  # closing twice is allowed
    del explorer, own
    gc.collect()
    assert set(INSTANCES) == before
    assert len(figures) == 0
    assert threading.active_count() == threads
    assert [each() for each in left if each() is not None] == []
