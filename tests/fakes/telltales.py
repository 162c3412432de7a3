"""What captured bytes tell of a person: words of the profile and of the want, found through every layer of a line.

HTTP, JSON, base64 and hex as everywhere (decoding), and mail besides: quoted-printable, base64 over many lines, encoded
heads. Never here: whether telling it was right.
"""

import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from tests.fakes.decoding import layers

_WORDS = re.compile(r"[^\W_]+(?:[.@+-][^\W_]+)*")
_SHORTEST = 5


def telling_words(texts: Iterable[str]) -> frozenset[str]:
    """The words of these texts that are long enough to be found by more than chance, in lower case."""
    return frozenset(word.lower() for text in texts for word in _WORDS.findall(text) if len(word) >= _SHORTEST)


def found_in(stream: bytes, words: Iterable[str]) -> frozenset[str]:
    """Which of the words stand anywhere in the bytes. Digits count as a word only, as they occur by chance."""
    text = "\n".join(layer.decode("utf-8", "replace") for layer in every_layer(stream)).lower()
    return frozenset(
        word for word in words if word in text and (not _numeric(word) or re.search(rf"(?<!\w){word}(?!\w)", text))
    )


def every_layer(stream: bytes) -> Iterator[bytes]:
    """The bytes, and all that they decode to; mails opened."""
    yield from layers(stream)
    for mail in stream.split(b"DATA\r\n")[1:]:
        for piece in mail_pieces(mail.partition(b"\r\n.\r\n")[0]):
            yield from layers(piece)


def mail_pieces(mail: bytes) -> Iterator[bytes]:
    """A mail's decoded head lines in one piece, and each part's decoded content."""
    message = message_from_bytes(mail, policy=policy.default)
    assert isinstance(message, EmailMessage)
    yield "\n".join(f"{name}: {value}" for name, value in message.items()).encode("utf-8", "replace")
    for part in message.walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield "\n".join(f"{name}: {value}" for name, value in part.items() if part is not message).encode()
            yield content


def _numeric(word: str) -> bool:
    return not any(sign.isalpha() for sign in word)
