"""How numbers and formulas are written: plain digits, and MathML as nested lists.

A MathML tree is ``[tag, child, ...]``; a child is another tree, a text, or a whole number, which is the
place of a number that the page fills in (and changes without typesetting anything again).
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from bpwidgets import formula as f
from bpwidgets.formula import Formula

DECIMALS = 9
MOST_NAMED = 3  # in one list
UNKNOWN = "?"  # in the place of a number that stepping has not reached
Tree = list[Any]

SPLIT = re.compile(r"(?P<letters>[A-Za-z]+?)(?P<index>\d+|tot)?(?P<new>_new)?")
GREEK = {"eta": "η"}
THIN = "\u2009"  # a thin space


def number(value: float, decimals: int = DECIMALS) -> str:
    """A computed number: fixed decimals as in the notes, powers of ten where those show too little."""
    digits = decimals * 2 // 3
    if value != 0 and not 10.0**-digits <= abs(value) < 1e7:
        return scientific(value, digits)
    return fixed(value, decimals)


def fixed(value: float, decimals: int) -> str:
    """So many decimals."""
    return _minus(f"{value:.{decimals}f}")


def scientific(value: float, decimals: int) -> str:
    """A power of ten, and so many decimals before it: 8.216704e-8."""
    mantissa, _, exponent = f"{value:.{decimals}e}".partition("e")
    return _minus(f"{mantissa}e{int(exponent)}")


SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power_of_ten(exponent: int) -> str:
    """10⁻⁵, as it stands beside a logarithmic axis."""
    return "10" + str(exponent).translate(SUPERSCRIPT)


def given(value: float, decimals: int = DECIMALS) -> str:
    """A given number as short as it is: 0.40, 0.15, 0.35891648; two decimals at least."""
    if value != 0 and not 10.0**-decimals <= abs(value) < 1e7:
        return number(value, decimals)
    whole, _, fraction = f"{value:.{decimals}f}".partition(".")
    return _minus(f"{whole}.{fraction.rstrip('0'):0<2}")


def entered(value: float) -> str:
    """A given number in its field: exactly, if twelve decimals can say it, and else as all numbers."""
    text = given(value, 12)
    return text if float(text.replace("−", "-")) == value else given(value)


def symbol(key: str) -> Tree:
    """A key such as "w5", "outo1", "w5_new" or "dE1/douto1" as MathML."""
    if "/" in key:
        upper, lower = (part[1:] for part in key.split("/"))
        return ["mfrac", _partial(upper), _partial(lower)]
    match = SPLIT.fullmatch(key)
    if match is None:
        return ["mi", key]
    letters, index, new = match["letters"], match["index"], match["new"]
    base = ["mi", GREEK.get(letters, letters)]
    below = [["mi" if index == "tot" else "mn", index]] if index else []
    below += [["mi", f"{THIN if index else ''}new"]] if new else []
    return ["msub", base, ["mrow", *below]] if below else base


def split(key: str) -> list[str]:
    """A simple key as its letters and its index: ["w", "5"]."""
    match = SPLIT.fullmatch(key)
    if match is None:
        return [key, ""]
    return [GREEK.get(match["letters"], match["letters"]), match["index"] or ""]


def typeset(
    formula: Formula,
    put: Callable[[str], Tree] = symbol,
    alone: Callable[[str], Tree] | None = None,
) -> Tree:
    """A formula as MathML; ``put`` gives the tree for a symbol: its name, or its number.

    alone: the same where the symbol has brackets to itself, so that a negative number needs none
    """
    alone = alone or put

    def tree(part: Formula) -> Tree:
        return typeset(part, put, alone)

    match formula:
        case f.Symbol(name):
            return put(name)
        case f.Constant():
            return ["mn", str(formula)]
        case f.Sum(terms):
            return _sum(terms, tree)
        case f.Difference(left, right):
            return joined("−", [tree(left), _grouped(right, tree)])
        case f.Negative(operand):
            return ["mrow", ["mo", "−"], _grouped(operand, tree)]
        case f.Square(operand):
            return ["msup", _grouped(operand, tree), ["mn", "2"]]
        case f.Sigmoid(f.Symbol(name)):
            return ["mrow", ["mi", "σ"], _bracketed(alone(name))]
        case f.Sigmoid(operand):
            return ["mrow", ["mi", "σ"], _bracketed(tree(operand))]
        case f.Power(exponent):
            return ["msup", ["mi", "e"], tree(exponent)]
        case f.Product(factors):
            return _product(factors, tree)


def plain(key: str) -> str:
    """A key as a person writes it in a line of text: ∂E1/∂outo1, w5 new, η."""
    if "/" in key:
        return "/".join("∂" + plain(part[1:]) for part in key.split("/"))
    return GREEK.get(key, key.replace("_new", " new"))


def in_line(formula: Formula, put: Callable[[str], str] = plain) -> str:
    """A formula in a line of text; ``put`` gives what stands for a symbol: its name, or its number."""
    return str(f.replaced(formula, lambda name: f.Symbol(put(name))))


def listed(symbols: Sequence[str]) -> str:
    """Symbols in a sentence: "h1, outh1 and o1", or "h1, outh1, o1 and 4 more"."""
    names = [plain(symbol) for symbol in dict.fromkeys(symbols)]
    if len(names) > MOST_NAMED:
        return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def sentences(*texts: str) -> str:
    """One after the other; an empty one is left out."""
    return " ".join(filter(None, texts))


def capital(text: str) -> str:
    """With a capital first letter, to begin a sentence; η stays η."""
    return text[:1].upper() + text[1:] if text[:1].isascii() else text


def bracketed(number: str) -> str:
    """A written number inside a formula: in brackets when it is negative."""
    return f"({number})" if number.startswith("−") else number


def joined(sign: str, trees: list[Tree]) -> Tree:
    """Trees in a row with a sign between them: a sum, or a chain of equals."""
    row: Tree = ["mrow", trees[0]]
    for tree in trees[1:]:
        row += [["mo", sign], tree]
    return row


def pieces(tree: Tree) -> list[Tree]:
    """A formula in parts that may go on below each other; each but the first begins with its sign."""
    if tree[0] != "mrow" or tree[1][0] == "mo":  # one symbol or number, or bracketed
        return [tree]
    found: list[Tree] = [["mrow"]]
    for child in tree[1:]:
        if child[0] == "mo":
            found.append(["mrow", child])
            continue
        first, *others = pieces(child)
        found[-1].append(first)
        found += [["mrow", *other[1:]] for other in others]
    return found


def _sum(terms: tuple[Formula, ...], typed: Callable[[Formula], Tree]) -> Tree:
    row: Tree = ["mrow", typed(terms[0])]
    for sign, term in map(f.signed, terms[1:]):
        row += [["mo", sign], _grouped(term, typed) if sign == "−" else typed(term)]
    return row


def _product(factors: tuple[Formula, ...], typed: Callable[[Formula], Tree]) -> Tree:
    row: Tree = ["mrow", _grouped(factors[0], typed)]
    for factor in factors[1:]:
        if not f.needs_brackets(factor):
            row.append(["mo", "·"])
        row.append(_grouped(factor, typed))
    return row


def _grouped(formula: Formula, typed: Callable[[Formula], Tree]) -> Tree:
    tree = typed(formula)
    return _bracketed(tree) if f.needs_brackets(formula) else tree


def _bracketed(tree: Tree) -> Tree:
    return ["mrow", ["mo", "("], tree, ["mo", ")"]]


def _partial(key: str) -> Tree:
    return ["mrow", ["mo", "∂"], symbol(key)]


def _minus(text: str) -> str:
    """The sign of a negative number; none for a zero that was rounded from below."""
    if text.startswith("-"):
        text = text[1:]
        return f"−{text}" if text.strip("0.") else text
    return text
