"""What a change of the page leads to goes back to the page in one message."""

import pytest
from frontend import files, move, say, updates

import bpwidgets as bp
from bpwidgets.widgets.bundle import Bundle, bundle_of

NET = bp.worked_example()


def messages(explorer: bp.Explorer) -> dict[str, int]:
    """How many messages each view's line has carried since this was last asked."""
    found = {}
    for view in explorer.views:
        found[type(view).__name__], view.comm.messages = view.comm.messages, 0
    return {name: count for name, count in found.items() if count}


@pytest.mark.parametrize("change", [{"w5": 0.6}, {"w1": 0.6}, {"eta": 0.1}, {"w5": "much"}])
def test_one_message_for_one_change(explorer, change):
    messages(explorer)
    move(explorer["controls"], **change)
    assert messages(explorer) == {"Controls": 1}
    assert updates(explorer["controls"])
    assert bool(updates(explorer["breakdown"])) == (change != {"w5": "much"})


def test_a_change_by_code_is_one_message_a_view(explorer):
    messages(explorer)
    explorer.session.change(w1=0.6)
    assert set(messages(explorer).values()) == {1}


def test_a_file_goes_by_itself(explorer):
    messages(explorer)
    move(explorer["toolbar"], save="page")
    assert messages(explorer) == {"Toolbar": 2}
    ((sent, _),) = files(explorer["toolbar"])
    assert sent["file"] == "bpwidgets.json"


def test_it_is_sent_also_after_a_failure(explorer, monkeypatch):
    """A view that fails holds up no other, and the page hears that it was answered."""
    monkeypatch.setattr(explorer["slice"], "_curve", lambda *needs: 1 / 0)
    messages(explorer)
    explorer.session.strict = False
    move(explorer["surface"], w1=0.7)
    assert messages(explorer) == {"Surface": 1}
    assert "division" in updates(explorer["slice"])[0]["message"]
    assert updates(explorer["gradients"])


def test_what_the_page_gets_is_what_the_views_have(explorer):
    """Also the bytes, each at its place."""
    surface, training = explorer["surface"], explorer["training"]
    move(training, to=[0, 30])
    ((state, buffers),) = (
        (data["state"] | {"buffers": data["buffer_paths"]}, own) for data, own in surface.comm.sent
    )
    assert state["scene"] == surface.scene
    paths = {tuple(path): bytes(own) for path, own in zip(state["buffers"], buffers)}
    assert paths[("walked",)] == surface.walked
    assert paths[("map", "shades")] == surface.map["shades"]
    assert paths[("map", "lines")] == surface.map["lines"]
    ((sent, own),) = training.comm.sent
    assert bytes(own[0]) == training.curve["points"]
    assert sent["state"]["heard"] == training.heard


def test_a_message_within_another_is_carried_by_the_first(explorer):
    sent = []

    class Carrier:
        def send(self, content, buffers):
            sent.append((content, buffers))

    bundle, view = Bundle(), explorer["slice"]
    update = {"method": "update", "state": {"folded": True}, "buffer_paths": []}
    with bundle.carried_by(Carrier()):
        with bundle.carried_by(None):
            assert bundle.takes(view, update, [])
        assert not bundle.takes(view, {"method": "custom"}, [])
        assert sent == []
    assert sent == [
        ({"together": [{"id": view.model_id, "state": {"folded": True}, "paths": []}]}, [])
    ]
    assert not bundle.takes(view, update, [])


def test_each_session_has_its_own(explorer):
    other = bp.session.Session(NET)
    assert bundle_of(other) is bundle_of(other)
    assert bundle_of(other) is not bundle_of(explorer.session)


def test_a_message_that_was_overtaken_is_answered_with_nothing(explorer):
    say(explorer["controls"], {"change": {"w5": 0.7}, "heard": ["p", 2], "gesture": 1})
    messages(explorer)
    say(explorer["controls"], {"change": {"w5": 0.6}, "heard": ["p", 1], "gesture": 1})
    assert messages(explorer) == {}
    assert explorer.session.state.network["w5"] == 0.7
