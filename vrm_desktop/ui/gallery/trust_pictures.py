"""Pictures of trust, proof and leaving on the page of a counterparty."""

from dataclasses import replace
from datetime import UTC, date, datetime

from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.clocks import Regime
from vrm_desktop.domain.ids import Digest, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.leak import Leak, ReplyReference
from vrm_desktop.domain.leaving import NeededFor, StillNeeded
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.own_key import KeyStaysFor
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.domain.rights import HeldValue, RequestEvent, RequestStep, RightsRequest, RightsWay
from vrm_desktop.domain.trust import Measure, Outcome, Tally, TrustRow
from vrm_desktop.services.change_my_key import KeyStanding
from vrm_desktop.services.count_trust import Trust
from vrm_desktop.services.end_relationship import Leaving
from vrm_desktop.services.make_bundle import BundleValue, Choosable
from vrm_desktop.ui.gallery import standing_samples as samples
from vrm_desktop.ui.gallery.picture import Picture, in_window
from vrm_desktop.ui.models.relationship_view import RelationshipView
from vrm_desktop.ui.pages.bundle_card import BundleCard
from vrm_desktop.ui.pages.documents_card import DocumentsCard
from vrm_desktop.ui.pages.leak_card import LeakCard
from vrm_desktop.ui.pages.leaving_card import LeavingCard
from vrm_desktop.ui.pages.own_key_card import OwnKeyCard
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard
from vrm_desktop.ui.pages.relationship_page import RelationshipPage
from vrm_desktop.ui.pages.trust_card import TrustCard
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.wording.leaving_words import check_line

_DAY = date(2026, 11, 20)
_RADHAUS = VendorId("vendor-1")


def trust_pictures() -> tuple[Picture, ...]:
    """All of them."""
    return (
        Picture(name="trust", make=lambda look: _file(look, _trust(look, counted=True))),
        Picture(name="trust-none", make=lambda look: _file(look, _trust(look, counted=False))),
        Picture(name="leak", make=lambda look: _file(look, leaked_card(look))),
        Picture(name="leak-form", make=lambda look: _file(look, _leak_form(look))),
        Picture(name="documents", make=lambda look: _file(look, _documents(look))),
        Picture(name="proof", make=lambda look: _file(look, _proof(look))),
        Picture(name="own-key", make=_key),
        Picture(name="own-key-stays", make=lambda look: _key(look, KeyStaysFor.ELSEWHERE)),
        Picture(name="leaving", make=lambda look: _file(look, _leaving(look))),
        Picture(name="leaving-over", make=lambda look: _file(look, _over(look))),
    )


def _key(look: Look, why: KeyStaysFor | None = None) -> QWidget:
    return _file(look, own_key_card(look, why), replace(samples.FILE, held=()))


def _file(look: Look, card: RelationshipCard, view: RelationshipView = samples.FILE) -> QWidget:
    page = RelationshipPage(look)
    page.show_relationship(view)
    page.add_card(card)
    page.open_tab(card.tab)
    return in_window(look, PageId.RELATIONSHIP, page)


def counted_trust(*, counted: bool = True) -> Trust:
    """What was counted with a shop, or nothing."""
    rows = (
        TrustRow(on=_DAY, text="Road bike 54 cm", outcome=Outcome.LATE, source="1"),
        TrustRow(on=date(2026, 3, 2), text="Lamp", outcome=Outcome.GOOD, source="2"),
        TrustRow(on=date(2026, 12, 1), text="Panniers", outcome=Outcome.OPEN, source="3"),
    )
    asked = (
        TrustRow(on=_DAY, text="profile.name", outcome=Outcome.GOOD, source="o"),
        TrustRow(on=_DAY, text="profile.phone", outcome=Outcome.BAD, source="o"),
    )
    alone = (TrustRow(on=_DAY, text="me+k2@x.example", outcome=Outcome.GOOD, source="r"),)
    tallies = (
        Tally(measure=Measure.DELIVERY, rows=rows),
        Tally(measure=Measure.PRICE, rows=rows[1:2]),
        Tally(measure=Measure.ASKED, rows=asked),
        Tally(measure=Measure.LEAKS, rows=alone),
    )
    return Trust(vendor=_RADHAUS, name="Radhaus Ehrenfeld", tallies=tallies if counted else ())


