"""`desk.toml` as settings: strict, with the member's name in every complaint. No defaults of its own."""

import tomllib
from datetime import time, timedelta

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.intentcast import Fulfilment
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.vendor.account import Account
from vrm_desktop.vendor.amounts import read_money
from vrm_desktop.vendor.connectors.settings import read_connectors
from vrm_desktop.vendor.drp.settings import read_drp
from vrm_desktop.vendor.errors import BadSettings
from vrm_desktop.vendor.rules_file import categories, one_of, read_answers, read_rule, read_template, read_wish, regions
from vrm_desktop.vendor.settings import (
    DeliveryRules,
    DeskSettings,
    Limits,
    Maintenance,
    OfferRules,
    OrderRules,
    Otherwise,
    Pace,
    PaymentRules,
    PayMethod,
    ServiceRules,
    TermsRules,
)
from vrm_desktop.vendor.toml_table import TomlTable

_LONGEST_WAIT = 30 * 24 * 3600


def read_settings(data: bytes, *, roster_ids: frozenset[str]) -> DeskSettings:
    """The settings in the bytes of a `desk.toml`; `roster_ids` are the terms this program knows.

    Raises:
        BadSettings: not TOML, or a member unknown or out of bounds.
    """
    try:
        top = TomlTable(tomllib.loads(data.decode("utf-8")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSettings(f"not TOML: {error}") from error
    settings = DeskSettings(
        name=top.text("name", most=120),
        kind=one_of(OrganisationKind, top.text("kind", "shop"), "kind"),
        about=top.text("about", most=500),
        email=top.text("email"),
        url=top.text("url", most=2000),
        privacy=top.text("privacy", most=2000),
        languages=top.words("languages", ("en",)),
        categories=categories(top.words("categories"), "categories"),
        regions=regions(top.words("regions"), "regions"),
        catalogue=top.text("catalogue", most=1000),
        terms=_terms(top.table("terms"), roster_ids),
        delivery=_delivery(top.table("delivery")),
        offers=_offers(top.table("offers")),
        orders=_orders(top.table("orders")),
        payment=_payment(top.table("payment")),
        pace=_pace(top.table("pace")),
        maintenance=tuple(_maintenance(table) for table in top.tables("maintenance")),
        limits=_limits(top.table("limits")),
        product_types=top.table("product_types").pairs(),
        answers=read_answers(top.table("answers")),
        rules=tuple(read_rule(table, roster_ids=roster_ids) for table in top.tables("rules")),
        templates=tuple(read_template(table) for table in top.tables("templates")),
        service=_service(top.table("service")),
        wishes=tuple(read_wish(table) for table in top.tables("wishes")),
        connectors=read_connectors(top.tables("connectors")),
        drp=read_drp(top.table("drp")),
    )
    top.done()
    return settings


def _terms(table: TomlTable, roster_ids: frozenset[str]) -> TermsRules:
    default = TermsRules()
    rules = TermsRules(
        cast=table.words("cast", default.cast, among=roster_ids),
        service=table.words("service", default.service, among=roster_ids),
        otherwise=one_of(Otherwise, table.text("otherwise", default.otherwise), "terms.otherwise"),
        note=table.text("note"),
    )
    table.done()
    return rules


def _delivery(table: TomlTable) -> DeliveryRules:
    default = DeliveryRules()
    ways = table.words("ways", tuple(default.ways), among=frozenset({"delivered", "collected", "on-site"}))
    try:
        price = read_money(amount) if (amount := table.text("price")) else None
    except InvalidValue as error:
        raise BadSettings(f"delivery.price: {error}") from error
    rules = DeliveryRules(
        ways=tuple(Fulfilment(way) for way in ways),
        price=price,
        days=table.number("days", default.days, most=365),
        collect_days=table.number("collect_days", default.collect_days, most=365),
    )
    table.done()
    return rules


def _offers(table: TomlTable) -> OfferRules:
    default = OfferRules()
    rules = OfferRules(
        binding=table.flag("binding", default=default.binding),
        valid_days=table.number("valid_days", default.valid_days, least=1, most=365),
        returns_days=table.number("returns_days", default.returns_days, most=3650),
        warranty_months=table.number("warranty_months", default.warranty_months, most=600),
        lowest_percent=table.number("lowest_percent", default.lowest_percent, least=1, most=100),
        note=table.text("note", most=4000),
    )
    table.done()
    return rules


def _orders(table: TomlTable) -> OrderRules:
    default = OrderRules()
    rules = OrderRules(
        delivered=table.words("delivered_asks", default.delivered),
        collected=table.words("collected_asks", default.collected),
        days=table.number("asks_days", default.days, least=1, most=3650),
    )
    table.done()
    return rules


def _payment(table: TomlTable) -> PaymentRules:
    payee, iban, bic = table.text("payee"), table.text("iban").replace(" ", ""), table.text("bic")
    account = Account(payee=payee, iban=iban, bic=bic) if payee or iban or bic else None
    usual = (PayMethod.SEPA_TRANSFER if account else PayMethod.ON_DELIVERY,)
    methods = table.words("methods", tuple(usual), among=frozenset(PayMethod))
    rules = PaymentRules(
        methods=tuple(PayMethod(method) for method in methods), account=account, link=table.text("link", most=2000)
    )
    table.done()
    return rules


def _service(table: TomlTable) -> ServiceRules:
    rules = ServiceRules(cancel_before_shipping=table.flag("cancel_before_shipping", default=False))
    table.done()
    return rules


def _pace(table: TomlTable) -> Pace:
    def seconds(key: str, default: int, least: int = 0) -> timedelta:
        return timedelta(seconds=table.number(key, default, least=least, most=_LONGEST_WAIT))

    pace = Pace(
        terms=seconds("terms_seconds", 0),
        offers=seconds("offers_seconds", 0),
        orders=seconds("orders_seconds", 0),
        ask_again=seconds("ask_again_seconds", 5, 1),
    )
    table.done()
    return pace


def _maintenance(table: TomlTable) -> Maintenance:
    try:
        begins, ends = (time.fromisoformat(table.text(key)) for key in ("from", "to"))
    except ValueError as error:
        raise BadSettings("maintenance: from and to are times of day in UTC like 02:30") from error
    if begins.tzinfo or ends.tzinfo or begins == ends:
        raise BadSettings("maintenance: from and to are two different times of day, without a zone (they are in UTC)")
    table.done()
    return Maintenance(begins=begins, ends=ends)


def _limits(table: TomlTable) -> Limits:
    default = Limits()
    limits = Limits(
        conversations_per_minute=table.number(
            "conversations_per_minute", default.conversations_per_minute, least=1, most=1_000_000
        ),
        messages_per_minute=table.number("messages_per_minute", default.messages_per_minute, least=1, most=1_000_000),
        connections=table.number("connections", default.connections, least=1, most=100_000),
    )
    table.done()
    return limits
