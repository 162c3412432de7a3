"""Cases, changes of orders and voices in the window's words. Pure: a file or a view in, models out."""

from datetime import date

from vrm_desktop.domain.case import Case, CaseStanding, CaseTurn
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.order_change import ChangeAnswer, ChangeAsked
from vrm_desktop.domain.relationship import OrderState
from vrm_desktop.domain.voice import Voice
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.show_cases import CaseMove, CaseView
from vrm_desktop.ui.models.claims_view import CaseFormView, CasePageView, ClaimLine, TurnLine
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.claims import (
    about_label,
    change_answer_label,
    change_label,
    period_words,
    remedy_label,
    standing_label,
    topic_label,
    turn_label,
    voice_standing_label,
    voice_state_label,
)
from vrm_desktop.wording.labels import note_label

_TONES = {
    CaseStanding.PROPOSED: Tone.CAUTION,
    CaseStanding.REFUSED: Tone.CAUTION,
    CaseStanding.DONE: Tone.CAUTION,
    CaseStanding.PROMISED: Tone.GOOD,
    CaseStanding.RESOLVED: Tone.GOOD,
    CaseStanding.UNRESOLVED: Tone.BAD,
}
_LONGEST = 90
_MOST_EVIDENCE = 8


def case_lines(file: RelationshipFile) -> tuple[ClaimLine, ...]:
    """The cases with a counterparty, open ones first."""
    found = sorted(file.papers_of(Case), key=lambda one: (one.over, one.at))
    return tuple(
        ClaimLine(
            id=one.id,
            what=_short(one.what),
            standing=standing_label(one.standing),
            tone=_TONES.get(one.standing, Tone.NEUTRAL),
        )
        for one in found
    )


def voice_lines(file: RelationshipFile) -> tuple[ClaimLine, ...]:
    """What was told, the newest first, with every answer."""
    return tuple(
        ClaimLine(
            id=one.id,
            what=_("{topic}: {text}").format(topic=_begin(topic_label(one.topic)), text=_short(one.text)),
            standing=voice_standing_label(one),
            tone=Tone.GOOD if one.state is not None else Tone.NEUTRAL,
            told=tuple(
                f"{values.instant(reply.at)}  {voice_state_label(reply.state)}  {reply.text}".rstrip()
                for reply in one.replies
            ),
        )
        for one in reversed(file.papers_of(Voice))
    )


def change_lines(file: RelationshipFile) -> tuple[ClaimLine, ...]:
    """What was asked for this order, the newest first."""
    tones = {ChangeAnswer.ACCEPTED: Tone.GOOD, ChangeAnswer.REFUSED: Tone.BAD, ChangeAnswer.OPEN: Tone.NEUTRAL}
    mine = (one for one in reversed(file.papers_of(ChangeAsked)) if one.relationship == file.relationship.id)
    return tuple(
        ClaimLine(
            id=one.id,
            what=_begin(change_label(one.what)) + (f": {_short(one.text)}" if one.text else ""),
            standing=change_answer_label(one),
            tone=tones[one.answer],
            told=(*([one.note] if one.note else []), *(held.title for held in one.documents)),
        )
        for one in mine
    )


def ready_lines(file: RelationshipFile) -> tuple[ClaimLine, ...]:
    """Documents that lie ready for this order, the newest first."""
    return tuple(
        ClaimLine(
            id=one.digest,
            what=one.title,
            standing=_("Kept here") if one.kept else _("Lies ready"),
            tone=Tone.GOOD if one.kept else Tone.NEUTRAL,
            told=() if one.kept else (_("From {site}").format(site=one.site),),
            opens=not one.kept,
        )
        for one in reversed(file.documents)
    )


def changes_of_order(file: RelationshipFile) -> tuple[bool, bool]:
    """Whether this order can still be changed, and whether a new address can go with it."""
    order = file.order
    if order is None or order.state not in {OrderState.PLACED, OrderState.CONFIRMED}:
        return False, False
    return True, goes_by_wire(file, Kind.ORDER_CHANGE)


