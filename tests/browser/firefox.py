"""A page in this machine's Firefox, driven by WebDriver BiDi: Playwright needs a Firefox of its own."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websocket import WebSocket, create_connection

SECONDS = 60
# Nothing may wait for the internet: all but this machine is behind a proxy that does not exist.
PREFERENCES = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "127.0.0.1",
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
}
KEYS = {
    "Enter": "\ue007", "Tab": "\ue004", "Control": "\ue009", "Alt": "\ue00a",
    "End": "\ue010", "Home": "\ue011", "PageUp": "\ue00e", "PageDown": "\ue00f",
    "ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015",
}  # fmt: skip


def program() -> str | None:
    """The Firefox of this machine, if there is one."""
    wanted = os.environ.get("BPWIDGETS_FIREFOX")
    return wanted or next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)


class FirefoxPage:
    """One page; ``errors`` has what it complained about."""

    def __init__(self, socket: WebSocket) -> None:
        self.errors: list[str] = []
        self._socket = socket
        self._numbers = itertools.count(1)
        self.command("session.new", capabilities={})
        self.command("session.subscribe", events=["log.entryAdded"])
        self._context = self.command("browsingContext.getTree")["contexts"][0]["context"]
        viewport = {"width": 1400, "height": 900}
        self.command("browsingContext.setViewport", context=self._context, viewport=viewport)

    def command(self, method: str, **parameters: Any) -> Any:
        """Send one command; its result, or AssertionError with what Firefox says."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (answer := json.loads(self._socket.recv())).get("id") != number:
            if answer.get("method") == "log.entryAdded" and answer["params"]["level"] == "error":
                self.errors.append(str(answer["params"]["text"]))
        assert answer["type"] == "success", answer
        return answer["result"]

    def open(self, url: str) -> None:
        self.command("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def call(self, function: str, *given: Any) -> Any:
        """What a JavaScript function returns, all as JSON."""
        answer = self.command(
            "script.callFunction",
            functionDeclaration="async (given) => JSON.stringify("
            f"(await ({function})(...JSON.parse(given))) ?? null)",
            arguments=[{"type": "string", "value": json.dumps(given)}],
            target={"context": self._context},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"]["value"])

    def wait_for(self, function: str, *given: Any) -> Any:
        """What a function returns, as soon as that is true."""
        end = time.monotonic() + SECONDS
        while not (found := self.call(function, *given)):
            assert time.monotonic() < end, f"not within {SECONDS} s: {function} {given}"
            time.sleep(0.05)
        return found

    def press(self, *keys: str) -> None:
        """Press keys where the focus is; "Control+End" is two at once."""
        for chord in keys:
            codes = [KEYS.get(key, key) for key in chord.split("+")]
            self._act(
                "key",
                *({"type": "keyDown", "value": code} for code in codes),
                *({"type": "keyUp", "value": code} for code in reversed(codes)),
            )

    def drag(self, *points: tuple[float, float]) -> None:
        """Press the pointer at the first point of the window, release it at the last."""
        first, *rest = [{"type": "pointerMove", "x": round(x), "y": round(y)} for x, y in points]
        down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        self._act("pointer", first, down, *rest, up)

    def picture(self, file: Path) -> Path:
        """A PNG file of what is on the screen."""
        answer = self.command("browsingContext.captureScreenshot", context=self._context)
        file.write_bytes(b64decode(answer["data"]))
        return file

    def _act(self, kind: str, *actions: dict[str, Any]) -> None:
        source = {"type": kind, "id": kind, "actions": actions}
        self.command("input.performActions", context=self._context, actions=[source])


@contextmanager
def firefox(path: str, home: Path) -> Iterator[FirefoxPage]:
    """A Firefox with an empty profile in a directory, ended with all that it started."""
    lines = [f"user_pref({json.dumps(key)}, {json.dumps(to)});" for key, to in PREFERENCES.items()]
    (home / "user.js").write_text("\n".join(lines), encoding="utf-8")
    log = home / "stderr.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [path, "--headless", "--remote-debugging-port=0", "--profile", str(home)],
            env={**os.environ, "HOME": str(home)},
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
    try:
        address = f"{_address(process, log)}/session"
        socket = create_connection(address, timeout=SECONDS, suppress_origin=True)
        try:
            page = FirefoxPage(socket)
            yield page
            page.command("browser.close")
        finally:
            socket.close()
    finally:
        process.terminate()
        process.wait(SECONDS)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None:
        said = log.read_text(encoding="utf-8", errors="replace")
        if found := re.search(r"BiDi listening on (ws://\S+)", said):
            return found[1]
        time.sleep(0.05)
    raise RuntimeError(f"Firefox did not start:\n{log.read_text(errors='replace')[-2000:]}")
