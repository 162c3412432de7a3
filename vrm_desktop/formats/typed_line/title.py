"""The title: what is left of the line when the chips took their words, without the words that only ask.

Never here: any reading of meaning.
"""

import re
from typing import Final

from vrm_desktop.domain.intentcast import TITLE_LENGTH
from vrm_desktop.formats.typed_line.meaning import Field, Why
from vrm_desktop.formats.typed_line.words import Line, fold, keys_of

_ASKING: Final = re.compile(
    r"(?<![^\W_])(?:i am looking for|i'm looking for|we are looking for|looking for|searching for|in search of"
    r"|search for|i'm after|i am after|i would like to buy|i would like"
    r"|i'd like to buy|i'd like|i want to buy|i need to buy|i want to|i need to|i want|i need|we need|we want|wants?"
    r"|wanted|want to buy|need to buy|needed|need|buying|buy"
    r"|please offer|please|can you|could you|does anyone have|does anyone sell|anyone selling|who sells|who can|hello"
    r"|hi there|hi|thanks|thank you"
    r"|ich suche nach|ich suche|wir suchen|suche nach|auf der suche nach|suchen|suche|ich brauche|wir brauchen"
    r"|brauchen|brauche|ich benötige|benötige|ich möchte gerne|ich möchte"
    r"|möchte|ich hätte gerne?|hätte gerne?|ich will|wer kann|wer verkauft|wer hat|hat jemand|kaufen|gesucht"
    r"|bitte um angebote? für|bitte angebote? für|bitte um angebote?|bitte angebote?"
    r"|angebote? für|offers? for|quotes? for|quote to|bitte|egal,? ob|doesn't matter|does not matter|hallo|guten tag"
    r"|danke|vielen dank|lassen)(?![^\W_])",
    re.IGNORECASE,
)
_EDGE_WORDS: Final = frozenset(
    keys_of(
        "somewhere anywhere irgendwo zusammen together total insgesamt gesamt gegen "
        "a an the some any my and or but in at by for to near from of on with until max per is about around "
        "under up that this ein eine einen einem einer eines der die das den dem und oder aber im am an bei von "
        "vom aus nach zu zum zur fuer mit bis um ab raum je pro ca nur only also auch then dann it es budget "
        "price preis"
    )
)
_EMPTY: Final = frozenset(
    keys_of(
        "help hilfe something anything etwas was irgendwas irgendetwas stuff thing things sachen ding test hello "
        "hallo one eins new used neu gebraucht cheap guenstig"
    )
)
_CHUNK: Final = re.compile(r"(?:[^\t,;!?]|(?<=[0-9]),(?=[0-9]))+")
_PIECE: Final = re.compile(r"\S+")


def take_asking_words(line: Line) -> None:
    """Take the words that only say that something is wanted, so that no grammar reads them."""
    for match in _ASKING.finditer(line.text):
        if line.free(match.start(), match.end()):
            line.take(match.start(), match.end())


def read_title(line: Line) -> None:
    """Add the title as a chip, or ask what it is."""
    chunks = []
    for chunk in _CHUNK.finditer(line.remaining()):
        pieces = [(chunk.start() + piece.start(), piece.group()) for piece in _PIECE.finditer(chunk.group())]
        while pieces and not _carries(pieces[0][1]):
            pieces.pop(0)
        while pieces and not _carries(pieces[-1][1]):
            pieces.pop()
        if pieces:
            chunks.append((pieces[0][0], pieces[-1][0] + len(pieces[-1][1])))
    texts = [line.text[start:end].strip(" .:-–—()\"'") for start, end in chunks]
    said = [text for text in texts if any(sign.isalpha() for sign in text)]
    words = [fold(word) for text in said for word in re.findall(r"[^\W\d_]+", text)]
    if all(word in _EMPTY or word in _EDGE_WORDS for word in words):
        line.ask(Field.WHAT, Why.NOT_SAID)
        return
    title = ", ".join(text for text in texts if text)
    if len(title) > TITLE_LENGTH:
        shorter = title[: TITLE_LENGTH + 1].rsplit(" ", 1)[0].rstrip(" ,")[:TITLE_LENGTH]
        line.ask(Field.WHAT, Why.TOO_LONG, source=line.text[chunks[0][0] : chunks[-1][1]], choices=(shorter,))
        return
    line.add(Field.WHAT, title, chunks[0][0], chunks[-1][1])


def _carries(piece: str) -> bool:
    key = fold(piece.strip(".:()-–—/\"'&+"))
    return bool(key) and key not in _EDGE_WORDS
