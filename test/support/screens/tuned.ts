import { DARK, Drawing, type Screen } from './drawing.ts';

/** Screens that the seeing was tuned on. The Slack-like chat is one of them; `held-out.ts` has those that nothing was tuned on. */

const CHROME = '#dee1e6';

const slack = new Drawing()
  .titleBar('general (Channel) - Acme Inc - Slack', '#350d36', '#f5e9f5')
  .rect(0, 36, 260, 684, '#3f0e40')
  .lines(
    20,
    80,
    [
      'Acme Inc',
      'Threads',
      'Mentions & reactions',
      'Channels',
      '# general',
      '# random',
      '# support',
      'Direct messages',
      'Anna Berg',
      'Jon Smith',
    ],
    { ink: '#e9dcea' },
  )
  .text(290, 80, '# general', { size: 20, bold: true })
  .lines(290, 150, [
    'Anna Berg  10:02 AM',
    'Good morning, the release is ready for review',
    'Jon Smith  10:05 AM',
    'Thanks, I will look at it before lunch',
    'Maria Lopez  10:11 AM',
    'The customer asked about the invoice again',
  ])
  .field(290, 640, 840, 'Message #general')
  .button(1150, 640, 90, 'Send', { fill: '#007a5a' })
  .screen('slack', { app: 'Slack', colours: ['white', 'purple', 'dark purple'] });

const mail = new Drawing()
  .titleBar('Inbox (12) - anna@example.com - Gmail', CHROME)
  .button(20, 60, 150, 'Compose', { fill: '#c2e7ff', ink: '#001d35' })
  .lines(30, 140, ['Inbox', 'Starred', 'Snoozed', 'Sent', 'Drafts', 'Spam'])
  .field(260, 56, 620, 'Search mail', { fill: '#eaf1fb', border: '#c3d0e4' })
  .lines(
    270,
    150,
    [
      'Northwind Shop   Your order 10482 has shipped',
      'Jon Smith   Lunch on Friday?',
      'Bank   Your statement for October is ready',
      'Maria Lopez   Minutes of the budget meeting',
      'Travel desk   Flight confirmation to Lisbon',
    ],
    { gap: 44 },
  )
  .screen('mail', { app: 'Gmail', colours: ['white', 'light grey', 'light blue'] });

const calendar = new Drawing()
  .titleBar('Calendar - November 2026', '#f1f1f1')
  .button(20, 52, 90, 'Today', { fill: '#ffffff', ink: '#222222', border: '#999999' })
  .tabs(700, 52, ['Week', 'Day', 'Month'], '#eeeeee', '#ffffff')
  .text(140, 76, 'November 2026', { size: 20 })
  .lines(24, 150, ['9 AM', '10 AM', '11 AM', '12 PM', '1 PM', '2 PM'], { gap: 84, size: 13, ink: '#666666' });
for (const [index, day] of ['Mon 16', 'Tue 17', 'Wed 18', 'Thu 19', 'Fri 20'].entries())
  calendar.text(150 + index * 220, 118, day).raw(`<rect x="${130 + index * 220}" y="100" width="1" height="620" fill="#ddd"/>`);
calendar
  .rect(140, 190, 190, 100, '#1a73e8')
  .text(150, 220, 'Standup', { ink: '#fff' })
  .rect(580, 300, 190, 130, '#0b8043')
  .text(590, 330, 'Budget review', { ink: '#fff' })
  .rect(1020, 240, 190, 80, '#d50000')
  .text(1030, 270, 'Dentist', { ink: '#fff' });

