# The words of the citizen's path, in plain English.

skip-to-content = Skip to content
menu-label = Menu
menu-find = Find help
menu-map = Map
menu-territories = Territories
menu-monitoring = Monitoring
menu-plan = Plan
menu-data = Data
languages = Languages
foot-product = Médiane, the open map of places that help with digital tools in France.
foot-nothing-kept = Nothing about you is stored.
foot-dated = Information as of { $x }, edition
foot-undated = Information without a date, edition
foot-where-from = Where does it come from?
foot-definitions = Definitions of figures.
foot-orient = I do not know what I need
foot-remote = Help by phone
foot-legal = Legal notice
foot-accessibility = Accessibility: not audited by a third party
foot-about = About us
venues-in-french = Information about places is written in French.

minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}

orient-title = What do you need?
orient-meta = Eight simple questions to learn which help to ask for, and where to find it near you. Nothing is stored.
orient-lead = Answer yes or no. You may leave a question without an answer.
orient-private = Your answers are not stored. They are not written in the address of the page.
orient-aidant = Are you helping somebody? Ask them the questions.
yes = Yes
no = No
no-answer = No answer
ask-internet = Do you use the internet, even a little?
ask-equipment = Do you have a computer or a phone with internet?
ask-mail = Can you write an e-mail without help?
ask-procedure = Do you have paperwork to do: benefits (Caf), taxes, health, pension, ID?
ask-job = Are you looking for work?
ask-fraud = Are you afraid of scams, or did you get a strange message?
ask-proof = Do you want a proof of what you can do (Pix certificate)?
ask-move = Can you go to a place that helps?
ask-support = Do you have a special need?
support-none = No
ask-where = Where do you live?
ask-where-hint = A town or a postcode. The exact address is not needed.
ask-which-town = Which town?
see-answer = See where to go
print-questions = Print these questions
paper-title = To fill in by hand
paper-hint = Tick yes or no. Beside it, the help to ask for.
paper-where = Town or postcode:
where-unknown = We do not know “{ $x }”. Write only the name of the town, or a postcode of five digits.
where-several = Several towns are called “{ $x }”. Choose yours, then go on.
where-inside = “{ $x }” is a large territory. Choose your town, then go on.
where-else = Not there? Perhaps you meant:

answer-title = This can help you
answer-needs = You need
answer-nothing = Your answers show no difficulty. Here are the places near you all the same.
need-offline = To speak to somebody, without the internet
need-equipment = To find equipment, or to use that of a place
need-basics = To learn the basics: computer, phone, e-mail
need-procedures = To do paperwork with somebody
need-job = To look for work on the internet
need-security = To protect yourself from scams
need-pix = To get the Pix certificate
answer-places = Where to go
answer-remote = Without going out: by phone
answer-remote-first = You cannot go out. Start with the phone.
answer-learn = To learn or to help
for-helpers = For helpers
for-persons = For you
why = Why this place:
why-near = it is one of the nearest. Ask whether it can help you.
why-remote = it also helps from a distance
relaxed-home = No place within 50 km says that it helps from a distance. Here are the nearest: call first.
relaxed-support = No place within 50 km says that it answers your special need. Here are the nearest: call first.
relaxed-service = No place within 50 km says that it gives this help. Here are the nearest: call first.
relaxed-far = No place within 50 km. Here is the nearest, and services that answer by phone.
no-place-known = This edition has no place open to the public. Here are services that answer by phone.
no-place-asked = You did not say where you live. Here are services that answer by phone.
make-sheet = Make the sheet to take away
sheet-choose = Tick three places at most, then make the sheet.
change-answers = Change my answers
search-all = See all places near here
hours-unknown = We do not have its opening hours.
phone-unknown = We do not have its phone number.
call-first = Call before you come.

remote-title = Help by phone
remote-list = Who to call
remote-meta = The phone numbers of public services, with price and hours, when no place is near you.
remote-lead = These services answer by phone, wherever you live.
remote-price-unknown = Price not known
remote-price-free = Free call
remote-price-call = Price of a normal call
remote-hours-unknown = Hours not known
remote-source = From { $x }
remote-source-day = From { $x }, on { $day }
remote-overseas = From overseas France: { $x }
remote-none = This edition has no service that answers by phone.
learn-title = To learn, to help

sheet-titles = { $n ->
    [one] Your place of help
   *[other] Your { $n } places of help
}
sheet-meta = One page to print: address, phone, hours and way of three places at most.
sheet-empty = You chose no place. Look for a place, then tick it.
sheet-too-many = A sheet holds three places. The others are left out.
sheet-for = For:
sheet-print = Print the sheet
sheet-hours = Opening hours
sheet-hours-unknown = Opening hours: we do not have them. Call.
sheet-no-contact = We have neither hours nor phone number. Drop in, or choose another place.
sheet-far = { $x } { $direction }
sheet-far-plain = { $x } away
sheet-far-commune = About { $x }. The address is known, but not yet placed on the map
sheet-foot = { $x } on foot
sheet-car = { $x } by car
sheet-no-way = No known way by car
sheet-bring = Bring: an ID, the letters you received, your phone, your passwords if you have them.
sheet-pass = With the “pass numérique”: free
sheet-qr = These places on a phone
sheet-plan = Plan: the place is in the middle
sheet-plan-scheme = The place is { $direction } of { $x }
sheet-other-ways = Send it another way
sheet-sms = By text message
sheet-sms-hint = { $n ->
    [one] One character. Copy it into a message.
   *[other] { $n } characters. Copy them into a message.
}
sheet-sms-open = Open a text message
sheet-mail = By e-mail
sheet-mail-open = Open an e-mail
sheet-calendar = Add the openings to a calendar (.ics file)
sheet-mail-subject = Places that help with digital tools
sheet-listed = In a list of { $x }
sheet-dated = Checked on { $x }
moving = This place moves: check where it is before you come
dir-n = to the north
dir-ne = to the north-east
dir-e = to the east
dir-se = to the south-east
dir-s = to the south
dir-sw = to the south-west
dir-w = to the west
dir-nw = to the north-west
dir-here = right here

report-title = Report an error
report-what = What is the matter?
report-closed = The place is closed for good
report-moved = The place has moved
report-wrong = Something on the page is wrong
report-text = What should it say instead? (optional)
report-hint = Do not write your name or your number. 500 characters at most.
report-send = Send
report-thanks = Thank you. We will check.
report-next = Nobody sees your message before this check. Nothing about you is stored.
report-no-store = This service keeps no reports. Please tell the place itself.
report-refused = We could not keep your message. Try again in a minute.
