"""A limit in its signed form: two mandates with the members of AP2 0.2's open ones, each a compact JWS of one key.

`mandate.checkout.open.1` says of whom and what, `mandate.payment.open.1` how much, when and to whom; the second names
the first by its hash. They are signed as everything here is (Ed25519, our own header), not as AP2 signs (ES256,
SD-JWT), so they show what was allowed and are no credentials of AP2. Never here: whether a purchase is within a limit.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, UnsetType

from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Kid
from vrm_desktop.domain.limits import AnyOf, Article, Frequency, LimitTerms, Party
from vrm_desktop.protocol.claims import Wire
from vrm_desktop.protocol.errors import BadSignature, Malformed
from vrm_desktop.protocol.shapes import canonical_value, payload_of, read_instant, struct_of, write_instant
from vrm_desktop.protocol.signing import Signer, Typ, claimed_kid, sign_compact, verify_compact

LARGEST = 2**53 - 1
_Text = Annotated[str, Meta(max_length=500)]
_Minor = Annotated[int, Meta(ge=0, le=LARGEST)]
_Count = Annotated[int, Meta(ge=1, le=LARGEST)]
_Seconds = Annotated[int, Meta(ge=0, le=253_402_300_799)]
_Currency = Annotated[str, Meta(pattern=r"^[A-Z]{3}$(?!\n)")]


class _Part(Wire, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is not known may narrow what is allowed, so nothing unknown is passed over."""


class MerchantShape(_Part, frozen=True):
    """A merchant, or who is paid."""

    id: _Text
    name: _Text = ""
    website: _Text = ""


class ItemShape(_Part, frozen=True):
    """One acceptable item."""

    id: _Text
    title: _Text = ""


class LineShape(_Part, frozen=True):
    """Any of these items, up to so many."""

    id: _Text
    acceptable_items: Annotated[tuple[ItemShape, ...], Meta(min_length=1, max_length=50)]
    quantity: _Count


class AllowedMerchants(_Part, frozen=True, tag_field="type", tag="checkout.allowed_merchants"):
    """Of whom."""

    allowed: Annotated[tuple[MerchantShape, ...], Meta(min_length=1, max_length=50)]


class LineItems(_Part, frozen=True, tag_field="type", tag="checkout.line_items"):
    """What."""

    items: Annotated[tuple[LineShape, ...], Meta(min_length=1, max_length=50)]


class AllowedPayees(_Part, frozen=True, tag_field="type", tag="payment.allowed_payees"):
    """To whom money goes."""

    allowed: Annotated[tuple[MerchantShape, ...], Meta(min_length=1, max_length=50)]


class AmountRange(_Part, frozen=True, tag_field="type", tag="payment.amount_range"):
    """How much, in minor units."""

    currency: _Currency
    max: _Minor
    min: _Minor | UnsetType = UNSET


class Budget(_Part, frozen=True, tag_field="type", tag="payment.budget"):
    """How much in all, in minor units."""

    currency: _Currency
    max: _Minor


class AgentRecurrence(_Part, frozen=True, tag_field="type", tag="payment.agent_recurrence"):
    """How often."""

    frequency: Frequency
    max_occurrences: _Count | UnsetType = UNSET


class ExecutionDate(_Part, frozen=True, tag_field="type", tag="payment.execution_date"):
    """When."""

    not_before: str
    not_after: str


class Reference(_Part, frozen=True, tag_field="type", tag="payment.reference"):
    """The checkout mandate that belongs to it, by its hash."""

    conditional_transaction_id: str


class Jwk(_Part, frozen=True):
    """The key that the mandate is held by."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: str


class Confirmation(_Part, frozen=True):
    """RFC 7800's way to name a key."""

    jwk: Jwk


CheckoutConstraint: TypeAlias = AllowedMerchants | LineItems
PaymentConstraint: TypeAlias = AllowedPayees | AmountRange | Budget | AgentRecurrence | ExecutionDate | Reference


class OpenCheckout(_Part, frozen=True):
    """`mandate.checkout.open.1`."""

    vct: Literal["mandate.checkout.open.1"]
    constraints: Annotated[tuple[CheckoutConstraint, ...], Meta(max_length=2)]
    cnf: Confirmation
    iat: _Seconds
    exp: _Seconds


class OpenPayment(_Part, frozen=True):
    """`mandate.payment.open.1`."""

    vct: Literal["mandate.payment.open.1"]
    constraints: Annotated[tuple[PaymentConstraint, ...], Meta(max_length=6)]
    cnf: Confirmation
    iat: _Seconds
    exp: _Seconds


class Revocation(_Part, frozen=True):
    """That a limit does not hold any more: AP2 has no form for it, so it is our own."""

    revokes: str
    iat: _Seconds


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SignedLimit:
    """Both mandates as compact JWS."""

    checkout: str
    payment: str


def sign_limit(terms: LimitTerms, *, made: datetime, signer: Signer) -> SignedLimit:
    """The limit under the signature of its own key."""
    cnf = Confirmation(jwk=Jwk(kty="OKP", crv="Ed25519", x=signer.kid))
    iat, exp = _seconds(made), _seconds(terms.ends)
    what = OpenCheckout(vct="mandate.checkout.open.1", constraints=_checkout(terms), cnf=cnf, iat=iat, exp=exp)
    checkout = sign_compact(signer, Typ.LIMIT, payload_of(what))
    constraints = _payment(terms, Reference(conditional_transaction_id=digest(checkout.encode("ascii"))))
    how = OpenPayment(vct="mandate.payment.open.1", constraints=constraints, cnf=cnf, iat=iat, exp=exp)
    return SignedLimit(checkout=checkout, payment=sign_compact(signer, Typ.LIMIT, payload_of(how)))


