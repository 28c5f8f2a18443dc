"""A view that breaks, or ends, and those that go on."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from frontend import move, page

import bpwidgets as bp
from bpwidgets.session import Session
from bpwidgets.widgets.breakdown import Breakdown
from bpwidgets.widgets.view import View

NET = bp.worked_example()


def test_a_closed_view_is_not_shown_a_change():
    with page():
        explorer = bp.Explorer(NET, strict=True)
        explorer.close()
        explorer.session.change(w5=0.9)


def test_a_view_that_breaks_says_so_and_the_others_go_on(monkeypatch, caplog):
    with page():
        explorer = bp.Explorer(NET)
        place = Breakdown.place

        def breaks(self, state):
            if state.network["w5"] == 0.5:
                raise ArithmeticError("<b>no</b>")
            return place(self, state)

        monkeypatch.setattr(Breakdown, "place", breaks)
        controls, breakdown, gradients, surface = explorer.views
        old = breakdown.scene
        move(controls, w5=0.5)
        assert breakdown.message == "This view could not be shown: <b>no</b>"
        assert breakdown.scene == old
        assert gradients.scene["rows"]["w5"][0] == "0.50"
        assert "w5 = 0.50" in surface.scene["text"]
        assert "could not be shown" in caplog.text
        move(controls, w5=0.6)
        assert [view.message for view in explorer.views] == [""] * 4
        assert gradients.scene["rows"]["w5"][0] == "0.60"
        assert breakdown.scene != old
        explorer.close()


def test_a_view_that_is_broken_from_the_start_leaves_the_others(monkeypatch, caplog):
    monkeypatch.setattr(Breakdown, "place", lambda self, state: 1 / 0)
    with page():
        explorer = bp.Explorer(NET)
        assert explorer.views[1].message == "This view could not be shown: division by zero"
        assert explorer.views[2].scene["total"] == "0.298371109"
        explorer.close()
    with page(), pytest.raises(ZeroDivisionError):
        bp.Explorer(NET, strict=True)


def test_a_view_shows_under_the_lock():
    """Whatever matplotlib draws, it draws for one thread at a time."""
    session = Session(NET)
    seen = []

    class Looking(View):
        script = "gradients.js"

        def place(self, state):
            other = ThreadPoolExecutor(1).submit(session.lock.acquire, True, 0.05)
            seen.append(other.result())
            return {"scene": {}}

    looking = Looking(session)
    session.change(w5=0.5)
    looking.show(session.state)
    assert seen == [False] * 3
    looking.close()
