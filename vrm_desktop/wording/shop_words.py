"""Shops that are asked by their own protocol, in words: what was found, where a try to buy stands, what stops it.

What a shop says is shown as its text, named as such. A price list's entry is never called an offer.
"""

from dataclasses import replace

from vrm_desktop.domain.basket import Basket, BasketTotal, SumDifference, SumKind
from vrm_desktop.domain.checkout import CartEnd, Checkout, CheckoutStep, GivenUp, Stop, StopKind
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.domain.shop import MessageKind, Severity, Shop, ShopMessage, ShopPolicy, Signed
from vrm_desktop.domain.shop_order import ShopOrder
from vrm_desktop.domain.shop_search import ShopSearch
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.public_prices import availability_label


def hit_lines(one: PublicPrice) -> tuple[str, ...]:
    """One entry of a shop's price list, and that it is one."""
    price = values.money(one.low)
    if one.high is not None:
        price = _("{low} to {high}").format(low=price, high=values.money(one.high))
    said = [_("on the shop's price list, seen on {day}").format(day=values.day(one.at))]
    if one.availability is not None:
        said.append(availability_label(one.availability))
    lines = [f"~  {one.host}: {one.title}, {price}  ({one.id})", "    " + " · ".join(said)]
    return (*lines, *((f"    {one.link}",) if one.link else ()))


def search_lines(one: ShopSearch, name: str) -> tuple[str, ...]:
    """What a search came to, and what of it is not shown."""
    lines = [
        ngettext(
            "{name}: {count} thing on its price list", "{name}: {count} things on its price list", one.kept
        ).format(name=name, count=one.kept)
    ]
    if one.refused:
        lines = [_("{name} does not search for this.").format(name=name)]
    if one.above_cap:
        lines.append("    " + _("Left out, as they cost more than you would pay: {n}").format(n=one.above_cap))
    if one.unclear:
        lines.append("    " + _("Left out, as their price is not clear: {count}").format(count=one.unclear))
    if one.more:
        told = _("The shop has more than was read.")
        if one.total is not None:
            told = _("The shop says it has {total}; not all of them were read.").format(total=one.total)
        lines.append("    " + told)
    return (*lines, "    " + signed_line(one.signed), *message_lines(one.messages))


def signed_line(signed: Signed) -> str:
    """What the shop's own signature of its answer is worth."""
    return {
        Signed.NONE: _("The shop has not signed this."),
        Signed.RIGHT: _("Signed by the shop, with a key on its page about itself."),
        Signed.WRONG: _("The shop's signature is wrong: somebody may have changed what it said."),
        Signed.UNCHECKED: _(
            "It is signed, but that could not be checked: its key did not stand on the shop's page about itself when "
            "that was last read, or the way is not known here. Looking for the shop again reads the page anew."
        ),
    }[signed]


def anonymous_means() -> tuple[str, ...]:
    """What a shop learns, and how it may recognise the person, where nothing is signed."""
    return (
        _("Nothing is signed. A shop sees your network address, what you ask, and the page that you name."),
        _("It cannot tell you from others who name the same page. If the page is yours alone, it can."),
        _("Some shops answer only those who sign, and few let anybody else check out."),
    )


def known_means() -> tuple[str, ...]:
    """The same where everything is signed."""
    return (
        _("Everything is signed with the key of your page. By it, each shop that you ask knows you again."),
        _("Shops that compare can tell that you are the same person. The page has to be your own, never a shared one."),
        _("It tells no name, address or mail. The key stands in “Who knows what” for each thing that it signed."),
    )


def face_label(*, known: bool) -> str:
    """How the shop sees the person in one act."""
    return _("Known: signed with the key of my page") if known else _("Anonymous: nothing is signed")


def face_means(*, known: bool) -> str:
    """What that comes to for this one."""
    if known:
        return _("This shop can recognise you by the key of your page, and so can every other that you sign for.")
    return _("This shop cannot recognise you by a key. Whoever names the same page looks like you.")


