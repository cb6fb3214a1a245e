import { describe, expect, test } from 'vitest';
import { actionOf, nextSpeed } from '../../../src/pipelines/playback-keys.ts';
import { SceneStore, sceneSpans, type Scene } from '../../../src/pipelines/playback-scenes.ts';
import { marked, searchCaptions } from '../../../src/pipelines/playback-search.ts';
import { CaptionStore } from '../../../src/pipelines/playback-captions.ts';
import { nothingPlayed, phaseOf, withPlayerEvent, type ElementFacts } from '../../../src/pipelines/playback-state.ts';
import { clockText, elapsedText, spokenText } from '../../../src/pipelines/playback-time.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import type { PlayerEvent } from '../../../src/shared/player-event.ts';

const error = new AssistantError('offline', 'gone').toFacts();
const playing: ElementFacts = { paused: false, ended: false, seeking: false, ready: 4, atEdge: true };
const after = (...events: PlayerEvent[]) => events.reduce(withPlayerEvent, nothingPlayed);
const attached: PlayerEvent = { type: 'attached', engine: 'hls' };
const timeline: PlayerEvent = { type: 'timeline', live: true, fragments: [{ startS: 0, durationS: 2, dateMs: 0 }] };

describe('what the viewer is told', () => {
  test('the first thing that holds', () => {
    expect(phaseOf(nothingPlayed, playing, true)).toBe('empty');
    expect(phaseOf(after(attached), { ...playing, ready: 0 }, true)).toBe('loading');
    expect(phaseOf(after(attached, timeline), { ...playing, ready: 1 }, true)).toBe('buffering');
    expect(phaseOf(after(attached, timeline), playing, true)).toBe('playing');
    expect(phaseOf(after(attached, timeline), { ...playing, paused: true }, true)).toBe('paused');
    expect(phaseOf(after(attached, timeline), { ...playing, ended: true }, true)).toBe('ended');
    const lost = after(attached, timeline, { type: 'retrying', inMs: 1, error });
    expect(phaseOf(lost, playing, true)).toBe('retrying');
    expect(phaseOf(lost, playing, false)).toBe('offline');
    expect(phaseOf(withPlayerEvent(lost, { type: 'recovered' }), playing, true)).toBe('playing');
    expect(phaseOf(withPlayerEvent(lost, { type: 'failed', error }), playing, true)).toBe('failed');
  });

  test('a source that is away: told where it shows, not to who watches what was before', () => {
    const away = after(attached, timeline, { type: 'source-paused' });
    expect(phaseOf(away, playing, true)).toBe('source-paused');
    expect(phaseOf(away, { ...playing, atEdge: false }, true)).toBe('playing');
    const told = { ...after(attached, timeline), stream: { state: 'retrying' as const, message: null } };
    expect(phaseOf(told, playing, true)).toBe('source-paused');
    expect(phaseOf({ ...told, live: false }, playing, true)).toBe('playing');
  });
});

describe('keys', () => {
  const key = (name: string, more = {}) =>
    actionOf({ key: name, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...more }, false);

  test('as people know them', () => {
    expect([' ', 'k'].map((name) => key(name)?.type)).toEqual(['toggle', 'toggle']);
    expect(['ArrowLeft', 'ArrowRight', 'j', 'l'].map((name) => key(name))).toEqual([
      { type: 'seek-by', seconds: -5 },
      { type: 'seek-by', seconds: 5 },
      { type: 'seek-by', seconds: -10 },
      { type: 'seek-by', seconds: 10 },
    ]);
    expect(['m', 'f', 'c', 'i', 't'].map((name) => key(name)?.type)).toEqual([
      'mute',
      'fullscreen',
      'captions',
      'picture-in-picture',
      'transcript',
    ]);
    expect([',', '.', '<', '>'].map((name) => key(name))).toEqual([
      { type: 'frame', direction: -1 },
      { type: 'frame', direction: 1 },
      { type: 'speed', direction: -1 },
      { type: 'speed', direction: 1 },
    ]);
    expect([key('0'), key('7'), key('End')]).toEqual([
      { type: 'seek-share', share: 0 },
      { type: 'seek-share', share: 0.7 },
      { type: 'seek-share', share: 1 },
    ]);
    expect(key('N', { shiftKey: true })).toEqual({ type: 'alert', direction: 1 });
    expect(actionOf({ key: 'End', shiftKey: false, altKey: false, ctrlKey: false, metaKey: false }, true)).toEqual({
      type: 'live',
    });
  });

  test('the browser’s own stay its own', () => {
    expect([
      key('f', { ctrlKey: true }),
      key('ArrowLeft', { altKey: true }),
      key('l', { metaKey: true }),
      key('K', { shiftKey: true }),
      key('q'),
    ]).toEqual([null, null, null, null, null]);
  });

  test('speeds end at both ends', () => {
    expect([nextSpeed(1, 1), nextSpeed(1, -1), nextSpeed(2, 1), nextSpeed(0.25, -1), nextSpeed(1.1, -1)]).toEqual([
      1.25, 0.75, 2, 0.25, 1,
    ]);
  });
});

