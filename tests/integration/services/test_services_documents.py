"""Documents that a vendor holds ready: fetched when the person says so, and kept only as the bytes that were signed."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.claims import KINDS, answering
from tests.fakes.lying_vendor import LyingVendor, Talk, a_lying_vendor
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from tests.fakes.shop_pages import FakeWeb
from vrm_desktop.canon import hashes
from vrm_desktop.domain.ids import MessageId, RelationshipId
from vrm_desktop.domain.living import ChangeKind
from vrm_desktop.domain.page_visit import LEAVING, PageVisit, VisitFor
from vrm_desktop.protocol import messages
from vrm_desktop.services import accept_offer, change_order, compare_offers, fetch_documents, keep_documents
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import ChannelError
from vrm_desktop.services.ports_outside import WebPage

INVOICE = b"%PDF-1.7\nThe invoice\n%%EOF\n"
LINK = "https://shop.example/intentcast/documents/very-secret?x=1&utm_source=mail"
TITLE = "..\\Invoice/\u202e 17"
Job = Callable[[Person, Means, FakeWeb, RelationshipId], Awaitable[None]]


def run(folder: Path, job: Job, *, link: str = LINK, asked: bool = True) -> None:
    """Order a bike from a vendor that then names a document, and do the job."""
    named = messages.Document(title=TITLE, media="application/pdf", hash=hashes.digest(INVOICE), link=link)

    def say(talk: Talk, _message: messages.OrderChange, id: MessageId) -> None:
        answer = {"of": id, "answer": "accepted"} if asked else {}
        talk.say(messages.Status(**{**talk.claims(), **answer, "state": "preparing", "documents": (named,)}))

    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as liar, a_person(folder / "home", clock) as person:
            key = await ordered(person, liar)
            web = FakeWeb(pages={link: WebPage(status=200, body=INVOICE, kind="application/pdf")})
            await job(person, replace(person.means, outside=web.outside), web, key)

    async def ordered(person: Person, liar: LyingVendor) -> RelationshipId:
        liar.script, liar.kinds = answering({messages.OrderChange: say}), KINDS
        await person.knows()
        want, (key,) = await person.casts(liar.url)
        await person.settle()
        ranked = (await compare_offers.compare(person.means, want)).ranked
        await accept_offer.accept(person.means, ranked[0].offer.id)
        await person.settle()
        await change_order.ask(person.means, key, ChangeKind.DOCUMENT)
        await person.settle()
        return key

    asyncio.run(body())


@pytest.mark.parametrize("asked", [True, False])
def test_a_document_is_fetched_once_from_exactly_where_it_was_said_to_lie(tmp_path: Path, *, asked: bool) -> None:
    async def job(person: Person, means: Means, web: FakeWeb, key: RelationshipId) -> None:
        assert web.urls() == [], "nothing is fetched by itself"
        (ready,) = (await person.file(key)).documents
        assert (ready.kept, ready.site) == ("", "https://shop.example")
        fetched = await fetch_documents.fetch(means, key, ready.digest)
        assert (await fetch_documents.fetch(means, key, ready.digest)).document == fetched.document
        assert web.urls() == [LINK]
        file = await person.file(key)
        assert file.order is not None
        assert (fetched.document.name, fetched.document.paper) == ("Invoice- 17.pdf", file.order.hash)
        assert file.documents[0].kept == fetched.document.id
        assert (await keep_documents.document(means, fetched.document.id))[1] == INVOICE
        assert [one for one in await person.notes(key) if one.startswith("document-")] == [
            "document-ready",
            "document-kept",
        ]
        with pytest.raises(NotFound):
            await fetch_documents.fetch(means, key, "A" * 43)
        with pytest.raises(NotFound):
            await fetch_documents.fetch(means, RelationshipId("rel-none"), ready.digest)

    run(tmp_path, job, asked=asked)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (WebPage(status=200, body=INVOICE + b" ", kind="application/pdf"), "document-differs"),
        (WebPage(status=200, body=b"", kind="application/pdf"), "document-differs"),
        (WebPage(status=404, body=INVOICE, kind="application/pdf"), "document-gone"),
        (WebPage(status=410, body=b"", kind="text/html"), "document-gone"),
        (WebPage(status=302, body=b"", kind="", location="https://elsewhere.example/"), "document-differs"),
        (WebPage(status=503, body=INVOICE, kind="application/pdf"), "answered-badly"),
        (ChannelError("connect-failed", may_have_arrived=False, final=False), "connect-failed"),
    ],
)
def test_what_is_not_the_signed_document_is_not_kept(tmp_path: Path, answer: WebPage | ChannelError, code: str) -> None:
    async def job(person: Person, means: Means, web: FakeWeb, key: RelationshipId) -> None:
        web.pages[LINK] = answer
        (ready,) = (await person.file(key)).documents
        with pytest.raises(ChannelError) as refused:
            await fetch_documents.fetch(means, key, ready.digest)
        assert refused.value.code == code
        assert web.urls() == [LINK], "no redirect is followed, nothing is asked twice"
        file = await person.file(key)
        assert file.documents[0].kept == ""
        assert await keep_documents.documents(means, file.vendor.id) == ()
        (visit,) = [one for one in await means.vault.read(lambda tx: tx.papers(PageVisit)) if one.address == LINK]
        assert (visit.why, visit.outcome) == (VisitFor.DOCUMENT, code)

    run(tmp_path, job)


def test_it_is_written_down_before_it_leaves(tmp_path: Path) -> None:
    seen: list[str] = []

    async def job(person: Person, means: Means, web: FakeWeb, key: RelationshipId) -> None:
        class Watching(FakeWeb):
            """Looks into the vault when it is asked."""

            async def fetch(
                self, url: str, *, most: int, etag: str = "", modified: str = "", seconds: float | None = None
            ) -> WebPage:
                kept = await means.vault.read(lambda tx: tx.papers(PageVisit))
                seen.extend(one.outcome for one in kept if one.address == url)
                return await FakeWeb.fetch(self, url, most=most, etag=etag, modified=modified, seconds=seconds)

        watched = replace(means, outside=Watching(pages=web.pages).outside)
        (ready,) = (await person.file(key)).documents
        await fetch_documents.fetch(watched, key, ready.digest)

    run(tmp_path, job)
    assert seen == [LEAVING]
