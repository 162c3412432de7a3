"""All cases, rights and voices of the desk in three lists, latest first. Reads signed texts; changes nothing."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.vendor import tables
from vrm_desktop.vendor.books import Books
from vrm_desktop.vendor.inbox.rows import PAGE

ANSWERS = {Kind.CASE: Kind.CASE_ANSWER, Kind.DATA_REQUEST: Kind.USE_REPORT, Kind.VOICE: Kind.VOICE_ANSWER}
"""What a person says, and what the shop's word on it is."""
_SAYS = {Kind.CASE: ("about", "what", "answer"), Kind.DATA_REQUEST: ("right", "text", "state")}
_VOICE = ("topic", "text", "state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One of them: what it is about, its words, the shop's last word, and by when it waits for one (None: it does not).

    `at` is in seconds since 1970.
    """

    conversation: str
    at: int
    about: str
    text: str
    state: str
    waits: bool
    wanted: date | None


def read_matters(books: Books, kind: Kind) -> tuple[Matter, ...]:
    """The latest of that kind, at most a page; those that wait come first, the most pressing before all."""
    kept, owed = tables.messages.c, tables.duties.c
    this = (owed.conversation == kept.conversation) & (owed.number == kept.number) & (owed.due == tables.BY_HAND)
    rows = books.rows(
        select(kept.conversation, kept.id, kept.stored, kept.jws, owed.number.label("owed"), owed.wanted)
        .join(tables.duties, this, isouter=True)
        .where(kept.side == Side.PERSON.value, kept.kind == kind.value)
        .order_by(owed.number.is_(None), owed.wanted, kept.stored.desc(), kept.id)
        .limit(PAGE)
    )
    answers = _answers(books, kind, {row.conversation for row in rows})
    about, text, _ = _SAYS.get(kind, _VOICE)
    found = []
    for row in rows:
        said = _members(row.jws)
        if isinstance(said.get("case"), str):
            continue  # what goes on with a case stands where the case was opened
        found.append(
            Matter(
                conversation=row.conversation,
                at=row.stored,
                about=str(said.get(about, "")),
                text=str(said.get(text, "")),
                state=answers.get(row.id, ""),
                waits=row.owed is not None,
                wanted=date.fromisoformat(row.wanted) if row.wanted else None,
            )
        )
    return tuple(found)


def _answers(books: Books, kind: Kind, conversations: set[str]) -> dict[str, str]:
    """The shop's last word, by the id of the message that it is about."""
    kept = tables.messages.c
    rows = books.rows(
        select(kept.jws)
        .where(
            kept.side == Side.VENDOR.value,
            kept.kind == ANSWERS[kind].value,
            kept.conversation.in_(sorted(conversations)),
        )
        .order_by(kept.conversation, kept.number)
    )
    state = _SAYS.get(kind, _VOICE)[2]
    found: dict[str, str] = {}
    for row in rows:
        said = _members(row.jws)
        found[str(said.get("of", said.get("case", "")))] = str(said.get(state, ""))
    return found


def _members(jws: str) -> dict[str, JsonValue]:
    value = strict_json.decode(base64url.decode(jws.split(".")[1]))
    return value if isinstance(value, dict) else {}
