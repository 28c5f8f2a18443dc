"""The total error over any one or two numbers of a network, everything else held still."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bpwidgets import checks
from bpwidgets.calculation import evaluate
from bpwidgets.keywords import told
from bpwidgets.network import Array, Network, checked, quiet
from bpwidgets.recipe import recipe
from bpwidgets.symbols import canonical

MOST_POINTS = 401
BLOCK = 8192  # grid points evaluated at once, so that the intermediate arrays stay in the cache
REACH = {"x": 2.0, "w": 4.0, "b": 4.0, "d": 1.0, "e": 2.0}  # how far from 0, by a name's letter
ONE_SIDED = ("d", "e")  # targets and eta are positive as a rule


@dataclass(frozen=True, eq=False, repr=False)
class ErrorSurface:
    """Etot over a grid of two numbers, or along one.

    x, y: the values on the axes, shape (points,); y is None along one number
    error: shape (len(y), len(x)), or (len(x),) along one
    """

    x_name: str
    y_name: str | None
    x: Array
    y: Array | None
    error: Array

    def __repr__(self) -> str:
        axes = self.x_name if self.y_name is None else f"{self.x_name}, {self.y_name}"
        return f"<ErrorSurface {axes}: {self.error.min():.9f} to {self.error.max():.9f}>"


@told
def error_surface(
    net: Network,
    x: str,
    y: str | None = None,
    *,
    x_range: Sequence[float] | None = None,
    y_range: Sequence[float] | None = None,
    points: int = 61,
) -> ErrorSurface:
    """The total error over the numbers ``x`` and ``y``, or along ``x`` alone.

    Any inputs, weights, biases and targets; ``points`` a side, 2 to 401; a range is (low, high) and
    defaults to `usual_range`.  Raises KeyError for an unknown name, ValueError for eta (the error does
    not depend on it), for the same name twice, a reversed range or too few or too many points.
    """
    x_name = _axis(checked(net), "x", x)
    y_name = None if y is None else _axis(net, "y", y)
    if x_name == y_name:
        raise ValueError(f"x and y must be two different names, got {x!r} and {y!r}")
    count = checks.whole("points", points, 2, MOST_POINTS)
    across = _scale(net, "x_range", x_name, x_range, count)
    if y_name is None:
        if y_range is not None:
            raise ValueError(f"y_range needs a y to belong to, got {checks.brief(y_range)}")
        return ErrorSurface(x_name, None, across, None, total_error(net, {x_name: across}))
    up = _scale(net, "y_range", y_name, y_range, count)
    error = np.empty((count, count))
    rows = max(1, BLOCK // count)
    for start in range(0, count, rows):
        some = up[start : start + rows, None]
        error[start : start + rows] = total_error(net, {x_name: across[None, :], y_name: some})
    return ErrorSurface(x_name, y_name, across, up, error)


@quiet
def total_error(net: Network, changed: dict[str, Any]) -> Any:
    """Etot with some numbers replaced by arrays that broadcast against each other.

    It is the forward part of the hand calculation, evaluated with arrays: whatever does not depend on
    a changed number is computed once, as a single number.
    """
    lines = recipe(net.sizes, "simultaneous", "fixed")
    end = next(place for place, line in enumerate(lines) if line.symbol == "Etot")
    given = dict(zip(net.names, net.flat.tolist())) | changed
    return evaluate(lines[: end + 1], given)["Etot"]


def usual_range(name: str, value: float) -> tuple[float, float]:
    """The range in which a slider or an axis shows a number; doubled until it holds the value."""
    kind = canonical(name)[0]
    reach = REACH[kind]
    while abs(value) > reach:
        reach *= 2
    reach = min(reach, checks.LIMIT)
    return (0.0 if kind in ONE_SIDED and value >= 0 else -reach), reach


def _axis(net: Network, axis: str, name: str) -> str:
    key = canonical(name)
    if key == "eta":
        raise ValueError(
            f"{axis} must be an input, weight, bias or target: Etot does not contain eta"
        )
    if key not in net:
        raise checks.unknown(name, net.names[:-1], "input, weight, bias or target")
    return key


def _scale(net: Network, what: str, name: str, given: Sequence[float] | None, points: int) -> Array:
    """The values on an axis, evenly spaced over the range."""
    if given is None:
        low, high = usual_range(name, net[name])
    else:
        low, high = checks.interval(what, given)
    return np.linspace(low, high, points)
