import { tool, type ToolCase, type ToolSet } from './case.ts';

/**
 * Twenty tools that were held out for the method of commit a234ba4: 33 of 41 calls right, 18 of 19 questions, no wrong tool, 8 with wrong
 * or lacking values. Since then its faults were mended on them; what is held out now is in held-out.ts. Same clock as the others.
 */

const tools = [
  tool(
    'rent_bike',
    'Rent a bicycle at one of our stations',
    {
      station: { type: 'string', description: 'Name of the station' },
      bike_type: { type: 'string', enum: ['city', 'electric', 'cargo'] },
      hours: { type: 'integer', minimum: 1, maximum: 24 },
    },
    ['bike_type', 'hours'],
  ),
  tool('lookup_isbn', 'Finds a book by its ISBN', { isbn: { type: 'string', description: 'ISBN of the book' } }, ['isbn']),
  tool(
    'create_support_ticket',
    'Open a support ticket',
    {
      subject: { type: 'string' },
      priority: { type: 'string', enum: ['low', 'medium', 'high', 'urgent'] },
    },
    ['subject', 'priority'],
  ),
  tool(
    'set_alarm',
    'Set an alarm clock',
    { time: { type: 'string', description: '24-hour time, HH:MM' }, repeat_daily: { type: 'boolean' } },
    ['time'],
  ),
  tool(
    'calculate_shipping',
    'Calculate the shipping cost of a parcel',
    { country: { type: 'string', description: 'Destination country' }, weight_kg: { type: 'number', exclusiveMinimum: 0 } },
    ['country', 'weight_kg'],
  ),
  tool(
    'register_guest',
    'Register a guest for the conference',
    {
      name: { type: 'string', description: 'Full name of the guest' },
      email: { type: 'string', format: 'email' },
      vegetarian: { type: 'boolean', description: 'Wants vegetarian food' },
    },
    ['name', 'email'],
  ),
  tool(
    'move_appointment',
    'Move an existing appointment to another day',
    { appointment_id: { type: 'string', description: 'Appointment number' }, new_date: { type: 'string', format: 'date' } },
    ['appointment_id', 'new_date'],
  ),
  tool(
    'order_taxi',
    'Call a taxi',
    {
      pickup: { type: 'string', description: 'Where to be picked up' },
      destination: { type: 'string' },
      passengers: { type: 'integer', default: 1 },
    },
    ['pickup', 'destination'],
  ),
  tool(
    'lock_door',
    'Lock or unlock a door of the house',
    { door: { type: 'string', enum: ['front', 'back', 'garage'] }, locked: { type: 'boolean' } },
    ['door', 'locked'],
  ),
  tool(
    'get_exchange_rate',
    'Current exchange rate between two currencies',
    {
      base: { type: 'string', description: 'Currency code to convert from' },
      quote: { type: 'string', description: 'Currency code to convert to' },
    },
    ['base', 'quote'],
  ),
  tool(
    'add_expense',
    'Add an expense to the travel report',
    {
      amount: { type: 'number', minimum: 0 },
      category: { type: 'string', enum: ['meals', 'transport', 'lodging', 'other'] },
      date: { type: 'string', format: 'date' },
    },
    ['amount', 'category'],
  ),
  tool(
    'find_train',
    'Search train connections',
    {
      from: { type: 'string', description: 'Departure station' },
      to: { type: 'string', description: 'Arrival station' },
      date: { type: 'string', format: 'date' },
      time: { type: 'string', description: 'Earliest departure, HH:MM' },
    },
    ['from', 'to', 'date'],
  ),
  tool(
    'subscribe_stock_alert',
    'Tell the user when a product is available again',
    { product: { type: 'string' }, email: { type: 'string', format: 'email' } },
    ['product', 'email'],
  ),
  tool(
    'brew_coffee',
    'Make a coffee with the machine',
    {
      drink: { type: 'string', enum: ['espresso', 'cappuccino', 'latte', 'americano'] },
      cups: { type: 'integer', minimum: 1, maximum: 4 },
      sugar: { type: 'boolean' },
    },
    ['drink'],
  ),
  tool('count_vacation_days', 'How many vacation days an employee has left', {
    year: { type: 'integer', minimum: 2020, maximum: 2030 },
  }),
  tool(
    'invite_to_project',
    'Invite people to a project',
    {
      emails: { type: 'array', items: { type: 'string', format: 'email' }, minItems: 1 },
      role: { type: 'string', enum: ['viewer', 'editor', 'admin'] },
    },
    ['emails', 'role'],
  ),
  tool(
    'report_lost_luggage',
    'Report lost luggage after a flight',
    {
      flight_number: { type: 'string', description: 'Flight number, e.g. LH400' },
      bag_colour: { type: 'string', description: 'Colour of the bag' },
    },
    ['flight_number', 'bag_colour'],
  ),
  tool(
    'set_language_level',
    'Choose the level of the language course',
    { language: { type: 'string' }, level: { type: 'string', enum: ['beginner', 'intermediate', 'advanced'] } },
    ['language', 'level'],
  ),
  tool(
    'donate',
    'Make a donation',
    {
      amount: { type: 'number', minimum: 1, description: 'Amount in euros' },
      monthly: { type: 'boolean', description: 'Repeat every month' },
    },
    ['amount'],
  ),
  tool(
    'reschedule_delivery',
    'Change the day of a delivery',
    {
      tracking_code: { type: 'string' },
      slot: {
        type: 'object',
        properties: {
          day: { type: 'string', format: 'date' },
          period: { type: 'string', enum: ['morning', 'afternoon', 'evening'] },
        },
        required: ['day'],
      },
    },
    ['tracking_code', 'slot'],
  ),
];

