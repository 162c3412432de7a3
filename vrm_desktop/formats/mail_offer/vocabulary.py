"""The words that tell what an amount is for, in German, English, and the plainest Dutch and French. Data only.

Where several fit before an amount, the last one counts, and of two that end together the first in this table.
"""

import re
from typing import Final


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_OPEN_BEFORE = _words(
    r"\b(?:ab|zwischen|ca\.?|circa|etwa|ungefähr|rund|geschätzt|mindestens|höchstens|maximal|unter|über|"
    r"bis(?: zu)?|wohl|vielleicht)"
    r"(?: (?:nur|je|etwa))?\s*$",
    r"\b(?:from|between|starting at|start(?:s|ing)? (?:at|from)|approximately|approx\.?|around|about|roughly|"
    r"circa|up to|"
    r"at least|at most|under|over|maybe|perhaps|vanaf|tussen|ongeveer|à partir de|entre|environ)\s*$",
    r"~\s*$|<\s*$|>\s*$|\bc\.\s*$",
    r"\b(?:starting price|startpreis|(?:as )?low as|near|(?:in the )?region of|größenordnung von)\s*$",
    r"\byou (?:mentioned|said|asked|suggested|offered|wrote)\b|\bsie (?:hatten|schrieben|nannten|sagten|erwähnten)\b",
    r"\b(?:last (?:year|month|time)|letztes (?:jahr|mal)|damals|abo\b|abonnement|subscription|membership)",
    r"\b(?:max\.?|maximum|min\.?|(?:so )?um die)\s*$",
    r"\b(?:müsste|dürfte|könnte|hätte|vermutlich|wahrscheinlich|hoffentlich|might|could be|should be|probably|"
    r"hopefully)\b",
    r"\b(?:ihr|ihre[mnr]?|dein|deine[mn]?|your) (?:vorschlag|angebot|gebot|offer|bid|budget|proposal|"
    r"suggestion) (?:von|über|of)\s*$",
    r"\b(?:überweisung|zahlung|payment|transfer|gutschrift) (?:von|über|of)\s*$",
    r"\b(?:jahres|monats|wochen|tages|jährliche|monatliche|wöchentliche|yearly|annual)\w*\b",
    r"\b[0-9]+ ?(?:g|kg|ml|l|cm|m)\b(?: \w+)? (?:kosten?|costs?)\s*(?:nur|je)?\s*$",
    r"\b(?:zwischen|between|tussen|entre|range)\b",
    r"\b(?:stundens[aä]tz\w*|tagess[aä]tz\w*|hourly|daily rate|monatlich|mtl\.?|monthly|rate|raten|call-out|"
    r"miete|rent)\b(?!.*\bpreis\b)",
    r"(?<!inkl\. )(?<!inklusive )(?<!incl\. )\banfahrt\b",
    r"\b(?:vb|verhandlungsbasis|vhb)\b",
    r"\b(?:usually|normally|typically|normalerweise|üblicherweise|in der regel|wäre[n]?|would be|würde[n]?)\b",
)
_ASIDE_BEFORE = _words(
    r"\b(?:statt|anstatt|anstelle|uvp|uvp liegt bei|regulär\w*|bisher\w*|früher\w*|vorher|listenpreis|neupreis|"
    r"ursprünglich\w*|normalpreis)\b",
    r"\b(?:was|were|rrp|msrp|list price|instead of|previously|originally|regular price|elsewhere|others?|andere)\b",
    r"\b(?:amazon|ebay|wettbewerb\w*|konkurren\w*|competitors?|mitbewerber\w*|anderswo|woanders|bekannter|"
    r"neu kostet\w*|brand new|wert|worth|value|"
    r"neuwert|gewinn\w*|win|spende\w*|guthaben|bußgeld|donate)\b",
    r"\b(?:rest(?:zahlung|betrag|summe)|remaind\w*|remaining|balance|anzahlung|vorauszahlung|deposit|prepayment|"
    r"acompte|kaution)\b",
    r"\b\w*(?:gutschein|skonto)\b|\b(?:save|sparen|ersparnis|off|voucher)\b",
    r"\b(?:stammkapital|share capital|grundkapital)\b",
    r"\b(?:mindestbestellwert|bestellwert|mindestumsatz|minimum order|min\. order|orders? (?:above|over)|"
    r"versandkostenfrei ab|"
    r"free (?:shipping|delivery) (?:from|over|above))\b",
    r"\b(?:ab|from|bei|for) [0-9]+ (?:stück|stk\.?|pieces|pcs|units)\s*(?:je|à|at|für|only|nur|kosten)?\s*$",
    r"\b(?:pro|je|per|the|der) (?:lfd\. ?)?(?:meter|metre|laufmeter|yard|foot)\s*(?:kostet|costs|nur|only|:)?\s*$",
    r"\b(?:versicherungswert|budget|finanzierung|pfand)\b",
)
_DISCOUNT_BEFORE = _words(
    r"\b\w*(?:rabatt|nachlass)\b|\b(?:abzüglich|abzgl\.?|discount|minus|less)(?: [0-9]{1,2} ?%)?\b"
)
_TOTAL_BEFORE = _words(
    r"\b(?:gesamt\w*|insgesamt|zusammen|summe|endpreis|endbetrag|end\w*summe|rechnungssumme|total\w*|totaal|"
    r"komplettpreis|"
    r"altogether|all in|all-in|alles in allem|macht|makes|comes to|kosten also|zu zahlen\w*|to pay|amount due|"
    r"grand total|"
    r"bruttobetrag|bruttosumme|bruttopreis)\b",
)
_NET_BEFORE = _words(
    r"\b(?:netto\w*|summe netto|nettosumme|net (?:total|amount|price|sum)|zwischensumme|sub-?total|total (?:net|"
    r"excl\.? vat|ht)|"
    r"sous-total|gesamt(?:betrag|summe|preis)? netto)\b",
)
_SHIPPING_BEFORE = _words(
    r"\b(?:versand\w*|porto|liefer(?:ung|kosten|pauschale|gebühr)|fracht\w*|spedition\w*|zustellung|"
    r"transport\w*|anlieferung)\b",
    r"\b(?:shipping|postage|p&p|delivery|freight|carriage|packing|verzendkosten|verzending|frais de port|"
    r"livraison)\b",
)
_TAX_BEFORE = _words(
    r"\b(?:mwst|ust|mehrwertsteuer|umsatzsteuer|vat|tva|btw|"
    r"sales tax)\b\.?(?:[ \u00a0]*\(?[0-9]{1,2}(?:[.,][0-9])?[ \u00a0]?%\)?)?[ \u00a0]*[:=]?[ \u00a0\t]*(?:EUR|"
    r"€|£)?\s*$",
    r"\b[0-9]{1,2}(?:[.,][0-9])?[ \u00a0]?% ?(?:mwst|ust|mehrwertsteuer|umsatzsteuer|vat|tva|btw)\b\.?[ \u00a0:(=]*$",
)
_UNIT_BEFORE = _words(
    r"\b(?:je|jeweils|à|stückpreis|einzelpreis|pro stück|per piece|unit price|each|apiece|per unit)\b[^.!?]{0,24}$",
    r"\b[0-9]{1,3} ?[x×] ?$",
    r"\bthey are\s*$",
)
_PRICE_BEFORE = _words(
    r"\b(?:now|jetzt|nur noch|für nur|sonderpreis|special price|unser preis|our price|barpreis)\b",
    r"\b(?:inkl\w*|incl\w*|einschließlich)\.?(?: der| gesetzlicher| ges\.)?[ 0-9,.%()]*(?:mwst|ust|"
    r"mehrwertsteuer|umsatzsteuer|vat|tva|btw)"
    r"\b\.?[ \u00a0:(=]*$",
    r"\b(?:ohne|exkl\w*|excl\w*)\.? (?:versand\w*|lieferung|shipping|delivery|postage)\b",
)
_INCLUDED_BEFORE = _words(
    r"\b(?:inkl\w*|incl\w*|einschließlich|mit|with)\.? (?:(?:der|free|kostenloser|kostenlosem|dhl) )?"
    r"(?:versand\w*|porto|lieferung|fracht|zustellung|transport|anlieferung|shipping|postage|delivery|freight)\b"
)
_EQUALS_BEFORE = _words(r"=\s*$")