const editor = new Drawing(DARK)
  .titleBar('cart.ts - shop - Visual Studio Code', '#323233', '#cccccc')
  .menu(58, ['File', 'Edit', 'Selection', 'View', 'Go', 'Run', 'Terminal', 'Help'], '#cccccc')
  .tabs(260, 72, ['cart.ts', 'order.ts', 'price.ts'], '#2d2d2d', '#1e1e1e', '#dddddd')
  .rect(0, 72, 256, 648, '#252526')
  .lines(20, 120, ['EXPLORER', 'src', 'cart.ts', 'order.ts', 'price.ts', 'package.json'], { ink: '#cccccc' })
  .lines(
    290,
    140,
    [
      'import { price } from "./price.ts";',
      '',
      'export function total(items) {',
      '  let sum = 0;',
      '  for (const item of items) sum += price(item);',
      '  return sum;',
      '}',
    ].filter((line) => line !== ''),
    { mono: true, ink: '#9cdcfe' },
  )
  .rect(0, 696, 1280, 24, '#007acc')
  .text(14, 713, 'main  0 errors  2 warnings', { size: 13, ink: '#fff' })
  .screen('editor', { app: 'Visual Studio Code', colours: ['black', 'dark grey', 'blue'] });

const terminal = new Drawing({ ...DARK, paper: '#0c0c0c' })
  .titleBar('anna@build: ~/shop - Terminal', '#2b2b2b', '#dddddd')
  .lines(
    16,
    70,
    [
      'anna@build:~/shop$ npm test',
      'PASS  test/cart.test.ts',
      'PASS  test/order.test.ts',
      'FAIL  test/price.test.ts',
      'Expected 12 but received 11',
      'Tests: 1 failed, 41 passed, 42 total',
      'anna@build:~/shop$ git status',
      'On branch main, nothing to commit',
    ],
    { mono: true, ink: '#35d04a' },
  )
  .screen('terminal', { app: 'Terminal', colours: ['black', 'dark grey'] });

const shop = new Drawing()
  .titleBar('Garden sale - Northwind Shop - Google Chrome', CHROME)
  .field(160, 46, 900, 'https://shop.example.com/sale', { fill: '#f1f3f4', border: '#c8ccd1' })
  .rect(0, 96, 1280, 70, '#1b5e20')
  .text(40, 140, 'Northwind Shop', { size: 26, ink: '#fff', bold: true });
for (const [index, [name, price]] of (
  [
    ['Garden chair', '$49.00'],
    ['Watering can', '$19.50'],
    ['Clay pot', '$7.25'],
  ] as const
).entries())
  shop
    .rect(60 + index * 400, 210, 340, 440, '#f4f6f4', { border: '#d0d7d0' })
    .rect(90 + index * 400, 240, 280, 220, ['#8d6e63', '#78909c', '#bf7b4e'][index] ?? '#888')
    .text(90 + index * 400, 500, name, { size: 18 })
    .text(90 + index * 400, 534, price, { bold: true })
    .button(90 + index * 400, 570, 160, 'Add to cart', { fill: '#2e7d32' });

const spreadsheet = new Drawing()
  .titleBar('Budget 2026.xlsx - Microsoft Excel', '#107c41', '#ffffff')
  .rect(0, 36, 1280, 60, '#f3f3f3')
  .menu(60, ['File', 'Home', 'Insert', 'Formulas', 'Data', 'Review', 'View'])
  .raw(
    Array.from({ length: 20 }, (_, row) => `<rect x="0" y="${120 + row * 30}" width="1280" height="1" fill="#d4d4d4"/>`).join(''),
  )
  .raw(
    Array.from({ length: 9 }, (_, column) => `<rect x="${column * 150}" y="96" width="1" height="624" fill="#d4d4d4"/>`).join(''),
  )
  .lines(160, 142, ['Region', 'North', 'South', 'West', 'Total'], { gap: 30 })
  .lines(310, 142, ['Revenue', '120400', '98250', '143900', '362550'], { gap: 30 })
  .lines(460, 142, ['Cost', '80100', '71300', '92400', '243800'], { gap: 30 })
  .screen('spreadsheet', { app: 'Microsoft Excel', colours: ['white', 'light grey', 'green', 'dark green'] });

