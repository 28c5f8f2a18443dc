"""One widget for all views: a change leads to one message, and each part of one is applied once."""

from unittest.mock import Mock

import ipywidgets
import pytest
from frontend import act_of, files, heard, move, page, say, size, updates

import bpwidgets as bp
from bpwidgets.session import Session
from bpwidgets.widgets.explorer import VIEWS
from bpwidgets.widgets.host import MOST_PAGES
from bpwidgets.widgets.surface import Surface

NET = bp.worked_example()
INSTANCES = ipywidgets.widgets.widget._instances


def messages(explorer: bp.Explorer) -> int:
    """How many messages the page was sent since this was last asked."""
    line = explorer.comm
    before, line.read["count"] = line.read.get("count", 0), len(line.sent)
    return len(line.sent) - before


@pytest.mark.parametrize("change", [{"w5": 0.6}, {"w1": 0.6}, {"eta": 0.1}, {"w5": "much"}])
def test_one_message_for_one_change(explorer, change):
    messages(explorer)
    move(explorer["controls"], **change)
    assert messages(explorer) == 1
    assert updates(explorer["controls"])
    assert "scene" in updates(explorer["breakdown"])[-1] or change == {"w5": "much"}


def test_a_change_by_code_is_one_message_too(explorer):
    messages(explorer)
    explorer.session.change(w1=0.6)
    assert messages(explorer) == 1


def test_an_explorer_opens_with_one_message_and_two_models():
    """Its own and its layout's; the scripts and the style that all views share are in it once."""
    before = set(INSTANCES)
    with page():
        made = bp.Explorer(NET)
        ((opened, _),) = made.comm.sent
        assert opened["state"]["surface_scene"] == made["surface"].scene
        assert size(made) <= 150_000
        assert set(INSTANCES) - before == {made.model_id, made.layout.model_id}
        made.close()
    assert set(INSTANCES) == before


def test_a_file_goes_by_itself(explorer):
    messages(explorer)
    move(explorer["toolbar"], save=True)
    assert messages(explorer) == 2
    ((sent, _),) = files(explorer["toolbar"])
    assert sent["file"] == "bpwidgets.json"


def test_it_is_sent_also_after_a_failure(explorer, monkeypatch):
    """A view that fails holds up no other, and the page hears that it was answered."""
    monkeypatch.setattr(explorer["slice"], "_curve", lambda *needs: 1 / 0)
    messages(explorer)
    explorer.session.strict = False
    answered = move(explorer["surface"], w1=0.7)
    assert messages(explorer) == 1
    assert "division" in updates(explorer["slice"])[0]["message"]
    assert "scene" in updates(explorer["gradients"])[0]
    assert heard(explorer["surface"]) == answered


def test_it_is_sent_also_after_a_handler_failed():
    """What was done before, and what it changed itself; what comes after it is taken the next time."""
    with pytest.raises(AssertionError, match="no disk"), page():
        explorer = bp.Explorer(NET, strict=True)

        def fails(change, gesture, send):
            explorer.session.change(w5=0.7)
            raise OSError("no disk")

        explorer["gradients"].take = fails
        before, first, last = (
            act_of(explorer["controls"], 1, {"w6": 0.6}),
            act_of(explorer["gradients"], 2, {"chosen": "w1"}),
            act_of(explorer["controls"], 3, {"w1": 0.9}),
        )
        for view in (explorer["surface"], explorer["breakdown"]):
            updates(view)
        messages(explorer)
        say(explorer["controls"], {"page": "a", "acts": [before, first, last]})
        count, network = messages(explorer), explorer.session.state.network
        sent = updates(explorer["surface"]), updates(explorer["breakdown"])
        shown = explorer["surface"].scene["values"]
        say(explorer["controls"], {"page": "a", "acts": [last]})
        healed = explorer.session.state.network, heard(explorer)
        explorer.close()
    assert (count, network, shown) == (1, NET.replace(w5=0.7, w6=0.6), [0.7, 0.6])
    for ((state),) in sent:
        assert state["heard"][:2] == ["a", 2]
        assert "scene" in state
    assert healed == (NET.replace(w5=0.7, w6=0.6, w1=0.9), ["a", 3])


def test_an_interrupted_view_leaves_none_behind_stale(explorer, monkeypatch):
    """Ctrl-C in one of them: the others are shown the state, and the next change heals it."""
    place = explorer["breakdown"].place

    def interrupted(state):
        raise KeyboardInterrupt

    monkeypatch.setattr(explorer["breakdown"], "place", interrupted)
    with pytest.raises(KeyboardInterrupt):
        explorer.session.change(w5=0.9)
    assert explorer["gradients"].scene["rows"]["w5"][0] == "0.90"
    assert explorer["training"].scene["spoken"].count("0.") == 1
    assert updates(explorer["slice"])
    monkeypatch.setattr(explorer["breakdown"], "place", place)
    explorer.session.change(w5=0.8)
    assert explorer["breakdown"].message == ""