def goes_by_wire(file: RelationshipFile, kind: Kind) -> bool:
    """Whether this would go over the wire, as far as the file shows."""
    card, owner = file.vendor.card, file.relationship
    known = card is not None and card.understands(kind) and bool(owner.address)
    return known and kind in file.may_say


def case_form_view(file: RelationshipFile, today: date) -> CaseFormView:
    """What the form of a new case begins with."""
    order = file.order
    price = order.price if order is not None else None
    notes = [note for note in file.notes if note.message is not None][-_MOST_EVIDENCE:]
    return CaseFormView(
        vendor=file.vendor.name,
        by_wire=goes_by_wire(file, Kind.CASE),
        order=", ".join(line.title for line in order.lines) if order is not None else "",
        amount=f"{price.all_in.decimal()} {price.currency}" if price is not None else "",
        today=today,
        evidence=tuple(
            (str(note.message), f"{values.instant(note.at)}  {_short(_begin(note_label(note)))}") for note in notes
        ),
    )


def case_page_view(view: CaseView) -> CasePageView:
    """One case, whole."""
    one = view.case
    facts = [
        (_("About"), about_label(one.about)),
        (_("What you want"), remedy_label(one.want)),
    ]
    if one.amount is not None:
        facts.append((_("Amount"), values.money(one.amount)))
    facts += [(_("Sent back so far"), values.money(amount)) for amount in one.refunded()]
    if one.by is not None:
        facts.append((_("By"), values.day(one.by)))
    facts.append((_("Opened"), values.instant(one.at)))
    if one.evidence:
        facts.append((_("Messages as evidence"), str(len(one.evidence))))
    hints = tuple(f"{period_words(hint)} ({hint.source})" for hint in view.hints)
    return CasePageView(
        id=one.id,
        title=_short(one.what),
        subtitle=_("With {vendor}").format(vendor=view.vendor_name),
        standing=standing_label(one.standing),
        tone=Tone.CAUTION if view.overdue else _TONES.get(one.standing, Tone.NEUTRAL),
        notice=_notice(view),
        facts=tuple(facts),
        turns=tuple(_turn(one, turn) for turn in one.turns),
        documents=tuple(document.name for document in view.documents),
        hints=hints,
        may=frozenset(move.value for move in view.may),
        main=next_move(one.standing, view.may, by_wire=view.by_wire, overdue=view.overdue),
    )


def next_move(standing: CaseStanding, may: frozenset[CaseMove], *, by_wire: bool, overdue: bool) -> str:
    """The move that comes next: an answer to a proposal, the last word on what they say is done, or asking on."""
    if CaseMove.ACCEPT in may:
        wished = CaseMove.ACCEPT
    elif standing is CaseStanding.DONE or (standing is CaseStanding.PROMISED and not overdue):
        wished = CaseMove.RESOLVED
    elif by_wire or overdue or standing is CaseStanding.UNRESOLVED:
        wished = CaseMove.GO_ON
    else:
        wished = CaseMove.NOTE
    return wished.value if wished in may else ""


def _notice(view: CaseView) -> str:
    if view.to_send:
        return _("A letter waits for you to send it: you find it under “Letters” in the file.")
    if view.failed:
        return _("Something of it could not be sent. Say it again, and it goes as a letter.")
    if view.waiting:
        return _("It leaves as soon as the vendor can be reached.")
    if view.overdue:
        return _("The day that you named has passed. You can remind them, or say that it is not resolved.")
    return ""


def _turn(case: Case, turn: CaseTurn) -> TurnLine:
    warning = ""
    if case.unasked(turn):
        warning = _("You did not ask for that.")
    elif case.foreign(turn):
        warning = _("That is another currency than your case is about.")
    return TurnLine(
        when=values.instant(turn.at),
        told=turn_label(turn),
        words=turn.text,
        mine=turn.by is Side.PERSON,
        warning=warning,
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def _begin(words: str) -> str:
    return words[:1].upper() + words[1:]
