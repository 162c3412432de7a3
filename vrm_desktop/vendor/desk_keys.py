"""The keys a desk signs with: one now, and those it had before and still has. No file, no database, no choosing.

Messages bear the key of now. Documents name a key, and are completed by exactly that one, as long as it is there.
"""

from dataclasses import dataclass

from vrm_desktop.domain.ids import Kid
from vrm_desktop.protocol.signing import Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskKeys:
    """The `current` signer, and those `before` it that are still kept, youngest first."""

    current: Signer
    before: tuple[Signer, ...] = ()

    @property
    def previous(self) -> Signer | None:
        """The one that vouches for the current one on the card."""
        return self.before[0] if self.before else None

    @property
    def kids(self) -> tuple[Kid, ...]:
        """All of them, youngest first."""
        return tuple(signer.kid for signer in (self.current, *self.before))

    def named(self, kid: str) -> Signer | None:
        """The signer of that key; None when it is not (or no longer) here."""
        return next((signer for signer in (self.current, *self.before) if signer.kid == kid), None)
