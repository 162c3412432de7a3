"""The want that the person is still writing, kept in the vault meanwhile, so that no lock and no crash loses it."""

from dataclasses import dataclass

from vrm_desktop.canon import records
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction

_KEY = "unfinished-want"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class UnfinishedWant:
    """What was written so far; `want` is the draft that is being changed, None for a new want."""

    draft: WantDraft
    want: IntentcastId | None = None


async def keep(means: Means, unfinished: UnfinishedWant | None) -> None:
    """Keep it in place of what was kept before; None, or one that says nothing, forgets it."""
    says = unfinished is not None and unfinished.draft != WantDraft()
    text = records.to_bytes(unfinished).decode() if says else ""

    def change(tx: Transaction) -> None:
        if (tx.setting(_KEY) or "") != text:
            tx.set_setting(_KEY, text)

    await means.vault.write(change)


async def unfinished(means: Means, want: IntentcastId | None) -> WantDraft | None:
    """What was written of this want (None: of a new one) and not yet saved. What cannot be read any more is gone."""
    text = await means.vault.read(lambda tx: tx.setting(_KEY))
    if not text:
        return None
    try:
        kept = records.from_bytes(text.encode(), UnfinishedWant)
    except (CanonError, DomainError):
        return None
    return kept.draft if kept.want == want else None
