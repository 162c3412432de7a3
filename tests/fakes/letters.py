"""One letter of Ottilie's to a public utility, as a draft."""

from datetime import UTC, date, datetime

from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.letter import Letter, LetterAbout, LetterWay

DRAFT = Letter(
    id="letter-1",
    vendor=VendorId("vendor-1"),
    relationship=RelationshipId("rel-1"),
    at=datetime(2026, 5, 4, 12, 0, tzinfo=UTC),
    about=LetterAbout.RIGHTS,
    way=LetterWay.POST,
    language="de",
    subject="Auskunft nach Art. 15 DSGVO",
    body="Guten Tag,\n\nwas haben Sie über mich gespeichert?\n\nMit freundlichen Grüßen\nOttilie Zwiebelfisch",
    to=("Stadtwerke Sülzhafen GmbH", "Am Gaswerk 4", "50937 Sülzhafen"),
    sender=("Ottilie Zwiebelfisch", "Querlenkerweg 1183", "50937 Sülzhafen"),
    dated=date(2026, 5, 4),
    email="datenschutz@stadtwerke.example",
    reference="2026-K7F3Q",
    tells=(
        PlannedField(
            name="profile.name",
            value="Ottilie Zwiebelfisch",
            stage=Stage.LATER,
            purpose=Purpose.RIGHTS,
            until=date(2027, 5, 4),
            source=Source.PROFILE,
            pd="Name",
        ),
        PlannedField(
            name="profile.address.street",
            value="Querlenkerweg 1183",
            stage=Stage.LATER,
            purpose=Purpose.RIGHTS,
            until=date(2027, 5, 4),
            source=Source.PROFILE,
            pd="Street",
        ),
    ),
)
OUT = DRAFT.handed_out()
