"""What the desk says to each kind of message, from the shop's data and the dossier. Sends and stores nothing."""

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.intentcast import Fulfilment
from vrm_desktop.domain.kinds import BEYOND_CORE, Kind, Side, State
from vrm_desktop.domain.money import Money
from vrm_desktop.protocol.agreements import read_text
from vrm_desktop.protocol.messages import (
    Closure,
    Confirmation,
    Contact,
    End,
    OrderText,
    Payment,
    Ping,
    Seen,
    Status,
    TermsAnswer,
)
from vrm_desktop.protocol.messages import Counter as PriceCounter
from vrm_desktop.protocol.orders import countersign_order, read_order, record_hash
from vrm_desktop.protocol.shapes import read_instant
from vrm_desktop.vendor.article import Article
from vrm_desktop.vendor.bargaining import answer_to_price
from vrm_desktop.vendor.dealings import Dealings
from vrm_desktop.vendor.desk_keys import DeskKeys
from vrm_desktop.vendor.dossier import Entry, Reservation
from vrm_desktop.vendor.later_answers import NOTHING_USED, LaterAnswers, UsedSoFar, acknowledge
from vrm_desktop.vendor.leaving import kept_values, through_the_end
from vrm_desktop.vendor.offering import again, delivery_day, offer_message, offered_price, stands
from vrm_desktop.vendor.policy import reply_to_terms
from vrm_desktop.vendor.quoting import Counter, Judgement, judge, lowest_items
from vrm_desktop.vendor.reasons import Why
from vrm_desktop.vendor.rules import AnswerBy, NothingFits, Rule, rule_for
from vrm_desktop.vendor.settings import PayMethod, TermsRules
from vrm_desktop.vendor.shop import Shop
from vrm_desktop.vendor.turn import Turn
from vrm_desktop.vendor.want import Want, asked

Kept = Callable[[], Mapping[str, int]]
"""Tells, when it is needed, how many pieces of which article are kept for others."""
NOTHING_KEPT: Kept = dict
_KEY_GONE = "Our key has changed since. Please ask us again."
_TERMS_WHY = {"accept": Why.TERMS_LISTED, "counter": Why.TERMS_COUNTERED, "decline": Why.TERMS_UNLISTED}


