"""The vendor card: fetched as a person fetches it, verified, and fetched again. Without a good card nothing goes on."""

import re
from collections.abc import Callable
from datetime import datetime

from vrm_desktop.conformance.calls import Calls
from vrm_desktop.conformance.errors import Broken
from vrm_desktop.conformance.rules import Marks, Rule, core, full
from vrm_desktop.domain.categories import CATEGORIES
from vrm_desktop.domain.vendor import VendorCard
from vrm_desktop.protocol.cards import LARGEST, parse_card
from vrm_desktop.protocol.errors import BadCard, BadSignature, Expired, ProtocolError

PATH = "/.well-known/intentcast.json"

FOUND = core("card-found", "2", f"GET {PATH} is `200` with application/json")
SIZE = core("card-size", "2", "The card has at most 32 KiB")
SHAPE = core("card-shape", "2", "The card is strict JSON of the documented shape, version 1")
SIGNATURE = core("card-signature", "2", "The card bears the signature of its own key")
LIFE = core("card-life", "2", "`expires` is to come, and at most a year ahead")
ENDPOINT = core("card-endpoint", "2", "`endpoint` is https, or plain http to loopback, without user, query or fragment")
SERIAL = core("card-serial", "2", "`serial` does not fall, and another card has a higher one")
LISTS = core("card-lists", "7", "Categories are of the closed list or its first words, regions are ISO 3166 codes")
TAG = core("card-etag", "2", "The card comes with an `ETag`")
UNCHANGED = full("card-not-modified", "2", "Asked again with its `ETag`, the card is `304` without a body")
RULES = (FOUND, SIZE, SHAPE, SIGNATURE, LIFE, ENDPOINT, SERIAL, LISTS, TAG, UNCHANGED)

_REGION = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


def card_address(url: str) -> str:
    """Where the card of the site, or the card itself, at `url` is."""
    return url if url.endswith(PATH) else url.rstrip("/") + PATH


async def check_card(url: str, calls: Calls, marks: Marks, now: Callable[[], datetime]) -> VendorCard:
    """The verified card of the vendor at `url`.

    Raises:
        Broken: there is none that a person's program would use.
    """
    address = card_address(url)
    first = await calls.get(address, answer_bytes=4 * LARGEST)
    kind = first.headers.get("content-type", "").split(";")[0].strip().lower()
    found = first.status == 200 and kind == "application/json"
    _judge(marks, FOUND, "" if found else f"{first.status} with {kind or 'no type'}")
    _judge(marks, SIZE, "" if len(first.body) <= LARGEST else f"{len(first.body)} bytes")
    card = _parsed(first.body, marks, now())
    for rule in (SHAPE, SIGNATURE, LIFE, ENDPOINT):
        marks.judge(rule)
    marks.judge(LISTS, _unlisted(card))
    tag = first.headers.get("etag", "")
    marks.judge(TAG, "" if tag else "no ETag")
    again = await calls.get(address, headers={"if-none-match": tag} if tag else {})
    # A card that was replaced in between is sent whole, and rightly so; its serial is looked at below.
    unchanged = (again.status == 304 and not again.body) or again.body not in {b"", first.body}
    marks.judge(UNCHANGED, "" if unchanged else f"{again.status} with {len(again.body)} bytes")
    later = await calls.get(address, answer_bytes=4 * LARGEST)
    if later.body != first.body:
        other = _parsed(later.body, marks, now())
        _judge(marks, SERIAL, "" if other.serial > card.serial else f"{other.serial} after {card.serial}")
    marks.judge(SERIAL)
    return card


def _parsed(data: bytes, marks: Marks, now: datetime) -> VendorCard:
    try:
        card = parse_card(data, now=now, pinned=None, last_serial=None)
    except ProtocolError as error:
        problem = f"{error.code}: {error}"
        marks.judge(_rule(error), problem)
        raise Broken(f"the card is refused: {problem}") from error
    return card


def _rule(error: ProtocolError) -> Rule:
    match error:
        case BadSignature():
            return SIGNATURE
        case Expired():
            return LIFE
        case BadCard():
            return ENDPOINT if "endpoint" in str(error) else LIFE
        case _:
            return SHAPE


def _unlisted(card: VendorCard) -> str:
    roots = {id.partition(".")[0] for id in CATEGORIES}
    unknown = [each for each in card.categories if each not in CATEGORIES and each not in roots]
    unknown += [each for each in card.regions if _REGION.fullmatch(each) is None]
    return f"unknown: {', '.join(unknown)}" if unknown else ""


def _judge(marks: Marks, rule: Rule, problem: str) -> None:
    marks.judge(rule, problem)
    if problem:
        raise Broken(f"the card: {problem}")
