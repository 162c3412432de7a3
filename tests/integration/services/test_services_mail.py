"""A request by mail and its answer, over real servers: what is shown is what leaves, once, and in the ledger first."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.fakes.mail_servers import PASSWORD, USER, Dovecot, Postbox, smtp_server
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import WANT, Person, a_person
from vrm_desktop.channels.post import PostChannel
from vrm_desktop.courier.dialling import SystemResolver
from vrm_desktop.courier.mail_line import MailConnector, MailLimits
from vrm_desktop.domain.contact_details import ContactDetails
from vrm_desktop.domain.disclosure import BasisKind, LedgerState
from vrm_desktop.domain.ids import IntentcastId, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.intentcast import Fulfilment
from vrm_desktop.domain.letter import LetterAbout
from vrm_desktop.domain.mail import MailDoubt, MailIn, MailMatch, MailOut
from vrm_desktop.domain.mail_account import MailAccount, MailBox, MailSecurity
from vrm_desktop.domain.offer import Offer, OfferState, Price
from vrm_desktop.domain.outside import OutsideAct, OutsideRecord, OutsideState
from vrm_desktop.domain.plan import VendorPlan, order_fields
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.reaching import Because
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.domain.ways import Way
from vrm_desktop.formats.errors import NotAMail
from vrm_desktop.services import (
    ask_by_mail,
    choose_vendors,
    collect_offers,
    keep_counterparty,
    mail_account,
    next_ways,
    outside_acts,
    read_mail,
    reply_references,
    say_what_i_want,
    send_intentcast,
    write_letters,
)
from vrm_desktop.services.choose_vendors import PlanView
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.ports import ChannelError

SHOP = "laden@rad.example"
CAP = ("87654", "876.54", "876,54", "Ehrenfeld")


class Post:
    """The ways beyond our own wire, of which only the post is there."""

    def __init__(self) -> None:
        limits = MailLimits(session_seconds=60)
        self._post = PostChannel(MailConnector(resolver=SystemResolver(threads=1), limits=limits))

    def post(self) -> PostChannel:
        return self._post


@dataclass(slots=True, kw_only=True)
class Asked:
    """A person who has a want and knows one shop by its mail address."""

    person: Person
    want: IntentcastId
    vendor: VendorId

    async def plan(self) -> PlanView:
        return await choose_vendors.plan(self.person.means, self.want, (self.vendor,), {self.vendor: Way.MAIL})

    async def cast(self, pause: float = 0.0) -> RelationshipId:
        await choose_vendors.confirm_plan(self.person.means, await self.plan())
        _changes, (key,) = await send_intentcast.cast(self.person.means, self.want, pause=pause, spread=0.0)
        return key

    async def acts(self) -> tuple[OutsideAct, ...]:
        return await self.person.means.vault.read(lambda tx: tx.papers(OutsideAct))

    async def told(self) -> dict[str, tuple[str, LedgerState]]:
        rows = await self.person.means.vault.read(lambda tx: tx.ledger(vendor=self.vendor))
        assert {row.basis for row in rows} <= {BasisKind.OWN_ACT}
        return {row.name: (row.value, row.state) for row in rows}

    async def sends(self, port: int, **more: object) -> None:
        box = MailBox(host="127.0.0.1", port=port, security=MailSecurity.NONE)
        account = MailAccount(address="me@mail.example", sends=box)
        await mail_account.set_account(self.person.means, replace(account, **more))  # type: ignore[arg-type]


Job = Callable[[Asked], Awaitable[None]]


@pytest.fixture
def run(tmp_path: Path) -> Callable[[Job], None]:
    def runs(job: Job) -> None:
        async def body() -> None:
            async with a_person(tmp_path / "home", MovingClock()) as person:
                person.means = replace(person.means, outside=Post())  # type: ignore[arg-type]
                person.exchange._means = person.means
                await person.knows()
                want = (await say_what_i_want.save_want(person.means, WANT)).id
                details = ContactDetails(name="Rad & Tat", kind=OrganisationKind.SHOP, email=SHOP, country="DE")
                vendor, _file = await keep_counterparty.add(person.means, details)
                await reply_references.set_sources(person.means, ("me+*@mail.example",))
                await job(Asked(person=person, want=want, vendor=vendor.id))

        asyncio.run(body())

    return runs


def _sent(box: Postbox) -> EmailMessage:
    (data,) = box.mails
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_what_was_confirmed_leaves_once_with_the_ledger_first(run: Callable[[Job], None]) -> None:
    with smtp_server() as (box, port):

        async def job(asked: Asked) -> None:
            await asked.sends(port)
            view = await asked.plan()
            (plan,) = view.plan.vendors
            assert plan.way is Way.MAIL
            alias = plan.body.split("From: ")[1].split("\n")[0]
            assert alias.startswith("me+")
            told = {field.name: field.value for field in plan.reveal}
            assert told["profile.email"] == alias
            assert set(told) == {
                *("category", "attribute.type", "attribute.frame_cm", "condition", "area", "answers-by"),
                *("want.title", "want.details", "want.quantity", "want.payment", "profile.email"),
            }
            assert not [word for word in CAP if word in plan.body]
            await asked.cast()
            assert box.mails == []
            await asked.person.settle()
            sent = _sent(box)
            body = sent.get_body(("plain",))
            assert body is not None
            assert body.get_content().replace("\r\n", "\n").strip() in plan.body
            assert (sent["From"], sent["To"]) == (alias, SHOP)
            (file,) = sent.iter_attachments()
            assert json.loads(file.get_content())["@type"] == "Demand"
            assert file.get_content().decode().strip() in plan.body
            (act,) = await asked.acts()
            assert act.state is OutsideState.DONE
            (record,) = await asked.person.means.vault.read(lambda tx: tx.papers(OutsideRecord))
            assert (record.sent, record.answered) == (plan.body, "250 OK queued as 7")
            assert await asked.told() == {name: (value, LedgerState.SENT) for name, value in told.items()}
            (out,) = await asked.person.means.vault.read(lambda tx: tx.papers(MailOut))
            assert sent["Message-ID"] == f"<{out.message_id}>"
            assert out.message_id.endswith("@mail.example")
            await asked.person.settle()
            assert len(box.mails) == 1

        run(job)


def test_an_account_that_cannot_write_as_another_says_both_addresses(run: Callable[[Job], None]) -> None:
    with smtp_server() as (box, port):

        async def job(asked: Asked) -> None:
            await asked.sends(port, as_alias=False, signs=True)
            (plan,) = (await asked.plan()).plan.vendors
            told = {field.name: field.value for field in plan.reveal}
            assert told["mail.sender"] == "me@mail.example"
            assert told["profile.name"] == "Ottilie Zwiebelfisch"
            assert plan.body.startswith("From: Ottilie Zwiebelfisch <me@mail.example>\nReply-To: me+")
            await asked.cast()
            await asked.person.settle()
            assert _sent(box)["Reply-To"] == told["profile.email"]

        run(job)


def test_a_mail_that_may_have_left_is_not_sent_again_by_itself(run: Callable[[Job], None]) -> None:
    with smtp_server() as (box, port):

        async def job(asked: Asked) -> None:
            await asked.sends(port)
            box.answer = "250 OK"
            await asked.cast()
            (act,) = await asked.acts()
            leaving = replace(act, attempts=1).now(OutsideState.LEAVING)  # as a crash in the middle leaves it
            await asked.person.means.vault.write(lambda tx: tx.keep_paper(leaving))
            await asked.person.settle()
            (act,) = await asked.acts()
            assert (act.state, box.mails) == (OutsideState.UNSURE, [])
            assert (await next_ways.next_ways(asked.person.means, asked.want)).because is Because.UNSURE
            await outside_acts.decide(asked.person.means, act.id, again=True)
            await asked.person.settle()
            (out,) = await asked.person.means.vault.read(lambda tx: tx.papers(MailOut))
            assert _sent(box)["Message-ID"] == f"<{out.message_id}>"

        run(job)


def test_a_refused_mail_is_said_so_and_nothing_was_told(run: Callable[[Job], None]) -> None:
    with smtp_server() as (box, port):

        async def job(asked: Asked) -> None:
            await asked.sends(port)
            box.answer = "554 never"
            await asked.cast()
            await asked.person.settle()
            (act,) = await asked.acts()
            assert (act.state, act.trouble) == (OutsideState.FAILED, "mail-refused")
            assert (await next_ways.next_ways(asked.person.means, asked.want)).because is Because.UNREACHABLE
            assert {state for _value, state in (await asked.told()).values()} == {LedgerState.NOT_SENT}

        run(job)


def test_without_an_account_the_request_is_a_draft_for_the_own_mail_program(run: Callable[[Job], None]) -> None:
    async def job(asked: Asked) -> None:
        means = asked.person.means
        await asked.cast()
        assert await asked.acts() == ()
        (letter,) = await write_letters.letters(means)
        assert (letter.about, letter.email, letter.language) == (LetterAbout.REQUEST, SHOP, "de")
        assert "\nArt: Rennrad\n" in letter.body
        assert letter.sender == ()
        assert await asked.told() == {}
        out = await ask_by_mail.hand_out(means, letter.id)
        assert "profile.email" in await asked.told()
        mail = message_from_bytes(out.eml, policy=policy.default)
        assert mail["X-Unsent"] == "1"
        assert isinstance(mail, EmailMessage)
        assert [one.get_filename() for one in mail.iter_attachments()] == ["request.jsonld"]
        (sent,) = await means.vault.read(lambda tx: tx.papers(MailOut))
        assert mail["Message-ID"] == f"<{sent.message_id}>"
        assert not [word for word in CAP if word in out.eml.decode()]
        await write_letters.sent(means, letter.id)
        assert {state for _value, state in (await asked.told()).values()} == {LedgerState.SENT}
        with pytest.raises(NotPossibleNow):
            await ask_by_mail.hand_out(means, letter.id)

    run(job)


def test_a_letter_of_another_kind_is_not_handed_out_here(run: Callable[[Job], None]) -> None:
    async def job(asked: Asked) -> None:
        await asked.cast()
        (letter,) = await write_letters.letters(asked.person.means)
        other = replace(letter, id="letter-other")
        await write_letters.save(asked.person.means, other)
        with pytest.raises(NotPossibleNow):
            await ask_by_mail.hand_out(asked.person.means, other.id)
        with pytest.raises(NotFound):
            await ask_by_mail.hand_out(asked.person.means, "letter-none")

    run(job)


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    server = Dovecot()
    try:
        server.put(b"From: mum@home.example\r\nTo: me@mail.example\r\nSubject: Sunday\r\n\r\nSecret cake\r\n")
        server.start()
        yield server
    finally:
        server.remove()


def _answer(to: str, **headers: str) -> EmailMessage:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = headers.pop("From", f"Rad & Tat <{SHOP}>")
    mail["To"] = to
    mail["Subject"] = "Ihr Angebot"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("799,00 € inkl. Versand, gültig bis 5.12.\n")
    return mail


@pytest.mark.services("dovecot")
def test_answers_are_found_in_the_folder_and_nothing_else_is_kept(run: Callable[[Job], None], dovecot: Dovecot) -> None:
    with smtp_server() as (box, port):

        async def job(asked: Asked) -> None:
            means = asked.person.means
            reads = MailBox(
                host="127.0.0.1", port=dovecot.port, security=MailSecurity.NONE, user=USER, password=PASSWORD
            )
            await asked.sends(port, reads=reads)
            tried = await mail_account.try_account(means)
            assert (tried.sends, "INBOX" in tried.folders) == (True, True)
            key = await asked.cast()
            await asked.person.settle()
            sent = _sent(box)
            by_id = _answer("me@mail.example", In_Reply_To=sent["Message-ID"])
            dovecot.put(by_id.as_bytes())
            dovecot.put(_answer(str(sent["From"]), Message_ID="<2@rad.example>", From="x@else.example").as_bytes())
            assert await asked.person.settle() is not None
            assert await read_mail.mails(means) == ()  # it looked a moment ago
            asked.person.clock.move(seconds=360)
            await asked.person.settle()
            first, second = sorted(await read_mail.mails(means), key=lambda one: one.message_id)
            assert (first.match, first.vendor, first.relationship) == (MailMatch.IN_REPLY_TO, asked.vendor, key)
            assert first.intentcast == asked.want
            assert first.doubts == ()
            assert (second.match, second.doubts) == (MailMatch.REPLY_ADDRESS, (MailDoubt.SENDER_ELSEWHERE,))
            assert "799,00 €" in first.text
            kept = await means.vault.read(lambda tx: tx.attached(first.attachment))
            assert kept == by_id.as_bytes()
            assert not any("cake" in one.text for one in await read_mail.mails(means))
            assert "mail-came" in await asked.person.notes(key)
            asked.person.clock.move(seconds=360)
            await asked.person.settle()
            assert len(await read_mail.mails(means)) == 2

        run(job)


def test_a_mail_that_is_handed_in_is_matched_once(run: Callable[[Job], None]) -> None:
    async def job(asked: Asked) -> None:
        means = asked.person.means
        key = await asked.cast()
        vendor = await choose_vendors.vendor(means, asked.vendor)
        by_address = (await read_mail.take_in(means, _answer(vendor.reply_to).as_bytes())).mail
        assert (by_address.match, by_address.relationship) == (MailMatch.REPLY_ADDRESS, key)
        again = await read_mail.take_in(means, _answer(vendor.reply_to).as_bytes())
        assert (again.is_new, again.mail) == (False, by_address)
        by_sender = (await read_mail.take_in(means, _answer("me@mail.example").as_bytes())).mail
        assert by_sender.match is MailMatch.SENDER
        strange = _answer("me@mail.example", From="x@else.example", Reply_To="y@third.example")
        nobodys = (await read_mail.take_in(means, strange.as_bytes())).mail
        assert (nobodys.match, nobodys.vendor) == (MailMatch.NONE, None)
        assert nobodys.doubts == (MailDoubt.REPLY_ELSEWHERE,)
        claimed = await read_mail.belongs_to(means, nobodys.id, asked.vendor)
        assert (claimed.id, claimed.match, claimed.relationship) == (nobodys.id, MailMatch.BY_HAND, key)
        assert MailDoubt.SENDER_ELSEWHERE in claimed.doubts
        assert await read_mail.mail(means, nobodys.id) == claimed
        by_hand = await read_mail.take_in(means, _answer("a@b.example").as_bytes(), vendor=asked.vendor)
        assert by_hand.mail.match is MailMatch.BY_HAND
        await read_mail.drop(means, by_sender.id)
        with pytest.raises(NotFound):
            await read_mail.mail(means, by_sender.id)
        assert await means.vault.read(lambda tx: tx.attached(by_sender.attachment)) is None
        for wrong in (b"", b"%PDF-1.7\n\nhello", b"a" * 11_000_000):
            with pytest.raises(NotAMail):
                await read_mail.take_in(means, wrong)
        with pytest.raises(NotFound):
            await read_mail.take_in(means, strange.as_bytes(), vendor=VendorId("nobody"))
        with pytest.raises(NotFound):
            await read_mail.belongs_to(means, nobodys.id, VendorId("nobody"))

    run(job)


def test_an_address_of_everybody_tells_nobody_apart(run: Callable[[Job], None]) -> None:
    async def job(asked: Asked) -> None:
        means = asked.person.means
        vendor = await choose_vendors.vendor(means, asked.vendor)
        usual = "ottilie@zwiebelfisch.example"
        await means.vault.write(lambda tx: tx.save_vendor(replace(vendor, reply_to=usual, email="")))
        taken = await read_mail.take_in(means, _answer(usual, From="x@else.example").as_bytes())
        assert taken.mail.match is MailMatch.NONE

    run(job)


def _offer(asked: Asked, key: RelationshipId, mail: MailIn) -> Offer:
    return Offer(
        id=MessageId(mail.digest),
        relationship=key,
        intentcast=asked.want,
        vendor=asked.vendor,
        vendor_name="Rad & Tat",
        lines=(),
        price=Price(currency="EUR", items=79_900, shipping=0, fees=0, tax=0, total=79_900),
        binding=True,
        valid_until=mail.at + timedelta(days=5),
        fulfilment=Fulfilment.DELIVERED,
        by=None,
        returns_days=None,
        warranty_months=None,
        asks=(),
        payment=("sepa-transfer",),
        payment_link="",
        note="",
        received=mail.at,
        way=Way.MAIL,
    )


def test_taking_an_offer_answers_the_mail_that_it_was_read_from(run: Callable[[Job], None]) -> None:
    with smtp_server() as (box, port):

        async def job(asked: Asked) -> None:
            means = asked.person.means
            await asked.sends(port)
            key = await asked.cast()
            await asked.person.settle()
            vendor = await choose_vendors.vendor(means, asked.vendor)
            answer = _answer(vendor.reply_to, Message_ID="<offer@rad.example>")
            mail = (await read_mail.take_in(means, answer.as_bytes())).mail
            other = _answer(vendor.reply_to, Message_ID="<later@rad.example>")
            asked.person.clock.move(seconds=60)
            await read_mail.take_in(means, other.as_bytes())
            offer = _offer(asked, key, mail)
            fields = order_fields(
                await means.vault.read(lambda tx: tx.profile()),
                (FieldPath.NAME, FieldPath.STREET),
                means.clock.today(),
            )
            plan = VendorPlan(vendor=asked.vendor, ping=(), reveal=(), order=fields, way=Way.MAIL)

            def accept(tx: object) -> None:
                tx.save_offer(offer)  # type: ignore[attr-defined]
                ask_by_mail.MailWay().accept(tx, means, offer, plan, "sepa-transfer")  # type: ignore[arg-type]

            await means.vault.write(accept)
            box.mails.clear()
            await asked.person.settle()
            sent = _sent(box)
            assert sent["In-Reply-To"] == "<offer@rad.example>"
            body = sent.get_body(("plain",))
            assert body is not None
            assert "Querlenkerweg 1183" in body.get_content()
            assert "799,00 EUR" in body.get_content()
            told = await asked.told()
            assert told["profile.address.street"] == ("Querlenkerweg 1183", LedgerState.SENT)
            kept = await means.vault.read(lambda tx: tx.offer(offer.id))
            assert kept is not None
            assert kept.state is OfferState.ACCEPTED

        run(job)


def test_an_account_keeps_its_password_to_itself(
    run: Callable[[Job], None], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    canary = "Kanarienvogel-7391846"

    async def job(asked: Asked) -> None:
        means = asked.person.means
        box = MailBox(host="127.0.0.1", port=1, security=MailSecurity.NONE, user=canary, password=canary)
        await mail_account.set_account(means, MailAccount(address="me@mail.example", sends=box, reads=box))
        kept = await mail_account.account(means)
        assert kept is not None
        assert kept.sends == box
        assert canary not in repr(kept) + repr(box) + repr(means)
        with pytest.raises(ChannelError) as raised:
            await mail_account.try_account(means)
        assert canary not in f"{raised.value!r} {raised.value.__cause__!r}"
        with pytest.raises(ChannelError) as raised:
            await read_mail.fetch(means)
        assert canary not in f"{raised.value!r} {raised.value.__cause__!r}"
        await mail_account.forget_account(means)
        assert await mail_account.account(means) is None
        with pytest.raises(NotPossibleNow):
            await mail_account.try_account(means)
        with pytest.raises(NotPossibleNow):
            await read_mail.fetch(means)

    run(job)
    assert canary not in caplog.text
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and canary.encode() in path.read_bytes()]


def test_what_cannot_be_written_to_cannot_be_asked_by_mail(run: Callable[[Job], None]) -> None:
    async def job(asked: Asked) -> None:
        means = asked.person.means
        vendor = await choose_vendors.vendor(means, asked.vendor)
        await means.vault.write(lambda tx: tx.save_vendor(replace(vendor, email="not an address")))
        fits = await choose_vendors.whom_to_ask(means, asked.want)
        assert next(one.ways for one in fits if one.vendor.id == asked.vendor) == ()
        progress = await collect_offers.progress(means, asked.want)
        assert progress.vendors == ()

    run(job)


def test_a_setting_that_is_no_account_is_none(run: Callable[[Job], None]) -> None:
    async def job(asked: Asked) -> None:
        means = asked.person.means
        for wrong in ("[]", "{", "{}", '{"address": ""}'):

            def write(tx: object, wrong: str = wrong) -> None:
                tx.set_setting("mail-account", wrong)  # type: ignore[attr-defined]

            await means.vault.write(write)
            assert await mail_account.account(means) is None

    run(job)
