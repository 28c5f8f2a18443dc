"""The ranges of sliders and axes: kept as they were chosen, wider only for a number beyond them."""

import pytest

import bpwidgets as bp
from bpwidgets.saving import from_json, to_json
from bpwidgets.session import Session
from bpwidgets.widgets.axes import slider_step

NET = bp.worked_example()


def test_a_chosen_range_stays_while_its_number_is_inside():
    session = Session(NET)
    session.change(ranges={"w5": (0.3, 0.5)})
    session.change(w5=0.41)
    session.train(2)  # to 0.33
    assert session.state.ranges["w5"] == (0.3, 0.5)
    session.change(w5=0.6)
    assert session.state.ranges["w5"] == (-4.0, 4.0)


def test_a_range_holds_the_number_also_back_in_time():
    """So that what was saved can be loaded."""
    session = Session(NET)
    session.train(2000)
    w5 = session.state.network["w5"]
    session.change(ranges={"w5": (w5 - 0.2, w5 + 0.2)})
    state = session.change(step=0)
    low, high = state.ranges["w5"]
    assert low <= NET["w5"] <= high
    assert from_json(to_json(state.kept)) == state.kept


@pytest.mark.parametrize(
    ("ends", "step"),
    [((-4, 4), 0.01), ((0, 1), 0.01), ((-32, 32), 0.1), ((0.396, 0.404), 1e-5), ((0, 1e-9), 1e-11)],
    ids=str,
)
def test_a_key_moves_by_a_power_of_ten_at_most_a_hundredth(ends, step):
    assert slider_step(ends) == pytest.approx(step, rel=1e-12)
