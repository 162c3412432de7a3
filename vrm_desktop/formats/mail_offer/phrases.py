"""What a mail says about tax, shipping and itself as a whole, in phrases without an amount. Never here: amounts."""

import re

_TAX = r"(?:mwst|ust|mehrwertsteuer|umsatzsteuer|vat|tva|btw|sales tax|taxes|tax)\b"
_SENDING = (
    r"(?:versand\w*|porto\w*|liefer(?:ung|kosten|gebühr\w*)|fracht\w*|zustellung|anlieferung|"
    r"shipping|delivery|postage|freight|verzend\w*|livraison)"
)
_RATE = r"(?P<{name}>[0-9]{{1,2}}(?:[.,][0-9])?)[ \u00a0]?%"

NET = re.compile(
    rf"\b(?:zzgl|zuzügl|exkl|excl)\.?,?[^.\n%€£$]{{0,24}}?(?:{_RATE.format(name='a')}[ \u00a0]*)?{_TAX}"
    rf"|(?:\b(?:zuzüglich|plus|excluding|before|without|ohne|hors)|"
    rf"\+)[^.\n%€£$]{{0,24}}?(?:{_RATE.format(name='b')}[ \u00a0]*)?{_TAX}"
    rf"|\bnetto(?:preis\w*|betrag)?\b|\bnet\b(?! weight)|\bHT\b|\bexcl\. btw\b"
    rf"|{_TAX}\.?[^.\n€£$]{{0,24}}?\b(?:not|nicht|extra|kommt|on top|hinzu)\b|\bex\.?[ -]?{_TAX}|\bo\. ?mwst\b",
    re.IGNORECASE,
)
GROSS = re.compile(
    rf"\b(?:inkl\w*|incl\w*|einschl\w*)\.?[^.\n€£$]{{0,32}}?{_TAX}|\bbrutto\w*|\bTTC\b|\bmit[^.\n]{{0,12}}mwst\b"
    rf"|{_TAX}(?:(?!\bnot\b|\bnicht\b)[^\n]){{0,40}}\b(?:enthalten|inbegriffen|included)|\bim preis enthalten\b",
    re.IGNORECASE,
)
RATE = re.compile(
    rf"{_RATE.format(name='a')}[ \u00a0]*(?:ige )?{_TAX}|{_TAX}\.?[ \u00a0]*(?:von |of )?\(?{_RATE.format(name='b')}",
    re.IGNORECASE,
)
FREE = re.compile(
    rf"\b{_SENDING}\b[^.\n€£$0-9]{{0,48}}?\b(?:kostenlos|gratis|kostenfrei|umsonst|free|included|inklusive|"
    rf"inbegriffen|enthalten|"
    r"gratuite?)\b(?! ab\b| from\b| over\b)"
    rf"|\b(?:kostenlose[rn]?|gratis|freie[rn]?|free) (?:{_SENDING}|versand|lieferung)\b(?! ab\b| from\b| over\b|"
    rf" above\b)"
    rf"|\b(?:inkl\w*|incl\w*|einschl\w*)\.? (?:(?:der|free|dhl|and|und|tax|mwst|vat) )*{_SENDING}\b"
    r"|\bversandkostenfrei\b(?! ab\b)|\bfrei haus\b|\bportofrei\b|\bpost ?free\b"
    r"|\bkostet nichts extra\b|\bcarriage paid\b",
    re.IGNORECASE,
)
NOT_FREE = re.compile(
    rf"\b{_SENDING}\b[^.\n]{{0,32}}\b(?:nicht|not|nach (?:aufwand|gewicht|absprache)|kommt|kommen|extra|"
    rf"separat\w*|charged|auf anfrage|on request|trägt|zu ihren lasten|zu lasten)\b"
    rf"|\b(?:not|n't|nicht|never) (?:include|cover|contain)s? [^.\n]{{0,16}}{_SENDING}\b"
    rf"|\b(?:(?:versand|transport|liefer|fracht|porto)kosten|(?:shipping|delivery|postage) (?:costs?|charges?|"
    rf"fees?))\b"
    rf"|(?:\b(?:zzgl|zuzügl|exkl|excl)\.|\b(?:zuzüglich|plus|excluding|ohne|exclusive of|not including|before|"
    rf"without)|"
    rf"\+)[ \u00a0](?:der |den |die )?{_SENDING}\b",
    re.IGNORECASE,
)
EXTRA = re.compile(
    r"\b(?:hinzu komm\w+|komm(?:t|en)(?: noch)?\b[^.\n]{0,40}\b(?:dazu|hinzu)|dazu komm\w+|\w*zuschlag\w*|"
    r"aufpreis|\w*gebühr\w*|surcharge|"
    r"fees? appl\w+|\w+ fee\b(?<!flat fee)|additional (?:costs?|charges?|fees?)|extra costs?|pfand\b)",
    re.IGNORECASE,
)
INSTALMENTS = re.compile(r"\b(?:\w*raten(?:zahlung)?|ratenkauf|instal?ments?)\b", re.IGNORECASE)
PERCENT_OFF = re.compile(
    r"[0-9][ \u00a0]?%[^.\n]{0,24}\b(?:\w*rabatt\w*|nachlass|discount|off|reduction)\b"
    r"|\b(?:minus|less|abzüglich|abzgl\.?|rabatt\w*(?: von)?|nachlass(?: von)?|"
    r"discount(?: of)?)[ \u00a0][0-9]{1,2}(?:[.,][0-9])?[ \u00a0]?%(?![ \u00a0]?skonto)",
    re.IGNORECASE,
)
DECLINED = re.compile(
    r"\bleider\b[^.!?]{0,160}\b(?:nicht|kein\w*|nichts|ausverkauft|vergriffen)\b|\bbedauern\b|\bkein angebot\b|"
    r"\bnicht möglich\b[^.]{0,40}\bangebot\b"
    r"|\bangebot\b[^.!?]{0,60}\bnicht möglich\b|\b(?:unfortunately|sorry|regret)\b[^.!?]{0,160}\b(?:not|n't|"
    r"no longer|unable|out of|sold|no)\b|can't (?:offer|help)|cannot (?:offer|help)"
    r"|\bsold (?:yesterday|already|out|it|for)\b|\bverkauft(?! nur)\b|\bhelaas\b|\bmalheureusement\b|"
    r"\bwe only deal with\b|\bnur an gewerbetreibende\b"
    r"|\bversandt\b|\bhas shipped\b|\bwas charged\b|\bwere charged\b|\brechnungsbetrag\b|\binvoice\b|"
    r"\bIhre (?:Rechnung|Bestellung)\b|\byour order\b"
    r"|\bzu (?:niedrig|wenig)\b|\btoo low\b|\b(?:can't|cannot|can not) do\b|\bnicht (?:hergeben|verkaufen)\b|"
    r"\bmahnung\b|\bgutschrift\b|\bbezahlt\b"
    r"|\babgelaufen\b|\bhas expired\b|\brefunded\b"
    r"|\bnicht (?:mehr )?(?:lieferbar|verfügbar|vorrätig)\b|\b(?:out of stock|no longer available)\b",
    re.IGNORECASE,
)
COUNTS = re.compile(
    r"(?<![\w.,])(?P<a>[0-9]{1,4})[ \u00a0]?(?:[x×]|stück|stk\.?|pieces|pcs|units|exemplare|paar)(?![\w])"
    r"|\b(?:quantity|menge|anzahl|qty)\b\.?:?[ \u00a0](?P<b>[0-9]{1,4})\b",
    re.IGNORECASE,
)
THRESHOLD = re.compile(r"\b(?:ab|from|bei|over|mindestens)[ \u00a0]$", re.IGNORECASE)


def rate_of(text: str) -> int | None:
    """The one rate of tax that the text names, in tenths of a percent; None where it names none, or two."""
    found = {one["a"] or one["b"] for one in RATE.finditer(text)}
    if len(found) != 1:
        return None
    whole, _, part = found.pop().replace(",", ".").partition(".")
    return int(whole) * 10 + int(part or 0)


def counts_in(text: str) -> set[int]:
    """How many pieces the text speaks of, thresholds of a scale left out."""
    return {
        int(one["a"] or one["b"])
        for one in COUNTS.finditer(text)
        if THRESHOLD.search(text, max(0, one.start() - 12), one.start()) is None
    }