def given_up_line(one: GivenUp) -> str:
    """What became of telling the shop that it need not keep something."""
    cart = one.step is CheckoutStep.CART
    match one.end:
        case CartEnd.WAITING:
            return (
                _("The shop is told that you give up the cart.")
                if cart
                else _("The shop is told that you give up its checkout.")
            )
        case CartEnd.CONFIRMED:
            return _("The shop has cancelled the cart.") if cart else _("The shop has cancelled its checkout.")
        case CartEnd.UNCONFIRMED:
            return (
                _("The shop did not confirm that the cart is cancelled. It should lapse there by itself.")
                if cart
                else _("The shop did not confirm that its checkout is cancelled. It should lapse there by itself.")
            )
        case CartEnd.UNTOLD:
            said = (
                _("The shop could not be told that you give up the cart. It should lapse there by itself.")
                if cart
                else _("The shop could not be told that you give up its checkout. It should lapse there by itself.")
            )
            return f"{said} {advice(one.trouble).title}" if one.trouble else said


def message_lines(messages: tuple[ShopMessage, ...]) -> tuple[str, ...]:
    """What the shop says, each with what it calls it."""
    return tuple(f"    {_message_kind(one)}: {one.text}" for one in messages)


def _message_kind(one: ShopMessage) -> str:
    if one.severity is Severity.BUYER_INPUT:
        return _("The shop needs something from you")
    if one.severity is Severity.BUYER_REVIEW:
        return _("The shop wants you to look at this")
    return {
        MessageKind.ERROR: _("The shop says that it does not work"),
        MessageKind.WARNING: _("The shop warns"),
        MessageKind.INFO: _("The shop says"),
    }[one.kind]


def step_label(one: Checkout) -> str:
    """Where a try to buy stands."""
    if one.asking:
        return _("on its way to the shop")
    if one.stops:
        return _("waits for you")
    return {
        CheckoutStep.LOOK_UP: _("not begun"),
        CheckoutStep.CART: _("in a cart"),
        CheckoutStep.CHECKOUT: _("ready for the shop's own page"),
        CheckoutStep.HANDED_OVER: _("at the shop's own page; did you buy it?"),
        CheckoutStep.BOUGHT: _("bought"),
        CheckoutStep.NOT_BOUGHT: _("not bought"),
    }[one.step]


def stop_line(stop: Stop) -> str:
    """Why it does not go on by itself."""
    told = values.money(stop.told) if stop.told is not None else ""
    expected = values.money(stop.expected) if stop.expected is not None else ""
    match stop.kind:
        case StopKind.GONE:
            return _("The shop does not have it any more.")
        case StopKind.PRICE_CHANGED:
            return _("The price has changed: {told} now, {expected} before.").format(told=told, expected=expected)
        case StopKind.OTHER_CURRENCY:
            return _("The shop asks for another currency than its list: {told}.").format(told=told or stop.what)
        case StopKind.OTHER_THINGS:
            return _("The cart holds something else than you asked for: {what}").format(what=stop.what)
        case StopKind.SUMS:
            return _("The shop's sums do not add up.") + " " + " ".join(sum_line(one) for one in stop.sums)
        case StopKind.ABOVE_CAP:
            return _("In all it costs {told}, more than the {expected} that you would pay.").format(
                told=told, expected=expected
            )
        case StopKind.LINK_ELSEWHERE:
            return _("The link to pay leads to another site than the shop's: {what}").format(what=stop.what)
        case StopKind.NO_LINK:
            return _("The shop gives no link to its own page.")
        case StopKind.REFUSED:
            return _("The shop does not do it, or its answer cannot be used.")
        case StopKind.SIGNATURE:
            return signed_line(Signed.WRONG)
        case StopKind.CANCELED:
            return _("The shop has ended this.")


