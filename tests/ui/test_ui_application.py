"""Starting: the application gets its name, style and limits; errors nobody caught are logged without their texts."""

import sys

import pytest
from PySide6.QtGui import QImageReader, QPalette
from PySide6.QtWidgets import QApplication

from vrm_desktop.logs import log_uncaught
from vrm_desktop.ui.application import install_excepthook
from vrm_desktop.ui.theme.fonts import FAMILY
from vrm_desktop.ui.theme.look import Look


def test_the_application_is_ours(look: Look, qapp: QApplication) -> None:
    assert qapp.applicationDisplayName() == "VRM Desktop"
    assert qapp.palette().color(QPalette.ColorRole.Accent).name() == look.theme.accent
    assert qapp.font().family() == FAMILY
    assert QImageReader.allocationLimit() == 32


def test_the_hook_is_put_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    install_excepthook()
    assert sys.excepthook is log_uncaught
