"""The nine steps of the main job, done through the services like any person would, and told as they happen."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta

from vrm_desktop.cli.demo.desks import DeskProcesses
from vrm_desktop.cli.demo.telling import Teller
from vrm_desktop.cli.following import follow
from vrm_desktop.cli.questions import said_field
from vrm_desktop.domain.disclosure import Source, Stage
from vrm_desktop.domain.ids import IntentcastId, RelationshipId
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.kinds import State
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.relationship import OrderState, RelationshipState
from vrm_desktop.formats.payment_forms import epc_qr_text, payto
from vrm_desktop.formats.vcard import read_vcard
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.services import (
    accept_offer,
    choose_vendors,
    collect_offers,
    compare_offers,
    end_relationship,
    keep_profile,
    keep_relationship,
    say_what_i_want,
    send_intentcast,
    settle_terms,
    who_knows_what,
)
from vrm_desktop.services.collect_offers import ANSWERED, Answer, CastProgress, VendorProgress
from vrm_desktop.services.errors import ServiceError
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import asked_value_label
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import (
    answer_label,
    asked_field_label,
    caveat_label,
    code_label,
    conversation_label,
    note_label,
    terms_label,
)
from vrm_desktop.wording.payment import payment_lines

NEEDED_IN_DAYS = 10
SPREAD = 1.5
LONGEST = 38.0
CLOSES_MIDWAY = "Südstadt Rad"
CLOSING_SHOP = "suedstadtrad"
HAGGLE_PERCENT = 97


class DemoStalled(ServiceError):
    """A step was not through when the demo's time was over."""

    code = "demo-stalled"


class Deadline:
    """The time for the whole demo. A step may take what it needs of it; none is cut short while others have plenty."""

    def __init__(self, seconds: float = LONGEST) -> None:
        self._clock = asyncio.get_running_loop().time
        self.began = self._clock()
        self._end = self.began + seconds

    def left(self) -> float:
        """Seconds until the demo must be over."""
        return max(0.0, self._end - self._clock())

    def spent(self) -> float:
        """Seconds since the demo began."""
        return self._clock() - self.began


