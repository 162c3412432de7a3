"""What a desk says, heard strictly: every message is verified, placed in the chains, and graded. Sends nothing."""

import re

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.conformance.asker import Asker
from vrm_desktop.conformance.errors import Broken
from vrm_desktop.conformance.forging import Members, payload_of_jws
from vrm_desktop.conformance.rules import Marks, Rule, core
from vrm_desktop.courier.answers import Answer
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import (
    AlreadyReceived,
    BadSeen,
    BadSignature,
    Fork,
    Full,
    Missing,
    NotAllowedNow,
    ProtocolError,
    WrongAudience,
)
from vrm_desktop.protocol.messages import AnyMessage, Confirmation, Offer

LIST = core("list-form", "3", "A read is `200` with a list of at most 32 messages, as application/json")
NUMBERS = core("list-numbers", "3", "The list holds the vendor's messages after N, in order, none left out")
SIGNED = core("vendor-signature", "4", "Every message of the desk is signed with the card's key")
SHAPE = core("vendor-shape", "7", "Every message of the desk has the shape, sums and days of its kind")
CHAIN = core("vendor-chain", "4", "The desk's `seq` and `prev` continue its chain: no gap, no fork, nothing twice")
SEEN = core("vendor-seen", "4", "The desk's `seen` names what the person sent, and never falls")
AUDIENCE = core("vendor-audience", "4", "Every message of the desk names the person's key and the conversation")
STATE = core("vendor-state", "7", "The desk says only what the table of transitions allows")
FIVE = core("five-offers", "7", "The desk makes at most five offers")
CARD_CURRENCY = core("offer-currency", "2", "Prices are in a currency of the card")
BANK = core("bank-details", "7", "Bank details stand in the confirmation and nowhere else")
LINKS = core("no-marked-links", "8", "No link of the desk carries an id of the conversation or of the person")
RULES = (LIST, NUMBERS, SIGNED, SHAPE, CHAIN, SEEN, AUDIENCE, STATE, FIVE, CARD_CURRENCY, BANK, LINKS)

_MOST = 32
_IBAN = re.compile(r"\b([A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?)\b")


def read_list(answer: Answer, marks: Marks) -> tuple[list[Members], bool]:
    """The rows of a list, and whether there are more.

    Raises:
        Broken: it is no list.
    """
    rows, more, problem = _rows(answer)
    marks.judge(LIST, problem)
    if problem:
        raise Broken(problem)
    return rows, more


def _rows(answer: Answer) -> tuple[list[Members], bool, str]:
    kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    if answer.status != 200 or kind != "application/json":
        return [], False, f"a read was answered with {answer.status} and {kind or 'no type'}"
    try:
        value = strict_json.decode(answer.body)
    except CanonError as error:
        return [], False, f"the list is not strict JSON: {error}"
    match value:
        case {"messages": list(found), "more": bool(more)} if len(found) <= _MOST:
            rows: list[Members] = [row for row in found if isinstance(row, dict)]
            whole = all({"envelope", "number", "side"} <= row.keys() for row in rows)
            return rows, more, "" if whole and len(rows) == len(found) else "a row lacks envelope, number or side"
        case _:
            return [], False, "no list with `messages` (at most 32) and `more`"


def hear(asker: Asker, rows: list[Members], marks: Marks, currencies: tuple[str, ...]) -> None:
    """Take the rows as the desk's next messages.

    Raises:
        Broken: one is refused; why is graded.
    """
    for row in rows:
        expected = len(asker.heard) + 1
        fits = (row["side"], row["number"]) == ("vendor", expected)
        _judge(marks, NUMBERS, "" if fits else f"{row['side']} {row['number']} where vendor {expected} was due")
        try:
            envelope = Envelope.from_value(row["envelope"])
            message = asker.hear(envelope).message
        except ProtocolError as error:
            _judge(marks, _rule(error), f"message {expected}: {error.code}: {error}")
            raise
        for rule in (SIGNED, SHAPE, CHAIN, SEEN, AUDIENCE, STATE, FIVE):
            marks.judge(rule)
        _look_at(asker, message, envelope, marks, currencies)


def _judge(marks: Marks, rule: Rule, problem: str) -> None:
    marks.judge(rule, problem)
    if problem:
        raise Broken(problem)


def _rule(error: ProtocolError) -> Rule:
    """The rule that a refused message breaks."""
    match error:
        case BadSignature():
            return SIGNED
        case Missing() | Fork() | AlreadyReceived():
            return CHAIN
        case BadSeen():
            return SEEN
        case WrongAudience():
            return AUDIENCE
        case NotAllowedNow():
            return STATE
        case Full():
            return FIVE
        case _:
            return SHAPE


def _look_at(asker: Asker, message: AnyMessage, envelope: Envelope, marks: Marks, currencies: tuple[str, ...]) -> None:
    """What the protocol's own functions do not look at: currencies, account numbers, marked links."""
    text = payload_of_jws(envelope.jws).decode()
    if isinstance(message, Offer) and message.price:
        named = message.price.currency
        listed = not currencies or named in currencies
        marks.judge(CARD_CURRENCY, "" if listed else f"an offer in {named}, the card lists {', '.join(currencies)}")
    elsewhere = _account(text) if not isinstance(message, Confirmation) else ""
    marks.judge(BANK, f"{elsewhere[:4]}… in a message of the kind {type(message).__name__}" if elsewhere else "")
    ids = (str(asker.id), asker.signer.kid, *(each.message_id for each in asker.sent))
    marked = any(mark in link for link in re.findall(r"https?://[^\"\s]+", text) for mark in ids)
    marks.judge(LINKS, "a link carries an id of this conversation" if marked else "")


def _account(text: str) -> str:
    """The first IBAN in a text whose check digits fit, "" where there is none."""
    for found in _IBAN.findall(text):
        iban = found.replace(" ", "")
        if int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 == 1:
            return str(iban)
    return ""
