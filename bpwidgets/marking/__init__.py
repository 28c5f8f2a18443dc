"""Marks a typed number: right, rounded on the way, or wrong by a slip that has a name.

    mark(net, "dEtot/dw5", "0.0822")     right, to 3 digits
    mark(net, "dEtot/dw5", "0.439830")   a slip: out(1 − out) is left out

A mark is data; a question is a network, a quantity and the conventions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bpwidgets import checks
from bpwidgets.calculation import MOST_DECIMALS
from bpwidgets.gradient import BIASES, RULES
from bpwidgets.keywords import told
from bpwidgets.marking.compare import Answer
from bpwidgets.marking.known import known
from bpwidgets.marking.reader import LONGEST, Typed, as_text, read_number
from bpwidgets.marking.search import SEARCHES, Found, errata_met
from bpwidgets.marking.words import Words, unreadable
from bpwidgets.network import Network, checked
from bpwidgets.recipe import recipe
from bpwidgets.symbols import canonical

__all__ = ["VERDICTS", "Mark", "mark", "read_number"]

VERDICTS = ("right", "rounded", "slip", "unknown", "unreadable")


@dataclass(frozen=True, slots=True, repr=False)
class Mark:
    """What an answer is worth, and why.

    verdict: "right": rounds to the typed digits;
        "rounded": within what rounding the steps before can lead to, or too few digits to say more;
        "slip": exactly what a slip leads to; "unknown"; "unreadable": no number
    digits: how many digits from the first that counts agree with the exact number
    slips: the names of slips that give this number, the most likely first; "a + b" for two at once
    message: for the learner
    look: the steps at which to look, in the order of hand work
    """

    quantity: str
    answer: str
    verdict: str
    digits: int
    slips: tuple[str, ...]
    message: str
    look: tuple[str, ...] = ()

    @property
    def brief(self) -> str:
        """The verdict with its digits or its slips: "right, 4 digits"."""
        digits = "1 digit" if self.digits == 1 else f"{self.digits} digits"
        detail = {"slip": self.slips, "right": (digits,)}
        return ", ".join((self.verdict, *detail.get(self.verdict, ())))

    def __repr__(self) -> str:
        return f"<Mark {self.quantity}: {self.brief}>"


@told
def mark(
    net: Network,
    quantity: str,
    answer: str | float,
    decimals: int | None = None,
    *,
    rule: str = "simultaneous",
    biases: str = "fixed",
) -> Mark:
    """Mark an answer for a quantity of a network: is it right, and if not, which slip leads to it?

    quantity: a symbol of the hand calculation ("h1", "dE1/douto1", "w5_new"), or a given one
    answer: as typed, or a number
    decimals: how many decimals the steps before were rounded to; by default as many as are typed

    An answer is right if it is the exact number rounded to the typed digits, three at least.  One that
    is cut off instead of rounded, or as far away as rounding the numbers on the way can lead, to so many
    decimals or to so many digits that count, is "rounded".  Where a slip and the right number cannot be
    told apart, it is no slip.

    Raises KeyError for an unknown quantity, ValueError for another convention or decimals outside 0 to
    15, TypeError for an answer that is neither text nor a number.  No text raises anything.
    """
    checked(net)
    checks.choice("rule", rule, RULES)
    checks.choice("biases", biases, BIASES)
    if decimals is not None:
        checks.whole("decimals", decimals, 0, MOST_DECIMALS)
    text = as_text(answer)
    facts = known(net, _quantity(net, quantity, rule, biases), rule, biases)
    try:
        typed = Typed.of(text)
    except ValueError as reason:
        shown = text if len(text) <= LONGEST else text[:LONGEST] + "…"
        return Mark(facts.quantity, shown, "unreadable", 0, (), unreadable(str(reason)))
    return _judged(Answer(facts, typed, decimals))


def _quantity(net: Network, quantity: str, rule: str, biases: str) -> str:
    """The quantity's own name; KeyError if there is none."""
    name = canonical(quantity)
    if name in net:
        return name
    steps = [line.symbol for line in recipe(net.sizes, rule, biases)]
    if name not in steps:
        raise checks.unknown(quantity, steps, "step of the calculation")
    return name


def _judged(answer: Answer) -> Mark:
    """Right first, then rounded, then one slip, and two slips last.

    What rounding inside the steps explains is rounded too, unless the notes print it: that is a slip.
    """
    words = Words(answer)
    if answer.is_right:
        return _made(answer, "right", words.right())
    if answer.is_short:
        return _made(answer, "rounded", words.too_few())
    if answer.is_rounded:
        return _made(answer, "rounded", words.rounded())
    if answer.is_rounded_inside and not errata_met(answer):
        return _made(answer, "rounded", words.rounded())
    for search in SEARCHES:
        if found := search(answer):
            return _made(answer, "slip", words.slips(found), found)
    return _made(answer, "unknown", words.unknown())


def _made(answer: Answer, verdict: str, message: str, found: Sequence[Found] = ()) -> Mark:
    facts = answer.facts
    names = tuple(one.name for one in found)
    at = {symbol for one in found for symbol in one.at}
    look = tuple(line.symbol for line in facts.lines if line.symbol in at)
    if verdict == "unknown":
        look = facts.inputs or (facts.quantity,)
    return Mark(facts.quantity, answer.typed.text, verdict, answer.digits, names, message, look)
