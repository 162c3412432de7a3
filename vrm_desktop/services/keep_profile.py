"""My profile: importing, setting and removing fields. What may leave is decided by plans, never here."""

from dataclasses import replace

from vrm_desktop.domain.ids import FieldId
from vrm_desktop.domain.profile import CoarseRule, FieldPath, ProfileField, ShareDefault
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

COARSE = {FieldPath.POSTCODE: CoarseRule.POSTCODE_PREFIX, FieldPath.BIRTHDAY: CoarseRule.AGE_RANGE}


async def profile(means: Means) -> tuple[ProfileField, ...]:
    """All fields, in the order of a card."""
    order = list(FieldPath)

    def look(tx: Transaction) -> tuple[ProfileField, ...]:
        return tuple(sorted(tx.profile(), key=lambda field: (order.index(field.path), not field.preferred, field.id)))

    return await means.vault.read(look)


async def set_field(means: Means, path: FieldPath, value: str, share: ShareDefault | None = None) -> ProfileField:
    """Set the value of `path`: the one that is there gets it, else a new field is made."""

    def change(tx: Transaction) -> ProfileField:
        now = means.clock.now()
        there = next((field for field in tx.profile() if field.path is path), None)
        if there is None:
            field = ProfileField(
                id=FieldId(means.new_id("field")),
                path=path,
                value=value,
                updated=now,
                share=share or ShareDefault.ASK,
                coarse=COARSE.get(path, CoarseRule.NONE),
            )
        else:
            field = replace(there, value=value, updated=now, source="manual", share=share or there.share)
        tx.save_field(field)
        return field

    return await means.vault.write(change)


async def change_field(means: Means, key: FieldId, value: str, share: ShareDefault) -> Changes:
    """Change one field, which stays the same field.

    Raises:
        NotFound: no such field. InvalidValue: the value is empty or too long.
    """

    def change(tx: Transaction) -> Changes:
        there = next((field for field in tx.profile() if field.id == key), None)
        if there is None:
            raise NotFound(key)
        source = there.source if value == there.value else "manual"
        now = means.clock.now()
        tx.save_field(replace(there, value=value, share=share, source=source, updated=now))
        return Changes.of(("profile", key))

    return await means.vault.write(change)


async def put_back(means: Means, field: ProfileField) -> Changes:
    """Put a field back that was removed, as it was."""

    def change(tx: Transaction) -> Changes:
        tx.save_field(field)
        return Changes.of(("profile", field.id))

    return await means.vault.write(change)


async def remove_field(means: Means, key: FieldId) -> Changes:
    """Remove one field.

    Raises:
        NotFound: no such field.
    """

    def change(tx: Transaction) -> Changes:
        if all(field.id != key for field in tx.profile()):
            raise NotFound(key)
        tx.remove_field(key)
        return Changes.of(("profile", key))

    return await means.vault.write(change)


async def take_over(means: Means, fields: tuple[tuple[FieldPath, str, tuple[str, ...], bool], ...], source: str) -> int:
    """Keep the fields of an imported card (path, value, contexts, preferred); equal ones are not kept twice.

    Returns how many are new.
    """

    def change(tx: Transaction) -> int:
        now = means.clock.now()
        there = {(field.path, field.value) for field in tx.profile()}
        new = 0
        for path, value, contexts, preferred in fields:
            if (path, value) in there:
                continue
            there.add((path, value))
            new += 1
            tx.save_field(
                ProfileField(
                    id=FieldId(means.new_id("field")),
                    path=path,
                    value=value,
                    updated=now,
                    source=source,
                    contexts=contexts,
                    preferred=preferred,
                    coarse=COARSE.get(path, CoarseRule.NONE),
                )
            )
        return new

    return await means.vault.write(change)
