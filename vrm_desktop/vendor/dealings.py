"""What a conversation has come to, read again from its signed messages: the want, the agreements, the latest offer.

Nothing here is remembered apart: the journal is the only truth, and what is read from it is verified again.
"""

from dataclasses import dataclass

from vrm_desktop.domain.conversation import MOST_MESSAGES
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol.agreements import SignedAgreement, document_hash, in_force, standing
from vrm_desktop.protocol.errors import BadAgreement, BadOrder, Malformed
from vrm_desktop.protocol.messages import (
    Accept,
    AnyMessage,
    Confirmation,
    Contact,
    CoSigned,
    Offer,
    Ping,
    Reveal,
    Status,
    TermsAccept,
    TermsAnswer,
)
from vrm_desktop.protocol.receiving import decode_again
from vrm_desktop.vendor.dossier import Dossier, Entry
from vrm_desktop.vendor.holdings import FOR_THE_ORDER, holdings, newest
from vrm_desktop.vendor.want import Want, asked, revealed

_WANT = "want."


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnOffer:
    """One of the desk's own offers and its message id."""

    id: MessageId
    message: Offer


class Dealings:
    """Reads one dossier. Every method raises `Malformed` where the conversation has no such message."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def message(self, entry: Entry) -> AnyMessage:
        """The message of an entry, verified again."""
        conversation = self._dossier.conversation
        return decode_again(entry.jws, conversation.kids(entry.side))

    def ping(self) -> Ping:
        """The ping that opened the conversation."""
        match self._last(Side.PERSON, Kind.PING):
            case Ping() as ping:
                return ping
            case _:
                raise Malformed("no ping")

    def opening(self) -> Ping | Contact:
        """The ping or the contact that opened the conversation."""
        match self._last(Side.PERSON, Kind.PING) or self._last(Side.PERSON, Kind.CONTACT):
            case Ping() | Contact() as opening:
                return opening
            case _:
                raise Malformed("nothing opened it")

    def countered(self) -> tuple[CoSigned, CoSigned]:
        """The two documents of the desk's own answer on terms."""
        match self._last(Side.VENDOR, Kind.TERMS_ANSWER):
            case TermsAnswer(agreements=(cast, service)):
                return cast, service
            case _:
                raise BadAgreement("no answer on terms with agreements")

    def agreements(self) -> tuple[SignedAgreement, SignedAgreement]:
        """The agreements that stand: the cast's and the service's."""
        match self._last(Side.PERSON, Kind.TERMS_ACCEPT):
            case TermsAccept(agreements=(first, second)):
                cast, service = first, second
            case _:
                cast, service = self.countered()
        conversation = self._dossier.conversation
        return standing(cast, conversation), standing(service, conversation)

    def in_force(self) -> SignedAgreement:
        """The agreement that covers what the person tells now: from the order on the service's."""
        cast, service = self.agreements()
        return service if in_force(self._dossier.conversation.state) is TermsFrom.ACCEPT else cast

    def order(self) -> Digest | None:
        """The hash of the order, if there is one."""
        match self._last(Side.PERSON, Kind.ACCEPT):
            case Accept(order=order):
                return document_hash(order)
            case _:
                return None

    def progress(self) -> str:
        """How the order goes on, as the desk said last; empty before it said anything."""
        match self._last(Side.VENDOR, Kind.STATUS):
            case Status(state=state):
                return state
            case _:
                return ""

    def want(self) -> Want:
        """The want, with what was told of it as far as it is still held and may be used."""
        found = (one for one in holdings(self._dossier) if one.name.startswith(_WANT))
        return revealed(asked(self.opening()), newest(found))

    def given(self) -> dict[str, str]:
        """Who it is for, where to and the like, as told last, as far as it is still held and may be used."""
        found = (one for one in holdings(self._dossier) if one.purpose in FOR_THE_ORDER)
        return newest(one for one in found if not one.name.startswith(_WANT))

    def offer(self, offer_id: str | None = None, *, up_to: int = MOST_MESSAGES) -> OwnOffer:
        """The desk's offer of that id, or its latest among its messages 1 to `up_to`.

        Raises:
            BadOrder: it made no such offer.
        """
        entries = [e for e in self._dossier.entries if e.side is Side.VENDOR and e.kind is Kind.OFFER]
        chosen = [entry for entry in entries if offer_id in {None, entry.id} and entry.number <= up_to]
        match chosen and self.message(chosen[-1]):
            case Offer() as offer:
                return OwnOffer(id=chosen[-1].id, message=offer)
            case _:
                raise BadOrder("an offer that this desk did not make")

    def accept(self) -> Accept:
        """The person's accept."""
        match self._last(Side.PERSON, Kind.ACCEPT):
            case Accept() as accept:
                return accept
            case _:
                raise Malformed("no accept")

    def confirmed_order(self) -> CoSigned:
        """The order under both signatures.

        Raises:
            BadOrder: the desk confirmed none.
        """
        match self._last(Side.VENDOR, Kind.CONFIRMATION):
            case Confirmation(order=order):
                return order
            case _:
                raise BadOrder("no confirmed order")

    def reveal_fits(self, reveal: Reveal) -> Digest:
        """The hash of the agreement that a reveal must rest on.

        Raises:
            BadAgreement: the reveal names another one.
        """
        cast, _service = self.agreements()
        if reveal.agreement != cast.hash:
            raise BadAgreement("a reveal under another agreement")
        return cast.hash

    def _last(self, side: Side, kind: Kind) -> AnyMessage | None:
        entry = self._dossier.last(side, kind)
        return self.message(entry) if entry is not None else None
