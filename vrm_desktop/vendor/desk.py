"""The desk: what comes in is checked, understood and answered; what must be written is returned. No I/O, no clock.

Cheap checks come before the signature (`glance`), the signature before the rules, and the store before any answer.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.ids import Digest, Kid, MessageId
from vrm_desktop.domain.kinds import Kind, State
from vrm_desktop.domain.vendor import VendorCard
from vrm_desktop.protocol.agreements import parties
from vrm_desktop.protocol.checking import kind_of
from vrm_desktop.protocol.disclosures import check_pledged
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import AlreadyReceived, BadOrder, Malformed
from vrm_desktop.protocol.keys import Known, vouches, with_new_own_key
from vrm_desktop.protocol.messages import (
    Accept,
    AnyMessage,
    Case,
    Contact,
    Counter,
    Decline,
    Grant,
    Item,
    Notice,
    OrderChange,
    Ping,
    Reveal,
    TermsAccept,
    Update,
    Voice,
    WiderItem,
)
from vrm_desktop.protocol.negotiation import check_closing
from vrm_desktop.protocol.orders import check_accept
from vrm_desktop.protocol.receiving import Received, open_conversation, receive
from vrm_desktop.protocol.references import check_basis, check_order
from vrm_desktop.protocol.shapes import read_day
from vrm_desktop.vendor.answers import NOTHING_KEPT, Answers, Kept
from vrm_desktop.vendor.deadlines import wanted_by
from vrm_desktop.vendor.dealings import Dealings
from vrm_desktop.vendor.desk_keys import DeskKeys
from vrm_desktop.vendor.dossier import Decision, Dossier, Enquiry, Held
from vrm_desktop.vendor.errors import BadHome, Busy
from vrm_desktop.vendor.glance import addressed, glance, glance_at_ping
from vrm_desktop.vendor.hand import Hand
from vrm_desktop.vendor.hand_acts import Act
from vrm_desktop.vendor.lapsing import lapse
from vrm_desktop.vendor.later_answers import NOTHING_USED, UsedSoFar, promised
from vrm_desktop.vendor.quoting import Judgement
from vrm_desktop.vendor.reasons import Why
from vrm_desktop.vendor.shop import Shop
from vrm_desktop.vendor.turn import Turn
from vrm_desktop.vendor.want import Want, asked, revealed

_log = logging.getLogger(__name__)
_KEY_AWAY = 30
Older = Callable[[MessageId], Dossier | None]


def _knows_nobody(_conversation: MessageId) -> Dossier | None:
    return None


KNOWS_NOBODY: Older = _knows_nobody
_ENDS_ALL = frozenset({Kind.WITHDRAW_CAST, Kind.END})


class Desk:
    """One shop's desk. Every method is a function of its arguments, the shop's data and `random` (for nonces)."""

    def __init__(
        self,
        *,
        shop: Shop,
        card: VendorCard,
        keys: DeskKeys,
        random: Callable[[int], bytes],
        find: Callable[[Kid], DeskKeys] | None = None,
    ) -> None:
        """`find` looks for the keys of a desk that signs with another one by now: see `follow`."""
        self._keys = keys
        self._find = find
        self._random = random
        self.restock(shop, card)

    def restock(self, shop: Shop, card: VendorCard) -> None:
        """Go on with other goods, or another card; what was said stands."""
        self.shop = shop
        self._card = card
        self._answers = Answers(shop=shop, keys=lambda: self._keys, random=self._random)
        self._hand = Hand(shop=shop, answers=self._answers)

    @property
    def kid(self) -> Kid:
        """The key that the desk signs with."""
        return self._keys.current.kid

    @property
    def endpoint(self) -> str:
        """Where people reach the desk, as its card says."""
        return self._card.endpoint

    def follow(self, kid: Kid) -> None:
        """Sign with the key `kid`, which counts for as long as nobody else may change it. Mostly it is that of before.

        Raises:
            Busy: that key is not here (yet).
        """
        if kid == self.kid:
            return
        try:
            if self._find is None:
                raise BadHome("another key counts by now")
            self._keys = self._find(kid)
        except BadHome as error:
            _log.error("nothing can be signed: %s", error)
            raise Busy(retry_after=_KEY_AWAY, closed=True) from error

    def glance_at_ping(self, envelope: Envelope, *, now: datetime) -> None:
        """Refuse cheaply what needs no signature to be refused; see `glance.glance_at_ping`."""
        glance_at_ping(envelope, card=self._card, desk=self._keys.kids, now=now)

    def glance(self, envelope: Envelope, *, now: datetime, own: tuple[Kid, ...] = ()) -> None:
        """Refuse cheaply what needs no signature to be refused; `own` are the desk's keys in that conversation."""
        glance(envelope, desk=(*self._keys.kids, *own), now=now)

    def open(self, envelope: Envelope, *, now: datetime, older: Older = KNOWS_NOBODY) -> Decision:
        """The conversation that a ping or a contact opens, with the desk's answer or the duty to answer.

        `older` looks up a conversation of which the opening says that it is the same customer's.

        Raises:
            ProtocolError: the opening is refused, and nothing is to be written.
        """
        opened = open_conversation(envelope, desk=addressed(envelope, desk=self._keys.kids), now=now)
        enquiry = _enquiry(opened.message, known=_vouched(opened.known, older))
        dossier = self._ours(Dossier(conversation=opened.conversation))
        turn = Turn(dossier, signer=self._keys.current, now=now, opens=Digest(opened.message.read), enquiry=enquiry)
        turn.heard(opened.message, envelope, ())
        self._answer_or_leave(turn, opened.message, NOTHING_KEPT, NOTHING_USED)
        return turn.decision()

    def take(
        self,
        dossier: Dossier,
        envelope: Envelope,
        *,
        now: datetime,
        kept: Kept = NOTHING_KEPT,
        used: UsedSoFar = NOTHING_USED,
    ) -> Decision | None:
        """What a further message changes; None when it came before: the same answer, no second effect.

        Raises:
            ProtocolError: the message is refused, and nothing is to be written.
        """
        if dossier.person_has(envelope.message_id):
            return None
        dossier = self._ours(dossier)
        try:
            received = receive(dossier.conversation, envelope, now=now, history=dossier)
        except AlreadyReceived:
            return None
        message = received.message
        self._check(dossier, message, received)
        grown = replace(dossier, conversation=received.conversation)
        turn = Turn(grown, signer=self._keys.current, now=now)
        turn.heard(message, envelope, _held(message, received) if grown.conversation.state is not State.ENDED else ())
        kind = kind_of(message)
        if kind in _ENDS_ALL:
            turn.settle(*dossier.settled_by_the_end())
        self._answer_or_leave(turn, message, kept, used)
        return turn.decision()

    def do_duty(
        self,
        dossier: Dossier,
        number: int,
        *,
        now: datetime,
        kept: Kept = NOTHING_KEPT,
        used: UsedSoFar = NOTHING_USED,
    ) -> Decision:
        """The answer that was left for later, as things stand now; perhaps none any more."""
        turn = self._turn(dossier, now)
        turn.settle(number)
        entry = turn.dossier.person_entry(number)
        if entry is not None:
            self._answers.answer(turn, entry, kept=kept, used=used)
        return turn.decision()

    def lapse(self, dossier: Dossier, *, now: datetime) -> Decision:
        """Erase what may be kept no longer, and sign for it."""
        turn = self._turn(dossier, now)
        lapse(turn)
        return turn.decision()

    def act(self, dossier: Dossier, act: Act, *, by: str, now: datetime) -> Decision:
        """What somebody of the shop, called `by`, says by hand.

        Raises:
            HandRefused: it cannot be said now, or not so.
        """
        turn = self._turn(dossier, now)
        self._hand.do(turn, act, by=by)
        return turn.decision()

    def judgement(self, want: Want, *, kept: Kept = NOTHING_KEPT) -> Judgement:
        """What the rules would offer for a want, and why; says nothing to anybody."""
        return self._answers.judgement(want, kept)

    def _turn(self, dossier: Dossier, now: datetime) -> Turn:
        return Turn(self._ours(dossier), signer=self._keys.current, now=now)

    def _ours(self, dossier: Dossier) -> Dossier:
        """A conversation that began under an older key goes on under the present one."""
        return replace(dossier, conversation=with_new_own_key(dossier.conversation, self.kid))

    def _answer_or_leave(self, turn: Turn, message: AnyMessage, kept: Kept, used: UsedSoFar) -> None:
        kind, number = kind_of(message), message.seq
        entry = turn.dossier.person_entry(number)
        if entry is None:
            raise TypeError("what was heard just now")
        if self._answers.by_hand(turn, entry):
            if self._answers.heard_at_once(turn, kind):
                self._answers.answer(turn, entry, used=used)
            else:
                turn.because(Why.LEFT_TO_HAND)
            answers_by = asked(Dealings(turn.dossier).opening()).answers_by
            wanted = wanted_by(message, answers_by=answers_by, today=turn.now.date())
            due = promised(turn.dossier, message) if isinstance(message, Grant) else None
            turn.by_hand(number, due or wanted)
            return
        patience = self._answers.patience(kind)
        if patience:
            turn.later(number, turn.now + patience)
            return
        self._answers.answer(turn, entry, kept=kept, used=used)

    @staticmethod
    def _check(dossier: Dossier, message: AnyMessage, received: Received) -> None:
        """What the protocol's own checks cannot know: what was agreed, pledged and offered before."""
        dealings, conversation = Dealings(dossier), dossier.conversation
        match message:
            case TermsAccept():
                countered = dealings.countered()
                _person, vendor = parties(countered[0])  # the desk's own document, under its key of then
                check_closing(countered, message, person=conversation.peer_kid, vendor=vendor)
            case Reveal():
                dealings.reveal_fits(message)
                opening = dealings.opening()
                check_pledged(message.items, opening.digests)
                revealed(asked(opening), {each.name: each.value for each in received.disclosures})
            case Counter() | Decline():
                try:
                    dealings.offer(message.offer)
                except BadOrder as error:
                    raise Malformed(str(error)) from error
            case Accept():
                _cast, service = dealings.agreements()
                offer = dealings.offer(message.offer)
                check_accept(
                    message, conversation=conversation, offer=offer.message, offer_id=offer.id, agreement=service
                )
            case Update() | Grant():
                check_basis(message, dealings.in_force().hash)
                revealed(asked(dealings.opening()), {each.name: each.value for each in received.disclosures})
            case OrderChange() | Case() | Notice() | Voice():
                check_order(message, dealings.order())
            case _:
                pass


