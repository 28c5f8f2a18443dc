"""A slow line to a server on this machine: every byte arrives, in order, some time later.

It delays and does not throttle: whatever is sent while other bytes are under way travels beside them.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from types import TracebackType

HOST = "127.0.0.1"
CHUNK = 1 << 16
START_SECONDS = 10


class SlowLine:
    """A port of its own whose connections lead to another port; it is open inside a `with`.

    delay: seconds that a byte needs each way; it may be changed while the line is open
    """

    def __init__(self, target: int, delay: float) -> None:
        self.delay = delay
        self.port = 0
        self._target = target
        self._loop = asyncio.new_event_loop()
        self._end = asyncio.Event()
        self._open = threading.Event()
        self._thread = threading.Thread(target=self._run, name="slow line")

    def __enter__(self) -> SlowLine:
        self._thread.start()
        if not self._open.wait(START_SECONDS):
            raise RuntimeError("the slow line did not open")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())  # the runner ends what is left of the connections

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._connect, HOST, 0)
        self.port = server.sockets[0].getsockname()[1]
        self._open.set()
        await self._end.wait()
        server.close()

    async def _connect(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """Carry one connection both ways until either side has had enough of it."""
        answer, forth = await asyncio.open_connection(HOST, self._target)
        try:
            await asyncio.gather(self._carry(near, forth), self._carry(answer, back))
        except (OSError, asyncio.CancelledError):  # one side is gone, or the line ends
            pass
        finally:
            forth.close()
            back.close()

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        """Read at once, write later: what is read meanwhile waits beside, each with its own time."""
        travelling: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, data = await travelling.get()
                await asyncio.sleep(due - self._loop.time())
                if not data:
                    break
                sink.write(data)
                await sink.drain()
            with contextlib.suppress(OSError):
                sink.write_eof()

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(deliver())
            data = b"?"
            while data:
                data = await source.read(CHUNK)
                travelling.put_nowait((self._loop.time() + self.delay, data))
