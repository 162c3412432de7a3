"""The desk at work: posts and reads of many people, turns in threads, duties that fall due. Knows nothing of HTTP.

Whatever is answered was on the disk before. Decisions are the desk's, rows the store's, clocks are handed in.
"""

import asyncio
import hmac
import logging
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar

from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import Expired, NotServed, WrongAudience
from vrm_desktop.protocol.reading import read_hash
from vrm_desktop.vendor.books import Books, Letter
from vrm_desktop.vendor.budget import MOST_HELD_READS, Budget
from vrm_desktop.vendor.desk import Desk
from vrm_desktop.vendor.errors import Busy, HandRefused, UnknownConversation
from vrm_desktop.vendor.hand_acts import Act
from vrm_desktop.vendor.neighbours import Neighbours, News
from vrm_desktop.vendor.store import Store
from vrm_desktop.vendor.watching import Watchers

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_DUTIES_AT_ONCE = 64
_TIDY_EVERY = timedelta(hours=1)
_AFTER_TROUBLE = timedelta(seconds=10)
_OTHERS_AT_IT = timedelta(seconds=1)
_IDENTITY = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some messages of a conversation, whether there are others, and when to look again (seconds)."""

    letters: tuple[Letter, ...]
    more: bool
    look_again: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The two clocks a desk reads: the time of day in UTC, and seconds of a clock that never jumps."""

    now: Callable[[], datetime]
    steady: Callable[[], float]


