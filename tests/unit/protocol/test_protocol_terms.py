"""Agreements and the one round on terms."""

import copy
import pickle
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import msgspec
import pytest

from tests.fakes.two_sides import CAST, NOW, SERVICE, TODAY, WIDER, TwoSides
from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.domain.disclosure import BasisKind
from vrm_desktop.domain.ids import ActId, Digest, Kid, VendorId
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import (
    SignedAgreement,
    countersign,
    document_hash,
    proffer,
    read_text,
    required,
)
from vrm_desktop.protocol.basis import OwnAct, WrittenAcceptance, basis_kind
from vrm_desktop.protocol.errors import BadAgreement, BadSignature, Malformed, ProtocolError
from vrm_desktop.protocol.messages import CoSigned, Signature
from vrm_desktop.protocol.negotiation import Accepted, Countered, Declined, check_answer, check_closing
from vrm_desktop.protocol.signing import SeedSigner, Typ, cosign

Documents = tuple[CoSigned, CoSigned]
Answer = Literal["accept", "counter", "decline"]
STRANGER = SeedSigner(b"s" * 32)


def keys(two: TwoSides) -> tuple[Kid, Kid]:
    return two.person.signer.kid, two.desk.signer.kid


def check(two: TwoSides, answer: Answer, documents: tuple[CoSigned, ...], reason: Literal["", "region"] = "") -> object:
    two.ping()
    message = messages.TermsAnswer(
        **two.desk.stamp(),
        answer=answer,
        agreements=documents,
        reason=reason,
    )
    person, vendor = keys(two)
    return check_answer(two.proffered, message, person=person, vendor=vendor)


def both_signed(two: TwoSides) -> Documents:
    cast, service = two.proffered
    return countersign(cast, two.desk.signer), countersign(service, two.desk.signer)


def countered(two: TwoSides) -> Documents:
    return both_signed(two)[0], two.proffer(WIDER, TermsFrom.ACCEPT, by=two.desk.signer)


def test_an_exact_acceptance_gives_two_signed_agreements() -> None:
    two = TwoSides()
    accepted = check(two, "accept", both_signed(two))
    assert isinstance(accepted, Accepted)
    cast, service = accepted.agreements
    assert (cast.begins, service.begins) == (TermsFrom.PING, TermsFrom.ACCEPT)
    assert (cast.text.roster, service.text.roster) == ("PDC-INTENT", "SD-BASE")
    assert [cast.hash, service.hash] == [document_hash(document) for document in two.proffered]
    assert cast.terms.entry == CAST.entry
    assert (cast.terms.person, cast.terms.vendor) == keys(two)
    assert cast.document == both_signed(two)[0]


def test_a_decline_says_why() -> None:
    assert check(TwoSides(), "decline", (), "region") == Declined(reason="region", note="")


def test_a_counter_keeps_what_it_keeps_and_proposes_the_rest() -> None:
    two = TwoSides()
    result = check(two, "counter", countered(two))
    assert isinstance(result, Countered)
    assert result.changed == (False, True)
    assert [text.roster for text in result.texts] == ["PDC-INTENT", "SD-BASE-A"]


def test_closing_a_counter_gives_two_signed_agreements_with_the_persons_signature_first() -> None:
    two = TwoSides()
    documents = countered(two)
    two.ping()
    signed = (documents[0], countersign(documents[1], two.person.signer))
    closing = messages.TermsAccept(**two.person.stamp(), agreements=signed)
    person, vendor = keys(two)
    cast, service = check_closing(documents, closing, person=person, vendor=vendor)
    assert (cast.text.roster, service.text.roster) == ("PDC-INTENT", "SD-BASE-A")
    assert read_text(signed[1], signed_by=(person, vendor)) == service.text


@pytest.mark.parametrize(
    "change",
    [lambda pair: pair[::-1], lambda pair: (pair[0], pair[0]), lambda pair: pair[:1]],
    ids=["swapped", "one twice", "one only"],
)
def test_closing_a_counter_needs_its_two_texts_in_order(change: Callable[[Documents], tuple[CoSigned, ...]]) -> None:
    two = TwoSides()
    documents = countered(two)
    two.ping()
    signed = change((documents[0], countersign(documents[1], two.person.signer)))
    closing = messages.TermsAccept(**two.person.stamp(), agreements=signed)
    person, vendor = keys(two)
    with pytest.raises(BadAgreement):
        check_closing(documents, closing, person=person, vendor=vendor)


def swapped(two: TwoSides) -> tuple[CoSigned, ...]:
    return both_signed(two)[::-1]


