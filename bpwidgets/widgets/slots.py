"""Places for numbers in formulas: typeset once, filled again with every change."""

from collections.abc import Callable

from bpwidgets import wording
from bpwidgets.formula import Formula
from bpwidgets.state import State
from bpwidgets.wording import Tree

Read = Callable[[State], float]


class Slots:
    """The places of a frame in order, each with the way to its number in a state."""

    def __init__(self, state: State) -> None:
        self._given = state.network.symbols.positions
        self._reads: list[Callable[[State], str]] = []

    def texts(self, state: State) -> list[str]:
        """What stands in each place."""
        return [read(state) for read in self._reads]

    def is_given(self, symbol: str) -> bool:
        """Whether the symbol is one of the network's own numbers."""
        return symbol in self._given

    def number(self, read: Read, *needs: str, bracketed: bool = False) -> Tree:
        """A number computed from these symbols; in brackets, if asked for, when it is negative."""

        def text(state: State) -> str:
            if not state.knows(*needs):
                return wording.UNKNOWN
            written = wording.number(read(state), state.decimals)
            return wording.bracketed(written) if bracketed else written

        return self._place(text)

    def given(self, read: Read, *, bracketed: bool = True) -> Tree:
        """A given number, as short as it is."""

        def text(state: State) -> str:
            written = wording.given(read(state), state.decimals)
            return wording.bracketed(written) if bracketed else written

        return self._place(text)

    def of(self, symbol: str, *, bracketed: bool = True) -> Tree:
        """The number of a symbol, written as it is given or computed; inside a formula in brackets."""

        def read(state: State) -> float:
            value: float = state.calculation.values[symbol]
            return value

        given = self.is_given(symbol)
        if given:
            return self.given(read, bracketed=bracketed)
        return self.number(read, symbol, bracketed=bracketed)

    def filled(self, formula: Formula) -> Tree:
        """A formula with numbers in the place of its symbols."""
        return wording.typeset(formula, self.of, lambda name: self.of(name, bracketed=False))

    def _place(self, text: Callable[[State], str]) -> Tree:
        self._reads.append(text)
        return ["mn", len(self._reads) - 1]