def sum_line(one: SumDifference) -> str:
    """One sum that does not add up."""
    told = values.money(one.told) if one.told is not None else ""
    counted = values.money(one.counted) if one.counted is not None else _("more than can be counted")
    match one.kind:
        case SumKind.NO_TOTAL:
            return _("It names no total, or several.")
        case SumKind.NOT_READ:
            return _("Not all of it could be read.")
        case SumKind.TOTAL:
            return _("Total: it says {told}, its entries come to {counted}.").format(told=told, counted=counted)
        case SumKind.SUBTOTAL:
            return _("Subtotal: it says {told}, its lines come to {counted}.").format(told=told, counted=counted)
        case SumKind.LINE | SumKind.PARTS:
            return _("{what}: it says {told}, counted {counted}.").format(what=one.what, told=told, counted=counted)


def basket_lines(basket: Basket) -> tuple[str, ...]:
    """What is in it and what it costs, in the shop's order and words."""
    things = [f"    {line.quantity} x {line.title}, {values.money(line.price)}" for line in basket.lines]
    totals = [f"    {total_label(one)}: {values.money(total_amount(one))}" for one in basket.totals]
    return (*things, *totals, *policy_lines(basket.policies))


def policy_lines(policies: tuple[ShopPolicy, ...]) -> tuple[str, ...]:
    """The rules that a shop names, in its words, and where they stand."""
    said = (" ".join(part for part in (one.text, one.link) if part) for one in policies)
    return tuple(f"    {one.kind}: {text}" for one, text in zip(policies, said, strict=True))


def total_label(one: BasketTotal) -> str:
    """What an entry of a cost breakdown is called: by the shop, where it has a word of its own for it."""
    words = {
        "subtotal": _("Subtotal"),
        "items_discount": _("Discount on things"),
        "discount": _("Discount"),
        "fulfillment": _("Delivery"),
        "tax": _("Tax"),
        "fee": _("Fee"),
        "total": _("Total"),
    }
    return one.text or words.get(one.kind, one.kind)


def total_amount(one: BasketTotal) -> Money:
    """What an entry adds: the first editions name what is taken off without a sign."""
    taken = one.kind in {"discount", "items_discount"}
    return replace(one.amount, minor=-abs(one.amount.minor)) if taken else one.amount


def checkout_lines(one: Checkout) -> tuple[str, ...]:
    """One try to buy."""
    lines = [f"{one.quantity} x {one.title}: {step_label(one)}  ({one.id})"]
    if one.basket is not None:
        lines += basket_lines(one.basket)
    lines += [f"  ! {stop_line(stop)}" for stop in one.stops]
    lines += [f"    {line}" for line in said_lines(one)]
    return (*lines, *message_lines(one.messages))


def said_lines(one: Checkout) -> tuple[str, ...]:
    """What the shop's last word is worth, where it has said anything, and what became of what was given up."""
    said = one.basket is not None or one.order is not None or bool(one.messages) or one.signed is not Signed.NONE
    stopped = any(stop.kind is StopKind.SIGNATURE for stop in one.stops)
    worth = (signed_line(one.signed),) if said and not stopped else ()
    return (*worth, *(given_up_line(each) for each in one.given_up))


def order_lines(order: ShopOrder) -> tuple[str, ...]:
    """How an order stands, by the shop's word."""
    lines = [_("Order {id}").format(id=order.label or order.held.id), *basket_lines(order.held)]
    lines += [f"    {said}" for said in order.promises]
    for event in order.events:
        when = values.day(event.at) if event.at is not None else ""
        parts = (when, event.what, event.text, event.tracking, values.money(event.amount) if event.amount else "")
        lines.append("    " + "  ".join(part for part in parts if part))
    return tuple(lines)


def shop_lines(shop: Shop, elsewhere: str) -> tuple[str, ...]:
    """A shop that was found: how it is spoken to, and where."""
    lines = [_("{domain} can be asked; it speaks {says}.").format(domain=shop.domain, says=shop.says)]
    if shop.newer:
        lines.append(_("That is newer than this program knows; it is asked as of {known}.").format(known=shop.speaks))
    if elsewhere:
        lines.append(_("What you ask goes to another site: {host}").format(host=elsewhere))
    return tuple(lines)
