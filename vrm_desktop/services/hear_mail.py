"""What follows at once from a mail that was taken in: what it offers is proposed, where it asks for money is looked at.

Neither counts for anything before the person has said so. Never here: taking mails in (read_mail).
"""

from contextlib import suppress

from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.mail import MailIn
from vrm_desktop.domain.payment import AlarmSource
from vrm_desktop.domain.ways import Way
from vrm_desktop.services import confirm_mail_offer, hand_over_payment
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction


def heard(tx: Transaction, means: Means, mail: MailIn) -> None:
    """Inside the transaction that takes the mail in, once for each mail."""
    _propose(tx, means, mail)
    for owner in _orders(tx, mail):
        hand_over_payment.heard(tx, means, owner, f"{mail.subject}\n{mail.text}", AlarmSource.MAIL)


def _propose(tx: Transaction, means: Means, mail: MailIn) -> None:
    """Where it answers a request by mail; a mail out of the blue begins nothing by itself."""
    owner = tx.relationship(mail.relationship) if mail.relationship is not None else None
    if owner is None or owner.way is not Way.MAIL or mail.intentcast is None:
        return
    with suppress(NotFound, NotPossibleNow):  # the want is over, or it became an offer already
        confirm_mail_offer.propose_within(tx, means, mail.id)


def _orders(tx: Transaction, mail: MailIn) -> tuple[RelationshipId, ...]:
    """The order that the mail belongs to, else all that its counterparty has: whoever wrote may mean any of them."""
    if mail.relationship is not None and tx.order(mail.relationship) is not None:
        return (mail.relationship,)
    return tuple(one.relationship for one in tx.orders() if _vendor_of(tx, one.relationship) == mail.vendor)


def _vendor_of(tx: Transaction, key: RelationshipId) -> str:
    owner = tx.relationship(key)
    return owner.vendor if owner is not None else ""
