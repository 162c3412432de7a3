"""Cases, changes of orders and voices as the command line's JSON shows them, and in lines for reading."""

from vrm_desktop.cli.shapes import Shape, instant, money
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.case import CaseTurn
from vrm_desktop.domain.claim_periods import PeriodHint
from vrm_desktop.domain.letter import Letter
from vrm_desktop.domain.order_change import ChangeAsked
from vrm_desktop.services.fetch_documents import ReadyDocument
from vrm_desktop.services.show_cases import CaseView
from vrm_desktop.services.tell_vendor import VoiceView
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.claims import (
    change_answer_label,
    change_label,
    period_words,
    remedy_label,
    standing_label,
    topic_label,
    turn_label,
    voice_standing_label,
)


def case(view: CaseView, letter: Letter | None = None) -> Shape:
    """A case; `letter` is the one that the last turn drafted."""
    one = view.case
    return {
        "id": one.id,
        "relationship": one.relationship,
        "vendor": view.vendor_name,
        "about": one.about.value,
        "what": one.what,
        "want": one.want.value,
        "state": one.standing.value,
        "order": one.order,
        "amount": money(one.amount),
        "refunded": {amount.currency: money(amount) for amount in one.refunded()},
        "by": one.by.isoformat() if one.by else None,
        "received": one.received.isoformat() if one.received else None,
        "opened": instant(one.at),
        "message": one.opened,
        "by_wire": view.by_wire,
        "waiting": view.waiting,
        "failed": view.failed,
        "overdue": view.overdue,
        "may": sorted(move.value for move in view.may),
        "evidence": list(one.evidence),
        "turns": [{"id": f"{one.id}.{number}"} | _turn(turn, view) for number, turn in enumerate(one.turns, 1)],
        "documents": [{"id": doc.id, "name": doc.name, "size": doc.size} for doc in view.documents],
        "periods": [_period(hint) for hint in view.hints],
        "letter": letter.id if letter is not None else None,
    }


def _turn(turn: CaseTurn, view: CaseView) -> Shape:
    return {
        "by": turn.by.value,
        "at": instant(turn.at),
        "says": turn.word.value,
        "text": turn.text,
        "remedy": turn.remedy.value if turn.remedy else None,
        "amount": money(turn.amount),
        "due": turn.due.isoformat() if turn.due else None,
        "message": turn.message,
        "letter": turn.letter or None,
        "unasked": view.case.unasked(turn),
        "other_currency": view.case.foreign(turn),
    }


def _period(hint: PeriodHint) -> Shape:
    return {
        "id": hint.period.value,
        "since": hint.since.isoformat(),
        "until": hint.until.isoformat(),
        "source": hint.source,
    }


def case_line(view: CaseView) -> str:
    """A case in one line."""
    what = " ".join(view.case.what.split())[:60]
    return f"{view.case.id}  {view.vendor_name}: {what}  [{standing_label(view.case.standing)}]"


def case_lines(view: CaseView) -> tuple[str, ...]:
    """A case with its turns, its documents and the law."""
    lines = [case_line(view), "    " + _("wanted: {what}").format(what=remedy_label(view.case.want))]
    if view.case.by is not None:
        lines.append("    " + _("by {day}").format(day=values.day(view.case.by)))
    for turn in view.case.turns:
        lines.append(f"    {values.instant(turn.at)}  {turn_label(turn)}")
        lines += [f"        {turn.text}"] if turn.text else []
        if view.case.unasked(turn):
            lines.append("        " + _("You did not ask for that."))
        if view.case.foreign(turn):
            lines.append("        " + _("That is another currency than your case is about."))
    lines += ["    " + _("document: {name}").format(name=one.name) for one in view.documents]
    lines += [f"    {period_words(hint)} ({hint.source})" for hint in view.hints]
    if view.hints:
        lines.append("    " + _("These periods are a hint, no advice."))
    return tuple(lines)


def change(asked: ChangeAsked) -> Shape:
    """A change of an order."""
    return {
        "id": asked.id,
        "relationship": asked.relationship,
        "order": asked.order,
        "what": asked.what.value,
        "text": asked.text,
        "by": asked.by.isoformat() if asked.by else None,
        "told": list(asked.told),
        "asked": instant(asked.at),
        "message": asked.message,
        "letter": asked.letter or None,
        "answer": asked.answer.value,
        "note": asked.note,
        "documents": [
            {"id": one.digest, "title": one.title, "media": one.media, "link": one.link} for one in asked.documents
        ],
    }


def change_lines(asked: ChangeAsked) -> tuple[str, ...]:
    """A change of an order, for reading."""
    told = f"{asked.id}  {change_label(asked.what)}  [{change_answer_label(asked)}]"
    notes = (f"    {text}" for text in (asked.text, asked.note) if text)
    return (told, *notes, *(f"    {one.title}: {one.link}" for one in asked.documents))


def ready(number: int, one: ReadyDocument) -> Shape:
    """A document that the vendor holds ready; `kept` is its id here once it was fetched."""
    return {
        "id": number,
        "digest": one.digest,
        "message": one.message,
        "told": instant(one.at),
        "title": one.title,
        "media": one.media,
        "link": one.link,
        "kept": one.kept or None,
    }


def ready_lines(number: int, one: ReadyDocument) -> tuple[str, ...]:
    """A document that the vendor holds ready, for reading."""
    state = _("kept with the order") if one.kept else _("lies ready")
    return (f"{number}.  {one.title}  [{state}]", f"    {one.link}")


def kept(one: Attachment) -> Shape:
    """A document that is kept here."""
    return {"id": one.id, "name": one.name, "media": one.media, "bytes": one.size, "digest": one.digest}


def voice(view: VoiceView) -> Shape:
    """A voice."""
    one = view.voice
    return {
        "id": one.id,
        "relationship": one.relationship,
        "vendor": view.vendor_name,
        "topic": one.topic.value,
        "text": one.text,
        "told": instant(one.at),
        "message": one.message,
        "letter": one.letter or None,
        "unsent": view.unsent.value if view.unsent else None,
        "state": one.state.value if one.state else None,
        "answers": [
            {"id": reply.message, "at": instant(reply.at), "state": reply.state.value, "text": reply.text}
            for reply in one.replies
        ],
    }


def voice_line(view: VoiceView) -> str:
    """A voice in one line."""
    text = " ".join(view.voice.text.split())[:60]
    standing = voice_standing_label(view.voice)
    return f"{view.voice.id}  {view.vendor_name}, {topic_label(view.voice.topic)}: {text}  [{standing}]"
