"""Names of countries and of their first-level regions: general facts, English first, then German and other spellings.

One row each: ISO code, then names between bars. Only countries and regions that the city table needs, or that people
name when they say where. Never here: cities (`gazetteer_cities`), anything about a person.
"""

from typing import Final

COUNTRIES: Final = """
AT Austria|Österreich
BE Belgium|Belgien
CA Canada|Kanada
CH Switzerland|Schweiz|Suisse
CZ Czechia|Tschechien|Czech Republic
DE Germany|Deutschland
DK Denmark|Dänemark
ES Spain|Spanien
FI Finland|Finnland
FR France|Frankreich
GB United Kingdom|Großbritannien|Great Britain|Vereinigtes Königreich|UK
IE Ireland|Irland
IT Italy|Italien|Italia
LI Liechtenstein
LU Luxembourg|Luxemburg
NL Netherlands|Niederlande|Holland
NO Norway|Norwegen
PL Poland|Polen
PT Portugal
SE Sweden|Schweden
US United States|Vereinigte Staaten|USA|United States of America
"""

REGIONS: Final = """
AT-1 Burgenland
AT-2 Carinthia|Kärnten
AT-3 Lower Austria|Niederösterreich
AT-4 Upper Austria|Oberösterreich
AT-5 Salzburg state|Land Salzburg|Salzburger Land
AT-6 Styria|Steiermark
AT-7 Tyrol|Tirol
AT-8 Vorarlberg
AT-9 Vienna state|Land Wien
BE-BRU Brussels-Capital Region|Region Brüssel-Hauptstadt
BE-VAN Antwerp Province|Provinz Antwerpen
BE-VBR Flemish Brabant|Flämisch-Brabant
BE-VOV East Flanders|Ostflandern
BE-VWV West Flanders|Westflandern
BE-WHT Hainaut|Hennegau
BE-WLG Liège Province|Provinz Lüttich
BE-WNA Namur Province|Provinz Namur
CA-BC British Columbia
CA-ON Ontario
CA-QC Quebec|Québec
CH-AG Aargau
CH-BE Canton of Bern|Kanton Bern
CH-BS Basel-City|Basel-Stadt
CH-FR Canton of Fribourg|Kanton Freiburg
CH-GE Canton of Geneva|Kanton Genf
CH-GR Grisons|Graubünden
CH-LU Canton of Lucerne|Kanton Luzern
CH-NE Canton of Neuchâtel|Kanton Neuenburg
CH-SG Canton of St. Gallen|Kanton St. Gallen
CH-TI Ticino|Tessin
CH-VD Vaud|Waadt
CH-VS Valais|Wallis
CH-ZH Canton of Zurich|Kanton Zürich
CZ-10 Prague capital|Hauptstadt Prag
CZ-64 South Moravia|Südmähren
DE-BB Brandenburg
DE-BE Land Berlin|Berlin state
DE-BW Baden-Württemberg
DE-BY Bavaria|Bayern
DE-HB Land Bremen|Bremen state
DE-HE Hesse|Hessen
DE-HH Land Hamburg|Hamburg state
DE-MV Mecklenburg-Vorpommern
DE-NI Lower Saxony|Niedersachsen
DE-NW North Rhine-Westphalia|Nordrhein-Westfalen|NRW
DE-RP Rhineland-Palatinate|Rheinland-Pfalz
DE-SH Schleswig-Holstein
DE-SL Saarland
DE-SN Saxony|Sachsen
DE-ST Saxony-Anhalt|Sachsen-Anhalt
DE-TH Thuringia|Thüringen
DK-81 North Denmark|Nordjütland
DK-82 Central Denmark|Mitteljütland
DK-83 Southern Denmark|Süddänemark
DK-84 Capital Region of Denmark|Hauptstadtregion Dänemark
ES-AN Andalusia|Andalusien
ES-AR Aragon|Aragonien
ES-CN Canary Islands|Kanarische Inseln|Kanaren
ES-CT Catalonia|Katalonien
ES-IB Balearic Islands|Balearen|Mallorca|Majorca|Ibiza|Menorca
ES-MD Community of Madrid|Region Madrid
ES-MC Region of Murcia|Region Murcia
ES-PV Basque Country|Baskenland
ES-VC Valencian Community|Region Valencia
FI-18 Uusimaa
FI-11 Pirkanmaa
FR-ARA Auvergne-Rhône-Alpes
FR-BRE Brittany|Bretagne
FR-GES Grand Est|Alsace|Elsass
FR-HDF Hauts-de-France
FR-IDF Île-de-France|Ile de France
FR-NAQ Nouvelle-Aquitaine
FR-NOR Normandy|Normandie
FR-OCC Occitania|Okzitanien|Occitanie
FR-PAC Provence-Alpes-Côte d'Azur|Provence
FR-PDL Pays de la Loire
GB-ENG England
GB-NIR Northern Ireland|Nordirland
GB-SCT Scotland|Schottland
GB-WLS Wales
IE-CO County Cork
IE-D County Dublin
IE-G County Galway
IE-LK County Limerick
IT-21 Piedmont|Piemont
IT-25 Lombardy|Lombardei
IT-32 South Tyrol|Südtirol|Trentino-South Tyrol
IT-34 Veneto|Venetien
IT-36 Friuli-Venezia Giulia|Friaul-Julisch Venetien
IT-42 Liguria|Ligurien
IT-45 Emilia-Romagna
IT-52 Tuscany|Toskana
IT-62 Lazio|Latium
IT-72 Campania|Kampanien
IT-75 Apulia|Apulien
IT-82 Sicily|Sizilien
NL-GE Gelderland
NL-GR Groningen Province|Provinz Groningen
NL-LI Limburg
NL-NB North Brabant|Nordbrabant
NL-NH North Holland|Nordholland
NL-OV Overijssel
NL-UT Utrecht Province|Provinz Utrecht
NL-ZH South Holland|Südholland
NO-03 Oslo county|Provinz Oslo
NO-46 Vestland
NO-50 Trøndelag
PL-02 Lower Silesia|Niederschlesien
PL-06 Lublin Voivodeship|Woiwodschaft Lublin
PL-10 Łódź Voivodeship|Woiwodschaft Łódź
PL-12 Lesser Poland|Kleinpolen
PL-14 Masovia|Masowien
PL-22 Pomerania Voivodeship|Woiwodschaft Pommern
PL-24 Silesian Voivodeship|Woiwodschaft Schlesien
PL-30 Greater Poland|Großpolen
PL-32 West Pomerania|Westpommern
PT-11 Lisbon District|Distrikt Lissabon
PT-13 Porto District|Distrikt Porto
SE-AB Stockholm County|Provinz Stockholm
SE-C Uppsala County|Provinz Uppsala
SE-M Skåne|Scania|Schonen
SE-O Västra Götaland
US-AZ Arizona
US-CA California|Kalifornien
US-CO Colorado
US-DC District of Columbia
US-FL Florida
US-AL Alabama
US-GA Georgia (US)
US-IL Illinois
US-LA Louisiana
US-MA Massachusetts
US-ME Maine
US-MI Michigan
US-MN Minnesota
US-NC North Carolina
US-NH New Hampshire
US-NV Nevada
US-NY State of New York|New York state
US-OH Ohio
US-OR Oregon
US-PA Pennsylvania
US-TN Tennessee
US-TX Texas
US-WA Washington State
"""
