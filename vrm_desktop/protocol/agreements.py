"""Agreements: proffered by the person, signed by both, the same bytes on both sides. No state and no deciding here.

In a complete document the person's signature stands first and the vendor's second, whoever signed last.
"""

from datetime import date
from typing import final

from vrm_desktop.canon import base64url
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.ids import Digest, Kid
from vrm_desktop.domain.kinds import Side, State
from vrm_desktop.domain.terms import AgreementTerms, RosterEntry, TermsFrom
from vrm_desktop.protocol.documents import VerifiedDocument, document_hash, payload_bytes
from vrm_desktop.protocol.errors import BadAgreement
from vrm_desktop.protocol.messages import AgreementText, CoSigned
from vrm_desktop.protocol.shapes import canonical_value, payload_of, read_day, struct_of
from vrm_desktop.protocol.signing import Signer, Typ, cosign, verify_cosigned

__all__ = [
    "SignedAgreement",
    "check_parties",
    "countersign",
    "document_hash",
    "in_force",
    "parties",
    "proffer",
    "read_text",
    "required",
    "standing",
    "terms_of",
]


def proffer(
    signer: Signer, *, entry: RosterEntry, begins: TermsFrom, person: Kid, vendor: Kid, made: date, nonce: bytes
) -> CoSigned:
    """A new agreement text under one signature: the person's proffer, or a text of the desk's counter.

    `nonce` is 16 random bytes.

    Raises:
        BadAgreement: the signer is no party to it.
    """
    if signer.kid not in {person, vendor}:
        raise BadAgreement("only a party signs an agreement")
    text = struct_of(
        {
            "kind": "agreement",
            "v": 1,
            "roster": entry.id,
            "version": entry.version,
            "entry": entry.entry,
            "official": entry.official,
            "person": person,
            "vendor": vendor,
            "begins": begins.value,
            "made": made.isoformat(),
            "nonce": base64url.encode(nonce),
        },
        AgreementText,
    )
    return cosign(signer, Typ.AGREEMENT, payload_of(text))


def countersign(document: CoSigned, signer: Signer) -> CoSigned:
    """The document with the other party's signature added, the person's first.

    Raises:
        BadAgreement: the signer is no party to it, or it does not bear exactly the other party's signature.
    """
    text = _text(payload_bytes(document))
    parties = (Kid(text.person), Kid(text.vendor))
    if signer.kid not in parties:
        raise BadAgreement("only a party signs an agreement")
    others = tuple(kid for kid in parties if kid != signer.kid)
    payload = verify_cosigned(document, typ=Typ.AGREEMENT, kids=others)
    both = cosign(signer, Typ.AGREEMENT, payload, document)
    if signer.kid == text.person:
        return CoSigned(payload=both.payload, signatures=both.signatures[::-1])
    return both


def read_text(document: CoSigned, *, signed_by: tuple[Kid, ...]) -> AgreementText:
    """The text that exactly `signed_by` signed, in that order.

    Raises:
        BadSignature: a signature does not hold, or others signed.
        Malformed: not an agreement text.
    """
    return _text(verify_cosigned(document, typ=Typ.AGREEMENT, kids=signed_by))


@final
class SignedAgreement(VerifiedDocument[AgreementText]):
    """An agreement with both signatures. Its constructor verifies."""

    __slots__ = ()

    def __init__(self, document: CoSigned, *, person: Kid, vendor: Kid) -> None:
        """Verify both signatures and that the text is between `person` and `vendor`.

        Raises:
            BadSignature: a signature is missing or does not hold.
            BadAgreement: the text names other parties.
            Malformed: not an agreement text.
        """
        text = read_text(document, signed_by=(person, vendor))
        check_parties(text, person=person, vendor=vendor)
        super().__init__(document, text)

    @property
    def begins(self) -> TermsFrom:
        """From which moment it holds."""
        return TermsFrom(self._text.begins)

    @property
    def terms(self) -> AgreementTerms:
        """What it binds, in the domain's words."""
        return terms_of(self._text)

    def __repr__(self) -> str:
        return f"SignedAgreement({self._text.roster} {self._text.version} from {self._text.begins})"


def parties(document: CoSigned) -> tuple[Kid, Kid]:
    """The person's and the vendor's key that a document of one's own names: as they were when it was made.

    Raises:
        Malformed: not an agreement text.
    """
    text = _text(payload_bytes(document))
    return Kid(text.person), Kid(text.vendor)


def standing(document: CoSigned, conversation: Conversation) -> SignedAgreement:
    """The agreement in `document`, signed by both sides' keys of then: those that it names, both of `conversation`.

    Raises:
        BadAgreement: it names other parties.
        BadSignature, Malformed: as for any document.
    """
    person, vendor = parties(document)
    _check_kids(_text(payload_bytes(document)), conversation)
    return SignedAgreement(document, person=person, vendor=vendor)


def terms_of(text: AgreementText) -> AgreementTerms:
    """What a text binds, in the domain's words."""
    return AgreementTerms(
        roster=text.roster,
        version=text.version,
        entry=Digest(text.entry),
        begins=TermsFrom(text.begins),
        person=Kid(text.person),
        vendor=Kid(text.vendor),
    )


def check_parties(text: AgreementText, *, person: Kid, vendor: Kid) -> None:
    """Check that a text is between these two.

    Raises:
        BadAgreement: it is not.
    """
    if (text.person, text.vendor) != (person, vendor):
        raise BadAgreement("an agreement of other parties")


def required(basis: object, *, begins: TermsFrom, conversation: Conversation) -> SignedAgreement:
    """`basis`, if it is the signed agreement that an act in this conversation needs.

    Raises:
        BadAgreement: it is something else, begins at another moment, or binds others.
    """
    if not isinstance(basis, SignedAgreement):
        raise BadAgreement("nothing personal leaves without a signed agreement")
    if basis.begins is not begins:
        raise BadAgreement(f"this needs the agreement that begins with {begins}")
    _check_kids(basis.text, conversation)
    return basis


def in_force(state: State) -> TermsFrom:
    """Which agreement covers what a person tells in `state`: the service's from the order on, before it the cast's."""
    return TermsFrom.ACCEPT if state in {State.ORDERED, State.CONFIRMED, State.ENDING} else TermsFrom.PING


def _check_kids(text: AgreementText, conversation: Conversation) -> None:
    """A key may have changed since: the parties are keys that the two sides have or had."""
    if text.person not in conversation.kids(Side.PERSON) or text.vendor not in conversation.kids(Side.VENDOR):
        raise BadAgreement("an agreement of other parties")


def _text(payload: bytes) -> AgreementText:
    text = struct_of(canonical_value(payload), AgreementText)
    read_day(text.made)
    return text
