"""A window on a real X server: what the bootstrap installs for Qt is enough, and a window appears where a person is."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
window = QLabel("What I want")
window.show()
def look():
    if window.windowHandle().isExposed():
        print(application.platformName(), "shows the window", flush=True)
        application.quit()
looking = QTimer()
looking.timeout.connect(look)
looking.start(10)
application.exec()
"""


@pytest.fixture
def screen() -> Iterator[str]:
    """The name of a display of its own; the server picks a free number and says it when it is ready."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as ready:
            number = ready.readline().strip()
        yield f":{number}"
        server.terminate()


@pytest.mark.services("x-server")
def test_a_window_appears_on_a_real_screen(screen: str) -> None:
    variables = {**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
    shown = subprocess.run(
        [sys.executable, "-c", WINDOW], check=False, env=variables, capture_output=True, text=True, timeout=240
    )
    assert shown.stdout == "xcb shows the window\n", shown.stderr
