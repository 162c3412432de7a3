"""The one round on terms: proffer, answer, and closing the one counter. Checks documents; decides nothing."""

from dataclasses import dataclass
from itertools import pairwise

from vrm_desktop.domain.ids import Kid
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol.agreements import SignedAgreement, check_parties, document_hash, read_text
from vrm_desktop.protocol.errors import BadAgreement
from vrm_desktop.protocol.messages import AgreementText, CoSigned, TermsAccept, TermsAnswer

_ORDER = (TermsFrom.PING, TermsFrom.ACCEPT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """Both agreements stand: the cast's and the service's, in this order."""

    agreements: tuple[SignedAgreement, SignedAgreement]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Countered:
    """The vendor's one counter. `documents` are as they came, `texts` what they say, `changed` which are new."""

    documents: tuple[CoSigned, CoSigned]
    texts: tuple[AgreementText, AgreementText]
    changed: tuple[bool, bool]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Declined:
    """The vendor declines; `reason` is the wire's word, `note` the vendor's own."""

    reason: str
    note: str


def check_proffer(documents: tuple[CoSigned, ...], *, person: Kid, vendor: Kid) -> tuple[AgreementText, AgreementText]:
    """The two texts of a ping, signed by the person alone, the cast's first.

    Raises:
        BadAgreement: other parties, another order, or not two.
        BadSignature, Malformed: as for any document.
    """
    cast, service = _pair(documents)
    texts = (read_text(cast, signed_by=(person,)), read_text(service, signed_by=(person,)))
    _check_places(texts, person=person, vendor=vendor)
    return texts


def check_answer(
    proffered: tuple[CoSigned, CoSigned], answer: TermsAnswer, *, person: Kid, vendor: Kid
) -> Accepted | Countered | Declined:
    """What an answer on terms means for what was proffered.

    Raises:
        BadAgreement: it "accepts" another text, counters nothing, or its documents do not fit.
        BadSignature, Malformed: as for any document.
    """
    if answer.answer == "decline":
        return Declined(reason=answer.reason, note=answer.note)
    documents = _pair(answer.agreements)
    if answer.answer == "accept":
        return Accepted(agreements=_signed(proffered, documents, person=person, vendor=vendor))
    changed = tuple(new.payload != old.payload for old, new in zip(proffered, documents, strict=True))
    texts = tuple(
        read_text(new, signed_by=(vendor,) if other else (person, vendor))
        for new, other in zip(documents, changed, strict=True)
    )
    pair = (texts[0], texts[1])
    _check_places(pair, person=person, vendor=vendor)
    if not any(changed):
        raise BadAgreement("a counter that changes nothing")
    for old, new, other in zip(proffered, pair, changed, strict=True):
        if other and new.entry == read_text(old, signed_by=(person,)).entry:
            raise BadAgreement("a counter proposes another roster entry")
    return Countered(documents=documents, texts=pair, changed=(changed[0], changed[1]))


def check_closing(
    countered: tuple[CoSigned, CoSigned], closing: TermsAccept, *, person: Kid, vendor: Kid
) -> tuple[SignedAgreement, SignedAgreement]:
    """The two agreements after the person has closed the desk's counter.

    Raises:
        BadAgreement: other texts than the counter's.
        BadSignature, Malformed: as for any document.
    """
    return _signed(countered, _pair(closing.agreements), person=person, vendor=vendor)


def _pair(documents: tuple[CoSigned, ...]) -> tuple[CoSigned, CoSigned]:
    match documents:
        case (cast, service):
            return cast, service
        case _:
            raise BadAgreement("two agreements, the cast's and the service's")


def _signed(
    asked: tuple[CoSigned, CoSigned], answered: tuple[CoSigned, CoSigned], *, person: Kid, vendor: Kid
) -> tuple[SignedAgreement, SignedAgreement]:
    if any(document_hash(old) != document_hash(new) for old, new in zip(asked, answered, strict=True)):
        raise BadAgreement("another text than the one proposed")
    cast, service = (SignedAgreement(document, person=person, vendor=vendor) for document in answered)
    _check_places((cast.text, service.text), person=person, vendor=vendor)
    return cast, service


def _check_places(texts: tuple[AgreementText, AgreementText], *, person: Kid, vendor: Kid) -> None:
    for text, begins in zip(texts, _ORDER, strict=True):
        check_parties(text, person=person, vendor=vendor)
        if text.begins != begins.value:
            raise BadAgreement("the cast's agreement comes first, the service's second")
    if any(first.nonce == second.nonce for first, second in pairwise(texts)):
        raise BadAgreement("two agreements with one nonce")
