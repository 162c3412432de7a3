"""Keys that change in a running conversation, and old keys that vouch for new conversations."""

from datetime import timedelta

import msgspec
import pytest

from tests.fakes.later_words import change_key
from tests.fakes.two_sides import CAST, DESK_SEED, NOW, SERVICE, TwoSides
from vrm_desktop.canon import strict_json
from vrm_desktop.domain.ids import Kid, MessageId
from vrm_desktop.domain.kinds import BEYOND_CORE, Kind, Side, State
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import SignedAgreement, parties, standing
from vrm_desktop.protocol.cards import parse_card, sign_card
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import (
    AlreadyReceived,
    BadAgreement,
    BadOrder,
    BadSignature,
    KeyChanged,
    Malformed,
    Missing,
    ProtocolError,
)
from vrm_desktop.protocol.keys import (
    Known,
    check_key_change,
    key_proof,
    known_proof,
    read_known,
    vouches,
    with_new_own_key,
    with_new_peer_key,
)
from vrm_desktop.protocol.orders import confirmed, countersign_order, order_text, placed, sign_order
from vrm_desktop.protocol.receiving import decode_again, open_conversation
from vrm_desktop.protocol.sealing import seal
from vrm_desktop.protocol.shapes import payload_of
from vrm_desktop.protocol.signing import SeedSigner, Typ, sign_compact

NEW = SeedSigner(b"a key made later, of 32 bytes...")
OTHER = SeedSigner(b"o" * 32)


def changing(two: TwoSides, **changes: str) -> messages.KeyChange:
    """An honest key-change with members changed."""
    message = messages.KeyChange(**two.person.stamp(), kid=NEW.kid, proof=key_proof(two.person.conversation, NEW))
    return msgspec.structs.replace(message, **changes)


def test_after_a_key_change_the_new_key_speaks_and_the_old_one_no_more() -> None:
    two = TwoSides().revealed()
    old = two.person.signer
    two.desk.take(change_key(two).envelope)
    new = two.person.signer.kid
    assert (two.desk.conversation.peer_kid, two.desk.conversation.peer_before) == (new, (old.kid,))
    assert two.person.conversation.own_kids == two.desk.conversation.kids(Side.PERSON) == (new, old.kid)
    words = messages.Message(**two.person.stamp(), text="It is me.")
    by_old = Envelope(jws=sign_compact(old, Typ.MESSAGE, payload_of(words)))
    with pytest.raises(BadSignature):
        two.desk.take(by_old)
    with pytest.raises(BadSignature):
        seal(two.person.conversation, words, old)
    two.tell_desk(words)
    two.tell_person(messages.Message(**two.desk.stamp(), text="Welcome back."))


def test_what_was_said_before_a_key_change_may_be_told_again() -> None:
    two = TwoSides().revealed()
    before = two.tell_desk(messages.Message(**two.person.stamp(), text="Once."))
    two.desk.take(change_key(two).envelope)
    with pytest.raises(AlreadyReceived):
        two.desk.take(before.envelope)


def test_a_message_under_a_key_whose_change_has_not_come_is_a_gap() -> None:
    two = TwoSides().revealed()
    last = two.desk.conversation.peer.seq
    change_key(two)
    after = two.person.send(messages.Message(**two.person.stamp(), text="Too early."))
    with pytest.raises(Missing) as caught:
        two.desk.take(after.envelope)
    assert caught.value.last == last
    foreign = msgspec.structs.replace(
        messages.Message(**two.person.stamp(), text="Not here."), conv="C" * 43, seq=last + 5
    )
    with pytest.raises(BadSignature):
        two.desk.take(Envelope(jws=sign_compact(OTHER, Typ.MESSAGE, payload_of(foreign))))


def test_a_vendors_answer_that_crossed_a_key_change_is_taken() -> None:
    two = TwoSides().revealed()
    crossing = two.desk.send(messages.Message(**two.desk.stamp(), text="To the old key."))
    change = change_key(two)
    two.person.take(crossing.envelope)
    two.desk.take(change.envelope)


def test_agreements_stand_when_a_key_has_changed_since() -> None:
    two = TwoSides().revealed()
    old = two.person.signer.kid
    two.desk.take(change_key(two).envelope)
    document = two.agreements[1].document
    for conversation in (two.person.conversation, two.desk.conversation):
        assert standing(document, conversation).hash == two.agreements[1].hash
    assert parties(document) == (old, two.desk.signer.kid)
    stranger = TwoSides(person_seed=b"s" * 32).revealed()
    with pytest.raises(BadAgreement):
        standing(document, stranger.person.conversation)
    with pytest.raises(BadSignature):
        SignedAgreement(document, person=two.person.signer.kid, vendor=two.desk.signer.kid)


