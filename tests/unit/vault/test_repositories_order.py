"""Lists come in the order that the person, or the sending of acts, needs."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import specimens
from tests.fakes.vaults import tried
from vrm_desktop.domain.acts import ActState, Message, OutboxEntry
from vrm_desktop.domain.ids import ActId, IntentcastId, RelationshipId, VendorId
from vrm_desktop.vault.contents import Contents
from vrm_desktop.vault.vault import OpenVault

ALL = frozenset(ActState)
WAITING = frozenset({ActState.HELD, ActState.SEALED})


def entry(number: int, relationship: str, seconds: int, state: ActState = ActState.HELD) -> OutboxEntry:
    return OutboxEntry(
        id=ActId(f"act-{number}"),
        relationship=RelationshipId(relationship),
        act=Message(text=f"number {number}"),
        state=state,
        made=specimens.NOON,
        not_before=specimens.NOON + timedelta(seconds=seconds),
    )


def hold_all(vault: Contents, *entries: OutboxEntry) -> None:
    for each in entries:
        vault.hold(each)


def test_acts_come_by_the_instant_they_may_leave_and_then_by_making(lasting_vault: OpenVault) -> None:
    late, early, also_early = entry(1, "a", 20), entry(2, "b", 10), entry(3, "c", 10)

    def change(vault: Contents) -> None:
        hold_all(vault, late, early, also_early)
        assert vault.acts(states=ALL) == (early, also_early, late)

    tried(lasting_vault, change)


def test_an_act_never_overtakes_one_made_before_it_in_its_relationship(lasting_vault: OpenVault) -> None:
    first, second, other = entry(1, "a", 20), entry(2, "a", 5), entry(3, "b", 10)

    def change(vault: Contents) -> None:
        hold_all(vault, first, second, other)
        assert vault.acts(states=ALL) == (other, first, second)
        vault.update_act(replace(first, state=ActState.UNDONE))
        assert vault.acts(states=WAITING) == (second, other)

    tried(lasting_vault, change)


@given(
    made=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 50), st.sampled_from(ActState)), max_size=12),
    states=st.frozensets(st.sampled_from(ActState)),
)
def test_acts_keep_both_orders(
    lasting_vault: OpenVault, made: list[tuple[str, int, ActState]], states: frozenset[ActState]
) -> None:
    entries = [entry(number, *each) for number, each in enumerate(made)]

    def change(vault: Contents) -> None:
        hold_all(vault, *entries)
        found = vault.acts(states=states)
        assert set(found) == {each for each in entries if each.state in states}
        for relationship in "abc":
            mine = [each for each in entries if each.relationship == relationship and each.state in states]
            assert [each for each in found if each.relationship == relationship] == mine
            assert list(vault.acts(states=states, relationship=RelationshipId(relationship))) == mine
        turns: dict[str, datetime] = {}
        for each in found:
            turns[each.relationship] = max(each.not_before, turns.get(each.relationship, each.not_before))
            assert turns[each.relationship] == max(turns.values())

    tried(lasting_vault, change)


def test_the_agenda_comes_by_date(lasting_vault: OpenVault) -> None:
    first, second = specimens.AGENDA

    def change(vault: Contents) -> None:
        vault.put_agenda(replace(first, due=second.due + timedelta(days=1)))
        vault.put_agenda(second)
        assert [item.kind for item in vault.agenda()] == [second.kind, first.kind]

    tried(lasting_vault, change)


def test_what_was_saved_first_stays_first_when_it_is_saved_again(lasting_vault: OpenVault) -> None:
    ids = [IntentcastId(name) for name in ("zebra", "mole", "ant")]

    def change(vault: Contents) -> None:
        for want in [*ids, ids[1]]:
            vault.save_intentcast(replace(specimens.WANT, id=want))
        assert [want.id for want in vault.intentcasts()] == ids

    tried(lasting_vault, change)


def test_lists_can_be_narrowed(lasting_vault: OpenVault) -> None:
    other = RelationshipId("relationship-2")
    casts = (specimens.WANT.id, None)
    relationships = tuple(
        replace(specimens.RELATIONSHIP, id=id, intentcast=cast)
        for id, cast in zip((specimens.RELATIONSHIP.id, other), casts, strict=True)
    )
    offers = (
        specimens.OFFER,
        replace(specimens.OFFER, id=specimens.message_id(8), relationship=other),
        replace(specimens.OFFER, id=specimens.message_id(9), intentcast=IntentcastId("want-2")),
    )
    ledger = (specimens.LEDGER[0], replace(specimens.LEDGER[1], vendor=VendorId("vendor-2"), relationship=other))

    def change(vault: Contents) -> None:
        for relationship in relationships:
            vault.save_relationship(relationship)
        for offer in offers:
            vault.save_offer(offer)
        for row in ledger:
            vault.append_ledger(row)
        vault.append_journal(specimens.JOURNAL[0])
        assert vault.relationships() == relationships
        assert vault.relationships(specimens.WANT.id) == relationships[:1]
        assert vault.offers() == offers
        assert vault.offers(specimens.WANT.id) == offers[:2]
        assert vault.offers(relationship=other) == vault.offers(specimens.WANT.id, other) == offers[1:2]
        assert vault.ledger(vendor=VendorId("vendor-2")) == vault.ledger(relationship=other) == vault.ledger()[1:]
        assert vault.journal(other) == ()

    tried(lasting_vault, change)
