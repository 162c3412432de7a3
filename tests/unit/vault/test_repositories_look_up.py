"""Looking something up reads what is asked for, not a whole table."""

from collections.abc import Callable, Sequence

import pytest

from tests.fakes import specimens
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.vault.connection import Row, Value, VaultConnection
from vrm_desktop.vault.contents import Contents
from vrm_desktop.vault.transaction import Transaction
from vrm_desktop.vault.vault import OpenVault

MINE = specimens.RELATIONSHIP.id


class ExplainedTransaction(Transaction):
    """A transaction that also asks how each query is answered."""

    def __init__(self, connection: VaultConnection) -> None:
        super().__init__(connection, writing=False)
        self.steps: list[str] = []

    def query(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        self.steps += [row["detail"] for row in super().query(f"EXPLAIN QUERY PLAN {sql}", parameters)]
        return super().query(sql, parameters)


def steps(vault: OpenVault, look: Callable[[Contents], object]) -> list[str]:
    def explain(connection: VaultConnection) -> list[str]:
        transaction = ExplainedTransaction(connection)
        contents = vault.contents(transaction)
        look(contents)
        return transaction.steps

    return vault.thread.upkeep_now(explain)


@pytest.mark.parametrize(
    "look",
    [
        pytest.param(lambda vault: vault.intentcast(specimens.WANT.id), id="intentcast"),
        pytest.param(lambda vault: vault.plan(specimens.WANT.id), id="plan"),
        pytest.param(lambda vault: vault.vendor(specimens.VENDOR.id), id="vendor"),
        pytest.param(lambda vault: vault.signer(MINE), id="signer"),
        pytest.param(lambda vault: vault.relationship(MINE), id="relationship"),
        pytest.param(lambda vault: vault.relationships(specimens.WANT.id), id="relationships of a cast"),
        pytest.param(lambda vault: vault.agreements(MINE), id="agreements"),
        pytest.param(lambda vault: vault.offer(specimens.OFFER.id), id="offer"),
        pytest.param(lambda vault: vault.offers(specimens.WANT.id), id="offers of a cast"),
        pytest.param(lambda vault: vault.offers(relationship=MINE), id="offers of a relationship"),
        pytest.param(lambda vault: vault.order(MINE), id="order"),
        pytest.param(lambda vault: vault.act(specimens.PING_ACT.id), id="act"),
        pytest.param(lambda vault: vault.pledges(MINE), id="pledges"),
        pytest.param(lambda vault: vault.journal(MINE), id="journal of a relationship"),
        pytest.param(lambda vault: vault.message_id(MINE, Side.PERSON, 1), id="message id"),
        pytest.param(lambda vault: vault.ledger(vendor=specimens.VENDOR.id), id="ledger of a vendor"),
        pytest.param(lambda vault: vault.ledger(relationship=MINE), id="ledger of a relationship"),
        pytest.param(lambda vault: vault.ledger_head(), id="ledger head"),
        pytest.param(lambda vault: vault.notes(MINE), id="notes"),
        pytest.param(lambda vault: vault.setting("look"), id="setting"),
    ],
)
def test_it_searches_and_never_scans_a_table(filled_vault: OpenVault, look: Callable[[Contents], object]) -> None:
    taken = steps(filled_vault, look)
    assert any(step.startswith("SEARCH") for step in taken)
    assert [step for step in taken if step.startswith("SCAN") and "json_each" not in step] == []


@pytest.mark.parametrize("relationship", [None, MINE])
def test_waiting_acts_are_found_without_reading_finished_ones(
    filled_vault: OpenVault, relationship: RelationshipId | None
) -> None:
    waiting = frozenset({ActState.HELD, ActState.SEALED})
    taken = steps(filled_vault, lambda vault: vault.acts(states=waiting, relationship=relationship))
    assert [step for step in taken if step.startswith("SCAN outbox")] == []
    assert any(step.startswith("SEARCH outbox USING INDEX") for step in taken)
