"""`vrm mail offers|propose|confirm|dismiss|terms`: values beside their text, and no offer without the person's word."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.command_line import CommandLine
from tests.fakes.mail_servers import smtp_server
from vrm_desktop.resources_folder import resources_folder

ADA = str(resources_folder() / "samples" / "person" / "ada.vcf")
NOW = datetime.now(UTC)
UNTIL = (NOW + timedelta(days=9)).date()
TEXT = f"""Hello,

the bike costs EUR 699.00, shipping is EUR 19.00, in total EUR 718.00. The offer is valid until {UNTIL.isoformat()}.
Delivery takes 3 working days. You may return it within 14 days, and it has a 12-month warranty.
This is a binding offer; prices include VAT.
"""


@pytest.fixture
def want(vrm: CommandLine) -> str:
    return str(
        vrm.json("intentcast", "new", "used 54 cm road bike, under 800 EUR, Cologne, by Friday")["intentcast"]["id"]
    )


@pytest.fixture
def vendor(vrm: CommandLine) -> str:
    made = vrm.json("counterparty", "add", "Radhaus", "--email", "info@rad.example")["counterparty"]
    return str(made["id"])


def taken(vrm: CommandLine, folder: Path, vendor: str, text: str = TEXT, sender: str = "info@rad.example") -> str:
    file = folder / "answer.eml"
    dated = NOW.strftime("%a, %d %b %Y %H:%M:%S +0000")
    file.write_text(f"From: {sender}\nDate: {dated}\nSubject: Your request\n\n{text}", encoding="utf-8")
    [mail] = vrm.json("mail", "read", str(file), "--from", vendor)["mails"]
    return str(mail["id"])


def proposed(vrm: CommandLine, mail: str, want: str) -> dict[str, Any]:
    made = vrm.json("mail", "propose", mail, "--for", want)["proposal"]
    assert isinstance(made, dict)
    return made


def test_each_value_is_shown_beside_its_text_and_counts_once_confirmed(
    vrm: CommandLine, want: str, vendor: str, tmp_path: Path
) -> None:
    made = proposed(vrm, taken(vrm, tmp_path, vendor), want)
    read = {one["id"]: one for one in made["read"]}
    assert (made["counts"], made["state"], made["warnings"], made["doubts"]) == (False, "proposed", [], [])
    assert read["total"]["value"] == {"minor": 71_800, "currency": "EUR"}
    assert "[EUR 718.00]" in read["total"]["passage"]
    assert TEXT[read["total"]["start"] : read["total"]["end"]] == "EUR 718.00"
    assert read["valid_until"]["value"] == UNTIL.isoformat()
    assert (read["within_working_days"]["value"], read["returns_days"]["value"]) == (3, 14)
    assert (read["warranty_months"]["value"], read["standing"]["value"]) == (12, "binding")
    assert vrm.json("offers", want)["offers"] == []
    told = vrm.run("mail", "offers", want).output
    assert "total: €718.00  (named as the total)  “" in told
    assert "[read, not confirmed by you]" in told
    offer = vrm.json("mail", "confirm", made["id"])["offer"]
    assert (offer["way"], offer["binding"], offer["price"]["shipping"]["minor"]) == ("mail", True, 1_900)
    [listed] = vrm.json("offers", want)["offers"]
    assert (listed["id"], listed["way"], listed["place"]) == (offer["id"], "mail", 1)
    assert "offer by e-mail, confirmed by you" in vrm.run("offers", want).output
    assert vrm.json("mail", "offers", want)["proposals"][0]["offer"] == offer["id"]


def test_what_the_person_reads_otherwise_is_corrected(vrm: CommandLine, want: str, vendor: str, tmp_path: Path) -> None:
    mail = taken(vrm, tmp_path, vendor, "It costs between EUR 600 and EUR 800.\n")
    made = proposed(vrm, mail, want)
    assert (made["read"], made["doubts"]) == ([], ["several-prices"])
    assert "No price was read" in vrm.run("mail", "propose", mail, "--for", want).output
    failed = vrm.json("mail", "confirm", made["id"], status=1)
    assert failed["error"]["id"] == "mail-offer-incomplete"
    values = ("--total", "595.00 EUR", "--items", "500.00 EUR", "--tax", "net", "--valid-until", UNTIL.isoformat())
    more = ("--by", UNTIL.isoformat(), "--returns", "30", "--warranty", "24", "--indication")
    offer = vrm.json("mail", "confirm", made["id"], *values, *more)["offer"]
    parts = [offer["price"][name]["minor"] for name in ("items", "tax", "total")]
    assert parts == [50_000, 9_500, 59_500]
    assert (offer["returns_days"], offer["warranty_months"], offer["binding"]) == (30, 24, False)


def test_an_alarm_is_raised_for_a_bank_account_and_each_warning_is_named(
    vrm: CommandLine, want: str, vendor: str, tmp_path: Path
) -> None:
    text = TEXT + "Please pay to DE89 3704 0044 0532 0130 00.\n"
    made = proposed(vrm, taken(vrm, tmp_path, vendor, text, "Radhaus <x@evil.example>"), want)
    assert made["warnings"] == ["sender-elsewhere", "bank-details"]
    assert "ALARM: the mail names a bank account." in vrm.run("mail", "offers", want).output
    for seen in ((), ("--seen", "bank-details"), ("--seen", "sender-elsewhere")):
        failed = vrm.json("mail", "confirm", made["id"], *seen, status=1)
        assert failed["error"]["id"] == "mail-warnings-open"
    both = ("--seen", "bank-details", "--seen", "sender-elsewhere")
    ran = vrm.run("mail", "confirm", made["id"], *both)
    assert ran.status == 0
    assert "nothing is ever paid by this mail's word" in ran.output


def test_a_proposal_can_be_dismissed_and_terms_noted(vrm: CommandLine, want: str, vendor: str, tmp_path: Path) -> None:
    made = proposed(vrm, taken(vrm, tmp_path, vendor), want)
    assert vrm.json("mail", "terms", made["id"])["proposal"]["terms_accepted"] is True
    assert "accepts your conditions" in vrm.run("mail", "offers", want).output
    assert vrm.json("mail", "terms", made["id"], "--not")["proposal"]["terms_accepted"] is False
    assert vrm.run("mail", "dismiss", made["id"]).output == "Put aside.\n"
    assert vrm.json("mail", "offers", want)["proposals"][0]["state"] == "dropped"
    assert vrm.json("offers", want)["offers"] == []


def test_nothing_is_said_where_no_mail_proposes(vrm: CommandLine, want: str) -> None:
    assert vrm.run("mail", "offers", want).output == "No mail proposes anything for it.\n"
    assert vrm.run("mail", "confirm", "none", "--returns", "many").status == 2


def test_an_acceptance_by_mail_says_how_it_goes(vrm: CommandLine, want: str, vendor: str, tmp_path: Path) -> None:
    vrm.json("profile", "import", ADA)
    vrm.json("intentcast", "cast", want, "--vendor", f"{vendor}:mail", "--spread", "0")
    made = proposed(vrm, taken(vrm, tmp_path, vendor), want)
    offer = vrm.json("mail", "confirm", made["id"])["offer"]["id"]
    with smtp_server() as (box, port):
        words = ("--address", "me@mail.example", "--smtp", f"127.0.0.1:{port}", "--smtp-security", "none")
        vrm.json("mail", "account", "set", *words, "--no-password")
        ran = vrm.run("offer", "accept", offer)
        assert (ran.status, ran.told) == (0, "")
        left, ordered = ran.output.splitlines()
        assert left == "Radhaus: your acceptance has left by e-mail, and the confirmation comes by e-mail."
        assert ordered == "You ordered by e-mail; nobody has signed it. Keep their confirmation."
        assert len(box.mails) == 1


def test_an_acceptance_without_an_account_is_a_draft_to_hand_out(
    vrm: CommandLine, want: str, vendor: str, tmp_path: Path
) -> None:
    vrm.json("profile", "import", ADA)
    vrm.json("intentcast", "cast", want, "--vendor", f"{vendor}:mail", "--spread", "0")
    made = proposed(vrm, taken(vrm, tmp_path, vendor), want)
    offer = vrm.json("mail", "confirm", made["id"])["offer"]["id"]
    told = vrm.json("offer", "accept", offer)["acceptance"]
    assert told["state"] is None
    file = tmp_path / "yes.eml"
    vrm.json("mail", "draft", told["letter"], str(file))
    assert b"EUR" in file.read_bytes()


def test_a_mail_that_confirms_the_order_lets_it_be_paid_by_the_persons_own_hand(
    vrm: CommandLine, want: str, vendor: str, tmp_path: Path
) -> None:
    vrm.json("profile", "import", ADA)
    vrm.json("intentcast", "cast", want, "--vendor", f"{vendor}:mail", "--spread", "0")
    offered = taken(vrm, tmp_path, vendor)
    offer = vrm.json("mail", "confirm", proposed(vrm, offered, want)["id"])["offer"]["id"]
    order = vrm.json("offer", "accept", offer)["order"]
    assert (order["state"], order["payment"], order["record"], order["paid"]) == ("placed", None, None, None)
    assert vrm.json("mail", "ordered", offered, status=1)["error"]["id"] == "not-possible-now"
    mail = taken(vrm, tmp_path, vendor, "Thank you for your order!\n")
    ran = vrm.run("mail", "ordered", mail)
    assert ran.output.splitlines() == [
        "Radhaus: Confirmed by e-mail, as you say; nobody has signed it. Keep their confirmation.",
        "To pay: €718.00",
        "Nobody has signed where to pay. Check the account with them in another way, then pay it yourself.",
    ]
    file = vrm.run("relationship", "show", vrm.json("pay", "list")["payments"][0]["relationship"]).output
    assert "nobody has signed it" in file
    assert "confirmed your order by e-mail, as you say (info@rad.example)" in file
    assert "Nobody has signed where to pay." in vrm.run("pay", "show", order["id"]).output
    assert vrm.run("pay", "check", order["id"], "Hello again.").output.startswith("Nothing about where to pay")
    assert vrm.run("pay", "check", order["id"], "We thank you for EUR 718.00.").status == 0
    checked = vrm.run("pay", "check", order["id"], "DE89 3704 0044 0532 0130 00")
    assert (checked.status, "Another way to pay than you agreed on" in checked.output) == (1, True)
    assert vrm.json("pay", "done", order["id"])["payment"]["state"] == "said-paid"
