import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { VivaErrorEvent } from '../../../src/elements/events.ts';
import type { VivaMetricsEvent } from '../../../src/elements/metrics/metrics-events.ts';
import { ms } from '../../../src/shared/time.ts';
import { entry, type FakeAssistant } from '../../support/fake-assistant.ts';
import { has, mount, settled, unmountAll, within, type Mounted } from '../../support/tag.ts';

/** The figures of a conversation: told to the page, shown, and acted upon where they cost too much. */

const asked: string[] = [];
let answer: () => Promise<Response> = () => Promise.resolve(new Response('{}'));

beforeEach(() => {
  asked.length = 0;
  answer = () => Promise.resolve(new Response('{}'));
  vi.stubGlobal('fetch', (input: RequestInfo | URL) => {
    asked.push(input instanceof Request ? input.url : String(input));
    return answer();
  });
});

afterEach(() => {
  unmountAll();
  vi.unstubAllGlobals();
});

const latency = { lastMs: ms(420), meanMs: ms(400), turns: 3 };
const usage = { inputTokens: 1000, outputTokens: 1000, inputAudioTokens: 1000, outputAudioTokens: 1000 };
const prices = '{"audioIn":100,"audioOut":200}';

async function metered(attributes: Readonly<Record<string, string>>): Promise<Mounted & { readonly told: VivaMetricsEvent[] }> {
  const mounted = await mount({ open: '', endpoint: 'https://gateway.example/', ...attributes });
  const told: VivaMetricsEvent[] = [];
  mounted.tag.addEventListener('viva-metrics', (event) => told.push(event));
  return { ...mounted, told };
}

const talk = (assistant: FakeAssistant): void => assistant.show({ phase: 'listening', microphone: 'live' });

test('every page hears of delays, gaps and tokens, without an attribute and without a request', async () => {
  const { assistant, told } = await metered({});
  talk(assistant);
  assistant.show({ latency, counters: { underruns: 2, 'frames dropped': 7 } });
  await vi.waitFor(() => expect(told).toHaveLength(1));
  assistant.show({ usage });
  assistant.show({ userSpeaking: true });
  expect(told).toMatchObject([
    { latencyMs: 420, meanLatencyMs: 400, turns: 3, usage: null, underruns: 2, framesDropped: 7, cost: null },
    { usage, latency, roundTripMs: null, jitterMs: null, quality: null },
  ]);
  expect(told).toHaveLength(2);
  expect(asked).toEqual([]);
});

test('a thousand audio tokens each way at 100 and 200 a million are shown as $0.30', async () => {
  const { tag, assistant, told } = await metered({ metrics: '', prices });
  await vi.waitFor(() => within(tag, 'viva-metrics'));
  expect(asked).toEqual([]);
  talk(assistant);
  assistant.show({ usage, latency });
  await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ cost: expect.closeTo(0.3, 9) as number, currency: 'USD' }));
  await settled(tag);
  expect(within(tag, '[part="metrics"] summary').textContent).toContain('$0.30');
  await vi.waitFor(() => expect(told.at(-1)?.roundTripMs).not.toBeNull());
  expect(asked[0]).toBe('https://gateway.example/health');
  await settled(tag);
  expect(within(tag, '[part="metrics"] summary').textContent).toContain('Good connection');
  within(tag, '[part="metrics"] summary').click();
  const rows = within(tag, '[part="metrics"] dl').textContent.replace(/\s+/g, ' ');
  expect(rows).toContain('Tokens in 1,000');
  expect(rows).toContain('From the end of speech to sound 420 ms');
  assistant.show({ phase: 'ended', microphone: 'off' });
  const sofar = told.length;
  await settled(tag);
  expect(within(tag, '[part="metrics"] summary').textContent).toContain('$0.30');
  expect(told).toHaveLength(sofar);
});

