"""How many words unasked a person takes from one vendor in thirty days, and what lies beyond them. Nothing is lost."""

from vrm_desktop.domain.contact_budget import MOST, USUAL, Folded, fold
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

_KEY = "contact-budget"


def budget_of(tx: Transaction, key: RelationshipId) -> int:
    """The relationship's budget: its own, else the one for all, else the usual one."""
    for name in (f"{_KEY}.{key}", _KEY):
        text = tx.setting(name)
        if text is not None and text.isascii() and text.isdigit() and int(text) <= MOST:
            return int(text)
    return USUAL


def story_of(tx: Transaction, key: RelationshipId) -> Folded:
    """The relationship's story, with what came beyond its budget set apart."""
    return fold(tx.notes(key), budget_of(tx, key))


async def set_budget(means: Means, messages: int, key: RelationshipId | None = None) -> Changes:
    """Let each vendor, or the one of `key`, say so many things unasked in thirty days; 0 folds all of them away.

    Raises:
        InvalidValue: less than none, or more than 999. NotFound: no such relationship.
    """

    def change(tx: Transaction) -> Changes:
        if not 0 <= messages <= MOST:
            raise InvalidValue(f"a contact budget has 0 to {MOST} messages")
        if key is not None and tx.relationship(key) is None:
            raise NotFound(key)
        tx.set_setting(_KEY if key is None else f"{_KEY}.{key}", str(messages))
        return Changes.of(("relationship", key or "all"))

    return await means.vault.write(change)


async def budget(means: Means, key: RelationshipId) -> tuple[int, Folded]:
    """The budget of a relationship, and its story folded by it.

    Raises:
        NotFound: no such relationship.
    """

    def look(tx: Transaction) -> tuple[int, Folded]:
        if tx.relationship(key) is None:
            raise NotFound(key)
        return budget_of(tx, key), story_of(tx, key)

    return await means.vault.read(look)
