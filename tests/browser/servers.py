"""A private Jupyter server: started for the tests, and ended with everything it started."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Literal

import nbformat
import psutil

App = Literal["lab", "notebook"]

TOKEN = "bpwidgets-tests"
START_SECONDS = 120
STOP_SECONDS = 20
MODULES: dict[App, str] = {"lab": "jupyterlab", "notebook": "notebook"}

# No proxy may stand between the tests and 127.0.0.1.
LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))

# What a user would have to click away, and what would ask the internet.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    "@jupyterlab/apputils-extension:sessionDialogs": {"skipKernelRestartDialog": True},
}

# nbgrader is here for the tests of the assignment only; those who open the notebooks have none.
NBGRADER = ("formgrader", "validate_assignment", "assignment_list", "course_list")


def server_config(root: Path) -> dict[str, Any]:
    """The configuration of the server and of both applications."""
    return {
        "ServerApp": {
            "ip": "127.0.0.1",
            "port": free_port(),
            "open_browser": False,
            "allow_root": True,
            "root_dir": str(root),
            "terminals_enabled": False,
            "shutdown_no_activity_timeout": 900,  # should the tests themselves be killed
            "jpserver_extensions": {
                f"nbgrader.server_extensions.{name}": False for name in NBGRADER
            },
        },
        "IdentityProvider": {"token": TOKEN},
        "MappingKernelManager": {"cull_idle_timeout": 600},
        "LabApp": {
            "expose_app_in_browser": True,
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "news_url": None,
            "extension_manager": "readonly",
        },
        "JupyterNotebookApp": {"expose_app_in_browser": True},
    }


def free_port() -> int:
    """A port that was free a moment ago; the server itself moves on if it no longer is."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def private_environment(home: Path) -> dict[str, str]:
    """This process's environment without the user's Jupyter settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "IPYTHON"))}
    places = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "IPYTHONDIR": "ipython",
    }
    return kept | {name: str(home / place) for name, place in places.items()}


class JupyterServer:
    """One application on one port, with a root directory and settings of its own."""

    def __init__(self, app: App, home: Path) -> None:
        self.app = app
        self.home = home
        self.root = home / "root"
        self.log = home / "server.log"
        self.url = ""
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.root.mkdir(parents=True)
        config = self.home / "config"
        write_json(config / "jupyter_server_config.json", server_config(self.root))
        write_json(config / "labconfig" / "default_setting_overrides.json", SETTINGS)
        disabled = {"disabledExtensions": {"@jupyter/nbgrader": True}}
        write_json(config / "labconfig" / "page_config.json", disabled)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", MODULES[self.app]],
                cwd=self.root,
                env=private_environment(self.home),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        end = time.monotonic() + START_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                self.stop()
                raise RuntimeError(f"{self.app} did not start:\n{self.log_tail()}")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether the server says where it listens, and answers there."""
        with contextlib.suppress(OSError, ValueError):  # half written, or not listening yet
            for info in (self.home / "runtime").glob("jpserver-*.json"):
                self.url = json.loads(info.read_text(encoding="utf-8"))["url"].rstrip("/")
                self.rest("GET", "/api/status")
                return True
        return False

    def rest(self, method: str, path: str) -> Any:
        """One call of the server's REST API; the answer's JSON, None where there is none."""
        request = urllib.request.Request(self.url + path, method=method)
        request.add_header("Authorization", f"token {TOKEN}")
        with LOCAL.open(request, timeout=30) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def page_url(self, notebook: str) -> str:
        """The address at which this application shows a notebook."""
        place = {"lab": "lab/tree", "notebook": "notebooks"}[self.app]
        return f"{self.url}/{place}/{notebook}?token={TOKEN}"

    def add(self, name: str, notebook: nbformat.NotebookNode | Path) -> str:
        """Put a notebook (or a fresh copy of a file) into the root directory; its path there."""
        if isinstance(notebook, Path):
            shutil.copyfile(notebook, self.root / name)
        else:
            nbformat.write(notebook, self.root / name)
        return name

    def reset(self) -> None:
        """End every kernel and forget settings and layout, so that no test sees another's."""
        for kernel in self.rest("GET", "/api/kernels"):
            try:
                self.rest("DELETE", f"/api/kernels/{kernel['id']}")
            except urllib.error.HTTPError as error:
                if error.code != 404:  # 404: it was gone already
                    raise
        for part in ("user-settings", "workspaces"):
            shutil.rmtree(self.home / "config" / "lab" / part, ignore_errors=True)
        shutil.rmtree(self.root / "bpwidgets-answers", ignore_errors=True)

    def stop(self) -> None:
        """End the server and its kernels, and wait until all of them are gone."""
        if self.process is None:
            return
        family = self.family()
        with contextlib.suppress(OSError, ValueError):  # it may not answer: then it is ended below
            self.reset()
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(STOP_SECONDS)
        _, alive = psutil.wait_procs(family, timeout=STOP_SECONDS)
        for process in alive:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(alive, timeout=STOP_SECONDS)

    def family(self) -> list[psutil.Process]:
        """The server's process and those that it has started: its kernels."""
        try:
            server = psutil.Process(self.process.pid if self.process else -1)
            return [server, *server.children(recursive=True)]
        except (psutil.NoSuchProcess, ValueError):
            return []

    def log_tail(self) -> str:
        """The end of the server's log, for a failure's message."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-3000:]


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write one JSON file, with its directory."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
