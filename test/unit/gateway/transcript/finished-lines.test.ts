import { expect, it } from 'vitest';
import { finishedLines } from '../../../../demo/server/rtstream/transcript/finished-lines.ts';
import { silence, speech } from '../../../support/fake-engines.ts';

const AT = 1_700_000_000_000;
const joined = (...parts: readonly Int16Array[]): Int16Array => Int16Array.from(parts.flatMap((part) => [...part]));
const pcm = joined(silence(300), speech(0, 2000), silence(400), speech(0, 1000), silence(500));

it('are the sentences of a breath, parted where the speaker paused', () => {
  const heard = { text: 'We met Mr. Dashwood at the station. He was late.', language: 'en' };
  const lines = finishedLines({ pcm, heard, atMs: AT, voicedMs: 3720 });
  expect(lines.map(({ text }) => text)).toEqual(['We met Mr. Dashwood at the station.', 'He was late.']);
  expect(lines.map(({ startMs, endMs }) => [startMs - AT, endMs - AT])).toEqual([
    [300, 2300],
    [2700, 3700],
  ]);
  expect(lines.map(({ words }) => words.length)).toEqual([7, 3]);
});

it('end with the voice when the recogniser missed the last word', () => {
  const words = [
    { text: 'hola', startMs: 300, endMs: 900 },
    { text: 'amigos', startMs: 1000, endMs: 1500 },
  ];
  const [line] = finishedLines({ pcm, heard: { text: 'hola amigos', language: 'es', words }, atMs: AT, voicedMs: 3720 });
  expect([line?.startMs, line?.endMs]).toEqual([AT + 300, AT + 3700]);
  expect(line?.words.map(({ startMs }) => startMs - AT)).toEqual([300, 1000]);
  // A click long after the voice is none.
  const clicked = joined(silence(300), speech(0, 1300), silence(1500), speech(0, 40), silence(300));
  const [other] = finishedLines({
    pcm: clicked,
    heard: { text: 'hola amigos', language: 'es', words },
    atMs: AT,
    voicedMs: 1620,
  });
  expect(other?.endMs).toBe(AT + 1620);
});

it('are none when nothing was said', () => {
  expect(finishedLines({ pcm, heard: { text: '  ', language: 'en' }, atMs: AT, voicedMs: 0 })).toEqual([]);
});

it('are one when a splitter would part a word', () => {
  const lines = finishedLines({ pcm, heard: { text: 'see version 2.0.Then go', language: 'en' }, atMs: AT, voicedMs: 3700 });
  expect(lines.map(({ text }) => text).join(' ')).toBe('see version 2.0.Then go');
});
