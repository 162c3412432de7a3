"""The inbox's words for cases, changes, rights, voices, notices and uses of data. Sentences only."""

from vrm_desktop.wording.catalogue import _


def contact(code: str) -> str:
    """What somebody who made contact wants to talk about."""
    return {
        "question": _("A question"),
        "service": _("Service"),
        "order": _("An order"),
        "rights": _("Rights over data"),
        "claim": _("A claim"),
        "account": _("A customer's account"),
        "other": _("Something else"),
    }[code]


def case_about(code: str) -> str:
    """What a case is about."""
    return {
        "order": _("the order"),
        "product": _("the product"),
        "service": _("the service"),
        "bill": _("the bill"),
        "data": _("data"),
        "other": _("something else"),
    }[code]


def remedy(code: str) -> str:
    """What somebody wants in a case, or the shop offers."""
    return {
        "repair": _("repair"),
        "replacement": _("replacement"),
        "refund": _("money back"),
        "price-reduction": _("a lower price"),
        "withdrawal": _("withdrawal"),
        "delivery": _("delivery"),
        "answer": _("an answer"),
        "other": _("something else"),
    }[code]


def case_state(code: str) -> str:
    """How a case stands, by the shop's last word."""
    return {
        "": _("new"),
        "received": _("received"),
        "proposal": _("proposal made"),
        "accepted": _("accepted"),
        "refused": _("refused"),
        "done": _("done"),
    }[code]


def case_word(code: str) -> str:
    """The person's word on a case."""
    return {
        "accept": _("agree to the proposal"),
        "refuse": _("do not agree"),
        "resolved": _("say that it is resolved"),
        "unresolved": _("say that it is not resolved"),
        "withdrawn": _("take the case back"),
    }[code]


def change(code: str) -> str:
    """What shall happen to an order."""
    return {
        "cancel": _("Cancel the order"),
        "change": _("Change the order"),
        "pause": _("Pause the order"),
        "resume": _("Go on with the order"),
        "document": _("A document for the order"),
    }[code]


def right(code: str) -> str:
    """A right over data."""
    return {
        "access": _("to know what you hold"),
        "copy": _("a copy"),
        "correction": _("correction"),
        "erasure": _("erasure"),
        "objection": _("objection to a use"),
        "restriction": _("restriction"),
        "portability": _("to take it along"),
        "use-report": _("to know what was done with it"),
    }[code]


def report(code: str) -> str:
    """How far a right was met."""
    return {
        "": _("open"),
        "fulfilled": _("met"),
        "partly": _("partly met"),
        "refused": _("refused"),
        "extended": _("takes longer"),
    }[code]


def topic(code: str) -> str:
    """What a voice is."""
    return {"idea": _("an idea"), "experience": _("an experience"), "question": _("a question")}[code]


def voice(code: str) -> str:
    """What became of a voice."""
    return {"": _("open"), "seen": _("seen"), "planned": _("planned"), "done": _("done"), "no": _("no")}[code]


def notice(code: str) -> str:
    """What a notice says."""
    return {
        "cancel-contract": _("The contract is cancelled."),
        "withdrawal": _("The order is withdrawn from."),
        "objection": _("An objection."),
        "deadline": _("A deadline is set."),
        "complaint": _("A complaint."),
        "reference-retired": _("A reference is no longer valid."),
        "other": _("A notice."),
    }[code]


def purpose(code: str) -> str:
    """What data is for."""
    return {
        "quote": _("making an offer"),
        "delivery": _("delivery"),
        "payment": _("payment"),
        "contact": _("contact"),
        "service": _("service"),
        "marketing": _("marketing"),
        "research": _("research"),
        "personalisation": _("personalisation"),
    }[code]


def wished(code: str) -> str:
    """What came of a wish for data."""
    return {"": _("open"), "grant": _("granted"), "refuse": _("refused")}[code]
