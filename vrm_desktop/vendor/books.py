"""What one transaction of the desk may ask and change: rows in, values out. Plain SQLAlchemy Core; decides nothing.

Whoever changes a conversation holds its row first, so that two workers never answer it at once. Databases that only
one process has (SQLite) need no such lock, and get none.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, Select, case, delete, func, insert, select, update

from vrm_desktop.canon import records
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.ids import Digest, Kid, MessageId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.vendor import tables
from vrm_desktop.vendor.connectors.port import ERASED
from vrm_desktop.vendor.connectors.rows import ConnectionRows, Subscribers
from vrm_desktop.vendor.documents.rows import DocumentRows
from vrm_desktop.vendor.dossier import SPOKEN, Decision, Dossier, Entry, Held
from vrm_desktop.vendor.drp.rows import DrpRows
from vrm_desktop.vendor.inbox.rows import InboxRows
from vrm_desktop.vendor.inbox.staff import StaffRows
from vrm_desktop.vendor.neighbours import Neighbours
from vrm_desktop.vendor.stock_rows import StockRows, seconds_up
from vrm_desktop.vendor.uses import Use, Used, UsedBy

MOST_IN_ONE_ANSWER = 32
_KEY = "key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One stored message as it is handed out: its signed text and what still rides beside it."""

    side: Side
    number: int
    jws: str
    disclosures: tuple[str, ...] = ()


