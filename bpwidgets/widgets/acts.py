"""What was done on a page, as its messages tell it: numbered acts.

Each is applied once and in order, however often it arrives:

    {"page": "p1", "acts": [[7, host, "controls", {"w5": 0.41}, gesture], ...]}
"""

from typing import Any, NamedTuple

from bpwidgets.widgets.words import NOTICES

LONGEST_NAME, LONGEST_REASON = 64, 400  # characters
# What the session, or a view, says to something that is not allowed.
REFUSALS = ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError


class Act(NamedTuple):
    """Something that was done in a view.

    number: its place among all that was done on its page
    host, view: the widget's name, and the view's name there; no view where a page only greets
    change: what to apply, by name
    gesture: the same for acts that belong together, such as those of a drag
    """

    number: int
    host: str
    view: str
    change: dict[str, Any]
    gesture: int | str | None


def read(content: Any) -> tuple[str, list[Act]]:
    """The page and the acts of a message.

    Raises LookupError, TypeError or ValueError for one that is none.
    """
    page, told = content["page"], content["acts"]
    if not _is_name(page) or not isinstance(told, list):
        raise TypeError("a message must have a page's name and a list of acts")
    acts = []
    for number, host, view, change, gesture in told:
        if type(number) is not int or not _is_name(host) or not _is_name(view):
            raise TypeError("an act must have a number, its widget's name and its view's name")
        if not isinstance(change, dict):
            raise TypeError("a change must have names and values")
        if not (gesture is None or type(gesture) is int or _is_name(gesture)):
            raise TypeError("a gesture must be a number or a name")
        acts.append(Act(number, host, view, dict(change), gesture))
    return page, acts


def refusal(reason: BaseException) -> str:
    """What the page says of something that is not allowed."""
    return f"{NOTICES['refused']} {str(reason)[:LONGEST_REASON]}"


def _is_name(thing: Any) -> bool:
    return isinstance(thing, str) and len(thing) <= LONGEST_NAME
