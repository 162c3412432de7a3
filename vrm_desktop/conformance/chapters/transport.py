"""Calls that carry nothing wrong, or nothing at all: types, methods, repeats, sizes, what is unknown and ignored."""

from vrm_desktop.canon import base64url
from vrm_desktop.conformance.calls import problem_of
from vrm_desktop.conformance.forging import signed
from vrm_desktop.conformance.rules import Rule, core, full
from vrm_desktop.conformance.talk import Bench
from vrm_desktop.conformance.vectors.vector import changed
from vrm_desktop.courier.answers import Answer
from vrm_desktop.protocol.envelope import LARGEST
from vrm_desktop.protocol.messages import WithdrawCast
from vrm_desktop.protocol.stamping import Stamp

WRONG_TYPE = core("wrong-type", "3", "A body that is not application/json is refused with `wrong-type`")
CHARSET = full("type-with-charset", "3", "`application/json; charset=utf-8` is application/json")
UNKNOWN = core("unknown-conversation", "3", "A post to an unknown conversation is `unknown-conversation`")
METHODS = full("methods", "3", "Other methods are refused: GET on conversations, POST on the card")
PING_TWICE = core("ping-twice", "4", "The same ping again is answered alike: `202`, the same `Location`")
MESSAGE_TWICE = core("message-twice", "4", "The same message again is `202`, and has no second effect")
UNKNOWN_MEMBER = core("unknown-member", "4", "Unknown members are ignored, unless `must` names them")
KNOWN_MUST = full("known-must", "4", "A `must` that names members of the kind is taken")
LARGEST_TAKEN = full("largest-taken", "1", "An envelope of just 64 KiB is taken")
RULES = (
    WRONG_TYPE, CHARSET, UNKNOWN, METHODS, PING_TWICE, MESSAGE_TWICE, UNKNOWN_MEMBER, KNOWN_MUST, LARGEST_TAKEN,
)  # fmt: skip


async def calls_carefully(bench: Bench) -> None:
    """Types, methods and addresses."""
    talk, other = bench.talk(), bench.talk()
    ping = talk.asker.ping().envelope.to_bytes()
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        answer = await talk.calls.post(bench.conversations, ping, content_type=kind)
        bench.marks.judge(WRONG_TYPE, _unless(answer, "wrong-type"))
    await other.open()
    lost = f"{bench.conversations}/{base64url.encode(bench.random(32))}/messages"
    answer = await other.calls.post(lost, other.asker.seal(_withdrawal).envelope.to_bytes())
    bench.marks.judge(UNKNOWN, _unless(answer, "unknown-conversation"))
    if bench.marks.wants(CHARSET):
        answer = await talk.calls.post(bench.conversations, ping, content_type="application/json; charset=utf-8")
        bench.marks.judge(CHARSET, _unless_taken(answer))
    if bench.marks.wants(METHODS):
        got, posted = await talk.calls.get(bench.conversations), await talk.calls.post(bench.card_url, ping)
        fine = all(400 <= answer.status < 500 for answer in (got, posted))
        bench.marks.judge(METHODS, "" if fine else f"GET was {got.status}, POST was {posted.status}")


async def repeats(bench: Bench) -> None:
    """The same bytes again, now and later."""
    talk = bench.talk()
    first = await talk.open()
    ping = talk.asker.sent[0].envelope.to_bytes()
    again = await talk.calls.post(bench.conversations, ping)
    alike = (again.status, again.headers.get("location")) == (202, first.headers.get("location"))
    bench.marks.judge(PING_TWICE, "" if alike else _unless_taken(again) or "another `Location`")
    talk = bench.talk()
    await talk.agree()
    await talk.chat()
    heard = len(talk.asker.heard)
    for envelope in (talk.asker.sent[-1].envelope, talk.asker.sent[0].envelope):
        opens = envelope is talk.asker.sent[0].envelope
        answer = await talk.calls.post(bench.conversations if opens else talk.messages, envelope.to_bytes())
        rule = PING_TWICE if opens else MESSAGE_TWICE
        bench.marks.judge(rule, _unless_taken(answer))
    await talk.catch_up(wait=1)
    grown = len(talk.asker.heard) - heard
    bench.marks.judge(MESSAGE_TWICE, "" if not grown else f"{grown} messages were said because of the repeats")


async def ignores_unknown(bench: Bench) -> None:
    """Unknown members, a `must` that is understood, and the largest envelope."""
    changes: dict[Rule, dict[str, object]] = {
        UNKNOWN_MEMBER: {"zz-later": {"a": [1, "ü", None]}},
        KNOWN_MUST: {"must": ["category", "digests"]},
        LARGEST_TAKEN: {"zz": ""},
    }
    for rule in filter(bench.marks.wants, changes):
        talk = bench.talk()
        members = changed(talk.asker.ping(), **changes[rule])
        if rule is LARGEST_TAKEN:
            room = LARGEST - len(signed(members, talk.asker.signer))
            members["zz"] = "x" * (room * 3 // 4 - 1)
        body = signed(members, talk.asker.signer)
        answer = await talk.calls.post(bench.conversations, body)
        problem = _unless_taken(answer)
        bench.marks.judge(rule, problem and f"{len(body)} bytes were {problem}")


def _withdrawal(claims: Stamp) -> WithdrawCast:
    return WithdrawCast(**claims)


def _unless(answer: Answer, code: str) -> str:
    said = problem_of(answer).code
    return "" if said == code else f"answered {answer.status} {said}"


def _unless_taken(answer: Answer) -> str:
    return "" if answer.status == 202 else f"answered {answer.status} {problem_of(answer).code}"
