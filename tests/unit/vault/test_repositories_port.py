"""The vault fits the services' ports, keeps to its transaction, and refuses what it cannot keep."""

import asyncio
import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.fakes import specimens
from tests.fakes.filled_vault import all_of, expected, fill
from tests.fakes.vaults import a_vault, open_test_vault, read_now, tried, write_now
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.ids import ActId, RelationshipId, VendorId
from vrm_desktop.domain.offer import OfferState
from vrm_desktop.domain.promise import Promise
from vrm_desktop.services import ports
from vrm_desktop.vault.contents import Contents
from vrm_desktop.vault.errors import Conflict, StatementRefused, ValueRefused, VaultClosed, VaultDamaged
from vrm_desktop.vault.vault import OpenVault

MINE = specimens.RELATIONSHIP.id


def _as_transaction(contents: Contents) -> ports.Transaction:
    return contents


def _as_vault(vault: OpenVault) -> ports.Vault:
    return vault


def test_services_use_the_vault_through_their_ports(tmp_path: Path) -> None:
    def change(vault: ports.Transaction) -> ports.Signer:
        fill(vault) if isinstance(vault, Contents) else pytest.fail("not the vault's own")
        return vault.signer(MINE)

    async def scene() -> None:
        async with a_vault(tmp_path) as opened:
            vault = _as_vault(opened)
            signer = await vault.write(change)
            assert signer.kid == specimens.KID
            assert await vault.read(lambda found: found.intentcast(specimens.WANT.id)) == specimens.WANT
        reopened = await open_test_vault(tmp_path)
        try:
            assert await reopened.read(all_of) == expected()
        finally:
            reopened.close()

    asyncio.run(scene())


def test_the_port_lists_what_the_vault_offers(empty_vault: OpenVault) -> None:
    port = {name for name, _ in inspect.getmembers(ports.Transaction, inspect.isfunction) if not name.startswith("_")}
    offered = {name for name, _ in inspect.getmembers(Contents, inspect.isfunction) if not name.startswith("_")}
    assert port <= offered
    assert offered - port == {"erase_ledger_values", "verify_journal", "verify_ledger"}
    assert read_now(empty_vault, _as_transaction) is not None


WRITES: dict[str, Callable[[Contents], object]] = {
    "save_intentcast": lambda vault: vault.save_intentcast(specimens.WANT),
    "save_plan": lambda vault: vault.save_plan(specimens.PLAN),
    "save_field": lambda vault: vault.save_field(specimens.FIELD),
    "remove_field": lambda vault: vault.remove_field(specimens.FIELD.id),
    "save_vendor": lambda vault: vault.save_vendor(specimens.VENDOR),
    "new_identity": lambda vault: vault.new_identity(RelationshipId("new"), bytes(32), "new"),
    "change_key": lambda vault: vault.change_key(MINE, bytes(32)),
    "save_relationship": lambda vault: vault.save_relationship(specimens.RELATIONSHIP),
    "save_agreement": lambda vault: vault.save_agreement(specimens.AGREEMENT),
    "save_offer": lambda vault: vault.save_offer(replace(specimens.OFFER, id=specimens.message_id(9))),
    "set_offer_state": lambda vault: vault.set_offer_state(specimens.OFFER.id, OfferState.LIVE),
    "save_order": lambda vault: vault.save_order(specimens.ORDER),
    "hold": lambda vault: vault.hold(replace(specimens.DECLINE_ACT, id=ActId("act-9"))),
    "update_act": lambda vault: vault.update_act(replace(specimens.DECLINE_ACT, state=ActState.UNDONE)),
    "pledge": lambda vault: vault.pledge(MINE, {}),
    "append_journal": lambda vault: vault.append_journal(
        replace(specimens.JOURNAL[0], number=9, message=specimens.message_id(9))
    ),
    "erase_disclosures": lambda vault: vault.erase_disclosures(MINE),
    "erase_ledger_values": lambda vault: vault.erase_ledger_values(MINE),
    "append_ledger": lambda vault: vault.append_ledger(replace(specimens.LEDGER[0], name="new")),
    "set_ledger_state": lambda vault: vault.set_ledger_state(specimens.message_id(1), LedgerState.SENT),
    "set_row_state": lambda vault: vault.set_row_state(1, LedgerState.SENT),
    "add_note": lambda vault: vault.add_note(replace(specimens.NOTES[0], text="new")),
    "keep_paper": lambda vault: vault.keep_paper(specimens.PROMISE),
    "drop_paper": lambda vault: vault.drop_paper(Promise, specimens.PROMISE.id),
    "attach": lambda vault: vault.attach(specimens.ATTACHMENT, specimens.ATTACHED),
    "put_agenda": lambda vault: vault.put_agenda(specimens.AGENDA[0]),
    "new_page_key": lambda vault: vault.new_page_key(bytes(40)),
    "drop_old_page_keys": Contents.drop_old_page_keys,
    "set_setting": lambda vault: vault.set_setting("look", "light"),
}


