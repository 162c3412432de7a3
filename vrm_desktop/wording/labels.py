"""States, fields and closed words as people read them. One function a noun; no decisions here."""

from vrm_desktop.domain.categories import CATEGORIES
from vrm_desktop.domain.disclosure import LedgerState, Purpose
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.kinds import State
from vrm_desktop.domain.offer import OfferState
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.ranking import Caveat, Criterion
from vrm_desktop.domain.relationship import AgreementState, Note, OrderState, RelationshipState
from vrm_desktop.domain.terms import Standing
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.claims import claim_note_words
from vrm_desktop.wording.data_notes import FIELD_NOTES, data_note_words
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.mail_words import mail_note_words


def code_label(code: str) -> str:
    """What a stored difficulty means, in one sentence."""
    return advice(code).title


def field_label(path: FieldPath) -> str:
    """A field of the profile."""
    return {
        FieldPath.NAME: _("name"),
        FieldPath.GIVEN_NAME: _("given name"),
        FieldPath.SURNAME: _("family name"),
        FieldPath.NICKNAME: _("nickname"),
        FieldPath.ORGANIZATION: _("organisation"),
        FieldPath.EMAIL: _("e-mail"),
        FieldPath.PHONE: _("phone"),
        FieldPath.STREET: _("street and number"),
        FieldPath.LOCALITY: _("town"),
        FieldPath.REGION: _("region"),
        FieldPath.POSTCODE: _("postcode"),
        FieldPath.COUNTRY: _("country"),
        FieldPath.BIRTHDAY: _("birthday"),
        FieldPath.LANGUAGE: _("language"),
        FieldPath.NOTE: _("note"),
        FieldPath.LINK: _("web address"),
    }[path]


def asked_field_label(name: str) -> str:
    """A wire name (`profile.name`, `want.title`, `category`) as people say it; an unknown one as it stands."""
    if name.startswith("profile.") and name.removeprefix("profile.") in set(FieldPath):
        return field_label(FieldPath(name.removeprefix("profile.")))
    if name.startswith("desk."):
        return _("{path} in its form").format(path=name.removeprefix("desk."))
    if name.startswith("letter."):
        named = {"customer-number": _("your customer number there"), "reference": _("the letter's reference")}
        told = name.removeprefix("letter.")
        return named.get(told, told)
    words = {
        "want.title": _("what you want"),
        "want.details": _("your details on it"),
        "want.words": _("what you want, in words"),
        "want.context": _("your details on it, and its condition"),
        "want.quantity": _("how many"),
        "want.place": _("place"),
        "want.payment": _("how you would pay"),
        "want.bid": _("what you offer to pay"),
        "category": _("category"),
        "condition": _("condition"),
        "fulfilment": _("how it reaches you"),
        "area": _("area"),
        "answers-by": _("answers by"),
        "needed-by": _("needed by"),
        "asked": _("how many are asked"),
        "about": _("what it is about"),
        "customer.number": _("your customer number there"),
        "known": _("that you are their customer"),
        "shop.item": _("which thing on its list"),
        "shop.order": _("which order"),
        "shop.cart": _("which cart"),
        "shop.checkout": _("which checkout"),
        "shop.profile": _("the page about who asks"),
        "shop.key": _("the key that signs this, which links it to your page and to all else that it signs"),
        "want.currency": _("currency"),
    }
    return words[name] if name in words else _attribute_label(name.removeprefix("attribute."))


def asked_fields(names: str) -> str:
    """Wire names, a line each, in words and in one line; words from an older vault stay as they are."""
    return ", ".join(dict.fromkeys(asked_field_label(name) for name in names.split("\n")))


def _attribute_label(key: str) -> str:
    """An attribute of whichever category has it; an unknown one shows its key."""
    labels = (one.label for category in CATEGORIES.values() for one in category.all_attributes if one.key == key)
    label = next(labels, None)
    return _(label) if label else key.replace("_", " ")


def intentcast_state_label(state: IntentcastState) -> str:
    """Where a want stands."""
    return {
        IntentcastState.DRAFT: _("not asked yet"),
        IntentcastState.CAST: _("asked"),
        IntentcastState.ORDERED: _("ordered"),
        IntentcastState.WITHDRAWN: _("taken back"),
        IntentcastState.CLOSED: _("put away"),
    }[state]