class Answers:
    """One shop's answers."""

    def __init__(self, *, shop: Shop, keys: Callable[[], DeskKeys], random: Callable[[int], bytes]) -> None:
        self._shop = shop
        self._keys = keys
        self._random = random
        self._later = LaterAnswers(cancels=shop.settings.service.cancel_before_shipping)

    def patience(self, kind: Kind) -> timedelta:
        """How long the shop takes over a message of this kind. What ends things is answered at once."""
        pace = self._shop.settings.pace
        match kind:
            case Kind.PING | Kind.CONTACT:
                return pace.terms
            case Kind.REVEAL | Kind.COUNTER:
                return pace.offers
            case Kind.ACCEPT:
                return pace.orders
            case _:
                return timedelta()

    def by_hand(self, turn: Turn, entry: Entry) -> bool:
        """Whether this message is for the shop's people."""
        match entry.kind:
            case Kind.PING | Kind.COUNTER | Kind.ACCEPT | Kind.CONTACT:
                return self._rule(Dealings(turn.dossier).opening())[0] is AnswerBy.HAND
            case Kind.REVEAL:
                return _is_contact(turn) or self._rule(Dealings(turn.dossier).opening())[0] is AnswerBy.HAND
            case Kind.MESSAGE | Kind.PAID:
                return turn.dossier.conversation.state is not State.ENDED
            case kind if kind in BEYOND_CORE:
                return self._later.by_hand(turn, entry)
            case _:
                return False

    def heard_at_once(self, turn: Turn, kind: Kind) -> bool:
        """Whether the desk says by itself that this has come, when it is for the shop's people."""
        if kind is Kind.REVEAL:
            return _is_contact(turn)
        return kind in {Kind.MESSAGE, Kind.PAID} or kind in BEYOND_CORE - {Kind.CONTACT}

    def answer(self, turn: Turn, entry: Entry, *, kept: Kept = NOTHING_KEPT, used: UsedSoFar = NOTHING_USED) -> None:
        """Answer the person's message in `entry`, as things stand in the turn now; `kept` tells which pieces are."""
        match entry.kind:
            case Kind.PING | Kind.CONTACT:
                self._terms(turn)
            case Kind.REVEAL if _is_contact(turn):
                self.acknowledge(turn, entry.id)
            case Kind.REVEAL:
                self._offer(turn, kept)
            case Kind.COUNTER:
                self._bargain(turn, entry, kept)
            case Kind.ACCEPT:
                self.confirm(turn)
            case Kind.MESSAGE | Kind.DECLINE | Kind.PAID:
                self.acknowledge(turn, entry.id)
            case kind if kind in BEYOND_CORE:
                self._later.answer(turn, entry, used)
            case Kind.WITHDRAW_CAST:
                turn.erase()
                turn.release()
                turn.close(lambda claims: Closure(**claims, reason="withdrawn", erased=True))
            case Kind.END:
                self._end(turn, entry)
            case _:
                pass

    def _rule(self, ping: Ping | Contact) -> tuple[AnswerBy, Rule]:
        """Who answers a want like this, and the rule that covers it."""
        settings, want = self._shop.settings, asked(ping)
        rule = rule_for(settings.rules, want.category, want.area)
        return rule.by or settings.answers.by, rule

    def _terms(self, turn: Turn) -> None:
        if not turn.may(Kind.TERMS_ANSWER):
            return
        by, rule = self._rule(Dealings(turn.dossier).opening())
        rules = self._shop.settings.terms
        if by is AnswerBy.NO:
            turn.because(Why.NOT_SERVED)
            turn.say(lambda claims: TermsAnswer(**claims, answer="decline", reason="category"))
            return
        self.answer_terms(turn, replace(rules, cast=rule.terms) if rule.terms else rules)

    def answer_terms(self, turn: Turn, rules: TermsRules, *, by: str = "") -> None:
        """Answer the terms by `rules`: sign, counter once, or decline."""
        ping, person = Dealings(turn.dossier).opening(), turn.dossier.conversation.peer_kid
        cast, service = (read_text(document, signed_by=(person,)) for document in ping.agreements)
        signer = self._keys().named(cast.vendor)
        if signer is None:
            turn.because(Why.TERMS_UNLISTED, by=by, cast=cast.roster, service=service.roster)
            turn.say(lambda claims: TermsAnswer(**claims, answer="decline", reason="other", note=_KEY_GONE))
            return
        reply = reply_to_terms(
            ping.agreements,
            (cast, service),
            rules=rules,
            roster=self._shop.roster,
            signer=signer,
            today=turn.now.date(),
            random=self._random,
        )
        turn.because(_TERMS_WHY[reply.answer], by=by, cast=cast.roster, service=service.roster)
        turn.say(
            lambda claims: TermsAnswer(
                **claims,
                answer=reply.answer,
                agreements=reply.agreements,
                reason="terms" if reply.answer == "decline" else "",
                note=reply.note,
            )
        )

    def judgement(self, want: Want, kept: Kept) -> Judgement:
        """What the shop can offer for a want, and why that."""
        settings = self._shop.settings
        counter = Counter(
            catalogue=self._shop.catalogue,
            offers=settings.offers,
            delivery=settings.delivery,
            rule=rule_for(settings.rules, want.category, want.area),
            kept=kept(),
        )
        return judge(want, counter)

    def _offer(self, turn: Turn, kept: Kept) -> None:
        if not turn.may(Kind.OFFER):
            return
        settings, want = self._shop.settings, Dealings(turn.dossier).want()
        judgement = self.judgement(want, kept)
        turn.because(judgement.why, **judgement.facts)
        if judgement.quote is not None:
            quote = judgement.quote
            turn.say(partial(offer_message, quote=quote, settings=settings, answers_by=want.answers_by, now=turn.now))
            self.reserve(turn)
            return
        reveal = turn.dossier.last(Side.PERSON, Kind.REVEAL)
        if settings.answers.nothing_fits is NothingFits.HAND and reveal is not None:
            turn.because(Why.LEFT_TO_HAND)
            turn.by_hand(reveal.number, max(want.answers_by, turn.now.date()))
            return
        turn.erase()
        turn.release()
        turn.close(lambda claims: Closure(**claims, reason="no-match", erased=True))

    def reserve(self, turn: Turn) -> None:
        """Keep the pieces of the latest offer while it binds, if the shop counts them."""
        offer = Dealings(turn.dossier).offer().message
        line = offer.lines[0]
        article = self._article(line.sku)
        if article is None or article.pieces is None or not offer.binding:
            turn.release()
            return
        until = read_instant(offer.valid_until)
        turn.reserve(Reservation(article=article.id, quantity=line.quantity, until=until))

    def _article(self, sku: str) -> Article | None:
        return next((each for each in self._shop.catalogue.articles if each.id == sku), None)

    def _bargain(self, turn: Turn, entry: Entry, kept: Kept) -> None:
        """Answer another price with another offer; when five were made, or none stands, only say that it has come."""
        dealings = Dealings(turn.dossier)
        counter, latest = dealings.message(entry), dealings.offer().message
        price = offered_price(latest)
        if not isinstance(counter, PriceCounter) or price is None or not turn.may(Kind.OFFER):
            self.acknowledge(turn, entry.id)
            return
        if not stands(latest, turn.now):
            self._offer(turn, kept)
            return
        line, settings = latest.lines[0], self._shop.settings
        article = self._article(line.sku)
        rule = self._rule(dealings.opening())[1]
        answer = answer_to_price(
            Money(minor=counter.total, currency=counter.currency),
            price,
            lowest_items=lowest_items(article, line.quantity, settings.offers, rule) if article else price.items,
        )
        if answer.total == price.total:
            turn.because(Why.PRICE_STANDS)
        else:
            turn.because(Why.PRICE_MET if answer.total == counter.total else Why.PRICE_FLOOR)
        turn.say(lambda claims: again(latest, claims, price=answer, note=settings.offers.note))
        self.reserve(turn)

    def confirm(self, turn: Turn, *, by: str = "") -> None:
        """Countersign the order. An offer replaced by one that the person had not seen yet still counts."""
        if not turn.may(Kind.CONFIRMATION):
            return
        dealings, conversation = Dealings(turn.dossier), turn.dossier.conversation
        accept = dealings.accept()
        seen = accept.seen.seq if isinstance(accept.seen, Seen) else 0
        latest = dealings.offer(up_to=seen)
        text = read_order(accept.order, signed_by=(conversation.peer_kid,))
        signer = self._keys().named(text.vendor)
        gone = accept.offer != latest.id or not stands(latest.message, turn.now)
        if gone or signer is None:
            note = "That offer no longer stands." if gone else _KEY_GONE
            turn.because(Why.OFFER_GONE, by=by)
            turn.erase()
            turn.release()
            turn.close(lambda claims: Closure(**claims, reason="other", erased=True, note=note))
            return
        order = countersign_order(accept.order, signer, person=conversation.peer_kid)
        record = record_hash(
            MessageId(text.conv),
            turn.dossier.ids(Side.PERSON, up_to=accept.seq),
            turn.dossier.ids(Side.VENDOR, up_to=seen),
        )
        turn.because(Why.ORDER_FITS, by=by)
        self._keep_ordered(turn, text)
        payment = self._payment(text, accept.order.payload)
        turn.say(lambda claims: Confirmation(**claims, order=order, record=record, payment=payment))
        by = delivery_day(Fulfilment(text.fulfilment), self._shop.settings, turn.now).isoformat()
        if turn.may(Kind.STATUS):
            turn.say(lambda claims: Status(**claims, state="preparing", by=by))

    def _keep_ordered(self, turn: Turn, text: OrderText) -> None:
        line = text.lines[0]
        article = self._article(line.sku)
        if article is not None and article.pieces is not None:
            turn.reserve(Reservation(article=article.id, quantity=line.quantity, until=None))

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

    def acknowledge(self, turn: Turn, of: MessageId) -> None:
        """Say that a message has come."""
        acknowledge(turn, of)

    def _end(self, turn: Turn, entry: Entry) -> None:
        end = Dealings(turn.dossier).message(entry)
        if not isinstance(end, End):
            return
        kept, honoured = kept_values(turn.dossier, end)
        if turn.dossier.last(Side.VENDOR, Kind.CONFIRMATION) is None:
            turn.release()
        if end.erase:
            turn.erase(but=kept)
            turn.documents_stay(through_the_end(honoured))
        turn.close(
            lambda claims: Closure(**claims, reason="ended", erased=end.erase, kept=honoured if end.erase else end.keep)
        )


def _is_contact(turn: Turn) -> bool:
    return turn.dossier.last(Side.PERSON, Kind.CONTACT) is not None


def _reference(order_payload: str) -> str:
    """A payment reference that both sides can compute from the order: letters and digits that every bank takes."""
    mark = base64.b32encode(hashlib.sha256(order_payload.encode("ascii")).digest()[:5]).decode("ascii")
    return f"Order {mark}"