@pytest.mark.parametrize(
    "forge",
    [
        lambda two: changing(two, proof=key_proof(two.person.conversation, OTHER)),
        lambda two: changing(two, kid=OTHER.kid),
        lambda two: changing(two, kid=two.person.signer.kid),
        lambda two: changing(two, kid=two.desk.signer.kid),
        lambda two: changing(two, proof=key_proof(two.desk.conversation, NEW)),
        lambda two: changing(two, proof=key_proof(TwoSides().person.conversation, NEW)),
        lambda two: changing(two, proof=sign_compact(NEW, Typ.MESSAGE, b"{}")),
    ],
    ids=["others-proof", "others-key", "same-key", "desks-key", "desks-change", "other-conversation", "other-type"],
)
def test_a_key_change_without_the_new_keys_consent_is_refused(forge: object) -> None:
    two = TwoSides().revealed()
    message = forge(two)  # type: ignore[operator]
    with pytest.raises(BadSignature):
        two.desk.take(Envelope(jws=sign_compact(two.person.signer, Typ.MESSAGE, payload_of(message))))
    with pytest.raises(BadSignature):
        seal(two.person.conversation, message, two.person.signer)
    assert two.desk.conversation.peer_kid == two.person.signer.kid


def test_a_key_that_was_used_before_does_not_come_back() -> None:
    two = TwoSides().revealed()
    old = two.person.signer
    two.desk.take(change_key(two).envelope)
    back = changing(two, kid=old.kid, proof=key_proof(two.person.conversation, old))
    with pytest.raises(BadSignature, match="knows already"):
        check_key_change(back, conversation=two.desk.conversation, old=two.person.signer.kid)


def test_a_key_change_that_crossed_the_end_still_counts() -> None:
    two = TwoSides().revealed()
    change = change_key(two)
    case = two.person.send(messages.Case(**two.person.stamp(), about="other", what="Hello?", want="answer"))
    closure = two.desk.send(messages.Closure(**two.desk.stamp(), reason="other"))
    two.desk.take(change.envelope)
    assert two.desk.take(case.envelope).conversation.state is State.ENDED
    two.person.take(closure.envelope)


def test_a_journal_is_read_again_with_all_keys_of_its_side() -> None:
    two = TwoSides().revealed()
    before = two.person.letters[Side.PERSON, two.person.own[-1]]
    two.desk.take(change_key(two).envelope)
    after = two.tell_desk(messages.Message(**two.person.stamp(), text="Now.")).envelope
    for envelope in (before, after):
        decode_again(envelope.jws, two.desk.conversation.peer_kids)
        with pytest.raises(BadSignature):
            decode_again(envelope.jws, two.desk.conversation.own_kids)


def test_an_order_is_read_again_under_the_keys_of_then() -> None:
    two = TwoSides().revealed()
    offer, offer_id = two.offer()
    text = order_text(
        offer, offer_id=offer_id, agreement=two.agreements[1], payment="vendor-link", digests=(), made=NOW
    )
    order = sign_order(text, two.person.signer)
    both = countersign_order(order, two.desk.signer, person=two.person.signer.kid)
    two.desk.take(change_key(two).envelope)
    for conversation in (two.person.conversation, two.desk.conversation):
        assert placed(order, conversation) == confirmed(both, conversation).text == text
    stranger = TwoSides(person_seed=b"s" * 32).revealed().desk.conversation
    with pytest.raises(BadOrder):
        placed(order, stranger)
    with pytest.raises(BadOrder):
        confirmed(both, stranger)


# known


def known_by(two: TwoSides, later: TwoSides, **changes: Kid) -> str:
    given = {"kid": later.person.signer.kid, "vendor": later.desk.signer.kid, **changes}
    return known_proof(two.person.conversation, two.person.signer, **given)


def test_a_customer_may_be_known_by_the_key_of_an_older_conversation() -> None:
    two, later = TwoSides().revealed(), TwoSides(person_seed=b"l" * 32)
    for message in (later.ping_message(), later.contact_message()):
        opening = msgspec.structs.replace(message, known=known_by(two, later))
        sealed = seal(later.person.conversation, opening, later.person.signer)
        opened = open_conversation(sealed.envelope, desk=later.desk.signer.kid, now=NOW)
        assert opened.known == Known(conversation=two.person.own[0], kid=two.person.signer.kid)
        assert opened.known is not None
        assert vouches(opened.known, two.desk.conversation)
        assert not vouches(opened.known, later.desk.conversation)
    known = Known(conversation=two.person.own[0], kid=two.person.signer.kid)
    two.desk.take(change_key(two).envelope)
    assert not vouches(known, two.desk.conversation)