const login = new Drawing({ paper: '#eef2f7' })
  .rect(440, 110, 400, 500, '#ffffff', { radius: 12, border: '#d5dbe3' })
  .text(480, 170, 'Welcome back', { size: 26, bold: true })
  .field(480, 230, 320, 'you@example.com', { label: 'Email' })
  .field(480, 320, 320, '', { label: 'Password' })
  .checkbox(480, 390, 'Remember me')
  .button(480, 440, 320, 'Sign in')
  .link(480, 520, 'Forgot your password?')
  .screen('login', { app: null, colours: ['white', 'light grey', 'blue', 'light blue'] });

const call = new Drawing({ ...DARK, paper: '#1a1a1a' })
  .titleBar('Zoom Meeting', '#2d2d2d', '#e0e0e0')
  .photo('astronaut.jpg', 60, 90, 520, 480)
  .photo('astronaut.jpg', 680, 90, 520, 480)
  .text(80, 560, 'Anna Berg', { ink: '#ffffff' })
  .button(380, 630, 110, 'Mute', { fill: '#3a3a3a' })
  .button(510, 630, 150, 'Stop video', { fill: '#3a3a3a' })
  .button(680, 630, 150, 'Share screen', { fill: '#3a3a3a' })
  .button(850, 630, 110, 'Leave', { fill: '#d32f2f' })
  .screen('call', {
    app: 'Zoom',
    colours: [
      'black',
      'dark grey',
      'orange',
      'brown',
      'grey',
      'white',
      'blue',
      'light grey',
      'light brown',
      'dark brown',
      'dark blue',
      'beige',
    ],
    people: 2,
  });

const settings = new Drawing({ ...DARK, paper: '#202124' })
  .titleBar('Settings', '#2a2b2e', '#e8eaed')
  .rect(0, 36, 240, 684, '#292a2d')
  .lines(24, 90, ['Account', 'Appearance', 'Notifications', 'Privacy', 'Language', 'About'], { gap: 40 })
  .text(280, 90, 'Notifications', { size: 24, bold: true })
  .checkbox(280, 140, 'Show banners')
  .checkbox(280, 190, 'Play a sound')
  .checkbox(280, 240, 'Only while unlocked')
  .button(280, 320, 150, 'Save changes')
  .button(450, 320, 120, 'Cancel', { fill: '#3c4043' })
  .screen('settings', { app: 'Settings', colours: ['black', 'dark grey'] });

const cat = new Drawing().photo('cat.jpg', 0, 0, 1280, 720).screen('cat', {
  app: null,
  colours: ['brown', 'dark brown', 'light brown', 'grey', 'beige', 'light grey', 'dark grey', 'olive', 'black', 'white'],
});

const astronaut = new Drawing().photo('astronaut.jpg', 0, 0, 1280, 720).screen('astronaut', {
  app: null,
  colours: [
    'orange',
    'black',
    'grey',
    'light grey',
    'dark grey',
    'beige',
    'white',
    'brown',
    'dark brown',
    'light brown',
    'blue',
    'dark blue',
    'red',
    'dark red',
  ],
  people: 1,
  containsText: null,
});

const blank = new Drawing({ paper: '#2446a8' })
  .raw('<circle cx="640" cy="360" r="60" fill="none" stroke="#dfe7ff" stroke-width="10"/>')
  .screen('blank', { app: null, colours: ['blue', 'dark blue'] });

const contract = new Drawing({ font: 'DejaVu Serif', paper: '#525659' })
  .titleBar('Contract 2026.pdf - Adobe Acrobat Reader', '#f5f5f5', '#222222')
  .rect(290, 60, 700, 660, '#ffffff')
  .text(340, 120, 'Agreement of service', { size: 28, bold: true })
  .lines(
    340,
    180,
    [
      'This agreement is made between Northwind Ltd and the',
      'customer named below. The customer pays the fee within',
      'thirty days of the invoice. Either party may end the',
      'agreement with one month of notice in writing.',
      'Signature of the customer',
      'Date',
    ],
    { gap: 34 },
  )
  .screen('contract', { app: 'Adobe Acrobat Reader', colours: ['white', 'dark grey', 'grey'] });

