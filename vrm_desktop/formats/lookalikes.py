"""Domains that could be taken for another: letters that look alike, one letter off, or the name inside a longer one.

A judgement about texts alone: nothing is looked up. It finds what is meant to deceive, and an unlucky neighbour now and
then; so it only ever makes somebody look. Never here: whose a domain is.
"""

import unicodedata
from collections.abc import Iterable
from typing import Final

from vrm_desktop.formats.web_domains import host_of, registrable

_SHORTEST_NAME = 4
_SHORTEST_TO_SLIP = 5
_ALIKE: Final = {
    **dict(zip("авгеһіјкӏмнорԛѕтухүԝьё", "abrehijklmhopqstyxywbe", strict=True)),
    **dict(zip("αβγεηικνορτυχωϲ", "abyenikvoptuxwc", strict=True)),
    **dict(zip("ıłøđħɡɩɑ0135", "ilodhgiaoles", strict=True)),
}
_TOGETHER: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("nn", "m"))


def looks_like(address: str, known: Iterable[str]) -> str:
    """Which of the registrable domains `known` the address could be taken for; "" where none, or where it is one."""
    host = host_of(address)
    shown = _unicode(host)
    own = registrable(shown) or shown
    mine = set(known)
    if not host or own in mine or registrable(host) in mine:
        return ""
    for one in sorted(mine):
        if _could_be(own, shown, one):
            return one
    return ""


def is_mixed(address: str) -> bool:
    """Whether a label of the host mixes Latin letters with those of another alphabet."""
    return any(len(_alphabets(label)) > 1 for label in _unicode(host_of(address)).split("."))


def _could_be(own: str, shown: str, known: str) -> bool:
    name, other = _name(known), _name(own)
    if _skeleton(own) == _skeleton(known) or (len(name) >= _SHORTEST_NAME and _skeleton(other) == _skeleton(name)):
        return True
    if len(name) >= _SHORTEST_TO_SLIP and _one_slip(_skeleton(other), _skeleton(name)):
        return True
    return len(name) >= _SHORTEST_TO_SLIP and _skeleton(name) in _skeleton(shown)


def _name(domain: str) -> str:
    """The label that somebody chose: `radhaus` of `radhaus.co.uk`."""
    return domain.split(".", maxsplit=1)[0]


def _unicode(host: str) -> str:
    labels = []
    for label in host.split("."):
        shown = label
        if label.startswith("xn--"):
            try:
                shown = label[4:].encode("ascii").decode("punycode")
            except UnicodeError:
                shown = label
        labels.append(shown)
    return ".".join(labels)


def _skeleton(text: str) -> str:
    """The text as the eye takes it: without accents, each letter as the Latin one that it looks like."""
    bare = (sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    folded = "".join(_ALIKE.get(sign, sign) for sign in bare)
    for pair, one in _TOGETHER:
        folded = folded.replace(pair, one)
    return folded


def _alphabets(label: str) -> set[str]:
    return {unicodedata.name(sign, "").split(" ")[0] for sign in label if sign.isalpha()}


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter more, less, another, or two swapped make one of the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, left = one[start:], other[start:]
    swapped = len(rest) == len(left) > 1 and rest[1] + rest[0] + rest[2:] == left
    return swapped or rest[1:] == left[1:] or rest[1:] == left or rest == left[1:]
