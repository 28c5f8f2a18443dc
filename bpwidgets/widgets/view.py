"""A view of a session."""

from collections.abc import Hashable
from typing import Any

from bpwidgets.network import Network
from bpwidgets.session import Session
from bpwidgets.state import State
from bpwidgets.widgets.part import Kept, Part, Scene, Send

__all__ = ["Kept", "Scene", "Send", "View"]


class View(Part):
    """A live view of a session; ``Surface(session)`` in a cell of its own is one too."""

    def __init__(self, session: Session | Network) -> None:
        self.session = session if isinstance(session, Session) else Session(session)
        super().__init__(self.session)

    def take(self, change: dict[str, Any], gesture: Hashable, send: Send) -> None:
        with self.session.gesture(gesture):
            self.answer(change, send)

    def answer(self, change: dict[str, Any], send: Send) -> None:
        """Apply a change that the page asks for; the session refuses what is not allowed."""
        self.session.change(**change)

    def is_large(self, state: State) -> bool | None:
        return state.large
