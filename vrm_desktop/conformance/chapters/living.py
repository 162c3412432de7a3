"""After the order: changes, cases, new values, rights over data, consent, notices, voices. Only what the card lists.

Each is said once by a made-up person whose order was confirmed, and the desk's answer is graded. Nothing here orders.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Literal

from vrm_desktop.canon import hashes
from vrm_desktop.conformance.asker import DELIVERY
from vrm_desktop.conformance.calls import problem_of
from vrm_desktop.conformance.errors import Broken
from vrm_desktop.conformance.rules import Rule, full
from vrm_desktop.conformance.talk import Talk
from vrm_desktop.domain.attachment import MOST_BYTES
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.protocol.messages import (
    Acknowledgement,
    AnyMessage,
    Case,
    CaseAnswer,
    CaseReply,
    DataRequest,
    DataWish,
    Message,
    Notice,
    OrderChange,
    PriceClaim,
    Refund,
    Status,
    UseReport,
    Voice,
    VoiceAnswer,
    WithdrawConsent,
)
from vrm_desktop.protocol.orders import SignedOrder
from vrm_desktop.protocol.sealing import Sealed
from vrm_desktop.protocol.stamping import Stamp

CASE = full("case-answered", "7", "A `case` is answered with `case-answer` of that case")
CASE_REPLY = full("case-reply-answered", "7", "A person's `case-answer` is acknowledged, or answered")
CHANGE = full("order-change-answered", "7", "An `order-change` is answered with a `status` of it, or acknowledged")
CHANGE_OTHER = full("order-change-other", "7", "A change of another order is `bad-order`")
UPDATE = full("update-answered", "7", "An `update` is acknowledged")
RIGHT = full("right-answered", "7", "A `data-request` is answered with a `use-report` of it, or acknowledged")
REPORT = full("report-true", "7", "A report says that nothing is held but what was told in this conversation")
COPY = full("copy-whole", "7", "A copy's values are those that were told")
ERASURE = full("erasure-receipted", "6", "`erased` names digests of values that were told, and no others")
CONSENT = full("consent-withdrawn", "7", "A consent taken back is acknowledged, with `erased` for what came with it")
GRANT = full("grant-answered", "7", "A `grant` is acknowledged")
WISH_ONCE = full("wish-once", "7", "A wish is not repeated before its day")
NOTICE = full("notice-answered", "7", "A `notice` is acknowledged")
VOICE = full("voice-answered", "7", "A `voice` is answered with `voice-answer`, or acknowledged")
REFUND = full("refund-order", "7", "A `refund` names the order and its currency")
DOCUMENT = full("document-true", "7", "A document is at its `link`, without a secret: the bytes of its `hash`, whole")
RULES: tuple[Rule, ...] = (
    CASE, CASE_REPLY, CHANGE, CHANGE_OTHER, UPDATE, RIGHT, REPORT, COPY, ERASURE, CONSENT, GRANT, WISH_ONCE, NOTICE,
    VOICE, REFUND, DOCUMENT,
)  # fmt: skip
_UNASKED = (CONSENT, GRANT, WISH_ONCE)
_NOBODYS = "A" * 43
_OK = 200
_STREET = "profile.address.street"


async def live(talk: Talk, order: SignedOrder) -> None:
    """Say, after the confirmation, one of each kind that the card lists."""
    parts: dict[Kind, tuple[tuple[Rule, ...], Callable[[Talk, SignedOrder], Awaitable[None]]]] = {
        Kind.CASE: ((CASE,), _case),
        Kind.CASE_ANSWER: ((CASE_REPLY,), _case_reply),
        Kind.ORDER_CHANGE: ((CHANGE, CHANGE_OTHER), _change),
        Kind.UPDATE: ((UPDATE,), _update),
        Kind.NOTICE: ((NOTICE,), _notice),
        Kind.VOICE: ((VOICE,), _voice),
        Kind.GRANT: (_UNASKED, _grant),
        Kind.DATA_REQUEST: ((RIGHT, REPORT, COPY), _rights),
    }
    for kind, (rules, part) in parts.items():
        if not talk.bench.card.understands(kind):
            talk.marks.not_applicable(rules, f"the card does not list `{kind}`")
        elif any(talk.marks.wants(rule) for rule in rules):
            await part(talk, order)
    _look_back(talk, order)
    await _fetch_documents(talk)


async def _case(talk: Talk, _order: SignedOrder) -> None:
    what = "A made-up case, to try this desk out."
    opening = await _said(talk, talk.asker.seal(lambda c: Case(**c, about="product", what=what, want="answer")))
    await _answered(talk, CASE, lambda heard: isinstance(heard, CaseAnswer) and heard.case == opening)


async def _case_reply(talk: Talk, _order: SignedOrder) -> None:
    case = next((id for id in _own(talk, Kind.CASE)), None)
    if case is None:
        talk.marks.not_applicable((CASE_REPLY,), "the card does not list `case`")
        return
    said = await _said(talk, talk.asker.seal(lambda c: CaseReply(**c, case=case, answer="resolved")))
    await _answered(talk, CASE_REPLY, lambda heard: _acknowledges(heard, said) or getattr(heard, "case", None) == case)


async def _change(talk: Talk, order: SignedOrder) -> None:
    other = talk.asker.seal(lambda c: OrderChange(**c, order=_NOBODYS, what="document"))
    await _refused(talk, CHANGE_OTHER, other, "bad-order")
    said = await _said(talk, talk.asker.seal(lambda c: OrderChange(**c, order=order.hash, what="document")))
    await _answered(
        talk,
        CHANGE,
        lambda heard: _acknowledges(heard, said) or (isinstance(heard, Status) and heard.of == said),
    )


async def _update(talk: Talk, _order: SignedOrder) -> None:
    said = await _said(talk, talk.asker.update(_STREET, "Teststraße 2"))
    await _answered(talk, UPDATE, lambda heard: _acknowledges(heard, said))


async def _notice(talk: Talk, _order: SignedOrder) -> None:
    words = "A made-up notice, to try this desk out."
    said = await _said(talk, talk.asker.seal(lambda c: Notice(**c, about="other", text=words)))
    await _answered(talk, NOTICE, lambda heard: _acknowledges(heard, said))


async def _voice(talk: Talk, _order: SignedOrder) -> None:
    words = "A made-up idea, to try this desk out."
    said = await _said(talk, talk.asker.seal(lambda c: Voice(**c, topic="idea", text=words)))
    await _answered(
        talk,
        VOICE,
        lambda heard: _acknowledges(heard, said) or (isinstance(heard, VoiceAnswer) and heard.of == said),
    )


async def _grant(talk: Talk, _order: SignedOrder) -> None:
    wishes = [(id, heard) for id, heard in talk.asker.heard if isinstance(heard, DataWish)]
    if not wishes:
        talk.marks.not_applicable(_UNASKED, "the desk asked for nothing in this time")
        return
    names = [tuple(sorted((one.name, one.purpose) for one in wish.fields)) for _, wish in wishes]
    talk.marks.judge(WISH_ONCE, "the same was asked for again" if len(set(names)) < len(names) else "")
    of, wish = wishes[0]
    granted = await _said(talk, talk.asker.grant(of, wish))
    await _answered(talk, GRANT, lambda heard: _acknowledges(heard, granted))
    if not talk.bench.card.understands(Kind.WITHDRAW_CONSENT):
        talk.marks.not_applicable((CONSENT,), "the card does not list `withdraw-consent`")
        return
    back = await _said(talk, talk.asker.seal(lambda c: WithdrawConsent(**c, of=granted)))
    receipt = await _answered(talk, CONSENT, lambda heard: _acknowledges(heard, back))
    named = set(receipt.erased) if isinstance(receipt, Acknowledgement) and isinstance(receipt.erased, tuple) else set()
    told = {each.digest for each in talk.asker.told(granted)}
    talk.marks.judge(CONSENT, "" if named == told else f"`erased` names {len(named)} of the {len(told)} values")


async def _rights(talk: Talk, _order: SignedOrder) -> None:
    rights: tuple[Literal["use-report", "copy"], ...] = ("use-report", "copy")
    for right in rights:
        said = await _said(talk, talk.asker.seal(_request(right)))
        report = await _answered(talk, RIGHT, partial(_reports, said))
        if not isinstance(report, UseReport):
            talk.marks.not_applicable((REPORT, COPY), "the desk reports later")
            continue
        known = {each.name for each in talk.asker.told()}
        digests = {each.digest for each in talk.asker.told()}
        strange = [one.name for one in report.held if one.name not in known]
        wrong = [one.name for one in report.held if isinstance(one.digest, str) and one.digest not in digests]
        problem = f"it says that `{(strange or wrong)[0]}` is held, which was not told so" if strange or wrong else ""
        talk.marks.judge(REPORT, problem or ("" if report.right == right else f"asked for `{right}`"))
        if right == "copy":
            _copied(talk, report)
    _look_back_at_erasures(talk)


def _copied(talk: Talk, report: UseReport) -> None:
    told = {(each.name, each.value) for each in talk.asker.told()}
    copied = {(each.name, each.value) for each in talk.asker.copied}
    if report.state not in {"fulfilled", "partly"}:
        talk.marks.not_applicable((COPY,), f"the desk says `{report.state}`")
        return
    names = {name for name, _ in copied}
    came = set(report.digests) <= {each.digest for each in talk.asker.copied}
    whole = came and copied <= told and (report.state == "partly" or set(DELIVERY) <= names)
    talk.marks.judge(COPY, "" if whole else f"{len(copied)} values, not those that were told")


def _look_back(talk: Talk, order: SignedOrder) -> None:
    """What only the whole conversation shows."""
    _look_back_at_erasures(talk)
    refunds = [heard for _, heard in talk.asker.heard if isinstance(heard, Refund)]
    if not refunds:
        talk.marks.not_applicable((REFUND,), "the desk paid nothing back in this time")
    price = order.text.price
    for refund in refunds:
        fits = refund.order == order.hash and isinstance(price, PriceClaim) and refund.currency == price.currency
        talk.marks.judge(REFUND, "" if fits else "a refund for another order, or in another currency")


async def _fetch_documents(talk: Talk) -> None:
    """Get what the desk said lies ready, as a person would: this address alone, nothing followed."""
    said = [heard for _, heard in talk.asker.heard if isinstance(heard, Status)]
    named = [document for one in said if isinstance(one.documents, tuple) for document in one.documents]
    if not named:
        talk.marks.not_applicable((DOCUMENT,), "the desk named no document in this time")
    for document in named:
        try:
            answer = await talk.calls.get(document.link, answer_bytes=MOST_BYTES)
        except Broken as error:
            talk.marks.judge(DOCUMENT, f"the link of a document: {error}")
            raise
        same = hashes.digest(answer.body) == document.hash
        problem = "" if same else "other bytes than those of the signed hash"
        talk.marks.judge(DOCUMENT, problem if answer.status == _OK else f"the link was answered with {answer.status}")


def _look_back_at_erasures(talk: Talk) -> None:
    digests = {each.digest for each in talk.asker.told()}
    receipts = [heard for _, heard in talk.asker.heard if isinstance(heard, Acknowledgement)]
    named = {digest for one in receipts if isinstance(one.erased, tuple) for digest in one.erased}
    if not named:
        talk.marks.not_applicable((ERASURE,), "the desk erased nothing in this time")
        return
    talk.marks.judge(ERASURE, "" if named <= digests else "`erased` names what was never told")


def _own(talk: Talk, kind: Kind) -> list[MessageId]:
    return [sealed.message_id for sealed in talk.asker.sent if talk.asker.said(Side.PERSON, sealed.message_id) is kind]


def _acknowledges(heard: AnyMessage, of: str) -> bool:
    words = isinstance(heard, Message) and heard.about == of
    return words or (isinstance(heard, Acknowledgement) and heard.of == of)


def _request(right: Literal["use-report", "copy"]) -> Callable[[Stamp], DataRequest]:
    return lambda claims: DataRequest(**claims, right=right)


def _reports(of: str, heard: AnyMessage) -> bool:
    return _acknowledges(heard, of) or (isinstance(heard, UseReport) and heard.of == of)


async def _said(talk: Talk, sealed: Sealed) -> MessageId:
    await talk.say(sealed)
    return sealed.message_id


async def _answered(talk: Talk, rule: Rule, wanted: Callable[[AnyMessage], bool]) -> AnyMessage:
    return await talk.listen(wanted, rule, "no such answer came")


async def _refused(talk: Talk, rule: Rule, sealed: Sealed, code: str) -> None:
    """Post what must not be taken; the honest chain goes on without it."""
    answer = await talk.calls.post(talk.messages, sealed.envelope.to_bytes())
    found = problem_of(answer).code if answer.status != 202 else "202"
    talk.marks.judge(rule, "" if found == code else f"answered {found}")