def test_the_parts_of_a_message_are_applied_once_and_in_order(explorer):
    """A message has all that is not yet answered; of one that was overtaken, nothing is left to do."""
    controls, toolbar = explorer["controls"], explorer["toolbar"]
    up = act_of(controls, 1, {"w5": 0.41}, 1)
    undo = act_of(toolbar, 2, {"do": "undo"}, 2)
    other = act_of(controls, 3, {"w6": 0.46}, 3)
    say(controls, {"page": "a", "acts": [up]})
    say(controls, {"page": "a", "acts": [up, undo]})
    say(controls, {"page": "a", "acts": [up, undo, other]})
    say(controls, {"page": "a", "acts": [up, undo]})  # another thread's, late
    assert explorer.session.state.network == NET.replace(w6=0.46)
    assert heard(controls) == ["a", 3]


def test_one_message_has_parts_of_several_widgets():
    """A page has one line to a session, whatever shows it."""
    with page():
        session = Session(NET, strict=True)
        one, other = bp.Explorer(session, ["controls"]), bp.Explorer(session, ["gradients"])
        acts = [
            act_of(one["controls"], 1, {"w5": 0.5}, 1),
            act_of(other["gradients"], 2, {"chosen": "w1"}, 1),
        ]
        say(one["controls"], {"page": "a", "acts": acts})
        assert (session.state.network["w5"], session.state.chosen) == (0.5, "w1")
        gone = act_of(other["gradients"], 3, {"chosen": "w2"}, 1)
        late = act_of(one["controls"], 4, {"w5": 0.6}, 1)
        other.close()
        say(one["controls"], {"page": "a", "acts": [gone, late]})
        assert (session.state.network["w5"], session.state.chosen) == (0.6, "w1")
        assert heard(one["controls"]) == ["a", 4]
        one.close()


def test_a_page_that_missed_something_is_sent_everything(explorer):
    messages(explorer)
    say(explorer["controls"], {"page": "a", "acts": [], "missed": True})
    sent = [data["state"] for data, _ in explorer.comm.sent[-messages(explorer) :]]
    assert any(f"{name}_scene" in state for state in sent for name in VIEWS)


def test_a_view_shown_alone_is_the_same_view(explorer, capsys):
    """In a cell of its own, on the same session; it ends with the Explorer."""
    surface = explorer["surface"]
    surface._ipython_display_()
    alone = surface._alone
    assert repr(alone) == repr(surface)
    explorer.session.change(w5=0.9)
    assert alone.surface_scene == explorer.surface_scene
    explorer.close()
    assert alone.closed


def test_a_view_that_no_explorer_has_is_shown_alone_too(capsys):
    with page():
        surface = Surface(Session(NET))
        surface._ipython_display_()
        assert surface._alone.surface_scene["values"] == [NET["w5"], NET["w6"]]
        surface.close()


def test_two_failing_views_are_not_called_the_pages_fault(monkeypatch):
    """In strict mode the first failure is raised, whichever widget it was in."""
    session = Session(NET, strict=True)
    with pytest.raises(AssertionError, match="fails"), page():
        one, other = bp.Explorer(session, ["controls"]), bp.Explorer(session, ["gradients"])
        for explorer, name in ((one, "controls"), (other, "gradients")):
            monkeypatch.setattr(explorer[name], "place", Mock(side_effect=ValueError("it fails")))
        move(one["controls"], w5=0.9)
    assert one["controls"].message.startswith("This view could not be shown: it fails")
    assert other["gradients"].message.startswith("This view could not be shown: it fails")


@pytest.mark.parametrize("written", [["x"], [], None, {"heard": 3}, "page"])
def test_a_page_that_overwrites_what_was_heard_is_answered_all_the_same(explorer, written):
    try:
        explorer.set_state({"heard": written})
    except Exception:
        assert not isinstance(written, list)  # refused at once
    answered = move(explorer["controls"], w5=0.9)
    assert heard(explorer["controls"]) == answered
    assert explorer.session.state.network["w5"] == 0.9


def test_of_many_pages_the_last_are_remembered(explorer):
    controls = explorer["controls"]
    for place in range(MOST_PAGES + 5):
        say(controls, {"page": f"p{place}", "acts": [act_of(controls, 3, {})]})
    assert len(explorer.session.heard) == MOST_PAGES
    late = act_of(controls, 2, {"w5": 0.9})
    say(controls, {"page": f"p{MOST_PAGES}", "acts": [late]})
    assert explorer.session.state.network == NET
