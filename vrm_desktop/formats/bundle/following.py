"""Following the two chains of a bundle, message by message: who signed, whether one is missing, moved or foreign."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.ids import Kid, MessageId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.formats.bundle.errors import BundleFalse, Finding
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.protocol.keys import check_key_change
from vrm_desktop.protocol.messages import AnyMessage, KeyChange
from vrm_desktop.protocol.receiving import decode_message
from vrm_desktop.protocol.shapes import LeftOut
from vrm_desktop.protocol.signing import claimed_kid


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Line:
    """One message whose signature and place hold."""

    side: Side
    number: int
    id: MessageId
    message: AnyMessage


@dataclass(slots=True)
class Follower:
    """Takes the lines of a bundle in their order. `proven` are the keys that a vendor's cards show to follow another.

    Raises (all of it): BundleFalse, with what was found and at which message.
    """

    proven: frozenset[tuple[Kid, Kid]]
    lines: list[Line] = field(default_factory=list)
    keys: dict[Side, list[Kid]] = field(default_factory=lambda: {Side.PERSON: [], Side.VENDOR: []})
    _ids: dict[Side, list[MessageId]] = field(default_factory=lambda: {Side.PERSON: [], Side.VENDOR: []})
    _seen_by_vendor: int = 0

    @property
    def conversation(self) -> MessageId | None:
        """The conversation's id: the first message's."""
        return self._ids[Side.PERSON][0] if self._ids[Side.PERSON] else None

    @property
    def counts(self) -> tuple[int, int]:
        """How many messages of the person, and of the vendor."""
        return len(self._ids[Side.PERSON]), len(self._ids[Side.VENDOR])

    def ids(self, side: Side) -> Sequence[MessageId]:
        """The message ids of one side."""
        return self._ids[side]

    def take(self, line: bytes, at: int) -> None:
        """The next line, which is the file's line `at`."""
        side, number, jws = _parts(line, at)
        where = f"{side.value} {number}"
        if not self.lines and side is Side.VENDOR:
            raise BundleFalse(Finding.MISSING, "person 1")
        kid = self._key(side, jws, where)
        try:
            message = decode_message(jws, kid)
        except ProtocolError as error:
            raise BundleFalse(Finding.CHANGED, where) from error
        self._check_place(side, number, message, where)
        if side is Side.PERSON:
            self._opening(message, kid)
        line_id = MessageId(digest(jws.encode("ascii")))
        self._ids[side].append(line_id)
        self.lines.append(Line(side=side, number=number, id=line_id, message=message))
        if isinstance(message, KeyChange):
            self._change_key(message, kid, where)

    def _key(self, side: Side, jws: str, where: str) -> Kid:
        try:
            kid = claimed_kid(jws)
        except ProtocolError as error:
            raise BundleFalse(Finding.CHANGED, where) from error
        known = self.keys[side]
        if not known or kid == known[-1]:
            return kid
        if side is Side.VENDOR and (known[-1], kid) in self.proven:
            known.append(kid)
            return kid
        raise BundleFalse(Finding.KEY, where)

    def _opening(self, message: AnyMessage, kid: Kid) -> None:
        if not self.keys[Side.PERSON]:
            self.keys[Side.PERSON].append(kid)
            self.keys[Side.VENDOR].append(Kid(message.aud))

    def _check_place(self, side: Side, number: int, message: AnyMessage, where: str) -> None:
        own = self._ids[side]
        other_keys = self.keys[side.other]
        conversation = None if isinstance(message.conv, LeftOut) else message.conv
        if conversation != self.conversation or (other_keys and message.aud not in other_keys):
            raise BundleFalse(Finding.FOREIGN, where)
        if message.seq != number:
            raise BundleFalse(Finding.CHANGED, where)
        if number != len(own) + 1:
            raise BundleFalse(Finding.MISSING if number > len(own) + 1 else Finding.REORDERED, where)
        if (None if isinstance(message.prev, LeftOut) else message.prev) != (own[-1] if own else None):
            raise BundleFalse(Finding.FOREIGN, where)
        self._check_seen(side, message, where)

    def _check_seen(self, side: Side, message: AnyMessage, where: str) -> None:
        """The person's own record is exact; the vendor's `seen` never falls and names what was said before."""
        others = self._ids[side.other]
        number, name = (0, "") if isinstance(message.seen, LeftOut) else (message.seen.seq, message.seen.id)
        if number > len(others):
            raise BundleFalse(Finding.MISSING, f"{side.other.value} {number}")
        if number and others[number - 1] != name:
            raise BundleFalse(Finding.FOREIGN, where)
        least = len(others) if side is Side.PERSON else self._seen_by_vendor
        if number < least:
            raise BundleFalse(Finding.REORDERED, where)
        if side is Side.VENDOR:
            self._seen_by_vendor = number

    def _change_key(self, message: KeyChange, old: Kid, where: str) -> None:
        persons, vendors = self.keys[Side.PERSON], self.keys[Side.VENDOR]
        standing = Conversation(
            side=Side.VENDOR,
            own_kid=vendors[-1],
            peer_kid=old,
            id=self.conversation,
            own_before=tuple(vendors[-2::-1]),
            peer_before=tuple(persons[-2::-1]),
        )
        try:
            check_key_change(message, conversation=standing, old=old)
        except ProtocolError as error:
            raise BundleFalse(Finding.KEY, where) from error
        persons.append(Kid(message.kid))


def _parts(line: bytes, at: int) -> tuple[Side, int, str]:
    try:
        value = strict_json.decode_canonical(line)
    except CanonError as error:
        raise BundleFalse(Finding.CHANGED, f"line {at}") from error
    match value:
        case {"at": str(), "jws": str(jws), "number": int(number), "side": "person" | "vendor" as side, **others} if (
            not others
        ):
            if jws.isascii():
                return Side(str(side)), int(number), jws
    raise BundleFalse(Finding.CHANGED, f"line {at}")
