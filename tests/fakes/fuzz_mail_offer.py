"""What the fuzzers feed to the reader of offers in mails. Beside the other targets, which are in `fuzz_targets`."""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fakes.fuzz_targets import Target

DAY = date(2026, 11, 16)


def mail_offer() -> "Target":
    """Whatever was read stands somewhere in the text, and a total is an amount with digits there."""
    from tests.fakes.fuzz_targets import Target
    from tests.fakes.mail_offer_corpus import FILES, FOLDER
    from vrm_desktop.formats.mail_offer.reading import read_mail_offer

    def read(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        reading = read_mail_offer(text, DAY, "EUR", 1)
        for said in (reading.total, reading.items, reading.shipping, reading.valid_until, reading.delivery_by):
            if said is not None and not text[said.at.start : said.at.end].strip():
                raise AssertionError("a value without a passage")
        if reading.total is not None:
            passage = text[reading.total.at.start : reading.total.at.end]
            if reading.total.money.minor <= 0 or not any("0" <= sign <= "9" for sign in passage):
                raise AssertionError("a total out of nothing")

    seeds = [part.encode() for name in FILES for part in (FOLDER / name).read_text("utf-8").split("=== ")[1:40:4]]
    return Target(read=read, seeds=seeds, refusals=())
