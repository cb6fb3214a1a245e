import type { EventCase } from './case.ts';

/** What the matching was tuned on: over the tuned screens, and over what is spoken. */

export const tunedEvents: readonly EventCase[] = [
  { prompt: 'User opened Slack application', on: ['slack'] },
  { prompt: 'User opened Gmail', on: ['mail'] },
  { prompt: 'More than one person is visible', on: ['call'] },
  { prompt: 'A person appears', on: ['call', 'astronaut'] },
  { prompt: 'A cat is shown', on: ['cat'] },
  { prompt: 'An animal is visible', on: ['cat'] },
  { prompt: 'Payment failed dialog appears', on: ['failure'] },
  { prompt: 'The word "declined" is on screen', on: ['failure'] },
  { prompt: 'An error is displayed', on: ['failure', 'terminal'] },
  { prompt: 'User is writing code', on: ['editor'] },
  { prompt: 'User is in a video call', on: ['call'] },
  { prompt: 'A spreadsheet is open', on: ['spreadsheet'] },
  { prompt: 'User opens a login page', on: ['login'] },
  { prompt: 'The screen turns red', on: ['failure'] },
  { prompt: 'Add to cart button is visible', on: ['shop'] },
  { prompt: 'User is shopping online', on: ['shop'] },
  { prompt: 'User opened Spotify', on: ['music'] },
  { prompt: 'Microsoft Teams is open', on: ['teams'] },
  { prompt: 'Customer enters card details', on: ['checkout'] },
  { prompt: 'User looks at a map', on: ['map'] },
  { prompt: '"Budget review" is shown', on: ['calendar'] },
  { prompt: 'A chat application is open', on: ['slack', 'teams'] },
  { prompt: 'Slack or Microsoft Teams is open', on: ['slack', 'teams'] },
  { prompt: 'A person is visible and Zoom is open', on: ['call'] },
];

export const tunedSpoken: readonly EventCase[] = [
  { prompt: 'Customer asks for a refund', on: ['refund'] },
  { prompt: 'Someone mentions the budget', on: ['budget'] },
  { prompt: 'The speaker talks about a delivery', on: ['delivery'] },
  { prompt: 'Northwind is mentioned', on: ['northwind'] },
  { prompt: 'Somebody asks about the price', on: ['price'] },
  { prompt: 'Zoom is mentioned', on: [] },
];
