"""Handing a payment over: by which way, how far it is, what became of it, and what differs from the signed order.

A bank, a wallet or the vendor's own page moves money; this program never does. What the order says stands, whatever is
said later. Never here: how a text is read, or what a link looks like on a screen.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Digest, RelationshipId, VendorId
from vrm_desktop.domain.money import Money

MOST_ALARMS: Final = 20
LONGEST_SEEN: Final = 200


class PayWay(StrEnum):
    """By which way a payment is handed over. `WALLET`: any other kind of address, opened in the person's wallet."""

    TRANSFER = "transfer"
    BANK_CODE = "bank-code"
    VENDOR_PAGE = "vendor-page"
    CHECKOUT = "checkout"
    WALLET = "wallet"
    IN_PERSON = "in-person"


class PayState(StrEnum):
    """How far a payment is. `OFFERED`: the ways stand there. `DISPUTED`: the person stopped it."""

    OFFERED = "offered"
    HANDED_OVER = "handed-over"
    UNSURE = "unsure"
    NOT_PAID = "not-paid"
    SAID_PAID = "said-paid"
    RECEIPT_KEPT = "receipt-kept"
    DISPUTED = "disputed"


PAID: Final = frozenset({PayState.SAID_PAID, PayState.RECEIPT_KEPT})
_GOES_ON: Final = frozenset({PayState.OFFERED, PayState.HANDED_OVER, PayState.UNSURE, PayState.NOT_PAID})
NEXT: Final = {
    **dict.fromkeys(_GOES_ON, _GOES_ON | PAID | {PayState.DISPUTED}),
    PayState.SAID_PAID: frozenset({PayState.RECEIPT_KEPT, PayState.DISPUTED}),
    PayState.RECEIPT_KEPT: frozenset({PayState.RECEIPT_KEPT, PayState.DISPUTED}),
    PayState.DISPUTED: frozenset({PayState.OFFERED}) | PAID,
}
"""What may follow what."""


class Difference(StrEnum):
    """In what something said differs from the signed order."""

    ACCOUNT = "account"
    BANK = "bank"
    PAYEE = "payee"
    AMOUNT = "amount"
    UNSOUND_ACCOUNT = "unsound-account"
    SITE = "site"
    LOOKALIKE_SITE = "lookalike-site"
    NOT_HTTPS = "not-https"
    ANOTHER_WAY = "another-way"


class AlarmSource(StrEnum):
    """Where what differs was seen."""

    CONFIRMATION = "confirmation"
    MESSAGE = "message"
    MAIL = "mail"
    LINK = "link"
    TYPED = "typed"


class Decision(StrEnum):
    """What the person decided: to pay by the signed order and nothing else, or not to pay."""

    AS_SIGNED = "as-signed"
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Agreed:
    """What the signed order says. `sites` are the domains that are known to be the vendor's."""

    amount: Money
    payee: str = ""
    iban: str = ""
    bic: str = ""
    link: str = ""
    sites: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Stated:
    """One thing that a text says about where to pay; what it does not say is empty.

    `sound`: the account number checks. `site` is the domain that `link` belongs to, `looks_like` the vendor's domain
    that it could be taken for, `secure` whether it is `https`. `wallet` is an address that only a wallet reads.
    """

    iban: str = ""
    sound: bool = True
    bic: str = ""
    payee: str = ""
    amount: Money | None = None
    link: str = ""
    site: str = ""
    looks_like: str = ""
    secure: bool = True
    wallet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Differing:
    """One difference: what was agreed, and what was seen instead."""

    difference: Difference
    agreed: str
    seen: str


def differences(agreed: Agreed, stated: Stated) -> tuple[Differing, ...]:
    """All in which what is stated differs from what was agreed; none where it says the same or nothing."""
    found = [*_account(agreed, stated), *_link(agreed, stated)]
    if stated.wallet and stated.wallet != agreed.link:
        found.append(_differing(Difference.ANOTHER_WAY, agreed.iban or agreed.link, stated.wallet))
    if stated.amount is not None and stated.amount != agreed.amount:
        found.append(_differing(Difference.AMOUNT, _money(agreed.amount), _money(stated.amount)))
    return tuple(found)


def _account(agreed: Agreed, stated: Stated) -> list[Differing]:
    found = []
    if stated.iban and stated.iban != agreed.iban:
        kind = Difference.ACCOUNT if stated.sound else Difference.UNSOUND_ACCOUNT
        found.append(
            _differing(kind if agreed.iban else Difference.ANOTHER_WAY, agreed.iban or agreed.link, stated.iban)
        )
    if stated.bic and agreed.bic and stated.bic.removesuffix("XXX") != agreed.bic.removesuffix("XXX"):
        found.append(_differing(Difference.BANK, agreed.bic, stated.bic))
    if stated.payee and agreed.payee and stated.payee.split() != agreed.payee.split():
        found.append(_differing(Difference.PAYEE, agreed.payee, stated.payee))
    return found


