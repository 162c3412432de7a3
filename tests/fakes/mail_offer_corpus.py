"""The labelled answer mails, and how a reading of one is graded: right, wrong, or not read. Never here: the gates."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vrm_desktop.domain.mail_reading import MailReading
from vrm_desktop.formats.mail_offer.reading import read_mail_offer

FOLDER = Path(__file__).resolve().parents[1] / "data" / "mail_offers"
FILES = ("german.txt", "english.txt", "other.txt")
FIELDS = ("total", "items", "shipping", "tax", "valid", "delivery", "returns", "warranty", "standing")
_HEAD = re.compile(r"^=== (\w+)( held-out)?\n", re.MULTILINE)
MONDAY = date(2026, 11, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledMail:
    """One mail with what is to be read from it."""

    name: str
    held_out: bool
    text: str
    labels: Mapping[str, str]
    currency: str
    quantity: int

    def read(self) -> dict[str, str]:
        """What the reader makes of it, in the labels' words."""
        return as_labels(read_mail_offer(self.text, MONDAY, self.currency, self.quantity))


def mails() -> list[LabelledMail]:
    """The whole set, in its order."""
    found = []
    for file in FILES:
        parts = _HEAD.split((FOLDER / file).read_text("utf-8"))[1:]
        for name, mark, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            head, _, text = ("\n" + body).partition("\n\n")
            labels = dict(line.split(": ") for line in head.strip().splitlines())
            currency, quantity = labels.pop("currency", "EUR"), int(labels.pop("quantity", "1"))
            found.append(
                LabelledMail(
                    name=name, held_out=bool(mark), text=text, labels=labels, currency=currency, quantity=quantity
                )
            )
    return found


def as_labels(reading: MailReading) -> dict[str, str]:
    """A reading in the labels' words; what was not read is left out."""
    made: dict[str, str] = {}
    for name in ("total", "items", "shipping"):
        said = getattr(reading, name)
        if said is not None:
            made[name] = f"{said.money.decimal()} {said.money.currency}"
    if reading.tax is not None:
        made["tax"] = reading.tax.basis.value
    if reading.valid_until is not None:
        made["valid"] = reading.valid_until.day.isoformat()
    if reading.delivery_by is not None:
        made["delivery"] = reading.delivery_by.day.isoformat()
    if reading.delivery_days is not None:
        made["delivery"] = f"{reading.delivery_days.count}{'w' if reading.delivery_days.working else 'd'}"
    if reading.returns_days is not None:
        made["returns"] = str(reading.returns_days.count)
    if reading.warranty_months is not None:
        made["warranty"] = str(reading.warranty_months.count)
    if reading.standing is not None:
        made["standing"] = reading.standing.standing.value
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one field was read over many mails."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The part of what was read that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The part of what is there that was read right."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def scores(chosen: Iterable[LabelledMail]) -> dict[str, Score]:
    """Each field's score. A wrong value counts as wrong, and as missed where there was a right one."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for mail in chosen:
        given = mail.read()
        for field in FIELDS:
            if field in given and given[field] == mail.labels.get(field):
                right[field] += 1
                continue
            wrong[field] += field in given
            missed[field] += field in mail.labels
    return {name: Score(right=right[name], wrong=wrong[name], missed=missed[name]) for name in FIELDS}
