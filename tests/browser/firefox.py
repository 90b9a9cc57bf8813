"""Firefox, driven through its own remote protocol (Marionette): a line of JSON out, a line of JSON back."""

import json
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.server import free_port

SECONDS = 60.0
# Nothing is asked of anyone outside, and nothing is shown on a first start.
PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
    # One page, drawn in software: no processes in reserve, and fewer frames.
    "dom.ipc.processCount": 1,
    "dom.ipc.processPrelaunch.enabled": False,
    "fission.autostart": False,
    "layout.frame_rate": 20,
}


def find_firefox() -> str | None:
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """A running Firefox with one window."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.number = 0
        self._receive()  # the greeting
        self.ask("WebDriver:NewSession", {})

    def ask(self, command: str, parameters: dict[str, Any]) -> Any:
        """Send a WebDriver command and hand back its value."""
        self.number += 1
        text = json.dumps([0, self.number, command, parameters]).encode()
        self.connection.sendall(b"%d:%s" % (len(text), text))
        _, _, error, result = self._receive()
        assert error is None, f"{command}: {error}"
        return result.get("value") if isinstance(result, dict) else result

    def _receive(self) -> Any:
        length = b""
        while (byte := self.connection.recv(1)) != b":":
            assert byte, "Firefox closed the connection"
            length += byte
        text = b""
        while len(text) < int(length):
            text += self.connection.recv(int(length) - len(text))
        return json.loads(text)

    def open(self, url: str) -> None:
        self.ask("WebDriver:Navigate", {"url": url})

    def run(self, script: str, *arguments: object) -> Any:
        """The value of a function's body, run in the page."""
        return self.ask("WebDriver:ExecuteScript", {"script": script, "args": arguments, "newSandbox": False})

    def wait_for(self, script: str, *arguments: object) -> Any:
        """Run a function's body until its value is true, and hand that back."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            if value := self.run(script, *arguments):
                return value
            self.run("return new Promise((done) => requestAnimationFrame(done)).then(() => null)")
        raise AssertionError(f"Firefox waited in vain for: {script}")

    def drag(self, x: float, y: float, dx: float, dy: float = 0, moves: int = 20) -> None:
        """Press at a place of the viewport, move in small moves, let go."""
        path = [(x + dx * i / moves, y + dy * i / moves) for i in range(moves + 1)]
        steps = [
            {"type": "pointerMove", "x": round(px), "y": round(py), "duration": 16, "origin": "viewport"}
            for px, py in path
        ]
        actions = [
            steps[0],
            {"type": "pointerDown", "button": 0},
            *steps[1:],
            {"type": "pointerUp", "button": 0},
        ]
        pointer = {
            "type": "pointer",
            "id": "mouse",
            "parameters": {"pointerType": "mouse"},
            "actions": actions,
        }
        self.ask("WebDriver:PerformActions", {"actions": [pointer]})


@contextmanager
def firefox(width: int = 1440, height: int = 900) -> Iterator[Firefox]:
    program = find_firefox()
    assert program, "there is no Firefox here"
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="explorer-firefox-", ignore_cleanup_errors=True) as profile:
        lines = [
            f'user_pref("{k}", {json.dumps(v)});'
            for k, v in (PREFERENCES | {"marionette.port": port}).items()
        ]
        (Path(profile) / "user.js").write_text("\n".join(lines), encoding="utf-8")
        window = [f"--width={width}", f"--height={height}"]
        process = subprocess.Popen(
            [program, "--headless", "--marionette", "--no-remote", "--profile", profile, *window],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            with connect(port) as connection:
                yield Firefox(connection)
        finally:
            process.terminate()
            process.wait(20)


def connect(port: int) -> socket.socket:
    """The connection to a Firefox that is still starting."""
    end = time.monotonic() + SECONDS
    while True:
        try:
            connection = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
        except ConnectionError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return connection