test('times', () => {
  expect([elapsedText(0), elapsedText(63.4), elapsedText(3_723), elapsedText(-4)]).toEqual(['0:00', '1:03', '1:02:03', '0:00']);
  const at = Date.parse('2026-03-01T09:04:05Z');
  expect(clockText(at, 'en-GB', at, 'UTC')).toBe('9:04:05');
  expect(clockText(at, 'en-GB', at + 86_400_000, 'UTC')).toContain('1 Mar');
  expect(clockText(at, 'no such tag!', at, 'UTC')).toContain('04:05');
  expect(spokenText(3_723, { hours: 'h', minutes: 'min', seconds: 's' })).toBe('1 h 2 min 3 s');
});

describe('search', () => {
  const store = new CaptionStore();
  for (const [index, text] of ['Die Tür öffnet sich.', 'A van drives in.', 'The VAN stops.'].entries())
    store.add({ id: String(index), text, language: 'de', final: true, startMs: index * 1_000, endMs: index * 1_000 + 900 }, null);
  store.translate({ id: '0', language: 'en', text: 'The door opens.' }, null);

  test('without regard to case and accents, every word in one language', () => {
    expect(searchCaptions(store.list, 'van')).toEqual([1, 2]);
    expect(searchCaptions(store.list, 'OFFNET tur')).toEqual([0]);
    expect(searchCaptions(store.list, 'door')).toEqual([0]);
    expect(searchCaptions(store.list, 'door offnet')).toEqual([]);
    expect(searchCaptions(store.list, '  ')).toEqual([]);
  });

  test('what was found is marked where it is written', () => {
    expect(marked('Die Tür öffnet.', 'tur off')).toEqual(['Die ', 'Tür', ' ', 'öff', 'net.']);
    expect(marked('aaa', 'aa')).toEqual(['', 'aa', 'a']);
    expect(marked('ﬁn', 'fi')).toEqual(['', 'ﬁ', 'n']);
    expect(marked('x', '')).toEqual(['x']);
  });
});

test('scenes: each once, at its time; on the lane as many as can be told apart', () => {
  const store = new SceneStore();
  const scene = (id: string, startMs: number, kind: Scene['kind'] = 'visual'): Scene => ({
    id,
    kind,
    index: 'x',
    text: id,
    startMs,
    endMs: startMs + 10,
  });
  for (const each of [scene('b', 500), scene('a', 100), scene('c', 505), scene('h', 300, 'audio')]) store.add(each);
  expect(store.add(scene('a', 100))).toBe(false);
  expect(store.add({ ...scene('a', 900), text: 'moved' })).toBe(true);
  expect(store.list.map(({ id }) => id)).toEqual(['h', 'b', 'c', 'a']);
  const spans = sceneSpans(store.list, 'visual', 10, (ms) => (ms > 1_000 ? null : ms / 1_000));
  expect(spans.map(({ scene: { id }, count }) => [id, count])).toEqual([
    ['b', 2],
    ['a', 1],
  ]);
});