def read_limit(checkout: str, payment: str) -> tuple[LimitTerms, Kid]:
    """What two mandates allow, both verified under one key, and that key.

    Raises:
        BadSignature: a signature does not hold, two keys, a key that is not the one named, or mandates that do not
            belong together.
        Malformed: another shape, a constraint that is not known, one twice, or none where one is needed.
    """
    kid = claimed_kid(checkout, Typ.LIMIT)
    what = struct_of(canonical_value(verify_compact(checkout, typ=Typ.LIMIT, kid=kid)), OpenCheckout)
    how = struct_of(canonical_value(verify_compact(payment, typ=Typ.LIMIT, kid=kid)), OpenPayment)
    if {what.cnf.jwk.x, how.cnf.jwk.x} != {kid} or (what.iat, what.exp) != (how.iat, how.exp):
        raise BadSignature("mandates of another key, or of another time")
    parts: dict[type, object] = {type(one): one for one in (*what.constraints, *how.constraints)}
    if len(parts) != len(what.constraints) + len(how.constraints):
        raise Malformed("a constraint twice")
    match parts.get(Reference):
        case Reference(conditional_transaction_id=key) if key == digest(checkout.encode("ascii")):
            return _terms(parts, how), kid
        case _:
            raise BadSignature("a payment mandate of another checkout mandate")


def sign_revocation(checkout: str, *, at: datetime, signer: Signer) -> str:
    """That the limit with this checkout mandate does not hold from `at` on."""
    said = Revocation(revokes=digest(checkout.encode("ascii")), iat=_seconds(at))
    return sign_compact(signer, Typ.LIMIT, payload_of(said))


def read_revocation(token: str, *, checkout: str) -> datetime:
    """From when on the limit does not hold: said by its own key.

    Raises:
        BadSignature: it does not hold, or speaks of another limit. Malformed: another shape.
    """
    kid = claimed_kid(checkout, Typ.LIMIT)
    said = struct_of(canonical_value(verify_compact(token, typ=Typ.LIMIT, kid=kid)), Revocation)
    if said.revokes != digest(checkout.encode("ascii")):
        raise BadSignature("it revokes another limit")
    return datetime.fromtimestamp(said.iat, UTC)


def _checkout(terms: LimitTerms) -> tuple[CheckoutConstraint, ...]:
    found: list[CheckoutConstraint] = []
    if terms.merchants:
        found.append(AllowedMerchants(allowed=_shapes(terms.merchants)))
    if terms.choices:
        lines = (
            LineShape(
                id=one.id,
                acceptable_items=tuple(ItemShape(id=item.id, title=item.title) for item in one.acceptable),
                quantity=one.quantity,
            )
            for one in terms.choices
        )
        found.append(LineItems(items=tuple(lines)))
    return tuple(found)


def _payment(terms: LimitTerms, reference: Reference) -> tuple[PaymentConstraint, ...]:
    found: list[PaymentConstraint] = [
        AmountRange(currency=terms.currency, max=terms.highest, min=terms.lowest),
        ExecutionDate(not_before=write_instant(terms.starts), not_after=write_instant(terms.ends)),
        reference,
    ]
    if terms.budget is not None:
        found.append(Budget(currency=terms.currency, max=terms.budget))
    if terms.payees:
        found.append(AllowedPayees(allowed=_shapes(terms.payees)))
    if terms.frequency is not None:
        times = UNSET if terms.times is None else terms.times
        found.append(AgentRecurrence(frequency=terms.frequency, max_occurrences=times))
    return tuple(found)


def _terms(parts: dict[type, object], how: OpenPayment) -> LimitTerms:
    amount, when, budget = parts.get(AmountRange), parts.get(ExecutionDate), parts.get(Budget)
    if not isinstance(amount, AmountRange) or not isinstance(when, ExecutionDate):
        raise Malformed("a limit says how much, and when")
    if isinstance(budget, Budget) and budget.currency != amount.currency:
        raise Malformed("a budget in another currency")
    merchants, lines, payees, often = (
        parts.get(kind) for kind in (AllowedMerchants, LineItems, AllowedPayees, AgentRecurrence)
    )
    often = often if isinstance(often, AgentRecurrence) else None
    try:
        terms = LimitTerms(
            currency=amount.currency,
            highest=amount.max,
            lowest=0 if amount.min is UNSET else amount.min,
            starts=read_instant(when.not_before),
            ends=read_instant(when.not_after),
            budget=budget.max if isinstance(budget, Budget) else None,
            merchants=_parties(merchants.allowed) if isinstance(merchants, AllowedMerchants) else (),
            choices=tuple(map(_choice, lines.items)) if isinstance(lines, LineItems) else (),
            payees=_parties(payees.allowed) if isinstance(payees, AllowedPayees) else (),
            frequency=often.frequency if often else None,
            times=None if often is None or often.max_occurrences is UNSET else often.max_occurrences,
        )
    except InvalidValue as error:
        raise Malformed(str(error)) from error
    if _seconds(terms.ends) != how.exp:
        raise Malformed("two ends")
    return terms


def _shapes(parties: tuple[Party, ...]) -> tuple[MerchantShape, ...]:
    return tuple(MerchantShape(id=one.id, name=one.name, website=one.website) for one in parties)


def _parties(shapes: tuple[MerchantShape, ...]) -> tuple[Party, ...]:
    return tuple(Party(id=one.id, name=one.name, website=one.website) for one in shapes)


def _choice(line: LineShape) -> AnyOf:
    items = tuple(Article(id=one.id, title=one.title) for one in line.acceptable_items)
    return AnyOf(id=line.id, acceptable=items, quantity=line.quantity)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
