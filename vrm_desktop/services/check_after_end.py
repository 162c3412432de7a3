"""After the end: asked once more what is still held. The answer is a data request's, with its clock. No letters."""

from dataclasses import replace

from vrm_desktop.domain.agenda import AgendaKind
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.domain.rights import RequestState, RightsRequest
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.exercise_rights import Asking, ask_one
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.rights_letters import Shelves


async def ask_what_is_held(means: Means, key: RelationshipId, shelves: Shelves) -> RightsRequest:
    """Ask what is still held and what was done with it: over the wire, or as a letter to look at and to send.

    Raises:
        NotFound: no such relationship. NotPossibleNow: it is not over, or was asked already and the answer is awaited.
        NoLetterTemplate: no template in a language that can be used.
    """

    def change(tx: Transaction) -> RightsRequest:
        found = tx.relationship(key)
        if found is None:
            raise NotFound(key)
        if found.state is not RelationshipState.ENDED:
            raise NotPossibleNow(found.state.value)
        before = newest_check(tx.papers(RightsRequest, vendor=found.vendor), key)
        if before is not None and (before.running or before.state is RequestState.DRAFT):
            raise NotPossibleNow("it was asked already")
        made = ask_one(tx, means, found.vendor, Asking(right=DataRight.USE_REPORT, relationship=key), shelves)
        if made.relationship != key:  # a letter is kept in the counterparty's own file
            made = replace(made, relationship=key)
            tx.keep_paper(made)
        for item in tx.agenda():
            if item.kind is AgendaKind.AFTER_END and item.key == key and not item.done:
                tx.put_agenda(replace(item, done=True))
        return made

    return await means.vault.write(change)


def newest_check(requests: tuple[RightsRequest, ...], key: RelationshipId) -> RightsRequest | None:
    """The newest question of this kind in this relationship, if it was ever asked."""
    asked = [one for one in requests if one.relationship == key and one.right is DataRight.USE_REPORT]
    return max(asked, key=lambda one: (one.at, one.id), default=None)
