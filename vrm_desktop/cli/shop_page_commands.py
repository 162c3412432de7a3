"""`vrm shop page`: the page that is named to shops, and whether what is asked of them is signed with its key.

The page is written for the person to put somewhere; nothing is put anywhere from here, and no secret is ever shown.
"""

import argparse
import asyncio

from vrm_desktop.cli.new_file import write_new
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.shop import NEWEST, Edition
from vrm_desktop.formats.ucp.own_profile import own_profile
from vrm_desktop.services import find_shop, page_key
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.page_key import PageStanding
from vrm_desktop.wording.catalogue import _


def add_page_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The verb `page`."""
    page = verbs.add_parser("page", help=_("the page about who asks, which shops want to be named"))
    page.add_argument("--set", metavar="ADDRESS", help=_("from now on this one; an empty one is none"))
    page.add_argument("--example", choices=[one.value for one in Edition], metavar="EDITION", nargs="?", const=NEWEST)
    page.add_argument(
        "--write", metavar="FILE", help=_("write the page, with its keys if you are known by it, into a new file")
    )
    page.add_argument("--with-keys", action="store_true", help=_("with its keys, also while nothing is signed"))
    how = page.add_mutually_exclusive_group()
    how.add_argument("--known", action="store_true", help=_("sign what is asked of shops: they know you by your page"))
    how.add_argument("--anonymous", action="store_true", help=_("sign nothing (the usual way)"))
    keys = page.add_mutually_exclusive_group()
    keys.add_argument("--new-key", action="store_true", help=_("sign with a new key; the old one stays on the page"))
    keys.add_argument("--drop-old-keys", action="store_true", help=_("take the keys that sign no longer off the page"))
    page.set_defaults(work=show_page)


async def show_page(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """The page that is named to shops, and what of it is changed by the flags, in the order of their help."""
    if arguments.set is not None:
        await find_shop.set_own_page(home.means, arguments.set)
    if arguments.known:
        await page_key.be_known(home.means)
    if arguments.anonymous:
        await page_key.be_anonymous(home.means)
    if arguments.new_key:
        await page_key.new_key(home.means)
    if arguments.drop_old_keys:
        await page_key.drop_old_keys(home.means)
    now = await page_key.page_standing(home.means)
    text = own_profile(Edition(arguments.example or NEWEST), now.keys if now.known or arguments.with_keys else ())
    if arguments.write is not None:
        await asyncio.to_thread(write_new, arguments.write, text.encode())
    example = text if arguments.example else ""
    shape = {
        "page": now.address or None,
        "known": now.known,
        "keys": [one.kid for one in now.keys],
        "example": example or None,
    }
    return Result(shape=shape, lines=(*_lines(now, changed=_changed(arguments)), *example.splitlines()))


def _changed(arguments: argparse.Namespace) -> bool:
    """Whether the page has to be put in its place anew."""
    return bool(arguments.known or arguments.new_key or arguments.drop_old_keys)


def _lines(now: PageStanding, *, changed: bool) -> tuple[str, ...]:
    if not now.address:
        return (_("None is set: shops are not asked."),)
    if not now.known:
        kept = tuple(
            _("A key is there, for what you sign by itself: {key}").format(key=one.kid) for one in now.keys[:1]
        )
        return (now.address, _("Nothing is signed: whoever names the same page looks like you."), *kept)
    signs, *old = now.keys
    lines = [
        now.address,
        _("What is asked of shops is signed. Every shop can tell that it is you each time, and link it to your page."),
        _("The key that signs: {key}").format(key=signs.kid),
        *(_("On the page still: {key}").format(key=one.kid) for one in old),
    ]
    if changed:
        lines.append(_("Shops believe it once the page stands there with its keys: write it with --write FILE."))
    return tuple(lines)
