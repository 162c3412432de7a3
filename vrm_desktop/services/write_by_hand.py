"""A letter instead of a message: what a counterparty does not take over the wire, drafted for the person to send.

Words come from outside, in the language that they are written in. Never here: what a letter says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.letter import Letter, LetterAbout, LetterWay
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.relationship import Relationship
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.write_letters import address_lines, keep_draft, recipient_lines, told_once

KEEP_FOR = timedelta(days=365)
"""How long a counterparty may use the name and address in a letter: as long as the matter may take."""

_ON_PAPER = (FieldPath.NAME, FieldPath.STREET, FieldPath.POSTCODE, FieldPath.LOCALITY, FieldPath.COUNTRY)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LetterWords:
    """What a letter says, in one language: a subject, and paragraphs apart by an empty line."""

    language: str
    subject: str
    body: str


Writing = Callable[[Counterparty, str], LetterWords]
"""Words for a letter to this counterparty, signed with this name ("" where the profile has none)."""


def draft(
    tx: Transaction, means: Means, relationship: Relationship, about: LetterAbout, source: str, write: Writing
) -> Letter:
    """Keep the draft of a letter that serves the paper `source`.

    Raises:
        NotFound: no such counterparty. InvalidValue: the words are not those of a letter.
    """
    vendor = tx.vendor(relationship.vendor)
    if vendor is None:
        raise NotFound(relationship.vendor)
    fields = {field.path: field for field in reversed(tx.profile()) if field.path in _ON_PAPER}
    name = fields.get(FieldPath.NAME)
    words = write(vendor, name.value if name is not None else "")
    today = means.clock.today()
    letter = Letter(
        id=means.new_id("letter"),
        vendor=vendor.id,
        relationship=relationship.id,
        at=means.clock.now(),
        about=about,
        way=LetterWay.EMAIL if vendor.email and not vendor.postal else LetterWay.POST,
        language=words.language,
        subject=words.subject,
        body=words.body,
        to=recipient_lines(vendor),
        sender=address_lines(tx),
        dated=today,
        email=vendor.email,
        reply_to=vendor.reply_to,
        reference=vendor.number,
        source=source,
        tells=told_once(
            PlannedField(
                name=f"profile.{path}",
                value=fields[path].value,
                stage=Stage.LATER,
                purpose=Purpose.SERVICE,
                until=today + KEEP_FOR,
                source=Source.PROFILE,
                field=fields[path].id,
                pd=fields[path].pd,
            )
            for path in _ON_PAPER
            if path in fields
        ),
    )
    return keep_draft(tx, letter)
