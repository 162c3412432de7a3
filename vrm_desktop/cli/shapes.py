"""Things as the command line's JSON shows them: each item has `id`, money is minor units, instants RFC 3339 UTC."""

from datetime import UTC, datetime

from vrm_desktop.cli.paying import payto_of
from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.offer import Offer, Price
from vrm_desktop.domain.papers import NAME_OF
from vrm_desktop.domain.plan import VendorPlan
from vrm_desktop.domain.profile import ProfileField
from vrm_desktop.domain.ranking import Ranked, WouldWin
from vrm_desktop.domain.relationship import AgreementRecord, Note, OrderRecord
from vrm_desktop.domain.signals import VendorSignal
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.ways import KnownWay
from vrm_desktop.formats.typed_line.meaning import AttributeValue, Chip, Place, Question, Value
from vrm_desktop.protocol.roster import Roster
from vrm_desktop.services.collect_offers import CastProgress
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.who_knows_what import LedgerEntry

Shape = dict[str, object]


def instant(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC."""
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def money(amount: Money | None) -> Shape | None:
    """Minor units and currency."""
    return None if amount is None else {"minor": amount.minor, "currency": amount.currency}


def intentcast(want: Intentcast) -> Shape:
    """A want."""
    return {
        "id": want.id,
        "title": want.title,
        "category": want.category,
        "attributes": dict(want.attributes),
        "condition": want.condition.value,
        "fulfilment": want.fulfilment.value,
        "details": want.details,
        "quantity": want.quantity,
        "place": want.place,
        "area": {
            "country": want.area.country,
            "region": want.area.region,
            "postal_prefix": want.area.postal_prefix,
        },
        "needed_by": want.needed_by.isoformat() if want.needed_by else None,
        "answers_by": want.answers_by.isoformat(),
        "price_cap": money(want.price_cap),
        "payment": list(want.payment),
        "weights": {
            "cost": want.weights.cost,
            "date": want.weights.date,
            "care": want.weights.care,
            "privacy": want.weights.privacy,
        },
        "sealed_offers": want.sealed_offers,
        "state": want.state.value,
        "made": instant(want.made),
    }


def question(asked: Question) -> Shape:
    """Something that a typed line left open."""
    return {
        "id": asked.key or asked.field.value,
        "field": asked.field.value,
        "why": asked.why.value,
        "source": asked.source,
        "choices": [_value(choice) for choice in asked.choices],
    }


def chip(understood: Chip) -> Shape:
    """Something that a typed line said."""
    value = understood.value
    key = value.key if isinstance(value, AttributeValue) else understood.field.value
    return {"id": key, "field": understood.field.value, "value": _value(value), "source": understood.source}


def _value(value: Value) -> object:
    if isinstance(value, Money):
        return money(value)
    if isinstance(value, Place):
        return {"name": value.name, "country": value.area.country, "region": value.area.region}
    if isinstance(value, AttributeValue):
        return value.value
    return value if isinstance(value, int) else str(value)


def field(one: ProfileField) -> Shape:
    """A field of the profile."""
    return {
        "id": one.id,
        "field": one.path.value,
        "value": one.value,
        "category": one.pd,
        "share": one.share.value,
        "source": one.source,
        "updated": instant(one.updated),
    }


def known_way(one: KnownWay) -> Shape:
    """One way that a counterparty can be reached by."""
    return {
        "id": one.way.value,
        "address": one.address,
        "versions": list(one.versions),
        "found_by": one.found.value,
        "at": instant(one.at),
        "detail": one.detail or None,
        "trouble": one.trouble or None,
    }


def _signal(one: VendorSignal, roster: Roster) -> Shape:
    """What a vendor's site says at one well-known place."""
    return {
        "id": one.place.value,
        "state": one.state.value,
        "asked": instant(one.asked),
        "terms": [
            {"id": terms.name, "link": terms.link or None, "roster": known.id if known else None}
            for terms, known in ((terms, roster.named(terms.name)) for terms in one.terms)
        ],
        "honours": one.honours,
        "since": one.since or None,
    }


def vendor(one: Counterparty, roster: Roster) -> Shape:
    """An organisation, what its card says, and what its site says elsewhere."""
    card = one.card
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind.value,
        "address": one.address,
        "key": card.key if card else None,
        "categories": list(card.categories) if card else [],
        "regions": list(card.regions) if card else [],
        "terms": [terms.roster for terms in card.terms] if card else [],
        "terms_standing": {
            terms.roster: roster.standing(terms.roster, terms.version, terms.entry).value
            for terms in (card.terms if card else ())
        },
        "signals": [_signal(signal, roster) for signal in one.signals],
        "serial": card.serial if card else None,
        "expires": instant(card.expires) if card else None,
        "trouble": one.trouble or None,
    }


def planned(one: PlannedField) -> Shape:
    """One value on a plan."""
    return {
        "id": one.name,
        "value": one.value,
        "purpose": one.purpose.value,
        "until": one.until.isoformat(),
        "source": one.source.value,
    }


def vendor_plan(plan: VendorPlan, name: str) -> Shape:
    """What one vendor may learn at each stage."""
    return {
        "id": plan.vendor,
        "name": name,
        "ping": [planned(one) for one in plan.ping],
        "reveal": [planned(one) for one in plan.reveal],
        "order": [planned(one) for one in plan.order],
        "way": plan.way.value,
        "body": plan.body,
    }


def price(amount: Price | None) -> Shape | None:
    """An all-in price with its parts."""
    if amount is None:
        return None
    currency = amount.currency
    parts = {"items": amount.items, "shipping": amount.shipping, "fees": amount.fees, "tax": amount.tax}
    return {**{k: {"minor": v, "currency": currency} for k, v in parts.items()}, "total": money(amount.all_in)}


