"""The values that a wish would get: from the profile, in part where the person wants it so; and which ones lack."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from vrm_desktop.domain.consent import Consent
from vrm_desktop.domain.disclosure import VALUE_LENGTH, PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.plan import MissingField, pick
from vrm_desktop.domain.profile import PD, FieldPath, ProfileField, ShareDefault, coarsened
from vrm_desktop.domain.wish import RuleWord, Verdict, Wish, WishedField
from vrm_desktop.services.ports import Transaction

_PROFILE = "profile."


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Offered:
    """What one wished field would get. `value` is "" where the profile has none; `kept`: marked never to be shared."""

    field: WishedField
    value: str = ""
    coarse: bool = False
    kept: bool = False
    pd: str = ""
    source: ProfileField | None = None


def path_of(name: str) -> FieldPath | None:
    """The profile's path of a name on the wire; None for any other name."""
    try:
        return FieldPath(name.removeprefix(_PROFILE)) if name.startswith(_PROFILE) else None
    except ValueError:
        return None


def offered(profile: tuple[ProfileField, ...], wish: Wish, today: date) -> tuple[Offered, ...]:
    """What each field would get, in the wish's order; a field asked for twice is answered once, where it fits best."""
    best: dict[str, WishedField] = {}
    for field in wish.fields:
        known = best.get(field.name)
        if known is None or (field.verdict, field.rule) < (known.verdict, known.rule):
            best[field.name] = field
    return tuple(_offered(profile, field, today) for field in best.values())


def _offered(profile: tuple[ProfileField, ...], wished: WishedField, today: date) -> Offered:
    path = path_of(wished.name)
    if path is None:
        return Offered(field=wished)
    found = pick(profile, path)
    if found is None:
        return Offered(field=wished, pd=PD[path], kept=any(one.path is path for one in profile))
    coarse = found.share is ShareDefault.COARSE
    value = coarsened(found.coarse, found.value, today) if coarse else found.value
    return Offered(field=wished, value=value, coarse=coarse, pd=found.pd, source=found)


def given(
    offers: tuple[Offered, ...], names: frozenset[str], typed: Mapping[str, str], days: int | None, today: date
) -> tuple[PlannedField, ...]:
    """The fields named, as they would leave: a typed value before the profile's, for `days` or as long as wished for.

    Raises:
        InvalidValue: none is named, one that was not wished for, for longer than was wished for, or a typed value that
            is too long.
        MissingField: one has no value.
    """
    chosen = [one for one in offers if one.field.name in names]
    if not chosen or len(chosen) != len(names):
        raise InvalidValue("only what was wished for can be given")
    fields = []
    for one in chosen:
        length = one.field.days if days is None else days
        if not 1 <= length <= one.field.days:
            raise InvalidValue("it can be given for as long as was wished for, or shorter")
        own = typed.get(one.field.name, "").strip()
        value = own or one.value
        if not value:
            raise MissingField(one.field.name)
        if len(value) > VALUE_LENGTH:
            raise InvalidValue("a value has at most 4,000 characters")
        fields.append(
            PlannedField(
                name=one.field.name,
                value=value,
                stage=Stage.LATER,
                purpose=one.field.purpose,
                until=today + timedelta(days=length),
                source=Source.WANT if own else Source.PROFILE,
                field=one.source.id if one.source is not None and not own else None,
                pd=one.pd,
                coarse=one.coarse and not own,
            )
        )
    return tuple(fields)


def needs_consent(wish: Wish, names: frozenset[str]) -> bool:
    """Whether what is given rests on consent: something of it lies outside what was agreed."""
    return any(field.name in names and field.verdict is not Verdict.WITHIN for field in wish.fields)


def taken_back(tx: Transaction, vendor: VendorId) -> frozenset[tuple[str, str]]:
    """What the person once gave this vendor and took back, as names and purposes: nothing of it goes by itself."""
    return frozenset(
        (item.name, item.purpose)
        for consent in tx.papers(Consent, vendor=vendor)
        for item in consent.items
        if item.name in consent.withdrawn_names
    )


def by_itself(one: Offered, back: frozenset[tuple[str, str]], longest: int) -> bool:
    """Whether a field may be given without asking: within what was agreed, by the rules, and there."""
    field = one.field
    fits = field.verdict is Verdict.WITHIN and field.rule is RuleWord.YES and field.days <= longest
    return fits and bool(one.value) and (field.name, str(field.purpose)) not in back


def purposes(wish: Wish) -> frozenset[Purpose]:
    """All purposes of a wish."""
    return frozenset(field.purpose for field in wish.fields)
