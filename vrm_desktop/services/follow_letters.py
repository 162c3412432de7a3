"""What a letter that went means for the paper it serves. Called where a letter is marked as sent."""

from datetime import date, timedelta

from vrm_desktop.domain.contract import Contract
from vrm_desktop.domain.letter import Letter, LetterAbout, LetterWay
from vrm_desktop.domain.rights import RequestEvent, RequestStep, RightsRequest
from vrm_desktop.services import contract_dates
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.rights_dates import keep_owed, settle_dates

POST_DAYS = timedelta(days=3)
"""How long a letter by post is taken to travel, until the person says when it was received."""

_EVENTS = {
    LetterAbout.RIGHTS: RequestEvent.WENT,
    LetterAbout.REMINDER: RequestEvent.REMINDED,
    LetterAbout.ADMONITION: RequestEvent.ADMONISHED,
    LetterAbout.COMPLAINT: RequestEvent.COMPLAINED,
    LetterAbout.REPLY: RequestEvent.DEMAND_MET,
}


def letter_went(tx: Transaction, means: Means, letter: Letter, on: date) -> tuple[tuple[str, str], ...]:
    """Move the request or contract that the letter serves; what changed, as kind and id. Others change nothing.

    A request that stands otherwise by now (it was answered in the meantime) stays as it is: the letter went all the
    same, and stands in its file.
    """
    contract = tx.paper(Contract, letter.source) if letter.about is LetterAbout.CANCEL and letter.source else None
    if contract is not None:
        contract_dates.settle_dates(tx, contract, means.clock.today(), reopen=True)
        return (("contract", contract.id), ("agenda", contract.id))
    request = tx.paper(RightsRequest, letter.source) if letter.source else None
    event = _EVENTS.get(letter.about)
    if request is None or event is None or not request.may(event):
        return ()
    arrives = on + POST_DAYS if letter.way is LetterWay.POST and event is RequestEvent.WENT else None
    day = max(on, request.went_on or on)
    moved = request.after(RequestStep(event=event, on=day, until=arrives, letter=letter.id))
    tx.keep_paper(moved)
    keep_owed(tx, moved)
    settle_dates(tx, moved, means.clock.today())
    return (("rights", request.id), ("agenda", request.id))
