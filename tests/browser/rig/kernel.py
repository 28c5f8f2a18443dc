"""What stands in for Jupyter's kernel: it hands messages to real widgets, and theirs to the pages."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anywidget
import comm
import pytest
import traitlets.log
from comm.base_comm import BaseComm
from ipywidgets.widgets.widget import _instances as INSTANCES
from ipywidgets.widgets.widget import _remove_buffers
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler, StaticFileHandler
from tornado.websocket import WebSocketHandler

from .line import Frame, Line

HERE = Path(__file__).parent
ANYWIDGET = Path(anywidget.__file__).parent / "nbextension"
HTML = """<!doctype html><meta charset="utf-8"><title>rig</title><link rel="icon" href="data:,">
<script type="module" src="/page/rig.js"></script>"""


class Kernel:
    """Widgets that are made while it runs belong to it; ``url`` is the page that shows them.

    lines: to the pages that were opened, in their order
    policy: the content security policy of the pages that are opened from here on; empty: none
    failures: what was raised or warned about in a widget's handlers
    """

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.failures: list[str] = []
        self.url = ""
        self.policy = ""
        self.comms: dict[str, Comm] = {}
        self._inbox: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._waiting = 0  # messages that are not yet dealt with
        self._counting = threading.Lock()
        self._free = threading.Event()
        self._free.set()
        self._own = threading.local()  # the message that a thread deals with
        self._threads: list[threading.Thread] = []
        self._loop = asyncio.new_event_loop()

    @contextmanager
    def running(self) -> Iterator[Kernel]:
        server = HTTPServer(
            Application(
                [
                    ("/", Start, {"kernel": self}),
                    ("/line", Socket, {"kernel": self}),
                    ("/page/(.*)", Uncached, {"path": str(HERE)}),
                    ("/anywidget/(.*)", Uncached, {"path": str(ANYWIDGET)}),
                ]
            )
        )
        (socket,) = bind_sockets(0, "127.0.0.1")
        self.url = f"http://127.0.0.1:{socket.getsockname()[1]}/"
        self._loop.call_soon(server.add_socket, socket)
        self._start(self._loop.run_forever)
        self.add_thread()
        try:
            with self._listening():
                yield self
                self._close_widgets()
        finally:
            self._end(server)
        assert not self.failures, "\n".join(self.failures)

    def add_thread(self) -> None:
        """Deal with messages on one thread more, as a kernel with subshells does."""
        self._start(self._work)

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Meanwhile a cell runs: messages wait."""
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()

    def is_idle(self) -> bool:
        return self._waiting == 0

    def publish(self, kind: str, comm_id: str, data: dict[str, Any], buffers: list[Any]) -> None:
        """Send a message to every page."""
        parent = getattr(self._own, "number", None)
        content = {"kind": kind, "comm": comm_id, "data": data, "parent": parent}
        frame = Frame(content, [bytes(buffer) for buffer in buffers])
        frame = Frame.read(frame.written())  # as it is now
        for line in self.lines:
            line.back.send(frame)

    def take(self, line: Line, frame: Frame) -> None:
        """Deal with a page's message, when its turn has come."""
        work = self._describe if frame.content["comm"] is None else self._handle
        with self._counting:
            self._waiting += 1
        self._inbox.put(lambda: work(line, frame))

    # --- on the threads that deal with messages ---

    def _work(self) -> None:
        while work := self._inbox.get():
            self._free.wait()
            try:
                work()
            except Exception:
                self.failures.append(traceback.format_exc())
            with self._counting:
                self._waiting -= 1

    def _handle(self, line: Line, frame: Frame) -> None:
        content = frame.content
        self._own.number = content["number"]
        try:
            if found := self.comms.get(content["comm"]):
                message = {"content": {"data": content["data"]}, "buffers": frame.buffers}
                found.handle_msg(message)
        finally:
            self._own.number = None
            idle = Frame({"kind": "idle", "comm": content["comm"], "parent": content["number"]})
            line.back.send(idle)

    def _describe(self, line: Line, frame: Frame) -> None:
        """Tell a page that was opened what all widgets hold."""
        for comm_id in list(self.comms):
            state, paths, buffers = _remove_buffers(INSTANCES[comm_id].get_state())
            data = {"state": state, "buffer_paths": paths}
            told = Frame({"kind": "open", "comm": comm_id, "data": data}, list(map(bytes, buffers)))
            line.back.send(Frame.read(told.written()))
        line.back.send(Frame({"kind": "told"}))

    # --- beginning and end ---

    @contextmanager
    def _listening(self) -> Iterator[None]:
        handler = logging.Handler(logging.WARNING)
        handler.emit = lambda record: self.failures.append(record.getMessage())  # type: ignore
        logger = traitlets.log.get_logger()
        logger.addHandler(handler)
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(comm, "create_comm", lambda **options: Comm(self, **options))
                yield
        finally:
            logger.removeHandler(handler)

    def _start(self, target: Callable[[], None]) -> None:
        thread = threading.Thread(target=target, name="rig", daemon=True)
        thread.start()
        self._threads.append(thread)

    def _close_widgets(self) -> None:
        for comm_id in list(self.comms):
            if widget := INSTANCES.get(comm_id):
                widget.close()

    def _end(self, server: HTTPServer) -> None:
        self._free.set()
        loop, *workers = self._threads
        for _ in workers:
            self._inbox.put(None)
        for worker in workers:
            worker.join()
        asyncio.run_coroutine_threadsafe(_closed(server), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        loop.join()
        self._loop.close()


async def _closed(server: HTTPServer) -> None:
    server.stop()
    await server.close_all_connections()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


class Comm(BaseComm):
    """A widget's end of its line."""

    def __init__(self, kernel: Kernel, **options: Any) -> None:
        self._kernel = kernel
        super().__init__(**options)

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys) -> None:
        if msg_type == "comm_open":
            self._kernel.comms[self.comm_id] = self
        if msg_type == "comm_close":
            self._kernel.comms.pop(self.comm_id, None)
        kind = msg_type.removeprefix("comm_")
        self._kernel.publish(kind, self.comm_id, data or {}, list(buffers or []))


class Start(RequestHandler):
    def initialize(self, kernel: Kernel) -> None:
        self.kernel = kernel

    def get(self) -> None:
        if self.kernel.policy:
            self.set_header("Content-Security-Policy", self.kernel.policy)
        self.write(HTML)


class Uncached(StaticFileHandler):
    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "no-store")


class Socket(WebSocketHandler):
    """The page's end of its line."""

    def initialize(self, kernel: Kernel) -> None:
        self.kernel = kernel

    def open(self) -> None:
        def to_python(frame: Frame) -> None:
            self.kernel.take(self.line, frame)

        self.line = Line(asyncio.get_running_loop(), to_python, self._to_page)
        self.kernel.lines.append(self.line)

    def on_message(self, message: bytes) -> None:
        self.line.there.send(Frame.read(message))

    def on_close(self) -> None:
        self.kernel.lines.remove(self.line)

    def _to_page(self, frame: Frame) -> None:
        if self.ws_connection is not None:
            self.write_message(frame.written(), binary=True)