class Books:
    """What one transaction may ask and change."""

    def __init__(
        self, connection: Connection, neighbours: Neighbours | None = None, *, subscribers: Subscribers | None = None
    ) -> None:
        self._connection = connection
        self._neighbours = neighbours
        self.connections = ConnectionRows(connection, subscribers or {})
        self.documents = DocumentRows(connection)
        self.erased = False

    def key(self, *, hold: bool = False) -> Kid:
        """The key that the desk signs with, and does until this transaction ends; with `hold`, this one may change it.

        Asked for first of all: whoever holds it waits for nothing that another one may have who waits for it.
        """
        if self._neighbours is not None:
            (self._neighbours.hold if hold else self._neighbours.share)(self._connection, _KEY)
        return Kid(self._connection.execute(select(tables.desk.c.kid)).scalar_one())

    def change_key(self, kid: Kid) -> None:
        """Sign with another key from now on. The key is held."""
        self._connection.execute(update(tables.desk).values(kid=kid))

    def published(self) -> bytes | None:
        """The signed card as last published, for reading only."""
        card: bytes | None = self._connection.execute(select(tables.desk.c.card)).scalar_one()
        return card

    def card(self) -> bytes | None:
        """The signed card as last published; nobody else publishes one until this transaction ends."""
        card: bytes | None = self._connection.execute(select(tables.desk.c.card).with_for_update()).scalar_one()
        return card

    def publish(self, card: bytes) -> None:
        """Remember the signed card, so that its serial never falls."""
        self._connection.execute(update(tables.desk).values(card=card))

    def begin(self, conversation: str) -> None:
        """Wait until nobody else opens the conversation of that id, which need not exist yet."""
        if self._neighbours is not None:
            self._neighbours.hold(self._connection, conversation)

    def dossier(self, conversation: str, *, hold: bool = True) -> Dossier | None:
        """What is held of a conversation; None when there is none of that id.

        With `hold`, nobody else changes the conversation until this transaction ends.
        """
        query = select(tables.conversations.c.state).where(tables.conversations.c.id == conversation)
        state = self._connection.execute(query.with_for_update() if hold else query).scalar_one_or_none()
        if state is None:
            return None
        kept, beside = tables.messages.c, tables.disclosures.c
        text = case((kept.kind.in_(sorted(SPOKEN)), ""), else_=kept.jws).label("text")
        messages = self._connection.execute(
            select(kept.side, kept.number, kept.id, kept.kind, text)
            .where(kept.conversation == conversation)
            .order_by(kept.side, kept.number)
        )
        held = self._connection.execute(
            select(beside.number, beside.place, beside.text, beside.until)
            .where(beside.conversation == conversation)
            .order_by(beside.number, beside.place)
        )
        gone = tables.forgotten.c
        names = self._connection.execute(select(gone.name).where(gone.conversation == conversation)).scalars()
        return Dossier(
            conversation=records.from_bytes(state, Conversation),
            entries=tuple(
                Entry(side=Side(row.side), number=row.number, id=MessageId(row.id), kind=Kind(row.kind), jws=row.text)
                for row in messages
            ),
            held=tuple(
                Held(number=row.number, place=row.place, text=row.text, until=date.fromisoformat(row.until))
                for row in held
            ),
            forgotten=frozenset(names),
        )

    def apply(self, decision: Decision, *, now: datetime) -> None:
        """Write all that a turn changes."""
        identity = decision.conversation.id
        state = records.to_bytes(decision.conversation)
        at = int(now.timestamp())
        if decision.opens is not None:
            self._connection.execute(
                insert(tables.conversations).values(id=identity, state=state, read_hash=decision.opens, opened=at)
            )
        else:
            self._connection.execute(
                update(tables.conversations).where(tables.conversations.c.id == identity).values(state=state)
            )
        for entry in decision.entries:
            self._connection.execute(
                insert(tables.messages).values(
                    conversation=identity,
                    side=entry.side.value,
                    number=entry.number,
                    id=entry.id,
                    kind=entry.kind.value,
                    jws=entry.jws,
                    stored=at,
                )
            )
        self._apply_disclosures(str(identity), decision)
        self._apply_copies(str(identity), decision)
        self._apply_duties(str(identity), decision)
        self._apply_enquiry(str(identity), decision, at)
        StockRows(self._connection).apply(str(identity), decision)
        self.erased = self.documents.apply(str(identity), decision) or self.erased
        if decision.declined is not None:
            month, reason = now.astimezone(UTC).strftime("%Y-%m"), decision.declined.value
            self._connection.execute(insert(tables.declines).values(conversation=identity, month=month, reason=reason))
        self.note_uses(str(identity), decision.uses, at)
        self.connections.record(str(identity), [(entry.id, entry.kind.value) for entry in decision.entries], at)
        if decision.tells:
            self.connections.record(str(identity), [(f"{ERASED}-{decision.conversation.peer.last}", ERASED)], at)
        if self._neighbours is not None:
            self._neighbours.tell(self._connection, str(identity), duty=_for_later(decision))

    def read_hash(self, conversation: str) -> Digest | None:
        """The hash of the secret that reads a conversation; None when there is none of that id."""
        found = self._connection.execute(
            select(tables.conversations.c.read_hash).where(tables.conversations.c.id == conversation)
        ).scalar_one_or_none()
        return Digest(found) if found is not None else None

    def rows(self, query: Select[Any]) -> Sequence[Row[Any]]:
        """What a query finds that only reads."""
        return self._connection.execute(query).all()

    def text(self, message: str) -> str | None:
        """The signed text of the message of that id; None when there is none."""
        kept = tables.messages.c
        return self._connection.execute(select(kept.jws).where(kept.id == message)).scalar_one_or_none()

    def letters(self, conversation: str, *, after: dict[Side, int]) -> tuple[tuple[Letter, ...], bool]:
        """The messages of each side in `after` beyond that number, in order, and whether there are others.

        The vendor's come first where both are asked for: nothing orders the two chains against each other but `seen`.
        """
        kept, beside = tables.messages.c, tables.disclosures.c
        letters: list[Letter] = []
        for side in sorted(after, reverse=True):
            rows = self._connection.execute(
                select(kept.number, kept.jws)
                .where(kept.conversation == conversation, kept.side == side.value, kept.number > after[side])
                .order_by(kept.number)
                .limit(MOST_IN_ONE_ANSWER + 1 - len(letters))
            )
            letters += [Letter(side=side, number=row.number, jws=row.jws) for row in rows]
        shown = letters[:MOST_IN_ONE_ANSWER]
        riding: dict[int, list[str]] = {}
        if Side.PERSON in after:
            for row in self._connection.execute(
                select(beside.number, beside.text)
                .where(beside.conversation == conversation)
                .order_by(beside.number, beside.place)
            ):
                riding.setdefault(row.number, []).append(row.text)
        copied = self._copies(conversation) if any(each.side is Side.VENDOR for each in shown) else {}
        complete = tuple(
            Letter(
                side=letter.side,
                number=letter.number,
                jws=letter.jws,
                disclosures=tuple((riding if letter.side is Side.PERSON else copied).get(letter.number, ())),
            )
            for letter in shown
        )
        return complete, len(letters) > len(shown)

    def _copies(self, conversation: str) -> dict[int, list[str]]:
        """What rides beside the desk's own messages, by number."""
        beside = tables.copies.c
        rows = self._connection.execute(
            select(beside.number, beside.text)
            .where(beside.conversation == conversation)
            .order_by(beside.number, beside.place)
        )
        found: dict[int, list[str]] = {}
        for row in rows:
            found.setdefault(row.number, []).append(row.text)
        return found

    def take_due(self, now: datetime) -> tuple[str, int] | None:
        """Conversation and message number of a duty that is due, longest waiting first; None when there is none.

        The conversation is held until this transaction ends. Those that another worker holds are passed over.
        """
        known, owed = tables.conversations.c, tables.duties.c
        conversation = self._connection.execute(
            select(known.id)
            .join(tables.duties, owed.conversation == known.id)
            .where(owed.due <= int(now.timestamp()))
            .order_by(owed.due, known.id)
            .limit(1)
            .with_for_update(of=tables.conversations, skip_locked=True)
        ).scalar_one_or_none()
        if conversation is None:
            return None
        # Asked again now that the row is held: another worker may have done the duty a moment ago.
        number = self._connection.execute(
            select(func.min(owed.number)).where(owed.conversation == conversation, owed.due <= int(now.timestamp()))
        ).scalar_one()
        return (conversation, number) if number is not None else None

    def next_due(self, conversation: str | None = None) -> datetime | None:
        """When the next duty falls due, of one conversation or of all."""
        query = select(func.min(tables.duties.c.due)).where(tables.duties.c.due != tables.BY_HAND)
        if conversation is not None:
            query = query.where(tables.duties.c.conversation == conversation)
        seconds = self._connection.execute(query).scalar_one()
        return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None

    def postpone(self, conversation: str, number: int, due: datetime) -> None:
        """Leave a duty for another time."""
        self._connection.execute(
            update(tables.duties)
            .where(tables.duties.c.conversation == conversation, tables.duties.c.number == number)
            .values(due=seconds_up(due))
        )

    def kept_pieces(self, now: datetime, *, but: str = "") -> dict[str, int]:
        """How many pieces of which article are kept for conversations other than `but`.

        Nobody else counts until this transaction ends: what is counted free here can be kept here.
        """
        if self._neighbours is not None:
            self._neighbours.hold(self._connection, "stock")
        return StockRows(self._connection).kept(now, but=but)

    @property
    def inbox(self) -> InboxRows:
        """What the shop's people look at."""
        return InboxRows(self._connection)

    @property
    def staff(self) -> StaffRows:
        """Who may sign in."""
        return StaffRows(self._connection)

    @property
    def data_rights(self) -> DrpRows:
        """What came over the Data Rights Protocol."""
        return DrpRows(self._connection)

    def note_uses(self, conversation: str, uses: Iterable[Use], at: int) -> None:
        """Write down what was done with values, in seconds since 1970; whoever hands values on notes it here too."""
        for use in uses:
            self._connection.execute(
                insert(tables.uses).values(
                    conversation=conversation,
                    number=use.number,
                    place=use.place,
                    name=use.name,
                    at=at,
                    by=use.by.value,
                    whom=use.whom,
                )
            )

    def used(self, conversation: str) -> tuple[Used, ...]:
        """What was done with the values of a conversation, in order."""
        noted = tables.uses.c
        rows = self._connection.execute(
            select(*noted).where(noted.conversation == conversation).order_by(noted.id)
        ).mappings()
        return tuple(
            Used(
                use=Use(
                    number=row["number"], place=row["place"], name=row["name"], by=UsedBy(row["by"]), whom=row["whom"]
                ),
                at=row["at"],
            )
            for row in rows
        )

    def lapsed(self, today: date, *, most: int = 100) -> tuple[str, ...]:
        """Conversations that hold values whose last day has passed, those that wait longest first."""
        beside = tables.disclosures.c
        return tuple(
            self._connection.execute(
                select(beside.conversation)
                .where(beside.until < today.isoformat())
                .group_by(beside.conversation)
                .order_by(func.min(beside.until), beside.conversation)
                .limit(most)
            ).scalars()
        )

    def forget_expired(self, today: date) -> int:
        """Erase the disclosures whose last day has passed; returns how many."""
        self._tell_of_erasure(today)
        self._remember_names(today)
        self._connection.execute(delete(tables.copies).where(tables.copies.c.until < today.isoformat()))
        self.erased = self.documents.forget_expired(today) or self.erased
        result = self._connection.execute(
            delete(tables.disclosures).where(tables.disclosures.c.until < today.isoformat())
        )
        self.erased = self.erased or result.rowcount > 0
        return result.rowcount

    def _tell_of_erasure(self, today: date) -> None:
        """Let connectors know whose values go; twice on one day is once."""
        expired = select(tables.disclosures.c.conversation).where(tables.disclosures.c.until < today.isoformat())
        for conversation in self._connection.execute(expired.distinct()).scalars().all():
            self.tell_of_erasure(conversation, today)

    def _remember_names(self, today: date) -> None:
        """Keep the names of what goes: an update of a field that was told once is still one."""
        beside = tables.disclosures.c
        expired = select(beside.conversation, beside.text).where(beside.until < today.isoformat())
        for row in self._connection.execute(expired).all():
            self._forget_names(row.conversation, {Disclosure.from_text(row.text).name})

    def _forget_names(self, conversation: str, names: Collection[str]) -> None:
        gone = tables.forgotten.c
        kept = self._connection.execute(select(gone.name).where(gone.conversation == conversation)).scalars()
        for name in sorted(set(names) - set(kept)):
            self._connection.execute(insert(tables.forgotten).values(conversation=conversation, name=name))

    def tell_of_erasure(self, conversation: str, today: date) -> None:
        """Let connectors know that values of this conversation go; twice on one day is once."""
        at = int(datetime.combine(today, time(), UTC).timestamp())
        self.connections.record(conversation, [(f"{ERASED}-{conversation}-{today.isoformat()}", ERASED)], at)

    def _apply_disclosures(self, identity: str, decision: Decision) -> None:
        beside = tables.disclosures.c
        for held in decision.held:
            self._connection.execute(
                insert(tables.disclosures).values(
                    conversation=identity,
                    number=held.number,
                    place=held.place,
                    text=held.text,
                    until=held.until.isoformat(),
                )
            )
        self.erased = self.erased or bool(decision.erased)
        for number, place in sorted(decision.erased):
            self._connection.execute(
                delete(tables.disclosures).where(
                    beside.conversation == identity, beside.number == number, beside.place == place
                )
            )
        for (number, place), until in sorted(decision.kept.items()):
            self._connection.execute(
                update(tables.disclosures)
                .where(beside.conversation == identity, beside.number == number, beside.place == place)
                .values(until=until.isoformat())
            )

    def _apply_copies(self, identity: str, decision: Decision) -> None:
        """Keep copies until their person has them; those of values that are gone go then."""
        copied = tables.copies.c
        for copy in decision.copies:
            self._connection.execute(
                insert(tables.copies).values(
                    conversation=identity,
                    number=copy.number,
                    place=copy.place,
                    text=copy.text,
                    until=copy.until.isoformat(),
                )
            )
        if decision.forgotten:
            self._forget_names(identity, decision.forgotten)
        if decision.opens is None:
            held = select(tables.disclosures.c.text).where(tables.disclosures.c.conversation == identity)
            gone = self._connection.execute(
                delete(tables.copies).where(
                    copied.conversation == identity,
                    copied.number <= decision.conversation.seen_by_peer,
                    copied.text.not_in(held),
                )
            )
            self.erased = self.erased or gone.rowcount > 0

    def _apply_duties(self, identity: str, decision: Decision) -> None:
        for number in sorted(decision.settled):
            self._connection.execute(
                delete(tables.duties).where(tables.duties.c.conversation == identity, tables.duties.c.number == number)
            )
        if decision.duty is not None:
            self._connection.execute(
                insert(tables.duties).values(
                    conversation=identity,
                    number=decision.duty.number,
                    due=seconds_up(decision.duty.due) if decision.duty.due is not None else tables.BY_HAND,
                    wanted=decision.duty.wanted.isoformat() if decision.duty.wanted is not None else "",
                )
            )

    def _apply_enquiry(self, identity: str, decision: Decision, at: int) -> None:
        listed = tables.enquiries
        stands: dict[str, str | int] = {"stage": decision.conversation.state.value, "moved": at}
        if decision.progress:
            stands["progress"] = decision.progress
        if decision.outcome is not None:
            stands["outcome"] = decision.outcome
        if decision.enquiry is not None:
            coarse = {
                "category": decision.enquiry.category,
                "area": decision.enquiry.area,
                "wish": decision.enquiry.wish,
                "answers_by": decision.enquiry.answers_by,
                "needed_by": decision.enquiry.needed_by,
                "asked": decision.enquiry.asked,
            }
            empty = {"progress": "", "outcome": "", "opened": at}
            self._connection.execute(insert(listed).values({"conversation": identity, **coarse, **empty, **stands}))
            if decision.enquiry.known:
                older = decision.enquiry.known
                self._connection.execute(insert(tables.known).values(conversation=identity, older=older))
        else:
            self._connection.execute(update(listed).where(listed.c.conversation == identity).values(stands))
        for because in decision.because:
            text = records.to_bytes(because).decode()
            self._connection.execute(insert(tables.reasons).values(conversation=identity, at=at, text=text))


def _for_later(decision: Decision) -> bool:
    return decision.duty is not None and decision.duty.due is not None
