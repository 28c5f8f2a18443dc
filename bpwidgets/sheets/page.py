"""How a sheet and its key are drawn: one page of A4, lengths in millimetres from the upper left."""

from collections.abc import Iterable, Sequence
from typing import Any

from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse
from matplotlib.transforms import Affine2D, Transform

from bpwidgets.calculation import Calculation, calculation
from bpwidgets.network import Network
from bpwidgets.pictures import drawing
from bpwidgets.plan import NODE, Point, plan
from bpwidgets.sheets.fit import fitted, width
from bpwidgets.sheets.fonts import one_line
from bpwidgets.tasks import Task
from bpwidgets.wording import given, in_line, number, plain

PAGE = (210.0, 297.0)
INCH = 25.4
LEFT, RIGHT = 15.0, 195.0
DIAGRAM = (15.0, 36.0, 100.0, 62.0)  # left, top, width, height
TABLE = (122.0, 40.0, 5.2)  # left, top, height of a line
COLUMN = 25.0  # of given numbers
IN_COLUMN = 11
MOST_GIVEN = 3 * IN_COLUMN
ROWS = (108.0, 284.0)  # where the tasks are
MOST_TASKS = 32
QUANTITY, WORKING, NUMBER = 24.0, 52.0, 158.0  # where the columns of the tasks begin
GREY = "0.6"
FORMULAS = "σ(z) = 1/(1 + e^−z), E = ½(d − out)², w new = w − η·∂Etot/∂w."
HOW = (
    "Go in this order and carry eight decimals; give at least six digits of each number, "
    "with a decimal point: 0.3775, not 0,3775."
)
NAME, NAME_END = 125.0, 172.0  # where the name begins, and where its line ends
GAP = 3.0  # between texts beside each other
FIRST_KEY = 46.0  # where the first column of a page of keys begins
KEYS_A_PAGE = 5


@drawing()
def sheet_page(asked: tuple[Task, ...], seed: int, name: str, *, key: bool) -> Figure:
    """The page for some tasks about one network; with ``key`` their formulas and numbers."""
    page = Figure(figsize=(PAGE[0] / INCH, PAGE[1] / INCH))
    net, first = asked[0].network, asked[0]
    _head(page, first, seed, name, key)
    _diagram(page, net)
    _given(page, net)
    calc = calculation(net, rule=first.rule, biases=first.biases)
    _tasks(page, asked, calc if key else None)
    return page


@drawing()
def keys_page(
    heads: Sequence[tuple[int, str]], rows: Sequence[tuple[str, Sequence[str]]]
) -> Figure:
    """The numbers of several sheets beside each other: a column a sheet, a row a quantity.

    heads: the number and the name of each sheet
    """
    page = Figure(figsize=(PAGE[0] / INCH, PAGE[1] / INCH))
    _write(page, LEFT, 18, "Backpropagation by hand, keys", 16)
    column = (RIGHT - FIRST_KEY) / KEYS_A_PAGE
    top, bottom = ROWS[0] - 70, ROWS[1]
    step = (bottom - top) / max(len(rows), 20)
    columns = [FIRST_KEY + column * place for place in range(len(heads))]
    for x, (seed, name) in zip(columns, heads):
        _write_fitted(page, x, top - 7, str(seed), 7.5, column - GAP)
        _write_fitted(page, x, top - 3, name, 7.5, column - GAP)
    for place, (quantity, numbers) in enumerate(rows):
        y = top + step * (place + 0.5)
        _write(page, LEFT, y, quantity, 9)
        for x, text in zip(columns, numbers):
            _write(page, x, y, text, 8.5)
    _rules(page, [((LEFT, top + step * n), (RIGHT, top + step * n)) for n in range(len(rows) + 1)])
    return page


