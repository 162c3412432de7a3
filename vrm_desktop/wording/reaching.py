"""Ways to reach a counterparty in words: what each carries, what is known of one vendor, and what to do next.

Never here: commands and buttons; whoever shows a next way says how it is done.
"""

from vrm_desktop.domain.disclosure import BasisKind
from vrm_desktop.domain.reaching import Because, NextKind, NextWay, TermsKnown, VendorWays
from vrm_desktop.domain.ways import AnswersBy, Carries, FoundBy, KnownWay, Shown, Way, Yields
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import asked_value_label
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.labels import asked_field_label


def way_name(way: Way) -> str:
    """The way itself."""
    return {
        Way.NATIVE: _("directly, signed on both sides"),
        Way.UCP: _("its shop's price list (UCP)"),
        Way.MCP: _("its quote desk (MCP)"),
        Way.MAIL: _("e-mail"),
        Way.PAGE: _("its web page"),
        Way.LETTER: _("a letter"),
    }[way]


def offered_by(way: Way) -> str:
    """By which way an offer came, where that is not our own wire, signed; "" where it is."""
    return {
        Way.MAIL: _("offer by e-mail, confirmed by you"),
        Way.LETTER: _("offer by letter, typed in by you"),
        Way.MCP: _("answer of a quote desk"),
    }.get(way, "")


def shown_words(shown: Shown) -> str:
    """What the other side sees of who asks, besides the network address."""
    return {
        Shown.NOTHING: _("nothing of who you are"),
        Shown.SEARCH: _("what you search for, and your country"),
        Shown.VISIT: _("that somebody visits the page"),
        Shown.DEMANDED: _("what its form demands, shown to you before"),
        Shown.SENDER: _("you as the sender"),
    }[shown]


def answers_words(answers: AnswersBy) -> str:
    """How an answer comes back."""
    return {
        AnswersBy.POLL: _("fetched from there"),
        AnswersBy.AT_ONCE: _("at once"),
        AnswersBy.MAIL: _("by mail, confirmed by you"),
        AnswersBy.BY_HAND: _("typed in by you"),
    }[answers]


def yields_words(yields: Yields) -> str:
    """What an answer is worth."""
    return {
        Yields.OFFER: _("an offer made for you"),
        Yields.PUBLIC_PRICE: _("a public price, no offer made for you"),
    }[yields]


def basis_words(basis: BasisKind) -> str:
    """On what sending rests."""
    return {
        BasisKind.SIGNED_AGREEMENT: _("your conditions, signed first"),
        BasisKind.WRITTEN_ACCEPTANCE: _("your conditions, accepted in writing"),
        BasisKind.OWN_ACT: _("your own act for this one"),
    }[basis]


def able_words(carries: Carries) -> str:
    """What of the person's side a way can carry, and whether its answer can bind."""
    can = (
        (carries.terms, _("your conditions")),
        (carries.deadline, _("a day to answer by")),
        (carries.counter, _("a proposal of yours")),
        (carries.binding, _("an answer that binds")),
    )
    return ", ".join(words for has, words in can if has) or _("none of your conditions, days or proposals")


def carries_lines(carries: Carries) -> tuple[str, ...]:
    """What a way carries, one matter a line."""
    able = able_words(carries)
    return (
        _("comes back: {what}, {how}").format(what=yields_words(carries.yields), how=answers_words(carries.answers)),
        _("carries: {what}").format(what=able),
        _("they see: {what}").format(what=shown_words(carries.shows)),
        _("rests on: {what}").format(what=" / ".join(basis_words(one) for one in carries.bases)),
    )


def ways_line(found: VendorWays) -> str:
    """All that is known in one line, such as: answers on UCP (2026-08-25), accepts e-mail, terms unknown."""
    return f"{ways_only(found.ways)}, {terms_words(found.terms)}"


def ways_only(ways: tuple[KnownWay, ...]) -> str:
    """The same without the terms."""
    return ", ".join(_known(one) for one in ways) or _("no way is known")