def _trust(look: Look, *, counted: bool) -> TrustCard:
    card = TrustCard(look)
    card.show_trust(
        counted_trust(counted=counted),
        waits=counted,
        overdue=counted,
    )
    if counted:
        card.more.click()
    return card


def leaked_card(look: Look) -> LeakCard:
    """An address that only this shop has turned up elsewhere."""
    card, at = LeakCard(look), datetime(2026, 6, 1, tzinfo=UTC)
    alone = ReplyReference(id="reply-1", vendor=_RADHAUS, at=at, address="me+k2@mail.example")
    leak = Leak(
        id="leak-1",
        vendor=_RADHAUS,
        relationship=RelationshipId("rel-1"),
        at=at,
        on=_DAY,
        address=alone.address,
        what="A casino wrote to me.",
        roster="SD-BASE",
    )
    card.show_leaks(_RADHAUS, "Radhaus Ehrenfeld", references=(alone,), leaks=(leak,))
    return card


def _leak_form(look: Look) -> LeakCard:
    card = leaked_card(look)
    card.open.click()
    card.show_error("Several have this address, so it proves nothing about one of them.")
    return card


def _documents(look: Look) -> DocumentsCard:
    card, at = DocumentsCard(look), datetime(2026, 11, 20, tzinfo=UTC)
    names = ("Answer about my data.pdf", "Photo of the cracked frame.jpg")
    card.show_documents(
        tuple(
            Attachment(
                id=f"file-{number}",
                of="case",
                paper="case-1",
                name=name,
                media="application/pdf",
                size=1,
                digest=Digest("D" * 43),
                at=at,
            )
            for number, name in enumerate(names)
        )
    )
    return card


def _proof(look: Look) -> BundleCard:
    card = BundleCard(look)
    told = (("profile.name", "Ottilie Zwiebelfisch"), ("profile.address.street", "Querlenkerweg 1183"))
    values = tuple(
        BundleValue(message=MessageId("M" * 43), sender=Side.PERSON, kind=Kind.ACCEPT, name=name, value=value, text="")
        for name, value in told
    )
    card.show_choosable(
        Choosable(
            vendor="Radhaus Ehrenfeld",
            messages=14,
            agreements=2,
            ordered=True,
            values=values,
            erased=2,
            letters=(),
            attachments=(),
        )
    )
    return card


def own_key_card(look: Look, why: KeyStaysFor | None = None, *, on_its_way: bool = False) -> OwnKeyCard:
    """The card of a key that was changed once."""
    card = OwnKeyCard(look)
    since = datetime(2026, 11, 20, tzinfo=UTC)
    card.show_standing(KeyStanding(since=since, on_its_way=on_its_way, why_not=why))
    return card


def _leaving(look: Look) -> LeavingCard:
    card = LeavingCard(look)
    card.show_leaving(
        Leaving(
            vendor="Radhaus Ehrenfeld",
            state=RelationshipState.OPEN,
            told=("profile.name", "profile.address.street", "profile.email"),
            consents=1,
            waiting=1,
            needed=(
                StillNeeded(why=NeededFor.ORDER, until=date(2026, 12, 30), text="Road bike 54 cm"),
                StillNeeded(why=NeededFor.WARRANTY, until=date(2028, 11, 30), text="Road bike 54 cm"),
            ),
            wire=True,
            letter=False,
        )
    )
    for button in (card.done, card.check):
        button.hide()
    return card


def _over(look: Look) -> LeavingCard:
    card = LeavingCard(look)
    request = RightsRequest(
        id="rights-1",
        vendor=_RADHAUS,
        relationship=RelationshipId("rel-1"),
        at=datetime(2026, 11, 20, tzinfo=UTC),
        right=DataRight.USE_REPORT,
        regime=Regime.GDPR,
        way=RightsWay.WIRE,
        reference="2026-K7F3QM",
    )
    held = (HeldValue(name="profile.name", purpose="service", until=date(2028, 11, 30)),)
    went = request.after(RequestStep(event=RequestEvent.WENT, on=_DAY))
    answered = went.after(RequestStep(event=RequestEvent.FULFILLED, on=_DAY, held=held))
    card.show_standing(check_line("Radhaus Ehrenfeld", answered), RelationshipState.ENDED, waits=False)
    return card
