"""Everything takes effect once: repeats change nothing, and what contradicts an earlier word is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.fakes import specimens
from tests.fakes.filled_vault import all_of, fill
from tests.fakes.vaults import read_now, tried, write_now
from vrm_desktop.domain.acts import ActState, Message
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.ids import ActId, FieldId, IntentcastId, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.offer import OfferState
from vrm_desktop.domain.relationship import OrderState
from vrm_desktop.vault.contents import Contents
from vrm_desktop.vault.errors import Conflict, NoSuchRecord, ValueRefused
from vrm_desktop.vault.vault import OpenVault

MINE = specimens.RELATIONSHIP.id
LATER = timedelta(hours=1)
OTHER_SEED = bytes(reversed(range(32)))


def _taking_anothers_seed(vault: Contents) -> None:
    vault.new_identity(RelationshipId("other"), OTHER_SEED, "another secret")
    vault.change_key(MINE, OTHER_SEED)


def test_saving_everything_twice_is_saving_it_once(filled_vault: OpenVault) -> None:
    before = read_now(filled_vault, all_of)
    write_now(filled_vault, fill)
    assert read_now(filled_vault, all_of) == before


def test_a_repeated_message_is_the_one_that_is_there(filled_vault: OpenVault) -> None:
    known = specimens.JOURNAL[2]
    repeated = replace(known, seq=0, at=known.at + LATER, disclosures=())
    assert tried(filled_vault, lambda vault: vault.append_journal(repeated)) == known


def test_a_repeated_disclosure_is_the_one_that_is_there(filled_vault: OpenVault) -> None:
    known = specimens.LEDGER[0]
    repeated = replace(known, seq=0, at=known.at + LATER, state=LedgerState.LEAVING)
    assert tried(filled_vault, lambda vault: vault.append_ledger(repeated)) == known


def test_a_repeated_disclosure_does_not_bring_an_erased_value_back(filled_vault: OpenVault) -> None:
    def change(vault: Contents) -> None:
        vault.erase_ledger_values(MINE)
        assert vault.append_ledger(specimens.LEDGER[0]).value == ""
        assert vault.ledger()[0].value == ""

    tried(filled_vault, change)


def test_an_offer_that_comes_again_keeps_its_state(filled_vault: OpenVault) -> None:
    again = replace(specimens.OFFER, state=OfferState.LIVE, received=specimens.OFFER.received + LATER)

    def change(vault: Contents) -> None:
        vault.save_offer(again)
        assert vault.offers() == (specimens.OFFER,)

    tried(filled_vault, change)


def test_an_identity_made_again_is_the_same(filled_vault: OpenVault) -> None:
    assert (
        tried(filled_vault, lambda vault: vault.new_identity(MINE, specimens.SEED, specimens.READ_SECRET))
        == specimens.KID
    )


def test_a_changed_key_signs_from_then_on_and_the_old_one_is_gone(filled_vault: OpenVault) -> None:
    def change(vault: Contents) -> None:
        before = vault.read_secret(MINE)
        signer = vault.change_key(MINE, OTHER_SEED)
        assert signer.kid not in {specimens.KID, None}
        assert (vault.kid(MINE), vault.signer(MINE).kid) == (signer.kid, signer.kid)
        assert vault.read_secret(MINE) == before
        assert vault.kid(RelationshipId("nobody")) is None

    write_now(filled_vault, change)
    kept = filled_vault.thread.read_now(lambda sql: [row["seed"] for row in sql.query("SELECT seed FROM identities")])
    assert OTHER_SEED in kept
    assert specimens.SEED not in kept


def test_a_key_is_changed_only_where_there_is_one(filled_vault: OpenVault) -> None:
    with pytest.raises(NoSuchRecord):
        write_now(filled_vault, lambda vault: vault.change_key(RelationshipId("nobody"), OTHER_SEED))


@pytest.mark.parametrize(
    "contradiction",
    [
        pytest.param(
            lambda vault: vault.append_journal(replace(specimens.JOURNAL[0], jws="x.y.z")), id="same message id"
        ),
        pytest.param(
            lambda vault: vault.append_journal(replace(specimens.JOURNAL[0], message=specimens.message_id(9))),
            id="same number of the same sender",
        ),
        pytest.param(
            lambda vault: vault.append_journal(replace(specimens.JOURNAL[0], kind=Kind.MESSAGE)), id="another kind"
        ),
        pytest.param(lambda vault: vault.append_ledger(replace(specimens.LEDGER[0], value="other")), id="other value"),
        pytest.param(
            lambda vault: vault.append_ledger(replace(specimens.LEDGER[0], subject="child")), id="other subject"
        ),
        pytest.param(lambda vault: vault.save_offer(replace(specimens.OFFER, note="Dearer.")), id="other offer"),
        pytest.param(
            lambda vault: vault.save_offer(replace(specimens.OFFER, state=OfferState.ACCEPTED)), id="state of an offer"
        ),
        pytest.param(
            lambda vault: vault.save_order(replace(specimens.ORDER, offer=specimens.message_id(9))), id="second order"
        ),
        pytest.param(lambda vault: vault.hold(replace(specimens.DECLINE_ACT, act=Message(text="Hm"))), id="other act"),
        pytest.param(lambda vault: vault.new_identity(MINE, OTHER_SEED, "another secret"), id="second identity"),
        pytest.param(lambda vault: vault.new_identity(MINE, specimens.SEED, "another secret"), id="second secret"),
        pytest.param(
            lambda vault: vault.new_identity(RelationshipId("other"), specimens.SEED, "another secret"),
            id="one seed for two",
        ),
        pytest.param(
            lambda vault: vault.new_identity(RelationshipId("other"), OTHER_SEED, specimens.READ_SECRET),
            id="one secret for two",
        ),
        pytest.param(lambda vault: vault.new_identity(RelationshipId("other"), OTHER_SEED, ""), id="no secret"),
        pytest.param(_taking_anothers_seed, id="another's seed as a new key"),
        pytest.param(
            lambda vault: vault.update_act(replace(specimens.DECLINE_ACT, act=Message(text="Hm"))), id="changed mind"
        ),
        pytest.param(
            lambda vault: vault.update_act(replace(specimens.REVEAL_ACT, message=specimens.message_id(9))),
            id="sealed twice",
        ),
        pytest.param(lambda vault: vault.update_act(replace(specimens.REVEAL_ACT, body=b"else")), id="other bytes"),
        pytest.param(lambda vault: vault.update_act(replace(specimens.REVEAL_ACT, body=b"")), id="lost bytes"),
    ],
)
def test_a_contradiction_is_refused_and_changes_nothing(
    filled_vault: OpenVault, contradiction: Callable[[Contents], object]
) -> None:
    before = read_now(filled_vault, all_of)
    with pytest.raises(Conflict):
        write_now(filled_vault, contradiction)
    assert read_now(filled_vault, all_of) == before


@pytest.mark.parametrize(
    ("refused", "error"),
    [
        (lambda vault: vault.append_journal(replace(specimens.JOURNAL[0], message=specimens.message_id(9))), Conflict),
        (
            lambda vault: vault.append_journal(
                replace(specimens.JOURNAL[0], number=9, message=specimens.message_id(9), disclosures=("fine", "\0"))
            ),
            ValueRefused,
        ),
        (lambda vault: vault.append_ledger(replace(specimens.LEDGER[0], name="new", value="\0")), ValueRefused),
        (lambda vault: vault.pledge(MINE, {"fine": "fine", "not": "\0"}), ValueRefused),
    ],
)
def test_a_closure_that_goes_on_after_a_refusal_keeps_the_vault_whole(
    filled_vault: OpenVault, refused: Callable[[Contents], object], error: type[Exception]
) -> None:
    before = read_now(filled_vault, all_of)

    def change(vault: Contents) -> None:
        with pytest.raises(error):
            refused(vault)

    write_now(filled_vault, change)
    assert read_now(filled_vault, all_of) == before


def test_a_held_act_is_sealed_delivered_and_its_bytes_let_go(filled_vault: OpenVault) -> None:
    sealed = replace(
        specimens.DECLINE_ACT, state=ActState.SEALED, message=specimens.message_id(5), body=b"envelope", attempts=1
    )
    delivered = replace(sealed, state=ActState.DELIVERED, body=b"", maybe=True, trouble="late", channel="e-mail")

    def change(vault: Contents) -> None:
        vault.update_act(sealed)
        assert vault.act(sealed.id) == sealed
        vault.update_act(delivered)
        assert vault.act(sealed.id) == delivered

    tried(filled_vault, change)


def test_an_order_that_came_to_nothing_gives_way_to_another_offers(filled_vault: OpenVault) -> None:
    gone = replace(specimens.ORDER, state=OrderState.CANCELLED, record="")
    other = replace(specimens.ORDER, offer=specimens.message_id(9))

    def change(vault: Contents) -> None:
        vault.save_order(gone)
        vault.save_order(other)
        assert vault.orders() == (other,)

    tried(filled_vault, change)


def test_saving_again_replaces_what_moves_on(filled_vault: OpenVault) -> None:
    order = replace(specimens.ORDER, state=OrderState.FULFILLED, paid=specimens.NOON)
    want = replace(specimens.WANT, title="A gravel bike after all")
    item = replace(specimens.AGENDA[1], done=True, due=specimens.AGENDA[0].due)

    def change(vault: Contents) -> None:
        vault.save_order(order)
        assert vault.orders() == (order,)
        vault.save_intentcast(want)
        assert vault.intentcasts() == (want,)
        vault.put_agenda(item)
        assert item in vault.agenda()
        assert len(vault.agenda()) == len(specimens.AGENDA)
        vault.set_setting("look", "light")
        assert vault.setting("look") == "light"
        vault.pledge(MINE, {})
        assert vault.pledges(MINE) == {}
        vault.remove_field(specimens.FIELD.id)
        vault.remove_field(specimens.FIELD.id)
        assert vault.profile() == ()
        vault.set_offer_state(specimens.OFFER.id, OfferState.ACCEPTED)
        assert vault.offer(specimens.OFFER.id) == replace(specimens.OFFER, state=OfferState.ACCEPTED)
        vault.set_ledger_state(specimens.LEDGER[0].message, LedgerState.ERASED)
        vault.set_ledger_state(MessageId("disclosed nothing"), LedgerState.SENT)
        assert [row.state for row in vault.ledger()] == [LedgerState.ERASED, LedgerState.ERASED, LedgerState.LEAVING]
        assert vault.overdue_ledger(date(2100, 1, 1)) == ()
        vault.set_row_state(vault.ledger()[1].seq, LedgerState.SENT)
        (overdue,) = vault.overdue_ledger(date(2100, 1, 1))
        assert overdue == vault.ledger()[1]
        assert vault.overdue_ledger(overdue.until) == ()
        vault.set_ledger_state(overdue.message, LedgerState.ERASED)
        vault.set_row_state(vault.ledger()[0].seq, LedgerState.EXPIRED)
        assert [row.state for row in vault.ledger()] == [LedgerState.EXPIRED, LedgerState.ERASED, LedgerState.LEAVING]

    tried(filled_vault, change)


def test_what_is_not_there_is_none_or_nothing(empty_vault: OpenVault) -> None:
    def look(vault: Contents) -> None:
        nobody = RelationshipId("nobody")
        assert vault.intentcast(IntentcastId("none")) is None
        assert vault.plan(IntentcastId("none")) is None
        assert vault.vendor(VendorId("none")) is None
        assert vault.relationship(nobody) is None
        assert vault.order(nobody) is None
        assert vault.offer(MessageId("none")) is None
        assert vault.act(ActId("none")) is None
        assert vault.setting("none") is None
        assert vault.message_id(nobody, Side.PERSON, 1) is None
        for nothing in (vault.journal(), vault.ledger(), vault.notes(nobody), vault.agreements(nobody)):
            assert nothing == ()
        assert vault.acts(states=frozenset()) == ()
        assert vault.pledges(nobody) == {}
        assert vault.verify_chains() == (0, 0)

    read_now(empty_vault, look)


@pytest.mark.parametrize(
    "missing",
    [
        pytest.param(lambda vault: vault.signer(RelationshipId("nobody")), id="signer"),
        pytest.param(lambda vault: vault.read_secret(RelationshipId("nobody")), id="read secret"),
        pytest.param(lambda vault: vault.set_offer_state(MessageId("none"), OfferState.LIVE), id="offer"),
        pytest.param(lambda vault: vault.update_act(specimens.PING_ACT), id="act"),
    ],
)
def test_what_must_be_there_is_missed_aloud(empty_vault: OpenVault, missing: Callable[[Contents], object]) -> None:
    with pytest.raises(NoSuchRecord):
        write_now(empty_vault, missing)


def test_removing_a_field_that_was_never_there_is_no_error(empty_vault: OpenVault) -> None:
    write_now(empty_vault, lambda vault: vault.remove_field(FieldId("none")))
