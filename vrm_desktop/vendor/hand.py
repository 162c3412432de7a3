"""What the shop's people say by hand, as the desk's next messages. Which buttons there are is decided elsewhere."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import assert_never

from vrm_desktop.domain.kinds import Kind, Side, State
from vrm_desktop.protocol.agreements import read_text
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.protocol.messages import (
    Closure,
    Message,
    OfferWithdrawn,
    PriceClaim,
    Receipt,
    Status,
    TermsAnswer,
)
from vrm_desktop.protocol.orders import confirmed, placed
from vrm_desktop.protocol.sealing import Sealable
from vrm_desktop.protocol.shapes import LEFT_OUT
from vrm_desktop.protocol.stamping import Stamp
from vrm_desktop.vendor.answers import Answers
from vrm_desktop.vendor.dealings import Dealings
from vrm_desktop.vendor.errors import HandRefused
from vrm_desktop.vendor.hand_acts import (
    Act,
    ConfirmOrder,
    CounterTerms,
    DeclineTerms,
    GiveReceipt,
    MainAct,
    MakeOffer,
    NothingToOffer,
    Progress,
    Reply,
    Seen,
    SignTerms,
    TakeBack,
)
from vrm_desktop.vendor.later_acts import LaterAct
from vrm_desktop.vendor.later_hand import LaterHand
from vrm_desktop.vendor.offering import offer_by_hand, stands
from vrm_desktop.vendor.reasons import Why
from vrm_desktop.vendor.settings import Otherwise
from vrm_desktop.vendor.shop import Shop
from vrm_desktop.vendor.turn import Turn

_LETS_GO = frozenset({"shipped", "delivered", "cancelled"})
_WORDS = frozenset({Kind.MESSAGE, Kind.PAID, Kind.DECLINE})
"""What words answer."""


class Hand:
    """One shop's people at work."""

    def __init__(self, *, shop: Shop, answers: Answers) -> None:
        self._shop = shop
        self._answers = answers
        self._later = LaterHand(roster=shop.roster)

    def do(self, turn: Turn, act: Act, *, by: str) -> None:
        """Say what `act` says; what waited for it waits no longer.

        Raises:
            HandRefused: it cannot be said now, or not so.
        """
        try:
            if isinstance(act, LaterAct):
                self._later.do(turn, act, by=by)
            else:
                self._do(turn, act, by)
        except ProtocolError as error:
            raise HandRefused(str(error)) from error

    def _do(self, turn: Turn, act: MainAct, by: str) -> None:
        match act:
            case SignTerms():
                self._sign(turn, by)
            case CounterTerms():
                self._counter(turn, by)
            case DeclineTerms():
                turn.because(Why.TERMS_UNLISTED, by=by)
                self._say(
                    turn,
                    Kind.TERMS_ANSWER,
                    lambda claims: TermsAnswer(**claims, answer="decline", reason="terms", note=act.note),
                )
                _settle(turn, Kind.PING, Kind.CONTACT)
            case MakeOffer():
                self._offer(turn, act, by)
            case NothingToOffer():
                self._close(turn, act, by)
            case TakeBack():
                self._take_back(turn, act, by)
            case Reply():
                turn.because(Why.BY_HAND, by=by)
                about = act.about if act.about is not None else LEFT_OUT
                self._say(turn, Kind.MESSAGE, lambda claims: Message(**claims, text=act.text, about=about))
                _settle(turn, *_words(turn))
            case Seen():
                _settle(turn, *_words(turn))
            case ConfirmOrder():
                _may(turn, Kind.CONFIRMATION)
                self._answers.confirm(turn, by=by)
                _settle(turn, Kind.ACCEPT)
            case Progress():
                self._progress(turn, act, by)
            case GiveReceipt():
                self._receipt(turn, act, by)
            case _:
                assert_never(act)

    def _sign(self, turn: Turn, by: str) -> None:
        _may(turn, Kind.TERMS_ANSWER)
        person, rules = turn.dossier.conversation.peer_kid, self._shop.settings.terms
        cast, service = (
            read_text(document, signed_by=(person,)) for document in Dealings(turn.dossier).opening().agreements
        )
        as_proffered = replace(rules, cast=(cast.roster,), service=(service.roster,), otherwise=Otherwise.DECLINE)
        self._answers.answer_terms(turn, as_proffered, by=by)
        if turn.dossier.conversation.state is not State.AGREED:
            raise HandRefused("these terms are not in the form that this program knows, so it does not sign them")
        _settle(turn, Kind.PING, Kind.CONTACT)

    def _counter(self, turn: Turn, by: str) -> None:
        _may(turn, Kind.TERMS_ANSWER)
        rules = self._shop.settings.terms
        if not (rules.cast and rules.service):
            raise HandRefused("desk.toml names no terms that a counter could name")
        self._answers.answer_terms(turn, replace(rules, otherwise=Otherwise.COUNTER), by=by)
        _settle(turn, Kind.PING, Kind.CONTACT)

    def _offer(self, turn: Turn, act: MakeOffer, by: str) -> None:
        want = Dealings(turn.dossier).want()
        turn.because(Why.BY_HAND, by=by)
        build = partial(offer_by_hand, act=act, shop=self._shop, answers_by=want.answers_by, now=turn.now)
        self._say(turn, Kind.OFFER, build)
        self._answers.reserve(turn)
        _settle(turn, Kind.REVEAL, Kind.COUNTER, Kind.DECLINE)

    @staticmethod
    def _close(turn: Turn, act: NothingToOffer, by: str) -> None:
        _may(turn, Kind.CLOSURE)
        ordered = turn.dossier.last(Side.VENDOR, Kind.CONFIRMATION) is not None
        if ordered:
            raise HandRefused("an order stands; cancel it, or wait until the person ends")
        turn.because(Why.SAID_NO, by=by)
        turn.erase()
        turn.release()
        turn.close(lambda claims: Closure(**claims, reason="no-match", erased=True, note=act.note))
        turn.settle(*turn.dossier.settled_by_the_end())

    def _take_back(self, turn: Turn, act: TakeBack, by: str) -> None:
        latest = Dealings(turn.dossier).offer()
        if latest.message.binding and stands(latest.message, turn.now):
            raise HandRefused("a binding offer stands until its day")
        turn.because(Why.BY_HAND, by=by)
        self._say(turn, Kind.OFFER_WITHDRAWN, lambda claims: OfferWithdrawn(**claims, offer=latest.id, note=act.note))
        turn.release()

    def _progress(self, turn: Turn, act: Progress, by: str) -> None:
        turn.because(Why.BY_HAND, by=by)

        def build(claims: Stamp) -> Status:
            if act.by is None:
                return Status(**claims, state=act.state, note=act.note)
            return Status(**claims, state=act.state, by=act.by.isoformat(), note=act.note)

        self._say(turn, Kind.STATUS, build)
        if act.state in _LETS_GO:
            turn.release()
        _settle(turn, Kind.PAID)

    def _receipt(self, turn: Turn, act: GiveReceipt, by: str) -> None:
        conversation, dealings = turn.dossier.conversation, Dealings(turn.dossier)
        price = placed(dealings.accept().order, conversation).price
        confirmation = turn.dossier.last(Side.VENDOR, Kind.CONFIRMATION)
        if price is None or confirmation is None:
            raise HandRefused("there is no confirmed order with a price")
        signed = confirmed(dealings.confirmed_order(), conversation)
        turn.because(Why.BY_HAND, by=by)
        claim: PriceClaim = price
        self._say(
            turn,
            Kind.RECEIPT,
            lambda claims: Receipt(**claims, order=signed.hash, price=claim, number=act.number),
        )
        _settle(turn, Kind.PAID)

    @staticmethod
    def _say(turn: Turn, kind: Kind, build: Callable[[Stamp], Sealable]) -> None:
        _may(turn, kind)
        turn.say(build)


def _may(turn: Turn, kind: Kind) -> None:
    if not turn.may(kind):
        raise HandRefused(f"{kind} cannot be said now: the conversation is {turn.dossier.conversation.state}")


def _words(turn: Turn) -> frozenset[Kind]:
    """What words answer here: after a contact what was told, too."""
    return _WORDS | {Kind.REVEAL} if turn.dossier.last(Side.PERSON, Kind.CONTACT) is not None else _WORDS


def _settle(turn: Turn, *kinds: Kind) -> None:
    turn.settle(*(each.number for each in turn.dossier.entries if each.side is Side.PERSON and each.kind in kinds))
