"""The Explorer over a slow line: two messages under way at most, no backlog, the exact last state."""

from __future__ import annotations

import json
import socket
import threading
import time
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, WebSocket

import bpwidgets as bp

from .jupyter import NotebookPage
from .slow_line import SlowLine
from .test_explorer import NET, assert_shows, first_of, nine, throwaway

ONE_WAY = 0.1
ROUND_TRIP = 2 * ONE_WAY
MARGIN = 0.5  # for the kernel, the page and a busy machine
SECONDS, EVENTS = 2, 60
QUIET = 1.0
UNDER_WAY = 2  # messages that a view's page may send before it must hear an answer

# Moves a slider to each value, evenly over two seconds; how many seconds later all is shown.  Taps are
# moves that each come to rest.
MOVE = """async (slider, [values, slope, total, taps]) => {
  for (const value of values) {
    slider.value = value;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    if (taps) slider.dispatchEvent(new Event("change", { bubbles: true }));
    if (value !== values.at(-1)) await new Promise((done) => setTimeout(done, 2000 / values.length));
  }
  const start = performance.now();
  const says = (place, text) => [...document.querySelectorAll(place)]
    .some((node) => node.textContent.includes(text));
  while (!says(".bp-breakdown .bp-number", slope) || !says(".bp-surface .bp-spoken", total)) {
    if (performance.now() - start > 10000) throw new Error("the last state is not shown");
    await new Promise(requestAnimationFrame);
  }
  return (performance.now() - start) / 1000;
}"""


class Traffic:
    """Counts the page's changes that the kernel has not yet answered, in the order of the frames.

    most: the largest number of them at any moment
    """

    def __init__(self, page: Page) -> None:
        self.under_way: dict[str, str] = {}  # a message's id and its comm's
        self.count = self.most = 0
        page.on("websocket", self._listen)

    def _listen(self, line: WebSocket) -> None:
        line.on("framesent", self._sent)
        line.on("framereceived", self._received)

    def _sent(self, frame: str | bytes) -> None:
        header, _, content = parts(frame)
        data = content.get("data", {})
        if header.get("msg_type") == "comm_msg" and (data.get("content") or {}).get("acts"):
            self.under_way[header["msg_id"]] = content["comm_id"]
            self.count += 1
            self.most = max(self.most, len(self.under_way))

    def _received(self, frame: str | bytes) -> None:
        header, parent, content = parts(frame)
        asked = self.under_way.get(parent.get("msg_id", ""))
        if header.get("msg_type") == "comm_msg" and asked == content["comm_id"]:
            del self.under_way[parent["msg_id"]]


def parts(frame: str | bytes) -> list[dict[str, Any]]:
    """Header, parent's header and content of a frame of v1.kernel.websocket.jupyter.org.

    Such a frame begins with the number of its parts' places and the places: of the channel, the three
    that are wanted, and the metadata before the content.
    """
    if isinstance(frame, str):  # another protocol: JupyterLab's own events
        return [{}, {}, {}]
    places = [int.from_bytes(frame[at : at + 8], "little") for at in range(0, 7 * 8, 8)][1:]
    _, header, parent, _, content = (frame[start:end] for start, end in pairwise(places))
    return [json.loads(part) for part in (header, parent, content)]


def test_the_line_delays_and_does_not_throttle() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as target,
        SlowLine(target.getsockname()[1], ONE_WAY) as line,
        socket.create_connection(("127.0.0.1", line.port)) as near,
    ):
        far, _ = target.accept()
        with far:
            start = time.monotonic()
            for _ in range(10):
                near.sendall(b"x")
                time.sleep(0.01)
            got = b""
            while len(got) < 10:
                got += far.recv(100)
            took = time.monotonic() - start
            far.sendall(b"answer")
            assert near.recv(100) == b"answer"
    assert ONE_WAY <= took < 8 * ONE_WAY  # ten delays one after another would be 1 s
    assert not [each for each in threading.enumerate() if each.name == "slow line"]


@pytest.mark.parametrize("taps", [False, True], ids=["a drag", "taps"])
@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_no_backlog(notebook: NotebookPage, monkeypatch: pytest.MonkeyPatch, taps: bool) -> None:
    path = notebook.server.add("slow.ipynb", throwaway("import bpwidgets as bp\nbp.Explorer()"))
    own = urlsplit(notebook.server.url)
    traffic = Traffic(notebook.page)
    with SlowLine(own.port or 80, delay=0) as line, monkeypatch.context() as patch:
        patch.setattr(
            notebook.server, "url", own._replace(netloc=f"127.0.0.1:{line.port}").geturl()
        )
        notebook.open(path)
        notebook.run_all()
        shown = first_of(notebook, 0)
        line.delay = ONE_WAY  # from now on: JupyterLab itself has been loaded

        values = [round(0.4 + 0.01 * step, 2) for step in range(1, EVENTS + 1)]
        net = NET.replace(w5=values[-1])
        last = [nine(bp.backward(net)["w5"]), nine(bp.forward(net).total_error)]
        late = shown.slider("w5").evaluate(MOVE, [values, *last, taps])

        # At the last event a message may just have left: its answer, then the last one's.
        assert ROUND_TRIP <= late <= 2 * ROUND_TRIP + MARGIN
        notebook.wait_idle()
        assert_shows(shown, w5=values[-1])
        count = traffic.count
        notebook.page.wait_for_timeout(1000 * QUIET)
        assert traffic.count == count  # nothing is said after rest
        assert traffic.most <= UNDER_WAY
        assert not traffic.under_way
        most = UNDER_WAY * (SECONDS / ROUND_TRIP + 1)
        assert SECONDS / (ROUND_TRIP + MARGIN) <= traffic.count <= most
        notebook.page.close()  # before the line: it would ask for what is no longer there
