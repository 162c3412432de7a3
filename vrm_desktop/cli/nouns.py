"""The nouns of `vrm`, each with the file its verbs are in. A file is loaded when its noun is named, and not before."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from vrm_desktop.wording.catalogue import _

Fill = Callable[[argparse.ArgumentParser], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """One word after `vrm`: what it is for, and what gives its parser verbs and arguments."""

    told: str
    fill: Fill


def nouns() -> dict[str, Noun]:
    """All nouns, in the order of the main job."""
    return {
        "demo": Noun(told=_("see the whole thing work, with four shops on this computer"), fill=_demo),
        "vault": Noun(told=_("make or check your encrypted vault"), fill=_vault),
        "lock": Noun(told=_("lock the vault that a window has open"), fill=_lock),
        "profile": Noun(told=_("what you keep about yourself"), fill=_profile),
        "vendor": Noun(told=_("whom you can ask"), fill=_vendor),
        "intentcast": Noun(told=_("what you want, and asking for it"), fill=_intentcast),
        "terms": Noun(told=_("your conditions, and who has signed them"), fill=_terms),
        "offers": Noun(told=_("the offers for a want, compared"), fill=_offers),
        "page": Noun(told=_("public prices on shop pages, and watching them"), fill=_page),
        "shop": Noun(told=_("shops that programs can ask: price lists, carts, their own checkout"), fill=_shop),
        "channel": Noun(told=_("the ways to reach vendors, and what each carries"), fill=_channel),
        "quote": Noun(told=_("quote desks: asking with exactly what you see, and ordering"), fill=_quote),
        "offer": Noun(told=_("one offer: look, accept, decline, counter"), fill=_offer),
        "sync": Noun(told=_("send what waits and fetch what has come"), fill=_sync),
        "relationship": Noun(told=_("living with a vendor, and leaving it"), fill=_relationship),
        "counterparty": Noun(told=_("organisations of any kind, and writing to them"), fill=_counterparty),
        "pay": Noun(told=_("hand a payment over, and check who asks for it"), fill=_pay),
        "limit": Noun(told=_("my limits: what may be bought, of whom and for how much"), fill=_limit),
        "thing": Noun(told=_("what you have, with its returns and warranties"), fill=_thing),
        "agenda": Noun(told=_("everything with a date, and a calendar file of it"), fill=_agenda),
        "contract": Noun(told=_("what runs on: dates, prices, notice"), fill=_contract),
        "change": Noun(told=_("say once what is new about you"), fill=_change),
        "order": Noun(told=_("change, cancel or pause an order, ask for documents"), fill=_order),
        "case": Noun(told=_("when something goes wrong"), fill=_case),
        "voice": Noun(told=_("tell a vendor an idea, an experience or a question"), fill=_voice),
        "ledger": Noun(told=_("who knows what about you"), fill=_ledger),
        "wish": Noun(told=_("what vendors would like to know, and what comes back for it"), fill=_wish),
        "rule": Noun(told=_("what is answered by itself, what is asked, what never goes"), fill=_rule),
        "consent": Noun(told=_("what rests on your consent alone, and taking it back"), fill=_consent),
        "rights": Noun(told=_("what organisations hold about you: ask, correct, erase, complain"), fill=_rights),
        "mail": Noun(told=_("asking by mail, the mails that answer, and the offers in them"), fill=_mail),
        "letter": Noun(told=_("letters and e-mail drafts, handed out for you to send"), fill=_letter),
        "find": Noun(told=_("everything you keep, by words"), fill=_find),
        "bundle": Noun(told=_("proof of a conversation in one file, and checking one"), fill=_bundle),
        "trust": Noun(told=_("what counterparties promised and kept, counted"), fill=_trust),
        "leak": Noun(told=_("an address that turned up elsewhere, and letting go of who had it"), fill=_leak),
        "journal": Noun(told=_("the proof of all that was said"), fill=_journal),
        "settings": Noun(told=_("how long things wait, when to lock, a proxy"), fill=_settings),
    }


def _demo(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import demo

    demo.add_to(noun)


def _pay(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import pay_commands

    pay_commands.add_to(noun)


def _limit(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import limit_commands

    limit_commands.add_to(noun)


def _settings(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import settings_commands

    settings_commands.add_to(noun)


def _vault(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import vault_commands

    vault_commands.add_to(noun)


def _lock(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import lock_command

    lock_command.add_to(noun)


def _profile(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import profile_commands

    profile_commands.add_to(noun)


def _vendor(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import vendor_commands

    vendor_commands.add_to(noun)


def _intentcast(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import intentcast_commands

    intentcast_commands.add_to(noun)


def _terms(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import terms_commands

    terms_commands.add_to(noun)


def _offers(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import offer_commands

    offer_commands.add_list_to(noun)


def _quote(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import quote_commands

    quote_commands.add_to(noun)


def _shop(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import shop_commands

    shop_commands.add_to(noun)


def _page(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import page_commands

    page_commands.add_to(noun)


def _channel(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import channel_commands

    channel_commands.add_to(noun)


def _offer(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import offer_commands

    offer_commands.add_to(noun)


def _sync(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import sync_command

    sync_command.add_to(noun)


def _relationship(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import relationship_commands

    relationship_commands.add_to(noun)


def _ledger(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import ledger_commands

    ledger_commands.add_ledger_to(noun)


def _rights(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import rights_commands

    rights_commands.add_to(noun)


def _mail(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import mail_commands

    mail_commands.add_to(noun)


def _letter(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import letter_commands

    letter_commands.add_to(noun)


def _find(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import find_command

    find_command.add_to(noun)


def _journal(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import ledger_commands

    ledger_commands.add_journal_to(noun)


def _agenda(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import agenda_commands

    agenda_commands.add_to(noun)


def _bundle(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import bundle_commands

    bundle_commands.add_to(noun)


def _counterparty(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import counterparty_commands

    counterparty_commands.add_to(noun)


def _trust(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import trust_commands

    trust_commands.add_to(noun)


def _leak(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import leak_commands

    leak_commands.add_to(noun)


def _contract(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import contract_commands

    contract_commands.add_to(noun)


def _change(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import change_commands

    change_commands.add_to(noun)


def _thing(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import thing_commands

    thing_commands.add_to(noun)


def _order(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import order_commands

    order_commands.add_to(noun)


def _case(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import case_commands

    case_commands.add_to(noun)


def _voice(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import voice_commands

    voice_commands.add_to(noun)


def _wish(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import wish_commands

    wish_commands.add_to(noun)


def _rule(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import rule_commands

    rule_commands.add_to(noun)


def _consent(noun: argparse.ArgumentParser) -> None:
    from vrm_desktop.cli import consent_commands

    consent_commands.add_to(noun)
