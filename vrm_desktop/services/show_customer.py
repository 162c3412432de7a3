"""Showing that one is a customer: loyalty is the person's to show, to whom they choose, also after the end."""

from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.relationship import Note
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.formats.customer_statement import make_statement
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.stored_documents import signed

READER_LENGTH = 200


async def statement(means: Means, key: RelationshipId, reader: str) -> bytes:
    """The statement for one reader. It says the name of the vendor, and nothing about the person.

    Raises:
        NotFound: no such relationship. NoAgreement: nothing was signed.
        NotPossibleNow: the reader has no name, or the key has changed since the vendor signed.
    """
    plain = " ".join(reader.split())
    if not plain or len(plain) > READER_LENGTH:
        raise NotPossibleNow("a reader has a name of up to 200 characters")

    def change(tx: Transaction) -> bytes:
        found = tx.relationship(key)
        vendor = tx.vendor(found.vendor) if found is not None else None
        if found is None or vendor is None:
            raise NotFound(key)
        agreement, signer = signed(tx, found, TermsFrom.ACCEPT), tx.signer(key)
        if agreement.text.person != signer.kid:
            raise NotPossibleNow("the key has changed since")
        made = make_statement(agreement, reader=plain, vendor=vendor.name, made=means.clock.today(), signer=signer)
        tx.add_note(Note(relationship=key, at=means.clock.now(), sender=Side.PERSON, kind="customer-shown", text=plain))
        return made

    return await means.vault.write(change)
