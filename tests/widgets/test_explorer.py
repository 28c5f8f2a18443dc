"""The Explorer as a whole: its views, what is sent to the page, what stays alive."""

import gc
import random
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import ipywidgets
import numpy as np
import pytest
from frontend import act_of, assert_shows, move, page, say, size, updates
from matplotlib.figure import Figure

import bpwidgets as bp
from bpwidgets.widgets.explorer import PLACES, VIEWS
from bpwidgets.widgets.gradients import Gradients
from bpwidgets.widgets.view import View
from bpwidgets.wording import number

NET = bp.worked_example()
MOVED = ["x1", "w1", "w4", "w5", "w6", "b2", "d1", "eta"]
INSTANCES = ipywidgets.widgets.widget._instances


def test_every_view_has_one_place():
    placed = [name for names in PLACES.values() for name in names]
    assert sorted(placed) == sorted(VIEWS)


def test_all_views_or_some(explorer):
    assert [type(explorer[name]) for name in VIEWS] == [*map(type, explorer.views)]
    with page():
        some = bp.Explorer(NET, ["surface", "controls", "surface"])
        assert some.views == (some["controls"], some["surface"])
        assert some.group != explorer.group  # of another session
        with pytest.raises(KeyError, match="no view 'breakdown'; known are controls, surface"):
            some["breakdown"]
        some.close()


@pytest.mark.parametrize(
    ("views", "kind", "words"),
    [
        (["controls", "map"], KeyError, "no view 'map'; known are toolbar, controls"),
        ([1], KeyError, "no view 1"),
        ("surface", TypeError, "views must be a list of names.* got 'surface'"),
        ([], TypeError, "views must be a list of names"),
        (3, TypeError, "views must be a list of names"),
    ],
)
def test_views_that_there_are_not(views, kind, words):
    with pytest.raises(kind, match=words):
        bp.Explorer(NET, views)