test('a gateway that does not answer makes a poor connection, told by words and bars', async () => {
  answer = () => Promise.reject(new TypeError('offline'));
  const { tag, assistant, told } = await metered({ metrics: '' });
  talk(assistant);
  await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ quality: 'poor', roundTripMs: null }));
  await settled(tag);
  expect(within(tag, '[part="metrics"] summary').textContent).toContain('Poor connection');
});

test('another company’s server is asked nothing: its round trip is not told', async () => {
  const { tag, assistant, told } = await metered({ metrics: '', preset: 'openai' });
  talk(assistant);
  await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ quality: 'good', roundTripMs: null }));
  await settled(tag);
  within(tag, '[part="metrics"] summary').click();
  expect(within(tag, '[part="metrics"] dl').textContent.replace(/\s+/g, ' ')).toContain('Round trip not told');
  expect(asked).toEqual([]);
});

test('what the server did not take is shown', async () => {
  const { tag, assistant } = await metered({ metrics: '' });
  const settings = {
    model: 'm',
    voice: null,
    speed: null,
    reply: 'audio',
    turns: { type: 'none' },
    inputRate: 24_000,
    outputRate: 24_000,
  } as const;
  assistant.show({ phase: 'listening', settings: { ...settings, differences: ['voice: nobody speaks so'] } });
  await vi.waitFor(() => expect(within(tag, '[part="metrics"] dl').textContent).toContain('voice: nobody speaks so'));
});

describe('a spending limit', () => {
  test('ends the conversation once the answer is heard, and says so', async () => {
    const { tag, assistant } = await metered({ prices, 'spending-limit': '0.3' });
    const errors: VivaErrorEvent[] = [];
    tag.addEventListener('viva-error', (event) => errors.push(event));
    const said = entry('assistant', 'Until six', { revealed: 3 });
    talk(assistant);
    assistant.show({ phase: 'speaking', playing: true, transcript: [said] });
    assistant.show({ usage });
    await settled(tag);
    expect(assistant.asked('stop')).toHaveLength(0);
    assistant.show({ phase: 'listening', playing: false, transcript: [{ ...said, revealed: 9 }] });
    await vi.waitFor(() => expect(assistant.asked('stop')).toHaveLength(1));
    expect(errors).toMatchObject([{ code: 'quota-exceeded', field: 'spending-limit' }]);
    assistant.show({ phase: 'ended', microphone: 'off' });
    await vi.waitFor(() =>
      expect(within(tag, '[part="limit"]').textContent).toContain('The spending limit of $0.30 is reached.'),
    );
    expect(within(tag, '[part="limit"]').closest('[role="alert"]')).not.toBeNull();
    assistant.show({ phase: 'connecting', usage: null });
    await settled(tag);
    expect(has(tag, '[part="limit"]')).toBe(false);
    expect(asked).toEqual([]);
  });

  test('needs prices, and says so', async () => {
    const fields: (string | null)[] = [];
    const note = (event: VivaErrorEvent): unknown => fields.push(event.field);
    document.addEventListener('viva-error', note);
    await metered({ 'spending-limit': '1', currency: 'Euro' });
    await vi.waitFor(() => expect(fields).toEqual(['prices', 'currency']));
    document.removeEventListener('viva-error', note);
  });
});

test.each(['light', 'dark'])('nothing that axe finds fault with, %s', async (scheme) => {
  document.body.style.background = scheme === 'dark' ? '#111' : '#fff';
  const { tag, assistant, told } = await metered({ metrics: '', prices, 'spending-limit': '0.1', 'color-scheme': scheme });
  talk(assistant);
  await vi.waitFor(() => expect(told.at(-1)?.quality).toBe('good'));
  assistant.show({ usage, counters: { underruns: 9 } });
  await vi.waitFor(() => within(tag, '[part="limit"]'));
  within(tag, '[part="metrics"] summary').click();
  await settled(tag);
  const { violations } = await axe.run(tag, { resultTypes: ['violations'] });
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  document.body.style.background = '';
});
