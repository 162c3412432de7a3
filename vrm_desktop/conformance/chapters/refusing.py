"""Every negative vector posted, each answered as documented; and honest messages after them, which must still count."""

from vrm_desktop.conformance.calls import problem_of
from vrm_desktop.conformance.rules import Rule, core
from vrm_desktop.conformance.talk import Bench, Talk
from vrm_desktop.conformance.vectors.catalogue import VECTORS, vectors_at
from vrm_desktop.conformance.vectors.pings import UNSERVED_AREA, UNSERVED_CATEGORY
from vrm_desktop.conformance.vectors.vector import Place, Vector
from vrm_desktop.courier.answers import Answer

GAP_NAMES_LAST = core("missing-names-last", "3", "`missing` names the last number received")
STATE_NAMED = core("not-allowed-names-state", "3", "`not-allowed-now` names the state")
UNHARMED = core("refusals-change-nothing", "3", "What was refused changes nothing: the honest message still counts")
VECTOR_RULES: tuple[Rule, ...] = tuple(each.rule for each in VECTORS)
RULES = (*VECTOR_RULES, GAP_NAMES_LAST, STATE_NAMED, UNHARMED)


async def refuses_openings(bench: Bench) -> None:
    """Post what must not open a conversation, each by somebody else."""
    bench.marks.not_applicable(_without_occasion(bench), "the card lists everything")
    for vector in vectors_at(Place.OPENING):
        if bench.marks.wants(vector.rule) and vector.rule not in _without_occasion(bench):
            talk = bench.talk()
            answer = await talk.calls.post(bench.conversations, vector.make(talk.asker))
            _judge(bench, vector, answer)


async def refuses_in_conversation(bench: Bench) -> None:
    """Post what must not be taken after the agreement."""
    await _try_all(bench, Place.TALKING)


async def refuses_at_the_offer(bench: Bench) -> None:
    """Post what must not be taken when an offer stands."""
    await _try_all(bench, Place.OFFERED)


def _without_occasion(bench: Bench) -> tuple[Rule, ...]:
    rules: tuple[Rule, ...] = ()
    if bench.ask.unserved_category is None:
        rules += (UNSERVED_CATEGORY.rule,)
    if bench.ask.unserved_area is None:
        rules += (UNSERVED_AREA.rule,)
    return rules


async def _try_all(bench: Bench, place: Place) -> None:
    """A desk that takes what it must refuse has another chain now: the next vector gets a fresh conversation."""
    wanted = [vector for vector in vectors_at(place) if bench.marks.wants(vector.rule)]
    talk: Talk | None = None
    for vector in wanted:
        if talk is None:
            talk = await _brought_to(bench, place)
        answer = await talk.calls.post(talk.messages, vector.make(talk.asker))
        if not _judge(bench, vector, answer):
            talk = None
    if talk is None:
        bench.marks.judge(UNHARMED, "the last of them was taken")
        return
    before = len(talk.asker.heard)
    if await talk.catch_up():
        bench.marks.judge(UNHARMED, f"{len(talk.asker.heard) - before} messages came after refusals")
    await talk.chat()
    bench.marks.judge(UNHARMED)
    await talk.leave()


async def _brought_to(bench: Bench, place: Place) -> Talk:
    talk = bench.talk()
    await talk.agree()
    await talk.chat()
    if place is Place.OFFERED:
        await talk.offered()
        # Said once more, so that `seen` covers the offer and has a way to fall.
        await talk.chat()
    return talk


def _judge(bench: Bench, vector: Vector, answer: Answer) -> bool:
    """Grade the answer to a vector; whether it was refused at all."""
    problem = problem_of(answer)
    refused = answer.status >= 400
    if refused and problem.code in vector.codes:
        bench.marks.judge(vector.rule)
    else:
        said = f"{answer.status} {problem.code}".strip()
        bench.marks.judge(vector.rule, f"answered {said} instead of {' or '.join(vector.codes)}")
    if problem.code == "missing" and vector.place is Place.TALKING:
        last = problem.members.get("last")
        bench.marks.judge(GAP_NAMES_LAST, "" if last == 2 else f"`last` is {last} instead of 2")
    if problem.code == "not-allowed-now":
        named = isinstance(problem.members.get("state"), str)
        bench.marks.judge(STATE_NAMED, "" if named else "no `state`")
    return refused
