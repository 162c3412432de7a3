"""The letter that says what a counterparty does not take over the wire, as a draft for the person to send."""

from collections.abc import Callable
from datetime import timedelta

from vrm_desktop.domain.letter import Letter, LetterAbout
from vrm_desktop.domain.relationship import Relationship
from vrm_desktop.formats.plain_letters import LetterText
from vrm_desktop.services.draft_letters import draft, language_for, sender_name
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction

KEEP_FOR = timedelta(days=365)
"""How long a counterparty may use the name and address in such a letter: as long as the matter may take."""


def write(
    tx: Transaction,
    means: Means,
    owner: Relationship,
    about: LetterAbout,
    source: str,
    words: Callable[[str, str], LetterText],
) -> Letter:
    """Draft a letter that serves the paper `source`. `words` gets the language, and the name it is signed with.

    Raises:
        NotFound: no such counterparty.
    """
    vendor = tx.vendor(owner.vendor)
    if vendor is None:
        raise NotFound(owner.vendor)
    return draft(
        tx,
        means,
        vendor,
        words(language_for(tx, vendor), sender_name(tx)),
        about=about,
        relationship=owner.id,
        source=source,
        until=means.clock.today() + KEEP_FOR,
    )
