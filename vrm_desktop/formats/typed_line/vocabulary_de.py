"""What people call things in German, and the category and attributes that each name says. Data only.

One row each: names between bars, "=", category id, then attributes as key=value. A compound's last part is its head,
so the reader also accepts the words of `HEADS` as endings, except those of `NOT_HEADS`.
"""

from typing import Final

GERMAN: Final = """
Fahrrad|Fahrräder|Rad|Velo|Drahtesel|Damenfahrrad|Herrenfahrrad|Damenrad|Herrenrad = mobility.bicycle
Rennrad|Rennräder|Rennvelo = mobility.bicycle type=road
Gravelbike|Gravel Bike|Gravelrad = mobility.bicycle type=gravel
Mountainbike|Mountain Bike|MTB = mobility.bicycle type=mountain
Citybike|Stadtrad|Hollandrad|Cityrad|Stadtfahrrad = mobility.bicycle type=city
Trekkingrad|Trekkingfahrrad|Tourenrad|Reiserad|Trekkingbike = mobility.bicycle type=trekking
Lastenrad|Lastenfahrrad|Cargobike|Lastenvelo = mobility.bicycle type=cargo
Kinderfahrrad|Kinderrad|Kindervelo|Kinderfahrräder = mobility.bicycle type=kids
Klapprad|Faltrad|Klappfahrrad = mobility.bicycle type=folding
E-Bike|Ebike|E-Bikes|Elektrofahrrad|Elektrorad|Pedelec|E-Fahrrad|Elektrobike = mobility.bicycle electric=yes
E-Lastenrad|Elektro-Lastenrad = mobility.bicycle electric=yes type=cargo
E-Mountainbike|E-MTB = mobility.bicycle electric=yes type=mountain
E-Rennrad = mobility.bicycle electric=yes type=road
E-Trekkingrad = mobility.bicycle electric=yes type=trekking
Fahrradreparatur|Fahrradinspektion|Fahrradwerkstatt|Velowerkstatt|Fahrrad-Reparatur = mobility.bicycle-repair
E-Scooter|E-Roller|Elektroroller|Elektroscooter = mobility.scooter electric=yes
Tretroller|Motorroller = mobility.scooter
Auto|PKW|Gebrauchtwagen|Kleinwagen|Wagen|Neuwagen = mobility.car
Elektroauto|E-Auto|Stromer = mobility.car fuel=electric
Kombi = mobility.car type=estate
Wohnmobil|Camper|Campingbus = mobility.car type=camper
Transporter = mobility.car type=van
Autoreparatur|Autowerkstatt|KFZ-Werkstatt|Werkstatt = mobility.car-repair
Reifenwechsel|Winterreifen montieren|Winterreifen wechseln|Winterreifen aufziehen = mobility.car-repair type=tyres
Reifen wechseln = mobility.car-repair type=tyres
Reifen montieren|Räderwechsel|Sommerreifen wechseln = mobility.car-repair type=tyres
Bremsen erneuern|Bremsen wechseln|Bremsbeläge wechseln = mobility.car-repair type=brakes
Inspektion|TÜV|Hauptuntersuchung|HU AU|Auto-Inspektion = mobility.car-repair type=inspection
Waschmaschine|Waschmaschinen = home.appliance type=washing-machine
Trockner|Wäschetrockner = home.appliance type=dryer
Spülmaschine|Geschirrspüler|Geschirrspülmaschine = home.appliance type=dishwasher
Kühlschrank|Kühlschränke = home.appliance type=fridge
Gefrierschrank|Gefriertruhe|Tiefkühlschrank|Tiefkühltruhe = home.appliance type=freezer
Backofen|Herd|Einbauherd|Einbaubackofen = home.appliance type=oven
Staubsauger|Saugroboter|Akkustaubsauger|Staubsaugerroboter = home.appliance type=vacuum-cleaner
Kaffeemaschine|Kaffeevollautomat|Espressomaschine|Siebträger|Siebträgermaschine = home.appliance type=coffee-machine
Mikrowelle = home.appliance type=microwave
Toaster|Wasserkocher|Mixer|Küchenmaschine|Bügeleisen|Haushaltsgerät = home.appliance
Rasenmäher|Mähroboter|Rasenroboter = home.garden-tool type=lawn-mower
Heckenschere = home.garden-tool type=hedge-trimmer
Kettensäge|Motorsäge = home.garden-tool type=chainsaw
Bohrmaschine|Akkuschrauber|Bohrhammer|Schlagbohrmaschine = home.power-tool type=drill
Kreissäge|Stichsäge|Handkreissäge = home.power-tool type=saw
Schleifmaschine|Schleifgerät|Exzenterschleifer = home.power-tool type=sander
Lampe|Lampen|Stehlampe|Schreibtischlampe|Tischlampe|Deckenlampe|Nachttischlampe|Leselampe|Leuchte = home.lamp
Maler|Malerarbeiten|Anstreicher|streichen|Wände streichen|Zimmer streichen|Räume streichen = home.painting
Wohnung streichen|malern|streichen lassen|Malermeister|Malerbetrieb|tapezieren = home.painting
Sofa|Sofas|Couch|Ecksofa|Wohnlandschaft = furniture.sofa
Schlafsofa|Schlafcouch|Bettsofa = furniture.sofa bed=yes
Tisch|Tische|Esstisch|Küchentisch|Couchtisch|Gartentisch = furniture.table
Stuhl|Stühle|Stühlen|Bürostuhl|Bürostühle|Esszimmerstühle|Esszimmerstuhl|Küchenstühle|Küchenstuhl = furniture.chair
Sessel|Hocker|Barhocker|Gartenstühle|Gartenstuhl = furniture.chair
Schreibtisch|Schreibtische|Stehschreibtisch|Bürotisch = furniture.desk
Bett|Betten|Doppelbett|Bettgestell|Einzelbett|Hochbett|Kinderbett|Boxspringbett = furniture.bed
Matratze|Matratzen = furniture.mattress
Kleiderschrank|Kleiderschränke = furniture.wardrobe
Regal|Regale|Bücherregal|Wandregal|Bücherregale = furniture.shelf
Kopfhörer|Headset = electronics.headphones
In-Ear-Kopfhörer|Ohrhörer|Earbuds|In-Ears = electronics.headphones type=in-ear
Over-Ear-Kopfhörer = electronics.headphones type=over-ear
On-Ear-Kopfhörer = electronics.headphones type=on-ear
Handy|Handys|Smartphone|Smartphones|Mobiltelefon|iPhone|Samsung Galaxy|Fairphone|Natel = electronics.phone
Handy mit Vertrag = electronics.phone
Laptop|Laptops|Notebook|Notebooks|Macbook|Thinkpad = electronics.laptop
Tablet|iPad|E-Reader|Tablets = electronics.tablet
Fernseher|TV|Smart-TV|Fernsehgerät|OLED-TV|Flachbildfernseher = electronics.television
Monitor|Monitore|Bildschirm|Bildschirme = electronics.monitor
Kamera|Digitalkamera|Spiegelreflexkamera|Systemkamera|Sofortbildkamera = electronics.camera
Drucker|Fotodrucker|Multifunktionsdrucker = electronics.printer
Laserdrucker|Farblaserdrucker = electronics.printer type=laser
Tintenstrahldrucker = electronics.printer type=inkjet
Spielkonsole|Spielekonsole|Playstation|Xbox|Nintendo Switch|PS5 = electronics.games-console
Schuhe|Turnschuhe|Sneaker|Stiefel|Wanderschuhe|Laufschuhe|Winterstiefel|Winterschuhe|Sandalen = clothing.shoes
Wanderstiefel|Fußballschuhe|Kinderschuhe = clothing.shoes
Jacke|Winterjacke|Wintermantel|Regenjacke|Kleid|Brautkleid|Hochzeitskleid|Anzug|Jeans = clothing.clothes
Hemd|Pullover|Pulli|Kleidung|Skijacke|Dirndl = clothing.clothes
Buch|Bücher|Kochbuch|Lehrbuch|Kinderbuch|Kinderbücher|Bilderbuch|Schulbuch|Schulbücher|Sachbuch = leisure.book
Bilderbücher = leisure.book
Klavier|Flügel|E-Piano|Digitalpiano|Piano = leisure.instrument type=piano
Gitarre|Gitarren|E-Gitarre|Westerngitarre|Konzertgitarre|Bassgitarre = leisure.instrument type=guitar
Geige|Violine = leisure.instrument type=violin
Schlagzeug = leisure.instrument type=drums
Flöte|Cello|Saxophon|Saxofon|Trompete|Klarinette|Akkordeon|Ukulele|Blockflöte = leisure.instrument
Ski|Skier|Snowboard|Tennisschläger|Yogamatte|Hanteln|Kajak|Laufband|Rudergerät|Heimtrainer = leisure.sports-gear
Schlitten|Crosstrainer = leisure.sports-gear
Zelt|Zelte|Campingzelt = leisure.tent
Kinderwagen|Buggy = family.pram
Kindersitz|Autokindersitz|Babyschale = family.car-seat
Klempner|Installateur|Sanitär|Rohrbruch|Abfluss verstopft|tropfender Wasserhahn|Klempnerarbeiten = services.plumbing
Abflussreinigung|Sanitärinstallateur|Spengler = services.plumbing
Heizung|Heizungsbauer|Heizungswartung|Heizung warten|Heizung reparieren|Wärmepumpe = services.heating
Heizungsinstallateur = services.heating
Elektriker|Elektroinstallation|Elektroarbeiten = services.electrician
Schreiner|Tischler|Zimmermann|Zimmerei|Tischlerarbeiten|Schreinerarbeiten = services.carpentry
Dachdecker|Dachreparatur|Dach decken|Dach reparieren = services.roofing
Umzug|Umzugsfirma|Umzugsunternehmen|Umzugshelfer|umziehen|Möbelpacker|Entrümpelung und Umzug = services.moving
Putzhilfe|Reinigung|Putzfrau|Reinigungskraft|Fensterputzer|putzen|Wohnung putzen|Fenster putzen = services.cleaning
Reinigungsfirma|Haushaltshilfe|Endreinigung|Grundreinigung|Büroreinigung|Wohnungsreinigung = services.cleaning
Treppenhausreinigung|Hausreinigung|Fensterreinigung|Teppichreinigung = services.cleaning
Gärtner|Gartenpflege|Gartenarbeit|Hecke schneiden|Baumfällung|Rasen mähen|Gartenarbeiten = services.gardening
Baum fällen = services.gardening
Nachhilfe|Nachhilfelehrer|Klavierunterricht|Gitarrenunterricht|Deutschkurs|Englischunterricht = services.tutoring
Privatunterricht|Sprachunterricht|Schwimmkurs|Fahrstunden|Spanischunterricht|Mathenachhilfe = services.tutoring
Geigenunterricht|Klavierlehrer = services.tutoring
Fotograf|Fotografin|Hochzeitsfotograf|Fotoshooting = services.photography
Schlüsseldienst|Schlosser = services.locksmith
Hundesitter|Babysitter|Catering|Übersetzer|Übersetzung|Handwerker|Hundebetreuung|Katzensitter = other.service
Hausmeister = other.service
Friseur|Friseurtermin|Haare schneiden|Haarschnitt|Friseurin|Coiffeur|Frisör|Barbier = services.hairdresser
Frauenärztin|Kinderärztin|Augenärztin|Hausärztin|Ärztin|Psychologe|Psychologin|Zahnarzt = health.appointment
Zahnarzttermin|Arzt|Arzttermin|Hausarzt|Hautarzt|Hautarzttermin|Hausarzttermin = health.appointment
Physiotherapie|Physiotherapeut|Augenarzt|Augenarzttermin|Kinderarzt|Kinderarzttermin|Frauenarzt = health.appointment
Frauenarzttermin|Orthopäde|Kieferorthopäde|Psychotherapeut|Psychotherapie|Therapieplatz|Impfung = health.appointment
Blutabnahme|Vorsorgeuntersuchung|Sehtest|Optiker|Zahnreinigung|HNO Arzt|HNO|MRT|MRT Termin = health.appointment
Zahnärztin|Hautärztin|Krankengymnastik|Kardiologe|Röntgen|Massage auf Rezept = health.appointment
Bürgeramt|Ausweis beantragen|Reisepass beantragen|Personalausweis beantragen|Standesamt = public.appointment
Standesamttermin|Zulassungsstelle|Bürgerbüro|Führerschein umtauschen|Wohnung ummelden|Ummeldung = public.appointment
Einwohnermeldeamt|Termin beim Bürgeramt = public.appointment
Hausratversicherung|Hausrat = insurance.contents
Haftpflichtversicherung|Haftpflicht|Privathaftpflicht|Privathaftpflichtversicherung = insurance.liability
Autoversicherung|Kfz-Versicherung|Kfz-Haftpflicht|Kfzversicherung|Kaskoversicherung|Vollkasko = insurance.car
Strom|Stromanbieter|Stromvertrag|Stromtarif|Ökostrom|Stromlieferant|Strom und Gas|Gas und Strom = energy.electricity
Gasanbieter|Gasvertrag|Gastarif|Erdgas|Strom und Gas|Gas und Strom = energy.gas
Handy mit Vertrag|Handyvertrag|Mobilfunkvertrag|Handytarif|Mobilfunktarif|SIM-Karte|Mobilfunk = telecom.mobile
SIM-only|Prepaid-Karte = telecom.mobile
Allnet-Flat|Allnetflat = telecom.mobile
Internet|Internetanschluss|DSL|Glasfaser|DSL-Anschluss|Internetvertrag|Glasfaseranschluss = telecom.internet
DSL-Vertrag|Festnetz und Internet = telecom.internet
Girokonto|Bankkonto|Konto|Geschäftskonto|Tagesgeldkonto = finance.account
Zug|Zugticket|Zugfahrt|Bahnticket|Bahnfahrt|Zugtickets|Bahnfahrkarte|Nachtzug|Fahrkarte|Bahntickets = travel.train
Flug|Flüge|Flugticket|Hinflug|Hin- und Rückflug|Flugtickets = travel.flight
Hotel|Hotelzimmer|Ferienwohnung|Unterkunft|Ferienhaus|Übernachtung|Jugendherberge|Campingplatz = travel.hotel
Mietwagen|Leihwagen|Autovermietung|Auto mieten|Transporter mieten = travel.car-rental
"""

