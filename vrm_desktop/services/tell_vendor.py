"""Voices: an idea, an experience or a question told to a vendor on the record, and what it says became of it."""

from dataclasses import dataclass, replace

from vrm_desktop.domain import acts
from vrm_desktop.domain.acts import ActState, OutboxEntry
from vrm_desktop.domain.ids import Digest, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.letter import Letter, LetterAbout
from vrm_desktop.domain.living import VoiceState, VoiceTopic
from vrm_desktop.domain.relationship import Note, Relationship
from vrm_desktop.domain.voice import Voice, VoiceReply
from vrm_desktop.formats.claim_letters import voice_letter
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.shapes import LeftOut
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.reachable import by_wire
from vrm_desktop.services.stored_documents import as_signed
from vrm_desktop.services.write_instead import write


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Told:
    """The voice, and the letter that tells it where it does not go over the wire."""

    voice: Voice
    letter: Letter | None
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VoiceView:
    """One voice with whom it was told. `unsent`: it waits to leave, or failed; None when it has left."""

    voice: Voice
    vendor_name: str
    unsent: ActState | None


async def tell(
    means: Means,
    key: RelationshipId,
    topic: VoiceTopic,
    text: str,
    *,
    about_order: bool = False,
) -> Told:
    """Tell the vendor; on the record, and signed.

    Raises:
        NotFound: no such relationship. NotPossibleNow: it is about an order that is not there. InvalidValue: it says
        nothing, or has more than 4,000 characters.
    """

    def change(tx: Transaction) -> Told:
        owner, order = tx.relationship(key), tx.order(key)
        if owner is None:
            raise NotFound(key)
        if about_order and order is None:
            raise NotPossibleNow("nothing was ordered here")
        voice = Voice(
            id=means.new_id("voice"),
            vendor=owner.vendor,
            relationship=key,
            at=means.clock.now(),
            topic=topic,
            text=text.strip(),
            order=order.hash if about_order and order is not None else None,
        )
        letter: Letter | None = None
        if by_wire(tx, owner, Kind.VOICE):
            act = acts.Voice(topic=topic, text=voice.text, order=voice.order)
            voice = replace(voice, act=hold(tx, means, key, act))
        else:
            letter = _letter(tx, means, owner, voice)
            voice = replace(voice, letter=letter.id)
        tx.keep_paper(voice)
        note = Note(relationship=key, at=voice.at, sender=Side.PERSON, kind=f"voice-{topic}", text=voice.text)
        tx.add_note(note)
        things = [("voice", voice.id), ("relationship", key)]
        if letter is not None:
            things.append(("letter", letter.id))
        return Told(voice=voice, letter=letter, changes=Changes.of(*things))

    return await means.vault.write(change)


async def voices(means: Means, vendor: VendorId | None = None) -> tuple[VoiceView, ...]:
    """All voices, or those to one counterparty, the newest first."""

    def look(tx: Transaction) -> tuple[VoiceView, ...]:
        return tuple(_view(tx, one) for one in reversed(tx.papers(Voice, vendor=vendor)))

    return await means.vault.read(look)


async def voice(means: Means, key: str) -> VoiceView:
    """One voice.

    Raises:
        NotFound: none under this id.
    """

    def look(tx: Transaction) -> VoiceView:
        found = tx.paper(Voice, key)
        if found is None:
            raise NotFound(key)
        return _view(tx, found)

    return await means.vault.read(look)


def voice_sealed(tx: Transaction, entry: OutboxEntry, message: MessageId) -> None:
    """A voice has its signed message now."""
    for one in tx.papers(Voice, relationship=entry.relationship):
        if one.act == entry.id:
            tx.keep_paper(one.sealed(message))


def hear_voice(
    tx: Transaction, means: Means, owner: Relationship, id: MessageId, message: messages.VoiceAnswer
) -> None:
    """What the vendor says became of a voice (its reference was checked when it was received)."""
    at = means.clock.now()
    state = VoiceState(message.state)
    reply = VoiceReply(state=state, at=at, message=id, text=message.text)
    tx.keep_paper(_voice_of(tx, means, owner, MessageId(message.of)).heard(reply))
    kind = f"voice-{state}"
    tx.add_note(Note(relationship=owner.id, at=at, sender=Side.VENDOR, kind=kind, text=message.text, message=id))


def _voice_of(tx: Transaction, means: Means, owner: Relationship, message: MessageId) -> Voice:
    """The voice of this message; made anew from the journal where a brought back vault has lost it."""
    for one in tx.papers(Voice, relationship=owner.id):
        if one.message == message:
            return one
    row, said = as_signed(tx, owner, message, messages.Voice, Side.PERSON)
    return Voice(
        id=means.new_id("voice"),
        vendor=owner.vendor,
        relationship=owner.id,
        at=row.at,
        topic=VoiceTopic(said.topic),
        text=said.text,
        order=None if isinstance(said.order, LeftOut) else Digest(said.order),
        message=message,
    )


def _view(tx: Transaction, found: Voice) -> VoiceView:
    vendor = tx.vendor(found.vendor)
    states = frozenset({ActState.HELD, ActState.SEALED, ActState.FAILED})
    entries = tx.acts(states=states, relationship=found.relationship) if found.act is not None else ()
    return VoiceView(
        voice=found,
        vendor_name=vendor.name if vendor is not None else found.vendor,
        unsent=next((entry.state for entry in entries if entry.id == found.act), None),
    )


def _letter(tx: Transaction, means: Means, owner: Relationship, told: Voice) -> Letter:
    return write(
        tx, means, owner, LetterAbout.OTHER, told.id, lambda language, name: voice_letter(language, told, name=name)
    )
