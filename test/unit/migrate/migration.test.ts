import { describe, expect, it } from 'vitest';
import { VivaVoce } from '../../../src/elements/viva-voce/viva-voce.ts';
import { english } from '../../../src/elements/english.ts';
import { elevenlabs } from '../../../src/migrate/elevenlabs.ts';
import { migrate, type Migration, type Rules } from '../../../src/migrate/migration.ts';
import { vapi } from '../../../src/migrate/vapi.ts';

/** Another widget's attributes as ours. */

const own = VivaVoce.observedAttributes;
const migrated = (rules: Rules, attributes: Readonly<Record<string, string>>) => migrate(rules, attributes, own);
const strings = ({ entries }: Migration) => JSON.parse(entries['strings'] ?? '{}') as unknown;

describe('<elevenlabs-convai>', () => {
  it('keeps its look, its place and its language', () => {
    const { entries, dropped } = migrated(elevenlabs, {
      variant: 'tiny',
      placement: 'top-left',
      'default-expanded': 'true',
      'show-resize-button': 'false',
      'avatar-image-url': '/face.png',
      'avatar-orb-color-1': '#123456',
      language: 'de',
      'override-prompt': 'Be brief.',
      'collect-feedback': 'true',
      'markdown-link-allowed-hosts': 'a.example,b.example',
      'terms-key': 'terms-1',
    });
    expect(entries).toEqual({
      variant: 'compact',
      placement: 'top-left',
      'default-open': '',
      avatar: '/face.png',
      language: 'de',
      lang: 'de',
      instructions: 'Be brief.',
      feedback: 'conversation',
      'link-hosts': 'a.example,b.example',
      consent: 'once',
      'consent-key': 'terms-1',
      '--viva-primary': '#123456',
    });
    expect(dropped).toEqual([]);
  });

  it('takes its words over', () => {
    const texts = JSON.stringify({ start_call: 'Anrufen', end_call: 'Auflegen', copied: 'Kopiert' });
    expect(strings(migrated(elevenlabs, { 'text-contents': texts }))).toEqual({ start: 'Anrufen', stop: 'Auflegen' });
  });

  it.each(['{', '7', '{"copied":"Kopiert"}', 'null'])('names words that are none of ours: %s', (texts) => {
    expect(migrated(elevenlabs, { 'text-contents': texts }).dropped).toEqual(['text-contents']);
  });

  it('names what has no counterpart, and only that', () => {
    const { dropped } = migrated(elevenlabs, {
      'agent-id': 'x',
      'signed-url': 'wss://x',
      transcript: 'true',
      'mic-muting': 'false',
      variant: 'huge',
      constructor: 'x',
      class: 'mine',
      'data-test': '1',
    });
    expect(dropped).toEqual(['agent-id', 'signed-url', 'mic-muting', 'variant', 'constructor']);
  });

  it('lets our attributes through that a page puts beside the old ones, and they win', () => {
    const { entries, dropped } = migrated(elevenlabs, {
      endpoint: 'https://gw.example',
      'color-scheme': 'dark',
      voice: 'Ada',
      'override-voice-id': 'x',
    });
    expect(entries).toEqual({ endpoint: 'https://gw.example', 'color-scheme': 'dark', voice: 'Ada' });
    expect(dropped).toEqual([]);
  });
});

describe('<vapi-widget>', () => {
  it('begins as it does: in writing, and light', () => {
    expect(migrated(vapi, {}).entries).toEqual({ mode: 'chat', 'color-scheme': 'light' });
  });

  it('keeps its look, its words and its consent, under newer and older names', () => {
    const { entries, dropped } = migrated(vapi, {
      mode: 'hybrid',
      theme: 'dark',
      position: 'bottom-center',
      size: 'compact',
      'border-radius': 'large',
      'accent-color': '#0a0',
      'base-color': '#111',
      'cta-title': 'Talk to us',
      'chat-placeholder': 'Your question',
      'consent-required': 'true',
      'consent-storage-key': 'yes',
      'voice-auto-reconnect': '',
      'public-key': 'pk',
      'assistant-id': 'asst',
    });
    expect(entries).toEqual({
      mode: 'assistant',
      'color-scheme': 'dark',
      placement: 'bottom',
      variant: 'launcher',
      radius: 'pill',
      consent: 'once',
      'consent-key': 'yes',
      resume: 'session',
      '--viva-primary': '#0a0',
      '--viva-bg': '#111',
      strings: '{"launcher":"Talk to us","write":"Your question"}',
    });
    expect(dropped).toEqual(['public-key', 'assistant-id']);
  });
});

it.each([
  ['elevenlabs-convai', elevenlabs],
  ['vapi-widget', vapi],
])('every rule of <%s> leads to an attribute, a token or a word that there is', (_tag, { attributes, assumed = {} }) => {
  const values = ['', 'true', 'x', '{"start_call":"x"}', ...Object.values(assumed)];
  for (const rule of attributes.values()) {
    for (const key of values.flatMap((value) => Object.keys(rule(value) ?? {}))) {
      if (key.startsWith('.')) expect(Object.keys(english)).toContain(key.slice(1));
      else if (!key.startsWith('--')) expect(own).toContain(key);
    }
  }
});
