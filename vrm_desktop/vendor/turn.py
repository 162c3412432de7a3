"""One turn of the desk under way: the dossier as it grows, and what has changed since the turn began."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from vrm_desktop.domain.acts import DeclineReason
from vrm_desktop.domain.conversation import MOST_LIVE_OFFERS, MOST_MESSAGES
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.kinds import Kind, Side, allowed
from vrm_desktop.protocol.checking import kind_of
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.messages import AnyMessage, Closure, Confirmation, Decline, Offer, Status, UseReport
from vrm_desktop.protocol.sealing import Sealable, Sealed, seal, seal_use_report
from vrm_desktop.protocol.signing import Signer
from vrm_desktop.protocol.stamping import Stamp, stamp
from vrm_desktop.vendor.documents.document import LEAST_DAYS, HandedOut, Uploaded
from vrm_desktop.vendor.dossier import Copy, Decision, Dossier, Duty, Enquiry, Entry, Held, Reservation
from vrm_desktop.vendor.holdings import usable
from vrm_desktop.vendor.reasons import NO_OFFER, Because, Why
from vrm_desktop.vendor.uses import Use, uses_of

_VALID = timedelta(days=365)
"""How long a desk's message may travel: somebody who was away for long still gets it."""
_COPIES_WAIT = timedelta(days=90)
"""How long a copy of values is kept ready for its person after the values themselves are gone."""
_KEPT_FREE = 2
"""Places at the end of the desk's chain that mere acknowledgements do not take: a closure must always fit."""


