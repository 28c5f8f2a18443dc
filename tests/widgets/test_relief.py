"""The relief: drawn when the page asks for it, from where the page looks."""

from unittest.mock import Mock

import pytest
from frontend import NUMBER, assert_shows, files, move, updates

import bpwidgets as bp
from bpwidgets.widgets import relief as relief_module

NET = bp.worked_example()


def drawn(explorer: bp.Explorer, *view: object) -> bytes:
    updates(explorer["relief"])
    move(explorer["relief"], draw=list(view))
    ((content, buffers),) = files(explorer["relief"])
    assert content == {"page": "page", "view": "relief", "picture": "image/webp"}
    return bytes(buffers[0])


def test_it_is_folded_until_somebody_wants_it(explorer):
    assert "relief" in explorer.folded
    explorer.session.change(w1=0.9)
    assert not files(explorer["relief"])


def test_it_says_what_it_shows(explorer):
    explorer.session.change(axes=("w1", "b2"), w1=-0.5)
    scene = explorer["relief"].scene
    w1, b2, total = NUMBER.findall(scene["spoken"])
    net = explorer.session.state.network
    for text, value in ((w1, net["w1"]), (b2, net["b2"]), (total, bp.forward(net).total_error)):
        assert_shows(text, value)
    assert explorer["relief"].frame["words"] == "w1 and b2"
    explorer.session.change(w1=0.7)  # along an axis: the same hill
    assert "w1 = 0.70" in explorer["relief"].scene["spoken"]


def test_the_picture_depends_on_what_is_looked_at(explorer):
    first = drawn(explorer, -60, 30, 300, 200, False)
    assert first[:4] == b"RIFF" and first[8:12] == b"WEBP"
    assert drawn(explorer, -60, 30, 300, 200, False) == first
    others = [
        drawn(explorer, 10, 30, 300, 200, False),
        drawn(explorer, -60, 60, 300, 200, False),
        drawn(explorer, -60, 30, 400, 200, False),
        drawn(explorer, -60, 30, 300, 200, True),
    ]
    explorer.session.change(w5=3.0)
    others.append(drawn(explorer, -60, 30, 300, 200, False))
    assert len({first, *others}) == 6


def test_the_file_is_seen_from_where_the_page_looks(explorer):
    drawn(explorer, 25, 40, 300, 200, False)
    axes = explorer["relief"].figure().axes[0]
    assert (axes.azim, axes.elev) == (25, 40)


def test_the_hill_is_computed_only_when_it_is_drawn_and_changed(explorer, monkeypatch):
    computed = Mock(side_effect=bp.error_surface)
    monkeypatch.setattr(relief_module, "error_surface", computed)
    explorer.session.change(w1=0.9)
    assert computed.call_count == 0
    for azimuth in (-60, -50, -40):
        drawn(explorer, azimuth, 30, 300, 200, False)
    explorer.session.change(w5=0.7, eta=0.1)  # the point alone moves
    drawn(explorer, -60, 30, 300, 200, False)
    assert computed.call_count == 1
    explorer.session.change(w1=0.8)
    drawn(explorer, -60, 30, 300, 200, False)
    assert computed.call_count == 2


@pytest.mark.parametrize(
    "view", [(181, 30), (0, 4), (0, 81), ("0", 30), (0.5, 30), (None, 30), (True, 30)]
)
def test_a_view_from_elsewhere_is_refused(explorer, view):
    before = explorer["relief"].azimuth, explorer["relief"].elevation
    move(explorer["relief"], draw=[*view, 300, 200, False])
    assert "must be a whole number from" in explorer["relief"].message
    assert not files(explorer["relief"])
    assert (explorer["relief"].azimuth, explorer["relief"].elevation) == before


def test_every_other_picture_has_another_number(explorer):
    """By which the page knows that what it shows is old, also where the words stay the same."""
    explorer.session.change(decimals=3)
    numbers = []
    for change in (
        {},
        {"x1": 0.0501},
        {"ranges": {"w5": (-2, 2)}},
        {"w5": 0.4000001},
        {"w5": -1.0},  # along an axis the point moves alone, and it is in the picture
        {"w5": -2.0},  # whose hash is that of −1 in CPython
        {"x1": -1.0},
        {"x1": -2.0},
        {"axes": ("w6", "w5")},
        {"d2": 0.98},
    ):
        explorer.session.change(**change)
        numbers.append(explorer["relief"].scene["drawing"])
    assert len(set(numbers)) == len(numbers)
    for change in ({"eta": 0.1}, {"chosen": "w1"}, {"rule": "sequential"}, {"decimals": 4}):
        explorer.session.change(**change)  # which moves nothing on the hill
        assert explorer["relief"].scene["drawing"] == numbers[-1]
