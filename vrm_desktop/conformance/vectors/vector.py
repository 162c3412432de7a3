"""What a negative vector is: where in a conversation it stands, the bytes it makes, and the code that answers it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from vrm_desktop.conformance.asker import Asker
from vrm_desktop.conformance.forging import Members, members_of, signed
from vrm_desktop.conformance.rules import Level, Rule
from vrm_desktop.protocol.messages import Message
from vrm_desktop.protocol.sealing import Sealed


class Place(StrEnum):
    """Where in the conversation the bytes are posted."""

    OPENING = "opening"
    """Nothing was said; the bytes stand for a ping."""
    TALKING = "talking"
    """Agreed; the person has said one message since, and has seen what the desk said."""
    OFFERED = "offered"
    """Revealed, and the desk has made its first offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """`codes`: the documented code first, then others that the document leaves open. `make` changes no asker."""

    rule: Rule
    place: Place
    codes: tuple[str, ...]
    make: Callable[[Asker], bytes]

    @property
    def name(self) -> str:
        """The rule's id without its first word."""
        return self.rule.id.removeprefix("refuse.")


def vector(
    name: str,
    section: str,
    place: Place,
    why: str,
    codes: str,
    make: Callable[[Asker], bytes],
    *,
    level: Level = Level.FULL,
) -> Vector:
    """A vector; `codes` are separated by spaces, `why` says what is refused."""
    allowed = tuple(codes.split())
    must = f"{why} is refused with {' or '.join(f'`{code}`' for code in allowed)}"
    rule = Rule(id=f"refuse.{name}", section=section, must=must, level=level)
    return Vector(rule=rule, place=place, codes=allowed, make=make)


def ping_with(**changes: object) -> Callable[[Asker], bytes]:
    """A ping with members changed, or left out where the change is None, signed by its sender."""
    return lambda asker: signed(changed(asker.ping(), **changes), asker.signer)


def message_with(**changes: object) -> Callable[[Asker], bytes]:
    """A message of words with members changed, or left out where None, signed by its sender."""
    return lambda asker: signed(changed(words(asker), **changes), asker.signer)


def changed(sealed: Sealed, **changes: object) -> Members:
    """The payload of `sealed` with members changed, or left out where the change is None."""
    members: dict[str, object] = {**members_of(sealed), **changes}
    return {name: value for name, value in members.items() if value is not None}  # type: ignore[misc] # JSON all of it


def words(asker: Asker) -> Sealed:
    """An honest message of words in the asker's present place."""
    return asker.seal(lambda claims: Message(**claims, text="Is it still there?"))
