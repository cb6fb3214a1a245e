/** Words that people and help pages use for one another: one line a meaning, general to shops, services and venues. */

const LINES = `
refund, reimburse, reimbursement, money back
return, send back, bring back, give back
exchange, swap, replace, replacement
delivery, deliver, shipping, ship, shipment, dispatch, send, post, arrive, courier
parcel, package, packet, shipment
postage, shipping
shop, store, boutique, showroom, outlet
open, opening
close, closed, shut
cost, price, pricing, charge, fee, tariff, rate, expensive
cheap, inexpensive, affordable, budget, lowest
buy, purchase, order
order, purchase
pay, payment
cancel, terminate, unsubscribe, quit, stop, end
cancel, call off
change, modify, edit, update, alter, switch, move, reschedule
phone, telephone, call, ring
email, mail, e-mail
contact, reach, get in touch, speak, talk
agent, human, person, representative, staff, advisor
support, help, assistance, helpdesk
decline, declined, fail, reject, refuse, bounce
broken, break, broke, defect, defective, faulty, malfunction, damage, damaged, fault
warranty, guarantee, guaranteed
cover, include, covered
discount, cheaper, percent off
discount, coupon, voucher, promo, promotion, reduction, deal, offer
card, visa, mastercard, amex
job, career, hiring, hire, vacancy, employment, recruit
address, location, located, situated, find
password, passcode, credential, login, sign in, log in
account, profile, login
delete, remove, erase
kid, child, children, toddler, minor
dog, pet, animal
wheelchair, accessible, accessibility, disabled, step-free
begin, start, commence
end, finish
size, dimension, measurement
weight, weigh, heavy
book, reserve, reservation, booking
appointment, booking, slot
free, complimentary, no charge
fast, quick, quickly, express, rapid, rush, urgent
repair, fix, mend
invoice, receipt, bill
company, business, firm, corporate, organisation, organization
abroad, international, internationally, worldwide, overseas, foreign
privacy, personal data, gdpr
data, information, details
keep, store, hold, save
rent, rental, lease, lend
lesson, class, course, workshop, training
ticket, admission, entry, entrance
transit, bus, train, tram, metro, subway
car, drive, vehicle
vegan, plant-based
plan, subscription, membership, package
month, monthly
year, yearly, annual, annually
week, weekly
day, daily
minimum, least
maximum, most, limit
repair, service, maintenance
manufacture, manufacturer, made, make, produce
owner, founder, run
founded, established, started, begin
sustainable, eco, environment, environmental, green
recycle, recycling, recyclable
install, installation, set up, setup, assemble, assembly
compatible, work with, fit
gift, present
wrap, wrapping
track, tracking, trace, follow
late, delay, delayed
lost, missing
pick up, collect, collection, pickup
sunday, weekend
saturday, weekend
holiday, bank holiday, public holiday
newsletter, mailing list
complaint, complain
review, rating, feedback
safe, secure, security
instalment, installment
near, nearby, close by
accept, take
big, large
small, little, tiny
warehouse, depot
grass, lawn
mow, cut
meal, food, eat
drink, beverage
breakfast, morning meal
kid, junior
elderly, senior, pensioner
student, pupil
photo, picture, image, photograph
film, movie
bike, bicycle, cycle
wifi, internet, wi-fi
toilet, restroom, bathroom, washroom, loo
fit, try on
lift, elevator
boat, ferry, ship
bag, backpack, luggage, suitcase, rucksack
ill, sick, unwell
cafe, café, restaurant, canteen
jacket, coat, cloakroom
doctor, physician
sofa, couch
cart, basket, trolley
light, lamp
heating, thermostat, heater, radiator
guest, person, people, passenger, traveller, visitor, attendee, participant
meeting, appointment
pill, tablet, medicine, medication
hour, opening time
`;

/** Words of one subject that do not mean the same, even the contrary: they find a page, and never prove a sentence. */
const RELATED = `
deaf, hearing
blind, sight, visually, vision
crowded, busy, calm, quiet, full
lose, find, property
open, close, opening, hours, closed, shut
die, dead, kill, survive
freeze, frost, ice, cold
refuse, decline, fail, cancel
fetch, collect, pick
home, door, neighbour
school, class, pupil, teacher
train, railway, station
trip, holiday, vacation, away
begin, end, start, finish, last, duration
hurt, damage, broken
cut, prune, trim, mow
sow, seed, plant, grow
water, watering, rain, dry
pay, charge, cost, price, money
password, account, login
parcel, delivery, driver, post
`;

/** Meanings of one-word terms, by stem; phrases are kept apart. */
export interface Synonyms {
  readonly ofStem: ReadonlyMap<string, readonly number[]>;
  /** Subjects of one-word terms, by stem. */
  readonly related: ReadonlyMap<string, readonly number[]>;
  /** A phrase of stems joined by one space → the stem it stands for. */
  readonly phrases: ReadonlyMap<string, string>;
}

export function readSynonyms(stem: (word: string) => string): Synonyms {
  const ofStem = new Map<string, number[]>();
  const phrases = new Map<string, string>();
  const lines = LINES.split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  lines.forEach((line, meaning) => {
    const words = line.split(',').map((word) => word.trim());
    const head = stem(words[0] ?? '');
    for (const word of words) {
      if (word.includes(' ')) phrases.set(word.split(' ').map(stem).join(' '), head);
      else {
        const key = stem(word);
        const meanings = ofStem.get(key) ?? [];
        if (!meanings.includes(meaning)) ofStem.set(key, [...meanings, meaning]);
      }
    }
  });
  return { ofStem, related: grouped(RELATED, stem), phrases };
}

/** Which lines a stem stands in. */
function grouped(lines: string, stem: (word: string) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .forEach((line, group) => {
      for (const word of new Set(line.split(',').map((part) => stem(part.trim()))))
        groups.set(word, [...(groups.get(word) ?? []), group]);
    });
  return groups;
}
