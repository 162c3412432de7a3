"""A conversation with everything that a bundle must carry: an order, values of both sides, and changed keys of both."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

from tests.fakes import golden_later
from tests.fakes.later_words import change_key
from tests.fakes.two_sides import CAST, NOW, SERVICE, TwoSides
from vrm_desktop.canon import strict_json
from vrm_desktop.domain.ids import MessageId, RelationshipId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.relationship import Note
from vrm_desktop.formats.bundle.contents import MANIFEST, SIGNATURE, Contents, Opened, Spoken
from vrm_desktop.formats.bundle.writing import packed, sign_manifest, write_bundle
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.cards import sign_card
from vrm_desktop.protocol.keys import with_new_own_key, with_new_peer_key
from vrm_desktop.protocol.shapes import payload_of
from vrm_desktop.protocol.signing import SeedSigner

MADE = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)
NEW_DESK = SeedSigner(b"the vendor's second seed, 32 B.!")
Members = dict[str, bytes]


def card(signer: SeedSigner, serial: int, previous: SeedSigner | None = None) -> bytes:
    """The vendor's card under that key."""
    terms = tuple(messages.CardTerms(roster=one.id, version=one.version, entry=one.entry) for one in (CAST, SERVICE))
    return sign_card(
        messages.Card(
            serial=serial,
            expires="2027-05-01T00:00:00Z",
            key=signer.kid,
            name="Radhaus Beispiel",
            endpoint="https://radhaus.example/intentcast",
            categories=("mobility",),
            terms=terms,
        ),
        signer,
        previous,
    )


def spoken(two: TwoSides) -> tuple[Spoken, ...]:
    """Every message that the person holds, out of order."""
    found = []
    for side, ids in ((Side.VENDOR, two.person.peer), (Side.PERSON, two.person.own)):
        for number, id in enumerate(ids, start=1):
            jws = two.person.letters[side, id].jws
            found.append(Spoken(side=side, number=number, message=id, jws=jws, at=NOW))
    return tuple(found)


class Dispute:
    """The conversation, and what the person puts into a bundle about it."""

    def __init__(self) -> None:
        two = self.two = TwoSides()
        two.ping()
        two.agree()
        two.reveal()
        golden_later._order(two)
        two.desk.take(change_key(two).envelope)
        two.tell_desk(messages.Message(**two.person.stamp(), text="Where is it? 🚲"))
        self.cards = [card(two.desk.signer, 1), card(NEW_DESK, 2, two.desk.signer)]
        two.desk.signer = NEW_DESK
        two.desk.conversation = with_new_own_key(two.desk.conversation, NEW_DESK.kid)
        two.person.conversation = with_new_peer_key(two.person.conversation, self.cards[1], now=NOW)
        golden_later._about_data(two)
        two.tell_desk(messages.Message(**two.person.stamp(), text="Still nothing."))
        two.tell_person(messages.Message(**two.desk.stamp(), text="Tomorrow."))

    def values(self) -> tuple[Opened, ...]:
        """Every value that rode beside a message."""
        letters = self.two.person.letters.items()
        return tuple(Opened(message=id, text=text) for (_, id), one in letters for text in one.disclosures)

    def contents(self, *opened: Opened, cards: tuple[bytes, ...] | None = None) -> Contents:
        """What goes in, with these values shown."""
        two = self.two
        conversation = two.person.conversation
        return Contents(
            vendor="Radhaus Beispiel",
            person_kids=conversation.own_kids[::-1],
            vendor_kids=conversation.peer_kids[::-1],
            conversation=conversation.id,
            spoken=spoken(self.two),
            opened=opened,
            agreements=tuple(payload_of(one.document) for one in two.agreements),
            entries=(),
            orders=(payload_of(self._order()),),
            cards=tuple(self.cards) if cards is None else cards,
            notes=(_note("message", "Where is it?"),),
            letters={"reminder.txt": b"Dear Radhaus,"},
            attachments={"a photo (1).png": b"\x89PNG"},
        )

    def _order(self) -> messages.CoSigned:
        said = (self.two.person.stored(Side.VENDOR, id) for id in self.two.person.peer)
        return next(one.order for one in said if isinstance(one, messages.Confirmation))

    def bundle(self, *opened: Opened) -> bytes:
        """The bundle's bytes."""
        return write_bundle(self.contents(*opened), made=MADE, signer=self.two.person.signer)

    def remade(self, data: bytes, change: Callable[[Members], None]) -> bytes:
        """The bundle with its members changed, and a manifest under the person's key that fits them again."""
        members = unpacked(data)
        manifest = strict_json.decode(members.pop(MANIFEST))
        members.pop(SIGNATURE)
        change(members)
        assert isinstance(manifest, dict)
        lines = [strict_json.decode(one) for one in members["messages.jsonl"].splitlines() if one.startswith(b"{")]
        sides = [one.get("side") for one in lines if isinstance(one, dict)]
        manifest["messages"] = {side: sides.count(side) for side in ("person", "vendor")}
        manifest["members"] = _listed(members)
        return self.signed(members, strict_json.encode(manifest))

    def signed(self, members: Mapping[str, bytes], manifest: bytes) -> bytes:
        """The members with this manifest under the person's key."""
        return packed({**members, MANIFEST: manifest, SIGNATURE: sign_manifest(manifest, self.two.person.signer)})


def unpacked(data: bytes) -> Members:
    """All members of a ZIP."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _listed(members: Mapping[str, bytes]) -> dict[str, strict_json.JsonValue]:
    return {name: {"bytes": len(one), "sha256": sha256(one).hexdigest()} for name, one in members.items()}


def _note(kind: str, text: str) -> Note:
    return Note(
        relationship=RelationshipId("rel-1"),
        at=NOW,
        sender=Side.PERSON,
        kind=kind,
        text=text,
        message=MessageId("M" * 43),
    )
