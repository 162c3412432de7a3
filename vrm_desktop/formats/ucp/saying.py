"""What shops send beside their numbers: messages and policies, as plain text. Text is text: none of it is obeyed.

Never here: what a message means for going on (the status decides), nor any markup: it is shown as it is written.
"""

from collections.abc import Iterator
from typing import Final

from vrm_desktop.domain.shop import MessageKind, Severity, ShopMessage, ShopPolicy
from vrm_desktop.formats.ucp.members import Object, inner, line, link, objects, passage

MOST_MESSAGES: Final = 20
MOST_POLICIES: Final = 20
_LEADING: Final = "dev.ucp.shopping.policy."


def messages(members: Object) -> tuple[ShopMessage, ...]:
    """Its messages, at most twenty. One without words is shown by its code."""
    return tuple(_messages(members))


def _messages(members: Object) -> Iterator[ShopMessage]:
    for one in objects(members, "messages", MOST_MESSAGES):
        kind, severity, code = line(one, "type"), line(one, "severity"), line(one, "code")
        text = passage(one, "content") or passage(one, "message") or code
        if text:
            yield ShopMessage(
                kind=MessageKind(kind) if kind in set(MessageKind) else MessageKind.INFO,
                text=text,
                code=code,
                severity=Severity(severity) if severity in set(Severity) else None,
                must_show=line(one, "presentation") == "disclosure",
                about=line(one, "path"),
            )


def policies(members: Object) -> tuple[ShopPolicy, ...]:
    """The rules that it names, and the pages that it links to, at most twenty each."""
    named = [
        ShopPolicy(kind=line(one, "type").removeprefix(_LEADING), text=described(one), link=link(one, "url"))
        for one in objects(members, "policies", MOST_POLICIES)
    ]
    linked = [
        ShopPolicy(kind=line(one, "type"), text=line(one, "title"), link=link(one, "url"))
        for one in objects(members, "links", MOST_POLICIES)
    ]
    return tuple(one for one in (*named, *linked) if one.kind and (one.text or one.link))


def described(members: Object) -> str:
    """The plain description, or the next best: markup is not taken away, it is shown as text."""
    told = inner(members, "description")
    return (
        passage(told, "plain") or passage(told, "markdown") or passage(told, "html") or passage(members, "description")
    )
