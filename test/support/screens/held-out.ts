import { DARK, Drawing, type Screen } from './drawing.ts';

/** Screens that nothing was tuned on: other fonts, sizes, resolutions and arrangements. */

const SANS = 'Liberation Sans';
const CHROME = '#d3e3fd';

const slackDark = new Drawing({ ...DARK, font: SANS, paper: '#1a1d21', size: 16 }, 1366, 768)
  .titleBar('design-team (Channel) - Blue Harbor - Slack', '#121016', '#c9c9cc')
  .rect(0, 36, 240, 732, '#19171d')
  .lines(18, 84, ['Blue Harbor', 'Unreads', 'Threads', '# design-team', '# launch', '# watercooler', 'Priya Nair'], {
    ink: '#b9babd',
    gap: 34,
  })
  .text(270, 84, '# design-team', { size: 20, bold: true })
  .lines(
    270,
    150,
    [
      'Priya Nair  4:12 PM',
      'The new icons are in the shared folder',
      'Tom Becker  4:20 PM',
      'They look great, let us ship them tomorrow',
    ],
    { gap: 36 },
  )
  .field(270, 700, 960, 'Message #design-team', { fill: '#222529', border: '#565856', ink: '#9a9b9d' })
  .screen('slack-dark', { app: 'Slack', colours: ['black', 'dark grey'] });

const outlook = new Drawing({ font: SANS }, 1440, 900)
  .titleBar('Inbox - Tom Becker - Outlook', '#0f6cbd', '#ffffff')
  .button(24, 56, 130, 'New mail', { fill: '#0f6cbd' })
  .button(170, 56, 100, 'Reply', { fill: '#ffffff', ink: '#242424', border: '#8a8a8a' })
  .lines(24, 150, ['Inbox', 'Drafts', 'Sent Items', 'Archive', 'Junk Email'], { gap: 38 })
  .rect(220, 110, 460, 790, '#f5f5f5')
  .lines(
    244,
    150,
    ['Priya Nair', 'Icons for the launch', 'Finance', 'Your expense report was approved', 'Office', 'Fire drill on Wednesday'],
    { gap: 36 },
  )
  .text(720, 160, 'Icons for the launch', { size: 24, bold: true })
  .lines(720, 220, ['Hello Tom,', 'please find the final icons attached.', 'Best regards, Priya'], { gap: 32 })
  .screen('outlook', { app: 'Outlook', colours: ['white', 'light grey', 'blue'] });

const report = new Drawing({ font: 'Liberation Serif', paper: '#dcdcdc' }, 1366, 768)
  .titleBar('Annual report.docx - Word', '#185abd', '#ffffff')
  .menu(62, ['File', 'Home', 'Insert', 'Layout', 'References', 'Review', 'View', 'Help'])
  .rect(310, 90, 746, 678, '#ffffff')
  .text(370, 160, 'Annual report', { size: 34, bold: true })
  .lines(
    370,
    220,
    [
      'The year began with a new workshop in Porto and ended with',
      'the largest order in the history of the company. Sales in the',
      'south doubled, while energy costs fell by a fifth.',
    ],
    { size: 18, gap: 34 },
  )
  .screen('report', { app: 'Word', colours: ['white', 'light grey', 'blue'] });

const video = new Drawing({ ...DARK, font: SANS, paper: '#0f0f0f' }, 1920, 1080)
  .titleBar('How bridges are built - YouTube - Google Chrome', '#202124', '#e8eaed')
  .field(640, 56, 560, 'Search', { fill: '#121212', border: '#3a3a3a' })
  .photo('cat.jpg', 100, 130, 1180, 664)
  .text(100, 850, 'How bridges are built', { size: 30, bold: true })
  .text(100, 900, '1.4M views  2 weeks ago', { ink: '#aaaaaa', size: 20 })
  .button(1060, 860, 160, 'Subscribe', { fill: '#f1f1f1', ink: '#0f0f0f', height: 44 })
  .screen('video', {
    app: 'Google Chrome',
    colours: ['black', 'dark grey', 'dark brown', 'brown', 'light brown', 'grey', 'olive'],
  });

const wiki = new Drawing({ font: SANS }, 1280, 800)
  .titleBar('Otter - Wikipedia - Mozilla Firefox', '#f0f0f4')
  .tabs(20, 44, ['Article', 'Talk', 'History'], '#f8f9fa', '#ffffff')
  .text(240, 140, 'Otter', { size: 34 })
  .lines(
    240,
    200,
    [
      'Otters are carnivorous mammals that live in rivers and along',
      'coasts. They feed on fish, crabs and frogs, and rest in dens',
      'that are called holts. A group on the water is a raft.',
    ],
    { gap: 32, size: 17 },
  )
  .link(240, 360, 'Sea otter')
  .link(240, 400, 'Giant otter')
  .screen('wiki', { app: 'Mozilla Firefox', colours: ['white', 'light grey'] });

