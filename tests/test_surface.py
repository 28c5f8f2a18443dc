"""The error surface: exact against the forward pass at every point, and its axes."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import networks, random_network

from bpwidgets.checks import LIMIT
from bpwidgets.forward_pass import forward
from bpwidgets.notes import worked_example
from bpwidgets.surface import error_surface, total_error, usual_range

NET = worked_example()

# The surface adds products in another order than the array core.  What that moves in a sum of up to
# 6 products of at most 4·10 is below 1e-13, and no slope of the error is above 1 per unit of it.
TOLERANCE = 1e-13


def error_at(net, **values):
    return forward(net.replace(**values)).total_error


def any_two_names(net):
    return st.lists(st.sampled_from(net.names[:-1]), min_size=2, max_size=2, unique=True)


@given(networks(limit=4, width=4), st.data())
def test_every_point_is_the_error_there(net, data):
    x, y = data.draw(any_two_names(net))
    hill = error_surface(net, x, y, points=4)
    right = [[error_at(net, **{x: a, y: b}) for a in hill.x.tolist()] for b in hill.y.tolist()]
    np.testing.assert_allclose(hill.error, right, rtol=0, atol=TOLERANCE)


@given(networks(limit=4, width=4), st.data())
def test_every_point_along_one_number(net, data):
    name = data.draw(st.sampled_from(net.names[:-1]))
    line = error_surface(net, name, points=7)
    assert line.y is line.y_name is None
    right = [error_at(net, **{name: value}) for value in line.x.tolist()]
    np.testing.assert_allclose(line.error, right, rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize("points", [2, 61, 401])
def test_a_large_grid_has_no_seam_where_its_blocks_meet(points):
    hill = error_surface(NET, "w5", "w8", points=points)
    assert hill.error.shape == (points, points)
    for row in range(0, points, max(1, points // 7)):
        line = error_surface(NET.replace(w8=float(hill.y[row])), "w5", points=points)
        np.testing.assert_allclose(hill.error[row], line.error, rtol=0, atol=TOLERANCE)


def test_x_runs_along_the_columns_and_y_along_the_rows():
    hill = error_surface(NET, "w1", "d1", x_range=(-1, 2), y_range=[0, 0.5], points=11)
    assert (hill.x_name, hill.y_name) == ("w1", "d1")
    assert (hill.x[0], hill.x[-1], hill.y[0], hill.y[-1]) == (-1, 2, 0, 0.5)
    np.testing.assert_allclose(np.diff(hill.x), 0.3, rtol=1e-12)
    assert hill.error[2, 9] == pytest.approx(error_at(NET, w1=1.7, d1=0.1), abs=TOLERANCE)


def test_turned_round_it_is_the_same_hill():
    one = error_surface(NET, "x1", "b2", points=9)
    other = error_surface(NET, "b2", "x1", points=9)
    np.testing.assert_allclose(one.error, other.error.T, rtol=0, atol=TOLERANCE)


def test_the_networks_own_point_has_its_own_error():
    hill = error_surface(NET, "w5", "w6", x_range=(0.4, 1), y_range=(0.45, 1), points=3)
    assert f"{hill.error[0, 0]:.9f}" == "0.298371109"  # as the notes print it


def test_the_example_pages_names_and_the_networks_that_stays_as_it_was():
    before = NET.replace()
    hill = error_surface(NET, "t1", "w5", points=5)
    assert hill.x_name == "d1"
    assert before == NET
    text = f"<ErrorSurface d1, w5: {hill.error.min():.9f} to {hill.error.max():.9f}>"
    assert repr(hill) == text


@given(st.sampled_from(["x1", "w5", "b2", "d1", "t2", "eta"]), st.floats(-LIMIT, LIMIT))
def test_the_usual_range_holds_the_value_and_only_allowed_ones(name, value):
    low, high = usual_range(name, value)
    assert -LIMIT <= low <= value <= high <= LIMIT
    assert low < high
    error_surface(NET, "w5", x_range=(low, high), points=2)


def test_the_usual_range_of_what_is_positive_starts_at_0():
    assert usual_range("d1", 0.01)[0] == usual_range("eta", 0.5)[0] == 0
    assert usual_range("w5", 0.4)[0] < 0


def test_total_error_of_numbers_is_the_forward_pass():
    for seed in range(20):
        net = random_network(seed)
        assert math.isclose(total_error(net, {}), forward(net).total_error, rel_tol=1e-12)


def test_no_warning_far_out():
    with np.errstate(over="raise", invalid="raise"):
        hill = error_surface(NET, "x1", "w1", x_range=(-1e6, 1e6), y_range=(-1e6, 1e6))
    assert np.isfinite(hill.error).all()


# --- refusals ---


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        (("w55",), KeyError, "'w55'; did you mean w5"),
        (("w5", "b3"), KeyError, "'b3'; known are x1, x2, w1"),
        (("outh1",), KeyError, "no input, weight, bias or target 'outh1'"),
        ((None,), KeyError, "None"),
        (("w5", 6), KeyError, "6"),
        (("eta",), ValueError, "x must be an input, weight, bias or target"),
        (("w5", "eta"), ValueError, "y must be an input, weight, bias or target"),
        (("w5", "w5"), ValueError, "two different names, got 'w5' and 'w5'"),
        (("d1", "t1"), ValueError, "two different names, got 'd1' and 't1'"),
    ],
)
def test_names_that_are_refused(arguments, error, says):
    with pytest.raises(error, match=says):
        error_surface(NET, *arguments)


@pytest.mark.parametrize("points", [1, 0, -5, 402, 10**9, 2.5, 61.0, float("nan"), float("inf")])
def test_number_of_points_out_of_bounds(points):
    with pytest.raises(ValueError, match=f"points .* from 2 to 401, got {points}"):
        error_surface(NET, "w5", points=points)


@pytest.mark.parametrize("points", [True, "61", None, [61], 61 + 0j])
def test_number_of_points_of_another_type(points):
    with pytest.raises(TypeError, match=r"points .* from 2 to 401, got"):
        error_surface(NET, "w5", points=points)


@pytest.mark.parametrize("axis", ["x_range", "y_range"])
@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ((1, -1), ValueError, "must run from low to high, got 1.0 to -1.0"),
        ((1, 1), ValueError, "must run from low to high"),
        ((0, math.nan), ValueError, "finite number between -1e6 and 1e6, got nan"),
        ((-math.inf, 0), ValueError, "finite number between -1e6 and 1e6, got -inf"),
        ((0, 1e7), ValueError, "got 10000000.0"),
        ((0, 1, 2), ValueError, "pair"),
        ((), ValueError, "pair"),
        ((0, "1"), TypeError, "must be a number, got '1'"),
        ((False, True), TypeError, "must be a number, got False"),
        ((None, 1), TypeError, "must be a number, got None"),
        ("01", TypeError, "pair"),
        (5, TypeError, "pair"),
        ({0: 1, 1: 2}, TypeError, "pair"),
    ],
)
def test_ranges_that_are_refused(axis, given, error, says):
    with pytest.raises(error, match=f"{axis} .*{says}"):
        error_surface(NET, "w5", "w6", **{axis: given})


def test_a_range_without_its_axis():
    with pytest.raises(ValueError, match="y_range needs a y to belong to"):
        error_surface(NET, "w5", y_range=(0, 1))
