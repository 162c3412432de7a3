"""Whatever the domain can say comes back from the vault as it went in."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.filled_vault import all_of, expected, fill
from tests.fakes.strategies import INSTANTS, NAMES, TEXTS, records
from tests.fakes.vaults import read_now, tried, vault_in, write_now
from vrm_desktop.domain.acts import ACT_OF, KIND_OF, Act, ActState, OutboxEntry
from vrm_desktop.domain.agenda import AgendaItem
from vrm_desktop.domain.disclosure import LedgerRow
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.plan import CastPlan
from vrm_desktop.domain.profile import ProfileField
from vrm_desktop.domain.relationship import AgreementRecord, JournalRow, Note, OrderRecord, Relationship
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.vault.contents import Contents
from vrm_desktop.vault.repositories.part import to_instant, to_stamp
from vrm_desktop.vault.vault import OpenVault


def test_everything_is_there_after_the_vault_was_closed_and_opened(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        write_now(vault, fill)
        written = read_now(vault, all_of)
    with vault_in(tmp_path) as vault:
        assert read_now(vault, all_of) == written == expected()


@given(want=records(Intentcast))
def test_an_intentcast_comes_back(lasting_vault: OpenVault, want: Intentcast) -> None:
    def change(vault: Contents) -> None:
        vault.save_intentcast(want)
        assert vault.intentcast(want.id) == want
        assert vault.intentcasts() == (want,)

    tried(lasting_vault, change)


@given(plan=records(CastPlan))
def test_a_plan_comes_back(lasting_vault: OpenVault, plan: CastPlan) -> None:
    def change(vault: Contents) -> None:
        vault.save_plan(plan)
        assert vault.plan(plan.intentcast) == plan

    tried(lasting_vault, change)


@given(field=records(ProfileField))
def test_a_profile_field_comes_back(lasting_vault: OpenVault, field: ProfileField) -> None:
    def change(vault: Contents) -> None:
        vault.save_field(field)
        assert vault.profile() == (field,)

    tried(lasting_vault, change)


@given(vendor=records(Counterparty))
def test_a_vendor_comes_back(lasting_vault: OpenVault, vendor: Counterparty) -> None:
    def change(vault: Contents) -> None:
        vault.save_vendor(vendor)
        assert vault.vendor(vendor.id) == vendor
        assert vault.vendors() == (vendor,)

    tried(lasting_vault, change)


@given(relationship=records(Relationship))
def test_a_relationship_comes_back(lasting_vault: OpenVault, relationship: Relationship) -> None:
    def change(vault: Contents) -> None:
        vault.save_relationship(relationship)
        assert vault.relationship(relationship.id) == relationship
        assert vault.relationships(relationship.intentcast) == (relationship,)

    tried(lasting_vault, change)


@given(agreement=records(AgreementRecord))
def test_an_agreement_comes_back(lasting_vault: OpenVault, agreement: AgreementRecord) -> None:
    def change(vault: Contents) -> None:
        vault.save_agreement(agreement)
        assert vault.agreements(agreement.relationship) == (agreement,)

    tried(lasting_vault, change)


@given(offer=records(Offer))
def test_an_offer_comes_back(lasting_vault: OpenVault, offer: Offer) -> None:
    def change(vault: Contents) -> None:
        vault.save_offer(offer)
        assert vault.offer(offer.id) == offer
        assert vault.offers(offer.intentcast, offer.relationship) == (offer,)

    tried(lasting_vault, change)


@given(order=records(OrderRecord))
def test_an_order_comes_back(lasting_vault: OpenVault, order: OrderRecord) -> None:
    def change(vault: Contents) -> None:
        vault.save_order(order)
        assert vault.order(order.relationship) == order
        assert vault.orders() == (order,)

    tried(lasting_vault, change)


@given(entry=st.one_of([records(OutboxEntry, act=records(act)) for act in ACT_OF.values()]))
def test_an_act_of_every_kind_comes_back(lasting_vault: OpenVault, entry: OutboxEntry) -> None:
    def change(vault: Contents) -> None:
        vault.hold(entry)
        assert vault.act(entry.id) == entry
        assert vault.acts(states=frozenset(ActState), relationship=entry.relationship) == (entry,)

    tried(lasting_vault, change)


def test_every_act_has_its_own_kind_to_be_stored_under() -> None:
    assert set(KIND_OF) == set(Act.__args__)
    assert len(set(KIND_OF.values())) == len(KIND_OF)


@given(relationship=NAMES, texts=st.dictionaries(NAMES, TEXTS, max_size=4))
def test_pledges_come_back(lasting_vault: OpenVault, relationship: str, texts: dict[str, str]) -> None:
    def change(vault: Contents) -> None:
        vault.pledge(RelationshipId(relationship), texts)
        assert vault.pledges(RelationshipId(relationship)) == texts

    tried(lasting_vault, change)


@given(row=records(JournalRow))
def test_a_journal_row_comes_back_numbered(lasting_vault: OpenVault, row: JournalRow) -> None:
    def change(vault: Contents) -> None:
        numbered = replace(row, seq=1)
        assert vault.append_journal(row) == numbered
        assert vault.journal() == vault.journal(row.relationship) == (numbered,)
        assert vault.message_id(row.relationship, row.sender, row.number) == row.message
        assert vault.verify_chains() == (1, 0)

    tried(lasting_vault, change)


@given(row=records(LedgerRow))
def test_a_ledger_row_comes_back_numbered(lasting_vault: OpenVault, row: LedgerRow) -> None:
    def change(vault: Contents) -> None:
        numbered = replace(row, seq=1)
        assert vault.append_ledger(row) == numbered
        assert vault.ledger() == vault.ledger(vendor=row.vendor, relationship=row.relationship) == (numbered,)
        assert vault.verify_chains() == (0, 1)

    tried(lasting_vault, change)


@given(note=records(Note))
def test_a_note_comes_back(lasting_vault: OpenVault, note: Note) -> None:
    def change(vault: Contents) -> None:
        vault.add_note(note)
        assert vault.notes(note.relationship) == (note,)

    tried(lasting_vault, change)


@given(item=records(AgendaItem))
def test_an_agenda_item_comes_back(lasting_vault: OpenVault, item: AgendaItem) -> None:
    def change(vault: Contents) -> None:
        vault.put_agenda(item)
        assert vault.agenda() == (item,)

    tried(lasting_vault, change)


@given(key=TEXTS, value=TEXTS)
def test_a_setting_comes_back(lasting_vault: OpenVault, key: str, value: str) -> None:
    def change(vault: Contents) -> None:
        vault.set_setting(key, value)
        assert vault.setting(key) == value

    tried(lasting_vault, change)


@given(first=INSTANTS, second=INSTANTS)
def test_stamps_come_back_and_sort_as_instants_do(first: datetime, second: datetime) -> None:
    assert to_instant(to_stamp(first)) == first
    assert (to_stamp(first) < to_stamp(second)) == (first < second)
