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
cancel, terminate, unsubscribe, quit, stop
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
deaf, hearing, hard of hearing
blind, sight, visually, vision
lift, elevator
boat, ferry, ship
bag, backpack, luggage, suitcase, rucksack
crowded, busy, calm, quiet, full
ill, sick, unwell
lost, found
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

/** Meanings of one-word terms, by stem; phrases are kept apart. */
export interface Synonyms {
  readonly ofStem: ReadonlyMap<string, readonly number[]>;
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
  return { ofStem, phrases };
}