class Reception:
    """One desk's asynchronous side, on one event loop. `start()`, then `close()`."""

    def __init__(
        self,
        *,
        desk: Desk,
        store: Store,
        budget: Budget,
        clock: Clock,
        ask_again: timedelta,
        neighbours: Neighbours | None = None,
    ) -> None:
        self._desk = desk
        self._store = store
        self._budget = budget
        self._clock = clock
        self._ask_again = int(ask_again.total_seconds())
        self._watchers = Watchers()
        self._neighbours = neighbours
        self._threads = ThreadPoolExecutor(max_workers=store.at_once, thread_name_prefix="desk-store")
        self._waiting = 0
        self._left_for_later = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def look_again(self) -> int:
        """After how many seconds a person may look for the answer to what it posted."""
        return self._ask_again

    def start(self) -> None:
        """Take up the duties that are left, and tidy up, until `close()`."""
        self._tasks.append(asyncio.create_task(self._keep(), name="desk-duties"))
        if self._neighbours is not None:
            listening = self._neighbours.listen(self._heard, self._missed)
            self._tasks.append(asyncio.create_task(listening, name="desk-news"))

    @property
    def today(self) -> date:
        """The day, in UTC."""
        return self._clock.now().date()

    @property
    def stopping(self) -> bool:
        """Whether nobody shall wait for news any longer."""
        return self._watchers.closed

    def let_go(self) -> None:
        """Answer everybody who waits for news, now."""
        self._watchers.close()

    async def close(self) -> None:
        """Stop; what was begun is finished."""
        self.let_go()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.get_running_loop().run_in_executor(None, self._threads.shutdown)

    async def open(self, data: bytes) -> MessageId:
        """Take in the ping or contact in `data`; returns the conversation's id.

        What was taken in once is answered alike for ever.

        Raises:
            ProtocolError: it is refused. Busy: over budget.
        """
        self._admit(opens=True)
        envelope = Envelope.from_bytes(data)
        now = self._clock.now()
        try:
            self._desk.glance_at_ping(envelope, now=now)
        except (Expired, NotServed, WrongAudience):
            if await self._run(lambda books: self._known_or_for_us(books, envelope, now)):
                return envelope.message_id

        def turn(books: Books) -> bool:
            self._desk.follow(books.key())
            books.begin(envelope.message_id)
            if books.dossier(envelope.message_id) is not None:
                return False
            decision = self._desk.open(envelope, now=now, older=partial(books.dossier, hold=False))
            books.apply(decision, now=now)
            return decision.duty is not None

        await self._write(envelope.message_id, turn)
        return envelope.message_id

    async def take(self, conversation: str, data: bytes) -> None:
        """Take in a further message of a conversation.

        Raises:
            UnknownConversation: there is none of that id.
            ProtocolError: it is refused. Busy: over budget.
        """
        self._admit(opens=False)
        _check_identity(conversation)
        envelope = Envelope.from_bytes(data)
        now = self._clock.now()

        def turn(books: Books) -> bool:
            self._desk.follow(books.key())
            dossier = books.dossier(conversation)
            if dossier is None:
                raise UnknownConversation(conversation)
            if dossier.person_has(envelope.message_id):
                return False
            self._desk.glance(envelope, now=now, own=dossier.conversation.own_kids)
            kept = partial(books.kept_pieces, now, but=conversation)
            used = partial(books.used, conversation)
            decision = self._desk.take(dossier, envelope, now=now, kept=kept, used=used)
            if decision is None:
                return False
            books.apply(decision, now=now)
            return decision.duty is not None

        await self._write(conversation, turn)

    async def act(
        self,
        conversation: str,
        act: Act,
        *,
        by: str,
        stood: tuple[int, int] | None = None,
        once: Callable[[Books], bool] | None = None,
    ) -> None:
        """Say something by hand, if the conversation still `stood` as `by` saw it: so many of its and our messages.

        `once` is asked in the same transaction whether it is still to be said, and remembers that it was.

        Raises:
            UnknownConversation: there is none of that id.
            HandRefused: it has moved on, or this cannot be said. Busy: the database does not take it now.
        """
        _check_identity(conversation)
        now = self._clock.now()

        def turn(books: Books) -> bool:
            self._desk.follow(books.key())
            dossier = books.dossier(conversation)
            if dossier is None:
                raise UnknownConversation(conversation)
            if once is not None and not once(books):
                return False
            if stood is not None and (dossier.conversation.peer.seq, dossier.conversation.own.seq) != stood:
                raise HandRefused("something new has come in the meantime")
            books.apply(self._desk.act(dossier, act, by=by, now=now), now=now)
            return False

        await self._write(conversation, turn)

    async def page(self, conversation: str, *, secret: str, after: dict[Side, int]) -> Page:
        """The messages of the sides in `after` beyond those numbers.

        Raises:
            UnknownConversation: there is none of that id, or the secret is another.
        """
        _check_identity(conversation)
        now = self._clock.now()

        def look(books: Books) -> Page:
            expected = books.read_hash(conversation)
            given = read_hash(secret)
            if expected is None or not hmac.compare_digest(expected, given):
                raise UnknownConversation(conversation)
            letters, more = books.letters(conversation, after=after)
            due = books.next_due(conversation)
            seconds = int((due - now).total_seconds()) + 1 if due is not None else self._ask_again
            return Page(letters=letters, more=more, look_again=min(3600, max(1, seconds)))

        return await self._run(look)

    async def ask(self, work: Callable[[Books], _T]) -> _T:
        """What `work` returns, in one transaction on a thread of the store.

        Raises:
            Busy: the database does not take it now.
        """
        return await self._run(work)

    async def look_at(self, conversation: str, work: Callable[[Books], _T]) -> _T:
        """The same, about one conversation.

        Raises:
            UnknownConversation: that can be none. Busy: the database does not take it now.
        """
        _check_identity(conversation)
        return await self._run(work)

    def watch(self, conversation: str) -> AbstractContextManager[asyncio.Event] | None:
        """An event for the next news of a conversation; None when too many wait already."""
        return self._watchers.watch(conversation) if self._watchers.count < MOST_HELD_READS else None

    def _known_or_for_us(self, books: Books, envelope: Envelope, now: datetime) -> bool:
        """Whether an opening was taken in before; else it is looked at once more, by the key that counts now."""
        self._desk.follow(books.key())
        if books.read_hash(envelope.message_id) is not None:
            return True
        self._desk.glance_at_ping(envelope, now=now)
        return False

    def _admit(self, *, opens: bool) -> None:
        self._budget.admit(opens=opens, waiting=self._waiting, now=self._clock.now(), steady=self._clock.steady())

    async def _write(self, conversation: str, turn: Callable[[Books], bool]) -> None:
        """Run one turn; whoever posted may go away, the turn is finished and told to those who wait."""
        self._waiting += 1

        async def write() -> None:
            try:
                duty = await self._run(turn)
            finally:
                self._waiting -= 1
            if duty:
                self._left_for_later.set()
            self._watchers.notify(conversation)

        await asyncio.shield(asyncio.create_task(write()))

    async def _run(self, work: Callable[[Books], _T]) -> _T:
        def in_thread() -> _T:
            with self._store.turn() as books:
                return work(books)

        return await asyncio.get_running_loop().run_in_executor(self._threads, in_thread)

    def _heard(self, news: News) -> None:
        if news.duty:
            self._left_for_later.set()
        self._watchers.notify(news.conversation)

    def _missed(self) -> None:
        self._left_for_later.set()
        self._watchers.notify_all()

    async def _keep(self) -> None:
        """Do what falls due, and erase what may no longer be kept."""
        tidied: datetime | None = None
        while True:
            self._left_for_later.clear()
            idle = True
            try:
                tidied = await self._tidy(tidied)
                idle = await self._work_off()
                following = await self._run(lambda books: books.next_due())
            except Busy:
                _log.warning("the desk's database does not take anything; trying again later")
                following = self._clock.now() + _AFTER_TROUBLE
            wait = _TIDY_EVERY if following is None else min(_TIDY_EVERY, following - self._clock.now())
            if idle and wait <= timedelta():
                wait = _OTHERS_AT_IT  # what is overdue although this worker found nothing is in another one's hands
            try:
                async with asyncio.timeout(max(0.0, wait.total_seconds())):
                    await self._left_for_later.wait()
            except TimeoutError:
                continue

    async def _work_off(self) -> bool:
        """Do what is due; returns whether nothing is left that this worker could do."""
        for _ in range(_DUTIES_AT_ONCE):
            if not await self._do_one():
                return True
        return False

    async def _tidy(self, tidied: datetime | None) -> datetime:
        """Erase what may no longer be kept, once an hour; returns when that was last done."""
        now = self._clock.now()
        if tidied is not None and now - tidied < _TIDY_EVERY:
            return tidied
        await self.lapse()
        return now

    async def lapse(self) -> int:
        """Erase what may be kept no longer, with a receipt to each person; returns in how many conversations.

        Raises:
            Busy: the database does not take it now.
        """
        now, done = self._clock.now(), 0
        while found := await self._run(lambda books: books.lapsed(now.date())):
            for conversation in found:
                await self._run(partial(self._lapse_one, conversation, now))
                self._watchers.notify(conversation)
            done += len(found)
        # What nothing above could sign for any more, or came meanwhile, goes all the same.
        left = await self._run(lambda books: books.forget_expired(now.date()))
        _log.info("values kept no longer: in %d conversations, and %d more", done, left)
        return done

    def _lapse_one(self, conversation: str, now: datetime, books: Books) -> None:
        self._desk.follow(books.key())
        dossier = books.dossier(conversation)
        if dossier is not None:
            books.tell_of_erasure(conversation, now.date())
            books.apply(self._desk.lapse(dossier, now=now), now=now)

    async def _do_one(self) -> bool:
        """Do the duty that waits longest; False when there is none."""
        now = self._clock.now()
        taken: list[tuple[str, int]] = []

        def turn(books: Books) -> None:
            self._desk.follow(books.key())
            duty = books.take_due(now)
            if duty is None:
                return
            taken.append(duty)
            dossier = books.dossier(duty[0])
            if dossier is not None:
                kept = partial(books.kept_pieces, now, but=duty[0])
                used = partial(books.used, duty[0])
                books.apply(self._desk.do_duty(dossier, duty[1], now=now, kept=kept, used=used), now=now)

        try:
            await self._run(turn)
        except Busy:
            raise
        except Exception as error:  # noqa: BLE001 - one conversation that cannot be answered must not stop the others
            _log.error("an answer could not be made, later again: %s", type(error).__name__)
            for conversation, number in taken:
                await self._postpone(conversation, number, now + _TIDY_EVERY)
        for conversation, _number in taken:
            self._watchers.notify(conversation)
        return bool(taken)

    async def _postpone(self, conversation: str, number: int, due: datetime) -> None:
        await self._run(lambda books: books.postpone(conversation, number, due))


def _check_identity(conversation: str) -> None:
    """What can be no id is not looked for: databases differ in what they make of strange characters."""
    if not _IDENTITY.fullmatch(conversation):
        raise UnknownConversation(conversation)