const signUp = new Drawing({ font: SANS, accent: '#6d28d9', radius: 10, paper: '#faf7ff' }, 1280, 800)
  .text(120, 110, 'Create your account', { size: 32, bold: true })
  .field(120, 180, 420, '', { label: 'Full name' })
  .field(120, 270, 420, 'name@company.com', { label: 'Work email' })
  .field(120, 360, 420, '', { label: 'Confirm password' })
  .checkbox(120, 430, 'I accept the terms of use')
  .button(120, 480, 420, 'Create account', { height: 46 })
  .rect(700, 0, 580, 800, '#6d28d9')
  .text(760, 380, 'Join four thousand teams', { size: 28, ink: '#ffffff' })
  .screen('sign-up', { app: null, colours: ['white', 'purple'] });

const discord = new Drawing({ ...DARK, font: SANS, paper: '#313338' }, 1366, 768)
  .titleBar('Discord', '#1e1f22', '#b5bac1')
  .rect(0, 36, 72, 732, '#1e1f22')
  .rect(72, 36, 240, 732, '#2b2d31')
  .lines(92, 90, ['Sailing club', 'welcome', 'regatta', 'Voice channels'], { ink: '#b5bac1', gap: 40 })
  .lines(350, 130, ['skipper  Today at 18:02', 'Who joins on Saturday?', 'mate  Today at 18:10', 'Count me in'], { gap: 38 })
  .field(340, 700, 980, 'Message #regatta', { fill: '#383a40', border: '#4a4d55', ink: '#949ba4' })
  .screen('discord', { app: 'Discord', colours: ['dark grey', 'black'] });

const pullRequests = new Drawing({ font: SANS }, 1440, 900)
  .titleBar('Pull requests - blue-harbor/ferry - GitHub - Microsoft Edge', CHROME)
  .rect(0, 36, 1440, 56, '#24292f')
  .tabs(40, 110, ['Code', 'Issues', 'Pull requests'], '#f6f8fa', '#ffffff')
  .field(60, 180, 700, 'is:open is:pr')
  .button(1200, 181, 170, 'New pull request', { fill: '#1f883d' })
  .lines(
    80,
    290,
    [
      'Fix the timetable for the winter season',
      'Add a map of the harbor to the start page',
      'Update dependencies of the ticket service',
    ],
    { gap: 54, size: 18 },
  )
  .screen('pull-requests', { app: 'Microsoft Edge', colours: ['white', 'light grey', 'black', 'dark grey'] });

const weather = new Drawing({ font: SANS, paper: '#4a90d9', ink: '#ffffff' }, 1280, 720)
  .titleBar('Weather', '#3a78b8', '#ffffff')
  .text(120, 180, 'Lisbon', { size: 40 })
  .text(120, 270, '21 degrees, mostly sunny', { size: 30 })
  .lines(120, 360, ['Wednesday  19', 'Thursday  22', 'Friday  17', 'Humidity 64 percent'], { gap: 50, size: 20 })
  .screen('weather', { app: 'Weather', colours: ['blue', 'light blue'] });

const crash = new Drawing({ font: SANS, paper: '#2f6f73' }, 1440, 900)
  .dialog(450, 300, 540, 240, 'Ferry Planner is not responding')
  .lines(474, 400, ['You can wait for the program or close it.'], { ink: '#333333' })
  .button(474, 460, 120, 'Wait', { fill: '#eeeeee', ink: '#222222', border: '#999999' })
  .button(614, 460, 160, 'Close program', { fill: '#b3261e' })
  .screen('crash', { app: null, colours: ['teal', 'white', 'dark green', 'turquoise'] });

const gradient = new Drawing({}, 1280, 720)
  .raw(
    '<defs><linearGradient id="g" x2="1"><stop offset="0" stop-color="#e91e63"/><stop offset="1" stop-color="#ff9800"/></linearGradient></defs><rect width="1280" height="720" fill="url(#g)"/>',
  )
  .screen('gradient', { app: null, colours: ['orange', 'red', 'pink', 'magenta'] });

const oneOnOne = new Drawing({ ...DARK, font: SANS, paper: '#202124' }, 1366, 768)
  .titleBar('Meet - weekly one on one - Google Meet', '#17181a', '#e8eaed')
  .photo('astronaut.jpg', 330, 80, 700, 560)
  .button(470, 690, 120, 'Mute', { fill: '#3c4043' })
  .button(610, 690, 180, 'Present now', { fill: '#3c4043' })
  .button(810, 690, 140, 'Leave call', { fill: '#ea4335' })
  .screen('one-on-one', {
    app: 'Google Meet',
    colours: [
      'black',
      'dark grey',
      'orange',
      'brown',
      'grey',
      'white',
      'light grey',
      'light brown',
      'dark brown',
      'beige',
      'red',
    ],
    people: 1,
  });

export const heldOutScreens: readonly Screen[] = [
  slackDark,
  outlook,
  report,
  video,
  wiki,
  signUp,
  discord,
  pullRequests,
  weather,
  crash,
  gradient,
  oneOnOne,
];
