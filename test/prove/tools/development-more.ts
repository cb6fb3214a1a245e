import { tool, type ToolCase, type ToolSet } from './case.ts';

/** A second set for tuning: other trades, fewer words in the descriptions. Same clock as the first. */

const tools = [
  tool(
    'transfer_money',
    'Transfers money from one account to somebody',
    {
      amount: { type: 'number', minimum: 0.01 },
      recipient: { type: 'string' },
      currency: { type: 'string', enum: ['EUR', 'USD', 'GBP'] },
    },
    ['amount', 'recipient'],
  ),
  tool('getAccountBalance', 'Returns the balance of an account', {
    accountType: { type: 'string', enum: ['checking', 'savings', 'credit'] },
  }),
  tool(
    'block_card',
    'Blocks a lost or stolen bank card',
    { last_digits: { type: 'string', pattern: '^[0-9]{4}$', description: 'Last four digits of the card' } },
    ['last_digits'],
  ),
  tool(
    'createAppointment',
    'Makes an appointment with a doctor',
    {
      specialty: { type: 'string', enum: ['dentist', 'dermatologist', 'general practitioner', 'eye doctor'] },
      preferredDate: { type: 'string', format: 'date' },
      patientName: { type: 'string', description: 'Full name of the patient' },
    },
    ['specialty', 'preferredDate'],
  ),
  tool(
    'hotel_search',
    'Finds hotels',
    {
      city: { type: 'string' },
      checkin: { type: 'string', format: 'date' },
      checkout: { type: 'string', format: 'date' },
      guests: { type: 'integer', default: 2 },
      breakfast: { type: 'boolean', description: 'With breakfast included' },
    },
    ['city', 'checkin', 'checkout'],
  ),
  tool(
    'take_note',
    'Writes down a note',
    { content: { type: 'string', description: 'What to write down' }, tags: { type: 'array', items: { type: 'string' } } },
    ['content'],
  ),
  tool(
    'request_leave',
    'Asks for days off work',
    {
      kind: { type: 'string', enum: ['vacation', 'sick', 'parental'] },
      from: { type: 'string', format: 'date' },
      until: { type: 'string', format: 'date' },
    },
    ['kind', 'from', 'until'],
  ),
  tool(
    'order_pizza',
    'Orders a pizza for delivery',
    {
      size: { type: 'string', enum: ['small', 'medium', 'large'] },
      toppings: { type: 'array', items: { type: 'string', enum: ['mushrooms', 'ham', 'olives', 'onions', 'extra cheese'] } },
      quantity: { type: 'integer', minimum: 1 },
    },
    ['size', 'toppings'],
  ),
  tool(
    'rate_product',
    'Leaves a review with stars',
    { product: { type: 'string' }, stars: { type: 'integer', minimum: 1, maximum: 5 }, comment: { type: 'string' } },
    ['product', 'stars'],
  ),
  tool(
    'change_language',
    'Switches the language of the website',
    { language: { type: 'string', enum: ['en', 'es', 'fr', 'de'] } },
    ['language'],
  ),
  tool(
    'callback',
    'A member of staff calls the customer back',
    {
      phone: { type: 'string', description: 'Telephone number' },
      time: { type: 'string', enum: ['morning', 'afternoon', 'evening'] },
    },
    ['phone'],
  ),
  tool('set_volume', 'Sets the loudness', { level: { type: 'integer', minimum: 0, maximum: 100 } }, ['level']),
  tool(
    'get_directions',
    'How to get to a place',
    { destination: { type: 'string' }, mode: { type: 'string', enum: ['car', 'bike', 'walk', 'transit'] } },
    ['destination'],
  ),
  tool(
    'report_issue',
    'Reports a problem to the technicians',
    { description: { type: 'string' }, urgency: { type: 'string', enum: ['low', 'normal', 'high'] } },
    ['description'],
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
  call('transfer fifty euros to maria', 'transfer_money', { amount: 50, recipient: 'maria', currency: 'EUR' }),
  call('please send 20 dollars to John Smith', 'transfer_money', { amount: 20, recipient: 'John Smith', currency: 'USD' }),
  asks('i want to transfer some money', 'transfer_money'),
  call('how much money do i have in my savings account', 'getAccountBalance', { accountType: 'savings' }),
  call("what's my balance", 'getAccountBalance', {}),
  call('i lost my card ending in 4 4 1 2, please block it', 'block_card', { last_digits: '4412' }),
  asks('block my card', 'block_card'),
  call('i need to see a dentist on wednesday', 'createAppointment', { specialty: 'dentist', preferredDate: '2026-11-25' }),
  call('make an appointment with the eye doctor for tomorrow, my name is Laura Weiss', 'createAppointment', {
    specialty: 'eye doctor',
    preferredDate: '2026-11-21',
    patientName: 'Laura Weiss',
  }),
  asks('can you get me an appointment with a dermatologist', 'createAppointment'),
  call('find me a hotel in lisbon from december 5th to december 9th with breakfast', 'hotel_search', {
    city: 'lisbon',
    checkin: '2026-12-05',
    checkout: '2026-12-09',
    breakfast: true,
  }),
  call('i am looking for a hotel in vienna for three people from friday to sunday', 'hotel_search', {
    city: 'vienna',
    checkin: '2026-11-20',
    checkout: '2026-11-22',
    guests: 3,
  }),
  asks('show me hotels in rome', 'hotel_search'),
  call('take a note buy new shoes', 'take_note', { content: 'buy new shoes' }),
  call('write down that the code of the door is green', 'take_note', { content: 'the code of the door is green' }),
  call('i would like to take vacation from monday to wednesday', 'request_leave', {
    kind: 'vacation',
    from: '2026-11-23',
    until: '2026-11-25',
  }),
  asks('i need a day off', 'request_leave'),
  call('order a large pizza with mushrooms and olives', 'order_pizza', { size: 'large', toppings: ['mushrooms', 'olives'] }, [
    'quantity',
  ]),
  call('i want two medium pizzas with ham and extra cheese', 'order_pizza', {
    size: 'medium',
    toppings: ['ham', 'extra cheese'],
    quantity: 2,
  }),
  asks('can i have a pizza with onions', 'order_pizza'),
  call('give the garden hose four stars', 'rate_product', { product: 'garden hose', stars: 4 }),
  asks('i want to review the watering can', 'rate_product'),
  call('switch to spanish', 'change_language', { language: 'es' }),
  call('show the website in german please', 'change_language', { language: 'de' }),
  call('please call me back on 030 1234567 in the afternoon', 'callback', { phone: '030 1234567', time: 'afternoon' }),
  asks('can somebody call me back', 'callback'),
  call('set the volume to sixty', 'set_volume', { level: 60 }),
  call('volume 30 percent', 'set_volume', { level: 30 }),
  call('how do i get to the central station by bike', 'get_directions', { destination: 'central station', mode: 'bike' }),
  call('directions to the airport', 'get_directions', { destination: 'airport' }, ['mode']),
  call('report that the printer on the second floor is broken', 'report_issue', {
    description: 'the printer on the second floor is broken',
  }),
  none('how do i block my card'),
  none('what does a transfer cost'),
  none('i have just transferred fifty euros to maria'),
  none('do not order a pizza'),
  none('is the pizza vegan'),
  none('what if i lose my card'),
  none('my dentist is very nice'),
  none('who invented pizza'),
  none('how loud is too loud'),
  none('do you have hotels'),
  none('which languages are there'),
  none('why is my balance so low'),
  none('can i cancel a transfer'),
  none('what are the side effects of aspirin'),
  none('thanks that was helpful'),
  none('i liked the hotel in rome'),
  none('when are you open'),
  none('what is a savings account'),
  none('tell me about your return policy'),
  none('are you a robot'),
];

export const moreDevelopment: ToolSet = { tools, cases };
