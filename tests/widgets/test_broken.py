"""A view that breaks, or ends, and those that go on."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest
from frontend import alone, heard, move, page

import bpwidgets as bp
from bpwidgets.session import Session
from bpwidgets.widgets.breakdown import Breakdown
from bpwidgets.widgets.explorer import VIEWS
from bpwidgets.widgets.view import View

NET = bp.worked_example()


def test_a_closed_view_is_not_shown_a_change():
    with page():
        explorer = bp.Explorer(NET, strict=True)
        explorer.close()
        explorer.session.change(w5=0.9)


@pytest.mark.parametrize("name", VIEWS)
def test_a_closed_view_says_so(name):
    with page():
        session = Session(NET, strict=True)
        view, other = VIEWS[name](session), alone(VIEWS[name](session))
        host = alone(view)
        kind, handle = type(view).__name__, host.comm.handle_msg
        host.close()
        assert repr(view) == repr(host) == f"<{kind}, closed>"
        with pytest.raises(RuntimeError, match=f"this {kind} is closed; make a new one"):
            host.show(session.state)
        acts = [[1, host.own_name, name, {"chosen": "w1", "w5": 0.9}, 1]]
        late = {"method": "custom", "content": {"page": "a", "acts": acts}}
        handle({"content": {"data": late}, "buffers": []})  # what was still under way
        assert (session.state.network, session.state.chosen) == (NET, "w5")
        session.change(w5=0.5)  # the other one goes on
        assert repr(other).startswith(f"<{kind} ")
        other.close()
        host.close()  # closing twice is allowed


def test_an_explorer_that_is_closed_says_so():
    with page():
        explorer = bp.Explorer(NET, ["controls", "surface"], strict=True)
        explorer.close()
        assert repr(explorer) == "<Explorer, closed>"
        assert repr(explorer["surface"]) == "<Surface, closed>"
        with pytest.raises(RuntimeError, match="this Explorer is closed; make a new one"):
            explorer.show(explorer.session.state)


def test_a_view_that_breaks_says_so_and_the_others_go_on(monkeypatch, caplog):
    with page():
        explorer = bp.Explorer(NET)
        make_scene = Breakdown.make_scene

        def breaks(self, state):
            if state.network["w5"] == 0.5:
                raise ArithmeticError("<b>no</b>")
            return make_scene(self, state)

        monkeypatch.setattr(Breakdown, "make_scene", breaks)
        # A view takes up its methods when it is made.
        broken = explorer["breakdown"]
        broken._scene._make = broken.make_scene
        old = broken.scene
        move(explorer["controls"], w5=0.5)
        assert broken.message == "This view could not be shown: <b>no</b>"
        assert broken.scene == old
        assert [view for view in explorer.views if view.message] == [broken]
        assert explorer["gradients"].scene["rows"]["w5"][0] == "0.50"
        assert "w5 = 0.50" in explorer["surface"].scene["spoken"]
        assert "could not be shown" in caplog.text
        move(explorer["controls"], w5=0.6)
        assert not any(view.message for view in explorer.views)
        assert explorer["gradients"].scene["rows"]["w5"][0] == "0.60"
        assert broken.scene != old
        explorer.close()


def test_a_view_that_is_broken_from_the_start_leaves_the_others(monkeypatch, caplog):
    monkeypatch.setattr(Breakdown, "make_scene", lambda self, state: 1 / 0)
    with page():
        explorer = bp.Explorer(NET)
        message = explorer["breakdown"].message
        assert message == "This view could not be shown: division by zero"
        assert explorer["breakdown"].frame == {}  # placed whole or not at all
        assert explorer["gradients"].scene["total"] == "0.298371109"
        explorer.close()


class Looking(View):
    """A view of nothing, to be watched."""

    script = "gradients"

    def frame_needs(self, state):
        return ()

    def make_frame(self, state):
        return {}

    def make_scene(self, state):
        return {}

    def summary(self, state):
        return "on"


def test_a_view_shows_under_the_lock():
    """Whatever matplotlib draws, it draws for one thread at a time."""
    session = Session(NET)
    seen = []

    class Locked(Looking):
        def scene_needs(self, state):
            other = ThreadPoolExecutor(1).submit(session.lock.acquire, True, 0.05)
            seen.append(other.result())
            return ()

    def looks():
        looked, seen[:] = list(seen), []
        return looked

    with page():
        looking = alone(Locked(session))
        assert set(looks()) == {False}
        session.change(w5=0.5)
        assert looks() == [False]
        looking.show(session.state)
        assert looks() == [False]
        move(looking, chosen="w1")
        assert set(looks()) == {False}
        looking.close()


def test_what_is_needed_and_stays_is_made_once():
    session = Session(NET, strict=True)
    made = []

    class Sparing(Looking):
        def frame_needs(self, state):
            return state.chosen

        def make_frame(self, state):
            made.append("frame")
            return {}

        def scene_needs(self, state):
            return state.network["w5"]

        def make_scene(self, state):
            made.append("scene")
            return {}

    host = alone(Sparing(session))
    session.change(w1=0.9)
    assert made == ["frame", "scene"]
    session.change(w5=0.9)
    assert made == ["frame", "scene", "scene"]
    session.change(chosen="w1")  # a new frame has new places to fill
    assert made == ["frame", "scene", "scene", "frame", "scene"]
    host.close()


def test_a_scene_that_failed_is_made_again():
    session = Session(NET)
    failing = [True]

    class Failing(Looking):
        def make_scene(self, state):
            if failing:
                raise ArithmeticError
            return {"made": True}

        def scene_needs(self, state):
            return ()

    view = Failing(session)
    host = alone(view)
    assert view.message
    failing.clear()
    session.change(w5=0.9)
    assert (view.message, view.scene) == ("", {"made": True})
    host.close()


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_in_a_cell_of_its_own(name):
    """Of a network it makes the session itself; its module is the page's functions and its own."""
    with page():
        view = VIEWS[name](NET)
        host, kind = alone(view), type(view).__name__
        assert re.fullmatch(rf"<{kind} .+>", repr(view))
        assert repr(host) == repr(view)
        assert host._esm.count("export default") == 1
        assert host.places == [["only", [[name, name]]]]
        assert f"export default pageOf({{ {name} }});" in host._esm
        change = {"w1": 0.9} if name == "controls" else {"chosen": "w1"}
        answered = move(view, **change)
        assert (heard(view), view.message) == (answered, "")
        assert view.session.state.network["w1"] == 0.9 or view.session.state.chosen == "w1"
        host.close()
    with pytest.raises(TypeError, match="net must be a Network, got 'w5'"):
        VIEWS[name]("w5")


def test_a_view_that_is_closed_while_another_thread_moves():
    """Nothing is shown to it any more, and nobody hears of it."""
    failures = []
    for _ in range(20):
        with page():
            explorer = bp.Explorer(NET, ["gradients"], strict=True)

            def moving(session=explorer.session):
                try:
                    for value in range(60):
                        session.change(w5=value / 100)
                except Exception as failure:
                    failures.append(failure)

            mover = Thread(target=moving)
            mover.start()
            explorer.close()
            mover.join()
    assert failures == []
