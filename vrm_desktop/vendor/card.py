"""The shop's published card: made from its settings, signed anew only when it says something else or grows old.

The serial rises with every new card and never falls; where the last card is kept is not decided here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from vrm_desktop.canon import strict_json
from vrm_desktop.domain.kinds import BEYOND_CORE
from vrm_desktop.domain.vendor import VendorCard
from vrm_desktop.protocol.cards import parse_card, sign_card
from vrm_desktop.protocol.errors import BadCard
from vrm_desktop.protocol.messages import Card, CardTerms
from vrm_desktop.protocol.shapes import read_instant, struct_of, write_instant
from vrm_desktop.protocol.signing import Signer
from vrm_desktop.vendor.policy import card_terms
from vrm_desktop.vendor.shop import Shop

_LIVES = timedelta(days=365)
_RENEWED = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCard:
    """The card's exact bytes and what they say. To be made again from `renewed_at` on."""

    data: bytes
    card: VendorCard

    @property
    def renewed_at(self) -> datetime:
        """When a younger card takes its place."""
        return self.card.expires - _RENEWED


def current_card(
    shop: Shop,
    *,
    endpoint: str,
    signer: Signer,
    previous: Signer | None = None,
    now: datetime,
    last: bytes | None,
    keep: Callable[[bytes], None],
) -> PublishedCard:
    """The card to publish at `now`: the `last` one while it still says all, else a new one, handed to `keep` first.

    The key before, `previous`, vouches for the present one as long as it is there: who was away follows even then.

    Raises:
        BadCard, Malformed, TooLarge: the shop's data or endpoint cannot stand on a card.
    """
    known = kept_card(last, now=now) if last is not None else None
    if known is not None and now < known.renewed_at and known.data == _as_now(known, shop, endpoint, signer, previous):
        return known
    serial = known.card.serial + 1 if known is not None else 1
    card = _card(shop, endpoint=endpoint, signer=signer, serial=serial, expires=write_instant(now + _LIVES))
    data = sign_card(card, signer, previous)
    published = PublishedCard(data=data, card=parse_card(data, now=now, pinned=signer.kid, last_serial=serial))
    keep(data)
    return published


def resigned(last: bytes, *, old: Signer, new: Signer, now: datetime) -> bytes:
    """The card `last` of the key `old` as that of `new`, which the old one vouches for; else it says the same.

    Raises:
        BadCard, Malformed: the last card is none.
    """
    members = strict_json.decode(last)
    if not isinstance(members, dict):
        raise BadCard("a card is a JSON object")
    said = {name: value for name, value in members.items() if name not in {"signature", "previous"}}
    serial = kept_card(last, now=now).card.serial + 1
    changed = {"serial": serial, "key": new.kid, "expires": write_instant(now + _LIVES)}
    return sign_card(struct_of({**said, **changed}, Card), new, old)


def kept_card(last: bytes, *, now: datetime) -> PublishedCard:
    """The card kept, read as of the last moment it was good: one that has grown too old still tells its serial.

    Raises:
        BadCard, Malformed: it is none.
    """
    match strict_json.decode(last):
        case {"expires": str(expires)}:
            then = min(now, read_instant(expires))
            return PublishedCard(data=last, card=parse_card(last, now=then, pinned=None, last_serial=None))
        case _:
            raise BadCard("a card says when it expires")


def _as_now(known: PublishedCard, shop: Shop, endpoint: str, signer: Signer, previous: Signer | None) -> bytes:
    expires = write_instant(known.card.expires)
    same = _card(shop, endpoint=endpoint, signer=signer, serial=known.card.serial, expires=expires)
    return sign_card(same, signer, previous)


def _card(shop: Shop, *, endpoint: str, signer: Signer, serial: int, expires: str) -> Card:
    settings = shop.settings
    return Card(
        serial=serial,
        expires=expires,
        key=signer.kid,
        name=settings.name,
        kind=settings.kind.value,
        endpoint=endpoint,
        categories=shop.categories,
        regions=settings.regions,
        languages=settings.languages,
        currencies=(shop.catalogue.currency,),
        terms=tuple(
            CardTerms(roster=entry.id, version=entry.version, entry=entry.entry)
            for entry in card_terms(settings.terms, shop.roster)
        ),
        about=settings.about,
        email=settings.email,
        url=settings.url,
        privacy=settings.privacy,
        kinds=tuple(sorted(kind.value for kind in BEYOND_CORE)),
    )