def check_label(question: str) -> str:
    """One question of a vault check; an unknown one shows its own name."""
    words = {
        "header": _("key file"),
        "previous-header": _("key file, the version before"),
        "opening": _("opens with your passphrase"),
        "salt": _("file and key file belong together"),
        "cipher": _("every page is genuine"),
        "structure": _("structure"),
        "references": _("nothing refers to what is gone"),
        "journal": _("journal, link by link"),
        "ledger": _("ledger, link by link"),
        "search": _("search"),
    }
    return words.get(question, question)


def purpose_label(purpose: Purpose) -> str:
    """What a field may be used for."""
    return {
        Purpose.QUOTE: _("to make an offer"),
        Purpose.DELIVERY: _("to deliver"),
        Purpose.PAYMENT: _("to get paid"),
        Purpose.CONTACT: _("to reach you"),
        Purpose.SERVICE: _("to serve you"),
        Purpose.RIGHTS: _("to answer a request about your data"),
        Purpose.MARKETING: _("to advertise to you"),
        Purpose.RESEARCH: _("for research"),
        Purpose.PERSONALISATION: _("to tailor what you see"),
    }[purpose]


def ledger_state_label(state: LedgerState) -> str:
    """What is known of a disclosure's fate."""
    return {
        LedgerState.LEAVING: _("leaving"),
        LedgerState.SENT: _("received"),
        LedgerState.MAYBE: _("may have been disclosed"),
        LedgerState.EXPIRED: _("lapsed"),
        LedgerState.ERASURE_ASKED: _("erasure asked for"),
        LedgerState.ERASED: _("erased, says the vendor"),
        LedgerState.NOT_SENT: _("never sent"),
    }[state]


def conversation_label(state: State) -> str:
    """Where a conversation stands."""
    return {
        State.NEW: _("not asked yet"),
        State.ASKED: _("asked, no answer yet"),
        State.COUNTERED: _("proposes other conditions"),
        State.DECLINED: _("declined"),
        State.REFUSED: _("you refused its conditions"),
        State.AGREED: _("signed your conditions"),
        State.REVEALED: _("knows what you want, is making an offer"),
        State.OFFERED: _("made an offer"),
        State.HAGGLING: _("has your price proposal"),
        State.PASSED: _("you declined its offer"),
        State.ORDERED: _("has your order"),
        State.CONFIRMED: _("confirmed your order"),
        State.WITHDRAWN: _("you took the question back"),
        State.ENDING: _("you are leaving"),
        State.ENDED: _("over"),
    }[state]


def relationship_state_label(state: RelationshipState) -> str:
    """Where a relationship stands."""
    return {
        RelationshipState.ASKING: _("asked"),
        RelationshipState.OPEN: _("open"),
        RelationshipState.DECLINED: _("declined"),
        RelationshipState.REFUSED: _("conditions refused"),
        RelationshipState.WITHDRAWN: _("taken back"),
        RelationshipState.ENDING: _("ending"),
        RelationshipState.ENDED: _("ended"),
        RelationshipState.UNREACHABLE: _("cannot be reached"),
        RelationshipState.BROKEN: _("stuck"),
    }[state]


def agreement_state_label(state: AgreementState) -> str:
    """How an agreement stands."""
    return {
        AgreementState.PROFFERED: _("proposed by you"),
        AgreementState.COUNTERED: _("proposed by the vendor"),
        AgreementState.SIGNED: _("signed by both"),
        AgreementState.REFUSED: _("not agreed"),
    }[state]


def terms_name(roster: str) -> str:
    """What an agreement is called, as its roster entry has it; an unknown one shows its id."""
    return {
        "PDC-AI": _("My data, for teaching and running AI"),
        "PDC-GOOD": _("My data, for the public good"),
        "PDC-INTENT": _("My request, for making me an offer"),
        "PDC": _("My data, given by me"),
        "SD-BASE-A-DP": _("The service, and your own statistics; I can take my data with me"),
        "SD-BASE-A": _("The service, and your own statistics"),
        "SD-BASE-AT-DP": _("The service, your own statistics and recognising me; I can take my data with me"),
        "SD-BASE-AT": _("The service, your own statistics and recognising me"),
        "SD-BASE-ATP-DP": _("The service, and your own picture of me; I can take my data with me"),
        "SD-BASE-ATP-S3P-DP": _(
            "The service, your own picture of me, and anonymous figures for others; I can take my data with me"
        ),
        "SD-BASE-ATP-S3P": _("The service, your own picture of me, and anonymous figures for others"),
        "SD-BASE-ATP": _("The service, and your own picture of me"),
        "SD-BASE-DP": _("Just the service; I can take my data with me"),
        "SD-BASE": _("Just the service"),
        "TPR-IDENTITY-REF": _("One person vouches for another"),
        "TPR": _("Between two people who trust each other"),
    }.get(roster, roster)


