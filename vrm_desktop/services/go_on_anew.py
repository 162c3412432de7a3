"""Saying something where a conversation is full: it goes on in a new one with the same vendor, as their customer.

Never here: how a conversation begins (`start_conversation`), and what counts as full (`domain/room`).
"""

from dataclasses import dataclass

from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.living import ContactAbout
from vrm_desktop.domain.relationship import Note, Relationship, RelationshipState
from vrm_desktop.services import keep_relationship, start_conversation
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.full_conversations import follower, follows, goes_on
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.start_conversation import Wish

_OVER = frozenset(
    {
        RelationshipState.DECLINED,
        RelationshipState.REFUSED,
        RelationshipState.WITHDRAWN,
        RelationshipState.UNREACHABLE,
        RelationshipState.BROKEN,
        RelationshipState.ENDING,
        RelationshipState.ENDED,
    }
)
"""Where a conversation that followed came to nothing: then another one follows."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Said:
    """Where it was said: in `relationship`; `letter` is its draft where the vendor takes no new conversation."""

    relationship: RelationshipId
    changes: Changes
    letter: str = ""


async def say(means: Means, key: RelationshipId, text: str, *, language: str = "en") -> Said:
    """Say something in words to the vendor of `key`: there, or in the conversation that goes on for it.

    Raises:
        NotFound: no such relationship.
        NotPossibleNow: nothing was agreed yet, here or where it goes on; it is over; or the text is too long.
    """

    def change(tx: Transaction) -> Said:
        found = tx.relationship(key)
        if found is None:
            raise NotFound(key)
        last = _last(tx, found)
        if not goes_on(tx, last):
            return Said(relationship=last.id, changes=keep_relationship.say_in(tx, means, last.id, text))
        return _begin(tx, means, last, text, language)

    return await means.vault.write(change)


def _last(tx: Transaction, found: Relationship) -> Relationship:
    """The last of those that follow each other; one that came to nothing is passed over."""
    seen = {found.id}
    while (key := follower(tx, found.id)) is not None and key not in seen:
        following = tx.relationship(key)
        if following is None or following.state in _OVER:
            break
        seen.add(key)
        found = following
    return found


def _begin(tx: Transaction, means: Means, full: Relationship, text: str, language: str) -> Said:
    known = full.id if start_conversation.takes_contact(tx, full.vendor) else None
    wish = Wish(vendor=full.vendor, about=ContactAbout.OTHER, words=text, known=known, language=language)
    begun = start_conversation.begin_now(tx, means, wish)
    changes = begun.changes | Changes.of(("relationship", full.id))
    if not begun.letter:
        follows(tx, full.id, begun.relationship)
        tx.add_note(Note(relationship=full.id, at=means.clock.now(), sender=Side.PERSON, kind="goes-on", text=""))
    return Said(relationship=begun.relationship, changes=changes, letter=begun.letter)