def offer(one: Offer, ranked: Ranked | None = None, hint: WouldWin | None = None) -> Shape:
    """An offer, with its place and reasons where it has one."""
    shape: Shape = {
        "id": one.id,
        "intentcast": one.intentcast,
        "relationship": one.relationship,
        "vendor": one.vendor,
        "vendor_name": one.vendor_name,
        "lines": [
            {"id": str(number), "title": line.title, "quantity": line.quantity, "link": line.link}
            for number, line in enumerate(one.lines, start=1)
        ],
        "price": price(one.price),
        "way": one.way.value,
        "binding": one.binding,
        "valid_until": instant(one.valid_until),
        "fulfilment": one.fulfilment.value,
        "by": one.by.isoformat() if one.by else None,
        "returns_days": one.returns_days,
        "warranty_months": one.warranty_months,
        "asks": [{"id": ask.name, "purpose": ask.purpose, "days": ask.days} for ask in one.asks],
        "payment": list(one.payment),
        "note": one.note,
        "state": one.state.value,
        "place": None,
    }
    if ranked is not None:
        shape |= {
            "place": ranked.place,
            "score": ranked.score,
            "reasons": [
                {"id": row.criterion.value, "weight": row.weight, "fit": row.fit, "points": row.points}
                for row in ranked.judged
            ],
            "caveats": sorted(caveat.value for caveat in ranked.caveats),
        }
    if hint is not None:
        shape["would_win"] = {"total": money(hint.total), "by": hint.by.isoformat() if hint.by else None}
    return shape


def agreement(record: AgreementRecord) -> Shape:
    """One agreement, signed or not."""
    return {
        "id": record.hash,
        "roster": record.roster,
        "version": record.version,
        "begins": record.begins,
        "state": record.state.value,
        "at": instant(record.at),
    }


def order(record: OrderRecord | None) -> Shape | None:
    """An order with how to pay it."""
    if record is None:
        return None
    pay = record.payment
    return {
        "id": record.hash,
        "offer": record.offer,
        "price": price(record.price),
        "state": record.state.value,
        "status": record.status or None,
        "record": record.record or None,
        "placed": instant(record.placed),
        "paid": instant(record.paid),
        "payment": None
        if pay is None
        else {
            "method": pay.method,
            "payee": pay.payee,
            "iban": pay.iban,
            "reference": pay.reference,
            "link": pay.link,
            "payto": payto_of(record),
        },
    }


def note(one: Note, number: int) -> Shape:
    """One line of a relationship's story, the `number`th; `message` is the one it tells of, if there is one."""
    return {
        "id": f"{one.relationship}:{number}",
        "at": instant(one.at),
        "sender": one.sender.value,
        "kind": one.kind,
        "text": one.text,
        "message": one.message,
    }


def relationship(file: RelationshipFile, *, whole: bool = False) -> Shape:
    """A relationship; `whole` adds everything in its file."""
    one = file.relationship
    shape: Shape = {
        "id": one.id,
        "vendor": one.vendor,
        "vendor_name": file.vendor.name,
        "way": one.way.value,
        "intentcast": one.intentcast,
        "state": one.state.value,
        "conversation": one.conversation.state.value,
        "started": instant(one.started),
        "trouble": one.trouble or None,
        "order": order(file.order),
    }
    if whole:
        shape |= {
            "key": one.conversation.own_kid,
            "agreements": [agreement(record) for record in file.agreements],
            "offers": [offer(record) for record in file.offers],
            "disclosures": [entry(LedgerEntry(row=row, vendor_name=file.vendor.name)) for row in file.disclosures],
            "notes": [note(record, number) for number, record in enumerate(file.notes, start=1)],
            "messages": [
                {"id": row.message, "sender": row.sender.value, "kind": row.kind.value, "number": row.number}
                for row in file.journal
            ],
            "dates": [
                {
                    "id": f"{one.item.kind.value}:{one.item.key}",
                    "due": one.item.due.isoformat(),
                    "when": one.when.value,
                }
                for one in file.dates
            ],
            "bookings": [
                {
                    "id": one.id,
                    "kind": one.kind.value,
                    "on": one.on.isoformat(),
                    "amount": money(one.amount),
                    "for": one.what,
                }
                for one in file.bookings
            ],
            "papers": [{"id": one.id, "kind": NAME_OF[type(one)], "at": instant(one.at)} for one in file.papers],
            "others": [one.id for one in file.others],
            "full": file.goes_on,
            "goes_on_in": file.follower,
            "waiting": [{"id": act.id, "state": act.state.value, "trouble": act.trouble} for act in file.waiting],
        }
    return shape


def entry(one: LedgerEntry) -> Shape:
    """One disclosure."""
    row = one.row
    return {
        "id": f"{row.message}:{row.name}",
        "vendor": row.vendor,
        "vendor_name": one.vendor_name,
        "relationship": row.relationship,
        "name": row.name,
        "value": row.value,
        "stage": row.stage.value,
        "purpose": row.purpose.value,
        "until": row.until.isoformat(),
        "basis": row.basis.value,
        "agreement": row.agreement,
        "source": row.source.value,
        "category": row.pd or None,
        "state": row.state.value,
        "at": instant(row.at),
    }


def progress(cast: CastProgress) -> list[Shape]:
    """How far each vendor's answer has come."""
    return [
        {
            "id": row.relationship.vendor,
            "name": row.vendor_name,
            "relationship": row.relationship.id,
            "answer": row.answer.value,
            "trouble": row.trouble or None,
        }
        for row in cast.vendors
    ]
