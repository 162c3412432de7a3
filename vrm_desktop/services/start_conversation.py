"""Begin a conversation with a counterparty without a want: what it may learn is planned first, and terms come first.

Where its desk understands it, a question opens the conversation, the terms are signed, and only then is anything told:
what the plan reveals, and the person's words. To all others the same goes as a letter, which rests on the person's own
act. Never here: how the letter gets to them.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final

from vrm_desktop.canon import base64url
from vrm_desktop.domain import acts
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.ids import PersonaId, RelationshipId, VendorId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.letter import Letter, LetterAbout, LetterWay
from vrm_desktop.domain.living import ContactAbout
from vrm_desktop.domain.plan import DELIVERY_DAYS, VendorPlan, order_fields, pick
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.relationship import Note, Relationship, RelationshipState
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.services.compose_openings import answer_day
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.reachable import own_signer
from vrm_desktop.services.write_letters import keep_draft, recipient_lines

WORDS_LENGTH: Final = 4000
_SENDER = (FieldPath.NAME, FieldPath.STREET, FieldPath.POSTCODE, FieldPath.LOCALITY, FieldPath.COUNTRY)
_SENDER_LINES = (
    ("profile.name",),
    ("profile.address.street",),
    ("profile.address.postcode", "profile.address.locality"),
    ("profile.address.country",),
)
_STATES = frozenset(acts.ActState) - {acts.ActState.UNDONE}


class Way(StrEnum):
    """Which way a conversation begins."""

    DESK = "desk"
    LETTER = "letter"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Wish:
    """What the person wants to say. `number`: their customer number shall be told too; `fields` of the profile too.

    `known` is the earlier relationship with this counterparty that the person wants to be known by.
    """

    vendor: VendorId
    about: ContactAbout
    words: str
    number: bool = False
    fields: tuple[FieldPath, ...] = ()
    known: RelationshipId | None = None
    language: str = "en"
    subject: str = ""

    def __post_init__(self) -> None:
        if not self.words.strip() or len(self.words) > WORDS_LENGTH:
            raise NotPossibleNow("a conversation begins with 1 to 4,000 characters")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ConversationPlan:
    """What will happen: which way, what goes at once, and what only after the terms are signed (a letter: all)."""

    wish: Wish
    vendor: Counterparty
    way: Way
    at_once: tuple[PlannedField, ...]
    after_terms: tuple[PlannedField, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Begun:
    """Whose file it is in, and the letter to be sent where there is one."""

    changes: Changes
    relationship: RelationshipId
    letter: str = ""


async def plan(means: Means, wish: Wish) -> ConversationPlan:
    """What beginning would tell. Nothing is changed.

    Raises:
        NotFound: no such counterparty, or no such earlier relationship. MissingField: the profile lacks a field.
        NotPossibleNow: it has no customer number, or the earlier relationship is with somebody else (KeyElsewhere: its
            key is not here).
    """
    return await means.vault.read(lambda tx: _plan(tx, means, wish))


async def begin(means: Means, planned: ConversationPlan, *, pause: float = 0.0) -> Begun:
    """Do what the plan says; `pause` seconds remain to undo a question to a desk. A letter is only drafted.

    Raises:
        NotPossibleNow: the counterparty or the profile say something else now. As for `plan`.
    """

    def change(tx: Transaction) -> Begun:
        if _plan(tx, means, planned.wish) != planned:
            raise NotPossibleNow("the plan is another one now")
        return _begun(tx, means, planned, pause)

    return await means.vault.write(change)


def begin_now(tx: Transaction, means: Means, wish: Wish) -> Begun:
    """Plan and begin in one go, without a pause, where the person has said what they want to say. As for `plan`."""
    return _begun(tx, means, _plan(tx, means, wish), 0.0)


def takes_contact(tx: Transaction, key: VendorId) -> bool:
    """Whether the counterparty has a desk that a conversation can be begun with."""
    vendor = tx.vendor(key)
    return vendor is not None and vendor.card is not None and vendor.card.understands(Kind.CONTACT)


def _begun(tx: Transaction, means: Means, planned: ConversationPlan, pause: float) -> Begun:
    return _ask(tx, means, planned, pause) if planned.way is Way.DESK else _draft(tx, means, planned)


def release_words(tx: Transaction, means: Means, relationship: Relationship) -> None:
    """Once the terms of a contact are signed: hold what its plan reveals, and then the person's words."""
    for entry in tx.acts(states=_STATES, relationship=relationship.id):
        if not isinstance(entry.act, acts.Contact):
            continue
        if entry.act.plan.reveal:
            hold(tx, means, relationship.id, acts.Reveal(plan=entry.act.plan))
        if entry.act.words:
            hold(tx, means, relationship.id, acts.Message(text=entry.act.words))
            _note(tx, means, relationship.id, "message", entry.act.words)


