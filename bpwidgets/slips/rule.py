"""What a slip is: a name, two sentences, and for each kind of line what it makes of the formula."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bpwidgets.formula import Formula, Negative, Product, Sum, Symbol, operands, replaced
from bpwidgets.recipe import Line
from bpwidgets.slips.near import Near, Relatives

# The kinds of line that the hand calculation has, each with one from the notes' network.
SUM = "sum"  # h1 = w1·x1 + w2·x2 + b1
SIGMOID = "sigmoid"  # outh1 = σ(h1)
ERROR = "error"  # E1 = ½(d1 − outo1)²
TOTAL = "total"  # Etot = E1 + E2
ERROR_TERM = "error term"  # dE1/douto1 = −(d1 − outo1)
SLOPE = "slope"  # douto1/do1 = outo1(1 − outo1)
BY_WEIGHT = "by weight"  # do1/dw5 = outh1
BY_OUTPUT = "by output"  # do1/douth1 = w5
BY_BIAS = "by bias"  # do1/db2 = 1
CHAIN = "chain"  # dEtot/dw5 = do1/dw5·douto1/do1·dEtot/douto1
PATHS = "paths"  # dEtot/douth1 = dE1/douth1 + dE2/douth1
COPY = "copy"  # dEtot/douto1 = dE1/douto1
UPDATE = "update"  # w5_new = w5 − η·dEtot/dw5

Rewrite = Callable[[Line, Relatives], Iterable[Formula]]


@dataclass(frozen=True, slots=True, repr=False)
class Slip:
    """One thing that goes wrong in hand work, at any line of the kinds it has rewrites for.

    name: stable, in the field's terms
    what: goes on from "That is what comes out if"
    advice: goes on from "Look at ∂outo1/∂o1:"
    rewrites: by the kind of line, which other formulas the slip makes of the right one
    """

    name: str
    what: str
    advice: str
    rewrites: Mapping[str, Rewrite] = field(default_factory=dict, hash=False)

    def formulas(self, line: Line, near: Relatives, of_kind: str = "") -> list[Formula]:
        """The formulas that the slip puts in place of this line's, none twice, none the right one."""
        found: list[Formula] = []
        rewrite = self.rewrites.get(of_kind or kind(line))
        if rewrite is not None:
            for formula in rewrite(line, near):
                if formula != line.formula and formula not in found:
                    found.append(formula)
        return found

    def __repr__(self) -> str:
        return f"<Slip {self.name}: {self.what}>"


def kind(line: Line) -> str:
    """Which kind of line it is, one of those above."""
    upper, _, lower = line.symbol.partition("/")
    if not lower:
        return _plain_kind(line)
    if upper.startswith("dout"):
        return SLOPE
    if upper.startswith("dE"):
        return _ERROR_KINDS[type(line.formula).__name__]
    return {"w": BY_WEIGHT, "b": BY_BIAS, "o": BY_OUTPUT}[lower[1]]


_ERROR_KINDS = {"Negative": ERROR_TERM, "Symbol": COPY, "Product": CHAIN, "Sum": PATHS}


def _plain_kind(line: Line) -> str:
    if line.symbol.startswith("out"):
        return SIGMOID
    if line.symbol.startswith("Etot"):
        return COPY if isinstance(line.formula, Symbol) else TOTAL
    return {"E": ERROR, "w": UPDATE, "b": UPDATE}.get(line.symbol[0], SUM)


# --- what many rewrites are made of ---


def always(*formulas: Formula) -> Rewrite:
    """These formulas, whatever the line."""
    return lambda line, near: formulas


def taken_for(*tables: str) -> Rewrite:
    """Names taken for others: all that a table has another name for at once, then one at a time."""

    def rewrite(line: Line, near: Relatives) -> Iterator[Formula]:
        for table in tables:
            names: Near = getattr(near, table)
            found = {n: names[n] for n in operands(line.formula) if names.get(n)}
            for place in range(max(map(len, found.values()), default=0)):
                yield renamed(
                    line.formula,
                    {n: others[min(place, len(others) - 1)] for n, others in found.items()},
                )
            if len(found) > 1:
                for name, others in found.items():
                    for other in others:
                        yield renamed(line.formula, {name: other})

    return rewrite


def renamed(formula: Formula, names: Mapping[str, str]) -> Formula:
    """The formula with other names for some symbols."""
    return replaced(formula, lambda name: Symbol(names.get(name, name)))


def negated(line: Line, near: Relatives) -> Iterator[Formula]:
    """The line with the other sign."""
    yield line.formula.operand if isinstance(line.formula, Negative) else Negative(line.formula)


def one_negated(line: Line, near: Relatives) -> Iterator[Formula]:
    """A sum with the other sign before one of its terms, each in turn."""
    assert isinstance(line.formula, Sum)
    terms = line.formula.terms
    for place, term in enumerate(terms):
        yield Sum((*terms[:place], Negative(term), *terms[place + 1 :]))


def times(*factors: str | Formula) -> Product:
    """A product of formulas and of symbols given by name."""
    return Product(tuple(Symbol(f) if isinstance(f, str) else f for f in factors))