@pytest.mark.parametrize(
    "token",
    [
        lambda two, later: known_by(two, later, kid=OTHER.kid),
        lambda two, later: known_by(two, later, vendor=OTHER.kid),
        lambda two, _: sign_compact(two.person.signer, Typ.MESSAGE, b"{}"),
        lambda two, _: sign_compact(two.person.signer, Typ.KNOWN, b"{ }"),
        lambda two, _: sign_compact(two.person.signer, Typ.KNOWN, b"{}"),
        lambda two, later: sign_compact(
            two.person.signer,
            Typ.KNOWN,
            strict_json.encode(
                {"conv": "C" * 43, "kid": later.person.signer.kid, "vendor": later.desk.signer.kid, "x": 1}
            ),
        ),
        lambda two, later: known_by(two, later)[:-8] + "AAAAAAAA",
    ],
    ids=["other-key", "other-desk", "other-type", "spaced", "empty", "one-more", "signature"],
)
def test_a_known_for_something_else_opens_nothing(token: object) -> None:
    two, later = TwoSides().revealed(), TwoSides(person_seed=b"l" * 32)
    text: str = token(two, later)  # type: ignore[operator]
    ping = msgspec.structs.replace(later.ping_message(), known=text)
    with pytest.raises(BadSignature):
        seal(later.person.conversation, ping, later.person.signer)
    envelope = Envelope(jws=sign_compact(later.person.signer, Typ.MESSAGE, payload_of(ping)))
    with pytest.raises(BadSignature):
        open_conversation(envelope, desk=later.desk.signer.kid, now=NOW)
    with pytest.raises(ProtocolError):
        read_known(text, kid=later.person.signer.kid, vendor=later.desk.signer.kid)


def test_only_the_key_of_an_opened_conversation_vouches() -> None:
    two, later = TwoSides().revealed(), TwoSides(person_seed=b"l" * 32)
    with pytest.raises(Malformed, match="never opened"):
        known_proof(later.person.conversation, later.person.signer, kid=NEW.kid, vendor=OTHER.kid)
    with pytest.raises(BadSignature):
        known_proof(two.person.conversation, later.person.signer, kid=NEW.kid, vendor=OTHER.kid)


# a desk's key


def card(two: TwoSides, signer: SeedSigner, previous: SeedSigner | None) -> bytes:
    terms = tuple(messages.CardTerms(roster=one.id, version=one.version, entry=one.entry) for one in (CAST, SERVICE))
    return sign_card(
        messages.Card(
            serial=2,
            expires="2027-05-01T00:00:00Z",
            key=signer.kid,
            name="R",
            endpoint="https://r.example",
            categories=("mobility",),
            terms=terms,
            kinds=("case", "voice"),
        ),
        signer,
        previous=previous,
    )


def test_a_conversation_goes_on_under_the_desks_new_key() -> None:
    two = TwoSides().revealed()
    old = SeedSigner(DESK_SEED)
    crossing = two.person.send(messages.Message(**two.person.stamp(), text="To the old key."))
    two.desk.conversation = with_new_own_key(two.desk.conversation, NEW.kid)
    two.desk.signer = NEW
    two.desk.take(crossing.envelope)
    answer = two.desk.send(messages.Message(**two.desk.stamp(), text="From the new key."))
    with pytest.raises(BadSignature):
        two.person.take(answer.envelope)
    two.person.conversation = with_new_peer_key(two.person.conversation, card(two, NEW, old), now=NOW)
    assert two.person.conversation.peer_kids == (NEW.kid, old.kid)
    two.person.take(answer.envelope)
    late = Envelope(jws=sign_compact(old, Typ.MESSAGE, payload_of(messages.Message(**two.desk.stamp(), text="x"))))
    with pytest.raises(BadSignature):
        two.person.take(late)
    two.tell_desk(messages.Message(**two.person.stamp(), text="To the new key."))


def test_a_card_that_the_old_key_did_not_sign_changes_no_conversation() -> None:
    two = TwoSides().revealed()
    with pytest.raises(KeyChanged):
        with_new_peer_key(two.person.conversation, card(two, NEW, None), now=NOW)
    with pytest.raises(BadSignature):
        with_new_peer_key(two.person.conversation, card(two, NEW, OTHER), now=NOW)
    with pytest.raises(ProtocolError):
        with_new_peer_key(two.person.conversation, card(two, NEW, two.desk.signer), now=NOW + timedelta(days=999))


def test_a_card_with_the_same_key_changes_nothing() -> None:
    two = TwoSides().revealed()
    same = two.person.conversation
    assert with_new_peer_key(same, card(two, two.desk.signer, None), now=NOW) is same
    assert with_new_own_key(two.desk.conversation, two.desk.signer.kid) is two.desk.conversation
    with pytest.raises(BadSignature, match="key-change"):
        with_new_own_key(same, NEW.kid)


def test_a_newer_kind_goes_only_to_a_desk_whose_card_lists_it() -> None:
    two = TwoSides()
    known = parse_card(card(two, two.desk.signer, None), now=NOW, pinned=None, last_serial=None)
    assert known.kinds == ("case", "voice")
    assert [kind for kind in sorted(BEYOND_CORE) if known.understands(kind)] == [Kind.CASE, Kind.VOICE]
    assert all(known.understands(kind) for kind in frozenset(Kind) - BEYOND_CORE)


def test_an_id_of_no_message_is_no_message() -> None:
    assert TwoSides().desk.stored(Side.PERSON, MessageId("N" * 43)) is None
