"""What a person reads in a bundle: what it is, what was agreed, and the story. The proof is in the signed bytes."""

from collections.abc import Mapping
from datetime import UTC

from vrm_desktop.domain.ids import Digest, Kid
from vrm_desktop.domain.terms import RosterEntry
from vrm_desktop.formats.bundle.contents import Contents
from vrm_desktop.protocol.agreements import read_text
from vrm_desktop.protocol.documents import payload_bytes
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.protocol.messages import AgreementText, CoSigned
from vrm_desktop.protocol.shapes import canonical_value, struct_of
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import note_label, terms_name


def readme(contents: Contents) -> str:
    """What the file is and how anybody checks it, without this program and without a network."""
    return _paragraphs(
        _("This is everything that was said between a customer and {vendor}, as proof.").format(vendor=contents.vendor),
        _("messages.jsonl holds every message with its sender's signature, in the order in which they were said. Each "
          "names the one before it and the last that its sender had seen from the other side, so that none can be "
          "changed, left out, moved or slipped in without it showing."),
        _("Personal values are not in the messages, only their digests. disclosures.jsonl holds those that the "
          "customer chose to show; each fits exactly one digest. The others stay unknown, and the proof stays whole."),
        _("conditions.txt says in plain words what was agreed; terms/ holds the published texts. story.txt is the "
          "customer's own account, with the times of the customer's clock; letters/ and attachments/ are what the "
          "customer added."),
        _("To check it: verify_bundle.py, one short file that stands in docs/examples of VRM Desktop, or "
          "`vrm bundle check FILE`. Neither needs a network."),
        _("What this cannot show: whether its maker left off the last messages of both sides, and to whom the "
          "vendor's key belongs. For the first, ask the vendor for its own record; for the second, compare the key "
          "with the vendor's published card, of which cards/ holds the copy that was seen."),
    )  # fmt: skip


def conditions(contents: Contents) -> str:
    """Each agreement in plain words: who signed it, what it allows and forbids."""
    entries = {entry.entry: entry for entry in contents.entries}
    parts = [_agreement(data, entries) for data in contents.agreements]
    return _paragraphs(*(parts or [_("Nothing was agreed.")]))


def story(contents: Contents) -> str:
    """The customer's own account, oldest first, in UTC."""
    who = {"person": _("the customer"), "vendor": contents.vendor}
    lines = [
        f"{values.instant(note.at, zone=UTC)} UTC  {who[note.sender.value]}: {note_label(note)}"
        for note in sorted(contents.notes, key=lambda one: one.at)
    ]
    return "\n".join(lines or [_("No messages yet.")]) + "\n"


def _agreement(data: bytes, entries: Mapping[Digest, RosterEntry]) -> str:
    document = struct_of(canonical_value(data), CoSigned)
    text = struct_of(canonical_value(payload_bytes(document)), AgreementText)
    entry = entries.get(Digest(text.entry))
    lines = [
        f"{terms_name(text.roster)} ({text.roster}, {text.version})",
        _("made on {day}").format(day=text.made),
        _("signed by both sides") if _by_both(document, text) else _("signed by one side only"),
    ]
    if entry is None:
        lines.append(_("Its text is not one that this program knows; its hash is {hash}.").format(hash=text.entry))
    else:
        lines.append(_(entry.summary))
    return "\n".join(lines)


def _by_both(document: CoSigned, text: AgreementText) -> bool:
    try:
        read_text(document, signed_by=(Kid(text.person), Kid(text.vendor)))
    except ProtocolError:
        return False
    return True


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"
