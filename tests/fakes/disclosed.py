"""What a capture gave away, in order: each value that people sent, decoded through every layer, and when.

Never here: what may leave.
"""

from collections.abc import Collection
from dataclasses import dataclass

from tests.fakes.decoding import holds, layers
from tests.fakes.recording_proxy import Recording
from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.errors import ProtocolError

ACCEPTED = b'"answer":"accept"'
EXEMPT = "want."
"""Fields that the person typed into the want itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """A value of the profile in a request where it must not be."""

    value: str
    why: str


def leaks(recording: Recording, secrets: Collection[str], planned: Collection[str]) -> list[Leak]:
    """Values of `secrets` that left before the vendor's signed acceptance came back, or outside of `planned`.

    Requests and answers are put in the order in which their last byte passed. In a request the disclosures of typed
    fields are taken out first: what was typed into the want is exempt by field, and nowhere else.
    """
    found, signed = [], False
    for sent, data in exchanges(recording):
        if not sent:
            signed = signed or any(ACCEPTED in layer for layer in layers(data))
            continue
        plain = without_typed_fields(data)
        for value in secrets:
            if not holds(plain, value):
                continue
            if not signed:
                found.append(Leak(value=value, why="before the signed acceptance"))
            elif value not in planned:
                found.append(Leak(value=value, why="not on the plan"))
    return found


def exchanges(recording: Recording) -> list[tuple[bool, bytes]]:
    """Whole requests (True) and answers (False) in the order in which they were complete."""
    open_ends: dict[tuple[int, bool], bytes] = {}
    done: list[tuple[bool, bytes]] = []
    for one in recording.passed:
        key = (one.connection, one.sent)
        rest = open_ends.get(key, b"") + one.data
        while (whole := _first_whole(rest)) is not None:
            done.append((one.sent, whole))
            rest = rest[len(whole) :]
        open_ends[key] = rest
    return done + [(sent, rest) for (_, sent), rest in open_ends.items() if rest]


def _first_whole(stream: bytes) -> bytes | None:
    head, blank, body = stream.partition(b"\r\n\r\n")
    if not blank:
        return None
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    return head + blank + body[:length] if len(body) >= length else None


def without_typed_fields(request: bytes) -> bytes:
    """The request without the disclosures that are exempt by field."""
    head, blank, body = request.partition(b"\r\n\r\n")
    try:
        value = strict_json.decode(body)
    except CanonError:
        return request
    match value:
        case {"disclosures": list(texts), "jws": str(jws)}:
            kept = [text for text in texts if not (isinstance(text, str) and _is_typed(text))]
            return head + blank + strict_json.encode({"disclosures": kept, "jws": jws})
        case _:
            return request


def _is_typed(text: str) -> bool:
    try:
        return Disclosure.from_text(text).name.startswith(EXEMPT)
    except ProtocolError:
        return False
