"""Lies about what comes after the order: other cases, consent kept, reports of strangers, money in another currency."""

import asyncio
from collections.abc import Callable, Mapping

from vrm_desktop.canon import base64url
from vrm_desktop.conformance.misbehaving.house import PATH, House, Script, Talk
from vrm_desktop.conformance.misbehaving.living import erased, ready, report
from vrm_desktop.conformance.misbehaving.message_lies import show
from vrm_desktop.conformance.misbehaving.papers import PLACE, invoice
from vrm_desktop.conformance.misbehaving.scenario import Scenario
from vrm_desktop.conformance.misbehaving.script import honest
from vrm_desktop.conformance.misbehaving.web import Request, answer
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.messages import AnyMessage

Tell = Callable[[Talk, AnyMessage], None]


def _at(kind: type[AnyMessage], tell: Tell, *, after: Tell | None = None) -> Script:
    """Honest, but at a message of `kind` tell this instead; `after` is told after a payment, beside what is honest."""

    def script(talk: Talk, message: AnyMessage) -> None:
        if isinstance(message, kind):
            tell(talk, message)
            return
        honest(talk, message)
        if after is not None and isinstance(message, messages.Paid):
            after(talk, message)

    return script


def _nothing(_talk: Talk, _message: AnyMessage) -> None:
    """Says nothing."""


def _hash(talk: Talk) -> str:
    return base64url.encode(talk.house.random(32))


def wish(talk: Talk, _message: AnyMessage) -> None:
    """Ask for something more."""
    fields = (messages.Wish(name="profile.phone", purpose="marketing", days=30),)
    talk.say(messages.DataWish(**talk.claims(), fields=fields, why="To tell you what is new.", by="2031-12-31"))


def _wish_twice(talk: Talk, message: AnyMessage) -> None:
    wish(talk, message)
    wish(talk, message)


def _other_case(talk: Talk, _message: AnyMessage) -> None:
    talk.say(messages.CaseAnswer(**talk.claims(), case=_hash(talk), answer="received"))


def _other_change(talk: Talk, _message: AnyMessage) -> None:
    talk.say(messages.Status(**talk.claims(), state="preparing", of=_hash(talk), answer="accepted"))


def _other_document(talk: Talk, _message: AnyMessage) -> None:
    ready(talk, invoice(talk.house, signed=_hash(talk)))


def _no_document(talk: Talk, _message: AnyMessage) -> None:
    named = invoice(talk.house)
    talk.house.papers.clear()
    ready(talk, named)


def _kept(talk: Talk, _message: AnyMessage) -> None:
    talk.acknowledge()


def _others_erased(talk: Talk, _message: AnyMessage) -> None:
    erased(talk, talk.peer[-1], (_hash(talk),))


def _refund(currency: str, *, other: bool = False) -> Tell:
    def tell(talk: Talk, message: AnyMessage) -> None:
        honest(talk, message)
        order = _hash(talk) if other else talk.order() or _hash(talk)
        talk.say(messages.Refund(**talk.claims(), order=order, amount=100, currency=currency))

    return tell


def _strangers(talk: Talk, message: AnyMessage) -> None:
    if isinstance(message, messages.DataRequest):
        held = (messages.HeldValue(name="profile.income", purpose="service", until="2031-12-31"),)
        right, of = message.right, talk.peer[-1]
        talk.report(messages.UseReport(**talk.claims(), of=of, right=right, state="fulfilled", held=held))


def _strange_copy(talk: Talk, message: AnyMessage) -> None:
    if isinstance(message, messages.DataRequest) and message.right == "copy":
        other = Disclosure.fresh("profile.name", "Somebody Else", talk.house.random)
        of = talk.peer[-1]
        talk.report(messages.UseReport(**talk.claims(), of=of, right="copy", state="fulfilled"), (other,))
    elif isinstance(message, messages.DataRequest):
        report(talk, message, talk.peer[-1])


def _closed_elsewhere(talk: Talk, _message: AnyMessage) -> None:
    show(talk, messages.Closure(**talk.claims(), reason="ended", erased=True), {"conv": _hash(talk)})


def _to_the_old_key(talk: Talk, _message: AnyMessage) -> None:
    before = talk.conversation.peer_before[0]
    show(talk, messages.Acknowledgement(**talk.claims(), of=talk.peer[-1]), {"aud": before})


async def _moved_document(_house: House, request: Request, writer: asyncio.StreamWriter) -> bool:
    moved = request.target.startswith(f"{PATH}/{PLACE}/")
    if moved:
        writer.write(answer("302 Found", Location="http://127.0.0.1:9/elsewhere"))
    return moved


LIVING_LIES: Mapping[str, Scenario] = {
    "other-case": Scenario(lie="an answer is about a case that nobody opened", script=_at(messages.Case, _other_case)),
    "silent-case": Scenario(lie="a case is never answered", script=_at(messages.Case, _nothing)),
    "other-change": Scenario(
        lie="a status answers a change that nobody asked for", script=_at(messages.OrderChange, _other_change)
    ),
    "other-document": Scenario(
        lie="a document is another than was signed", script=_at(messages.OrderChange, _other_document)
    ),
    "no-document": Scenario(
        lie="a document is said to lie ready where there is none", script=_at(messages.OrderChange, _no_document)
    ),
    "moved-document": Scenario(lie="a document's address leads elsewhere", answering=_moved_document),
    "silent-right": Scenario(lie="a right is never met", script=_at(messages.DataRequest, _nothing)),
    "report-of-strangers": Scenario(
        lie="a report says that something is held that was never told", script=_at(messages.DataRequest, _strangers)
    ),
    "copy-of-strangers": Scenario(
        lie="a copy holds somebody else's values", script=_at(messages.DataRequest, _strange_copy)
    ),
    "erases-others": Scenario(
        lie="a receipt says that something was erased that was never told", script=_at(messages.Update, _others_erased)
    ),
    "asks-twice": Scenario(
        lie="the same is wished for twice", script=_at(messages.TermsRefuse, _nothing, after=_wish_twice)
    ),
    "silent-grant": Scenario(lie="a grant is never receipted", script=_at(messages.Grant, _nothing, after=wish)),
    "keeps-consent": Scenario(
        lie="nothing is erased when a consent is taken back", script=_at(messages.WithdrawConsent, _kept, after=wish)
    ),
    "refund-other-currency": Scenario(
        lie="money goes back in another currency", script=_at(messages.Notice, _refund("USD"))
    ),
    "refund-other-order": Scenario(
        lie="money goes back for another order", script=_at(messages.Notice, _refund("EUR", other=True))
    ),
    "silent-voice": Scenario(lie="a voice is never answered", script=_at(messages.Voice, _nothing)),
    "closed-elsewhere": Scenario(
        lie="the closure is of another conversation", script=_at(messages.End, _closed_elsewhere)
    ),
    "old-key": Scenario(lie="answers go on to a key that was changed", script=_at(messages.KeyChange, _to_the_old_key)),
}