def entry_line(ways: tuple[Way, ...]) -> str:
    """The same for an entry of an imported list, of which nothing else is known."""
    parts = [_accepts(one) for one in ways] or [_("no way is known")]
    return ", ".join((*parts, terms_words(TermsKnown.UNKNOWN)))


def terms_words(terms: TermsKnown) -> str:
    """Whether a counterparty takes the person's conditions."""
    return {
        TermsKnown.SIGNS: _("signs your conditions"),
        TermsKnown.NAMES: _("names conditions of its own choice"),
        TermsKnown.UNKNOWN: _("terms unknown"),
    }[terms]


def way_line(one: KnownWay) -> str:
    """One known way with its address and day; of a letter's address nothing is repeated."""
    where = "" if one.way is Way.LETTER else f"  {one.address}"
    since = _("from a list") if one.found is FoundBy.LIST else values.day(one.at)
    trouble = f"  {advice(one.trouble).title}" if one.trouble else ""
    return f"{_known(one)}{where}  ({since}){trouble}"


def _known(one: KnownWay) -> str:
    versions = ", ".join(one.versions)
    if one.trouble:
        return _("did not answer last time: {way}").format(way=way_name(one.way))
    match one.way:
        case Way.NATIVE:
            return _("answers directly")
        case Way.UCP:
            return _("answers on UCP ({versions})").format(versions=versions)
        case Way.MCP:
            return _("answers as a quote desk")
        case _:
            return _accepts(one.way)


def _accepts(way: Way) -> str:
    if way is Way.MAIL:
        return _("accepts e-mail")
    if way is Way.PAGE:
        return _("has a web page")
    return _("takes letters") if way is Way.LETTER else way_name(way)


def because_words(because: Because) -> str:
    """Why other ways are shown."""
    return {
        Because.NOBODY_KNOWN: _("You know nobody yet who answers for this directly. What you can do:"),
        Because.DECLINED: _("Nobody made an offer. What else you can do:"),
        Because.UNREACHABLE: _("Nobody could be reached. What else you can do:"),
        Because.UNSURE: _("Whether your request arrived is not known. You can ask again, or:"),
        Because.NO_OFFER: _("Nobody made an offer. What else you can do:"),
        Because.EXPIRED: _("The day to answer by is past, and nobody made an offer. What else you can do:"),
        Because.NOTHING_WRONG: "",
    }[because]


def next_words(one: NextWay) -> str:
    """One way on, in a sentence."""
    name = one.vendor.name if one.vendor is not None else ""
    match one.kind:
        case NextKind.ASK if one.way is not None:
            return _("Ask {vendor}: {way}").format(vendor=name, way=way_name(one.way))
        case NextKind.USE_PRICE if one.price is not None:
            money = values.money(one.price.low)
            return _("Buy at a public price: {title}, {money}").format(title=one.price.title, money=money)
        case NextKind.LOOK:
            return _("Look at the shop of {vendor}: {address}").format(vendor=name, address=one.address)
        case NextKind.DISCOVER:
            return _("Ask {address} how {vendor} can be reached").format(address=one.address, vendor=name)
        case NextKind.WRITE:
            return _("Write to {vendor} yourself").format(vendor=name)
        case NextKind.CHOOSE_FROM_LIST:
            return _("Choose one of the {count} organisations on your lists").format(count=one.count)
        case _:
            return _("Add a shop by its domain, or the page of a product by its address")


def told_words(one: NextWay) -> str:
    """What it would tell, field by field, and what is seen besides; "" where nothing is told to anybody."""
    if one.kind in {NextKind.CHOOSE_FROM_LIST, NextKind.ADD}:
        return ""
    told = ((asked_field_label(each.name), asked_value_label(each.name, each.value)) for each in one.tells)
    fields = "; ".join(f"{name}: {value}" for name, value in told)
    seen = shown_words(one.shows)
    if not fields:
        return _("it would learn: {seen}").format(seen=seen)
    return _("it would learn: {seen}; {fields}").format(seen=seen, fields=fields)
