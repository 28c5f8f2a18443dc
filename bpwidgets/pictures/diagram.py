"""The printed diagram of a network with all its numbers."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from bpwidgets import checks
from bpwidgets.figures import mathtext
from bpwidgets.forward_pass import forward
from bpwidgets.gradient import backward
from bpwidgets.network import Network
from bpwidgets.pictures import MARKED, Picture, drawing
from bpwidgets.plan import LABEL, MARGIN, NODE, Edge, Plan, Point, plan, route
from bpwidgets.saturation import NEARLY, marked
from bpwidgets.wording import given, number

UNIT = 0.01  # inches a unit of the plan; 12 cm hold the notes' network at three quarters
TEXT = 11.0  # in the plan's units
DIGIT = 0.64  # the width of a digit, in parts of the text's size
LETTER = 0.56  # of a letter in a sentence, on average
FOOT_TEXT = 10.0
FOOT_LINE = 14.0
THICK = (0.6, 2.6)  # points, for a weight of 0 and for the largest
DENSE = 0.3  # how much of that the edges of a layer without labels have
MARKED_THICK = 1.4  # added to the edges of the chosen parameter


@drawing()
def diagram_picture(
    net: Network, *, chosen: str | None = None, decimals: int = 4, rule: str = "simultaneous"
) -> Figure:
    """The network with its numbers: symbol, preactivation and activation of each unit; on each edge the
    weight and, below it, its gradient, as the ``rule`` of the update has it.

    An edge is as thick as its weight is large, and dashed if it is negative.  The edges from ``chosen``,
    a weight or a bias, to the errors are orange and thicker.  Layers in which the labels do not fit have
    none, and the picture says so.

    Raises KeyError for a name without a gradient, ValueError for decimals outside 0 to 9.
    """
    checks.whole("decimals", decimals, 0, 9)
    placed = plan(net.sizes)
    ways: frozenset[Edge] = frozenset()
    if chosen is not None:
        checks.look_up(net.symbols.trainable_positions, chosen, "weight or bias")
        ways = route(net.sizes, chosen)
    gradient = backward(net, rule=rule)
    labels = {
        name: (number(net[name], decimals), f"∂ {number(gradient[name], decimals)}")
        for name in placed.label_places
    }
    lines = _node_lines(net, gradient, decimals)
    foot = _foot(placed, chosen)
    if any(text.startswith(NEARLY) for texts in lines.values() for text in texts):
        foot += f" {NEARLY}: practically so; hardly any error comes back through the unit."
    return _figure(net, lines, labels, _wrapped(placed, foot), chosen, ways)


@drawing()
def given_picture(net: Network, words: Sequence[str]) -> Figure:
    """The network with what is given, what is to be found left open, and sentences below it."""
    placed = plan(net.sizes)
    lines = {name: [given(net[name])] for name in (*net.symbols.inputs, *net.symbols.biases)}
    lines |= {unit: ["", ""] for layer in net.symbols.preactivations for unit in layer}
    lines |= {
        error: ["", f"{mathtext(target)} {given(net[target])}"]
        for error, target in zip(net.symbols.errors, net.symbols.targets)
    }
    labels = {name: (given(net[name]), "") for name in placed.label_places}
    foot = [line for text in words for line in _wrapped(placed, text)]
    return _figure(net, lines, labels, foot)


def _figure(
    net: Network,
    lines: Mapping[str, list[str]],
    labels: Mapping[str, tuple[str, str]],
    foot: Sequence[str],
    chosen: str | None = None,
    ways: frozenset[Edge] = frozenset(),
) -> Figure:
    placed = plan(net.sizes)
    size = placed.width, placed.height + FOOT_LINE * (len(foot) + 0.5)
    figure = Picture(figsize=(size[0] * UNIT, size[1] * UNIT))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, size[0]), ylim=(size[1], 0))
    axes.set_axis_off()
    _draw_edges(axes, net, placed, ways)
    for name, texts in lines.items():
        on_way = name == chosen or any(name in edge for edge in ways)
        _draw_node(axes, placed.units[name], name, texts, on_way)
    for name, (value, slope) in labels.items():
        _draw_label(axes, placed.label_places[name], name, value, slope, name == chosen)
    for place, text in enumerate(foot):
        y = placed.height + FOOT_LINE * (place + 0.4)
        look: dict[str, Any] = {"fontsize": FOOT_TEXT * UNIT * 72, "va": "center_baseline"}
        axes.text(MARGIN, y, text, parse_math=False, **look)
    return figure


def _node_lines(net: Network, gradient: Mapping[str, float], decimals: int) -> dict[str, list[str]]:
    """The numbers in each node: one for an input and an error, two for a bias and a unit."""
    run = forward(net)
    lines = {name: [number(net[name], decimals)] for name in net.symbols.inputs}
    for bias in net.symbols.biases:
        lines[bias] = [number(net[bias], decimals), "∂ " + number(gradient[bias], decimals)]
    for layer in net.symbols.preactivations:
        for unit in layer:
            output = marked(number(run[f"out{unit}"], decimals), decimals)
            lines[unit] = [number(run[unit], decimals), output]
    return lines | {name: [number(run[name], decimals)] for name in net.symbols.errors}


def _draw_edges(axes: Axes, net: Network, placed: Plan, ways: frozenset[Edge]) -> None:
    most = max(abs(net[name]) for name in placed.edges) or 1.0
    thin, thick = THICK
    for edge in placed.plain_edges:
        _draw_edge(axes, placed, edge, thin, "-", edge in ways)
    for name, edge in placed.edges.items():
        width = thin + (thick - thin) * abs(net[name]) / most
        width *= 1.0 if name in placed.label_places else DENSE
        _draw_edge(axes, placed, edge, width, "--" if net[name] < 0 else "-", edge in ways)


def _draw_edge(axes: Axes, placed: Plan, edge: Edge, width: float, dash: str, on_way: bool) -> None:
    x1, y1, x2, y2 = placed.line(edge)
    axes.plot(
        (x1, x2),
        (y1, y2),
        dash,
        color=MARKED if on_way else "0.68",
        lw=width + MARKED_THICK if on_way else width,
        zorder=2 if on_way else 1,
        gid=f"{edge[0]}-{edge[1]}",
    )


def _draw_node(axes: Axes, centre: Point, name: str, lines: list[str], on_way: bool) -> None:
    """A box with the symbol and up to two numbers."""
    (x, y), (width, height) = centre, NODE
    box = FancyBboxPatch(
        (x - width / 2, y - height / 2),
        width,
        height,
        boxstyle="round,pad=0,rounding_size=8",
        facecolor="white",
        edgecolor=MARKED if on_way else "0.25",
        lw=1.8 if on_way else 0.9,
        zorder=3,
    )
    axes.add_patch(box)
    step = (height - 4) / (len(lines) + 1)
    top = y - len(lines) / 2 * step
    _write(axes, (x, top), mathtext(name), len(name), width - 6, TEXT + 1.5)
    for place, text in enumerate(lines, 1):
        _write(axes, (x, top + place * step), text, len(text), width - 6)


def _draw_label(axes: Axes, centre: Point, name: str, value: str, slope: str, chosen: bool) -> None:
    """The weight and its gradient, on a white ground that covers the edges below."""
    (x, y), (width, height) = centre, LABEL if slope else (LABEL[0], LABEL[1] / 2)
    longest = max(len(name) + 1 + len(value), len(slope))
    wide = min(width, longest * DIGIT * TEXT + 4)
    ground = Rectangle(
        (x - wide / 2, y - height / 2),
        wide,
        height,
        facecolor="white",
        edgecolor=MARKED if chosen else "none",
        lw=1.2,
        zorder=4,
    )
    axes.add_patch(ground)
    first = y - height / 4 if slope else y
    _write(axes, (x, first), f"{mathtext(name)} {value}", longest, wide - 2)
    if slope:
        _write(axes, (x, y + height / 4), slope, longest, wide - 2)


def _write(
    axes: Axes, place: Point, text: str, letters: int, room: float, size: float = TEXT
) -> None:
    """A line of text, smaller if so many letters would need more room."""
    fitting = min(size, room / (max(1, letters) * DIGIT))
    axes.text(
        *place, text, fontsize=fitting * UNIT * 72, ha="center", va="center_baseline", zorder=5
    )


def _foot(placed: Plan, chosen: str | None) -> str:
    """What is what."""
    text = "In a unit: its weighted sum, its output. "
    if any(placed.labelled):
        text += "On an edge: the weight, ∂: its gradient. "
    bare = [str(layer) for layer, fits in enumerate(placed.labelled, 1) if not fits]
    if bare:
        layers = "layer" if len(bare) == 1 else "layers"
        text += f"The weights of {layers} {', '.join(bare)} are too many to be written. "
    text += "Thick edge: large weight; dashed: negative."
    if chosen is not None:
        text += f" Orange, thicker: the way from {chosen} to the errors."
    return text


def _wrapped(placed: Plan, text: str) -> list[str]:
    """A text in lines as wide as the diagram."""
    return wrap(text, int((placed.width - 2 * MARGIN) / (LETTER * FOOT_TEXT)))