HEADS: Final = """
fahrrad = mobility.bicycle
tisch = furniture.table
sofa = furniture.sofa
bett = furniture.bed
stuhl|stühle = furniture.chair
matratze = furniture.mattress
regal = furniture.shelf
gitarre = leisure.instrument type=guitar
zelt = leisure.tent
schuhe|stiefel = clothing.shoes
lampe|leuchte = home.lamp
unterricht|nachhilfe = services.tutoring
"""
CAPITALISED: Final = frozenset({"handy", "rad", "wagen", "herd", "regal", "stromer", "flügel"})
"""German nouns that mean something else in small letters or in English: read only with a capital."""

NOT_HEADS: Final = frozenset({
    "autotisch", "bierzelt", "fahrradlampe", "festzelt", "flussbett", "gelaendelampe", "gummistiefel", "handschuhe",
    "hochstuhl", "hundebett", "katzenbett", "liegestuhl", "motorradstiefel", "nachttischleuchte", "nagelbett",
    "operationstisch", "partyzelt", "rollstuehle", "rollstuhl", "schneeschuhe", "skischuhe", "skistiefel",
    "steuerunterricht", "stirnlampe", "taschenlampe", "tischtennistisch", "treppenlift", "wasserbett",
    "wickeltisch", "zahnarztstuhl",
})  # fmt: skip
