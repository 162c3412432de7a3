"""Pictures of the Data Rights Protocol in a counterparty's file: asking, what it would tell, what became of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.drp import (
    DrpAction,
    DrpClaim,
    DrpEntry,
    DrpExercise,
    DrpIdentity,
    DrpReason,
    DrpRegime,
    DrpReport,
    DrpStanding,
    DrpStatus,
)
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.services.plan_drp_request import DrpPlan
from vrm_desktop.ui.gallery import standing_samples as samples
from vrm_desktop.ui.gallery.picture import Picture, in_window
from vrm_desktop.ui.pages.drp_card import DrpCard
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_page import RelationshipPage
from vrm_desktop.ui.theme.look import Look

_AT = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
_LONG = "https://prüfstelle.example/" + "w" * 300
ENTRY = DrpEntry(
    id="RADHAUS_1",
    vendor=VendorId("vendor-1"),
    at=_AT,
    name="Radhaus Ehrenfeld",
    api_base="https://radhaus.example/drp",
    asks=(DrpClaim.EMAIL, DrpClaim.PHONE),
)


def drp_pictures() -> tuple[Picture, ...]:
    """All of them."""
    return (
        Picture(name="drp", make=lambda look: _file(look, drp_card(look))),
        Picture(name="drp-plan", make=lambda look: _file(look, drp_card(look, planned=True))),
        Picture(name="drp-asked", make=lambda look: _file(look, drp_card(look, *_asked()))),
        Picture(name="drp-long", make=lambda look: _file(look, drp_card(look, _hostile()))),
    )


def drp_card(look: Look, *asked: DrpExercise, planned: bool = False) -> DrpCard:
    """The card with these requests; `planned`: what the next one would tell is shown."""
    card = DrpCard(look)
    card.show_papers("vendor-1", (ENTRY,), asked)
    if planned:
        mail = PlannedField(
            name="profile.email",
            value="ottilie@zwiebelfisch.example",
            stage=Stage.LATER,
            purpose=Purpose.RIGHTS,
            until=date(2027, 3, 7),
            source=Source.PROFILE,
        )
        card.show_plan(
            DrpPlan(
                entry=ENTRY,
                asking=card.asking,
                identity=DrpIdentity(email=mail.value),
                fields=(mail,),
                missing=(DrpClaim.PHONE,),
            )
        )
    return card


def _file(look: Look, card: DrpCard) -> QWidget:
    page = RelationshipPage(look)
    page.show_relationship(samples.FILE)
    page.add_card(card)
    page.open_tab(card.tab)
    return in_window(look, PageId.RELATIONSHIP, page)


def exercise(action: DrpAction, report: DrpReport | None = None) -> DrpExercise:
    """One request, heard of if there is a report."""
    made = DrpExercise(
        id=f"drp-{action}",
        vendor=VendorId("vendor-1"),
        relationship=RelationshipId("rel-1"),
        at=_AT,
        business=ENTRY.id,
        action=action,
        regime=DrpRegime.VOLUNTARY,
        agent_request_id="a1b2c3",
        identity=DrpIdentity(email="ottilie@zwiebelfisch.example"),
    )
    return made if report is None else made.after(report, _AT + timedelta(hours=1))


def _asked() -> tuple[DrpExercise, ...]:
    due = _AT + timedelta(days=45)
    working = DrpReport(
        request_id="q-7",
        status=DrpStatus.IN_PROGRESS,
        reason=DrpReason.NEED_USER_VERIFICATION,
        expected_by=due,
        verification_url="https://radhaus.example/verify/7",
    )
    done = DrpReport(request_id="q-6", status=DrpStatus.FULFILLED, results_url="https://radhaus.example/results/6")
    lost = exercise(DrpAction.SALE_OPT_OUT, replace(working, reason=None, verification_url=""))
    return (
        exercise(DrpAction.ACCESS, done),
        lost.troubled("drp-unknown", _AT, DrpStanding.LOST),
        exercise(DrpAction.DELETION, working),
    )


def _hostile() -> DrpExercise:
    return exercise(
        DrpAction.ACCESS_CATEGORIES,
        DrpReport(request_id="q", status=DrpStatus.DENIED, reason=DrpReason.OTHER, details=_LONG, results_url=_LONG),
    )
