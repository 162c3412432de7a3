"""What happens reaches the connector in order, at least once, and counts once; what it says is done once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.asking_person import DELIVERY, AskingPerson
from tests.fakes.connected_desk import ConnectedDesk, RememberingProgram, person_at
from vrm_desktop.domain.kinds import Side, State
from vrm_desktop.protocol.messages import Kept
from vrm_desktop.vendor.connectors.port import ERASED, Event, Said, Told
from vrm_desktop.vendor.connectors.schedule import REFUSED, pause_when_away, pause_when_refused
from vrm_desktop.vendor.connectors.settings import ConnectorKind, ConnectorSettings
from vrm_desktop.vendor.errors import ConnectorAway, ConnectorRefused
from vrm_desktop.vendor.hand_acts import ConfirmOrder, Reply
from vrm_desktop.vendor.use_report import use_record
from vrm_desktop.vendor.uses import UsedBy

Play = Callable[[ConnectedDesk, RememberingProgram], Awaitable[None]]


def settings(*, values: bool = True, events: frozenset[str] = frozenset()) -> ConnectorSettings:
    return ConnectorSettings(name="crm", kind=ConnectorKind.PYTHON, file="crm.py", values=values, events=events)


def play(folder: Path, scene: Play, *, connector: ConnectorSettings | None = None) -> None:
    async def run() -> None:
        program = RememberingProgram()
        desk = ConnectedDesk(folder, program, connector or settings())
        try:
            await desk.start()
            await scene(desk, program)
        finally:
            await desk.close()

    asyncio.run(run())


async def whole_order(desk: ConnectedDesk) -> AskingPerson:
    person = person_at(desk)
    await desk.send(person, person.ping())
    await desk.send(person, person.reveal())
    await desk.send(person, person.accept())
    return person


def test_a_whole_order_is_told_in_the_order_in_which_it_happened(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        person = await whole_order(desk)
        await desk.tell_all()
        told = [(event.kind, event.side) for event in program.taken]
        assert told == [
            ("ping", Side.PERSON),
            ("terms-answer", Side.VENDOR),
            ("reveal", Side.PERSON),
            ("offer", Side.VENDOR),
            ("accept", Side.PERSON),
            ("confirmation", Side.VENDOR),
            ("status", Side.VENDOR),
        ]
        assert [event.id for event in program.taken if event.side is Side.PERSON] == [
            sealed.message_id for sealed in person.sent
        ]
        accept = program.taken[4]
        assert accept.given == DELIVERY
        assert accept.want.title == person.want["want.title"]
        assert accept.order is not None
        assert accept.order.price is not None
        assert accept.order.price.total == person.total()
        price = program.taken[3].content["price"]
        assert isinstance(price, dict)
        assert price["total"] == person.total()
        standing = await desk.waiting()
        assert (standing.told, standing.waiting, standing.set_aside, standing.trouble) == (7, 0, 0, "")
        assert standing.last_told == int(desk.now.timestamp())

    play(tmp_path, scene)


def test_notes_come_back_with_the_next_event_of_the_conversation(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        await whole_order(desk)
        await desk.tell_all()
        assert [sorted(notes) for notes in program.noted[:3]] == [[], ["ping"], ["ping", "terms-answer"]]

    play(tmp_path, scene)


def test_without_values_nothing_personal_is_told(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        person = await whole_order(desk)
        await desk.send(person, person.message("Please ring at Rheinweg"))
        await desk.tell_all()
        everything = repr([(event, dict(event.given)) for event in program.taken])
        for value in (*person.want.values(), *DELIVERY.values(), "ring at"):
            assert value not in everything
        assert program.taken[0].want.category == "mobility.bicycle"

    play(tmp_path, scene, connector=settings(values=False))


def _handed(desk: ConnectedDesk, person: AskingPerson) -> list[tuple[str, UsedBy, str, int]]:
    with desk.store.turn() as books:
        used = books.used(str(person.conversation.id))
    return sorted((one.use.name, one.use.by, one.use.whom, one.at) for one in used if one.use.by is not UsedBy.OWN)


def test_what_is_handed_on_is_written_down_once_with_the_day_and_to_whom(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        person = person_at(desk)
        await desk.send(person, person.ping())
        await desk.tell_all()
        assert _handed(desk, person) == [], "a ping has no values beside it"
        await desk.send(person, person.reveal())
        await desk.tell_all()
        first = int(desk.now.timestamp())
        words = [(name, UsedBy.PROCESSOR, "crm", first) for name in sorted(person.want)]
        assert _handed(desk, person) == words
        desk.later(days=1)
        person.now = desk.now
        await desk.send(person, person.accept())
        await desk.tell_all()
        second = int(desk.now.timestamp())
        order = [(name, UsedBy.PROCESSOR, "crm", second) for name in DELIVERY]
        assert _handed(desk, person) == sorted([*words, *order])
        told = {name for event in program.taken for name in event.given}
        assert told == set(DELIVERY), "what is written down is what was told"
        with desk.store.turn() as books:
            dossier = books.dossier(str(person.conversation.id), hold=False)
            assert dossier is not None
            record = use_record(dossier, books.used(str(person.conversation.id)))
        assert {(one.name, one.purpose) for one in record.uses if one.whom == "crm"} == {
            *((name, "quote") for name in person.want),
            *((name, "delivery") for name in DELIVERY),
        }

    play(tmp_path, scene)


def test_a_program_that_failed_may_have_read_it_all_the_same(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        program.trouble = lambda event: ConnectorRefused("no") if event.kind == "reveal" else None
        person = await whole_order(desk)
        for pause in REFUSED:
            await desk.tell_all()
            desk.later(seconds=pause.total_seconds())
        names = [name for name, _by, _whom, _at in _handed(desk, person)]
        assert names == sorted({*person.want, *DELIVERY})

    play(tmp_path, scene)


@pytest.mark.parametrize(
    "connector",
    [
        settings(values=False),
        ConnectorSettings(name="post", kind=ConnectorKind.MAIL, url="x", sender="x", to=("x",), values=True),
    ],
)
def test_where_no_values_leave_none_are_written_down(tmp_path: Path, connector: ConnectorSettings) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        person = await whole_order(desk)
        await desk.tell_all()
        assert len(program.taken) == 7
        assert _handed(desk, person) == []

    play(tmp_path, scene, connector=connector)


def test_only_the_events_asked_for_are_written_down(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        await whole_order(desk)
        assert (await desk.waiting()).waiting == 2
        await desk.tell_all()
        assert [event.kind for event in program.taken] == ["ping", "accept"]

    play(tmp_path, scene, connector=settings(events=frozenset({"ping", "accept"})))


def test_nothing_is_asked_of_a_program_that_is_away_until_its_pause_ends(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        program.trouble = lambda _event: ConnectorAway("gone fishing")
        person = await whole_order(desk)
        for tries in range(1, 6):
            asked = len(program.asked)
            await desk.tell_all()
            await desk.tell_all()
            assert len(program.asked) == asked + 1
            standing = await desk.waiting()
            assert (standing.waiting, standing.set_aside, standing.trouble) == (7, 0, "gone fishing")
            assert standing.resume == int((desk.now + pause_when_away(tries)).timestamp())
            desk.later(seconds=pause_when_away(tries).total_seconds())
        program.trouble = lambda _event: None
        await desk.tell_all()
        assert program.taken[0].kind == "ping"
        assert len(program.taken) == 7
        assert person.last() is not None

    play(tmp_path, scene)


def test_an_answer_that_was_lost_leads_to_a_second_telling_and_no_second_effect(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        person = person_at(desk)
        await desk.send(person, person.ping())
        program.loses_answer = True
        await desk.tell_all()
        program.loses_answer = False
        desk.later(seconds=5)
        await desk.tell_all()
        first = person.sent[0].message_id
        assert program.asked.count(first) == 2
        assert [event.id for event in program.taken].count(first) == 1

    play(tmp_path, scene)


def test_what_is_refused_holds_up_its_own_conversation_only_and_is_set_aside_in_the_end(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        one, other = person_at(desk), person_at(desk)
        await desk.send(one, one.ping())
        await desk.send(other, other.ping())
        poison = one.sent[0].message_id
        program.trouble = lambda event: ConnectorRefused("no such field") if event.id == poison else None
        for pause in (*REFUSED, timedelta()):
            await desk.tell_all()
            desk.later(seconds=pause.total_seconds())
        assert program.asked.count(poison) == len(REFUSED) + 1
        assert [event.conversation for event in program.taken] == [other.conversation.id] * 2
        (aside,) = await desk.set_aside()
        assert (aside.event, aside.trouble) == (poison, "no such field")
        standing = await desk.waiting()
        assert (standing.waiting, standing.set_aside) == (1, 1)
        program.trouble = lambda _event: None
        assert await desk.reception.ask(lambda books: books.connections.try_again("crm", desk.now)) == 1
        await desk.tell_all()
        assert [event.conversation for event in program.taken][2:] == [one.conversation.id] * 2

    play(tmp_path, scene)


def test_what_was_set_aside_can_be_left_out_and_the_rest_goes_on(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        person = person_at(desk)
        await desk.send(person, person.ping())
        program.trouble = lambda event: ConnectorRefused("no") if event.kind == "ping" else None
        for pause in (*REFUSED, timedelta()):
            await desk.tell_all()
            desk.later(seconds=pause.total_seconds())
        (aside,) = await desk.set_aside()
        assert await desk.reception.ask(lambda books: books.connections.skip(aside.id))
        assert not await desk.reception.ask(lambda books: books.connections.skip(aside.id))
        await desk.tell_all()
        assert [event.kind for event in program.taken] == ["terms-answer"]

    play(tmp_path, scene)


def test_a_connector_that_stumbles_stops_nobody_else(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        person = person_at(desk)
        await desk.send(person, person.ping())
        program.trouble = lambda _event: KeyError("profile of Ada Example")
        await desk.tell_all()
        assert (await desk.waiting()).waiting == 2
        program.trouble = lambda _event: None
        desk.later(seconds=5)
        await desk.tell_all()
        assert len(program.taken) == 2

    play(tmp_path, scene)


def test_a_complaint_is_kept_without_the_values_that_it_repeats(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        program.trouble = lambda event: (
            ConnectorRefused("party Ada Example at Rheinweg 5 exists") if event.kind == "accept" else None
        )
        await whole_order(desk)
        await desk.tell_all()
        kept = (tmp_path / "desk.sqlite3").read_bytes() + (tmp_path / "desk.sqlite3-wal").read_bytes()
        assert "party … at … exists".encode() in kept
        assert b"Ada Example at" not in kept

    play(tmp_path, scene)


def test_two_workers_never_tell_the_same_event(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        for _ in range(6):
            person = person_at(desk)
            await desk.send(person, person.ping())
        other = desk.another_dispatch()
        while any(await asyncio.gather(desk.dispatch.tell_some(), other.tell_some())):
            pass
        assert len(program.asked) == 12
        assert len(set(program.asked)) == 12

    play(tmp_path, scene)


def test_what_a_lost_worker_had_begun_is_told_again_after_its_lease_and_not_before(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        person = person_at(desk)
        await desk.send(person, person.ping())
        lease = 2 * desk.settings.patience
        taken = await desk.reception.ask(lambda books: books.connections.take("crm", desk.now, lease=lease, most=8))
        assert len(taken) == 1
        await desk.tell_all()
        assert program.asked == []
        desk.later(seconds=lease.total_seconds())
        await desk.tell_all()
        assert [event.kind for event in program.taken] == ["ping", "terms-answer"]

    play(tmp_path, scene)


def test_an_end_tells_of_the_closure_with_nothing_left_to_give(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        person = await whole_order(desk)
        await desk.send(person, person.end())
        await desk.tell_all()
        closure = program.taken[-1]
        assert (closure.kind, closure.state, closure.given, closure.want.title) == ("closure", State.ENDED, {}, "")
        assert closure.content == {"erased": True, "reason": "ended", "note": ""}

    play(tmp_path, scene)


def test_the_day_on_which_values_go_is_told_too(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        person = await whole_order(desk)
        until = (desk.now + timedelta(days=90)).date()
        await desk.send(person, person.end(Kept(what="order", why="law", until=until.isoformat())))
        await desk.tell_all()
        assert program.taken[-1].given == DELIVERY
        desk.later(days=91)
        assert await desk.reception.ask(lambda books: books.forget_expired(desk.now.date())) > 0
        await desk.reception.ask(lambda books: books.forget_expired(desk.now.date()))
        await desk.tell_all()
        assert program.taken[-1].kind == ERASED
        assert program.taken[-1].given == {}
        assert [event.kind for event in program.taken].count(ERASED) == 1

    play(tmp_path, scene)


def test_what_the_program_says_is_said_once_to_the_person(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        person = await whole_order(desk)
        program.says = [Said(id="word-1", conversation=str(person.conversation.id), act=Reply(text="On its way"))]
        for _ in range(3):
            await desk.dispatch.listen()
            desk.later(seconds=30)
        await desk.listen(person)
        assert [message.text for message in person.heard if hasattr(message, "text")] == ["On its way"]
        assert (await desk.waiting()).last_heard > 0

    play(tmp_path, scene)


def test_what_the_program_says_and_the_desk_cannot_do_is_shown_and_not_tried_for_ever(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        person = person_at(desk)
        await desk.send(person, person.ping())
        program.says = [
            Said(id="too-soon", conversation=str(person.conversation.id), act=ConfirmOrder()),
            Said(id="who", conversation="A" * 43, act=ConfirmOrder()),
            Said(id="what", conversation="no id", act=ConfirmOrder()),
        ]
        await desk.dispatch.listen()
        desk.later(seconds=30)
        await desk.dispatch.listen()
        undone = await desk.reception.ask(lambda books: books.connections.not_done())
        assert {each.said for each in undone} == {"too-soon", "who", "what"}
        assert (await desk.waiting()).not_done == 3

    play(tmp_path, scene)


def test_what_is_said_at_once_is_done_before_the_event_counts_as_told(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        person = person_at(desk)
        await desk.send(person, person.ping())
        await desk.send(person, person.reveal())
        said = Said(id="hello", conversation=str(person.conversation.id), act=Reply(text="Hello"), notes={"said": "1"})
        program.answers["reveal"] = Told(said=(said,))
        await desk.tell_all()
        await desk.listen(person)
        assert [message.text for message in person.heard if hasattr(message, "text")] == ["Hello"]
        assert program.noted[-1]["said"] == "1"

    play(tmp_path, scene)


def test_a_program_that_cannot_be_listened_to_rests(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        async def stumble(_bookmark: str) -> object:
            raise ValueError

        program.listen = stumble  # type: ignore[method-assign, assignment]
        await desk.dispatch.listen()
        standing = await desk.waiting()
        assert standing.trouble == "the connector stumbled: ValueError"
        assert standing.resume > int(desk.now.timestamp())

    play(tmp_path, scene)


def test_the_loop_tells_what_comes_until_the_desk_stops(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        person = person_at(desk)
        done = asyncio.Event()
        program.trouble = lambda event: done.set() if event.kind == "terms-answer" else None
        running = asyncio.create_task(desk.dispatch.run())
        await desk.send(person, person.ping())
        async with asyncio.timeout(60):
            await done.wait()
            desk.reception.let_go()
            await running
        assert [event.kind for event in program.taken] == ["ping", "terms-answer"]

    play(tmp_path, scene)


@pytest.mark.parametrize(("tries", "seconds"), [(1, 5), (2, 10), (5, 80), (10, 2560), (11, 3600), (10_000, 3600)])
def test_pauses_double_up_to_an_hour(tries: int, seconds: int) -> None:
    assert pause_when_away(tries) == timedelta(seconds=seconds)


def test_after_nine_pauses_nobody_tries_again() -> None:
    assert pause_when_refused(9) == timedelta(days=1)
    assert pause_when_refused(10) is None


def test_an_event_shows_no_values_in_its_repr(tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, program: RememberingProgram) -> None:
        await whole_order(desk)
        await desk.tell_all()
        event: Event = program.taken[4]
        assert "Rheinweg" not in repr(event)

    play(tmp_path, scene)