def _plan(tx: Transaction, means: Means, wish: Wish) -> ConversationPlan:
    vendor = tx.vendor(wish.vendor)
    if vendor is None:
        raise NotFound(wish.vendor)
    way = Way.DESK if takes_contact(tx, wish.vendor) else Way.LETTER
    if wish.known is not None:
        _check_known(tx, wish.known, wish.vendor, way)
    told = _told(tx, means, wish, vendor, way)
    if way is Way.LETTER:
        return ConversationPlan(wish=wish, vendor=vendor, way=way, at_once=told, after_terms=())
    today = means.clock.today()
    about = PlannedField(
        name="about",
        value=wish.about.value,
        stage=Stage.PING,
        purpose=Purpose.SERVICE,
        until=answer_day(today),
        source=Source.WANT,
    )
    return ConversationPlan(wish=wish, vendor=vendor, way=way, at_once=(about,), after_terms=told)


def _check_known(tx: Transaction, key: RelationshipId, vendor: VendorId, way: Way) -> None:
    older = tx.relationship(key)
    if older is None:
        raise NotFound(key)
    if older.vendor != vendor or older.conversation.id is None or way is not Way.DESK:
        raise NotPossibleNow("there is no earlier conversation with this desk to be known by")
    own_signer(tx, older)


def _told(tx: Transaction, means: Means, wish: Wish, vendor: Counterparty, way: Way) -> tuple[PlannedField, ...]:
    profile, today = tx.profile(), means.clock.today()
    letter = tuple(path for path in _SENDER if way is Way.LETTER and pick(profile, path) is not None)
    paths = tuple(dict.fromkeys((*letter, *wish.fields)))
    stage = Stage.REVEAL if way is Way.DESK else Stage.LATER
    fields = tuple(replace(one, stage=stage) for one in order_fields(profile, paths, today, Purpose.SERVICE))
    if not wish.number:
        return fields
    if not vendor.number:
        raise NotPossibleNow("no customer number is known")
    number = PlannedField(
        name="customer.number",
        value=vendor.number,
        stage=stage,
        purpose=Purpose.SERVICE,
        until=today + timedelta(days=DELIVERY_DAYS),
        source=Source.WANT,
    )
    return (*fields, number)


def _ask(tx: Transaction, means: Means, planned: ConversationPlan, pause: float) -> Begun:
    card, wish = planned.vendor.card, planned.wish
    if card is None:
        raise NotFound(planned.vendor.id)
    key, now = RelationshipId(means.new_id("rel")), means.clock.now()
    kid = tx.new_identity(key, means.random.token(32), base64url.encode(means.random.token(32)))
    tx.save_relationship(
        Relationship(
            id=key,
            persona=PersonaId("me"),
            vendor=wish.vendor,
            intentcast=None,
            state=RelationshipState.ASKING,
            conversation=Conversation(side=Side.PERSON, own_kid=kid, peer_kid=card.key),
            endpoint=card.endpoint,
            started=now,
        )
    )
    _note(tx, means, key, "contacted", "")
    act = acts.Contact(
        about=wish.about,
        plan=VendorPlan(vendor=wish.vendor, ping=planned.at_once, reveal=planned.after_terms, order=()),
        known=wish.known,
        words=wish.words.strip(),
    )
    hold(tx, means, key, act, not_before=now + timedelta(seconds=pause))
    return Begun(changes=Changes.of(("relationship", key)), relationship=key)


def _draft(tx: Transaction, means: Means, planned: ConversationPlan) -> Begun:
    wish, vendor = planned.wish, planned.vendor
    owner = file_of(tx, means, wish.vendor)
    letter = Letter(
        id=means.new_id("letter"),
        vendor=vendor.id,
        relationship=owner.id,
        at=means.clock.now(),
        about=LetterAbout.OTHER,
        way=LetterWay.EMAIL if vendor.email else LetterWay.POST,
        language=wish.language,
        subject=" ".join(wish.subject.split()) or vendor.name,
        body="\n\n".join((wish.words.strip(), *_beside(planned))),
        to=recipient_lines(vendor),
        sender=_sender(planned.at_once),
        dated=means.clock.today(),
        email=vendor.email,
        reply_to=vendor.reply_to,
        reference=vendor.number if wish.number else "",
        tells=planned.at_once,
    )
    keep_draft(tx, letter)
    changes = Changes.of(("letter", letter.id), ("relationship", owner.id))
    return Begun(changes=changes, relationship=owner.id, letter=letter.id)


def _beside(planned: ConversationPlan) -> tuple[str, ...]:
    """What the person wants to tell beside the address, as the last lines of a letter."""
    names = {f"profile.{path.value}" for path in planned.wish.fields} - {f"profile.{path.value}" for path in _SENDER}
    lines = "\n".join(field.value for field in planned.at_once if field.name in names)
    return (lines,) if lines else ()


def _sender(told: tuple[PlannedField, ...]) -> tuple[str, ...]:
    """The sender's lines, of exactly what the plan tells."""
    values = {field.name: field.value for field in told}
    lines = (" ".join(values[name] for name in names if name in values) for names in _SENDER_LINES)
    return tuple(line for line in lines if line)


def _note(tx: Transaction, means: Means, key: RelationshipId, kind: str, text: str) -> None:
    tx.add_note(Note(relationship=key, at=means.clock.now(), sender=Side.PERSON, kind=kind, text=text))
