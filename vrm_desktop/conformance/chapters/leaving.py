"""Withdrawing and ending: at any time, answered with a closure, after which the desk is silent and harms nobody."""

from vrm_desktop.conformance.forging import signed
from vrm_desktop.conformance.rules import Rule, core, full
from vrm_desktop.conformance.talk import Bench, Talk
from vrm_desktop.conformance.vectors.vector import changed, words
from vrm_desktop.domain.kinds import State
from vrm_desktop.protocol.messages import Closure, End, Kept, WithdrawCast

WITHDRAWN = core("withdraw-closed", "7", "`withdraw-cast` is answered with a closure that says `withdrawn`")
ENDED = core("end-closed", "7", "`end` is answered with a closure that says `ended`")
ERASED = core("end-erased", "7", "The closure says that all but the listed was erased")
KEPT = full("end-kept", "7", "What stays is what `keep` lists, and the closure says so")
SILENT = core("closed-silent", "7", "After the closure the desk says nothing more")
LATE = full("closed-late-taken", "7", "What was under way when the desk closed is taken, and changes nothing")
READABLE = core("closed-readable", "4", "The messages stay readable, and both chains verifiable, after the end")
RULES: tuple[Rule, ...] = (WITHDRAWN, ENDED, ERASED, KEPT, SILENT, LATE, READABLE)

_KEPT = Kept(what="order", why="warranty", until="2031-12-31")


async def withdraws(bench: Bench) -> None:
    """Take the want back after the reveal."""
    talk = bench.talk()
    await talk.agree()
    await talk.offered()
    await talk.say(talk.asker.seal(lambda claims: WithdrawCast(**claims)))
    await _closed(talk, WITHDRAWN, "withdrawn")
    await _silence(talk)


async def ends_early(bench: Bench) -> None:
    """End right after the agreement: everything goes."""
    talk = bench.talk()
    await talk.agree()
    late = words(talk.asker)
    closure = await _end(talk)
    bench.marks.judge(ERASED, "" if closure.erased and not closure.kept else "`erased` is not said, or something kept")
    if bench.marks.wants(LATE):
        place = {"seq": len(talk.asker.sent) + 1, "prev": talk.asker.sent[-1].message_id}
        answer = await talk.calls.post(talk.messages, signed(changed(late, **place), talk.asker.signer))
        bench.marks.judge(LATE, "" if answer.status == 202 else f"answered {answer.status}")
    await _silence(talk)


async def end_order(talk: Talk) -> None:
    """End a conversation whose order still has its warranty."""
    closure = await _end(talk, _KEPT)
    talk.marks.judge(ERASED, "" if closure.erased else "`erased` is not said")
    allowed = {(each.what, each.why) for each in closure.kept} <= {(_KEPT.what, _KEPT.why)}
    late = any(each.until > _KEPT.until for each in closure.kept)
    talk.marks.judge(KEPT, "" if allowed and not late else "more is kept than `keep` listed")
    await _silence(talk)


async def _end(talk: Talk, *keep: Kept) -> Closure:
    await talk.say(talk.asker.seal(lambda claims: End(**claims, keep=keep)))
    return await _closed(talk, ENDED, "ended")


async def _closed(talk: Talk, rule: Rule, reason: str) -> Closure:
    closure = await talk.listen(lambda heard: isinstance(heard, Closure), rule, "no closure came")
    if not isinstance(closure, Closure):
        raise TypeError("what was waited for")
    talk.marks.judge(rule, "" if closure.reason == reason else f"the closure says `{closure.reason}`")
    return closure


async def _silence(talk: Talk) -> None:
    """Look again: nothing new, and all that was said is there."""
    heard = talk.asker.heard
    grown = await talk.catch_up()
    ended = talk.asker.conversation.state is State.ENDED
    talk.marks.judge(SILENT, "more was said after the closure" if grown or not ended else "")
    answer = await talk.read("?side=vendor&after=0")
    whole = answer.body.count(b'"jws"') == len(heard)
    talk.marks.judge(READABLE, "" if whole else f"{answer.status}, other messages than before")
