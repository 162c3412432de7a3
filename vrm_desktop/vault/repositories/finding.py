"""Finding by text in ledger, stories, offers and papers, newest first. Never lives here: ranking, or highlighting.

Each word matches from its beginning, in any case and with or without accents; a row must hold them all. Where enough
rows hold the very words, those are the answer.
"""

from datetime import datetime

from vrm_desktop.domain.disclosure import LedgerRow
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.papers import Paper
from vrm_desktop.domain.relationship import Note
from vrm_desktop.vault.connection import Row
from vrm_desktop.vault.repositories import ledger, offers, papers
from vrm_desktop.vault.repositories.part import Part, to_record

Finding = LedgerRow | Note | Offer | Paper
MOST = 1000

_MOST_CHARACTERS = 200
_MOST_WORDS = 12


class FindingPart(Part):
    """The search."""

    def find(self, text: str, limit: int = 50) -> tuple[Finding, ...]:
        """At most `limit` (1 to 1,000) rows that hold every word of `text`, newest first; nothing without a word.

        Only the first 200 characters and 12 words count.
        """
        if not 1 <= limit <= MOST:
            raise ValueError("a search gives 1 to 1,000 rows")
        words = _quoted_words(text)
        if not words:
            return ()
        found: list[Finding] = [
            *(ledger.row_of(row) for row in self._matching("ledger", "seq", words, limit)),
            *(to_record(row["body"], Note) for row in self._matching("notes", "nth", words, limit)),
            *(offers.offer_of(row) for row in self._matching("offers", "nth", words, limit)),
            *(papers.paper_of(row) for row in self._matching("papers", "nth", words, limit)),
        ]
        return tuple(sorted(found, key=_instant, reverse=True)[:limit])

    def _matching(self, table: str, key: str, words: tuple[str, ...], limit: int) -> list[Row]:
        """The table's newest rows with these very words; if they are too few, with words that begin so.

        Whole words are looked up lazily, while beginnings of more than three characters gather every row they match.
        """
        whole = self._newest(table, key, " ".join(words), limit)
        return whole if len(whole) == limit else self._newest(table, key, " ".join(f"{word}*" for word in words), limit)

    def _newest(self, table: str, key: str, match: str, limit: int) -> list[Row]:
        """The newest rows for an FTS5 expression. The names are constants of this module."""
        return self._sql.query(
            f"SELECT * FROM {table} WHERE {key} IN"  # noqa: S608 - constants
            f" (SELECT rowid FROM {table}_search WHERE {table}_search MATCH ? ORDER BY rowid DESC LIMIT ?)"
            f" ORDER BY {key} DESC",
            (match, limit),
        )


def _quoted_words(text: str) -> tuple[str, ...]:
    """The words as FTS5 phrases, quoted so that nothing in them is an operator."""
    words = [word for word in text[:_MOST_CHARACTERS].replace("\0", " ").split() if any(map(str.isalnum, word))]
    return tuple('"' + word.replace('"', '""') + '"' for word in words[:_MOST_WORDS])


def _instant(found: Finding) -> datetime:
    return found.received if isinstance(found, Offer) else found.at
