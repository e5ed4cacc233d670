"""A real browser for tests: Debian's Chromium without a window, spoken to through two pipes in its own protocol."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 30.0
"""Seconds that a page may take until a test gives up."""


class Page:
    """One page. `troubles` are its console's errors and warnings, exceptions, and addresses that are no files."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, back
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        self.troubles: list[str] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._to, data) :]
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result
            self._hear(answer)

    def open(self, url: str, *, width: int = 1300, height: int = 900, dark: bool = False) -> None:
        """Open an address anew, in a window of a size, and forget earlier troubles."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", features=[scheme])
        self.send("Page.navigate", url="about:blank")
        self.troubles.clear()
        self.send("Page.navigate", url=url)

    def run(self, script: str) -> Any:
        """What an expression gives, a promise's value where it gives one."""
        answer = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description", answer))
        return answer["result"].get("value")

    def wait(self, script: str) -> Any:
        """What an expression gives as soon as that is true."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = self.run(f"(() => {{ try {{ return {script} }} catch {{ return null }} }})()")
            if found not in (None, False, 0, ""):
                return found
            time.sleep(0.02)
        raise TimeoutError(f"{script}; troubles: {self.troubles}")

    def press(self, key: str) -> None:
        """Press a key and let it go."""
        text = {"Enter": "\r"}.get(key)
        code = {"Enter": 13, "Tab": 9, "Escape": 27}[key]
        more = {"text": text} if text else {}
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **more)

    def picture(self, path: Path, *, whole: bool = False) -> None:
        """Write what the page looks like as PNG."""
        answer = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(answer["data"]))

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            read = os.read(self._back, 1 << 20)
            if not read:
                raise RuntimeError("the browser is gone")
            self._rest += read
        first, _, self._rest = self._rest.partition(b"\0")
        answer: dict[str, Any] = json.loads(first)
        return answer

    def _hear(self, event: dict[str, Any]) -> None:
        about = event.get("params", {})
        match event.get("method"):
            case "Runtime.exceptionThrown":
                self.troubles.append(str(about["exceptionDetails"].get("exception", about["exceptionDetails"])))
            case "Runtime.consoleAPICalled" if about["type"] in ("error", "warning"):
                self.troubles.append(str(about["args"]))
            case "Log.entryAdded" if about["entry"]["level"] in ("error", "warning"):
                self.troubles.append(f"{about['entry']['text']} {about['entry'].get('url', '')}")
            case "Network.requestWillBeSent" if not about["request"]["url"].startswith(("file:", "blob:")):
                self.troubles.append(f"asked for {about['request']['url'][:80]}")
            case _:
                pass


@contextmanager
def browser(folder: Path) -> Iterator[Page]:
    """A page in a new browser, whose profile and downloads stand in a folder."""
    assert CHROMIUM is not None
    for_it, ours = os.pipe(), os.pipe()
    options = (
        *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--lang=fi"),
        *("--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe"),
        f"--user-data-dir={folder / 'profile'}",
    )
    # bash, since other shells know only file descriptors of one digit
    command = f'exec "$@" 3<&{for_it[0]} 4>&{ours[1]}'
    process = subprocess.Popen(
        ["bash", "-c", command, "bash", CHROMIUM, *options],
        pass_fds=(for_it[0], ours[1]),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(for_it[0])
    os.close(ours[1])
    try:
        yield Page(for_it[1], ours[0])
    finally:
        os.close(for_it[1])
        os.close(ours[0])
        process.terminate()
        process.wait(timeout=PATIENCE)
