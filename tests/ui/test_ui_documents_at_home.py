"""A document that lies ready, in the real window over a real vault: fetched by a click, checked and kept."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import TCPServer

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.fakes.running_window import RunningWindow, running_window
from vrm_desktop.canon import hashes
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.ids import MessageId, RelationshipId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.relationship import JournalRow
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.shapes import payload_of
from vrm_desktop.protocol.signing import SeedSigner, Typ, sign_compact
from vrm_desktop.services import choose_vendors, keep_documents, keep_relationship
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.services.ports import Transaction
from vrm_desktop.ui.pages.documents_card import DocumentsCard
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.ready_documents_card import ReadyDocumentsCard
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button

INVOICE = b"%PDF-1.7\nThe invoice\n%%EOF\n"
SHOP = SeedSigner(b"\x07" * 32)


@contextmanager
def handing_out(answers: dict[str, bytes]) -> Iterator[str]:
    """Something on loopback that answers with these bytes by path."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = answers[self.path]
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_words: object) -> None:
            """Nothing is told."""

    with TCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def told(window: RunningWindow, *named: messages.Document) -> RelationshipId:
    """A relationship in whose journal the vendor's signed words name these documents."""
    means = window.home.means

    async def write() -> RelationshipId:
        works = await choose_vendors.add_organisation(means, "Radhaus", OrganisationKind.SHOP)
        owner = await means.vault.write(lambda tx: file_of(tx, means, works.id))
        status = messages.Status(
            v=1,
            seq=1,
            aud=owner.conversation.own_kid,
            conv="C" * 43,
            exp="2099-01-01T00:00:00Z",
            state="preparing",
            documents=named,
        )
        jws = sign_compact(SHOP, Typ.MESSAGE, payload_of(status))
        row = JournalRow(
            relationship=owner.id,
            sender=Side.VENDOR,
            kind=Kind.STATUS,
            number=1,
            message=MessageId(hashes.digest(jws.encode())),
            jws=jws,
            disclosures=(),
            at=datetime(2026, 11, 23, tzinfo=UTC),
        )
        talk = replace(owner.conversation, peer_kid=SHOP.kid)

        def change(tx: Transaction) -> None:
            tx.save_relationship(replace(owner, conversation=talk))
            tx.append_journal(row)

        await means.vault.write(change)
        return owner.id

    return window.do(write())


def document(title: str, link: str) -> messages.Document:
    return messages.Document(title=title, media="application/pdf", hash=hashes.digest(INVOICE), link=link)


def test_a_document_is_fetched_by_a_click_and_what_is_another_is_not_kept(
    tmp_path: Path, look: Look, qtbot: QtBot
) -> None:
    answers = {"/i": b"another"}
    with handing_out(answers) as site, running_window(tmp_path / "home", look, qtbot, tends=False) as window:
        window.create()
        window.unlock()
        means = window.home.means
        owner = told(window, document("Invoice 17", f"{site}/i"))
        window.window.page(PageId.RELATIONSHIP)
        opened = window.program._home
        assert opened is not None
        said: list[str] = []
        opened._at_home.said.connect(lambda message: said.append(message.text))
        opened._relationships.open_file(owner)
        window.settle()
        ready, papers = window.window.findChild(ReadyDocumentsCard), window.window.findChild(DocumentsCard)
        assert ready is not None
        assert papers is not None

        def words() -> list[str]:
            return [one.text().replace("\u200b", "") for one in ready.findChildren(QLabel) if not one.isHidden()]

        def buttons() -> list[Button]:
            return [one for one in ready.lines.findChildren(Button) if not one.isHidden()]

        assert not ready.isHidden()
        assert papers.isHidden()
        assert {"Invoice 17", "Lies ready", f"From {site}"} <= set(words())
        (fetch,) = buttons()
        fetch.click()
        window.wait(lambda: any("not the document that the vendor signed for" in one for one in said))
        window.settle()
        vendor = window.do(keep_relationship.relationship(means, owner)).vendor.id
        assert window.do(keep_documents.documents(means, vendor)) == ()
        answers["/i"] = INVOICE
        buttons()[0].click()
        window.wait(lambda: "The document is here, under “Requests and contracts”." in said)
        window.wait(lambda: "Kept here" in words())
        window.wait(lambda: not papers.isHidden())
        (kept,) = window.do(keep_documents.documents(means, vendor))
        assert isinstance(kept, Attachment)
        assert (kept.name, window.do(keep_documents.document(means, kept.id))[1]) == ("Invoice 17.pdf", INVOICE)