def _head(page: Figure, task: Task, seed: int, name: str, key: bool) -> None:
    title = "Backpropagation by hand" + (", key" if key else "")
    _write(page, LEFT, 18, title, 16)
    sheet = f"sheet {seed}"
    end = RIGHT - width(sheet, 10) - GAP
    _write(page, RIGHT, 18, sheet, 10, ha="right")
    _write(page, 112, 18, "Name:", 10)
    if one_line(name):
        _write_fitted(page, NAME, 18, name, 10, end - NAME)
    else:
        _rules(page, [((NAME, 19.5), (min(NAME_END, end), 19.5))])
    _write(page, LEFT, 25, f"{FORMULAS} {task.conventions}", 7.5)
    _write(page, LEFT, 30, HOW, 7.5)


def _diagram(page: Figure, net: Network) -> None:
    """The units and what joins them, with the names of the weights where there is room."""
    placed = plan(net.sizes)
    left, top, width, height = DIAGRAM
    scale = min(width / placed.width, height / placed.height)

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * scale, top + y * scale

    lines = [placed.line(edge) for edge in (*placed.edges.values(), *placed.plain_edges)]
    _rules(page, [(at(x1, y1), at(x2, y2)) for x1, y1, x2, y2 in lines])
    for unit, (x, y) in placed.units.items():
        size = NODE[0] * scale, NODE[1] * scale
        look: dict[str, Any] = {"facecolor": "white", "edgecolor": "black", "lw": 0.7}
        page.add_artist(Ellipse(at(x, y), *size, transform=_millimetres(page), **look))
        _write(page, *at(x, y), unit, 8, ha="center")
    for name, (x, y) in placed.label_places.items():
        ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
        _write(page, *at(x, y), name, 7, ha="center", bbox=ground)


def _given(page: Figure, net: Network) -> None:
    left, top, line = TABLE
    _write(page, left, top - 2, "Given", 9)
    for place, name in enumerate(net.names):
        column, row = divmod(place, IN_COLUMN)
        x, y = left + column * COLUMN, top + (row + 1) * line
        _write(page, x, y, f"{plain(name)} = {given(net[name], 6)}", 9)


def _tasks(page: Figure, asked: tuple[Task, ...], calc: Calculation | None) -> None:
    top, bottom = ROWS
    step = (bottom - top) / max(len(asked), 20)
    for x, words in ((QUANTITY, "quantity"), (WORKING, "formula"), (NUMBER, "number")):
        _write(page, x, top - 2, words, 8, color="0.35")
    ends = [top + step * row for row in range(len(asked) + 1)]
    _rules(page, [((LEFT, y), (RIGHT, y)) for y in ends])
    _rules(page, [((x - 2, top), (x - 2, ends[-1])) for x in (QUANTITY, WORKING, NUMBER)])
    for place, task in enumerate(asked, 1):
        y = top + step * (place - 0.5)
        _write(page, LEFT + 1, y, str(place), 8, color="0.35")
        _write(page, QUANTITY, y, plain(task.quantity), 9)
        if calc is not None:
            written = calc[task.quantity]
            text, room = in_line(written.formula), NUMBER - WORKING - GAP
            size = min(8, 8 * room / width(text, 8))  # of many paths it is long, and set smaller
            _write(page, WORKING, y, text, size)
            _write(page, NUMBER, y, number(written.value), 9)


def _write_fitted(page: Figure, x: float, y: float, text: str, size: float, room: float) -> None:
    """A text in no more than so many millimetres, and in a font that has its letters."""
    line, style = fitted(text, size, room)
    _write(page, x, y, line, **style)


def _write(page: Figure, x: float, y: float, text: str, size: float, **style: Any) -> None:
    style |= {"fontsize": size, "va": "center_baseline", "parse_math": False}
    page.text(x / PAGE[0], 1 - y / PAGE[1], text, **style)


def _rules(page: Figure, lines: Iterable[tuple[Point, Point]]) -> None:
    look: dict[str, Any] = {"colors": GREY, "linewidths": 0.6, "zorder": 0}
    page.add_artist(LineCollection(list(lines), transform=_millimetres(page), **look))


def _millimetres(page: Figure) -> Transform:
    """From the upper left corner; artists stand on the page itself, without axes."""
    return Affine2D().scale(1 / PAGE[0], -1 / PAGE[1]).translate(0, 1) + page.transFigure
