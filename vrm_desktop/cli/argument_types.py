"""What can stand in one argument: amounts, days, areas, seconds. Each says in words what it should look like."""

import argparse
import math
from datetime import date

from vrm_desktop.domain.contact_details import ContactDetails
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.price_watch import MOST_FALL
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.domain.ways import Way
from vrm_desktop.formats.amounts import read_amount
from vrm_desktop.formats.errors import FormatError
from vrm_desktop.wording.catalogue import _

LONGEST_WAIT = 86_400.0
MOST = 999


def amount(text: str) -> Money:
    """An amount such as 799.00 EUR."""
    try:
        return read_amount(text)
    except (DomainError, FormatError) as error:
        raise argparse.ArgumentTypeError(_("an amount looks like 799.00 EUR")) from error


def day(text: str) -> date:
    """A day such as 2026-11-27."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("a day looks like 2026-11-27")) from error


def email_address(text: str) -> str:
    """An e-mail address; "" takes it back."""
    try:
        return ContactDetails(name="-", kind=OrganisationKind.OTHER, email=text).email
    except DomainError as error:
        raise argparse.ArgumentTypeError(_("an e-mail address looks like somebody@example.org")) from error


def web_address(text: str) -> str:
    """A web address; "" takes it back."""
    try:
        return ContactDetails(name="-", kind=OrganisationKind.OTHER, web=text).web
    except DomainError as error:
        raise argparse.ArgumentTypeError(_("a web address begins with https://")) from error


def country(text: str) -> str:
    """A country's two letters, as capitals; "" takes it back."""
    try:
        return ContactDetails(name="-", kind=OrganisationKind.OTHER, country=text.upper()).country
    except DomainError as error:
        raise argparse.ArgumentTypeError(_("a country is two letters, such as DE")) from error


def area(text: str) -> Area:
    """A country, a region, or a region with the first digits of its postcodes."""
    code, _space, prefix = text.partition(" ")
    try:
        coarse = Area.from_code(code)
        return Area(country=coarse.country, region=coarse.region, postal_prefix=prefix or None)
    except DomainError as error:
        raise argparse.ArgumentTypeError(_("an area looks like DE, DE-NW or 'DE-NW 50'")) from error


def attribute(text: str) -> tuple[str, str]:
    """One attribute of the category, such as type=road."""
    key, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(_("an attribute looks like type=road"))
    return key, value


def count(text: str) -> int:
    """How many, 1 to 999."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST):
        raise argparse.ArgumentTypeError(_("how many is a number from 1 to 999"))
    return int(text)


def per_cent(text: str) -> int:
    """By how many per cent a price falls, 1 to 90."""
    number = text.removesuffix("%")
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= MOST_FALL):
        raise argparse.ArgumentTypeError(_("a fall is a number from 1 to 90"))
    return int(number)


def seconds(text: str) -> float:
    """How long to wait, at most a day."""
    try:
        wish = float(text)
    except ValueError:
        wish = math.nan
    if not 0 <= wish <= LONGEST_WAIT:
        raise argparse.ArgumentTypeError(_("seconds are a number from 0 to 86400"))
    return wish


def vendor_by_way(text: str) -> tuple[VendorId, Way | None]:
    """A vendor's id, and by which way it is asked, such as vendor-1f2e3d4c5b6a:mail."""
    key, colon, name = text.partition(":")
    try:
        return VendorId(key), Way(name) if colon else None
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("a way is one of: {ways}").format(ways=", ".join(Way))) from error