@pytest.mark.parametrize("name", WRITES)
def test_a_read_changes_nothing(filled_vault: OpenVault, name: str) -> None:
    with pytest.raises(StatementRefused):
        read_now(filled_vault, WRITES[name])
    assert read_now(filled_vault, all_of) == expected()


def test_every_method_that_changes_something_is_tried_in_a_read() -> None:
    beginnings = (
        "save",
        "set_",
        "remove",
        "new_",
        "hold",
        "update",
        "append",
        "erase",
        "add",
        "put",
        "pledge",
        "keep",
        "drop",
        "attach",
        "change",
    )
    changing = {name for name in dir(Contents) if name.startswith(beginnings)} - {"pledges", "attached"}
    assert changing == set(WRITES)


def test_a_change_that_fails_leaves_nothing(empty_vault: OpenVault) -> None:
    class Interrupted(Exception):
        pass

    def change(vault: Contents) -> None:
        fill(vault)
        raise Interrupted

    before = empty_vault.check().counts
    with pytest.raises(Interrupted):
        write_now(empty_vault, change)
    assert empty_vault.check().counts == before
    assert read_now(empty_vault, lambda vault: vault.verify_chains()) == (0, 0)


def test_a_reference_to_nothing_is_refused_when_the_transaction_commits(empty_vault: OpenVault) -> None:
    lost = replace(specimens.RELATIONSHIP, vendor=VendorId("nobody"), intentcast=None)
    with pytest.raises(Conflict):
        write_now(empty_vault, lambda vault: vault.save_relationship(lost))
    assert read_now(empty_vault, lambda vault: vault.relationships()) == ()


def test_the_contents_end_with_their_closure(filled_vault: OpenVault) -> None:
    escaped = read_now(filled_vault, lambda vault: vault)
    with pytest.raises(VaultClosed):
        escaped.intentcasts()


def test_values_that_would_not_come_back_are_refused(empty_vault: OpenVault) -> None:
    naive = datetime(2026, 5, 4, 12, 0, 0)  # noqa: DTZ001 - what is refused
    for change in (
        lambda vault: vault.save_field(replace(specimens.FIELD, value="\ud800")),
        lambda vault: vault.save_field(replace(specimens.FIELD, updated=naive)),
        lambda vault: vault.hold(replace(specimens.DECLINE_ACT, not_before=naive)),
        lambda vault: vault.set_setting("key", "a\0b"),
    ):
        with pytest.raises(ValueRefused) as caught:
            tried(empty_vault, change)
        assert specimens.FIELD.value not in str(caught.value)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE intentcasts SET body = '{}'",
        "UPDATE intentcasts SET body = replace(body, '\"quantity\":1', '\"quantity\":0')",
        "UPDATE offers SET state = 'sold'",
        "UPDATE outbox SET state = 'lost' WHERE nth = 1",
        "UPDATE outbox SET kind = 'shout' WHERE nth = 1",
        "UPDATE outbox SET kind = 'offer' WHERE nth = 1",
        "UPDATE outbox SET act = '{}' WHERE nth = 1",
        "UPDATE ledger SET state = 'lost'",
    ],
)
def test_a_row_that_cannot_be_read_back_is_called_damaged(filled_vault: OpenVault, damage: str) -> None:
    filled_vault.thread.write_now(lambda sql: sql.execute(damage))
    with pytest.raises(VaultDamaged) as caught:
        read_now(filled_vault, all_of)
    assert specimens.WANT.title not in str(caught.value)
