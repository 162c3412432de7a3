"""A desk in one process that signs with the keys in its folder, and people who follow them. No HTTP."""

import os
from pathlib import Path

from tests.fakes.asking_person import AskingPerson
from tests.fakes.open_desk import OpenDesk
from vrm_desktop.domain.ids import Kid
from vrm_desktop.domain.kinds import Side
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.keys import with_new_peer_key
from vrm_desktop.protocol.signing import claimed_kid
from vrm_desktop.vendor.key_change import change_key
from vrm_desktop.vendor.key_file import open_keys


class KeyedDesk(OpenDesk):
    """Its first key is that of every `OpenDesk`; it is made when there is none."""

    def __init__(self, folder: Path, *, desk: str = "", database: str | None = None) -> None:
        self.path = folder / "desk.key"
        keys = open_keys(self.path, random=lambda _: b"\x07" * 32)
        super().__init__(folder, desk=desk, database=database, keys=keys)

    def again(self) -> "KeyedDesk":
        """The same desk, started again."""
        self.close()
        return KeyedDesk(self.path.parent)

    def change(self) -> Kid:
        """Sign with a new key from now on."""
        kid = change_key(self.store, self.path, now=self.now, random=os.urandom)
        self.follow()
        return kid

    def follow(self) -> None:
        """Sign with the key that counts."""
        with self.store.turn() as books:
            self.desk.follow(books.key())

    def published(self) -> bytes:
        """The card as it is published now."""
        with self.store.turn() as books:
            card = books.published()
        assert card is not None
        return card

    def take_at_the_door(self, person: AskingPerson, envelope: Envelope) -> None:
        """Take a message in that may be for a key which only its conversation knows."""
        own = self.dossier(person).conversation.own_kids
        self.desk.glance(envelope, now=self.now, own=own)
        with self.store.turn() as books:
            dossier = books.dossier(str(person.conversation.id))
            assert dossier is not None
            decision = self.desk.take(dossier, envelope, now=self.now)
            assert decision is not None
            books.apply(decision, now=self.now)
        self.tell(person)

    def fetch_card(self, person: AskingPerson) -> None:
        """The person takes the key of the published card, if the one it knows vouches for it."""
        person.conversation = with_new_peer_key(person.conversation, self.published(), now=self.now)

    def tell(self, person: AskingPerson) -> int:
        """Hand the person what it has not heard yet; under a key that it does not know it fetches the card."""
        with self.store.turn() as books:
            letters, _more = books.letters(str(person.conversation.id), after={Side.VENDOR: len(person.heard)})
        for letter in letters:
            if claimed_kid(letter.jws) not in person.conversation.kids(Side.VENDOR):
                self.fetch_card(person)
            person.hear(Envelope(jws=letter.jws, disclosures=letter.disclosures))
        return len(letters)