def terms_label(roster: str) -> str:
    """What an agreement is called, with its id behind."""
    name = terms_name(roster)
    return f"{name} ({roster})" if name != roster else roster


def standing_label(standing: Standing) -> str:
    """What to think of terms that somebody names; empty where there is nothing to say."""
    return {
        Standing.KNOWN: "",
        Standing.REDEFINED: _("not the text known here under this name"),
        Standing.UNKNOWN: _("not known here"),
    }[standing]


def with_standing(roster: str, standing: Standing) -> str:
    """Terms as somebody names them; what is not the known text does not bear its name, and it is said what it is."""
    words = standing_label(standing)
    return f"{roster} ({words})" if words else terms_label(roster)


def offer_state_label(state: OfferState) -> str:
    """How an offer stands."""
    return {
        OfferState.LIVE: _("open"),
        OfferState.REPLACED: _("replaced by a newer one"),
        OfferState.WITHDRAWN: _("taken back by the vendor"),
        OfferState.DECLINED: _("declined by you"),
        OfferState.COUNTERED: _("your price is with the vendor"),
        OfferState.ACCEPTED: _("accepted by you"),
        OfferState.EXPIRED: _("run out"),
    }[state]


def order_state_label(state: OrderState) -> str:
    """How an order stands."""
    return {
        OrderState.PLACED: _("placed"),
        OrderState.CONFIRMED: _("confirmed"),
        OrderState.FULFILLED: _("delivered"),
        OrderState.CANCELLED: _("cancelled"),
    }[state]


def criterion_label(criterion: Criterion) -> str:
    """What an offer is judged by."""
    return {
        Criterion.COST: _("cost"),
        Criterion.DATE: _("date"),
        Criterion.CARE: _("returns and warranty"),
        Criterion.PRIVACY: _("how little it asks"),
    }[criterion]


def caveat_label(caveat: Caveat) -> str:
    """What to know before an offer's place."""
    return {
        Caveat.OVER_CAP: _("over what you would pay"),
        Caveat.OTHER_CURRENCY: _("in another currency, so not compared on cost"),
        Caveat.NO_PRICE: _("without a price, so not compared on cost"),
        Caveat.TOO_LATE: _("later than you need it"),
        Caveat.NO_DATE: _("names no date"),
        Caveat.INDICATIVE: _("an indication, not binding yet"),
        Caveat.SHORT_LIVED: _("runs out soon after answers are in"),
    }[caveat]