def _link(agreed: Agreed, stated: Stated) -> list[Differing]:
    if not stated.link:
        return []
    if stated.looks_like:
        return [_differing(Difference.LOOKALIKE_SITE, stated.looks_like, stated.site)]
    if not stated.secure:
        return [_differing(Difference.NOT_HTTPS, agreed.link, stated.link)]
    if stated.site not in agreed.sites:
        return [_differing(Difference.SITE, ", ".join(sorted(agreed.sites)), stated.site or stated.link)]
    return []


def _differing(difference: Difference, agreed: str, seen: str) -> Differing:
    return Differing(difference=difference, agreed=agreed[:LONGEST_SEEN], seen=seen[:LONGEST_SEEN])


def _money(amount: Money) -> str:
    return f"{amount.decimal()} {amount.currency}"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PayAlarm:
    """A difference that stands until the person has decided."""

    difference: Difference
    agreed: str
    seen: str
    source: AlarmSource
    at: datetime
    decided: Decision | None = None

    @property
    def place(self) -> tuple[str, str]:
        """Equal for alarms about the same thing: it is asked about once."""
        return (self.difference.value, self.seen)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PaymentHandover:
    """The payment of one order. `handed` is when it was handed over last, `way` how; `told` when it was paid.

    `asked` is the day on which the person was asked what became of it; `receipt` the attached document's id; `more`
    how many alarms there were beyond the twenty kept.
    """

    id: str
    vendor: VendorId
    relationship: RelationshipId
    at: datetime
    order: Digest
    state: PayState = PayState.OFFERED
    way: PayWay | None = None
    handed: datetime | None = None
    asked: date | None = None
    told: date | None = None
    receipt: str = ""
    alarms: tuple[PayAlarm, ...] = ()
    more: int = 0

    def __post_init__(self) -> None:
        if self.state is PayState.HANDED_OVER and (self.handed is None or self.way is None):
            raise InvalidValue("what was handed over was handed over at a time and by a way")
        if len(self.alarms) > MOST_ALARMS or self.more < 0:
            raise InvalidValue("up to twenty alarms are kept")

    @property
    def words(self) -> str:
        """What was seen that differs."""
        return " ".join(one.seen for one in self.alarms)

    @property
    def undecided(self) -> tuple[PayAlarm, ...]:
        """The alarms that wait for the person."""
        return tuple(one for one in self.alarms if one.decided is None)

    @property
    def blocked(self) -> bool:
        """Whether nothing is handed over: an alarm waits, or the person stopped it."""
        return bool(self.undecided) or self.state is PayState.DISPUTED

    def heard(self, found: Iterable[Differing], source: AlarmSource, at: datetime) -> "PaymentHandover":
        """With these differences as alarms; what was decided before is not asked again."""
        alarms, more = list(self.alarms), self.more
        known = {one.place for one in alarms}
        for one in found:
            alarm = PayAlarm(difference=one.difference, agreed=one.agreed, seen=one.seen, source=source, at=at)
            if alarm.place in known:
                continue
            known.add(alarm.place)
            if len(alarms) < MOST_ALARMS:
                alarms.append(alarm)
            else:
                more += 1
        return replace(self, alarms=tuple(alarms), more=more)

    def decided(self, decision: Decision) -> "PaymentHandover":
        """With that decision on all that waits; paying as signed takes up again what was stopped.

        Raises:
            InvalidValue: there is nothing to decide.
        """
        if not self.blocked and decision is Decision.AS_SIGNED:
            raise InvalidValue("nothing waits for a decision")
        alarms = tuple(replace(one, decided=one.decided or decision) for one in self.alarms)
        state = self.state
        if decision is Decision.STOP:
            state = PayState.DISPUTED
        elif state is PayState.DISPUTED:
            state = PayState.OFFERED
        return replace(self, alarms=alarms, state=state)

    def handed_over(self, way: PayWay, at: datetime) -> "PaymentHandover":
        """Handed over now; the person is asked later what became of it.

        Raises:
            InvalidValue: it is blocked, or paid already.
        """
        if self.blocked:
            raise InvalidValue("an alarm waits for a decision")
        self._must_allow(PayState.HANDED_OVER)
        return replace(self, state=PayState.HANDED_OVER, way=way, handed=at, asked=None)

    def answered(self, state: PayState, on: date, receipt: str = "") -> "PaymentHandover":
        """What the person says became of it, on that day.

        Raises:
            InvalidValue: that cannot follow.
        """
        self._must_allow(state)
        moved = replace(self, state=state, asked=on)
        if state in PAID:
            return replace(moved, told=self.told or on, receipt=receipt or self.receipt)
        return moved

    def _must_allow(self, state: PayState) -> None:
        if state not in NEXT[self.state]:
            raise InvalidValue(f"{state.value} cannot follow {self.state.value}")