def of_another_vendor(two: TwoSides) -> tuple[CoSigned, ...]:
    return both_signed(TwoSides(desk_seed=b"o" * 32))


def another_text(two: TwoSides) -> tuple[CoSigned, ...]:
    cast, _ = both_signed(two)
    return cast, countersign(two.proffer(SERVICE, TermsFrom.ACCEPT), two.desk.signer)


def unsigned(two: TwoSides) -> tuple[CoSigned, ...]:
    return two.proffered


def signed_by_a_stranger(two: TwoSides) -> tuple[CoSigned, ...]:
    cast, service = two.proffered
    return tuple(
        cosign(STRANGER, Typ.AGREEMENT, base64url.decode(document.payload), document) for document in (cast, service)
    )


def one_only(two: TwoSides) -> tuple[CoSigned, ...]:
    return both_signed(two)[:1]


@pytest.mark.parametrize(
    ("documents", "error"),
    [
        (swapped, BadAgreement),
        (of_another_vendor, BadAgreement),
        (another_text, BadAgreement),
        (unsigned, BadSignature),
        (signed_by_a_stranger, BadSignature),
        (one_only, BadAgreement),
    ],
)
def test_an_acceptance_of_anything_else_is_refused(
    documents: Callable[[TwoSides], tuple[CoSigned, ...]], error: type[ProtocolError]
) -> None:
    two = TwoSides()
    with pytest.raises(error):
        check(two, "accept", documents(two))


def counter_that_changes_nothing(two: TwoSides) -> tuple[CoSigned, ...]:
    return both_signed(two)


def counter_with_the_same_entry(two: TwoSides) -> tuple[CoSigned, ...]:
    return both_signed(two)[0], two.proffer(SERVICE, TermsFrom.ACCEPT, by=two.desk.signer)


def counter_that_begins_at_another_moment(two: TwoSides) -> tuple[CoSigned, ...]:
    return both_signed(two)[0], two.proffer(WIDER, TermsFrom.PING, by=two.desk.signer)


def counter_for_other_parties(two: TwoSides) -> tuple[CoSigned, ...]:
    other = TwoSides(person_seed=b"o" * 32)
    return both_signed(two)[0], other.proffer(WIDER, TermsFrom.ACCEPT, by=two.desk.signer)


def counter_that_the_person_seems_to_have_signed(two: TwoSides) -> tuple[CoSigned, ...]:
    cast, service = countered(two)
    return cast, countersign(service, two.person.signer)


def counter_that_keeps_a_text_unsigned(two: TwoSides) -> tuple[CoSigned, ...]:
    return two.proffered[0], countered(two)[1]


@pytest.mark.parametrize(
    ("documents", "error"),
    [
        (counter_that_changes_nothing, BadAgreement),
        (counter_with_the_same_entry, BadAgreement),
        (counter_that_begins_at_another_moment, BadAgreement),
        (counter_for_other_parties, BadAgreement),
        (counter_that_the_person_seems_to_have_signed, BadSignature),
        (counter_that_keeps_a_text_unsigned, BadSignature),
        (one_only, BadAgreement),
    ],
)
def test_a_counter_that_is_none_is_refused(
    documents: Callable[[TwoSides], tuple[CoSigned, ...]], error: type[ProtocolError]
) -> None:
    two = TwoSides()
    with pytest.raises(error):
        check(two, "counter", documents(two))


@pytest.mark.parametrize(("answer", "count"), [("accept", 0), ("accept", 1), ("counter", 0), ("decline", 2)])
def test_an_answer_has_two_agreements_or_none(answer: Answer, count: int) -> None:
    two = TwoSides()
    two.ping()
    message = messages.TermsAnswer(
        **two.desk.stamp(),
        answer=answer,
        agreements=both_signed(two)[:count],
    )
    with pytest.raises(Malformed):
        two.desk.send(message)


def test_a_signed_agreement_is_not_made_of_less() -> None:
    two = TwoSides()
    person, vendor = keys(two)
    document = both_signed(two)[0]
    doubled = CoSigned(payload=document.payload, signatures=document.signatures[:1] * 2)
    reversed_ = CoSigned(payload=document.payload, signatures=document.signatures[::-1])
    for other in (two.proffered[0], doubled, reversed_):
        with pytest.raises(BadSignature):
            SignedAgreement(other, person=person, vendor=vendor)
    with pytest.raises(BadSignature):
        SignedAgreement(document, person=vendor, vendor=person)


