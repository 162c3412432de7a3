"""Hypothesis strategies for the domain's records, made from the classes' own annotations.

A record's members are drawn by their types; only what a constructor asks for beyond the types is written down here.
Adding a member to a domain class needs no change here, unless its constructor checks it.
"""

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from vrm_desktop.canon import base64url
from vrm_desktop.domain.acts import OutboxEntry
from vrm_desktop.domain.attachment import MOST_BYTES, Attachment
from vrm_desktop.domain.booking import Booking
from vrm_desktop.domain.calendar_arithmetic import Span
from vrm_desktop.domain.case import Case, CaseTurn, TurnWord
from vrm_desktop.domain.change import Change, Choice, NewValue, Told, Way
from vrm_desktop.domain.checkout import Checkout
from vrm_desktop.domain.consent import Consent, ConsentEvent, ConsentItem
from vrm_desktop.domain.contract import Contract, ContractState, Renewal
from vrm_desktop.domain.conversation import Chain
from vrm_desktop.domain.disclosure import LedgerRow, PlannedField
from vrm_desktop.domain.drp import DrpEntry, DrpExercise, DrpStanding
from vrm_desktop.domain.ids import Digest, Kid, MessageId
from vrm_desktop.domain.intentcast import Intentcast, Weights
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.leak import Leak, ReplyReference
from vrm_desktop.domain.letter import Letter, LetterState
from vrm_desktop.domain.limits import AnyOf, Article, Frequency, Limit, LimitTerms, Party
from vrm_desktop.domain.mail import MailIn, MailOut, MailPart
from vrm_desktop.domain.mail_offer import MailProposal, ProposalState
from vrm_desktop.domain.mail_reading import Quoted
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.offer import OfferedContract, Price
from vrm_desktop.domain.order_change import ChangeAnswer, ChangeAsked
from vrm_desktop.domain.organisation import Organisation
from vrm_desktop.domain.outside import OutsideAct
from vrm_desktop.domain.page_visit import PageVisit
from vrm_desktop.domain.payment import PaymentHandover, PayState
from vrm_desktop.domain.price_watch import MOST_FALL, PriceWatch
from vrm_desktop.domain.profile import ProfileField
from vrm_desktop.domain.promise import Promise, PromiseState
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.domain.quote_desk import Accepting, Argument, DeskProfile, Looking, QuoteAsked, Quoting, Typed
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.relationship import JournalRow
from vrm_desktop.domain.rights import Identifier, RequestEvent, RequestState, RequestStep, RightsRequest
from vrm_desktop.domain.shop import Shop
from vrm_desktop.domain.thing import Thing
from vrm_desktop.domain.voice import Voice
from vrm_desktop.domain.ways import KnownWay
from vrm_desktop.domain.wish import Wish, WishedField

_T = TypeVar("_T")

LARGEST = 2**53 - 1
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Zs", "Cc"]), min_size=1, max_size=12).filter(str.strip)
NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=8)
HASHES = st.binary(min_size=32, max_size=32).map(base64url.encode)
INSTANTS = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone comes with `timezones`
CURRENCIES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3)
_PARTS = st.integers(0, 10**9)


def records(kind: type[_T], **given: Any) -> SearchStrategy[_T]:
    """Any record of this kind; `given` strategies or values stand in for members."""
    chosen = {name: value if isinstance(value, SearchStrategy) else st.just(value) for name, value in given.items()}
    special = _SPECIAL.get(kind)
    if special is not None and not chosen:
        return typing.cast("SearchStrategy[_T]", special)
    hints = typing.get_type_hints(kind)
    drawn = {field.name: _of(hints[field.name]) for field in fields(typing.cast("Any", kind)) if field.init}
    return st.builds(kind, **(drawn | _MEMBERS.get(kind, {}) | chosen))


def smallest(kind: type[_T], **given: Any) -> SearchStrategy[_T]:
    """Records of this kind with every default left as it is."""
    hints = typing.get_type_hints(kind)
    needed = {
        field.name: _of(hints[field.name])
        for field in fields(typing.cast("Any", kind))
        if field.init and field.default is MISSING and field.default_factory is MISSING
    }
    special = {name: value for name, value in _MEMBERS.get(kind, {}).items() if name in needed}
    return st.builds(kind, **(needed | special | given))


