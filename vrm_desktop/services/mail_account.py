"""The person's mail account, kept in the vault with its password: set, shown without it, tried, forgotten.

Never here: writing or reading mails.
"""

from dataclasses import dataclass
from datetime import datetime

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.mail_account import MailAccount, MailBox, MailSecurity
from vrm_desktop.services.errors import NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.ports_outside import MailMark, Post

_ACCOUNT = "mail-account"
_MARK = "mail-mark"
_LOOKED = "mail-looked"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Tried:
    """What a try of the account came to: whether mail could be sent, and which folders could be read."""

    sends: bool
    folders: tuple[str, ...]


def account_in(tx: Transaction) -> MailAccount | None:
    """The account, or None where there is none (or what is kept cannot be read)."""
    text = tx.setting(_ACCOUNT)
    if not text:
        return None
    try:
        return _read(strict_json.decode(text.encode("utf-8")))
    except (CanonError, InvalidValue, KeyError, TypeError, ValueError):
        return None


async def account(means: Means) -> MailAccount | None:
    """The account, or None."""
    return await means.vault.read(account_in)


async def set_account(means: Means, chosen: MailAccount) -> Changes:
    """Keep this account from now on, in place of any other."""

    def change(tx: Transaction) -> Changes:
        before = account_in(tx)
        tx.set_setting(_ACCOUNT, strict_json.encode(_written(chosen)).decode("utf-8"))
        if before is None or _place(before) != _place(chosen):
            tx.set_setting(_MARK, "")
            tx.set_setting(_LOOKED, "")
        return Changes.of(("settings", _ACCOUNT))

    return await means.vault.write(change)


async def forget_account(means: Means) -> Changes:
    """Forget the account and its passwords. What was sent and read stays where it is."""

    def change(tx: Transaction) -> Changes:
        for key in (_ACCOUNT, _MARK, _LOOKED):
            tx.set_setting(key, "")
        return Changes.of(("settings", _ACCOUNT))

    return await means.vault.write(change)


async def try_account(means: Means) -> Tried:
    """Sign in wherever the account does, and send nothing.

    Raises:
        NotPossibleNow: there is no account. ChannelError: a server does not let us in.
    """
    found = await account(means)
    if found is None:
        raise NotPossibleNow("no mail account")
    if found.sends is not None:
        await post(means).check(found.sends)
    folders = await post(means).folders(found.reads) if found.reads is not None else ()
    return Tried(sends=found.sends is not None, folders=folders)


def post(means: Means) -> Post:
    """What speaks to mail servers.

    Raises:
        NotPossibleNow: there is none here.
    """
    if means.outside is None:
        raise NotPossibleNow("no way to mail servers")
    return means.outside.post()


def mark(tx: Transaction) -> MailMark:
    """Up to where the folder was looked at."""
    validity, _, uid = (tx.setting(_MARK) or "").partition(" ")
    whole = validity.isascii() and validity.isdigit() and uid.isascii() and uid.isdigit()
    return MailMark(validity=int(validity), uid=int(uid)) if whole else MailMark()


def set_mark(tx: Transaction, at: MailMark) -> None:
    """Go on from here the next time."""
    tx.set_setting(_MARK, f"{at.validity} {at.uid}")


def looked(tx: Transaction) -> datetime | None:
    """When the folder was last looked into."""
    try:
        return datetime.fromisoformat(tx.setting(_LOOKED) or "")
    except ValueError:
        return None


def set_looked(tx: Transaction, at: datetime) -> None:
    """It is looked into now."""
    tx.set_setting(_LOOKED, at.isoformat())


def _place(one: MailAccount) -> tuple[str, str, str]:
    reads = one.reads
    return (reads.host, reads.user, one.folder) if reads is not None else ("", "", "")


def _written(one: MailAccount) -> dict[str, object]:
    def box(place: MailBox | None) -> object:
        if place is None:
            return None
        return {
            "host": place.host,
            "port": place.port,
            "security": place.security.value,
            "user": place.user,
            "password": place.password,
        }

    return {
        "address": one.address,
        "sends": box(one.sends),
        "reads": box(one.reads),
        "folder": one.folder,
        "as_alias": one.as_alias,
        "signs": one.signs,
    }


def _read(value: JsonValue) -> MailAccount:
    if not isinstance(value, dict):
        raise InvalidValue("not an account")

    def box(name: str) -> MailBox | None:
        said = value[name]
        if not isinstance(said, dict):
            return None
        return MailBox(
            host=str(said["host"]),
            port=int(str(said["port"])),
            security=MailSecurity(str(said["security"])),
            user=str(said["user"]),
            password=str(said["password"]),
        )

    return MailAccount(
        address=str(value["address"]),
        sends=box("sends"),
        reads=box("reads"),
        folder=str(value["folder"]),
        as_alias=value["as_alias"] is True,
        signs=value["signs"] is True,
    )