class Turn:
    """Collects what one message, or one duty, leads to. Writes nothing."""

    def __init__(
        self,
        dossier: Dossier,
        *,
        signer: Signer,
        now: datetime,
        opens: Digest | None = None,
        enquiry: Enquiry | None = None,
    ) -> None:
        self.dossier = dossier
        self.now = now
        self._signer = signer
        self._opens = opens
        self._entries: list[Entry] = []
        self._held: list[Held] = []
        self._duty: Duty | None = None
        self._settled: set[int] = set()
        self._erased: set[tuple[int, int]] = set()
        self._kept: dict[tuple[int, int], date] = {}
        self._enquiry = enquiry
        self._because: list[Because] = []
        self._progress = ""
        self._outcome: str | None = None
        self._declined: DeclineReason | None = None
        self._reserves: Reservation | None = None
        self._releases = False
        self._uses: list[Use] = []
        self._copies: list[Copy] = []
        self._forgotten: set[str] = set()
        self._tells = False
        self._hands_out: HandedOut | None = None
        self._documents_through: date | None = None

    def heard(self, message: AnyMessage, envelope: Envelope, held: tuple[Held, ...]) -> None:
        """Add the person's message, already received into the dossier's conversation."""
        self._held += held
        if isinstance(message, Decline):
            self._declined = DeclineReason(message.reason)
        self._add(Side.PERSON, message.seq, envelope.message_id, kind_of(message), envelope.jws)
        self.dossier = replace(self.dossier, held=(*self.dossier.held, *held))

    def may(self, kind: Kind) -> bool:
        """Whether the desk may say this now, and has the room for it."""
        conversation = self.dossier.conversation
        if kind is Kind.OFFER and conversation.offers >= MOST_LIVE_OFFERS:
            return False
        free = 0 if kind is Kind.CLOSURE else _KEPT_FREE
        return kind in allowed(Side.VENDOR, conversation.state) and conversation.own.seq < MOST_MESSAGES - free

    def say(self, build: Callable[[Stamp], Sealable]) -> None:
        """Sign and add the desk's next message; `build` makes it from its claims."""
        conversation = self.dossier.conversation
        message = build(stamp(conversation, exp=self.now + _VALID))
        self._said(message, seal(conversation, message, self._signer))
        match message:
            case Status(state=state):
                self._progress = state
            case Offer():
                self._outcome = ""
                self._use(Kind.REVEAL)
            case Confirmation():
                self._use(Kind.ACCEPT)

    def report(self, build: Callable[[Stamp], UseReport], copied: tuple[Disclosure, ...]) -> None:
        """Sign and add a report to the person, with a copy of these values beside it."""
        conversation = self.dossier.conversation
        message = build(stamp(conversation, exp=self.now + _VALID))
        sealed = seal_use_report(conversation, message, disclosures=copied, signer=self._signer)
        until = (self.now + _COPIES_WAIT).date()
        self._copies += (
            Copy(number=message.seq, place=place, text=each.text, until=until) for place, each in enumerate(copied)
        )
        self._said(message, sealed)

    def _said(self, message: AnyMessage, sealed: Sealed) -> None:
        self._add(Side.VENDOR, message.seq, sealed.message_id, kind_of(message), sealed.envelope.jws)
        self.dossier = replace(self.dossier, conversation=sealed.conversation)

    def close(self, build: Callable[[Stamp], Closure]) -> None:
        """Say the closure, when there is still one to say."""
        if self.may(Kind.CLOSURE):
            self.say(build)

    def ready_through(self) -> date:
        """Until when a new document lies ready: as long as the desk may keep what was told, and for some weeks."""
        held = max((held.until for held in self.dossier.held), default=date.min)
        return max(held, self.now.date() + timedelta(days=LEAST_DAYS))

    def hand_out(self, document: Uploaded) -> None:
        """Let the person fetch the document that the message said just now names."""
        number = self.dossier.conversation.own.seq
        self._hands_out = HandedOut(document=document, number=number, until=self.ready_through())

    def documents_stay(self, through: date) -> None:
        """Documents lie ready no longer than through this day; `date.min`: they go now."""
        self._documents_through = through

    def later(self, number: int, due: datetime) -> None:
        """Leave the answer to the person's message `number` for later."""
        self._duty = Duty(number=number, due=due)

    def by_hand(self, number: int, wanted: date | None = None) -> None:
        """Leave the answer to the person's message `number` to the shop's people, wanted by that day."""
        self._duty = Duty(number=number, due=None, wanted=wanted)

    def because(self, why: Why, *, by: str = "", **facts: str) -> None:
        """Remember why this turn goes as it does."""
        self._because.append(Because(why=why, by=by, facts=facts))
        if why in NO_OFFER and any(entry.kind is Kind.PING for entry in self.dossier.entries):
            self._outcome = why.value

    def reserve(self, reservation: Reservation) -> None:
        """Keep pieces for this conversation, instead of those kept for it so far."""
        self._reserves = reservation

    def release(self) -> None:
        """Let go of the pieces kept for this conversation."""
        self._releases, self._reserves = True, None

    def settle(self, *numbers: int) -> None:
        """These of the person's messages want no answer any more."""
        self._settled.update(numbers)

    def erase(self, *, but: dict[tuple[int, int], date] | None = None) -> None:
        """Erase every value still held, except those in `but`, which are kept through the day given."""
        kept = but or {}
        self._kept = dict(kept)
        self._forget({(held.number, held.place) for held in self.dossier.held} - kept.keys())

    def erase_some(self, places: set[tuple[int, int]]) -> None:
        """Erase these values (number, place), because the person wants it so or has told them anew."""
        self._forget(places)
        self._tells = self._tells or bool(places)
        if places and not self.dossier.held:
            self.documents_stay(date.min)

    def _forget(self, places: set[tuple[int, int]]) -> None:
        gone = [held for held in self.dossier.held if (held.number, held.place) in places]
        names = {Disclosure.from_text(held.text).name for held in gone}
        self._erased |= places
        self._forgotten |= names
        self.dossier = replace(
            self.dossier,
            held=tuple(held for held in self.dossier.held if (held.number, held.place) not in places),
            forgotten=self.dossier.forgotten | names,
        )

    def decision(self) -> Decision:
        """All that the turn changes. A value that came and went in this very turn is not written at all."""
        return Decision(
            conversation=self.dossier.conversation,
            entries=tuple(self._entries),
            opens=self._opens,
            held=tuple(held for held in self._held if (held.number, held.place) not in self._erased),
            duty=self._duty,
            settled=frozenset(self._settled),
            erased=frozenset(self._erased),
            kept=self._kept,
            enquiry=self._enquiry,
            because=tuple(self._because),
            progress=self._progress,
            outcome=self._outcome,
            declined=self._declined,
            reserves=self._reserves,
            releases=self._releases,
            uses=tuple(self._uses),
            copies=tuple(self._copies),
            forgotten=frozenset(self._forgotten),
            tells=self._tells,
            hands_out=self._hands_out,
            documents_through=self._documents_through,
        )

    def _use(self, kind: Kind) -> None:
        """What rode beside the person's last message of this kind is used now."""
        source = self.dossier.last(Side.PERSON, kind)
        if source is not None:
            beside = (held for held in self.dossier.held if held.number == source.number)
            self._uses += uses_of(usable(self.dossier, beside))

    def _add(self, side: Side, number: int, message_id: MessageId, kind: Kind, jws: str) -> None:
        entry = Entry(side=side, number=number, id=message_id, kind=kind, jws=jws)
        self._entries.append(entry)
        self.dossier = replace(self.dossier, entries=(*self.dossier.entries, entry))
