"""What people call things in English, and the category and attributes that each name says. Data only.

One row each: names between bars, "=", category id, then attributes as key=value. Plurals are formed by the reader.
"""

from typing import Final

ENGLISH: Final = """
bike|bicycle|push bike = mobility.bicycle
road bike|racing bike|road bicycle|roadbike|racer = mobility.bicycle type=road
gravel bike|gravelbike = mobility.bicycle type=gravel
mountain bike|mountainbike|mtb = mobility.bicycle type=mountain
city bike|town bike|dutch bike = mobility.bicycle type=city
trekking bike|touring bike|hybrid bike = mobility.bicycle type=trekking
cargo bike|box bike = mobility.bicycle type=cargo
kids bike|kid's bike|children's bike|childrens bike|child's bike|childs bike|kids bicycle = mobility.bicycle type=kids
folding bike|foldable bike|brompton = mobility.bicycle type=folding
e bike|ebike|electric bike|electric bicycle|pedelec = mobility.bicycle electric=yes
electric mountain bike|e mtb|emtb = mobility.bicycle electric=yes type=mountain
electric cargo bike = mobility.bicycle electric=yes type=cargo
electric folding bike = mobility.bicycle electric=yes type=folding
bike repair|bicycle repair|bike service|bicycle service|bike mechanic = mobility.bicycle-repair
e scooter|electric scooter|kick scooter electric = mobility.scooter electric=yes
scooter|kick scooter = mobility.scooter
car|automobile = mobility.car
electric car|ev = mobility.car fuel=electric
estate car|station wagon = mobility.car type=estate
camper van|campervan|motorhome|camper = mobility.car type=camper
suv = mobility.car type=suv
van = mobility.car type=van
car repair|car mechanic|car service = mobility.car-repair
car inspection|mot test|mot = mobility.car-repair type=inspection
tyres fitted|winter tyres fitted|tire change|tyre change|change tyres|change my tyres = mobility.car-repair type=tyres
change winter tyres|tyres changed|winter tyres changed|tyre fitting|tires mounted = mobility.car-repair type=tyres
brake repair|new brakes fitted|brakes replaced = mobility.car-repair type=brakes
washing machine|washer|clothes washer = home.appliance type=washing-machine
dryer|tumble dryer|clothes dryer = home.appliance type=dryer
dishwasher|dish washer = home.appliance type=dishwasher
fridge|refrigerator = home.appliance type=fridge
freezer|chest freezer = home.appliance type=freezer
oven|stove|cooker = home.appliance type=oven
vacuum cleaner|vacuum|hoover|robot vacuum|robot vacuum cleaner = home.appliance type=vacuum-cleaner
coffee machine|coffee maker|espresso machine = home.appliance type=coffee-machine
microwave|microwave oven = home.appliance type=microwave
toaster|kettle|blender|food processor|steam iron|household appliance|stand mixer = home.appliance
lawn mower|lawnmower|mower|robot mower = home.garden-tool type=lawn-mower
hedge trimmer = home.garden-tool type=hedge-trimmer
chainsaw|chain saw = home.garden-tool type=chainsaw
drill|cordless drill|hammer drill|power drill = home.power-tool type=drill
circular saw|jigsaw|table saw = home.power-tool type=saw
sander|orbital sander = home.power-tool type=sander
lamp|desk lamp|table lamp|floor lamp|reading lamp|ceiling lamp|bedside lamp = home.lamp
painter|house painter|painter and decorator|decorator|painting job|paint job|house painting = home.painting
interior painting|wall painting = home.painting
sofa|couch|settee|corner sofa = furniture.sofa
sofa bed|sofabed|sleeper sofa = furniture.sofa bed=yes
table|dining table|kitchen table|coffee table|garden table = furniture.table
chair|dining chair|office chair|desk chair|garden chair|kitchen chair|armchair|stool|bar stool = furniture.chair
desk|standing desk|writing desk|height adjustable desk = furniture.desk
bed|bed frame|double bed|single bed|bunk bed = furniture.bed
mattress = furniture.mattress
wardrobe = furniture.wardrobe
shelf|shelves|bookshelf|bookshelves|bookcase|shelving unit = furniture.shelf
headphones|headphone|headset = electronics.headphones
earbuds|earphones|in ear headphones = electronics.headphones type=in-ear
over ear headphones = electronics.headphones type=over-ear
on ear headphones = electronics.headphones type=on-ear
phone|smartphone|mobile phone|cell phone|iphone|samsung galaxy|pixel phone|google pixel|fairphone = electronics.phone
phone with contract|phone with a contract = electronics.phone
laptop|notebook computer|macbook|macbook air|macbook pro|thinkpad|chromebook = electronics.laptop
tablet|ipad|e reader|ipad pro|ipad air = electronics.tablet
tv|television|tv set|smart tv|oled tv = electronics.television
monitor|computer monitor|pc monitor|computer screen = electronics.monitor
camera|digital camera|mirrorless camera|dslr|film camera = electronics.camera
printer|colour printer|color printer|photo printer = electronics.printer
laser printer|colour laser printer|color laser printer = electronics.printer type=laser
inkjet printer|ink jet printer = electronics.printer type=inkjet
games console|game console|playstation|xbox|nintendo switch|ps5|steam deck = electronics.games-console
shoes|trainers|sneakers|boots|hiking boots|running shoes|sandals|walking boots|football boots = clothing.shoes
winter boots = clothing.shoes
jacket|coat|winter coat|rain jacket|dress|wedding dress|suit|trousers|jeans|shirt|jumper|sweater = clothing.clothes
winter jacket|clothes|t shirt|ski jacket|hoodie = clothing.clothes
book|novel|cookbook|textbook = leisure.book
piano|upright piano|grand piano|digital piano = leisure.instrument type=piano
guitar|electric guitar|acoustic guitar|bass guitar|classical guitar = leisure.instrument type=guitar
violin = leisure.instrument type=violin
drum kit|drum set|drums = leisure.instrument type=drums
keyboard instrument|midi keyboard = leisure.instrument type=keyboard
flute|cello|saxophone|trumpet|clarinet|accordion|ukulele = leisure.instrument
skis|snowboard|tennis racket|yoga mat|dumbbells|kayak|treadmill|rowing machine|exercise bike = leisure.sports-gear
surfboard|golf clubs = leisure.sports-gear
tent|camping tent = leisure.tent
pram|stroller|pushchair|buggy|baby carriage = family.pram
car seat|child car seat|baby car seat|child seat for car|booster seat = family.car-seat
plumber|plumbing|leaking tap|dripping tap|blocked drain|burst pipe|blocked toilet = services.plumbing
heating engineer|boiler service|boiler repair|heating repair|heating engineer visit|new boiler = services.heating
heat pump installation = services.heating
electrician|rewiring|electrical work = services.electrician
carpenter|joiner|cabinet maker|carpentry = services.carpentry
roofer|roof repair|roofing = services.roofing
moving|movers|removals|removal company|moving company|house move|removal van|moving house = services.moving
man with a van|move house|move my flat|moving flat = services.moving
cleaner|cleaning|house cleaning|cleaning lady|cleaning help|window cleaner|window cleaning = services.cleaning
end of tenancy cleaning|office cleaning|carpet cleaning|deep clean = services.cleaning
gardener|gardening|garden maintenance|hedge cutting|lawn mowing|tree surgeon = services.gardening
tutor|tutoring|maths tutor|math tutor|private lessons|piano lessons|guitar lessons|german lessons = services.tutoring
english lessons|spanish lessons|french lessons|language lessons|piano teacher|guitar teacher = services.tutoring
driving lessons|swimming lessons = services.tutoring
photographer|wedding photographer|photo shoot = services.photography
locksmith = services.locksmith
handyman = other.service
dog walker|dog sitter|cat sitter|babysitter|nanny|caterer|catering|wedding dj|dj|translator|translation = other.service
haircut|hairdresser|hair appointment|barber|hair cut = services.hairdresser
dentist|dental appointment|dental check up|doctor|doctor's appointment|doctors appointment|gp = health.appointment
gp appointment|physiotherapist|physiotherapy|physio|dermatologist|optician|eye test|orthodontist = health.appointment
gynaecologist|psychotherapist|therapist|paediatrician|health check|blood test|vaccination|x ray = health.appointment
flu jab|mri scan|orthopaedist|cardiologist = health.appointment
passport appointment|passport renewal|registry office appointment|renew my passport = public.appointment
driving licence renewal|town hall appointment|citizens office appointment = public.appointment
contents insurance|home contents insurance|household insurance|home insurance = insurance.contents
liability insurance|personal liability insurance|third party liability insurance = insurance.liability
car insurance|motor insurance|insurance for my car|insurance for a car|insure my car = insurance.car
electricity|power contract|electricity contract|electricity tariff|electricity supplier = energy.electricity
green electricity|energy supplier|electricity provider|gas and electricity|electricity and gas = energy.electricity
gas supplier|gas contract|gas tariff|gas supply|natural gas|gas provider|gas and electricity = energy.gas
electricity and gas = energy.gas
phone with contract|phone with a contract|mobile contract|mobile plan|phone contract|phone plan = telecom.mobile
sim only|sim only deal|sim card = telecom.mobile
mobile phone contract|mobile tariff|cell phone plan|prepaid sim|sim only plan|esim = telecom.mobile
internet|broadband|fibre internet|fiber internet|internet access|internet connection|dsl = telecom.internet
home internet|fibre broadband|internet contract|fibre = telecom.internet
bank account|current account|checking account|business account|savings account = finance.account
train ticket|train|train journey|rail ticket|train ride|night train = travel.train
flight|plane ticket|flight ticket|return flight|flights = travel.flight
hotel|hotel room|guesthouse|holiday flat|holiday apartment|bed and breakfast|b and b|holiday home = travel.hotel
hostel|holiday cottage|campsite|apartment for holidays = travel.hotel
rental car|car rental|hire car|car hire|rent a car|hire a car|rent a van|van rental|van hire = travel.car-rental
"""
