"""How many wrong passphrases were tried in a row, kept beside the vault so that starting again does not forget them.

It slows somebody who types at this computer. It is no protection against a copied vault, where the cost of deriving a
key is all there is; so a file that is absent, foreign or cannot be written slows nobody and locks nobody out. Never
lives here: waiting.
"""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.vault.durable_files import replace_file
from vrm_desktop.vault.errors import VaultError

NAME = "vault.tries"
FREE = 3
"""So many may be wrong before anybody waits."""
LONGEST_SECONDS = 30.0
_MOST = 1_000_000
_MOST_BYTES = 200


class Tries:
    """The count for one vault's folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def pause(self, now: datetime) -> float:
        """Seconds to wait before the next try: none, then 1, 2, 4 and so on, never more than 30."""
        wrong, last = self._read()
        if wrong < FREE:
            return 0.0
        whole = min(2.0 ** min(wrong - FREE, 10), LONGEST_SECONDS)
        return min(max(whole - (now - last).total_seconds(), 0.0), whole)  # a clock set back waits no longer than that

    def wrong(self, now: datetime) -> None:
        """One more was wrong."""
        count = min(self._read()[0] + 1, _MOST)
        with suppress(VaultError):
            replace_file(self._path, strict_json.encode({"last": int(now.timestamp()), "wrong": count}))

    def right(self) -> None:
        """One was right: all is forgotten."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _read(self) -> tuple[int, datetime]:
        none = (0, datetime.fromtimestamp(0, UTC))
        with suppress(OSError, CanonError, ValueError, OverflowError):
            with self._path.open("rb") as file:
                found = strict_json.decode(file.read(_MOST_BYTES))
            match found:
                case {"last": int(last), "wrong": int(wrong)} if 0 <= wrong <= _MOST:
                    return wrong, datetime.fromtimestamp(last, UTC)
                case _:
                    return none
        return none
