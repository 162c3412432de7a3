"""The larger cities of the countries where people are likely to ask first: general facts, no claim to completeness.

One row each: ISO 3166-2 region (or the country, where it has one region), the possible first two signs of its
postcodes ("-" where they are too many), then names between bars, English first. A "~" before a name says that the word
means something else too, so that it counts as a place only where a place is expected. Never here: anything personal.
"""

from typing import Final

CITIES: Final = """
DE-BE 10+12+13+14 Berlin
DE-HH 20+21+22+27 Hamburg
DE-BY 80+81 Munich|München
DE-NW 50+51 Cologne|Köln
DE-HE 60+65 Frankfurt am Main|Frankfurt|Frankfurt/Main|Frankfurt a.M.
DE-BB 15 Frankfurt (Oder)|Frankfurt an der Oder|Frankfurt
DE-BW 70 Stuttgart
DE-NW 40 Düsseldorf
DE-SN 04 Leipzig
DE-NW 44 Dortmund
DE-NW 45 ~Essen
DE-HB 28 Bremen
DE-SN 01 Dresden
DE-NI 30 Hanover|Hannover
DE-BY 90 Nuremberg|Nürnberg
DE-NW 47 Duisburg
DE-NW 44 Bochum
DE-NW 42 Wuppertal
DE-NW 33 Bielefeld
DE-NW 53 Bonn
DE-NW 48 Münster
DE-BW 68 Mannheim
DE-BW 76 Karlsruhe
DE-BY 86 Augsburg
DE-HE 65+55 Wiesbaden
DE-NW 41 Mönchengladbach
DE-NW 45 Gelsenkirchen
DE-NW 52 Aachen|Aix-la-Chapelle
DE-NI 38 Braunschweig|Brunswick
DE-SN 09 Chemnitz
DE-SH 24 Kiel
DE-ST 06 Halle (Saale)|Halle an der Saale|~Halle
DE-NW 33 Halle (Westfalen)|~Halle
DE-ST 39 Magdeburg
DE-BW 79 Freiburg|Freiburg im Breisgau|Freiburg i.Br.
DE-NW 47 Krefeld
DE-RP 55 Mainz
DE-SH 23 Lübeck
DE-TH 99 Erfurt
DE-NW 46 Oberhausen
DE-MV 18 Rostock
DE-HE 34 Kassel
DE-NW 58 ~Hagen
DE-BB 14 Potsdam
DE-SL 66 Saarbrücken
DE-NW 59 ~Hamm
DE-RP 67 Ludwigshafen
DE-NI 26 Oldenburg
DE-NI 49 Osnabrück
DE-NW 51 Leverkusen
DE-NW 42 Solingen
DE-BW 69 Heidelberg
DE-HE 64 Darmstadt
DE-NW 41 Neuss
DE-BY 93 Regensburg
DE-NW 33 Paderborn
DE-BY 85 Ingolstadt
DE-HE 63 Offenbach
DE-BY 97 Würzburg
DE-BY 90 ~Fürth
DE-BW 89 Ulm
DE-BW 74 Heilbronn
DE-BW 75 Pforzheim
DE-NI 38 Wolfsburg
DE-NI 37 Göttingen
DE-BW 72 Reutlingen
DE-BW 72 Tübingen
DE-RP 56 Koblenz|Coblence
DE-RP 54 Trier|Treves
DE-TH 07 Jena
DE-TH 99 Weimar
DE-BY 91 Erlangen
DE-NW 57 ~Siegen
DE-SN 02 Görlitz
DE-BB 03 Cottbus
DE-BW 78 Konstanz|Constance
DE-BY 94 Passau
DE-BY 96 Bamberg
DE-BY 95 Bayreuth
DE-HE 35 Marburg
DE-HE 35 ~Gießen
DE-HE 36 Fulda
DE-NI 31 Hildesheim
DE-SH 24 Flensburg
DE-MV 19 Schwerin
DE-BW 71 Ludwigsburg
DE-NI 21 Lüneburg
DE-RP 67 ~Worms
AT-9 10+11+12+13 Vienna|Wien
AT-6 80 Graz
AT-4 40 Linz
AT-5 50 Salzburg
AT-7 60 Innsbruck
AT-2 90 Klagenfurt
AT-2 95 Villach
AT-4 46 ~Wels
AT-3 31 St. Pölten|Sankt Pölten
AT-8 68 Dornbirn
AT-8 69 Bregenz
CH-ZH 80 Zurich|Zürich
CH-GE 12 Geneva|Genf|Genève
CH-BS 40 Basel|Basle|Bâle
CH-VD 10 Lausanne
CH-BE 30 Bern|Berne
CH-ZH 84 Winterthur
CH-LU 60 Lucerne|Luzern
CH-SG 90 St. Gallen|Sankt Gallen
CH-TI 69 Lugano
CH-BE 25 Biel|Bienne
CH-BE 36 Thun
CH-FR 17 Fribourg|Freiburg im Üechtland|Freiburg i.Ü.
CH-GR 70 Chur
CH-NE 20 Neuchâtel|Neuenburg
CH-AG 50 Aarau
CH-VS 19 ~Sion
GB-ENG - London
GB-ENG B Birmingham
US-AL - Birmingham
GB-ENG M Manchester
US-NH 03 Manchester
GB-ENG LS Leeds
GB-ENG L Liverpool
GB-ENG S Sheffield
GB-ENG BS Bristol
GB-ENG NE Newcastle|Newcastle upon Tyne
GB-ENG NG Nottingham
GB-ENG LE Leicester
GB-ENG CV Coventry
GB-ENG BD Bradford
GB-ENG HU ~Hull|Kingston upon Hull
GB-ENG PL Plymouth
GB-ENG SO Southampton
GB-ENG PO Portsmouth
GB-ENG BN Brighton
GB-ENG DE ~Derby
GB-ENG RG ~Reading
GB-ENG OX Oxford
GB-ENG CB Cambridge
US-MA 02 Cambridge
GB-ENG YO York
GB-ENG BA ~Bath
GB-ENG EX Exeter
GB-ENG NR Norwich
GB-ENG CT Canterbury
GB-SCT EH Edinburgh
GB-SCT G Glasgow
GB-SCT AB Aberdeen
GB-SCT DD Dundee
GB-SCT IV Inverness
GB-WLS CF Cardiff
GB-WLS SA Swansea
GB-NIR BT Belfast
IE-D - Dublin
IE-CO T ~Cork
IE-G H Galway
IE-LK V ~Limerick
FR-IDF 75 Paris
FR-PAC 13 Marseille|Marseilles
FR-ARA 69 Lyon|Lyons
FR-OCC 31 Toulouse
FR-PAC 06 ~Nice|Nizza
FR-PDL 44 Nantes
FR-OCC 34 Montpellier
FR-GES 67 Strasbourg|Straßburg
FR-NAQ 33 Bordeaux
FR-HDF 59 Lille
FR-BRE 35 Rennes
FR-GES 51 Reims
FR-NOR 76 Le Havre
FR-ARA 38 Grenoble
FR-GES 57 Metz
FR-GES 54 ~Nancy
FR-GES 68 Mulhouse|Mülhausen
NL-NH 10+11 Amsterdam
NL-ZH 30+31 Rotterdam
NL-ZH 24+25 The Hague|Den Haag
NL-UT 34+35 Utrecht
NL-NB 56 Eindhoven
NL-GR 97 Groningen
NL-NB 50 Tilburg
NL-LI 62 Maastricht
NL-GE 65 Nijmegen|Nimwegen
NL-GE 68 Arnhem
NL-OV 75 Enschede
NL-NH 20 Haarlem
NL-ZH 23 Leiden
NL-ZH 26 Delft
BE-BRU 10+11+12 Brussels|Brüssel|Bruxelles
BE-VAN 20+21+26 Antwerp|Antwerpen
BE-VOV 90 Ghent|Gent
BE-WHT 60 Charleroi
BE-WLG 40 Liège|Lüttich
BE-VWV - Bruges|Brügge
BE-WNA - Namur
BE-VBR 30 Leuven|Löwen
BE-WLG 47 Eupen
LU - Luxembourg City|Luxemburg-Stadt
IT-62 00 Rome|Rom|Roma
IT-25 20 Milan|Mailand|Milano
IT-72 80 Naples|Neapel
IT-21 10 Turin|Torino
IT-82 90 Palermo
IT-42 16 Genoa|Genua
IT-45 40 Bologna
IT-52 50 Florence|Florenz|Firenze
IT-34 30 Venice|Venedig
IT-34 37 Verona
IT-36 34 Trieste|Triest
IT-32 39 Bolzano|Bozen
IT-32 38 Trento|Trient
IT-75 70 ~Bari
ES-MD 28 Madrid
ES-CT 08 Barcelona
ES-VC 46 Valencia
ES-AN 41 Seville|Sevilla
ES-AR 50 Zaragoza|Saragossa
ES-AN 29 Málaga
ES-IB 07 Palma|Palma de Mallorca
ES-PV 48 Bilbao
ES-VC 03 Alicante
ES-MC 30 Murcia
ES-CN 35 Las Palmas
PT-11 - Lisbon|Lissabon
PT-13 - Porto
PL-14 - Warsaw|Warschau
PL-12 - Kraków|Krakau|Cracow
PL-10 - Łódź
PL-02 - Wrocław|Breslau
PL-30 - Poznań|Posen
PL-22 80 Gdańsk|Danzig
PL-32 - Szczecin|Stettin
PL-24 40 Katowice|Kattowitz
PL-06 20 Lublin
CZ-10 - Prague|Prag
CZ-64 - Brno|Brünn
DK-84 - Copenhagen|Kopenhagen
DK-82 - Aarhus
DK-83 - Odense
DK-81 - Aalborg
SE-AB - Stockholm
SE-O - Gothenburg|Göteborg
SE-M 21 Malmö
SE-C 75 Uppsala
SE-M 22 ~Lund
NO-03 - Oslo
NO-46 - Bergen
NO-50 - Trondheim
FI-18 - Helsinki
FI-11 33 Tampere
US-NY - New York|New York City|NYC
US-CA - Los Angeles
US-IL 60 Chicago
US-TX 77 Houston
US-AZ 85 ~Phoenix
US-PA 19 Philadelphia
US-TX 78 San Antonio
US-CA 92 San Diego
US-TX 75 Dallas
US-TX 78 ~Austin
US-CA 95 San Jose
US-CA 94 San Francisco
US-OH 43 Columbus
US-NC 28 ~Charlotte
US-WA 98 Seattle
US-CO 80 Denver
US-DC 20 Washington DC|Washington, D.C.
US-MA 02 Boston
US-TN 37 Nashville
US-MI 48 Detroit
US-OR 97 Portland
US-ME 04 Portland
US-NV 89 Las Vegas
US-FL 33 Miami
US-GA 30 Atlanta
US-MN 55 Minneapolis
US-LA 70 New Orleans
US-PA 15 Pittsburgh
CA-ON - Toronto
CA-QC - Montreal
CA-BC - Vancouver
CA-ON - Ottawa
CA-ON - London, Ontario
"""