def test_an_explorer_that_fails_leaves_nothing(monkeypatch):
    """Also if some of its views were made before."""
    before = set(INSTANCES)
    with page():
        with pytest.raises(KeyError):
            bp.Explorer(NET, ["controls", "map"])
        monkeypatch.setattr(Gradients, "make_scene", lambda self, state: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bp.Explorer(NET, strict=True)
        gc.collect()
    assert set(INSTANCES) == before


def test_large_type_is_the_same_in_all_views(explorer):
    move(explorer["toolbar"], large=True)
    assert explorer.large
    assert explorer["toolbar"].scene["large"]
    with page():
        another = bp.Explorer(NET, ["gradients"], large=True)
        assert another.large
        another.close()
    with pytest.raises(TypeError, match="large must be True or False"):
        bp.Explorer(NET, large=1)


def test_a_view_is_folded_by_itself(explorer):
    before = explorer.session.state
    assert explorer.folded == ["steps", "relief"]  # until somebody wants them
    move(explorer["surface"], folded=True)
    move(explorer["relief"], folded=False)
    assert explorer.folded == ["steps", "surface"]
    assert explorer.session.state is before


def test_what_is_asked_for_by_its_name_is_open():
    with page():
        some = bp.Explorer(NET, ["steps", "relief"])
        assert some.folded == []
        some.close()


def scene_of(view: View) -> dict[str, Any]:
    """What a view shows, without the numbers by which the page only tells that something is new."""
    return {key: value for key, value in view.scene.items() if key not in ("drawing", "serial")}


def assert_shown(explorer: bp.Explorer, net: bp.Network) -> None:
    """Every view shows what a fresh Explorer of the same state would."""
    state = explorer.session.state
    assert state.network == net
    values = explorer["controls"].scene["values"]
    assert {name: each[0] for name, each in values.items()} == dict(net)
    gradient = bp.backward(net)
    assert number(gradient[state.chosen]) in explorer["breakdown"].scene["numbers"]
    table = explorer["gradients"].scene
    total = f"{bp.forward(net).total_error:.9f}"
    assert table["total"] == total
    assert table["chosen"] == state.chosen
    for name, texts in table["rows"].items():
        assert_shows(texts[1], gradient[name])
    ends = [state.ranges[name] for name in state.axes]
    point = [(net[name] - low) / (high - low) for name, (low, high) in zip(state.axes, ends)]
    surface = explorer["surface"].scene
    assert surface["point"] == pytest.approx(point, abs=1e-12)
    assert total in surface["spoken"]
    hill = bp.error_surface(net, *state.axes, x_range=ends[0], y_range=ends[1])
    low, high = number(hill.error.min()), number(hill.error.max())
    assert f"from {low} to {high}." in surface["spoken"]
    assert explorer["diagram"].scene["nodes"]["E1"][0] == number(state.calculation.values["E1"], 4)
    assert number(abs(state.slopes[state.chosen])) in explorer["slice"].scene["spoken"]
    with page():
        fresh = bp.Explorer(NET)
        fresh.session.change(**net, axes=state.axes, chosen=state.chosen, ranges=state.ranges)
        for name in set(VIEWS) - {"toolbar"}:  # which also knows what can be undone
            assert explorer[name].frame == fresh[name].frame, name
            assert scene_of(explorer[name]) == scene_of(fresh[name]), name
        assert explorer["surface"].map == fresh["surface"].map
        assert explorer["slice"].curve == fresh["slice"].curve
        fresh.close()


def test_a_thousand_messages_from_two_threads(explorer, busy_threads):
    rng = random.Random(1)
    controls = explorer["controls"]
    halves = MOVED[::2], MOVED[1::2]  # a control's messages keep their order; the rest is random
    moves = [
        [(name, NET[name] + rng.randint(-20, 20) / 100) for name in rng.choices(half, k=500)]
        for half in halves
    ]

    def send(thread: int) -> None:
        for count, (name, value) in enumerate(moves[thread]):
            say(
                controls,
                {"page": str(thread), "acts": [act_of(controls, count + 1, {name: value})]},
            )
            if count % 100 == 0:
                move(explorer["gradients"], chosen=rng.choice(["w1", "w8", "b1"]))
                move(explorer["surface"], axes=["w5", "w6"] if count % 200 else ["b2", "x1"])

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(send, range(2)))
    last = {name: value for half in moves for name, value in half}
    assert set(last) == set(MOVED)
    assert_shown(explorer, NET.replace(**last))
    assert controls.scene["refused"] == {}
    assert not any(view.message for view in explorer.views)
    heard = [state["heard"] for state in updates(controls) if "heard" in state]
    for thread in "01":  # every message was answered, in order
        assert [count for who, count, _ in heard if who == thread] == list(range(1, 501))


# What a change of one number may send; a view that is not named may send anything, once.
SENT = {
    "toolbar": {"scene"},
    "controls": {"scene"},
    "diagram": {"scene"},
    "breakdown": {"scene"},
    "gradients": {"scene"},
    "surface": {"scene", "map"},  # and the path only after training
    "slice": {"scene", "curve"},
    "relief": {"scene"},
    "training": {"scene", "curve"},
}


@pytest.mark.parametrize("name", ["w5", "w6", "w1", "x1", "b2", "d1"])
def test_one_change_sends_each_view_once_and_only_what_it_moves(explorer, name):
    state = explorer.session.state
    move(explorer["controls"], **{name: 0.77})
    sent = {name: updates(explorer[name]) for name in VIEWS}
    assert max(map(len, sent.values())) == 1
    for view in ("controls", "diagram", "breakdown", "gradients", "surface", "slice"):
        assert "scene" in sent[view][0]
    for view, allowed in SENT.items():
        assert set().union(*sent[view]) <= allowed | {"heard"}, view
    assert ("map" in sent["surface"][0]) == (name not in state.axes)
    assert ("curve" in sent["slice"][0]) == (name != state.chosen)
    known = scene_of(explorer["toolbar"])
    serial = explorer["toolbar"].scene["serial"]
    move(explorer["controls"], **{name: 0.78})
    assert scene_of(explorer["toolbar"]) == known  # that something can be undone is known
    assert explorer["toolbar"].scene["serial"] != serial  # what was copied is old


