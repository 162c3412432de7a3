"""What a vendor may write to be more than words: on every surface of the window it stays words, or is not there."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QLabel

from tests.fakes.ui_probes import Probe
from vrm_desktop.ui.clipboard_care import ClipboardCare
from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.labels import ElidedLabel, Pill, PlainLabel
from vrm_desktop.ui.widgets.plain_text import button_text, one_line, tame, tip

ROOM = Path(__file__).parents[2] / "vrm_desktop"
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "style": "<style>*{display:none}</style>hidden",
    "iframe": "<iframe src='https://example.invalid/'></iframe>",
    "form": "<form action='https://example.invalid/'><input name=iban><button>Pay</button></form>",
    "meta": "<meta http-equiv='refresh' content='0;url=https://example.invalid/'>",
    "remote image": "<img src='https://example.invalid/seen.png'>",
    "file image": "<img src='file:///etc/hostname'>",
    "css url": "<p style='background:url(https://example.invalid/seen.png)'>x</p>",
    "svg": "<svg onload=alert(1)><image href='file:///etc/hostname'/></svg>",
    "entity bomb": "<!DOCTYPE l [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><l>&b;</l>",
    "update now": "<b>Update now!</b> Your vault is out of date: https://example.invalid/update.exe",
    "link that lies": "<a href='https://evil.example/'>https://shop.example/</a>",
    "mnemonic": "&Quit && &Delete",
    "javascript": "javascript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "file": "file:///etc/passwd",
    "smb": "smb://evil.example/share",
    "vbscript": "vbscript:msgbox(1)",
    "ms-settings": "ms-settings:windowsupdate",
    "custom": "steam://run/1",
    "punycode": "https://xn--pple-43d.com/",
    "mixed script": "https://аpple.com/",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_words_stay_words_on_every_surface(case: str, look: Look, probe: Probe) -> None:
    text = HOSTILE[case]
    for label in (PlainLabel(text), PlainLabel(text, wrap=True), ElidedLabel(), Pill()):
        label.setText(text)
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert not label.openExternalLinks()
    literal = QLabel()
    literal.setTextFormat(Qt.TextFormat.PlainText)
    literal.setText(tame(text))
    ours = PlainLabel(text)
    probe.show(ours, 900, 40)
    probe.show(literal, 900, 40)
    assert ours.grab().toImage() == literal.grab().toImage()
    button = Button(look, "")
    button.setText(button_text(text))
    assert button.shortcut().isEmpty()
    assert "<" not in tip(text).removeprefix("<qt>").removesuffix("</qt>")


@pytest.mark.parametrize("case", HOSTILE)
def test_a_table_draws_words_and_says_them_to_a_reader(case: str, look: Look, probe: Probe) -> None:
    columns = (Column(key="a", title="A", narrowest=10, widest=90, stretches=True),)
    table = DataTable(look, "Table", columns)
    table.show_rows([Row(id="1", cells=(Cell(main=HOSTILE[case], order=0),))])
    probe.show(table, 600, 200)
    drawn = probe_picture(table)
    table.show_rows([Row(id="1", cells=(Cell(main=one_line(HOSTILE[case]), order=0),))])
    assert probe_picture(table) == drawn
    told = QAccessible.queryAccessibleInterface(table)
    assert told is not None


def probe_picture(table: DataTable) -> object:
    return table.grab().toImage()


@pytest.mark.parametrize("case", HOSTILE)
def test_the_clipboard_gets_plain_text_and_nothing_richer(case: str, look: Look) -> None:
    clipboard = QGuiApplication.clipboard()
    care = ClipboardCare(clipboard)
    care.put(HOSTILE[case])
    assert clipboard.mimeData().formats() == ["text/plain"]
    assert clipboard.text() == HOSTILE[case]
    care.clear()


def names_used(folder: str) -> dict[str, set[Path]]:
    found: dict[str, set[Path]] = {}
    for file in (ROOM / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else None
            if name is not None:
                found.setdefault(name, set()).add(file.relative_to(ROOM))
    return found


def test_nothing_from_outside_is_ever_decoded_as_a_picture() -> None:
    """Bombs, wrong magic and cut pictures need a decoder: there is none for what comes from outside."""
    used = names_used("ui")
    assert used["QImageReader"] == {Path("ui/application.py")}, "only to set the limit"
    for decoder in ("loadFromData", "fromData", "QMovie", "QPicture", "QPdfDocument", "QImageIOHandler"):
        assert decoder not in used
    assert used["QSvgRenderer"] == {Path("ui/theme/icons.py"), Path("ui/widgets/qr_code.py")}, "our own drawings"


def test_nothing_in_the_window_reads_markup_opens_a_link_or_pops_up_outside_of_it() -> None:
    used = names_used("ui")
    rich = ("QTextBrowser", "QTextDocument", "setHtml", "insertHtml", "QWebEngineView")
    outside = ("setOpenExternalLinks", "QSystemTrayIcon", "QProcess", "startDetached")
    for name in (*rich, *outside):
        assert name not in used
    assert used["QTextEdit"] == {Path("ui/widgets/quoted_text.py")}, "its marks; the text is in a QPlainTextEdit"
    letters, shops = Path("ui/controllers/letters_controller.py"), Path("ui/controllers/shops_controller.py")
    assert used["QDesktopServices"] == used["openUrl"] == {letters, shops}, (
        "a letter's own mailto: link, and a checkout's protected link that was shown before, when asked to"
    )