def _vouched(known: Known | None, older: Older) -> str:
    """The older conversation that vouches for a new one; empty where none does, or this desk does not hold it."""
    dossier = older(known.conversation) if known is not None else None
    return str(known.conversation) if known and dossier and vouches(known, dossier.conversation) else ""


def _enquiry(ping: Ping | Contact, *, known: str) -> Enquiry:
    """The opening's coarse values as the inbox lists them.

    Raises:
        Malformed: a day that does not exist.
    """
    want = asked(ping)
    if isinstance(ping, Contact):
        coarse: JsonValue = {"about": ping.about, "attributes": {}, "condition": "any", "fulfilment": "any"}
        return Enquiry(
            category=want.category,
            area="",
            wish=strict_json.encode(coarse).decode(),
            answers_by=want.answers_by.isoformat(),
            needed_by="",
            asked="",
            known=known,
        )
    wish = {"attributes": dict(ping.attributes), "condition": ping.condition, "fulfilment": ping.fulfilment}
    return Enquiry(
        category=ping.category,
        area=want.area.code if want.area is not None else "",
        wish=strict_json.encode(wish).decode(),
        answers_by=want.answers_by.isoformat(),
        needed_by=want.needed_by.isoformat() if want.needed_by is not None else "",
        asked=ping.asked,
        known=known,
    )


def _held(message: AnyMessage, received: Received) -> tuple[Held, ...]:
    """The disclosures to keep, in the order of the message's items, each through its own day."""
    if not isinstance(message, Reveal | Accept | Update | Grant | OrderChange):
        return ()
    items: tuple[Item | WiderItem, ...] = message.items
    return tuple(
        Held(number=message.seq, place=place, text=disclosure.text, until=read_day(item.until))
        for place, (item, disclosure) in enumerate(zip(items, received.disclosures, strict=True))
    )
