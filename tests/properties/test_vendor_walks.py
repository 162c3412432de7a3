"""Whatever a person does, in whatever order messages arrive: the desk answers each once, and nothing breaks a chain."""

import os
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from hypothesis import event, given
from hypothesis import strategies as st

from tests.fakes.asking_person import AskingPerson
from tests.fakes.open_desk import OpenDesk
from vrm_desktop.domain.kinds import Kind, Side, State, allowed
from vrm_desktop.protocol.agreements import document_hash
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.keys import key_proof
from vrm_desktop.protocol.living import Right
from vrm_desktop.protocol.messages import (
    Acknowledgement,
    Case,
    DataRequest,
    KeyChange,
    Notice,
    Offer,
    OrderChange,
    Voice,
)
from vrm_desktop.protocol.signing import SeedSigner

Act = Callable[[OpenDesk, AskingPerson, int], Envelope]

RIGHTS: tuple[Right, ...] = ("access", "copy", "erasure", "objection", "correction", "portability")

ACTS: dict[Kind, Act] = {
    Kind.TERMS_ACCEPT: lambda _, person, __: person.terms_accept(),
    Kind.TERMS_REFUSE: lambda _, person, __: person.terms_refuse(),
    Kind.REVEAL: lambda _, person, __: person.reveal(),
    Kind.COUNTER: lambda _, person, number: person.counter(10000 + number * 1000),
    Kind.DECLINE: lambda _, person, __: person.decline(),
    Kind.ACCEPT: lambda _, person, number: person.accept(person.offer(number % _offers(person))),
    Kind.MESSAGE: lambda _, person, number: person.message(f"number {number}"),
    Kind.VOICE: lambda _, person, number: person.say(lambda claims: Voice(**claims, topic="idea", text=f"{number}")),
    Kind.CASE: lambda _, person, __: person.say(lambda claims: Case(**claims, about="data", what="?", want="answer")),
    Kind.DATA_REQUEST: lambda _, person, number: person.say(
        lambda claims: DataRequest(**claims, right=RIGHTS[number % len(RIGHTS)])
    ),
    Kind.ORDER_CHANGE: lambda _, person, __: person.say(
        lambda claims: OrderChange(**claims, order=_order(person), what="cancel")
    ),
    Kind.NOTICE: lambda _, person, __: person.say(lambda claims: Notice(**claims, about="complaint")),
    Kind.KEY_CHANGE: lambda _, person, __: _new_key(person),
    Kind.WITHDRAW_CAST: lambda _, person, __: person.withdraw(),
    Kind.END: lambda _, person, number: person.end(erase=number % 2 == 0),
}
NEEDS_OFFER = {Kind.COUNTER, Kind.DECLINE, Kind.ACCEPT}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["tell", "again", "later", *["onward"] * 8, *ACTS]),
        st.integers(min_value=0, max_value=60),
    ),
    max_size=25,
)


def _new_key(person: AskingPerson) -> Envelope:
    new = SeedSigner(os.urandom(32))
    proof = key_proof(person.conversation, new)
    envelope = person.say(lambda claims: KeyChange(**claims, kid=new.kid, proof=proof))
    person.signer = new
    return envelope


def _order(person: AskingPerson) -> str:
    assert person.order is not None
    return document_hash(person.order)


def _offers(person: AskingPerson) -> int:
    return sum(isinstance(message, Offer) for message in person.heard)


@given(shop=st.sampled_from(["rheinrad", "veedelvelo", "kettenwerk", "suedstadtrad"]), steps=STEPS)
def test_the_desk_keeps_its_word_on_any_way_through(shop: str, steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = OpenDesk(Path(folder), desk=shop)
        person = desk.person()
        desk.open(person.ping())
        for step, number in steps:
            match step:
                case "tell":
                    desk.tell(person)
                case "again":
                    again = person.sent[number % len(person.sent)].envelope
                    before = desk.dossier(person)
                    assert not desk.take(person, again)
                    assert desk.dossier(person) == before
                case "later":
                    desk.later(person, seconds=number)
                    desk.work_off()
                case "onward":
                    desk.tell(person)
                    for kind in (Kind.TERMS_ACCEPT, Kind.REVEAL, Kind.ACCEPT):
                        if _act(desk, person, kind, number):
                            break
                case _:
                    _act(desk, person, Kind(step), number)
        desk.later(person, seconds=60)
        desk.work_off()
        desk.tell(person)
        _holds(desk, person)
        event(desk.dossier(person).conversation.state)
        desk.close()


def _act(desk: OpenDesk, person: AskingPerson, kind: Kind, number: int) -> bool:
    """Do it if the person may, and has something to do it with."""
    if kind not in allowed(Side.PERSON, person.conversation.state) or (kind in NEEDS_OFFER and not _offers(person)):
        return False
    assert desk.take(person, ACTS[kind](desk, person, number))
    return True


def _holds(desk: OpenDesk, person: AskingPerson) -> None:
    dossier = desk.dossier(person)
    assert [e.id for e in dossier.entries if e.side is Side.PERSON] == [sealed.message_id for sealed in person.sent]
    assert [e.id for e in dossier.entries if e.side is Side.VENDOR] == person.heard_ids
    counted = Counter(entry.kind for entry in dossier.entries if entry.side is Side.VENDOR)
    assert counted[Kind.TERMS_ANSWER] <= 1
    assert counted[Kind.CONFIRMATION] <= 1
    assert counted[Kind.CLOSURE] <= 1
    assert counted[Kind.OFFER] <= 5
    of = [message.of for message in person.heard if isinstance(message, Acknowledgement)]
    assert len(set(of)) == len(of), "each message is acknowledged once"
    kinds = {entry.kind for entry in dossier.entries if entry.side is Side.PERSON}
    if kinds & {Kind.END, Kind.WITHDRAW_CAST}:
        assert dossier.conversation.state is State.ENDED
        if Kind.END not in kinds:
            assert dossier.held == ()
    if Kind.ACCEPT in kinds and not kinds & {Kind.END, Kind.WITHDRAW_CAST}:
        assert counted[Kind.CONFIRMATION] + counted[Kind.CLOSURE] == 1
