"""A desk with its real store on a file or a database server, driven by hand: no thread, no HTTP, a clock to set."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from tests.fakes.asking_person import AskingPerson, published_roster
from vrm_desktop.domain.kinds import Side
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.vendor.article import Catalogue
from vrm_desktop.vendor.card import current_card
from vrm_desktop.vendor.catalogue_file import read_catalogue
from vrm_desktop.vendor.connectors.rows import Subscribers
from vrm_desktop.vendor.desk import Desk
from vrm_desktop.vendor.desk_keys import DeskKeys
from vrm_desktop.vendor.dossier import Dossier
from vrm_desktop.vendor.hand_acts import Act
from vrm_desktop.vendor.inbox.case import Case, read_case
from vrm_desktop.vendor.key_file import KeyFiles, read_keys
from vrm_desktop.vendor.postgres_engine import PostgresNeighbours, open_shared, read_address
from vrm_desktop.vendor.settings import DeskSettings
from vrm_desktop.vendor.settings_file import read_settings
from vrm_desktop.vendor.shop import Shop
from vrm_desktop.vendor.sqlite_engine import open_engine, scrub
from vrm_desktop.vendor.store import Store

NOON = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)


def sample_settings(desk: str = "") -> DeskSettings:
    """The settings of the sample shop, or of one of the sample desks."""
    folder = resources_folder() / "samples"
    file = folder / "desks" / desk / "desk.toml" if desk else folder / "desk.toml"
    return read_settings(file.read_bytes(), roster_ids=frozenset(entry.id for entry in published_roster().entries))


def sample_catalogue(desk: str = "") -> Catalogue:
    """The catalogue of the sample shop, or of one of the sample desks."""
    folder = resources_folder() / "samples"
    file = folder / "desks" / desk / "catalogue.csv" if desk else folder / "catalogue.csv"
    return read_catalogue(file.read_bytes(), name="catalogue.csv", product_types={})


class OpenDesk:
    """One desk. `now` is its clock; each call is one turn."""

    def __init__(
        self,
        folder: Path,
        *,
        settings: DeskSettings | None = None,
        catalogue: Catalogue | None = None,
        desk: str = "",
        database: str | None = None,
        subscribers: Subscribers | None = None,
        keys: KeyFiles | None = None,
    ) -> None:
        self.now = NOON
        self.file = folder / "desk.sqlite3"
        self.signer = SeedSigner(b"\x07" * 32)
        self.shop = Shop(
            settings=settings or sample_settings(desk),
            catalogue=catalogue or sample_catalogue(desk),
            roster=published_roster(),
        )
        kid, *others = keys.kids if keys is not None else (self.signer.kid,)
        self.neighbours: PostgresNeighbours | None = None
        if database is None:
            engine = open_engine(self.file)
            self.store = Store(engine, kid=kid, others=others, scrub=scrub, subscribers=subscribers)
        else:
            self.neighbours = PostgresNeighbours(read_address(database))
            shared = open_shared(read_address(database))
            self.store = Store(shared, kid=kid, others=others, neighbours=self.neighbours, subscribers=subscribers)
        with self.store.turn() as books:
            ring = keys.under(books.key()) if keys is not None else DeskKeys(current=self.signer)
            card = current_card(
                self.shop,
                endpoint="http://127.0.0.1:1/intentcast",
                signer=ring.current,
                previous=ring.previous,
                now=self.now,
                last=books.card(),
                keep=books.publish,
            )
        find = (lambda kid: read_keys(keys.path).under(kid)) if keys is not None else None
        self.desk = Desk(shop=self.shop, card=card.card, keys=ring, random=os.urandom, find=find)

    def person(self, *, terms: tuple[str, str] | None = None, want: dict[str, str] | None = None) -> AskingPerson:
        """Somebody who knows this desk's key."""
        person = AskingPerson(vendor=self.signer.kid, now=self.now)
        return replace(person, terms=terms or person.terms, want=want or person.want)

    def open(self, envelope: Envelope) -> None:
        """Take a ping in."""
        self.desk.glance_at_ping(envelope, now=self.now)
        with self.store.turn() as books:
            decision = self.desk.open(envelope, now=self.now, older=partial(books.dossier, hold=False))
            books.apply(decision, now=self.now)

    def take(self, person: AskingPerson, envelope: Envelope) -> bool:
        """Take a further message in; False when it came before."""
        self.desk.glance(envelope, now=self.now)
        identity = str(person.conversation.id)
        with self.store.turn() as books:
            dossier = books.dossier(identity)
            assert dossier is not None
            kept = partial(books.kept_pieces, self.now, but=identity)
            used = partial(books.used, identity)
            decision = self.desk.take(dossier, envelope, now=self.now, kept=kept, used=used)
            if decision is not None:
                books.apply(decision, now=self.now)
        return decision is not None

    def exchange(self, person: AskingPerson, envelope: Envelope) -> None:
        """Take a message of the person in, and hand the person what there is to hear."""
        if person.conversation.own.seq == 1:
            self.open(envelope)
        else:
            self.take(person, envelope)
        self.tell(person)

    def tell(self, person: AskingPerson) -> int:
        """Hand the person what it has not heard yet; returns how much that was."""
        with self.store.turn() as books:
            letters, _more = books.letters(str(person.conversation.id), after={Side.VENDOR: len(person.heard)})
        for letter in letters:
            person.hear(Envelope(jws=letter.jws, disclosures=letter.disclosures))
        return len(letters)

    def act(self, person: AskingPerson, act: Act, *, by: str = "ada") -> None:
        """Somebody of the shop does something by hand, and the person hears it."""
        identity = str(person.conversation.id)
        with self.store.turn() as books:
            dossier = books.dossier(identity)
            assert dossier is not None
            books.apply(self.desk.act(dossier, act, by=by, now=self.now), now=self.now)
        self.tell(person)

    def case(self, person: AskingPerson) -> Case:
        """What the shop's people see of a conversation."""
        with self.store.turn() as books:
            case = read_case(books, str(person.conversation.id))
        assert case is not None
        return case

    def work_off(self) -> int:
        """Do the duties that are due; returns how many."""
        done = 0
        while True:
            with self.store.turn() as books:
                duty = books.take_due(self.now)
                if duty is None:
                    return done
                dossier = books.dossier(duty[0])
                assert dossier is not None
                kept = partial(books.kept_pieces, self.now, but=duty[0])
                books.apply(self.desk.do_duty(dossier, duty[1], now=self.now, kept=kept), now=self.now)
            done += 1

    def later(self, person: AskingPerson, *, seconds: float = 0, days: float = 0) -> None:
        """Let time pass, for both."""
        self.now += timedelta(seconds=seconds, days=days)
        person.now = self.now

    def dossier(self, person: AskingPerson) -> Dossier:
        """What the store holds of a conversation."""
        with self.store.turn() as books:
            dossier = books.dossier(str(person.conversation.id))
        assert dossier is not None
        return dossier

    def close(self) -> None:
        """Give the file back."""
        self.store.close()
