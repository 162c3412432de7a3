"""Small words around a thing: those that say an attribute, those that turn it into another thing, and plain fillers.

Data only: which attribute a category really has is checked where these are used.
"""

from collections.abc import Iterator
from typing import Final

from vrm_desktop.formats.typed_line.words import PhraseTable, keys_of

_ROWS: Final = """
electric|elektrisch|elektrisches|elektrische|motorised|with motor|mit motor|e antrieb = electric=yes
electric|elektro|elektrisch|elektrisches|elektrische = fuel=electric
petrol|benzin|benziner = fuel=petrol
diesel = fuel=diesel
hybrid|plug in hybrid = fuel=hybrid
estate|station wagon|kombi = type=estate
small|kleinwagen|compact = type=small
suv = type=suv
road|racing = type=road
gravel = type=gravel
folding|foldable|faltbar|klappbar = type=folding
wireless|bluetooth|kabellos|kabellose|kabelloser|drahtlos|schnurlos|cordless = wireless=yes
wired|with cable|mit kabel|kabelgebunden = wireless=no
noise cancelling|noise canceling|noise cancellation|anc|geräuschunterdrückung|noise cancel = noise_cancelling=yes
over ear|overear|ohrumschließend = type=over-ear
in ear|inear = type=in-ear
on ear|onear = type=on-ear
with bed|sleeper|mit bettfunktion|mit schlaffunktion|bettfunktion|schlaffunktion|zum schlafen|fold out bed = bed=yes
laser = type=laser
inkjet|tintenstrahl = type=inkjet
weekly|every week|once a week|wöchentlich|jede woche|einmal die woche|einmal pro woche = rhythm=weekly
fortnightly|every two weeks|every 2 weeks|every other week|biweekly|alle zwei wochen = rhythm=fortnightly
alle 2 wochen|14 tägig|zweiwöchentlich|alle 14 tage = rhythm=fortnightly
monthly|once a month|every month|monatlich|einmal im monat|einmal pro monat = rhythm=monthly
once|one off|one time|einmalig|einmal = rhythm=once
digital piano|upright = type=piano
brakes|bremsen = type=brakes
tyres|winter tyres|tires|reifen|winterreifen = type=tyres
inspection|inspektion = type=inspection
"""


def _modifiers() -> Iterator[tuple[str, tuple[str, str]]]:
    for row in _ROWS.strip().splitlines():
        names, _, said = row.partition(" = ")
        key, _, value = said.partition("=")
        for name in names.split("|"):
            yield name, (key, value)


MODIFIERS: Final = PhraseTable[tuple[str, str]](_modifiers())

ACCESSORIES: Final = frozenset(
    keys_of(
        "bag case cover rack stand lock helmet charger cable light holder battery tyre tire wheel mount saddle "
        "screen part trailer basket bell pump tube pedal chain seat sleeve protector filter hose remote toner "
        "cartridge ink paper tripod lens strap topper sheet linen cloth runner cushion frame legs leg leaf base "
        "fabric pillow rental hire lease insurance parking park garage wash keys key radio adapter dock keyboard "
        "mouse software licence license repairman shop dealer game games controller bracket wall antenna box "
        "boxes lessons teacher tuner book books strings bow polish laces insoles socks sim contract plan toy "
        "toys storage shed stickers tasche huelle schloss helm ladegeraet kabel licht halter halterung akku "
        "reifen sattel staender anhaenger korb klingel pumpe kette sitz schutz filter fernbedienung toner "
        "patrone patronen tinte stativ objektiv gurt bezug kissen decke lampe versicherung stellplatz garage "
        "schluessel adapter tastatur maus zubehoer ersatzteil ersatzteile spiel spiele controller folie "
        "schutzfolie vertrag tarif accessories spare parts tickets"
    )
)
"""A noun right behind a thing's name that makes the two together another thing."""

TURNING_PREFIXES: Final = frozenset(
    keys_of(
        "dog cat pet puppy kitten doll dolls toy toys model rc lego playmobil miniature gift flower hospital "
        "spielzeug modell puppen hunde katzen paint hair"
    )
)
"""A noun right in front of a thing's name that makes the two together another thing: "dog bed"."""

PLAIN_FOLLOWERS: Final = frozenset(
    keys_of(
        "a an the my our some any i we you me us one and or but please wanted needed need want wants looking "
        "search searching for in on at by to near with without from of is it that this which would should must "
        "can could will like big small large medium little old cheap good nice great used new black white red "
        "blue green grey gray brown silver wooden oak leather light heavy fast quick quickly urgently soon now "
        "here there only also just really very not no wide long high tall deep about around max under over up "
        "per each ideally preferably possibly maybe if possible including incl excl plus minus within before "
        "after until ein eine einen einem einer der die das den dem mein meine meinen meinem wir ich und oder "
        "aber bitte gesucht suche suchen brauche brauchen benoetige moechte haette gern gerne fuer mit ohne in "
        "im am an bei von vom aus nach zu zum zur ab bis um gross grosse grosses klein kleine kleines alt gut "
        "guter gutem guenstig guenstige guenstiges billig billige billiges schoen schoenes schwarz weiss rot "
        "blau gruen grau braun leicht schwer dringend schnell nur auch sehr nicht kein keine breit lang hoch "
        "tief etwa circa ca unter ueber je pro installed fitted installation einbauen lassen warten wechseln "
        "anschliessen today tomorrow weekdays weekends evenings mornings werktags abends reparieren reparatur"
        " size sized broken "
        "defekt kaputt beim repair repaired fixed serviced quiet leise sparsam durable sturdy stabil robust "
        "lightweight second angebot angebote offer offers quote quotes termin appointment am pm"
    )
)
"""Words that leave the thing in front of them as it is."""