class Story:
    """One run of the demo."""

    def __init__(self, home: OpenHome, desks: DeskProcesses, teller: Teller, deadline: Deadline) -> None:
        self._home = home
        self._means = home.means
        self._desks = desks
        self._teller = teller
        self._deadline = deadline

    async def tell(self) -> dict[str, object]:
        """Do and tell all nine steps; a summary as JSON.

        Raises:
            DemoStalled: a step was not through when the time was over.
        """
        want = await self._say()
        await self._choose(want)
        asked = await self._cast(want)
        await self._terms(want)
        await self._offers(want)
        offer = await self._compare(want)
        ordered = await self._accept(offer)
        await self._live(ordered)
        left = await self._leave(asked, ordered.relationship.id)
        return await self._summary(want, ordered, left)

    def _heading(self, number: int, text: str) -> None:
        self._teller.heading(f"{number}. {text}")

    async def _say(self) -> Intentcast:
        self._heading(1, _("Say what I want"))
        card = read_vcard((resources_folder() / "samples" / "person" / "ada.vcf").read_bytes())
        entries = tuple((one.path, one.value, one.contexts, one.preferred) for one in card.fields)
        new = await keep_profile.take_over(self._means, entries, source="import:vcard")
        self._teller.line(_("Ada's profile comes from a vCard: {count} fields, kept encrypted.").format(count=new))
        day = self._means.clock.today() + timedelta(days=NEEDED_IN_DAYS)
        text = typed_line(day)
        self._teller.line(_("She types: {text}").format(text=text))
        parsed = await say_what_i_want.read_line(self._means, text)
        for chip in parsed.chips:
            self._teller.line(_("{what}: “{said}”").format(what=said_field(chip.field), said=chip.source), depth=2)
        want = await say_what_i_want.save_want(self._means, say_what_i_want.draft_of(parsed))
        self._teller.line(_("The most she would pay stays here; no vendor ever sees it."))
        return want

    async def _choose(self, want: Intentcast) -> None:
        self._heading(2, _("Choose whom to ask, and what they may learn"))
        for shop in self._desks.addresses:
            vendor = await choose_vendors.add_vendor(self._means, self._desks.addresses[shop])
            self._teller.line(f"{vendor.name}: {vendor.card.about if vendor.card else ''}")
        view = await choose_vendors.plan(self._means, want.id)
        plan = view.plan.vendors[0]
        for title, stage in (
            (_("The first question says only:"), Stage.PING),
            (_("Who signs her conditions also learns:"), Stage.REVEAL),
            (_("Only who gets the order learns:"), Stage.ORDER),
        ):
            self._teller.line(title)
            fields = plan.stage(stage)
            self._teller.line(
                "; ".join(f"{asked_field_label(one.name)}: {asked_value_label(one.name, one.value)}" for one in fields),
                depth=2,
            )
        await choose_vendors.confirm_plan(self._means, view)
        self._teller.line(_("Ada confirms the plan, once."))

    async def _cast(self, want: Intentcast) -> tuple[RelationshipId, ...]:
        self._heading(3, _("Cast"))
        _changes, asked = await send_intentcast.cast(self._means, want.id, spread=SPREAD)
        self._home.exchange.tend(asked)
        cast = await self._until(want.id, lambda one: all(row.answer is not Answer.HELD for row in one.vendors))
        for row in cast.vendors:
            key = row.relationship.conversation.own_kid
            self._teller.line(
                _("{vendor} is asked by somebody it knows as {key}…").format(vendor=row.vendor_name, key=key[:10])
            )
        self._teller.line(_("Four questions, four keys, in random order: no two shops can tell it is the same person."))
        return asked

    async def _terms(self, want: Intentcast) -> None:
        self._heading(4, _("Terms first"))
        waiting = {Answer.HELD, Answer.ASKED}
        cast = await self._until(want.id, lambda one: not any(row.answer in waiting for row in one.vendors))
        for row in cast.vendors:
            self._teller.line(f"{row.vendor_name}: {answer_label(row.answer)}")
            if row.answer is Answer.COUNTERED:
                await self._close_counter(row)

    async def _close_counter(self, row: VendorProgress) -> None:
        views = await settle_terms.terms(self._means)
        view = next(one for one in views if one.relationship.id == row.relationship.id)
        for record in view.agreements:
            if record.state.value == "countered":
                self._teller.line(_("it proposes {terms}").format(terms=terms_label(record.roster)), depth=2)
        await settle_terms.accept_counter(self._means, row.relationship.id)
        self._home.exchange.tend((row.relationship.id,))
        self._teller.line(_("Ada is asked, and agrees this once."), depth=2)

    async def _offers(self, want: Intentcast) -> None:
        self._heading(5, _("Offers come back"))
        told: set[str] = set()
        await self._until(want.id, lambda one: _signed(one, CLOSES_MIDWAY))
        await self._desks.close(CLOSING_SHOP)
        self._teller.line(_("{vendor} goes down in the middle of it. The others go on.").format(vendor=CLOSES_MIDWAY))

        def others_answered(cast: CastProgress) -> bool:
            for row in cast.vendors:
                if row.answer is Answer.OFFERED and row.vendor_name not in told:
                    told.add(row.vendor_name)
                    self._teller.line(
                        _("{vendor} made an offer; its signature fits, it is stored.").format(vendor=row.vendor_name)
                    )
            rest = [row for row in cast.vendors if row.vendor_name != CLOSES_MIDWAY]
            down = [row for row in cast.vendors if row.vendor_name == CLOSES_MIDWAY]
            return all(row.answer in ANSWERED for row in rest) and all(
                row.trouble or row.answer in ANSWERED for row in down
            )

        cast = await self._until(want.id, others_answered)
        for row in cast.vendors:
            if row.trouble:
                self._teller.line(
                    _("{vendor}: {trouble} It is asked again later.").format(
                        vendor=row.vendor_name, trouble=code_label(row.trouble)
                    )
                )

    async def _compare(self, want: Intentcast) -> Offer:
        self._heading(6, _("Compare"))
        view = await compare_offers.compare(self._means, want.id)
        for row in view.ranked:
            price = values.money(row.offer.price.all_in) if row.offer.price else _("no price")
            day = values.day(row.offer.by) if row.offer.by else _("no date")
            self._teller.line(f"{row.place}. {row.offer.vendor_name}: {price}, {day}, {row.score}/1000")
            caveats = ", ".join(caveat_label(one) for one in sorted(row.caveats))
            if caveats:
                self._teller.line(caveats, depth=2)
            hint = (await compare_offers.offer(self._means, row.offer.id)).would_win
            if hint.total is not None:
                self._teller.line(_("would come first at {total}").format(total=values.money(hint.total)), depth=2)
        self._teller.line(
            _("Ranked by Ada's own weights on all-in cost. Arrival, payment and links count for nothing.")
        )
        if not view.ranked:
            raise DemoStalled("no offers")
        return view.ranked[0].offer

    async def _accept(self, offer: Offer) -> RelationshipFile:
        self._heading(7, _("Choose"))
        offer = await self._haggle(offer)
        await accept_offer.accept(self._means, offer.id)
        self._home.exchange.tend(await collect_offers.active(self._means))
        file = await self._follow(
            offer.relationship, lambda one: one.order is not None and one.order.state is not OrderState.PLACED
        )
        order = file.order
        self._teller.line(_("Ada accepts; the order bears two signatures, and only this shop gets name and address."))
        if order is not None and order.payment is not None and order.price is not None:
            self._teller.line(_("Both sides computed the same record: {record}").format(record=order.record))
            for line in payment_lines(order.payment, order.price.all_in):
                self._teller.line(line)
            self._teller.as_it_is(payto(order.payment, order.price.all_in))
            for line in epc_qr_text(order.payment, order.price.all_in).splitlines():
                self._teller.as_it_is(line)
        return file

    async def _haggle(self, offer: Offer) -> Offer:
        """Counter on price once; the vendor's next offer stands in place of the first."""
        if offer.price is None:
            return offer
        wish = Money(minor=offer.price.total * HAGGLE_PERCENT // 100, currency=offer.price.currency)
        await accept_offer.counter(self._means, offer.id, wish)
        self._teller.line(
            _("Ada proposes {price} to {vendor}.").format(price=values.money(wish), vendor=offer.vendor_name)
        )

        def answered(file: RelationshipFile) -> bool:
            return file.relationship.conversation.state is State.OFFERED and len(file.offers) > 1 and not file.waiting

        file = await self._follow(offer.relationship, answered)
        now = self._means.clock.now()
        newest = [one for one in file.offers if one.live_at(now) and one.id != offer.id]
        if not newest or newest[0].price is None:
            return offer
        price = values.money(newest[0].price.all_in)
        self._teller.line(_("{vendor} offers {price}.").format(vendor=offer.vendor_name, price=price))
        return newest[0]

    async def _live(self, file: RelationshipFile) -> None:
        self._heading(8, _("Live with it"))
        key = file.relationship.id
        await keep_relationship.say(self._means, key, _("Please ring at the second door."))

        def received(one: RelationshipFile) -> bool:
            kinds = {note.kind for note in one.notes}
            return "acknowledgement" in kinds and "status-preparing" in kinds

        after = await self._follow(key, received)
        for note in after.notes:
            self._teller.line(f"{values.instant(note.at)}  {note_label(note)}")

    async def _leave(self, asked: tuple[RelationshipId, ...], ordered: RelationshipId) -> RelationshipFile:
        self._heading(9, _("Leave"))
        files = [await keep_relationship.relationship(self._means, key) for key in asked if key != ordered]
        open_ones = [
            one for one in files if one.relationship.state is RelationshipState.OPEN and not one.relationship.trouble
        ]
        if not open_ones:
            raise DemoStalled("nobody to leave")
        key = open_ones[0].relationship.id
        await end_relationship.end(self._means, key)
        file = await self._follow(key, lambda one: one.relationship.state is RelationshipState.ENDED)
        told = conversation_label(file.relationship.conversation.state)
        self._teller.line(_("Ada leaves {vendor}. It is {state}.").format(vendor=file.vendor.name, state=told))
        erased = sum(row.state.value == "erased" for row in file.disclosures)
        self._teller.line(
            _("{count} things it knew are erased, says its signed closure; the proof stays.").format(count=erased)
        )
        return file

    async def _summary(self, want: Intentcast, ordered: RelationshipFile, left: RelationshipFile) -> dict[str, object]:
        self._teller.heading(_("What each shop could see"))
        seen: dict[str, list[str]] = {}
        for entry in await who_knows_what.ledger(self._means):
            seen.setdefault(entry.vendor_name, []).append(entry.row.name)
        cast = await collect_offers.progress(self._means, want.id)
        for row in cast.vendors:
            names = seen.get(row.vendor_name, [])
            words = any(name.startswith("want.") for name in names)
            profile = [name for name in names if name.startswith("profile.")]
            text = _("only the first question")
            if words:
                text = _("the want in words, but nothing about Ada")
            if profile:
                text = _("the want, name and delivery address ({count} fields)").format(count=len(profile))
            self._teller.line(f"{row.vendor_name}: {text}")
        self._teller.line(_("None of them: the most she would pay, her e-mail, phone or birthday."))
        proof = await who_knows_what.verify(self._means)
        seconds = self._deadline.spent()
        self._teller.line(
            _(
                "{messages} signed messages and {rows} disclosures are on record, every link checked, in {seconds} s."
            ).format(messages=proof.journal, rows=proof.ledger, seconds=round(seconds))
        )
        entries = await who_knows_what.ledger(self._means)
        return {
            "intentcast": want.id,
            "ordered_from": ordered.vendor.name,
            "record": ordered.order.record if ordered.order else None,
            "left": left.vendor.name,
            "left_state": left.relationship.state.value,
            "vendors": [
                {"id": row.relationship.vendor, "name": row.vendor_name, "answer": row.answer.value}
                for row in cast.vendors
            ],
            "profile_fields_disclosed": sum(one.row.source is Source.PROFILE for one in entries),
            "messages": proof.journal,
            "seconds": round(seconds, 1),
        }

    async def _until(self, key: IntentcastId, enough: Callable[[CastProgress], bool]) -> CastProgress:
        while not enough(cast := await collect_offers.progress(self._means, key)):
            if not self._deadline.left():
                raise DemoStalled(", ".join(f"{row.vendor_name}: {row.answer}" for row in cast.vendors))
            await self._home.exchange.next_changes(self._deadline.left())
        return cast

    async def _follow(self, key: RelationshipId, enough: Callable[[RelationshipFile], bool]) -> RelationshipFile:
        file = await follow(self._home, key, enough, self._deadline.left())
        if not enough(file):
            raise DemoStalled(file.vendor.name)
        return file


def typed_line(day: date) -> str:
    """What Ada types, in the language of whoever watches."""
    return _("used 54 cm road bike, under 800 EUR, Cologne, by {day}").format(day=day.isoformat())


def _signed(cast: CastProgress, name: str) -> bool:
    """Whether the vendor of that name has signed, and the reveal has reached it."""
    return any(
        row.vendor_name == name and row.relationship.conversation.state in {State.REVEALED, State.OFFERED}
        for row in cast.vendors
    )
