"""The negative vectors as files: with fixed keys, salts and times, so that every run makes the same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.fakes.two_sides import CAST, DESK_SEED, NOW, SERVICE, CountedBytes, Party
from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.conformance.ask import Ask
from vrm_desktop.conformance.asker import Asker
from vrm_desktop.conformance.vectors.catalogue import VECTORS
from vrm_desktop.conformance.vectors.vector import Place, words
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.regions import Area
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import countersign
from vrm_desktop.protocol.negotiation import Accepted, check_answer
from vrm_desktop.protocol.sealing import Sealable, Sealed
from vrm_desktop.protocol.shapes import write_instant
from vrm_desktop.protocol.signing import SeedSigner

ASK = Ask(
    category="mobility.bicycle",
    area=Area(country="DE", region="DE-NW"),
    attributes={"type": "cargo"},
    title="A cargo bike for two children",
    details="With a rain cover, please.",
    terms=(CAST, SERVICE),
    unserved_category="health.appointment",
    unserved_area=Area(country="NZ"),
)
"""What the golden card serves, and what it does not."""


@dataclass
class Told:
    """A conversation up to one place: both sides, and every envelope in the order in which it was said."""

    asker: Asker
    desk: Party
    said: list[tuple[Side, Sealed]]

    def person(self, sealed: Sealed) -> None:
        self.desk.take(self.asker.commit(sealed))
        self.said.append((Side.PERSON, sealed))

    def vendor(self, message: Sealable) -> Sealed:
        sealed = self.desk.send(message)
        self.asker.hear(sealed.envelope)
        self.said.append((Side.VENDOR, sealed))
        return sealed

    def chat(self) -> None:
        self.person(words(self.asker))
        self.vendor(messages.Acknowledgement(**self.desk.stamp(), of=self.desk.peer[-1]))


def told(place: Place, label: str) -> Told:
    """The conversation at `place`; `label` makes its keys and salts."""
    signer = SeedSigner(DESK_SEED)
    asker = Asker(vendor=signer.kid, ask=ASK, now=lambda: NOW, random=CountedBytes(label))
    desk = Conversation(side=Side.VENDOR, own_kid=signer.kid, peer_kid=asker.signer.kid)
    two = Told(asker, Party(signer, desk), [])
    if place is Place.OPENING:
        return two
    ping = asker.ping()
    two.desk.open(asker.commit(ping))
    two.said.append((Side.PERSON, ping))
    both = tuple(countersign(document, signer) for document in asker.proffered)
    answer = messages.TermsAnswer(**two.desk.stamp(), answer="accept", agreements=both)
    two.vendor(answer)
    verdict = check_answer(asker.proffered, answer, person=asker.signer.kid, vendor=signer.kid)
    assert isinstance(verdict, Accepted)
    asker.agree(verdict)
    two.chat()
    if place is Place.OFFERED:
        two.person(asker.reveal())
        two.vendor(
            messages.Offer(
                **two.desk.stamp(),
                lines=(messages.OfferLine(title="Cargo bike “Lasse”", unit=425_000, condition="new"),),
                price=messages.PriceClaim(currency="EUR", items=425_000, shipping=4_900, total=429_900),
                binding=True,
                valid_until="2026-12-02T18:00:00Z",
                fulfilment="delivered",
                by="2026-12-10",
                payment=("sepa-transfer", "vendor-link"),
            )
        )
        two.chat()
    return two


def before(place: Place) -> bytes:
    """What was said before the vectors of a place, as a file."""
    two = told(place, f"before {place}")
    value = {
        "now": write_instant(NOW),
        "desk": {"kid": two.desk.signer.kid, "seed": base64url.encode(DESK_SEED)},
        "messages": [{"envelope": sealed.envelope.to_value(), "side": side.value} for side, sealed in two.said],
    }
    return strict_json.encode(value) + b"\n"


def refused_messages() -> Mapping[str, bytes]:
    """Every file of the folder `refused`, by its path below it."""
    files = {f"before/{place}.json": before(place) for place in Place}
    for vector in VECTORS:
        # A ping has keys of its own; what comes later belongs to the conversation that stands in `before`.
        label = vector.name if vector.place is Place.OPENING else f"before {vector.place}"
        value = {
            "why": vector.rule.must,
            "section": vector.rule.section,
            "place": vector.place.value,
            "code": vector.codes[0],
            "or": vector.codes[1:],
            "envelope": base64url.encode(vector.make(told(vector.place, label).asker)),
        }
        files[f"{vector.name}.json"] = strict_json.encode(value) + b"\n"
    return files
