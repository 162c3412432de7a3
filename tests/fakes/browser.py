"""A real headless Chromium, driven over the W3C WebDriver protocol on loopback. No page of ours is known here."""

import base64
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from system_packages import SERVICES

_SERVICE = next(service for service in SERVICES if service.name == "chromium")
_SECONDS = 60
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class Element:
    """Something on the page."""

    def __init__(self, browser: "Browser", id: str) -> None:
        self._browser = browser
        self._id = id

    def click(self) -> None:
        """Click it."""
        self._browser.call("POST", f"/element/{self._id}/click", {})

    def type(self, text: str, *, instead: bool = False) -> None:
        """Type into it; `instead` of what stands there."""
        if instead:
            self._browser.call("POST", f"/element/{self._id}/clear", {})
        self._browser.call("POST", f"/element/{self._id}/value", {"text": text})

    @property
    def text(self) -> str:
        """What it shows."""
        shown: str = self._browser.call("GET", f"/element/{self._id}/text")
        return shown


class Browser:
    """One window with a profile of its own."""

    def __init__(self, http: httpx.Client, session: str) -> None:
        self._http = http
        self._session = session

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One WebDriver command."""
        answer = self._http.request(method, f"/session/{self._session}{path}", json=body)
        value = answer.json()["value"]
        assert answer.status_code == 200, f"{path}: {value['error']}: {value['message'].splitlines()[0]}"
        return value

    def go(self, url: str) -> None:
        """Look at an address."""
        self.call("POST", "/url", {"url": url})

    @property
    def url(self) -> str:
        """Where it is."""
        place: str = self.call("GET", "/url")
        return place

    def until(self, place: str) -> None:
        """Wait until it is there: keys do not wait for what they set off."""
        ends = time.monotonic() + _SECONDS
        while self.url != place:
            assert time.monotonic() < ends, f"at {self.url}, not at {place}"

    def find(self, css: str) -> Element:
        """The first element that fits."""
        return Element(self, self.call("POST", "/element", {"using": "css selector", "value": css})[_ELEMENT])

    def button(self, text: str) -> Element:
        """The button with that text."""
        path = f"//button[normalize-space()={text!r}]"
        return Element(self, self.call("POST", "/element", {"using": "xpath", "value": path})[_ELEMENT])

    def send(self, text: str) -> None:
        """Click the button with that text, and wait for the page that comes of it."""
        self.run("window.leaving = true")
        self.button(text).click()
        ends = time.monotonic() + _SECONDS
        while self.run("return window.leaving === true || document.readyState !== 'complete'"):
            assert time.monotonic() < ends, f"nothing came of {text!r}"

    def link(self, text: str) -> Element:
        """The link with that text in it."""
        found = self.call("POST", "/element", {"using": "partial link text", "value": text})
        return Element(self, found[_ELEMENT])

    @property
    def text(self) -> str:
        """All that the page shows."""
        return self.find("body").text

    def press(self, *keys: str) -> None:
        """Press keys one after the other, wherever the focus is."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def run(self, script: str) -> Any:
        """What a script of the driver's (never the page's) returns."""
        return self.call("POST", "/execute/sync", {"script": script, "args": []})

    def until_focus(self, on: str, what: str) -> None:
        """Wait until this property of what has the keyboard says so: a page gives it away a moment after it came."""
        ends = time.monotonic() + _SECONDS
        while (said := self.run(f"return document.activeElement.{on}")) != what:
            assert time.monotonic() < ends, f"the keyboard is at {said!r}, not at {what!r}"

    def look(self, *, width: int, dark: bool) -> None:
        """Another width, and another wish for light or dark."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self._devtools("Emulation.setDeviceMetricsOverride", size)
        wish = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self._devtools("Emulation.setEmulatedMedia", {"features": wish})

    def picture(self, file: Path) -> None:
        """The whole page as a PNG."""
        shot = self._devtools("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True})
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(shot["data"]))

    def _devtools(self, command: str, values: dict[str, Any]) -> Any:
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": values})


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A browser that is closed, and whose profile is gone, when the block ends."""
    driver = _SERVICE.find("chromedriver")
    chromium = _SERVICE.find("chromium")
    assert driver is not None
    assert chromium is not None
    profile = Path(tempfile.mkdtemp(prefix="browser-"))
    with subprocess.Popen([driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout is not None
            said = iter(process.stdout.readline, b"")
            port = next(int(found[1]) for line in said if (found := re.search(rb"successfully on port (\d+)", line)))
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=_SECONDS) as http:
                yield from _session(http, chromium, profile)
        finally:
            process.terminate()
            process.wait(_SECONDS)
            shutil.rmtree(profile, ignore_errors=True)


def _session(http: httpx.Client, chromium: str, profile: Path) -> Iterator[Browser]:
    options = {"binary": chromium, "args": [*_FLAGS, f"--user-data-dir={profile}"]}
    wanted = {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}}
    answer = http.post("/session", json=wanted).json()["value"]
    assert "sessionId" in answer, answer
    try:
        yield Browser(http, answer["sessionId"])
    finally:
        http.delete(f"/session/{answer['sessionId']}")
