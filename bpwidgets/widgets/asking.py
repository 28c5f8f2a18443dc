"""What a question and an exercise have in common: fields to answer in, hints, and what is said of it."""

from collections.abc import Hashable, Iterator
from typing import Any

from bpwidgets import checks, wording
from bpwidgets.calculation import MOST_DECIMALS
from bpwidgets.exercise import MOST_HINTS, Reply, Work
from bpwidgets.exercise.words import help_offered, hint
from bpwidgets.keeping.session import WorkSession
from bpwidgets.marking import Mark
from bpwidgets.tasks import Task
from bpwidgets.widgets.kept import KeptPart
from bpwidgets.widgets.part import Send

FORMS = {"right": "✓", "rounded": "≈", "slip": "✗", "unknown": "✗", "unreadable": "?"}
MOST_NAMED = 2  # slips beside the verdict; the message has the others


class Asked(KeptPart):
    """A live view of a `Work`."""

    shared: WorkSession

    def take(self, change: dict[str, Any], gesture: Hashable, send: Send) -> None:
        """Apply ``{"answer": ["h1", "0.38"]}``, ``{"hint": ["h1", 2]}``, ``{"show": "h1"}``, again, and
        what `KeptPart` knows.

        A hint is asked for by its number, so that two presses on a slow line open one hint.
        """
        if "answer" in change:
            quantity, text = change["answer"]
            if not isinstance(text, str):
                raise TypeError(f"an answer must be a text, got {type(text).__name__}")
            self.shared.answer(quantity, text)
        if "hint" in change:
            quantity, wanted = change["hint"]
            work = self.shared.state
            wanted = min(checks.whole("hint", wanted, 1, MOST_HINTS), work.most_hints(quantity))
            while self.shared.state.reply(quantity).hints < wanted:
                self.shared.hint(quantity)
        if "show" in change:
            self.shared.show(change["show"])
        if "again" in change:
            self.shared.again(change["again"])
        super().take(change, gesture, send)

    def scene_needs(self, state: Work) -> Hashable:
        return tuple(state.replies.items()), self.kept_needs(state)


def checked(decimals: int | None) -> int | None:
    """How many decimals are carried.  Raises ValueError or TypeError for what is not possible."""
    return None if decimals is None else checks.whole("decimals", decimals, 0, MOST_DECIMALS)


def carrying(work: Work) -> str:
    """How many decimals are carried; digits enough for the last steps, if it is not said."""
    if work.decimals is None:
        return "Carry six digits or more."
    return f"Round every step to {work.decimals} decimal{'' if work.decimals == 1 else 's'}."


def asked_frame(task: Task, words: str) -> dict[str, Any]:
    """What rarely changes of a question: its symbol and its words."""
    return {
        "quantity": task.quantity,
        "symbol": wording.symbol(task.quantity),
        "name": wording.plain(task.quantity),
        "words": words,
    }


def asked_scene(work: Work, task: Task) -> dict[str, Any]:
    """What is said of a question: the last mark, the open hints, what the button for help does."""
    reply = work.reply(task.quantity)
    return {
        "answer": _sendable(reply.mark.answer) if reply.mark else "",
        "verdict": reply.mark.verdict if reply.mark else "",
        "form": _sendable(_form(reply.mark)) if reply.mark else "",
        "said": _sendable(_said(reply)),
        "hints": [_shown_hint(work, task, number) for number in _open(reply)],
        "next": _next(reply, work.most_hints(task.quantity)),
        "help": help_offered(reply.hints, work.most_hints(task.quantity), reply.open),
    }


def _form(mark: Mark) -> str:
    """The verdict's shape, the answer that it belongs to, and the slips by name."""
    if mark.verdict == "unreadable":  # the message has the answer
        return FORMS[mark.verdict]
    form = f"{FORMS[mark.verdict]} {mark.answer.replace('-', '−')}:"
    if mark.verdict != "slip":
        return form
    named = " or ".join(mark.slips[:MOST_NAMED])
    return f"{form} a slip, {named}{' or others' if len(mark.slips) > MOST_NAMED else ''}."


def _said(reply: Reply) -> str:
    if reply.mark is None:
        return ""
    late = " It does not count, since the value was shown." if reply.is_right and reply.seen else ""
    return reply.mark.message + (late if reply.mark is reply.counted else "")


def _open(reply: Reply) -> Iterator[int]:
    yield from range(1, reply.hints + 1)
    if reply.open:
        yield MOST_HINTS + 1


def _shown_hint(work: Work, task: Task, number: int) -> list[Any]:
    made = hint(task, number, work.hidden)
    return [made.name, made.text, made.tree and wording.pieces(made.tree)]


def _next(reply: Reply, most_hints: int) -> list[Any]:
    """What the page asks for when the button for help is pressed: a name, and for a hint its number."""
    if reply.open:
        return ["again"]
    return ["hint", reply.hints + 1] if reply.hints < most_hints else ["show"]


def _sendable(text: str) -> str:
    """A text that can be sent: half a character, as a page can make one, is replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