OPEN_AFTER = _words(
    r"^\s*(?:[/]|pro |per |je |a |an |im |in der |par |/ ?)\s*(?:monat|tag|woche|stunde|jahr|minute|min\b|std|"
    r"h\b|m²|m2|qm|quadratmeter|"
    r"km|kg|kilo|[0-9]+ ?(?:g|kg|ml|l)\b|liter|l\b|mo\b|mtl|m\b|a\b|w\b|month|day|week|hour|year|person|nacht|"
    r"night|mois|jour|maand|dag)",
    r"^\s*(?:monatlich|mtl\.?|jährlich|wöchentlich|täglich|monthly|weekly|daily|yearly|an hour|a month|oder so|"
    r"or so|vb\b|vhb\b|"
    r"verhandlungsbasis)",
    r"^\s*p$|^\s*(?:p\. ?a\.|p\.a\b|p\. ?m\.|pcm\b|pp\b|p\. ?p\.|p/[pwmh]\b|das kilo|das stück\b(?= ab))",
    r"^\s*(?:im |als )?(?:abo\b|abonnement|subscription|quartal|quarter)",
    r"^\s*(?:/|per |pro |je |every )\s*[^\W\d_]",
    r"^\s*(?:a|an|die|jede) (?:session|visit|stunde|sitzung|lesson|termin|fahrt|half|quarter)\b|^\s*each way\b",
    r"^\s*(?:k\b|thousand|hundred|mio|million|tsd|tausend)|^\s*(?:und |and )?[0-9]{1,2} ?(?:cents?|ct)\b",
    r"^\+|^-?ish\b|^\s*(?:ono\b|obo\b|or best offer|give or take)",
    r"^\s*(?:wenn|falls|sofern|if|provided|bei abnahme|bei sofort\w*)\b",
    r"^\s*(?:müsste|dürfte|könnte|hätte|should|might|could)\b",
    r"^\s*(?:is|are) the (?:lowest|highest|usual)",
    r"^\s*(?:would|wäre|würde)\b",
)
_ASIDE_AFTER = _words(
    r"^\s*(?:off\b|up ?front|im voraus|gutschein|voucher|deposit|anzahlung|gespart|saved|"
    r"mindestbestellwert|minimum)"
)
_DISCOUNT_AFTER = _words(r"^\s*(?:discount|rabatt|nachlass)")
_MEASURED_AFTER = _words(r"^\s*(?:[/]|pro |per |je |a )\s*(?:meter|metre|laufmeter|lfm|yard|foot|m\b)")
UNIT_AFTER = _words(
    r"^\s*(?:each(?! way)|apiece|per piece|per unit|per item|pro stück|pro exemplar|/ ?stück|/ ?stk|je stück|"
    r"das stück|pro stk|per stuk|pièce|"
    r"a piece|each net)\b",
    r"^\s*(?:a pop)\b",
)
_NET_AFTER = _words(
    r"^\s*(?:netto|net\b|ht\b|excl|exkl|zzgl\.? (?:[0-9]|der|ges|mwst|ust)|ohne mwst|before (?:tax|vat)|plus vat)"
)
_SHIPPING_AFTER = _words(
    r"^\s*(?:for )?(?:versand\b|versandkosten|porto|shipping|postage|p&p|delivery\b|lieferung\b|fracht|verzendkosten)"
)
_TAX_AFTER = _words(r"^\s*(?:mwst|ust|mehrwertsteuer|umsatzsteuer|vat|tva|btw)\b")
_TOTAL_AFTER = _words(r"^\s*(?:altogether|in total|insgesamt|gesamt|zusammen|all in|all-in|total)\b")

BEFORE: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("EQUALS", _EQUALS_BEFORE),
    ("OPEN", _OPEN_BEFORE),
    ("ASIDE", _ASIDE_BEFORE),
    ("DISCOUNT", _DISCOUNT_BEFORE),
    ("PRICE", _PRICE_BEFORE),
    ("PRICE", _INCLUDED_BEFORE),
    ("TAX", _TAX_BEFORE),
    ("NET_TOTAL", _NET_BEFORE),
    ("UNIT", _UNIT_BEFORE),
    ("SHIPPING", _SHIPPING_BEFORE),
    ("TOTAL", _TOTAL_BEFORE),
)
AFTER: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("UNIT", UNIT_AFTER),
    ("ASIDE", _MEASURED_AFTER),
    ("OPEN", OPEN_AFTER),
    ("ASIDE", _ASIDE_AFTER),
    ("DISCOUNT", _DISCOUNT_AFTER),
    ("TAX", _TAX_AFTER),
    ("NET_TOTAL", _NET_AFTER),
    ("SHIPPING", _SHIPPING_AFTER),
    ("TOTAL", _TOTAL_AFTER),
)
