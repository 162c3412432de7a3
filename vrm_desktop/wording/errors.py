"""Every error code in plain words: what happened, and what to do. A test holds this table against all error trees."""

from dataclasses import dataclass

from vrm_desktop.wording.archive_errors import archive_words
from vrm_desktop.wording.bundle_words import bundle_error_words
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.desk_errors import desk_words
from vrm_desktop.wording.mail_words import mail_error_words
from vrm_desktop.wording.own_key_words import own_key_error_words
from vrm_desktop.wording.page_errors import page_words
from vrm_desktop.wording.shop_errors import shop_error_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One short sentence on what happened, one on what to do ("" where nothing is to be done)."""

    title: str
    advice: str

    @property
    def sentence(self) -> str:
        """Both in one sentence, as a command line says it."""
        return f"{self.title.removesuffix('.')}: {self.advice}" if self.advice else self.title


def advice(code: str, needs: str = "", about: str = "") -> Advice:
    """The words for `code`; an unknown code shows itself.

    `needs`: what a program must know, e.g. `schema 7`. `about`: whose name belongs into it.
    """
    table = _table()
    if needs:
        what = _("Nothing was changed; it needs a version of this program that knows {needs}.").format(needs=needs)
        return Advice(title=table.get(code, table["vault-too-new"])[0], advice=what)
    if code in table:
        title, what = table[code]
        return Advice(title=title.replace("{name}", about or _("This vendor")), advice=what)
    return Advice(title=_("Something went wrong ({code}).").format(code=code), advice="")


def command_advice(code: str, needs: str = "", about: str = "") -> Advice:
    """The same for the command line, which names the command that helps."""
    words, command = advice(code, needs, about), _commands().get(code)
    return words if command is None else Advice(title=words.title, advice=command)


def codes() -> frozenset[str]:
    """All codes that have words."""
    return frozenset(_table())


def _table() -> dict[str, tuple[str, str]]:
    return {
        **archive_words(),
        **bundle_error_words(),
        **desk_words(),
        **mail_error_words(),
        **own_key_error_words(),
        **page_words(),
        **shop_error_words(),
        **_vault(),
        **_reaching(),
        **_answers(),
        **_doing(),
        **_files(),
        **_programs(),
    }


def _commands() -> dict[str, str]:
    return {
        "no-vault": _("Make one with `vrm vault create`."),
        "recovery-code-needed": _("Make one first, with `vrm vault recovery-code`."),
        "vault-damaged": _(
            "Nothing was changed; see `vrm vault backups --compare`, then `vrm vault restore --newest`."
        ),
        "header-damaged": _(
            "Nothing was changed; see `vrm vault backups --compare`, then `vrm vault restore --newest`."
        ),
        "way-in-missing": _(
            "Nothing was changed; add `--recovery-code-file FILE` before `vault`, or `--drop-recovery-code` at the end."
        ),
        "keyring-still-on": _("Switch it off first, with `vrm vault keyring off`."),
        "payment-blocked": _("Look with `vrm pay show ORDER`, then `vrm pay decide ORDER as-signed` or `stop`."),
        "over-limit": _("See `vrm limit list`; with --over-limit you say that you want it all the same."),
        "nobody-to-ask": _("Add a vendor by its address with `vrm vendor add URL`."),
        "shop-no-page": _("Set one with `vrm shop page --set ADDRESS`."),
        "shop-no-key": _("Make one with `vrm shop page --new-key --with-keys --write FILE`."),
        "shop-not-found": _("Look for it with `vrm shop find DOMAIN`."),
        "shop-not-known": _("Look with `vrm shop find DOMAIN`."),
        "desk-not-known": _("Look at `vrm quote desks`; add one with `vrm quote add VENDOR --address URL`."),
        "quote-incomplete": _("See its form with `vrm quote form VENDOR TOOL`; put it in with --set PATH=TEXT."),
        "quote-without-tool": _("See them with `vrm quote tools VENDOR`; choose one with --tool TOOL."),
        "already-asked": _(
            "Take it up anew with `vrm intentcast again ID --vendor V`: a new draft, the old question is taken back."
        ),
        "missing-field": _("Fill in name and address with `vrm profile set FIELD VALUE`."),
    }


def _vault() -> dict[str, tuple[str, str]]:
    damaged = _("Nothing was changed; a backup from before will bring your things back.")
    again = _("Nothing was lost; please try again.")
    return {
        "no-vault": (_("There is no vault here yet."), _("Make one first, or look whether the folder is right.")),
        "vault-exists": (_("There is a vault here already."), _("It was left as it is; choose another folder.")),
        "secret-unreadable": (
            _("The file with the passphrase or code cannot be read."),
            _("Check its name and that you may read it; it holds one line of text."),
        ),
        "no-passphrase": (
            _("Your passphrase is needed."),
            _("Name a file with --passphrase-file, or run this in a terminal to be asked."),
        ),
        "no-recovery-code": (
            _("Your recovery code is needed."),
            _("Name a file with --recovery-code-file, or run this in a terminal to be asked."),
        ),
        "no-terminal-for-code": (
            _("A recovery code is shown in a terminal."),
            _("Say --into FILE to have it written there, or --yes to have it printed."),
        ),
        "wrong-passphrase": (_("That passphrase does not fit."), _("Check your keyboard, and try again.")),
        "wrong-recovery-code": (_("That recovery code is not for this vault."), _("Check which vault it belongs to.")),
        "recovery-code-mistyped": (_("That recovery code has a slip in it."), _("Compare it with your sheet.")),
        "recovery-code-not-repeated": (
            _("What you typed back is not on your sheet."),
            _("The code was not set; write it down and try again."),
        ),
        "recovery-code-needed": (
            _("The keyring is offered only beside a recovery code."),
            _("Make one first, so that a keyring that fails cannot lock you out."),
        ),
        "keyring-still-on": (
            _("The keyring still opens your vault."),
            _("Switch it off first."),
        ),
        "passphrase-empty": (_("A passphrase needs at least one character."), _("Choose a long one you remember.")),
        "passphrases-differ": (_("The two passphrases differ."), _("Nothing was made; please try again.")),
        "header-damaged": (_("Your vault's key file is damaged."), damaged),
        "header-tampered": (_("Somebody changed your vault's key file."), damaged),
        "vault-damaged": (_("Your vault is damaged."), damaged),
        "chain-broken": (_("The proof of what was said has a break."), damaged),
        "vault-too-new": (
            _("Your vault was made by a newer version."),
            _("Nothing was changed; install the newest version of this program."),
        ),
        "vault-busy": (
            _("Your vault is open somewhere else."),
            _("Close the other window, or wait until the other command has ended."),
        ),
        "vault-closed": (_("Your vault has been locked."), _("Nothing was lost; unlock it to go on.")),
        "disk-full": (_("The disk is full."), _("Nothing was lost; make room and try again.")),
        "disk-failed": (_("The disk could not be read or written."), _("Nothing was lost; check the disk.")),
        "commit-uncertain": (
            _("Saving was interrupted at its last step."),
            _("Look whether it is there before you do it again; repeating does no harm."),
        ),
        "kdf-refused": (_("The key file asks for something unsafe."), damaged),
        "not-enough-memory": (_("There is not enough memory to unlock."), _("Close other programs and try again.")),
        "keyring-unavailable": (_("The system's keyring does not answer."), _("Your passphrase still opens it.")),
        "keyring-refused": (_("The system's keyring is not safe to use."), _("Your passphrase still opens it.")),
        "no-such-way-in": (_("This vault does not open that way."), _("Use your passphrase.")),
        "migration-failed": (_("Your vault could not be brought up to date."), _("It is as it was before.")),
        "backup-failed": (_("A backup did not turn out right."), _("It was thrown away; your vault is untouched.")),
        "no-backup": (_("No backup here can be restored."), _("Name the file of another one.")),
        "backup-damaged": (_("That backup is damaged."), _("Your vault is untouched; choose another backup.")),
        "backup-folder-missing": (
            _("The second folder for backups is not there."),
            _("Connect its disk, or choose another folder."),
        ),
        "rotation-failed": (_("Your vault could not get a new key."), _("It is as it was before.")),
        "way-in-missing": (
            _("A way to open your vault would be lost."),
            _("Nothing was changed; have every passphrase and code at hand."),
        ),
        "conflict": (_("That is there already."), again),
        "value-refused": (_("That value cannot be kept."), again),
        "statement-refused": (_("The vault refused that."), again),
        "no-such-record": (_("That is not there any more."), again),
        "vault": (_("The vault refused that."), again),
    }


def _reaching() -> dict[str, tuple[str, str]]:
    later = _("What waits to be sent goes on by itself; try anything else again later.")
    return {
        "address-refused": (_("This address is not one to go to."), _("Use an https address of the vendor.")),
        "request-refused": (_("This is too large to send."), ""),
        "line-closed": (_("The connection was closed."), later),
        "name-not-found": (_("No such address exists."), _("Check how it is written, or whether you are online.")),
        "connect-failed": (_("The vendor cannot be reached."), later),
        "proxy-failed": (_("The proxy does not answer."), _("Check the proxy in your settings.")),
        "tls-failed": (_("No protected connection came about."), later),
        "certificate-refused": (
            _("The vendor could not prove that it is who it says."),
            _("Nothing was sent; do not go on with it until it can."),
        ),
        "timed-out": (_("The vendor took too long to answer."), later),
        "connection-lost": (_("The connection broke off."), later),
        "interrupted": (_("The sending was interrupted."), _("It may have arrived.")),
        "document-gone": (
            _("The vendor does not hold this document ready any longer."),
            _("Ask for it again, if you need it."),
        ),
        "document-differs": (
            _("What came is not the document that the vendor signed for."),
            _("Nothing of it was kept; ask the vendor what happened."),
        ),
        "answered-badly": (_("The vendor answered in a way that makes no sense."), later),
        "malformed-answer": (_("The vendor answered in a way that makes no sense."), later),
        "encoding-refused": (_("The vendor answered in a form that is not accepted."), later),
        "mail-refused": (_("The mail server did not take it."), later),
        "wrong-location": (_("The vendor pointed to a strange place."), later),
        "courier-error": (_("The vendor cannot be reached."), later),
        "no-card": (_("There is no vendor card at this address."), _("The vendor may not take part yet.")),
        "bad-card": (_("The vendor's card does not hold."), _("It was not added.")),
        "key-changed": (
            _("This vendor shows another key than before."),
            _("Nothing goes to it until you are sure it is the same vendor."),
        ),
        "unknown-conversation": (_("The vendor does not know this conversation any more."), ""),
        "busy": (_("The vendor is busy."), later),
    }


def _answers() -> dict[str, tuple[str, str]]:
    kept = _("It was not used; what was agreed stands as it is.")
    return {
        "malformed": (_("A message is not in the right form."), kept),
        "not-strict-json": (_("A message is not in the right form."), kept),
        "not-canonical": (_("A message is not in the right form."), kept),
        "not-base64url": (_("A message is not in the right form."), kept),
        "not-a-record": (_("Something kept cannot be read."), kept),
        "canon": (_("A message is not in the right form."), kept),
        "protocol": (_("A message breaks the rules."), kept),
        "too-large": (_("A message is too large."), kept),
        "wrong-type": (_("A message has the wrong type."), kept),
        "bad-signature": (_("A signature does not fit."), kept),
        "wrong-audience": (_("A message is meant for somebody else."), kept),
        "expired": (_("A message came too late."), kept),
        "not-served": (_("The vendor does not answer for this."), ""),
        "unsupported": (_("A message needs a newer version."), kept),
        "fork": (_("Two different messages claim the same place."), kept),
        "missing": (_("A message is missing in between."), _("It is asked for again by itself.")),
        "not-allowed-now": (_("That cannot be said at this point."), kept),
        "bad-disclosure": (_("Details do not match what was promised."), kept),
        "bad-seen": (_("A message refers to something that never was."), kept),
        "bad-agreement": (_("An agreement is not the one you proposed."), _("It counts as a refusal.")),
        "bad-order": (_("A confirmation is not for what you ordered."), _("It was not accepted.")),
        "record-differs": (
            _("The vendor's record of your order differs from yours."),
            _("Do not pay before that is cleared up; your proof is kept."),
        ),
        "payment-changed": (
            _("The vendor now names another account for an order that was confirmed."),
            _("Do not pay to it; the account from the signed confirmation stands, so ask by another way."),
        ),
        "payment-blocked": (
            _("Something about this payment differs from the signed order."),
            _("Look at it and decide first: pay as signed, or stop."),
        ),
        "over-limit": (
            _("None of your limits allows this."),
            _("Look which one and why; if you want it all the same, say so."),
        ),
        "already-received": (_("That message was there already."), ""),
        "full": (_("This conversation is full."), _("Start a new one.")),
        "unknown-terms": (_("These conditions are not known here."), _("They were not accepted.")),
    }


def _doing() -> dict[str, tuple[str, str]]:
    return {
        "service": (_("That cannot be done."), ""),
        "no-window": (_("No window is open on this vault."), _("There is nothing to lock.")),
        "not-found": (_("There is nothing under that name."), _("Look it up in the list.")),
        "already-asked": (
            _("That was asked already; whom it asks does not change any more."),
            _("Ask again to ask others: what you want becomes a draft, and the old question is taken back."),
        ),
        "no-web-address": (_("That is no address on the web."), _("It begins with https://.")),
        "not-possible-now": (_("That is not possible now."), _("Look how it stands first.")),
        "mail-offer-incomplete": (
            _("The mail does not say all that an offer needs."),
            _("Say the total, and until when the offer stands, as you read it or as the vendor told you."),
        ),
        "mail-warnings-open": (
            _("Something about this mail is not as it should be."),
            _("Look at each warning, and confirm each by its name if you still trust the mail."),
        ),
        "letter-unfinished": (
            _("Something in this letter is still to be filled in."),
            _("It stands between ⟦ and ⟧; write it, or take it out."),
        ),
        "day-not-possible": (
            _("That day cannot be right."),
            _("It is still to come, or before the request went; check the day and your computer's clock."),
        ),
        "address-not-given": (
            _("You gave this address to nobody, as far as is known here."),
            _("Check how it is written; “Who knows what” has every address that was told."),
        ),
        "address-shared": (
            _("Several were given this address, so it proves nothing about one of them."),
            _("Addresses for each of them alone would; see “Addresses that only they have”."),
        ),
        "still-in-time": (
            _("Their time to answer is not over yet."),
            _("Wait for that day, or note first what they answered."),
        ),
        "no-letter-template": (
            _("There is no template for such a letter in that language."),
            _("Choose another language, or name a folder with templates."),
        ),
        "request-stands-otherwise": (_("That does not fit how this request stands."), _("Look how it stands first.")),
        "nobody-to-ask": (
            _("You know nobody yet who answers for this."),
            _("Add a vendor by its address."),
        ),
        "no-agreement": (_("Your conditions are not signed by both sides."), _("Nothing was revealed.")),
        "offer-gone": (_("This offer cannot be accepted any more."), _("Ask for a new one.")),
        "not-on-plan": (_("That is not on the plan you confirmed."), _("Nothing was sent.")),
        "not-over-drp": (
            _("This cannot be asked of this organisation over the Data Rights Protocol."),
            _("Go on by letter, which works with everybody."),
        ),
        "drp-nothing-to-tell": (
            _("The organisation asks who you are, and your profile does not say it."),
            _("Fill it in under Me, or go on by letter."),
        ),
        "drp-not-admitted": (
            _("The organisation does not let your requests in over the Data Rights Protocol."),
            _("Go on by letter, which works with everybody."),
        ),
        "drp-unknown": (
            _("The organisation does not know this request."),
            _("Go on by letter, and name the day on which you asked."),
        ),
        "drp-denied": (
            _("The organisation does not take this request over the Data Rights Protocol."),
            _("Go on by letter, which works with everybody."),
        ),
        "drp-silent": (
            _("The organisation did not take your request for a whole week."),
            _("Go on by letter, which works with everybody."),
        ),
        "drp-message-refused": (
            _("The message was refused: its signature, sender, recipient or time does not fit."),
            "",
        ),
        "missing-field": (
            _("Delivery needs something that your profile does not have."),
            _("Fill in name and address in your profile."),
        ),
        "domain": (_("That does not fit."), ""),
        "invalid-value": (_("That value does not fit."), _("Please check it.")),
        "invalid-draft": (_("Something is still missing, or a day is past."), _("Nothing was saved.")),
        "category-unknown": (_("That category is not on the list."), _("Choose the nearest one.")),
        "attribute-unknown": (_("That detail is not on the list for this category."), _("Say it in words instead.")),
        "attribute-value-unknown": (_("That value is not on the list."), _("Choose one of the list.")),
        "attribute-not-numeric": (_("That detail is not a number."), ""),
        "attribute-out-of-range": (_("That number is outside the list."), ""),
    }


def _files() -> dict[str, tuple[str, str]]:
    return {
        "format": (_("This file cannot be used."), ""),
        "file-exists": (_("There is a file of that name already."), _("It was left as it is; choose another name.")),
        "file-unreadable": (_("This file cannot be read."), _("Check its name and that you may read it.")),
        "not-a-vcard": (_("This is not a vCard."), _("Export your contact as a vCard (version 3 or 4).")),
        "not-a-want-file": (_("This file does not describe a want."), _("The README shows an example.")),
        "not-a-vendor-card": (
            _("This does not recommend a vendor."),
            _("Ask for it again, or add the vendor by its web address."),
        ),
        "not-an-amount": (_("This is not an amount."), _("An amount looks like 799.00 EUR.")),
        "no-payment-form": (_("This cannot be paid by bank code."), _("Use the way that the vendor names.")),
        "not-a-payto": (_("This is no payment link."), _("It looks like payto://iban/… and its account must check.")),
        "not-an-epc-code": (_("This is no bank code."), ""),
        "not-a-template": (_("This is no template of a letter."), _("Its brackets do not fit, or it is too large.")),
        "no-price-on-page": (
            _("No clear price was found on this page."),
            _("Save the page of one product as HTML, of up to 4 MiB; some shops do not say prices to programs."),
        ),
        "not-a-list": (
            _("This list cannot be read."),
            _("It must be the file as it is published; nothing was taken from it."),
        ),
        "not-a-receipt": (
            _("This is no consent record that can be read."),
            _("It must be a record of DPV 2.3 or a Kantara receipt 1.1; a receipt can only say what still stands."),
        ),
        "no-mail-address": (
            _("There is no mail address to write to."),
            _("Add one to this organisation, or send the letter by post."),
        ),
    }


def _programs() -> dict[str, tuple[str, str]]:
    return {
        "engine": (_("The program stumbled."), _("Nothing was lost; please start it again.")),
        "engine.not_running": (_("The program is closing."), ""),
        "engine.still_busy": (_("The program is still finishing something."), ""),
        "demo-stalled": (
            _("The demo did not get through in time."),
            _("This computer is very busy, so try it again when it is calmer."),
        ),
        "shop-did-not-open": (
            _("A shop of the demo did not open."),
            _("Its folder has a shop.log that says why."),
        ),
        "vendor": (_("The vendor desk stumbled."), ""),
        "bad-sign-in": (_("That is not open to you here."), _("Sign in again, or ask an owner of the shop.")),
        "key-held": (
            _("The key was changed not long ago."),
            _("The old one is needed for a while: people who were away still know the desk by it."),
        ),
        "hand-refused": (_("That cannot be answered by hand now."), _("Look how it stands first.")),
        "connector-away": (_("A connected program is away."), _("It is told everything as soon as it is back.")),
        "connector-refused": (
            _("A connected program did not take something."),
            _("The desk's page of connections says why."),
        ),
        "bad-catalogue": (_("The catalogue cannot be used."), _("The line named has the mistake.")),
        "bad-settings": (_("The desk's settings cannot be used."), _("The entry named has the mistake.")),
        "conformance": (_("The check of the desk could not be made."), ""),
        "bad-ask": (_("This cannot be asked for."), _("Name a category and terms of the protocol's lists.")),
        "broken": (_("The desk's answer leaves no way to go on."), _("The report says which answer.")),
        "not-to-be-had": (_("The desk's answer leaves this part untried."), _("The report says why.")),
        "cannot-listen": (_("This port cannot be used."), _("Choose another port.")),
        "bad-home": (_("The desk's folder cannot be used."), _("Check that it may be written.")),
        "home-in-use": (_("Another desk runs on this folder."), _("Stop it first, or choose another folder.")),
    }