const music = new Drawing({ ...DARK, paper: '#121212', radius: 18 })
  .titleBar('Spotify', '#000000', '#ffffff')
  .rect(0, 36, 220, 600, '#000000')
  .lines(24, 90, ['Home', 'Search', 'Your library', 'Liked songs'], { gap: 40, ink: '#dddddd' })
  .rect(260, 80, 240, 240, '#6d28d9')
  .text(530, 200, 'Evening piano', { size: 34, bold: true, ink: '#ffffff' })
  .text(530, 250, 'Playlist with 42 songs', { ink: '#b3b3b3' })
  .button(530, 280, 110, 'Play', { fill: '#1db954', ink: '#000000' })
  .lines(270, 390, ['1  River at night   3:41', '2  Small hours   4:05', '3  Paper boats   2:58'], { ink: '#dddddd', gap: 44 })
  .rect(0, 640, 1280, 80, '#181818')
  .screen('music', { app: 'Spotify', colours: ['black', 'purple', 'dark grey'] });

const map = new Drawing({ paper: '#e8e4d8' })
  .titleBar('Lisbon - Google Maps', CHROME)
  .raw('<path d="M0 460 C300 380 500 640 800 560 S1200 420 1280 500 V720 H0Z" fill="#9cc7e8"/>')
  .raw('<path d="M820 60 h300 v240 h-300z" fill="#a8d5a2"/>')
  .raw('<path d="M0 200 L1280 330 M420 36 L520 480 M900 36 L760 560" stroke="#ffffff" stroke-width="14" fill="none"/>')
  .field(24, 60, 340, 'Search Google Maps')
  .button(380, 61, 120, 'Directions')
  .text(900, 190, 'City Park', { ink: '#1b5e20' })
  .text(300, 640, 'River Tagus', { ink: '#0d47a1', size: 20 })
  .screen('map', { app: 'Google Maps', colours: ['light blue', 'beige', 'light green', 'light grey', 'white', 'green', 'blue'] });

const files = new Drawing()
  .titleBar('Downloads - Files', '#ebebeb')
  .rect(0, 36, 200, 684, '#f6f6f6')
  .lines(24, 90, ['Home', 'Documents', 'Downloads', 'Pictures', 'Trash'], { gap: 40 })
  .lines(240, 90, ['Name', 'invoice-october.pdf', 'holiday.jpg', 'budget.xlsx', 'notes.txt', 'backup.zip'], { gap: 44 })
  .lines(700, 90, ['Size', '212 KB', '3.4 MB', '48 KB', '2 KB', '740 MB'], { gap: 44 })
  .screen('files', { app: 'Files', colours: ['white', 'light grey'] });

const slides = new Drawing({ paper: '#e6e6e6' })
  .titleBar('Quarterly review.pptx - PowerPoint', '#c43e1c', '#ffffff')
  .menu(60, ['File', 'Home', 'Insert', 'Design', 'Transitions', 'Slide Show'])
  .rect(220, 90, 1000, 600, '#ffffff')
  .text(280, 190, 'Revenue grew by 12 percent', { size: 44, bold: true })
  .lines(300, 290, ['North leads with 120 thousand', 'South recovers after the summer', 'West opened two new shops'], {
    size: 26,
  })
  .rect(20, 90, 170, 100, '#ffffff', { border: '#c43e1c' })
  .rect(20, 210, 170, 100, '#ffffff')
  .screen('slides', { app: 'PowerPoint', colours: ['white', 'light grey', 'orange', 'red'] });

const teams = new Drawing({ paper: '#f5f5f5' })
  .titleBar('Chat | Anna Berg | Microsoft Teams', '#464775', '#ffffff')
  .rect(0, 36, 70, 684, '#33344a')
  .rect(70, 36, 260, 684, '#ebebeb')
  .lines(90, 90, ['Chat', 'Anna Berg', 'Design team', 'Project Alpha'], { gap: 44 })
  .lines(360, 120, ['Anna Berg  9:41', 'Can you send me the slides for the meeting?', 'You  9:43', 'Sure, one moment'], {
    gap: 44,
  })
  .field(360, 650, 760, 'Type a new message')
  .button(1140, 651, 90, 'Send', { fill: '#5b5fc7' })
  .screen('teams', { app: 'Microsoft Teams', colours: ['white', 'light grey', 'navy', 'dark blue', 'purple', 'dark grey'] });

