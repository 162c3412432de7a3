"""Terms that the card does not list: answered in form, once, and binding only with both signatures."""

from vrm_desktop.canon import base64url
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.conformance.calls import problem_of
from vrm_desktop.conformance.forging import Members, members_of, signed
from vrm_desktop.conformance.rules import Rule, core, full
from vrm_desktop.conformance.talk import Bench, Talk
from vrm_desktop.protocol.messages import TermsAnswer, TermsRefuse
from vrm_desktop.protocol.negotiation import Accepted, Countered
from vrm_desktop.protocol.stamping import Stamp

OTHER_TERMS = core("other-terms", "5", "Terms that the card does not list are answered in form, as any others")
ONE_COUNTER = core("one-counter", "5", "There is one answer on terms, and no second counter")
CLOSED = full("counter-closed", "5", "A counter is closed by `terms-accept` with both documents as countered")
ONE_SIGNATURE = full("counter-one-signature", "5", "A `terms-accept` that lacks a signature is refused")
OTHER_TEXT = full("counter-other-text", "5", "A `terms-accept` with other texts than the counter's is refused")
REFUSED = full("counter-refused", "5", "After `terms-refuse` nothing may be revealed")
_COUNTER_RULES = (CLOSED, ONE_SIGNATURE, OTHER_TEXT, REFUSED)
RULES: tuple[Rule, ...] = (OTHER_TERMS, ONE_COUNTER, *_COUNTER_RULES)


async def negotiates(bench: Bench) -> None:
    """Proffer what the card does not list, and see what becomes of it."""
    if bench.ask.other_terms is None:
        bench.marks.not_applicable(RULES, "the card lists all terms of the roster")
        return
    talk = bench.talk(others=True)
    verdict = await talk.terms()
    bench.marks.judge(OTHER_TERMS)
    if isinstance(verdict, Countered):
        await _close(bench, talk, verdict)
        await _refuse(bench)
    else:
        said = "accepts" if isinstance(verdict, Accepted) else "declines"
        bench.marks.not_applicable(_COUNTER_RULES, f"the desk {said} terms that its card does not list")
    await talk.catch_up(wait=1)
    answers = sum(isinstance(message, TermsAnswer) for _, message in talk.asker.heard)
    bench.marks.judge(ONE_COUNTER, "" if answers == 1 else f"{answers} answers on terms")


async def _close(bench: Bench, talk: Talk, verdict: Countered) -> None:
    closing = talk.asker.terms_accept(verdict)
    if bench.marks.wants(ONE_SIGNATURE):
        members = members_of(closing)
        for document, changed_ in zip(_documents(members), verdict.changed, strict=True):
            if changed_ and isinstance(document["signatures"], list):
                document["signatures"] = document["signatures"][1:]
        await _post_refused(bench, talk, members, ONE_SIGNATURE)
    if bench.marks.wants(OTHER_TEXT):
        members = members_of(closing)
        members["agreements"] = list(reversed(_documents(members)))
        await _post_refused(bench, talk, members, OTHER_TEXT)
    await talk.say(closing)
    talk.asker.agree(verdict, closing)
    await talk.chat()
    bench.marks.judge(CLOSED)


async def _refuse(bench: Bench) -> None:
    if not bench.marks.wants(REFUSED):
        return
    talk = bench.talk(others=True)
    verdict = await talk.terms()
    if isinstance(verdict, Countered):
        await talk.say(talk.asker.seal(_refusal))
        number, last = len(talk.asker.sent) + 1, talk.asker.sent[-1].message_id
        item: Members = {"digest": talk.asker.digests[0], "purpose": "quote", "until": "2031-01-01"}
        items: list[JsonValue] = [item]
        reveal: Members = {**members_of(talk.asker.sent[-1]), "kind": "reveal", "seq": number, "prev": last}
        reveal |= {"agreement": base64url.encode(bench.random(32)), "items": items}
        answer = await talk.calls.post(talk.messages, signed(reveal, talk.asker.signer))
        said = f"a reveal was answered {answer.status} {problem_of(answer).code}"
        bench.marks.judge(REFUSED, "" if answer.status >= 400 else said)


async def _post_refused(bench: Bench, talk: Talk, members: Members, rule: Rule) -> None:
    answer = await talk.calls.post(talk.messages, signed(members, talk.asker.signer))
    code = problem_of(answer).code
    fine = answer.status >= 400 and code in {"bad-agreement", "bad-signature", "malformed"}
    bench.marks.judge(rule, "" if fine else f"answered {answer.status} {code}")


def _documents(members: Members) -> list[Members]:
    found = members["agreements"]
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _refusal(claims: Stamp) -> TermsRefuse:
    return TermsRefuse(**claims)
