"""Salted values that ride beside a message whose payload holds their digests. What may leave is not decided here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.disclosure import VALUE_LENGTH
from vrm_desktop.domain.ids import Digest
from vrm_desktop.protocol.errors import BadDisclosure
from vrm_desktop.protocol.messages import Item

SALT_BYTES = 16
NAME_LENGTH = 64
PAD_TO = 16
MOST = 64


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Disclosure:
    """One value under its own salt (16 random bytes, base64url: 22 characters)."""

    salt: str
    name: str
    value: str

    def __post_init__(self) -> None:
        try:
            salt = base64url.decode(self.salt)
        except CanonError as error:
            raise BadDisclosure("a salt is base64url") from error
        if len(salt) != SALT_BYTES:
            raise BadDisclosure(f"a salt has {SALT_BYTES} bytes")
        if not 1 <= len(self.name) <= NAME_LENGTH or not 1 <= len(self.value) <= VALUE_LENGTH:
            raise BadDisclosure("a disclosure has a name and a value of bounded length")

    @classmethod
    def fresh(cls, name: str, value: str, random: Callable[[int], bytes]) -> "Disclosure":
        """`name` and `value` under a new salt from `random(number of bytes)`."""
        return cls(salt=base64url.encode(random(SALT_BYTES)), name=name, value=value)

    @classmethod
    def from_text(cls, text: str) -> "Disclosure":
        """The disclosure in its travelling form.

        Raises:
            BadDisclosure: not base64url of the canonical array of three texts.
        """
        try:
            parts = strict_json.decode_canonical(base64url.decode(text), depth=1)
        except CanonError as error:
            raise BadDisclosure(f"{error.code}: {error}") from error
        match parts:
            case [str(salt), str(name), str(value)]:
                return cls(salt=salt, name=name, value=value)
            case _:
                raise BadDisclosure("a disclosure is salt, name and value")

    @property
    def text(self) -> str:
        """The travelling form: base64url of the canonical array.

        Raises:
            BadDisclosure: the value has no canonical form (a lone surrogate).
        """
        try:
            return base64url.encode(strict_json.encode((self.salt, self.name, self.value)))
        except CanonError as error:
            raise BadDisclosure(str(error)) from error

    @property
    def digest(self) -> Digest:
        """The hash of the travelling form."""
        return Digest(digest(self.text.encode("ascii")))


def padded(digests: Iterable[Digest], random: Callable[[int], bytes]) -> tuple[Digest, ...]:
    """`digests` with random ones added up to the next multiple of 16 (at least 16), sorted: a ping's `digests`.

    Raises:
        BadDisclosure: one digest twice, or more than 64.
    """
    real = set(digests_list := list(digests))
    if len(real) != len(digests_list) or len(real) > MOST:
        raise BadDisclosure(f"at most {MOST} digests, each once")
    count = max(PAD_TO, -(-len(real) // PAD_TO) * PAD_TO)
    filling = [Digest(base64url.encode(random(32))) for _ in range(count - len(real))]
    return tuple(sorted([*real, *filling]))


def matched(digests: Iterable[str], texts: tuple[str, ...]) -> tuple[Disclosure, ...]:
    """The disclosures beside a message, in the order of its digests: each digest has its disclosure, none is over.

    Raises:
        BadDisclosure: one is missing, over, twice, or not a disclosure.
    """
    found = {disclosure.digest: disclosure for disclosure in map(Disclosure.from_text, texts)}
    wanted = [Digest(digest) for digest in digests]
    if len(found) != len(texts) or len(set(wanted)) != len(wanted) or set(wanted) != found.keys():
        raise BadDisclosure("items and disclosures do not match one to one")
    return tuple(found[digest] for digest in wanted)


def still_there(digests: Iterable[str], texts: tuple[str, ...]) -> tuple[Disclosure, ...]:
    """The disclosures beside a message that may have lost some since it was signed, in the order of its digests.

    Raises:
        BadDisclosure: one is over, twice, or not a disclosure, or a digest is twice.
    """
    promised = tuple(digests)
    came = {Disclosure.from_text(text).digest for text in texts}
    left = matched((digest for digest in promised if digest in came), texts)
    if len(set(promised)) != len(promised):
        raise BadDisclosure("a digest twice")
    return left


def check_pledged(items: tuple[Item, ...], pledged: Iterable[str]) -> None:
    """Check that each item's digest was promised before: among a ping's digests, or an order text's.

    Raises:
        BadDisclosure: one was not.
    """
    if not {item.digest for item in items} <= set(pledged):
        raise BadDisclosure("a value that was never pledged")
