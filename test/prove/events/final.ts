import type { EventCase } from './case.ts';

/** Written after the matching was done, and run once: over all screens, and over what is spoken. */

export const finalEvents: readonly EventCase[] = [
  { prompt: 'User opened Figma', on: ['design'] },
  { prompt: 'Excel is in front', on: ['spreadsheet'] },
  { prompt: 'Somebody is paying with a credit card', on: ['checkout'] },
  { prompt: 'Someone is signing in', on: ['login'] },
  { prompt: 'The Mute button is visible', on: ['call', 'one-on-one'] },
  { prompt: 'Notification settings are open', on: ['settings'] },
  { prompt: 'A PDF document is open', on: ['contract'] },
  { prompt: 'The news site mentions Slack', on: ['article'] },
  { prompt: 'Discord or Slack opens', on: ['discord', 'slack', 'slack-dark'] },
  { prompt: 'Three people are visible', on: [] },
  { prompt: 'A car is in the picture', on: [] },
  { prompt: 'User opened Notion', on: [] },
  { prompt: 'The tests failed', on: ['terminal'] },
  { prompt: 'The file manager shows the Downloads folder', on: ['files'] },
  { prompt: 'Revenue numbers are presented', on: ['slides'], either: ['spreadsheet'] },
  { prompt: 'Music is playing in Spotify', on: ['music'] },
];

export const finalSpoken: readonly EventCase[] = [
  { prompt: 'A subscription is cancelled', on: ['cancel'] },
  { prompt: 'Somebody asks for slides', on: ['slides'] },
  { prompt: 'The server is down', on: ['outage'] },
  { prompt: 'Anna is calling', on: ['lisbon'] },
  { prompt: 'The weather is mentioned', on: ['weather'] },
  { prompt: 'Spotify is mentioned', on: [] },
];
