"""What the story of a relationship says about wishes, consents and lapses. Labels of other notes live in `labels`."""

from vrm_desktop.wording.catalogue import _

FIELD_NOTES = frozenset({"consent-withdrawn", "consent-expired", "lapsed", "erasure-asked", "erased"})
"""The kinds whose text lists fields by their names."""


def data_note_words() -> dict[str, str]:
    """The lines of a story that wishes, consents and lapses write."""
    return {
        "wish": _("would like to know more: {text}"),
        "wish-rules-say-yes": _("your rules say yes; it leaves in a few minutes unless you take it back"),
        "wish-rules-say-no": _("your rules say no to what it would like to know"),
        "wish-against-terms": _("asked for something that your conditions rule out; it is refused"),
        "wish-granted": _("you let it know what it asked for: {text}"),
        "wish-granted-again": _("you let it know for longer what it asked for: {text}"),
        "wish-refused": _("you refused what it asked for: {text}"),
        "return-came": _("you got what was promised: {text}"),
        "return-did-not-come": _("what was promised did not come: {text}"),
        "consent-withdrawn": _("you took your consent back: {text}"),
        "consent-expired": _("your consent has run out: {text}"),
        "lapsed": _("may not use this any more: {text}"),
        "erasure-asked": _("you asked it to erase: {text}"),
        "report": _("said what it holds of you, and what it did with it"),
        "erased": _("says that it has erased: {text}"),
        "not-erased": _("has not said that it erased: {text}"),
        "closure-lapsed": _("has erased everything, for its time was over"),
    }
