"""The plan: what each vendor may learn at each stage, minimised from want and profile. No confirming, no sending."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.ids import IntentcastId, VendorId
from vrm_desktop.domain.intentcast import Fulfilment, Intentcast
from vrm_desktop.domain.offer import Ask, Offer
from vrm_desktop.domain.profile import FieldPath, ProfileField, ShareDefault, coarsened
from vrm_desktop.domain.ways import Way

USUAL_VENDORS = 5
MANY_VENDORS = 10
QUOTE_DAYS = 14
DELIVERY_DAYS = 90


class Asked(StrEnum):
    """How many are asked, as the ping says it."""

    THREE = "3"
    FIVE = "5"
    TEN = "10"
    MORE = "more"


def asked(count: int) -> Asked:
    """The bucket that `count` vendors fall in."""
    for limit, bucket in ((3, Asked.THREE), (5, Asked.FIVE), (10, Asked.TEN)):
        if count <= limit:
            return bucket
    return Asked.MORE


class NotOnPlan(DomainError):
    """Something would leave that the confirmed plan does not hold."""

    code = "not-on-plan"


class MissingField(DomainError):
    """Delivery needs a field that the profile does not have, or that is never shared."""

    code = "missing-field"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VendorPlan:
    """All that one vendor may learn, by stage. The ping's own coarse values stand in `ping` for showing.

    By another `way` than our own wire there is no ping: `body` is the exact text that leaves, and `reveal` all that it
    tells, at once and before any terms are signed.
    """

    vendor: VendorId
    ping: tuple[PlannedField, ...]
    reveal: tuple[PlannedField, ...]
    order: tuple[PlannedField, ...]
    way: Way = Way.NATIVE
    body: str = ""

    def stage(self, stage: Stage) -> tuple[PlannedField, ...]:
        """The fields of one stage."""
        match stage:
            case Stage.PING:
                return self.ping
            case Stage.REVEAL:
                return self.reveal
            case Stage.ORDER:
                return self.order
            case Stage.LATER:
                return ()
            case _:
                assert_never(stage)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CastPlan:
    """The plan of one cast, confirmed once for all its vendors."""

    intentcast: IntentcastId
    vendors: tuple[VendorPlan, ...]

    def of(self, vendor: VendorId) -> VendorPlan:
        """The plan for one vendor.

        Raises:
            NotOnPlan: the vendor is not asked.
        """
        for plan in self.vendors:
            if plan.vendor == vendor:
                return plan
        raise NotOnPlan(vendor)

    def covers(self, want: Intentcast) -> bool:
        """Whether what leaves for `want` over our own wire is what the plan shows: the ping exactly, the reveal or a
        part of it. What leaves by other ways is composed anew and compared by whoever composes it.
        """
        ping, reveal = ping_fields(want, len(self.vendors)), set(reveal_fields(want))
        native = (one for one in self.vendors if one.way is Way.NATIVE)
        return all(one.ping == ping and set(one.reveal) <= reveal for one in native)


def _want(name: str, value: str, until: date, stage: Stage = Stage.REVEAL) -> tuple[PlannedField, ...]:
    if not value:
        return ()
    field = PlannedField(name=name, value=value, stage=stage, purpose=Purpose.QUOTE, until=until, source=Source.WANT)
    return (field,)


def ping_fields(want: Intentcast, count: int) -> tuple[PlannedField, ...]:
    """What the ping says, for showing and for the ledger: closed lists, area and days only."""
    until = want.answers_by + timedelta(days=QUOTE_DAYS)
    values = [("category", want.category), *((f"attribute.{k}", v) for k, v in sorted(want.attributes.items()))]
    values += [("condition", want.condition.value), ("fulfilment", want.fulfilment.value)]
    values += [
        ("area", " ".join(filter(None, (want.area.code, want.area.postal_prefix)))),
        ("answers-by", want.answers_by.isoformat()),
    ]
    if want.needed_by is not None:
        values.append(("needed-by", want.needed_by.isoformat()))
    values.append(("asked", asked(count).value))
    return tuple(field for name, value in values for field in _want(name, value, until, Stage.PING))


def reveal_fields(want: Intentcast) -> tuple[PlannedField, ...]:
    """What a vendor learns after signing: the want in words and what quoting needs. Never the price cap."""
    until = want.answers_by + timedelta(days=QUOTE_DAYS)
    fields = _want("want.title", want.title, until) + _want("want.details", want.details, until)
    fields += _want("want.quantity", str(want.quantity), until) + _want("want.place", want.place, until)
    fields += _want("want.payment", " ".join(want.payment), until)
    if want.bid is not None:
        amount = want.bid.amount
        kind = "firm" if want.bid.firm else "indicative"
        text = f"{amount.minor} {amount.currency} {kind} {want.bid.until.isoformat()}"
        fields += _want("want.bid", text, until)
    return fields


DELIVERED = (FieldPath.NAME, FieldPath.STREET, FieldPath.POSTCODE, FieldPath.LOCALITY, FieldPath.COUNTRY)
COLLECTED = (FieldPath.NAME,)


def needed_for(fulfilment: Fulfilment) -> tuple[FieldPath, ...]:
    """The profile fields that delivering needs; collecting needs a name only."""
    return COLLECTED if fulfilment is Fulfilment.COLLECTED else DELIVERED


def asked_beyond(offer: Offer) -> tuple[Ask, ...]:
    """What the vendor wants to know over and above what its way of delivering needs."""
    needed = {f"profile.{path.value}" for path in needed_for(offer.fulfilment)}
    return tuple(ask for ask in offer.asks if ask.name not in needed)


def pick(profile: tuple[ProfileField, ...], path: FieldPath) -> ProfileField | None:
    """The field the person prefers among those with `path` that may leave at all."""
    fields = [field for field in profile if field.path is path and field.share is not ShareDefault.NEVER]
    return min(fields, key=lambda field: (not field.preferred, field.id)) if fields else None


def order_fields(
    profile: tuple[ProfileField, ...], paths: tuple[FieldPath, ...], today: date, purpose: Purpose = Purpose.DELIVERY
) -> tuple[PlannedField, ...]:
    """What one vendor gets on accept: exactly `paths`, in that order, the coarse form where the field says so.

    Raises:
        MissingField: the profile has no shareable field for one of the paths.
    """
    until = today + timedelta(days=DELIVERY_DAYS)
    found: list[PlannedField] = []
    for path in paths:
        field = pick(profile, path)
        if field is None:
            raise MissingField(path.value)
        coarse = field.share is ShareDefault.COARSE
        value = coarsened(field.coarse, field.value, today) if coarse else field.value
        found.append(
            PlannedField(
                name=f"profile.{path.value}",
                value=value,
                stage=Stage.ORDER,
                purpose=purpose,
                until=until,
                source=Source.PROFILE,
                field=field.id,
                pd=field.pd,
                coarse=coarse,
            )
        )
    return tuple(found)


def plan_cast(
    want: Intentcast, vendors: tuple[VendorId, ...], profile: tuple[ProfileField, ...], today: date
) -> CastPlan:
    """The default plan: the least that each stage needs, the same for every vendor.

    The order stage lists what delivery would need if this vendor were chosen; fields the profile lacks are left out
    here and asked for when an offer is accepted.
    """
    paths = tuple(path for path in needed_for(want.fulfilment) if pick(profile, path) is not None)
    ping, reveal = ping_fields(want, len(vendors)), reveal_fields(want)
    order = order_fields(profile, paths, today)
    plans = tuple(VendorPlan(vendor=vendor, ping=ping, reveal=reveal, order=order) for vendor in vendors)
    return CastPlan(intentcast=want.id, vendors=plans)
