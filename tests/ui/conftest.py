"""What every test of the window stands on: no screen, our look, and no stray word from Qt."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tests.fakes.ui_probes import Probe
from vrm_desktop.ui.application import dress
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import LIGHT, ThemeChoice

# The platform without a screen says so whenever a window has size limits or is raised; nothing else is expected.
_EXPECTED = ("This plugin does not support propagateSizeHints()", "This plugin does not support raise()")


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Look:
    """Our fonts, style and look on the one application of this run."""
    return dress(qapp, theme=ThemeChoice.LIGHT)


@pytest.fixture
def look(dressed: Look) -> Look:
    """The light look at 100 %, whatever the test before chose."""
    if dressed.theme is not LIGHT or dressed.text_scale != 1.0:
        dressed.choose(ThemeChoice.LIGHT)
    return dressed


@pytest.fixture
def probe(qapp: QApplication) -> Iterator[Probe]:
    """Shows widgets at a size, and takes them away after the test."""
    shown = Probe(qapp)
    yield shown
    shown.close()


@pytest.fixture(autouse=True)
def _qt_is_silent(qapp: QApplication, qtlog: object) -> Iterator[None]:
    """Fails a test during which Qt complained, or that left a window behind."""
    before = set(qapp.topLevelWidgets())
    yield
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
    left = [type(widget).__name__ for widget in qapp.topLevelWidgets() if widget not in before and widget.isVisible()]
    said = [record.message for record in getattr(qtlog, "records", []) if record.message not in _EXPECTED]
    if said or left:
        pytest.fail(f"Qt said {said}, windows left open: {left}", pytrace=False)
