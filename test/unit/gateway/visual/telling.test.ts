import { describe, expect, it } from 'vitest';
import type { PictureArea } from '../../../../demo/server/engines/engine.ts';
import { guessActivity } from '../../../../demo/server/rtstream/visual/activity.ts';
import { windowOf } from '../../../../demo/server/rtstream/visual/app-name.ts';
import { askedJson, fillAsked } from '../../../../demo/server/rtstream/visual/asked-json.ts';
import { evidenceOf, readEvidence } from '../../../../demo/server/rtstream/visual/evidence.ts';
import type { SceneFacts } from '../../../../demo/server/rtstream/visual/facts.ts';
import { knowing } from '../../../../demo/server/rtstream/visual/known.ts';
import { proseOf } from '../../../../demo/server/rtstream/visual/prose.ts';

const area: PictureArea = { left: 0.1, top: 0.3, right: 0.4, bottom: 0.34 };
const still = { cutsAtMs: [], changedFrames: 0, motion: 0 };

const chat: SceneFacts = {
  tier: 'pro',
  text: [
    { line: '# general', confidence: 0.9, area },
    { line: 'Error: message not sent', confidence: 0.9, area },
  ],
  people: { count: 2, confidence: 0.8 },
  objects: [{ name: 'cup', count: 2, confidence: 0.6 }],
  colours: [
    { name: 'white', hex: '#ffffff', share: 0.7 },
    { name: 'purple', hex: '#3f0e40', share: 0.2 },
  ],
  brightness: 200,
  elements: [
    { kind: 'button', label: 'Send', area },
    { kind: 'field', label: 'Message #general', area },
  ],
  title: 'general - Acme - Slack',
  app: 'Slack',
  change: { cutsAtMs: [800], changedFrames: 2, motion: 0.3 },
  activity: null,
};

const nothing: SceneFacts = {
  ...{ tier: 'mini', text: null, people: null, objects: null, elements: null, title: null, app: null, activity: null },
  ...{ colours: [{ name: 'blue', hex: '#2040c0', share: 1 }], brightness: 60, change: still },
};

describe('prose', () => {
  it.each([
    [
      'Describe what is happening on screen',
      [
        'Application: Slack',
        'Screen text: # general | Error',
        '2 people visible (80% sure)',
        '2 × cup',
        'button "Send"',
        'white 70%',
      ],
    ],
    ['Read the text', ['Screen text: # general | Error: message not sent.']],
    ['How many people are there?', ['2 people visible (80% sure).']],
    ['Which colours?', ['Main colours: white 70%, purple 20%.']],
  ])('to "%s" tells that', (prompt, parts) => {
    for (const part of parts) expect(proseOf(chat, prompt)).toContain(part);
  });

  it('picks what is asked for, and claims nothing that was not looked for', () => {
    expect(proseOf(chat, 'How many people are there?')).not.toContain('Screen text');
    expect(proseOf(nothing, 'Describe the screen')).toBe('Main colours: blue 100%. Nothing moves.');
    expect(proseOf(nothing, 'Read the text')).toBe('Nothing is known of that at tier mini.');
  });
});

