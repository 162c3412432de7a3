"""Reading a conversation: the secret, both sides, numbers, tags, waiting, and pages of 32."""

import asyncio

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.conformance import hearing
from vrm_desktop.conformance.calls import problem_of
from vrm_desktop.conformance.rules import core, full
from vrm_desktop.conformance.talk import Bench, Talk
from vrm_desktop.courier.answers import Answer

SECRET = core("read-secret", "3", "Without the read secret, or with another, a read is `unknown-conversation`")
STEADY = core("read-steady", "3", "The same messages are read again, byte for byte, for ever")
AFTER = core("read-after", "3", "`after` leaves out what the reader has")
BOTH = full("read-both", "3", "`side=both` shows the person's messages too, exactly as posted, `after` for each side")
TAG = full("read-etag", "3", "A read has an `ETag`; asked again with it, nothing new is `304`")
LATER = full("read-retry-after", "3", "A read says in `Retry-After` when to look again")
WAIT = full("read-wait", "3", "`Prefer: wait=N` holds the answer for up to N seconds")
TOLD = full("read-told", "3", "A held read is answered as soon as there is something")
PAGES = full("read-pages", "3", "At most 32 messages an answer; `more` tells that there are others")
BAD_QUERY = full("read-bad-query", "3", "A `side` or `after` that is none is `malformed`")
RULES = (SECRET, STEADY, AFTER, BOTH, TAG, LATER, WAIT, TOLD, PAGES, BAD_QUERY)

_HELD = 2
_TALKATIVE = 20


async def reads(bench: Bench) -> None:
    """Read one conversation in every documented way."""
    talk = bench.talk()
    await talk.agree()
    await talk.chat()
    await _secret(bench, talk)
    await _steady(bench, talk)
    if bench.marks.wants(BOTH):
        await _both(bench, talk)
    if bench.marks.wants(TAG):
        await _tag(bench, talk)
    if bench.marks.wants(WAIT):
        await _wait(bench, talk)
    if bench.marks.wants(BAD_QUERY):
        problems = [problem_of(await talk.read(query)).code for query in ("?side=desk", "?side=vendor&after=-1")]
        bench.marks.judge(BAD_QUERY, "" if problems == ["malformed"] * 2 else f"answered {problems}")


async def reads_pages(bench: Bench) -> None:
    """A conversation of more than one page."""
    if not bench.marks.wants(PAGES):
        return
    talk = bench.talk()
    await talk.agree()
    for _ in range(_TALKATIVE):
        await talk.chat()
    numbers: dict[str, list[object]] = {"vendor": [], "person": []}
    more, pages = True, 0
    while more and pages < 8:
        after = f"{len(numbers['vendor'])},{len(numbers['person'])}"
        rows, more = hearing.read_list(await talk.read(f"?side=both&after={after}"), bench.marks)
        for row in rows:
            numbers[str(row["side"])].append(row["number"])
        pages += 1
    expected = {"vendor": len(talk.asker.heard), "person": len(talk.asker.sent)}
    whole = all(found == list(range(1, expected[side] + 1)) for side, found in numbers.items())
    fine = whole and pages == -(-sum(expected.values()) // 32)
    bench.marks.judge(PAGES, "" if fine else f"{sum(expected.values())} messages came otherwise, on {pages} pages")


async def _secret(bench: Bench, talk: Talk) -> None:
    other = base64url.encode(bench.random(32))
    answers = [
        await talk.calls.get(talk.messages + "?side=vendor&after=0"),
        await talk.read("?side=vendor&after=0", headers={"authorization": f"Bearer {other}"}),
        await talk.read("?side=vendor&after=0", headers={"authorization": f"Bearer {talk.asker.signer.kid}"}),
    ]
    wrong = [answer.status for answer in answers if problem_of(answer).code != "unknown-conversation"]
    bench.marks.judge(SECRET, f"such a read was answered {wrong[0]}" if wrong else "")


async def _steady(bench: Bench, talk: Talk) -> None:
    heard = len(talk.asker.heard)
    first, again = await talk.read("?side=vendor&after=0"), await talk.read("?side=vendor&after=0")
    rows, _ = hearing.read_list(first, bench.marks)
    bench.marks.judge(STEADY, "" if first.body == again.body and len(rows) == heard else "the list has changed")
    rest, _ = hearing.read_list(await talk.read("?side=vendor&after=1"), bench.marks)
    bench.marks.judge(AFTER, "" if rest == rows[1:] else f"{len(rest)} of {len(rows)} messages after number 1")
    seconds = first.headers.get("retry-after", "")
    bench.marks.judge(LATER, "" if seconds.isdecimal() else f"Retry-After {seconds!r}")


async def _both(bench: Bench, talk: Talk) -> None:
    rows, _ = hearing.read_list(await talk.read("?side=both&after=1,0"), bench.marks)
    own: list[JsonValue] = [row["envelope"] for row in rows if row["side"] == "person"]
    posted = [strict_json.decode(each.envelope.to_bytes()) for each in talk.asker.sent]
    theirs = [row["number"] for row in rows if row["side"] == "vendor"]
    problem = "" if own == posted else f"{len(own)} of {len(posted)} of the person's messages, or other bytes"
    expected = list(range(2, len(talk.asker.heard) + 1))
    bench.marks.judge(BOTH, problem or ("" if theirs == expected else f"{theirs} instead of {expected}"))


async def _tag(bench: Bench, talk: Talk) -> None:
    query = f"?side=vendor&after={len(talk.asker.heard)}"
    first = await talk.read(query)
    tag = first.headers.get("etag", "")
    again = await talk.read(query, headers={"if-none-match": tag}) if tag else first
    bench.marks.judge(TAG, "" if tag and again.status == 304 else f"ETag {tag!r}, then {again.status}")


async def _wait(bench: Bench, talk: Talk) -> None:
    loop = asyncio.get_running_loop()
    query, begun = f"?side=vendor&after={len(talk.asker.heard)}", loop.time()
    await talk.read(query, wait=_HELD)
    held = loop.time() - begun
    fine = _HELD - 1 < held < _HELD + max(2, talk.calls.patience / 2)
    bench.marks.judge(WAIT, "" if fine else f"asked to wait {_HELD} s, answered after {held:.1f} s")
    begun = loop.time()
    waiting = asyncio.ensure_future(talk.read(query, wait=20))
    try:
        await asyncio.sleep(0.3)
        await talk.chat()
        answer: Answer = await waiting
    finally:
        waiting.cancel()
    soon = loop.time() - begun < 10 and b'"jws"' in answer.body
    bench.marks.judge(TOLD, "" if soon else f"answered after {loop.time() - begun:.1f} s")
