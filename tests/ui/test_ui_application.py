"""Starting: the application gets its name, style and limits; an error nobody caught is logged without its text."""

import logging
import sys

import pytest
from PySide6.QtGui import QImageReader, QPalette
from PySide6.QtWidgets import QApplication

from vrm_desktop.ui.application import install_excepthook, log_uncaught
from vrm_desktop.ui.theme.fonts import FAMILY
from vrm_desktop.ui.theme.look import Look


def test_the_application_is_ours(look: Look, qapp: QApplication) -> None:
    assert qapp.applicationDisplayName() == "VRM Desktop"
    assert qapp.palette().color(QPalette.ColorRole.Accent).name() == look.theme.accent
    assert qapp.font().family() == FAMILY
    assert QImageReader.allocationLimit() == 32


def test_an_error_nobody_caught_is_logged_by_kind_and_place_but_not_by_text(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("my passphrase is winter")
    except ValueError as error:
        log_uncaught(ValueError, error, error.__traceback__)
    assert "ValueError" in caplog.text
    assert "test_ui_application.py" in caplog.text
    assert "winter" not in caplog.text


def test_an_error_without_a_place_is_logged_too(caplog: pytest.LogCaptureFixture) -> None:
    log_uncaught(ValueError, ValueError("x"), None)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "an unknown place" in caplog.text


def test_stopping_from_the_keyboard_is_no_error(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    log_uncaught(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert caplog.records == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_the_hook_is_put_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    install_excepthook()
    assert sys.excepthook is log_uncaught
