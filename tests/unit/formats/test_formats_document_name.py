"""What a vendor calls a document becomes a plain file name that fits its type."""

import pytest

from vrm_desktop.formats.document_name import document_name


@pytest.mark.parametrize(
    ("title", "media", "name"),
    [
        ("Invoice 17", "application/pdf", "Invoice 17.pdf"),
        ("Invoice.PDF", "application/pdf", "Invoice.pdf"),
        ("Rechnung für Räder", "image/jpeg", "Rechnung für Räder.jpg"),
        ("../../.bashrc", "text/plain", "bashrc.txt"),
        ("C:\\Windows\\x", "image/png", "C--Windows-x.png"),
        ("in\u202efdp.exe", "application/pdf", "in fdp.exe.pdf"),
        ("run me", "application/x-msdownload", "run me.bin"),
        ("page", "text/html", "page.bin"),
        ("\u200b\n\t", "application/pdf", "document.pdf"),
        ("...", "image/webp", "document.webp"),
        ("x" * 200, "application/pdf", "x" * 150 + ".pdf"),
    ],
)
def test_a_title_becomes_a_file_name(title: str, media: str, name: str) -> None:
    assert document_name(title, media) == name
