import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { VivaVoce } from '../../../src/elements/viva-voce/viva-voce.ts';
import '../../../src/define.ts';
import { everything } from '../../support/tag.ts';

/** Before anybody presses anything, nothing is stored, sent, opened or asked for, whatever is set on the tag. */

const did: string[] = [];

/** Notes every call of one of a page's ways out, and does nothing. */
function watch(target: object, name: string, what: string): void {
  vi.spyOn(target as Record<string, () => void>, name).mockImplementation((...given: readonly unknown[]) => {
    did.push(`${what} ${given.map(String).join(' ')}`);
  });
}

beforeEach(() => {
  did.length = 0;
  watch(globalThis, 'fetch', 'fetch');
  watch(XMLHttpRequest.prototype, 'send', 'xhr');
  watch(navigator, 'sendBeacon', 'beacon');
  watch(Storage.prototype, 'setItem', 'storage');
  watch(navigator.mediaDevices, 'getUserMedia', 'microphone or camera');
  watch(navigator.mediaDevices, 'getDisplayMedia', 'screen');
  watch(indexedDB, 'open', 'database');
  watch(navigator.clipboard, 'readText', 'clipboard');
  for (const kind of ['WebSocket', 'EventSource', 'RTCPeerConnection', 'AudioContext', 'Notification'] as const) {
    vi.stubGlobal(kind, function (...given: readonly unknown[]) {
      did.push(`${kind} ${given.map(String).join(' ')}`);
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.querySelectorAll('viva-voce').forEach((tag) => tag.remove());
});

/** A value for each attribute: one that wants as much as it can. */
const wishes: Readonly<Record<string, string>> = {
  endpoint: 'https://gateway.example',
  'token-url': '/token',
  preset: 'gateway',
  protocol: 'realtime',
  mode: 'assistant',
  turn: 'vad',
  'barge-in': 'natural',
  'translate-to': 'es',
  consent: 'once',
  resume: 'local',
  feedback: 'both',
  'page-actions': 'read scroll highlight focus fill click navigate',
  avatar: 'visualizer',
  prices: '{"audioIn":100,"audioOut":200}',
  suggestions: '["When are you open?"]',
  strings: '{"title":"Desk"}',
  currency: 'EUR',
  'vad-threshold': '0.5',
  'asset-base': '/assets/',
  'worklet-url': '/worklets/',
  'worker-url': '/voice.worker.js',
  'silero-url': '/silero/',
  'privacy-url': '/privacy',
  lang: 'de',
  'color-scheme': 'dark',
  radius: 'round',
  density: 'compact',
  placement: 'bottom-end',
};
/** These are for a press, or the page says with them that it is a kiosk, which listens for visitors. */
const left = ['camera-on', 'screen-on', 'open', 'variant', 'state', 'default-open'];

test.each(['launcher', 'inline', 'full', 'compact'])('%s, with every attribute', async (variant) => {
  const names = [...VivaVoce.observedAttributes].filter((name) => !left.includes(name));
  expect(names.length).toBeGreaterThan(50);
  const tag = document.createElement('viva-voce');
  for (const name of names) tag.setAttribute(name, wishes[name] ?? (/-ms$|limit|every/.test(name) ? '5' : ''));
  tag.setAttribute('variant', variant);
  tag.setAttribute('default-open', '');
  document.body.append(tag);
  await vi.waitFor(() => expect(everything(tag).some((element) => element.matches('viva-panel'))).toBe(true), { timeout: 5_000 });
  await vi.waitFor(() => expect(everything(tag).some((element) => element.matches('viva-consent'))).toBe(true));
  for (const element of everything(tag)) if ('updateComplete' in element) await element.updateComplete;
  expect(did).toEqual([]);
});

test('a language of the page, a pointer over the launcher and the device menu send and store nothing either', async () => {
  const tag = document.createElement('viva-voce');
  tag.setAttribute('metrics', '');
  document.body.append(tag);
  await tag.updateComplete;
  const find = (selector: string) => everything(tag).find((element) => element.matches(selector)) as HTMLElement | undefined;
  find('[part="launcher"]')?.dispatchEvent(new PointerEvent('pointerenter'));
  find('[part="launcher"]')?.click();
  await vi.waitFor(() => expect(find('viva-panel')).toBeDefined(), { timeout: 5_000 });
  await vi.waitFor(() => expect(find('[aria-expanded]')).toBeDefined());
  find('[aria-expanded]')?.click();
  await vi.waitFor(() => expect(find('viva-device-test')).toBeDefined());
  expect(did).toEqual([]);
  // A choice is what is stored, so this test would see it.
  const choice = find('select[name="speaker"], select[name="microphone"]') as HTMLSelectElement;
  const other = choice.appendChild(new Option('Other', 'other'));
  other.selected = true;
  choice.dispatchEvent(new Event('change'));
  expect(did).toEqual([expect.stringContaining('storage viva-voce:devices')]);
});