def _of(annotation: Any) -> SearchStrategy[Any]:
    if annotation in {Kid, Digest, MessageId}:
        return HASHES
    if isinstance(annotation, typing.NewType):
        return NAMES
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    arguments = typing.get_args(annotation)
    origin = typing.get_origin(annotation)
    if origin in {typing.Union, types.UnionType}:
        return st.one_of([_of(argument) for argument in arguments])
    if origin is tuple:
        return st.lists(_of(arguments[0]), max_size=2).map(tuple)
    if origin is Mapping:
        return st.dictionaries(NAMES, _of(arguments[1]), max_size=3)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(annotation)
    if isinstance(annotation, type) and is_dataclass(annotation):
        return records(annotation)
    raise TypeError(f"no strategy for {annotation}")


_SIMPLE: dict[Any, SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(-LARGEST, LARGEST),
    bool: st.booleans(),
    bytes: st.binary(max_size=12),
    date: st.dates(),
    datetime: INSTANTS,
    types.NoneType: st.none(),
}

PATHS = st.sampled_from(("rfq_id", "lines", "unit-price"))
ADDRESSES = st.sampled_from(("me+a1b2c3@mail.example", "shop-7@own.example"))
_MEMBERS: dict[type[Any], dict[str, SearchStrategy[Any]]] = {
    Money: {"currency": CURRENCIES},
    Intentcast: {"title": WORDS, "quantity": st.integers(1, 999)},
    PlannedField: {"name": WORDS, "value": WORDS},
    ProfileField: {"value": WORDS},
    LedgerRow: {"seq": st.just(0)},
    JournalRow: {"seq": st.just(0), "number": st.integers(1, LARGEST)},
    OutboxEntry: {"attempts": st.integers(0, LARGEST)},
    Leak: {"address": ADDRESSES},
    ReplyReference: {"address": ADDRESSES},
    Attachment: {"name": WORDS, "size": st.integers(0, MOST_BYTES)},
    Span: {"count": st.integers(0, 1200)},
    OfferedContract: dict.fromkeys(("months", "renews_months", "notice_days"), st.integers(1, 120)),
    NewValue: {"value": WORDS},
    Typed: {"path": PATHS},
    QuoteAsked: {"typed": st.lists(st.deferred(lambda: records(Typed)), max_size=1).map(tuple)},
    Argument: {"path": PATHS},
    Looking: {
        **dict.fromkeys(("tool", "id_argument", "token_argument", "status"), PATHS),
        "ready": st.tuples(WORDS),
        "every": st.integers(60, 9999),
    },
    Quoting: {**{field.name: PATHS for field in fields(Quoting)}, "currency_usual": st.just("EUR")},
    Accepting: {field.name: PATHS for field in fields(Accepting)},
    DeskProfile: {
        **dict.fromkeys(("tool", "id_at", "token_at"), PATHS),
        "name": st.just("desk"),
        "title": WORDS,
        "arguments": st.tuples(st.deferred(lambda: records(Argument))),
        "quoting": st.deferred(lambda: records(Quoting)),
    },
    Told: {
        "choice": st.just(Choice.TELL),
        "way": st.just(Way.LETTER),
        "names": st.lists(WORDS, min_size=1, max_size=2).map(tuple),
    },
    Change: {
        "values": st.tuples(st.deferred(lambda: smallest(NewValue))),
        "told": st.tuples(st.deferred(lambda: smallest(Told))),
    },
    Contract: {
        "title": WORDS,
        "months": st.integers(1, 600),
        "renewal": st.just(Renewal.RENEWS),
        "renews": st.integers(1, 600),
        "prices": st.just(()),
        "state": st.just(ContractState.RUNNING),
        "cancelled": st.none(),
    },
    KnownWay: {"address": WORDS},
    OutsideAct: {"tells": st.lists(st.deferred(lambda: records(PlannedField)), max_size=1).map(tuple)},
    PageVisit: {"address": WORDS, "times": st.integers(1, LARGEST)},
    Letter: {"subject": WORDS, "body": WORDS, "state": st.just(LetterState.DRAFT), "sent": st.none()},
    MailPart: {"size": st.integers(0, LARGEST)},
    MailIn: {
        **dict.fromkeys(("sender", "sender_name", "subject", "answers_go_to", "message_id"), WORDS),
        "hidden": st.integers(0, LARGEST),
    },
    Quoted: {"start": st.integers(0, 99), "end": st.integers(100, LARGEST)},
    MailProposal: {"warnings": st.just(()), "state": st.just(ProposalState.PROPOSED), "offer": st.none()},
    MailOut: {"message_id": st.just("a1@mail.example")},
    Consent: {
        "items": st.lists(st.deferred(lambda: records(ConsentItem)), min_size=1, max_size=2).map(tuple),
        "events": st.lists(st.deferred(lambda: records(ConsentEvent)), min_size=1, max_size=3).map(tuple),
    },
    WishedField: {"name": WORDS, "days": st.integers(1, 3650)},
    Wish: {"fields": st.lists(st.deferred(lambda: records(WishedField)), min_size=1, max_size=2).map(tuple)},
    Case: {
        "what": WORDS,
        "amount": st.none() | st.builds(Money, minor=st.integers(0, LARGEST), currency=CURRENCIES),
        "evidence": st.lists(HASHES, max_size=2, unique=True).map(tuple),
        "turns": st.lists(
            st.builds(CaseTurn, by=st.just(Side.VENDOR), at=INSTANTS, word=st.just(TurnWord.PROPOSAL), text=TEXTS),
            max_size=2,
        ).map(tuple),
    },
    CaseTurn: {"by": st.just(Side.PERSON), "word": st.just(TurnWord.OPENED)},
    ChangeAsked: {"answer": st.just(ChangeAnswer.OPEN), "answered": st.none()},
    Checkout: {"quantity": st.integers(1, 999)},
    Shop: {"domain": WORDS, "endpoint": WORDS},
    Voice: {"text": WORDS},
    Thing: {"title": WORDS, "quantity": st.integers(1, LARGEST)},
    Booking: {"what": WORDS, "amount": st.builds(Money, minor=st.integers(0, LARGEST), currency=CURRENCIES)},
    DrpEntry: {"id": NAMES, "api_base": WORDS},
    DrpExercise: {"agent_request_id": NAMES, "standing": st.just(DrpStanding.LEAVING)},
    Organisation: {"id": WORDS, "name": WORDS},
    Identifier: {"name": WORDS, "value": WORDS},
    RequestStep: {"event": st.just(RequestEvent.WENT), "demand": st.none()},
    RightsRequest: {"reference": WORDS, "state": st.just(RequestState.DRAFT), "received": st.none()},
    PriceWatch: {"address": WORDS, "fall": st.integers(1, MOST_FALL), "refusals": st.integers(0, LARGEST)},
    PublicPrice: {
        "title": WORDS,
        "low": st.builds(Money, minor=st.integers(1, LARGEST), currency=CURRENCIES),
        "high": st.none(),
    },
    PaymentHandover: {"state": st.just(PayState.OFFERED), "more": st.integers(0, LARGEST)},
    Party: {"id": WORDS},
    Article: {"id": WORDS},
    AnyOf: {
        "id": WORDS,
        "acceptable": st.lists(st.deferred(lambda: records(Article)), min_size=1, max_size=2).map(tuple),
        "quantity": st.integers(1, LARGEST),
    },
    LimitTerms: {
        "currency": CURRENCIES,
        "highest": st.integers(1, 1000),
        "lowest": st.integers(0, 1),
        "budget": st.none() | st.integers(1000, LARGEST),
        "starts": st.just(datetime(2026, 1, 1, tzinfo=UTC)),
        "ends": st.just(datetime(2027, 1, 1, tzinfo=UTC)),
        "frequency": st.sampled_from(Frequency),
        "times": st.none() | st.integers(1, LARGEST),
    },
    Limit: {"title": WORDS},
    Promise: {"what": WORDS, "state": st.just(PromiseState.OPEN), "settled": st.none()},
}

_SPECIAL: dict[type[Any], SearchStrategy[Any]] = {
    Area: st.builds(Area, country=st.sampled_from(["DE", "FR"]))
    | st.builds(Area, country=st.just("DE"), region=st.just("DE-NW"), postal_prefix=st.none() | st.just("50")),
    Chain: st.just(Chain()) | st.builds(Chain, seq=st.integers(1, 200), last=HASHES),
    Price: st.builds(
        lambda currency, parts: Price(
            currency=currency, items=parts[0], shipping=parts[1], fees=parts[2], tax=parts[3], total=sum(parts)
        ),
        CURRENCIES,
        st.tuples(_PARTS, _PARTS, _PARTS, _PARTS),
    ),
    Weights: st.builds(
        Weights, cost=st.integers(1, 10), date=st.integers(0, 10), care=st.integers(0, 10), privacy=st.integers(0, 10)
    ),
}
