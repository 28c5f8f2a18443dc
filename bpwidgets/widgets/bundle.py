"""What a session's views have to send in answer to one message of the page, sent as one message.

Each message takes its own way through kernel, server and page: eight of them took twice as long as one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from bpwidgets.shared import Shared

Update = tuple[Any, dict[str, Any], list[Any]]  # a view, its message, the message's buffers


class Bundle:
    """The updates of a session's views, gathered while one of them answers its page.

    Used under the session's lock.
    """

    def __init__(self) -> None:
        self._carrier: Any = None
        self._updates: list[Update] = []

    @contextmanager
    def carried_by(self, carrier: Any) -> Iterator[None]:
        """Gather from here on; at the end the carrier sends all of it."""
        if self._carrier is not None:
            yield
            return
        self._carrier = carrier
        try:
            yield
        finally:
            self._carrier, updates, self._updates = None, self._updates, []
            self._send(carrier, updates)

    def takes(self, view: Any, message: dict[str, Any], buffers: list[Any]) -> bool:
        """Take a message along if it is one that can wait."""
        if self._carrier is None or message.get("method") != "update":
            return False
        self._updates.append((view, message, buffers))
        return True

    def _send(self, carrier: Any, updates: list[Update]) -> None:
        together = [
            {"id": view.model_id, "state": message["state"], "paths": message["buffer_paths"]}
            for view, message, _ in updates
        ]
        if together:
            buffers = [buffer for _, _, own in updates for buffer in own]
            carrier.send({"together": together}, buffers)


_bundles: WeakKeyDictionary[Shared[Any], Bundle] = WeakKeyDictionary()


def bundle_of(shared: Shared[Any]) -> Bundle:
    """The one bundle of a value's views."""
    return _bundles.setdefault(shared, Bundle())
