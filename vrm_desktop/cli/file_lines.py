"""One relationship's whole file as lines: who they are, terms, order, what they know and why, papers, dates, the story.

Never here: a command, JSON (see `shapes`).
"""

from collections.abc import Iterator
from typing import Final

from vrm_desktop.cli.paying import paying_lines
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.booking import balances
from vrm_desktop.domain.case import Case
from vrm_desktop.domain.consent import Consent
from vrm_desktop.domain.contract import Contract
from vrm_desktop.domain.leak import Leak
from vrm_desktop.domain.letter import Letter
from vrm_desktop.domain.order_change import ChangeAsked
from vrm_desktop.domain.papers import NAME_OF, Paper
from vrm_desktop.domain.rights import RightsRequest
from vrm_desktop.domain.thing import Thing
from vrm_desktop.domain.voice import Voice
from vrm_desktop.domain.wish import Wish
from vrm_desktop.services.agenda import COMING
from vrm_desktop.services.alarms import ALARMS
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.who_knows_what import STILL_HELD
from vrm_desktop.wording import values
from vrm_desktop.wording.agenda import agenda_words
from vrm_desktop.wording.asked import asked_value_label
from vrm_desktop.wording.bookings import balance_words
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.claims import change_label
from vrm_desktop.wording.found import paper_label
from vrm_desktop.wording.labels import (
    agreement_state_label,
    asked_field_label,
    ledger_state_label,
    note_label,
    order_state_label,
    purpose_label,
    terms_label,
)
from vrm_desktop.wording.ledger_words import basis_words
from vrm_desktop.wording.payment import ordered_words
from vrm_desktop.wording.rights import letter_state_label, request_state_label, right_label
from vrm_desktop.wording.verified import verified_words
from vrm_desktop.wording.wish_words import consent_word_label

_SHOWN: Final[tuple[type[Paper], ...]] = (
    Contract,
    Case,
    ChangeAsked,
    RightsRequest,
    Consent,
    Wish,
    Voice,
    Thing,
    Leak,
    Letter,
    Attachment,
)
_LONGEST: Final = 100


def file_lines(file: RelationshipFile) -> tuple[str, ...]:
    """The file below its headline."""
    return tuple(f"    {line}" for line in _lines(file))


def _lines(file: RelationshipFile) -> Iterator[str]:
    checked = verified_words(file.vendor.pinned, file.relationship.conversation.peer_kid, file.vendor.added)
    yield f"{checked}  {file.vendor.pinned or ''}".rstrip()
    for one in file.agreements:
        yield f"{terms_label(one.roster)}: {agreement_state_label(one.state)}, {values.day(one.at.date())}"
    yield from _order(file)
    rosters = {one.hash: one.roster for one in file.agreements}
    for row in file.disclosures:
        what = f"{asked_field_label(row.name)} ({asked_value_label(row.name, row.value)})"
        if row.state not in STILL_HELD:
            yield _("was told {what}: {state}").format(what=what, state=ledger_state_label(row.state))
            continue
        yield _("knows {what}, {purpose}, until {day}; it rests on: {basis}").format(
            what=what, purpose=purpose_label(row.purpose), day=values.day(row.until), basis=basis_words(row, rosters)
        )
    for kind in _SHOWN:
        for paper in file.papers:
            if type(paper) is kind:
                yield f"{paper_label(NAME_OF[kind])}: {' '.join(_title(paper).split())[:_LONGEST]}  [{paper.id}]"
    for date in file.dates:
        if date.when in COMING:
            what = agenda_words(date.item, want=date.want)
            yield _("due {day}: {what}").format(day=values.day(date.item.due), what=what)
    yield from (balance_words(one) for one in balances(file.bookings))
    yield from (f"{values.instant(one.at)}  {note_label(one)}" for one in file.notes)


def _title(paper: Paper) -> str:
    match paper:
        case Letter():
            return f"{paper.subject} ({letter_state_label(paper.state)})"
        case RightsRequest():
            return f"{right_label(paper.right)}, {paper.reference} ({request_state_label(paper.state)})"
        case Contract():
            return paper.title  # where it stands is told by `vrm contract`
        case ChangeAsked():
            return ", ".join(part for part in (change_label(paper.what), paper.text) if part)
        case Case():
            return paper.what
        case Consent():
            return f"{', '.join(asked_field_label(one.name) for one in paper.items)} ({consent_word_label(paper.word)})"
        case _:
            return paper.words


def _order(file: RelationshipFile) -> Iterator[str]:
    order = file.order
    if order is None:
        return
    yield _("order: {state}").format(state=order_state_label(order.state))
    words = ordered_words(order, file.relationship.way, file.vendor.name)
    if words:
        yield words
    if order.paid is None and file.relationship.trouble not in ALARMS:
        yield from (line.removeprefix("    ") for line in paying_lines(order))