const failure = new Drawing({ paper: '#7a1f1f' })
  .dialog(390, 220, 500, 250, 'Payment failed')
  .lines(414, 310, ['Your card was declined by the bank.', 'Error code 402'], { ink: '#222222' })
  .button(414, 400, 130, 'Try again', { fill: '#c62828' })
  .button(564, 400, 130, 'Cancel', { fill: '#eeeeee', ink: '#222222', border: '#999999' })
  .screen('failure', { app: null, colours: ['dark red', 'red', 'white', 'brown'] });

const design = new Drawing({ paper: '#e5e5e5' })
  .titleBar('Checkout flow - Figma', '#2c2c2c', '#ffffff')
  .rect(0, 36, 240, 684, '#ffffff')
  .lines(20, 80, ['Layers', 'Header', 'Cart', 'Footer'], { gap: 36 })
  .rect(420, 120, 240, 480, '#ffffff', { radius: 16, border: '#cccccc' })
  .rect(440, 200, 200, 120, '#ffb74d')
  .rect(740, 120, 240, 480, '#ffffff', { radius: 16, border: '#cccccc' })
  .rect(760, 200, 200, 120, '#4db6ac')
  .button(1120, 52, 120, 'Share', { fill: '#0d99ff' })
  .screen('design', { app: 'Figma', colours: ['light grey', 'white', 'grey', 'orange', 'turquoise', 'black', 'dark grey'] });

const checkout = new Drawing({ accent: '#0a7d38' })
  .rect(0, 0, 1280, 80, '#0b3d2e')
  .text(40, 50, 'Northwind', { size: 26, bold: true, ink: '#ffffff' })
  .text(120, 150, 'Payment', { size: 28, bold: true })
  .field(120, 220, 460, '1234 5678 9012 3456', { label: 'Card number' })
  .field(120, 310, 210, 'MM / YY', { label: 'Expiry date' })
  .field(370, 310, 210, 'CVC', { label: 'Security code' })
  .button(120, 400, 460, 'Pay $49.00', { height: 44 })
  .link(120, 490, 'Back to the cart')
  .screen('checkout', { app: null, colours: ['white', 'dark green', 'teal'] });

const article = new Drawing({ font: 'DejaVu Serif' })
  .titleBar('Markets today - The Daily Ledger - Mozilla Firefox', '#f0f0f4')
  .text(140, 110, 'THE DAILY LEDGER', { size: 20, bold: true })
  .text(140, 180, 'Slack rises as messaging shares recover', { size: 32, bold: true })
  .lines(
    140,
    240,
    [
      'Shares of the company behind Slack rose by four percent',
      'on Thursday. Analysts see little slack left in the market',
      'after a long year of cuts, and expect slower growth.',
      'Read also: what the new law means for small firms.',
    ],
    { gap: 38, size: 18 },
  )
  .link(140, 440, 'Subscribe to our newsletter')
  .screen('article', { app: 'Mozilla Firefox', colours: ['white', 'light grey'] });

export const tunedScreens: readonly Screen[] = [
  slack,
  mail,
  calendar.screen('calendar', { app: 'Calendar', colours: ['white', 'light grey', 'blue', 'green', 'red', 'dark green'] }),
  editor,
  terminal,
  shop.screen('shop', {
    app: 'Google Chrome',
    colours: ['white', 'dark green', 'light grey', 'grey', 'brown', 'light brown', 'green'],
  }),
  spreadsheet,
  login,
  call,
  settings,
  cat,
  astronaut,
  blank,
  contract,
  music,
  map,
  files,
  slides,
  teams,
  failure,
  design,
  checkout,
  article,
];
