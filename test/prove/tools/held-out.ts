import { tool, type ToolCase, type ToolSet } from './case.ts';

/**
 * Twenty tools that the method has never seen: written after it was frozen for the third time, run, and left as they are; nothing was
 * tuned on them. Four utterances a tool: two that say all it needs, one that lacks something, one that must not call it. The clock stands
 * at Friday 20 November 2026, 10:00.
 */

const tools = [
  tool(
    'open_bank_account',
    'Open a new bank account',
    {
      kind: { type: 'string', enum: ['giro', 'savings', 'youth'] },
      joint: { type: 'boolean', description: 'For two people together' },
    },
    ['kind'],
  ),
  tool(
    'report_pothole',
    'Report a pothole to the city',
    { street: { type: 'string', description: 'Street and number' }, size: { type: 'string', enum: ['small', 'large'] } },
    ['street'],
  ),
  tool(
    'renew_library_loan',
    'Renew the loan of a library book',
    { title: { type: 'string', description: 'Title of the book' }, weeks: { type: 'integer', minimum: 1, maximum: 8 } },
    ['title', 'weeks'],
  ),
  tool(
    'set_price_alert',
    'Set an alert when the price of a product falls',
    { product: { type: 'string' }, below: { type: 'number', description: 'Price in euros below which to alert' } },
    ['product', 'below'],
  ),
  tool(
    'book_meeting_room',
    'Book a meeting room',
    {
      date: { type: 'string', format: 'date' },
      start: { type: 'string', description: 'Start time, HH:MM' },
      people: { type: 'integer', minimum: 1 },
    },
    ['date', 'start', 'people'],
  ),
  tool(
    'dim_lamp',
    'Dim a lamp',
    {
      lamp: { type: 'string', enum: ['desk', 'ceiling', 'floor'] },
      level: { type: 'integer', minimum: 0, maximum: 100, description: 'Brightness in percent' },
    },
    ['lamp', 'level'],
  ),
  tool(
    'send_sms',
    'Send a text message',
    { to: { type: 'string', description: 'Phone number of the recipient' }, message: { type: 'string' } },
    ['to', 'message'],
  ),
  tool(
    'get_bus_departures',
    'Get the next departures from a bus stop',
    { stop: { type: 'string', description: 'Name of the stop' }, count: { type: 'integer' } },
    ['stop'],
  ),
  tool(
    'file_complaint',
    'File a complaint',
    { about: { type: 'string', description: 'What the complaint is about' }, order_number: { type: 'string' } },
    ['about'],
  ),
  tool(
    'return_rental_car',
    'Announce the return of a rental car',
    { contract: { type: 'string', description: 'Contract number' }, location: { type: 'string', description: 'City of return' } },
    ['contract', 'location'],
  ),
  tool(
    'upgrade_plan',
    'Upgrade the subscription to another plan',
    { plan: { type: 'string', enum: ['basic', 'plus', 'premium'] }, billing: { type: 'string', enum: ['monthly', 'yearly'] } },
    ['plan'],
  ),
  tool(
    'measure_blood_pressure',
    'Store a blood pressure measurement',
    { systolic: { type: 'integer' }, diastolic: { type: 'integer' } },
    ['systolic', 'diastolic'],
  ),
  tool(
    'order_groceries',
    'Order groceries for delivery',
    {
      items: { type: 'array', items: { type: 'string' }, minItems: 1, description: 'What to buy' },
      day: { type: 'string', format: 'date' },
    },
    ['items', 'day'],
  ),
  tool(
    'find_apartment',
    'Search for apartments to rent',
    {
      city: { type: 'string' },
      max_rent: { type: 'number', description: 'Highest monthly rent in euros' },
      rooms: { type: 'integer' },
    },
    ['city'],
  ),
  tool('activate_sim', 'Activate a SIM card', { sim_number: { type: 'string', description: 'Number printed on the card' } }, [
    'sim_number',
  ]),
  tool('pause_newsletter', 'Pause the newsletter', { weeks: { type: 'integer', minimum: 1 } }, ['weeks']),
  tool(
    'add_allergy',
    'Note an allergy in the profile',
    { substance: { type: 'string', description: 'What the person is allergic to' }, severe: { type: 'boolean' } },
    ['substance'],
  ),
  tool(
    'translate_menu',
    'Translate the menu into another language',
    { language: { type: 'string', enum: ['fr', 'de', 'it', 'ja'] } },
    ['language'],
  ),
  tool('estimate_loan', 'Estimate the monthly payment of a loan', { amount: { type: 'number' }, years: { type: 'integer' } }, [
    'amount',
    'years',
  ]),
  tool(
    'schedule_inspection',
    'Schedule the inspection of a heating system',
    {
      date: { type: 'string', format: 'date' },
      address: {
        type: 'object',
        properties: { street: { type: 'string' }, city: { type: 'string' } },
        required: ['street', 'city'],
      },
    },
    ['date', 'address'],
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
  call('i would like to open a savings account', 'open_bank_account', { kind: 'savings' }),
  call('open a new youth bank account please', 'open_bank_account', { kind: 'youth' }),
  asks('can you open a bank account for me', 'open_bank_account'),
  none('what does a savings account cost'),
  call('report a large pothole at 14 Elm Street', 'report_pothole', { street: '14 Elm Street', size: 'large' }),
  call('i want to report a pothole in front of 3 Baker Street', 'report_pothole', { street: '3 Baker Street' }),
  asks('i would like to report a pothole', 'report_pothole'),
  none('why are there so many potholes'),
  call('renew the loan of the book moby dick for two weeks', 'renew_library_loan', { title: 'moby dick', weeks: 2 }),
  call('please renew my loan of war and peace for three weeks', 'renew_library_loan', { title: 'war and peace', weeks: 3 }),
  asks('renew my library loan', 'renew_library_loan'),
  none('how many books can i borrow'),
  call('set a price alert for the coffee machine below 200 euros', 'set_price_alert', { product: 'coffee machine', below: 200 }),
  call('alert me when the price of the tent falls below ninety euros', 'set_price_alert', { product: 'tent', below: 90 }),
  asks('set a price alert for the grill', 'set_price_alert'),
  none('the price is too high'),
  call('book a meeting room for eight people on monday at ten', 'book_meeting_room', {
    date: '2026-11-23',
    start: '10:00',
    people: 8,
  }),
  call('i need a meeting room tomorrow at 3 pm for five people', 'book_meeting_room', {
    date: '2026-11-21',
    start: '15:00',
    people: 5,
  }),
  asks('book a meeting room for tomorrow', 'book_meeting_room'),
  none('how big is the meeting room'),
  call('dim the desk lamp to thirty percent', 'dim_lamp', { lamp: 'desk', level: 30 }),
  call('please dim the ceiling lamp to 55', 'dim_lamp', { lamp: 'ceiling', level: 55 }),
  asks('dim the floor lamp', 'dim_lamp'),
  none('the lamp looks nice'),
  call('send a text message to 0170 1234567 saying I am on my way', 'send_sms', {
    to: '0170 1234567',
    message: 'I am on my way',
  }),
  call('text 0151 9876543 that dinner is ready', 'send_sms', { to: '0151 9876543', message: 'dinner is ready' }),
  asks('send a text message to 0170 1234567', 'send_sms'),
  none('did you get my message'),
  call('when do the next buses leave from market square', 'get_bus_departures', { stop: 'market square' }),
  call('show the next three departures from the stop city hall', 'get_bus_departures', { stop: 'city hall', count: 3 }),
  asks('show me the next bus departures', 'get_bus_departures'),
  none('the bus stop was moved'),
  call('i want to file a complaint about the late delivery', 'file_complaint', { about: 'late delivery' }),
  call('file a complaint about a rude driver', 'file_complaint', { about: 'rude driver' }),
  asks('i would like to file a complaint', 'file_complaint'),
  none('who reads the complaints'),
  call('i will return the rental car in Leipzig, contract 70331', 'return_rental_car', {
    contract: '70331',
    location: 'Leipzig',
  }),
  call('announce the return of the rental car with contract number C-18 in Porto', 'return_rental_car', {
    contract: 'C-18',
    location: 'Porto',
  }),
  asks('announce the return of my rental car in Lyon', 'return_rental_car'),
  none('what does a rental car cost'),
  call('upgrade my subscription to premium', 'upgrade_plan', { plan: 'premium' }),
  call('please upgrade me to the plus plan with yearly billing', 'upgrade_plan', { plan: 'plus', billing: 'yearly' }),
  asks('i want to upgrade my plan', 'upgrade_plan'),
  none('what is included in the premium plan'),
  call('store a blood pressure of 120 over 80', 'measure_blood_pressure', { systolic: 120, diastolic: 80 }),
  call('my blood pressure measurement is systolic 135 and diastolic 85, please store it', 'measure_blood_pressure', {
    systolic: 135,
    diastolic: 85,
  }),
  asks('store my blood pressure measurement', 'measure_blood_pressure'),
  none('is high blood pressure dangerous'),
  call('order milk, bread and eggs for tomorrow', 'order_groceries', { items: ['milk', 'bread', 'eggs'], day: '2026-11-21' }),
  call('i would like to order groceries for monday: rice and beans', 'order_groceries', {
    items: ['rice', 'beans'],
    day: '2026-11-23',
  }),
  asks('order groceries for sunday', 'order_groceries'),
  none('where do your groceries come from'),
  call('find an apartment in Berlin with three rooms under 1200 euros', 'find_apartment', {
    city: 'Berlin',
    max_rent: 1200,
    rooms: 3,
  }),
  call('i am looking for an apartment in Ghent', 'find_apartment', { city: 'Ghent' }),
  asks('search for an apartment with two rooms', 'find_apartment'),
  none('my apartment is too small'),
  call('activate the sim card with the number 8949022', 'activate_sim', { sim_number: '8949022' }),
  call('please activate sim 55120987', 'activate_sim', { sim_number: '55120987' }),
  asks('activate my sim card', 'activate_sim'),
  none('what is a sim card'),
  call('pause the newsletter for four weeks', 'pause_newsletter', { weeks: 4 }),
  call('can you pause my newsletter for two weeks', 'pause_newsletter', { weeks: 2 }),
  asks('pause the newsletter', 'pause_newsletter'),
  none('when does the newsletter come'),
  call('add an allergy to peanuts to my profile', 'add_allergy', { substance: 'peanuts' }),
  call('note in my profile that i am allergic to bee stings, it is severe', 'add_allergy', {
    substance: 'bee stings',
    severe: true,
  }),
  asks('i want to add an allergy', 'add_allergy'),
  none('are allergies common'),
  call('translate the menu into japanese', 'translate_menu', { language: 'ja' }),
  call('can i have the menu in italian', 'translate_menu', { language: 'it' }),
  asks('translate the menu please', 'translate_menu'),
  none('the menu is very long'),
  call('estimate a loan of 20000 euros over ten years', 'estimate_loan', { amount: 20000, years: 10 }),
  call('what would be the monthly payment for a loan of fifteen thousand euros over five years', 'estimate_loan', {
    amount: 15000,
    years: 5,
  }),
  asks('estimate a loan of 8000 euros', 'estimate_loan'),
  none('why do banks give loans'),
  call('schedule an inspection of my heating at 5 Mill Road, Leeds for next tuesday', 'schedule_inspection', {
    date: '2026-11-24',
    address: { street: '5 Mill Road', city: 'Leeds' },
  }),
  call('please schedule the heating inspection on December 2nd, address 8 High Street in York', 'schedule_inspection', {
    date: '2026-12-02',
    address: { street: '8 High Street', city: 'York' },
  }),
  asks('schedule a heating inspection for monday', 'schedule_inspection'),
  none('how often must a heating be inspected'),
  none('who discovered america'),
  none('what can you do for me'),
  none('see you tomorrow'),
  none("i don't want to upgrade"),
  none('what if i pause the newsletter'),
  none('i already reported the pothole'),
  none('how do i file a complaint'),
  none('my brother has a new lamp'),
  none('is berlin expensive'),
  none('do you translate books'),
];

export const heldOutSet: ToolSet = { tools, cases };
