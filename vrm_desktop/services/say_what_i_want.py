"""Step 1, say what I want: one typed line, flags or a file become a want; what is unclear is asked, never guessed."""

from dataclasses import replace

from vrm_desktop.domain.ids import IntentcastId, RelationshipId
from vrm_desktop.domain.intentcast import Intentcast, IntentcastState
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.formats.typed_line.meaning import Chip, Field, ParsedLine, Place
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.reachable import own_signer
from vrm_desktop.services.shop_giving_up import let_all_go


async def read_line(means: Means, text: str) -> ParsedLine:
    """What a typed line says and what it leaves open; the person's country comes from the profile, if it is there."""
    from vrm_desktop.formats.typed_line.line import parse  # here, for its tables take long to load

    country = await means.vault.read(_home_country)
    return parse(text, today=means.clock.today(), home_country=country)


def _home_country(tx: Transaction) -> str | None:
    for field in tx.profile():
        if field.path is FieldPath.COUNTRY and len(field.value.strip()) == 2:
            return field.value.strip().upper()
    return None


def draft_of(parsed: ParsedLine) -> WantDraft:
    """What the line's chips say. Its open questions are not answered here."""
    place = next((chip.value for chip in parsed.chips if isinstance(chip.value, Place)), None)
    return WantDraft(
        title=parsed.title or "",
        category=parsed.category or "",
        area=place.area if place else None,
        place=place.name if place else "",
        attributes=dict(parsed.attributes),
        condition=parsed.condition,
        fulfilment=parsed.fulfilment,
        quantity=parsed.quantity,
        needed_by=parsed.needed_by,
        answers_by=parsed.answers_by,
        price_cap=parsed.price_cap,
    )


async def save_want(means: Means, draft: WantDraft, key: IntentcastId | None = None) -> Intentcast:
    """Keep a want: a new one, or in place of the draft `key`.

    Raises:
        DomainError: the draft is not complete or not within the closed lists.
        NotFound: no such want. NotPossibleNow: it was cast already; changing it means withdrawing and casting again.
    """

    def change(tx: Transaction) -> Intentcast:
        there = _draft(tx, key) if key is not None else None
        want = draft.complete(key or IntentcastId(means.new_id("want")), means.clock.now(), means.clock.today())
        if there is not None:
            want = replace(want, as_customer=there.as_customer)
        tx.save_intentcast(want)
        return want

    return await means.vault.write(change)


async def as_their_customer(means: Means, key: IntentcastId, known: RelationshipId | None) -> Changes:
    """Show the vendor of an earlier relationship, and nobody else, that the want is its customer's; None: show nobody.

    Raises:
        NotFound: no such want or relationship. NotPossibleNow: the want was cast already, or the earlier conversation
            was never opened (KeyElsewhere: its key is not here).
    """

    def change(tx: Transaction) -> Changes:
        there = _draft(tx, key)
        older = tx.relationship(known) if known is not None else None
        if known is not None and older is None:
            raise NotFound(known)
        if older is not None and older.conversation.id is None:
            raise NotPossibleNow("nothing was ever said there")
        if older is not None:
            own_signer(tx, older)
        tx.save_intentcast(replace(there, as_customer=known))
        return Changes.of(("intentcast", key))

    return await means.vault.write(change)


def _draft(tx: Transaction, key: IntentcastId) -> Intentcast:
    there = tx.intentcast(key)
    if there is None:
        raise NotFound(key)
    if there.state is not IntentcastState.DRAFT:
        raise NotPossibleNow(there.state.value)
    return there


async def wants(means: Means) -> tuple[Intentcast, ...]:
    """All wants, the newest first."""
    return await means.vault.read(
        lambda tx: tuple(sorted(tx.intentcasts(), key=lambda want: (want.made, want.id), reverse=True))
    )


async def want(means: Means, key: IntentcastId) -> Intentcast:
    """One want.

    Raises:
        NotFound: none under this id.
    """
    found = await means.vault.read(lambda tx: tx.intentcast(key))
    if found is None:
        raise NotFound(key)
    return found


async def close_want(means: Means, key: IntentcastId) -> Changes:
    """Put a want away that is done with.

    Raises:
        NotFound: none under this id.
        NotPossibleNow: vendors are being asked; it is withdrawn first, so that they are told.
    """

    def change(tx: Transaction) -> Changes:
        there = tx.intentcast(key)
        if there is None:
            raise NotFound(key)
        if there.state is IntentcastState.CAST:
            raise NotPossibleNow(there.state.value)
        tx.save_intentcast(replace(there, state=IntentcastState.CLOSED))
        return Changes.of(("intentcast", key)) | let_all_go(tx, means, key)

    return await means.vault.write(change)


__all__ = [
    "Chip",
    "Field",
    "ParsedLine",
    "as_their_customer",
    "close_want",
    "draft_of",
    "read_line",
    "save_want",
    "want",
    "wants",
]
