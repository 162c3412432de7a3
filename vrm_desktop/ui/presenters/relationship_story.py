"""The story of a file: notes and papers in the order in which they came, each in a plain sentence of its own.

A kind of paper that leaves no note of its own has one line in `_SENTENCES`. Pure.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.booking import Booking
from vrm_desktop.domain.contract import Contract
from vrm_desktop.domain.letter import Letter
from vrm_desktop.domain.papers import Paper
from vrm_desktop.domain.promise import Promise, PromiseState
from vrm_desktop.domain.relationship import Note
from vrm_desktop.domain.thing import Thing
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.ui.models.relationship_view import StoryAbout, StoryLine
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.ui.presenters.moments import day_of, time_of
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.bookings import booking_label
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import note_label

_LIES = ("case-unasked", "case-foreign", "refund-foreign", "refund-unknown")
_TROUBLE = ("trouble", "not-sent-", "record-differs", "payment-changed", "binding-offer-withdrawn", "leak", *_LIES)
_GOOD = frozenset({"terms-accepted", "confirmation", "closure-ended", "status-delivered", "case-resolved"})
_ABOUT = (
    (StoryAbout.TERMS, ("terms", "closure", "end", "asked", "contacted", "file-begun", "cut-off", "own-key")),
    (StoryAbout.MESSAGES, ("message", "letter", "voice", "acknowledgement", "goes-on", "still-waits")),
    (
        StoryAbout.ORDERS,
        ("offer", "order-", "confirmation", "status", "receipt", "refund", "paid", "arrived", "price-differs"),
    ),
    (StoryAbout.DATA, ("wish", "report", "grant", "consent", "rights", "value", "lapse", "erasure", "change")),
)


def story_of(file: RelationshipFile) -> tuple[StoryLine, ...]:
    """All that happened, the oldest first."""
    told: list[tuple[datetime, StoryLine]] = [(note.at, _note(note)) for note in file.notes]
    told += [(paper.at, line) for paper in file.papers if _here(paper, file) for line in _paper(paper)]
    return tuple(line for _at, line in sorted(told, key=lambda pair: pair[0]))


def _here(paper: Paper, file: RelationshipFile) -> bool:
    return paper.relationship in (None, file.relationship.id)


def _note(note: Note) -> StoryLine:
    tone = Tone.CAUTION if note.kind.startswith(_TROUBLE) else Tone.GOOD if note.kind in _GOOD else Tone.NEUTRAL
    return _line(note.at, note_label(note), _about(note.kind), tone)


def _about(kind: str) -> StoryAbout:
    if kind.startswith(_TROUBLE):
        return StoryAbout.TROUBLE
    return next((about for about, starts in _ABOUT if kind.startswith(starts)), StoryAbout.PAPERS)


def _paper(paper: Paper) -> Iterator[StoryLine]:
    for kind, (about, sentence) in _SENTENCES.items():
        if isinstance(paper, kind) and (words := sentence(paper)):
            yield _line(paper.at, words, about)


def _letter(letter: Letter) -> str:
    return _("you drafted a letter: {subject}").format(subject=letter.subject)


def _thing(thing: Thing) -> str:
    if thing.order is not None:
        return _("it came into your house: {what}").format(what=thing.title)
    return _("you wrote down that you have: {what}").format(what=thing.title)


def _booking(booking: Booking) -> str:
    return _("you wrote down: {kind} {money} for {what}").format(
        kind=booking_label(booking.kind), money=values.money(booking.amount), what=booking.what
    )


def _contract(contract: Contract) -> str:
    return _("a contract was filed: {title}").format(title=contract.title)


def _attachment(attachment: Attachment) -> str:
    return _("you attached a document: {name}").format(name=attachment.name)


def _promise(promise: Promise) -> str:
    if promise.due is None:
        return ""
    by = values.day(promise.due)
    if promise.state is PromiseState.OPEN:
        return _("was to keep this by {day}: {what}").format(day=by, what=promise.what)
    return ""


_SENTENCES: dict[type[Paper], tuple[StoryAbout, Callable[..., str]]] = {
    Attachment: (StoryAbout.PAPERS, _attachment),
    Booking: (StoryAbout.ORDERS, _booking),
    Contract: (StoryAbout.PAPERS, _contract),
    Letter: (StoryAbout.PAPERS, _letter),
    Promise: (StoryAbout.PAPERS, _promise),
    Thing: (StoryAbout.ORDERS, _thing),
}


def _line(at: datetime, words: str, about: StoryAbout, tone: Tone = Tone.NEUTRAL) -> StoryLine:
    return StoryLine(day=day_of(at), time=time_of(at), text=sentence_case(words), tone=tone, about=about)