def note_label(note: Note) -> str:
    """One line of a relationship's story."""
    words = {
        "asked": _("you asked: {text}"),
        "terms-accepted": _("signed your conditions"),
        "terms-countered": _("proposed other conditions"),
        "terms-declined": _("declined ({text})"),
        "offer": _("made an offer"),
        "quote-came": _("its quote desk answered with a quote"),
        "quote-refused": _("its quote desk refused: {text}"),
        "cart-confirmed": _("cancelled what you gave up there: {text}"),
        "cart-unconfirmed": _("did not confirm that what you gave up there is cancelled: {text}"),
        "cart-untold": _("could not be told that you gave up what was in a cart there"),
        "quote-ordered": _("its quote desk took your order {text}"),
        "offer-late": _("sent an offer too late to count"),
        "offer-withdrawn": _("took its offer back"),
        "offer-withdrawn-unknown": _("took back an offer that is not known here"),
        "binding-offer-withdrawn": _("tried to take back a binding offer; it still stands"),
        "confirmation": _("confirmed your order"),
        "record-differs": _("its record of your order differs from yours"),
        "payment-changed": _("named another account for a confirmed order; the first one stands"),
        "payment-alarm": _("something about paying differs from the signed order: {text}"),
        "payment-as-signed": _("you pay by the signed order and nothing else"),
        "payment-stop": _("you stopped the payment"),
        "payment-named": _("named where to pay, which nobody has signed: {text}"),
        "payment-checked": _("you have checked with them where to pay"),
        "mail-ordered": _("you ordered by e-mail; it is signed by nobody"),
        "mail-confirmed": _("confirmed your order by e-mail, as you say ({text})"),
        "payment-handed-over": _("you handed the payment over"),
        "confirmation-unexpected": _("confirmed something that was not ordered"),
        "terms-late": _("answered on conditions too late to count"),
        "receipt": _("sent a receipt {text}"),
        "message": _("you wrote: {text}") if note.sender == "person" else _("wrote: {text}"),
        "acknowledgement": _("received your message"),
        "end": _("you ended it"),
        "caught-up": _("something you had said came back from its record"),
        "still-waits": _("something of yours waited here that is not on its record; it is sent next"),
        "value-not-kept": _("knows something of you that is not recorded here any more"),
        "goes-on": _("it was full, and goes on in a new conversation"),
        "file-begun": _("you began a file"),
        "own-key-changed": _("you took a new key; the old one says nothing more"),
        "vendor-key-changed": _("signs with a new key, which its old key vouches for"),
        "contacted": _("you began a conversation"),
        "contract-kept": _("you keep a contract: {text}"),
        "contract-dearer": _("a contract became dearer: {text}"),
        "contract-cancelled": _("you gave notice of a contract: {text}"),
        "contract-end-confirmed": _("confirmed the end of a contract: {text}"),
        "contract-goes-on": _("you keep a contract after all: {text}"),
        "contract-over": _("a contract is over: {text}"),
        "change-told": _("you told what is new about you"),
        "change-erase": _("you asked to erase what is no longer true"),
        "change-received": _("confirmed what is new about you"),
        "letter-sent": _("you sent a letter: {text}"),
        "mail-offer": _("an offer by e-mail, confirmed by you, from {text}"),
        "rights-asked": _("you made a data request ({text})"),
        "rights-answer": _("answered your data request ({text})"),
        "bundle": _("you made a proof of all this"),
        "end-chased": _("you reminded it of the end"),
        "end-confirmed": _("you said that it confirmed the end"),
        "end-unanswered": _("its time to confirm the end ran out"),
        "customer-shown": _("you showed {text} that you are a customer"),
        "leak": _("you reported that {text} is used by somebody else"),
        "cut-off": _("you let go of it; retired: {text}") if note.text else _("you let go of it"),
        "arrived": _("you said that it has arrived"),
        "not-arrived": _("you said that it never came"),
        "price-differs": _("its bill asks for more than was agreed: {text}"),
        "closure-no-match": _("has nothing that fits"),
        "closure-busy": _("is too busy"),
        "closure-withdrawn": _("put your question away"),
        "closure-ended": _("confirmed the end"),
        "closure-other": _("closed the conversation"),
        "status-preparing": _("is preparing your order"),
        "status-shipped": _("has sent your order"),
        "status-ready": _("has your order ready"),
        "status-delivered": _("says it is delivered"),
        "status-delayed": _("says it is delayed"),
        "status-cancelled": _("cancelled the order"),
        **claim_note_words(),
        **data_note_words(),
        **mail_note_words(),
    }
    if note.kind == "trouble":
        return code_label(note.text)
    if note.kind.startswith("not-sent-"):
        return _("could not be sent: {why}").format(why=code_label(note.text))
    text = asked_fields(note.text) if note.kind in FIELD_NOTES and note.text else note.text
    return words.get(note.kind, note.kind).format(text=text).strip()


def answer_label(answer: str) -> str:
    """How far one vendor's answer to a cast has come (the service's closed words)."""
    return {
        "held": _("is about to be asked"),
        "asked": _("asked, no answer yet"),
        "agreed": _("signed your conditions, is making an offer"),
        "countered": _("proposes other conditions, your answer is needed"),
        "offered": _("made an offer"),
        "declined": _("declined"),
        "unreachable": _("cannot be reached"),
        "listed": _("has public prices, no offer made for you"),
        "unsure": _("may have been asked, or not"),
        "done": _("done"),
    }[answer]