def test_a_text_that_names_others_than_its_signers_is_no_agreement() -> None:
    two = TwoSides()
    person, vendor = keys(two)
    text = strict_json.decode(base64url.decode(two.proffered[0].payload))
    assert isinstance(text, dict)
    payload = strict_json.encode({**text, "vendor": STRANGER.kid})
    document = cosign(two.desk.signer, Typ.AGREEMENT, payload, cosign(two.person.signer, Typ.AGREEMENT, payload))
    with pytest.raises(BadAgreement):
        SignedAgreement(document, person=person, vendor=vendor)


@pytest.mark.parametrize(
    "change", [{"made": "2026-02-30"}, {"begins": "later"}, {"v": 2}, {"kind": "order"}, {"nonce": "short"}]
)
def test_an_agreement_text_of_another_form_is_refused(change: dict[str, object]) -> None:
    two = TwoSides()
    text = strict_json.decode(base64url.decode(two.proffered[0].payload))
    assert isinstance(text, dict)
    document = cosign(two.person.signer, Typ.AGREEMENT, strict_json.encode({**text, **change}))
    with pytest.raises(Malformed):
        read_text(document, signed_by=(two.person.signer.kid,))
    with pytest.raises(Malformed):
        countersign(document, two.desk.signer)


def test_only_parties_sign_and_nobody_twice() -> None:
    two = TwoSides()
    with pytest.raises(BadAgreement):
        two.proffer(CAST, TermsFrom.PING, by=STRANGER)
    with pytest.raises(BadAgreement):
        countersign(two.proffered[0], STRANGER)
    with pytest.raises(BadSignature):
        countersign(two.proffered[0], two.person.signer)
    with pytest.raises(BadSignature):
        countersign(both_signed(two)[0], two.desk.signer)


def test_a_nonce_has_16_bytes() -> None:
    two = TwoSides()
    person, vendor = keys(two)
    with pytest.raises(Malformed):
        proffer(
            two.person.signer,
            entry=CAST,
            begins=TermsFrom.PING,
            person=person,
            vendor=vendor,
            made=TODAY,
            nonce=b"short",
        )


def test_a_document_hash_is_of_the_payload_alone() -> None:
    two = TwoSides()
    assert document_hash(two.proffered[0]) == document_hash(both_signed(two)[0])
    broken = CoSigned(payload="A", signatures=(Signature(protected="AA", signature="AA"),))
    with pytest.raises(Malformed):
        document_hash(broken)


def test_a_signed_agreement_tells_little_and_is_neither_pickled_nor_copied() -> None:
    two = TwoSides()
    person, vendor = keys(two)
    agreement = SignedAgreement(both_signed(two)[0], person=person, vendor=vendor)
    assert repr(agreement) == "SignedAgreement(PDC-INTENT 1 from ping)"
    for act in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            act(agreement)
    with pytest.raises(AttributeError):
        agreement.text = agreement.text  # type: ignore[misc]


def test_what_an_act_rests_on_must_be_the_right_signed_agreement() -> None:
    two = TwoSides()
    person, vendor = keys(two)
    agreement = SignedAgreement(both_signed(two)[0], person=person, vendor=vendor)
    assert required(agreement, begins=TermsFrom.PING, conversation=two.person.conversation) is agreement
    own = OwnAct(act=ActId("a"), confirmed=NOW)
    here = two.person.conversation
    for basis, begins, conversation in (
        (own, TermsFrom.PING, here),
        (None, TermsFrom.PING, here),
        (two.proffered[0], TermsFrom.PING, here),
        (agreement, TermsFrom.ACCEPT, here),
        (agreement, TermsFrom.PING, replace(here, peer_kid=STRANGER.kid)),
        (agreement, TermsFrom.PING, replace(here, own_kid=STRANGER.kid)),
    ):
        with pytest.raises(BadAgreement):
            required(basis, begins=begins, conversation=conversation)


def test_each_basis_has_its_word_in_the_ledger() -> None:
    two = TwoSides()
    person, vendor = keys(two)
    written = WrittenAcceptance(vendor=VendorId("v"), evidence=Digest("A" * 43), at=NOW)
    bases = (
        SignedAgreement(both_signed(two)[0], person=person, vendor=vendor),
        written,
        OwnAct(act=ActId("a"), confirmed=NOW),
    )
    assert [basis_kind(basis) for basis in bases] == list(BasisKind)
    with pytest.raises(BadAgreement):
        WrittenAcceptance(vendor=VendorId("v"), evidence=Digest(""), at=NOW)


def test_a_document_survives_the_wire() -> None:
    document = both_signed(TwoSides())[0]
    assert msgspec.json.decode(msgspec.json.encode(document), type=CoSigned) == document
