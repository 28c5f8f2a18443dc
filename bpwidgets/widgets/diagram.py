"""The network as a diagram: every number at its place, and the routes that a gradient takes back."""

from collections.abc import Hashable
from typing import Any

from matplotlib.figure import Figure

from bpwidgets import wording
from bpwidgets.breakdown import MOST_PATHS, Path, breakdown, path_count
from bpwidgets.pictures.diagram import diagram_picture
from bpwidgets.plan import plan, route
from bpwidgets.saturation import marked, saturated
from bpwidgets.state import State
from bpwidgets.symbols import derivative
from bpwidgets.widgets.network import network_frame, network_texts
from bpwidgets.widgets.view import Scene, View

MOST_DECIMALS = 4  # that fit into a node
LONGEST = 9  # signs of a number that fit
MOST_ROUTES = 8  # written out below the diagram


class Diagram(View):
    """Nodes with preactivation and activation, edges with weight and gradient.

    An edge or a bias that is pressed is chosen.  While stepping, only what is known already is shown.
    """

    script = "diagram"

    def frame_needs(self, state: State) -> Hashable:
        return state.network.sizes

    def make_frame(self, state: State) -> Scene:
        return network_frame(state.network.sizes)

    def scene_needs(self, state: State) -> Hashable:
        return state.network, state.rule, state.biases, state.decimals, state.chosen, state.at

    def make_scene(self, state: State) -> Scene:
        text = _Text(state)
        return {
            **network_texts(state.network, text),
            "chosen": state.chosen,
            "at": state.at,
            **_routes(state, text),
        }

    def summary(self, state: State) -> str:
        sizes = "-".join(map(str, state.network.sizes))
        return f"{sizes}: Etot {state.calculation.values['Etot']:.9f}"

    def figure(self) -> Figure:
        state = self.session.state
        return diagram_picture(state.network, chosen=state.chosen, rule=state.rule)


class _Text:
    """The numbers of a state, short enough for the diagram; none that stepping has not reached."""

    def __init__(self, state: State) -> None:
        self._knows = state.knows
        self._values = state.calculation.values
        self._given = state.network.symbols.positions
        self._decimals = min(state.decimals, MOST_DECIMALS)

    def __call__(self, symbol: str) -> str:
        if not self._knows(symbol):
            return ""
        words = wording.given if symbol in self._given else wording.number
        text = words(self._values[symbol], self._decimals)
        if symbol.startswith("out"):
            text = marked(text, self._decimals)
        return text if len(text) <= LONGEST else wording.scientific(self._values[symbol], 2)

    def product(self, path: Path) -> str:
        known = self._knows(*(factor.symbol for factor in path.factors))
        return wording.number(path.value, self._decimals) if known else ""


def _routes(state: State, text: _Text) -> dict[str, Any]:
    """The ways that the chosen gradient takes back: their edges, and the product of each."""
    symbols, drawn = state.network.symbols, plan(state.network.sizes)
    edges = route(state.network.sizes, state.chosen)
    lit = [name for name, edge in drawn.edges.items() if edge in edges]
    plain = [place for place, edge in enumerate(drawn.plain_edges) if edge in edges]
    count = path_count(symbols, state.chosen)
    paths = _listed(state, count)
    return {
        "lit": lit,
        "lit_plain": plain,
        "routes": [_route(path, text) for path in paths],
        "spoken": wording.sentences(
            _spoken(state, text(derivative("Etot", state.chosen)), count, len(paths)),
            _saturated(state),
        ),
    }


def _listed(state: State, count: int) -> tuple[Path, ...]:
    """The first of so many routes, as paths of factors; none where they are too many to be listed."""
    if count > MOST_PATHS:
        return ()
    return breakdown(state.network, state.chosen, state.calculation).paths[:MOST_ROUTES]


def _spoken(state: State, gradient: str, count: int, listed: int) -> str:
    name = wording.plain(state.chosen)
    value = f", {gradient}," if gradient else ""
    routes = "one route" if count == 1 else f"{count} routes"
    rest = f"; the first {listed} are listed" if 0 < listed < count else ""
    return f"The gradient of {name}{value} comes back on {routes}{rest}."


def _saturated(state: State) -> str:
    """What there is to say of units whose outputs are written as 1 or 0 in the diagram."""
    units = [unit for row in state.network.symbols.preactivations for unit in row]
    known = [unit for unit in units if state.knows(f"out{unit}")]
    return saturated(state.calculation.values, known, min(state.decimals, MOST_DECIMALS))


def _route(path: Path, text: _Text) -> list[str]:
    """A route backwards, as the gradient takes it: its words, its product, its factors' symbols."""
    back = " ← ".join([path.error, *reversed(path.units)])
    symbols = " ".join(factor.symbol for factor in path.factors)
    return [back, text.product(path), symbols]
