"""Requests for an offer: what they say in two languages, what they never say, and the bytes that leave."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import Bid, Condition, Fulfilment, Intentcast
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.regions import Area
from vrm_desktop.formats.demand import FILE_NAME, MEDIA, demand
from vrm_desktop.formats.errors import NoMailAddress
from vrm_desktop.formats.mail_files import (
    MailFile,
    MailText,
    mail_bytes,
    mail_link,
    message_id,
    plain_address,
    read_shown,
    shown,
)
from vrm_desktop.formats.mail_reading import read_mail
from vrm_desktop.formats.mail_request import asking, taking

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
WANT = Intentcast(
    id=IntentcastId("want-canary-id"),
    title="Trekkingrad 28″ für große Leute",
    details="Schutzbleche wären schön,\nkein Carbon",
    category="mobility.bicycle",
    attributes={"frame_cm": "58-60"},
    area=Area(country="DE", region="DE-NW", postal_prefix="50"),
    place="Querlenkerweg 1183",
    quantity=2,
    condition=Condition.USED,
    fulfilment=Fulfilment.COLLECTED,
    needed_by=date(2026, 12, 24),
    answers_by=date(2026, 11, 30),
    price_cap=Money(minor=87_654, currency="EUR"),
    payment=("sepa-transfer", "cash"),
    made=NOON,
)
MAIL = MailText(
    to="laden@rad.example",
    subject="Bitte um ein Angebot: Trekkingrad für große Leute mit langem Weg und noch längerem Betreff, ganz ehrlich",
    text="Guten Tag,\n\nGrüße an Frau Öztürk: 5 €.\n.\n",
    sender="me+a1b2@mail.example",
    sender_name="Jörg Größe, Köln",
    files=(MailFile(name=FILE_NAME, media=MEDIA, text='{"a": "ü"}\n'),),
)
NEVER = ("87654", "876.54", "876,54", "Querlenkerweg", "canary")


def _ask(language: str, want: Intentcast = WANT, name: str = "") -> str:
    text = asking(language, want, name=name, labels={"Rahmen": "58-60 cm"}, attached=True)
    return f"{text.subject}\n\n{text.body}"


def test_a_german_request_says_what_quoting_needs() -> None:
    text = _ask("de", name="Ottilie Zwiebelfisch")
    assert text.startswith("Bitte um ein Angebot: Trekkingrad 28″ für große Leute\n\nGuten Tag,\n\n")
    for line in (
        "Was: Trekkingrad 28″ für große Leute",
        "Rahmen: 58-60 cm",
        "Zustand: gebraucht",
        "Anzahl: 2",
        "Wie ich es bekomme: ich hole es ab",
        "Wo: 50…, Nordrhein-Westfalen, Deutschland",
        "Gebraucht bis: 24. Dezember 2026",
        "Wie ich zahlen würde: per Überweisung, bar",
        "Bitte antworten Sie bis zum 30. November 2026 auf diese E-Mail und nennen Sie mir:",
        "- den Gesamtpreis mit Steuern, Lieferung und allen Gebühren",
    ):
        assert line in text.split("\n")
    assert text.endswith("Mit freundlichen Grüßen\nOttilie Zwiebelfisch")


def test_an_english_request_says_the_same_and_leaves_out_what_is_open() -> None:
    open_want = replace(WANT, condition=Condition.ANY, fulfilment=Fulfilment.ANY, needed_by=None, details="")
    text = _ask("en", open_want)
    assert "Where: 50…, North Rhine-Westphalia, Germany" in text
    assert "Please answer this mail by 30 November 2026 and tell me:" in text
    assert "How long your warranty is".lower() in text.lower()
    assert not any(word in text for word in ("Condition", "How I get it", "Needed by", "Details"))
    assert text.endswith("Kind regards")


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_cap_and_the_place_are_never_told(language: str) -> None:
    everything = _ask(language) + demand(WANT)
    assert not [word for word in NEVER if word in everything]
    bid = replace(WANT, bid=Bid(amount=Money(minor=70_000, currency="EUR"), firm=False, until=date(2026, 12, 1)))
    told = _ask(language, bid)
    assert ("700,00 EUR" if language == "de" else "700.00 EUR") in told
    assert not [word for word in NEVER if word in told + demand(bid)]


def test_a_demand_mirrors_an_offer() -> None:
    said = json.loads(
        demand(replace(WANT, bid=Bid(amount=Money(minor=700, currency="JPY"), firm=True, until=NOON.date())))
    )
    assert (said["@context"], said["@type"]) == ("https://schema.org", "Demand")
    assert said["itemOffered"] == {
        "@type": "Product",
        "name": "Trekkingrad 28″ für große Leute",
        "description": "Schutzbleche wären schön,\nkein Carbon",
        "category": "mobility.bicycle",
        "additionalProperty": [{"@type": "PropertyValue", "propertyID": "frame_cm", "value": "58-60"}],
    }
    assert said["itemCondition"] == "https://schema.org/UsedCondition"
    assert said["eligibleQuantity"]["value"] == 2
    assert said["eligibleRegion"] == {
        "@type": "DefinedRegion",
        "addressCountry": "DE",
        "addressRegion": "NW",
        "postalCodePrefix": "50",
    }
    assert (said["validThrough"], said["availabilityEnds"]) == ("2026-11-30", "2026-12-24")
    assert said["priceSpecification"]["price"] == "700"
    assert set(said) <= DEMAND_MEMBERS


DEMAND_MEMBERS = {
    *("@context", "@type", "itemOffered", "eligibleQuantity", "eligibleRegion", "validThrough", "itemCondition"),
    *("availabilityEnds", "availableDeliveryMethod", "acceptedPaymentMethod", "priceSpecification"),
}
"""Properties that schema.org gives to Demand."""


def test_a_small_want_makes_a_small_demand() -> None:
    bare = Intentcast(
        id=IntentcastId("w"), title="Haarschnitt", category="unknown", area=Area(country="DE"), answers_by=NOON.date(),
        made=NOON, payment=("none",),
    )  # fmt: skip
    assert set(json.loads(demand(bare))) == {
        *("@context", "@type", "itemOffered", "eligibleQuantity", "eligibleRegion", "validThrough"),
    }


def test_taking_an_offer_tells_what_delivery_needs() -> None:
    details = {"profile.name": "Ottilie Zwiebelfisch", "profile.address.street": "Weg 1"}
    text = taking(
        "de",
        title="Rad",
        total=Money(minor=79_900, currency="EUR"),
        payment="cash",
        details=details,
        offered=date(2026, 11, 21),
    )
    assert "ich nehme Ihr Angebot vom 21. November 2026 an: Rad." in text.body
    assert "Der Gesamtpreis beträgt 799,00 EUR, wie angeboten." in text.body
    assert "Straße und Hausnummer: Weg 1" in text.body
    bare = taking("en", title="Cut", total=None, payment="none", details={}, offered=date(2026, 11, 21))
    assert bare.body.endswith("Kind regards")
    assert "price is" not in bare.body


def test_the_bytes_are_read_by_the_standard_library_and_by_us() -> None:
    data = mail_bytes(MAIL, name="a1@mail.example", dated=NOON)
    theirs = message_from_bytes(data, policy=policy.default)
    assert not theirs.defects
    assert theirs["Subject"] == MAIL.subject
    assert theirs["From"].addresses[0].display_name == MAIL.sender_name
    assert theirs["From"].addresses[0].addr_spec == MAIL.sender
    assert theirs["Message-ID"] == "<a1@mail.example>"
    assert theirs["Date"].datetime == NOON
    body = theirs.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == MAIL.text
    (file,) = theirs.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == (FILE_NAME, MEDIA)
    assert json.loads(file.get_content()) == {"a": "ü"}
    ours = read_mail(data)
    assert (ours.subject, ours.sender, ours.sender_name) == (MAIL.subject, MAIL.sender, MAIL.sender_name)
    assert ours.text == MAIL.text.strip()
    assert mail_bytes(MAIL, name="a1@mail.example", dated=NOON) == data
    assert max(data) < 128
    assert max(len(line) for line in data.split(b"\r\n")) <= 998


def test_no_header_tells_of_program_or_computer() -> None:
    theirs = message_from_bytes(mail_bytes(MAIL, name="a1@mail.example", dated=NOON))
    assert set(theirs.keys()) == {"From", "To", "Subject", "Message-ID", "Date", "MIME-Version", "Content-Type"}
    assert theirs["Date"].endswith("+0000")
    assert "===" not in str(theirs.get_boundary())
    draft = message_from_bytes(mail_bytes(replace(MAIL, sender="", sender_name="", reply_to="x@y.example")))
    assert set(draft.keys()) == {"To", "Reply-To", "Subject", "X-Unsent", "MIME-Version", "Content-Type"}


def test_what_is_shown_is_what_leaves() -> None:
    every = replace(MAIL, reply_to="b@c.example", answers="x1@rad.example")
    assert read_shown(shown(every)) == replace(every, text=every.text)
    assert shown(MAIL).startswith("From: Jörg Größe, Köln <me+a1b2@mail.example>\nTo: laden@rad.example\nSubject: ")
    answering = message_from_bytes(mail_bytes(every))
    assert answering["In-Reply-To"] == answering["References"] == "<x1@rad.example>"
    with pytest.raises(ValueError, match="recipient"):
        read_shown("Subject: x\n\ny")


LINES = st.text(st.characters(codec="utf-8", exclude_categories=["C"], include_characters="\n"), max_size=60)


@given(LINES, LINES, LINES)
def test_nobodys_words_become_a_header_or_a_file(subject: str, text: str, name: str) -> None:
    said = f"{text}\n=== evil.exe (application/x) ===\nX: y"
    mail = replace(
        MAIL, subject=f"{subject}\r\nBcc: all@evil.example", text=said, sender_name=f"{name}\nTo: x@evil.example"
    )
    read = read_shown(shown(mail))
    assert (read.to, read.sender) == (MAIL.to, MAIL.sender)
    assert [one.name for one in read.files] == [FILE_NAME]
    leaving = message_from_bytes(mail_bytes(read), policy=policy.default)
    assert leaving["Bcc"] is None
    assert [one.get_filename() for one in leaving.iter_attachments()] == [FILE_NAME]


def test_a_message_id_lives_under_the_reply_addresss_domain() -> None:
    name = message_id("outside-1", "me+x@Mail.example")
    assert name.endswith("@mail.example")
    assert name == message_id("outside-1", "me+y@mail.example")
    assert name != message_id("outside-2", "me+x@mail.example")
    assert "outside" not in name


def test_a_link_carries_recipient_subject_and_text_or_is_none() -> None:
    link = mail_link(MAIL)
    assert link is not None
    parts = urlsplit(link)
    assert (parts.scheme, parts.path) == ("mailto", MAIL.to)
    assert parse_qs(parts.query) == {
        "subject": [MAIL.subject],
        "body": [MAIL.text.strip("\n").replace("\n", "\r\n")],
    }
    assert mail_link(replace(MAIL, text="ü" * 400)) is None


@pytest.mark.parametrize(
    "address",
    ["", "a", "@b.example", "a@", "a b@c.d", "a@b,c@d", "a@b?cc=c@d", "ä@b.c", ".a@b.c", "a..b@c.d", "a@b..c"],
)
def test_only_plain_addresses_are_written_to(address: str) -> None:
    with pytest.raises(NoMailAddress):
        plain_address(address)
    with pytest.raises(NoMailAddress):
        mail_bytes(replace(MAIL, to=address))
