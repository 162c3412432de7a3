"""How many words unasked a person takes from one vendor in thirty days, and what lies beyond them. Nothing is lost."""

from dataclasses import dataclass

from vrm_desktop.domain.contact_budget import MOST, USUAL, Folded, fold
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

_KEY = "contact-budget"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ContactBudget:
    """How much a vendor may say unasked; `own`: for it alone; `usual`: for everybody. `used` of it now; its story."""

    messages: int
    usual: int
    own: bool
    used: int
    story: Folded


def budget_of(tx: Transaction, key: RelationshipId) -> int:
    """The relationship's budget: its own, else the one for all, else the usual one."""
    own = _set(tx, f"{_KEY}.{key}")
    return usual_of(tx) if own is None else own


def usual_of(tx: Transaction) -> int:
    """The budget for all, else the usual one."""
    found = _set(tx, _KEY)
    return USUAL if found is None else found


def _set(tx: Transaction, name: str) -> int | None:
    text = tx.setting(name)
    known = text is not None and text.isascii() and text.isdigit() and int(text) <= MOST
    return int(text) if known and text is not None else None


def story_of(tx: Transaction, key: RelationshipId) -> Folded:
    """The relationship's story, with what came beyond its budget set apart."""
    return fold(tx.notes(key), budget_of(tx, key))


async def set_budget(means: Means, messages: int | None, key: RelationshipId | None = None) -> Changes:
    """Let each vendor, or the one of `key`, say so many things unasked in thirty days; 0 folds all of them away.

    None takes the number back: for one vendor what is set for everybody holds again, for everybody the usual one.

    Raises:
        InvalidValue: less than none, or more than 999. NotFound: no such relationship.
    """

    def change(tx: Transaction) -> Changes:
        if messages is not None and not 0 <= messages <= MOST:
            raise InvalidValue(f"a contact budget has 0 to {MOST} messages")
        if key is not None and tx.relationship(key) is None:
            raise NotFound(key)
        tx.set_setting(_KEY if key is None else f"{_KEY}.{key}", "" if messages is None else str(messages))
        return Changes.of(("relationship", key or "all"))

    return await means.vault.write(change)


async def budget(means: Means, key: RelationshipId) -> ContactBudget:
    """The budget of a relationship, and its story folded by it.

    Raises:
        NotFound: no such relationship.
    """

    def look(tx: Transaction) -> ContactBudget:
        if tx.relationship(key) is None:
            raise NotFound(key)
        story = story_of(tx, key)
        return ContactBudget(
            messages=budget_of(tx, key),
            usual=usual_of(tx),
            own=_set(tx, f"{_KEY}.{key}") is not None,
            used=story.used(means.clock.now()),
            story=story,
        )

    return await means.vault.read(look)


async def usual(means: Means) -> int:
    """How much every vendor may say unasked in thirty days, where nothing is set for it alone."""
    return await means.vault.read(usual_of)
