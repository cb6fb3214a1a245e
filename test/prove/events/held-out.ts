import type { EventCase } from './case.ts';

/** Held out until faults of general kinds that it showed were mended (see `final.ts`): over all screens, the tuned ones too, and over what is spoken. */

export const heldOutEvents: readonly EventCase[] = [
  { prompt: 'User launches Discord', on: ['discord'] },
  { prompt: 'Outlook is open', on: ['outlook'] },
  { prompt: 'A "not responding" message pops up', on: ['crash'] },
  { prompt: 'A YouTube video is playing', on: ['video'] },
  { prompt: 'Someone creates an account', on: ['sign-up'] },
  { prompt: 'User switched to GitHub', on: ['pull-requests'] },
  { prompt: 'At least two people are in the picture', on: ['call'] },
  { prompt: 'Exactly one person is visible', on: ['astronaut', 'one-on-one'] },
  { prompt: 'A dog is visible', on: [] },
  { prompt: 'A weather forecast is displayed', on: ['weather'] },
  { prompt: 'User opens a Word document', on: ['report'] },
  { prompt: 'The Subscribe button is shown', on: ['video'] },
  { prompt: 'The user is in an online meeting', on: ['call', 'one-on-one'] },
  { prompt: 'Firefox is open and the text mentions otters', on: ['wiki'] },
  { prompt: 'Slack is open but no people are visible', on: ['slack', 'slack-dark'] },
  { prompt: 'User opened Photoshop', on: [] },
  { prompt: 'A presentation is open', on: ['slides'] },
  { prompt: 'The screen turns blue', on: ['weather', 'blank'], either: ['map', 'report', 'outlook'] },
  { prompt: 'The terms of use checkbox is visible', on: ['sign-up'] },
  { prompt: 'The word "refund" is displayed', on: [] },
  { prompt: 'User starts the calculator', on: [] },
  { prompt: 'The email inbox is open', on: ['mail', 'outlook'] },
  { prompt: 'A program crashed', on: ['crash'], either: ['terminal', 'failure'] },
  { prompt: 'An invoice is mentioned on screen', on: ['slack', 'contract', 'files'] },
];

export const heldOutSpoken: readonly EventCase[] = [
  { prompt: 'Customer wants to cancel', on: ['cancel'] },
  { prompt: 'An outage is reported', on: ['outage'] },
  { prompt: 'Someone mentions Slack', on: ['slides'] },
  { prompt: 'A meeting is scheduled', on: ['budget'] },
  { prompt: 'Somebody mentions Lisbon', on: ['lisbon'] },
  { prompt: 'Microsoft is mentioned', on: [] },
  { prompt: 'The caller complains about something broken', on: ['refund'] },
  { prompt: 'A deal was won', on: ['northwind'] },
];