describe('what is known', () => {
  const fill = (facts: SceneFacts, template: string): unknown => fillAsked(askedJson(`JSON ${template}`)!, knowing(facts));

  it.each([
    ['{"app_name": "name of the active application"}', { app_name: 'Slack' }],
    ['{"ui_elements": ["list of visible UI elements"]}', { ui_elements: ['button: Send', 'field: Message #general'] }],
    ['{"buttons": ["labels"], "inputs": ["labels"]}', { buttons: ['Send'], inputs: ['Message #general'] }],
    ['{"contains_text": true/false, "text": "all text"}', { contains_text: true, text: '# general, Error: message not sent' }],
    [
      '{"dominant_colors": ["list of main colors"], "hex_colors": ["#rrggbb"]}',
      { dominant_colors: ['white', 'purple'], hex_colors: ['#ffffff', '#3f0e40'] },
    ],
    ['{"people_count": 0, "anyone": true/false}', { people_count: 2, anyone: true }],
    [
      '{"objects": [{"name": "label", "count": 0, "colour_of_it": 3}]}',
      { objects: [{ name: 'cup', count: 2, colour_of_it: null }] },
    ],
    ['{"has_error": true/false, "error_message": "text or null"}', { has_error: true, error_message: 'Error: message not sent' }],
    ['{"scene_changed": true/false, "motion": "none|slight|moderate|strong"}', { scene_changed: true, motion: 'strong' }],
    ['{"is_dark": true/false, "theme": "dark or light"}', { is_dark: false, theme: 'light' }],
    [
      '{"screen": {"title": "window title", "mood": "how it feels"}}',
      { screen: { title: 'general - Acme - Slack', mood: null } },
    ],
    ['{"what": "number of people visible"}', { what: 2 }],
  ])('fills %s', (template, expected) => {
    expect(fill(chat, template)).toEqual(expected);
  });

  it('is null where the tier did not look', () => {
    expect(
      fill(
        nothing,
        '{"app_name": "", "contains_text": true/false, "people": 0, "objects": ["things"], "ui_elements": ["elements"], "colors": ["colors"]}',
      ),
    ).toEqual({
      ...{ app_name: null, contains_text: null, people: null, objects: null, ui_elements: null },
      colors: ['blue'],
    });
  });

  it('is told whole where JSON is asked for without keys', () => {
    expect(fillAsked(askedJson('Describe it as JSON')!, knowing(chat))).toMatchObject({
      app_name: 'Slack',
      people_count: 2,
      objects: ['cup'],
    });
  });

  it('goes into evidence and comes out of it', () => {
    const read = readEvidence(`${evidenceOf(chat)}\nsomething a model said`);
    expect(read.get('app')).toEqual(['Slack']);
    expect(read.get('people')).toEqual(['2']);
    expect(read.get('objects')).toEqual(['2 cup']);
    expect(read.get('change')).toEqual(['strong, cut']);
    expect(read.get('told')).toEqual(['something a model said']);
  });
});

describe('the application', () => {
  const top = (line: string, left = 0.35, right = 0.65): { line: string; confidence: number; area: PictureArea } => ({
    line,
    confidence: 0.9,
    area: { left, right, top: 0.01, bottom: 0.04 },
  });
  it.each([
    ['general (Channel) - Acme Inc - Slack', 'Slack'],
    ['Chat | Anna | Microsoft Teams', 'Microsoft Teams'],
    ['Inbox (3) - Gmail - Google Chrome', 'Google Chrome'],
    ['Zoom Meeting', 'Zoom'],
    ['plan.txt - Harbor Editor', 'Harbor Editor'],
    ['Chapter 3 - page 12', null],
    ['Good morning', null],
  ])('of a window called "%s" is %s', (title, app) => {
    expect(windowOf([top(title)], null)).toEqual({ title, app });
  });

  it('is not one that a page writes about', () => {
    const below = {
      line: 'Slack rises as shares recover',
      confidence: 0.9,
      area: { left: 0.1, right: 0.6, top: 0.2, bottom: 0.24 },
    };
    expect(windowOf([below], null)).toEqual({ title: null, app: null });
  });
});

describe('the activity', () => {
  const seen = (title: string | null, ...lines: string[]) => ({
    title,
    text: lines.map((line) => ({ line, confidence: 0.9 })),
    people: null,
    change: { ...still, motion: 0.1 },
  });
  it.each([
    [seen('general - Acme - Slack'), 'chatting'],
    [seen('cart.ts - shop - Visual Studio Code'), 'editing code'],
    [seen(null, 'Card number', 'Pay $49.00'), 'paying'],
    [seen(null, 'Email', 'Password', 'Sign in'), 'signing in'],
    [seen(null, 'Lorem ipsum'), null],
  ])('is guessed by what is written, or not at all', (facts, expected) => {
    expect(guessActivity(facts)).toBe(expected);
  });
});
