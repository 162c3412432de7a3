"""What the desk says to each kind of message, from the shop's data and the dossier. Sends and stores nothing."""

import base64
import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.intentcast import Fulfilment
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.money import Money
from vrm_desktop.protocol.agreements import read_text
from vrm_desktop.protocol.messages import (
    Acknowledgement,
    Closure,
    Confirmation,
    Counter,
    End,
    OrderText,
    Payment,
    Seen,
    Status,
    TermsAnswer,
)
from vrm_desktop.protocol.orders import countersign_order, read_order, record_hash
from vrm_desktop.protocol.signing import Signer
from vrm_desktop.vendor.bargaining import answer_to_price
from vrm_desktop.vendor.dealings import Dealings
from vrm_desktop.vendor.dossier import Entry
from vrm_desktop.vendor.leaving import kept_values
from vrm_desktop.vendor.offering import again, delivery_day, offer_message, offered_price, stands
from vrm_desktop.vendor.policy import reply_to_terms
from vrm_desktop.vendor.quoting import best_quote
from vrm_desktop.vendor.settings import PayMethod
from vrm_desktop.vendor.shop import Shop
from vrm_desktop.vendor.turn import Turn


class Answers:
    """One shop's answers."""

    def __init__(self, *, shop: Shop, signer: Signer, random: Callable[[int], bytes]) -> None:
        self._shop = shop
        self._signer = signer
        self._random = random

    def patience(self, kind: Kind) -> timedelta:
        """How long the shop takes over a message of this kind. What ends things is answered at once."""
        pace = self._shop.settings.pace
        match kind:
            case Kind.PING:
                return pace.terms
            case Kind.REVEAL | Kind.COUNTER:
                return pace.offers
            case Kind.ACCEPT:
                return pace.orders
            case _:
                return timedelta()

    def answer(self, turn: Turn, entry: Entry) -> None:
        """Answer the person's message in `entry`, as things stand in the turn now."""
        match entry.kind:
            case Kind.PING:
                self._terms(turn)
            case Kind.REVEAL:
                self._offer(turn)
            case Kind.COUNTER:
                self._bargain(turn, entry)
            case Kind.ACCEPT:
                self._confirm(turn)
            case Kind.MESSAGE | Kind.DECLINE | Kind.PAID:
                self._acknowledge(turn, entry.id)
            case Kind.WITHDRAW_CAST:
                turn.erase()
                turn.close(lambda claims: Closure(**claims, reason="withdrawn", erased=True))
            case Kind.END:
                self._end(turn, entry)
            case _:
                pass

    def _terms(self, turn: Turn) -> None:
        if not turn.may(Kind.TERMS_ANSWER):
            return
        ping, person = Dealings(turn.dossier).ping(), turn.dossier.conversation.peer_kid
        cast, service = (read_text(document, signed_by=(person,)) for document in ping.agreements)
        reply = reply_to_terms(
            ping.agreements,
            (cast, service),
            rules=self._shop.settings.terms,
            roster=self._shop.roster,
            signer=self._signer,
            today=turn.now.date(),
            random=self._random,
        )
        turn.say(
            lambda claims: TermsAnswer(
                **claims,
                answer=reply.answer,
                agreements=reply.agreements,
                reason="terms" if reply.answer == "decline" else "",
                note=reply.note,
            )
        )

    def _offer(self, turn: Turn) -> None:
        if not turn.may(Kind.OFFER):
            return
        settings, want = self._shop.settings, Dealings(turn.dossier).want()
        quote = best_quote(want, self._shop.catalogue, offers=settings.offers, delivery=settings.delivery)
        if quote is None:
            turn.erase()
            turn.close(lambda claims: Closure(**claims, reason="no-match", erased=True))
            return
        turn.say(partial(offer_message, quote=quote, settings=settings, answers_by=want.answers_by, now=turn.now))

    def _bargain(self, turn: Turn, entry: Entry) -> None:
        """Answer another price with another offer; when five were made, or none stands, only say that it has come."""
        dealings = Dealings(turn.dossier)
        counter, latest = dealings.message(entry), dealings.offer().message
        price = offered_price(latest)
        if not isinstance(counter, Counter) or price is None or not turn.may(Kind.OFFER):
            self._acknowledge(turn, entry.id)
            return
        if not stands(latest, turn.now):
            self._offer(turn)
            return
        line, settings = latest.lines[0], self._shop.settings
        article = next((each for each in self._shop.catalogue.articles if each.id == line.sku), None)
        answer = answer_to_price(
            Money(minor=counter.total, currency=counter.currency),
            price,
            list_items=article.price.minor * line.quantity if article is not None else price.items,
            lowest_percent=settings.offers.lowest_percent if article is not None else 100,
        )
        turn.say(lambda claims: again(latest, claims, price=answer, note=settings.offers.note))

    def _confirm(self, turn: Turn) -> None:
        """Countersign the order. An offer replaced by one that the person had not seen yet still counts."""
        if not turn.may(Kind.CONFIRMATION):
            return
        dealings, conversation = Dealings(turn.dossier), turn.dossier.conversation
        accept = dealings.accept()
        seen = accept.seen.seq if isinstance(accept.seen, Seen) else 0
        latest = dealings.offer(up_to=seen)
        if accept.offer != latest.id or not stands(latest.message, turn.now):
            turn.erase()
            turn.close(
                lambda claims: Closure(**claims, reason="other", erased=True, note="That offer no longer stands.")
            )
            return
        order = countersign_order(accept.order, self._signer, person=conversation.peer_kid)
        text = read_order(accept.order, signed_by=(conversation.peer_kid,))
        record = record_hash(
            MessageId(text.conv),
            turn.dossier.ids(Side.PERSON, up_to=accept.seq),
            turn.dossier.ids(Side.VENDOR, up_to=seen),
        )
        payment = self._payment(text, accept.order.payload)
        turn.say(lambda claims: Confirmation(**claims, order=order, record=record, payment=payment))
        by = delivery_day(Fulfilment(text.fulfilment), self._shop.settings, turn.now).isoformat()
        if turn.may(Kind.STATUS):
            turn.say(lambda claims: Status(**claims, state="preparing", by=by))

    def _payment(self, text: OrderText, payload: str) -> Payment:
        rules = self._shop.settings.payment
        match text.payment:
            case PayMethod.SEPA_TRANSFER if rules.account is not None:
                return Payment(
                    method="sepa-transfer",
                    payee=rules.account.payee,
                    iban=rules.account.iban,
                    bic=rules.account.bic,
                    reference=_reference(payload),
                )
            case PayMethod.VENDOR_LINK:
                return Payment(method="vendor-link", link=rules.link, reference=_reference(payload))
            case PayMethod.ON_DELIVERY:
                return Payment(method="on-delivery")
            case PayMethod.CASH:
                return Payment(method="cash")
            case _:
                return Payment(method="none")

    def _acknowledge(self, turn: Turn, of: MessageId) -> None:
        if turn.may(Kind.ACKNOWLEDGEMENT):
            turn.say(lambda claims: Acknowledgement(**claims, of=of))

    def _end(self, turn: Turn, entry: Entry) -> None:
        end = Dealings(turn.dossier).message(entry)
        if not isinstance(end, End):
            return
        kept, honoured = kept_values(turn.dossier, end)
        if end.erase:
            turn.erase(but=kept)
        turn.close(
            lambda claims: Closure(**claims, reason="ended", erased=end.erase, kept=honoured if end.erase else end.keep)
        )


def _reference(order_payload: str) -> str:
    """A payment reference that both sides can compute from the order: letters and digits that every bank takes."""
    mark = base64.b32encode(hashlib.sha256(order_payload.encode("ascii")).digest()[:5]).decode("ascii")
    return f"Order {mark}"