LOOKS = {  # who shows it, and how; the toolbar tells that what is kept in a file is another
    "chosen": ("w1", {"breakdown", "gradients", "diagram", "slice", "toolbar"}),
    "axes": (("w1", "w2"), {"surface", "relief", "toolbar"}),
    "colours": ("log", {"surface", "toolbar"}),
    "curve": ("log", {"training"}),
}


@pytest.mark.parametrize("setting", LOOKS)
def test_what_is_looked_at_is_sent_to_those_that_show_it(explorer, setting):
    value, wanted = LOOKS[setting]
    explorer.session.change(**{setting: value})
    sent = {name: len(updates(explorer[name])) for name in VIEWS}
    assert {name for name, count in sent.items() if count} == wanted
    assert max(sent.values()) == 1


def test_the_other_axis_exchanges_the_two(explorer):
    move(explorer["surface"], axes=["w6", "w5"])
    assert explorer.session.state.axes == ("w6", "w5")
    (sent,) = updates(explorer["surface"])
    assert set(sent) == {"frame", "scene", "map", "heard"}


@pytest.mark.parametrize("name", ["w5", "w1"])
def test_a_change_is_small(explorer, name):
    """On an axis, and beside it, where the whole map is sent again."""
    explorer.session.change(chosen="w1")  # two paths: the larger breakdown
    for value in (-3.9, -1.0, 0.37, 3.3):
        size(explorer)
        explorer.session.change(**{name: value})
        assert 0 < size(explorer) <= 20_000


def test_a_step_of_training_is_small_too(explorer):
    explorer.session.train(400)
    size(explorer)
    explorer.session.train(1)
    assert 0 < size(explorer) <= 20_000


def test_nothing_stays_alive(monkeypatch):
    figures = weakref.WeakSet()
    init = Figure.__init__

    def counted(self, *args, **options):
        init(self, *args, **options)
        figures.add(self)

    monkeypatch.setattr(Figure, "__init__", counted)
    before, threads = set(INSTANCES), threading.active_count()
    left = []
    for _ in range(50):
        explorer = bp.Explorer(NET, strict=True)
        explorer.session.change(w5=0.3)
        own = [explorer, explorer.session, explorer.session.state, *explorer.views]
        own += [type(explorer), explorer.layout]  # anywidget makes a class for each
        left += map(weakref.ref, own)
        explorer.close()
        assert not explorer.session._subscribers
        explorer.close()  # closing twice is allowed
    explorer = bp.Explorer(NET, strict=True)
    explorer["surface"].figure()
    explorer.close()
    del explorer, own
    gc.collect()
    assert set(INSTANCES) == before
    assert len(figures) == 0
    assert threading.active_count() == threads
    assert [each() for each in left if each() is not None] == []


def test_the_numbers_sent_are_plain():
    """No array and no scalar of numpy's, which would not reach the page."""

    def numpys(thing):
        if isinstance(thing, np.generic | np.ndarray):
            yield thing
        elif isinstance(thing, dict):
            for value in thing.values():
                yield from numpys(value)
        elif isinstance(thing, list | tuple):
            for value in thing:
                yield from numpys(value)

    with page():
        explorer = bp.Explorer(NET, strict=True)
        explorer.session.train(3)
        traits = explorer.traits(sync=True)
        assert not list(numpys({name: getattr(explorer, name) for name in traits}))
        explorer.close()


def test_a_second_explorer_of_a_session_shows_the_same(explorer):
    second = bp.Explorer(explorer.session, ["surface"])
    assert second.session is explorer.session
    move(second["surface"], w5=0.9)
    assert explorer["controls"].scene["values"]["w5"][0] == 0.9
    second.close()
    explorer.session.change(w5=0.8)
    assert explorer["surface"].scene["values"][0] == 0.8