const call = (say: string, name: string, args: Readonly<Record<string, unknown>>, also: readonly string[] = []): ToolCase => ({
  say,
  tool: name,
  args,
  also,
});
const asks = (say: string, name: string): ToolCase => ({ say, tool: name, asks: true });
const none = (say: string): ToolCase => ({ say, tool: null });

const cases: readonly ToolCase[] = [
  call('i would like to rent an electric bike for three hours', 'rent_bike', { bike_type: 'electric', hours: 3 }),
  call('rent me a cargo bike for two hours please', 'rent_bike', { bike_type: 'cargo', hours: 2 }),
  asks('can i rent a city bike', 'rent_bike'),
  none('how heavy is an electric bike'),
  call('find the book with the isbn 9780306406157', 'lookup_isbn', { isbn: '9780306406157' }),
  call('look up isbn 9783161484100', 'lookup_isbn', { isbn: '9783161484100' }),
  asks('please look up a book by its isbn', 'lookup_isbn'),
  none('what does isbn mean'),
  call('open a support ticket with high priority about a broken printer', 'create_support_ticket', {
    subject: 'broken printer',
    priority: 'high',
  }),
  call('create an urgent ticket, subject login does not work', 'create_support_ticket', {
    subject: 'login does not work',
    priority: 'urgent',
  }),
  asks('i want to open a support ticket', 'create_support_ticket'),
  none('how long does it take until a ticket is answered'),
  call('set an alarm for half past six in the morning', 'set_alarm', { time: '06:30' }),
  call('wake me up with an alarm at 7 15 am', 'set_alarm', { time: '07:15' }),
  asks('set an alarm', 'set_alarm'),
  none('the alarm was far too loud yesterday'),
  call('how much is shipping to Norway for a parcel of four kilos', 'calculate_shipping', { country: 'Norway', weight_kg: 4 }),
  call('calculate the shipping cost for two point five kilograms to Spain', 'calculate_shipping', {
    country: 'Spain',
    weight_kg: 2.5,
  }),
  asks('calculate the shipping cost to Italy', 'calculate_shipping'),
  none('why is shipping so expensive'),
  call('register Maria Lopez for the conference, her email is maria@example.com', 'register_guest', {
    name: 'Maria Lopez',
    email: 'maria@example.com',
  }),
  call('register the guest Peter Brown, email peter@example.org, vegetarian', 'register_guest', {
    name: 'Peter Brown',
    email: 'peter@example.org',
    vegetarian: true,
  }),
  asks('please register a guest for the conference', 'register_guest'),
  none('who speaks at the conference'),
  call('move appointment 5512 to next Tuesday', 'move_appointment', { appointment_id: '5512', new_date: '2026-11-24' }),
  call('please move my appointment A-77 to December 1st', 'move_appointment', { appointment_id: 'A-77', new_date: '2026-12-01' }),
  asks('i need to move my appointment to friday', 'move_appointment'),
  none('do not move my appointment'),
  call(
    'order a taxi from the central station to the airport',
    'order_taxi',
    { pickup: 'central station', destination: 'airport' },
    ['passengers'],
  ),
  call('i need a taxi from Main Street to the opera for four people', 'order_taxi', {
    pickup: 'Main Street',
    destination: 'opera',
    passengers: 4,
  }),
  asks('call me a taxi to the museum', 'order_taxi'),
  none('are taxis expensive here'),
  call('lock the front door', 'lock_door', { door: 'front', locked: true }),
  call('please unlock the garage door', 'lock_door', { door: 'garage', locked: false }),
  asks('lock the door', 'lock_door'),
  none('the front door is blue'),
  call('what is the exchange rate from dollars to yen', 'get_exchange_rate', { base: 'USD', quote: 'JPY' }),
  call('tell me the exchange rate between euros and pounds', 'get_exchange_rate', { base: 'EUR', quote: 'GBP' }),
  asks('what is the exchange rate of the swiss franc', 'get_exchange_rate'),
  none('what is an exchange rate'),
  call('add an expense of 42 euros for meals', 'add_expense', { amount: 42, category: 'meals' }),
  call('add eighteen euros fifty for transport yesterday to my expenses', 'add_expense', {
    amount: 18.5,
    category: 'transport',
    date: '2026-11-19',
  }),
  asks('i want to add an expense of 90 euros', 'add_expense'),
  none('which expenses are paid back'),
  call('find a train from Utrecht to Paris tomorrow', 'find_train', { from: 'Utrecht', to: 'Paris', date: '2026-11-21' }),
  call('search train connections from Hamburg to Munich on Monday after 9:30', 'find_train', {
    from: 'Hamburg',
    to: 'Munich',
    date: '2026-11-23',
    time: '09:30',
  }),
  asks('find me a train to Vienna on sunday', 'find_train'),
  none('how fast is a train'),
  call('tell me when the blue kettle is available again, my email is sam@example.com', 'subscribe_stock_alert', {
    product: 'blue kettle',
    email: 'sam@example.com',
  }),
  call('send a stock alert for the garden chair to lea@example.net', 'subscribe_stock_alert', {
    product: 'garden chair',
    email: 'lea@example.net',
  }),
  asks('let me know when the oak table is available again', 'subscribe_stock_alert'),
  none('is the kettle available in red'),
  call('make me two cups of cappuccino without sugar', 'brew_coffee', { drink: 'cappuccino', cups: 2, sugar: false }),
  call('i would like an espresso please', 'brew_coffee', { drink: 'espresso' }),
  asks('make some coffee', 'brew_coffee'),
  none('is coffee good for you'),
  call('how many vacation days do i have left', 'count_vacation_days', {}),
  call('how many vacation days do i have left in 2027', 'count_vacation_days', { year: 2027 }),
  call('count my vacation days', 'count_vacation_days', {}),
  none('i enjoyed my vacation'),
  call('invite ann@example.com and tom@example.com to the project as editors', 'invite_to_project', {
    emails: ['ann@example.com', 'tom@example.com'],
    role: 'editor',
  }),
  call('invite joe@example.org as admin', 'invite_to_project', { emails: ['joe@example.org'], role: 'admin' }),
  asks('invite kim@example.com to the project', 'invite_to_project'),
  none('what happens if i invite somebody to a project'),
  call('i want to report lost luggage, flight number LH400, the bag is green', 'report_lost_luggage', {
    flight_number: 'LH400',
    bag_colour: 'green',
  }),
  call('report my black bag as lost luggage, flight BA117', 'report_lost_luggage', {
    flight_number: 'BA117',
    bag_colour: 'black',
  }),
  asks('i would like to report lost luggage', 'report_lost_luggage'),
  none('how often does luggage get lost'),
  call('set my spanish course to intermediate level', 'set_language_level', { language: 'spanish', level: 'intermediate' }),
  call('choose the advanced level for german', 'set_language_level', { language: 'german', level: 'advanced' }),
  asks('change the level of my language course to beginner', 'set_language_level'),
  none('which level do i need for university'),
  call('i would like to donate 50 euros', 'donate', { amount: 50 }),
  call('donate twenty euros monthly', 'donate', { amount: 20, monthly: true }),
  asks('i want to make a donation', 'donate'),
  none('where does my donation go'),
  call('reschedule the delivery with tracking code TX9931 to wednesday afternoon', 'reschedule_delivery', {
    tracking_code: 'TX9931',
    slot: { day: '2026-11-25', period: 'afternoon' },
  }),
  call('change the day of delivery PK2201 to tomorrow', 'reschedule_delivery', {
    tracking_code: 'PK2201',
    slot: { day: '2026-11-21' },
  }),
  asks('i need to reschedule a delivery', 'reschedule_delivery'),
  none('can a delivery be late'),
  none('who is the mayor'),
  none('what are your opening hours'),
  none('thank you, that was all'),
  none('can you sing'),
  none('tell me about your company'),
  none('how do i get to the station on foot'),
  none('i am hungry'),
  none('what is the weather like'),
  none('the train was late again'),
  none('never cancel my donation'),
];

export const thirdDevelopment: ToolSet = { tools, cases };
