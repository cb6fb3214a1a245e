import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { from, lastValueFrom, toArray } from 'rxjs';
import { localVoiceActivity } from '../../demo/server/engines/local/activity.ts';
import { localHearing } from '../../demo/server/engines/local/hear.ts';
import type { Engines } from '../../demo/server/engines/engine.ts';
import { moonshine, silero } from '../../demo/server/engines/weights-table.ts';
import type { SoundPiece } from '../../demo/server/media/media-stream.ts';
import { transcribeRecording } from '../../demo/server/rtstream/transcript/transcribe.ts';
import { voicedStretches } from '../../demo/server/rtstream/transcript/voiced.ts';
import { estimatedWords } from '../../demo/server/rtstream/transcript/word-times.ts';
import type { FinalLine, TranscriptEvent } from '../../demo/server/rtstream/transcript/transcript-event.ts';
import { audioIndex } from '../../demo/server/rtstream/audio/audio-index.ts';
import type { NewScene } from '../../demo/server/rtstream/scene.ts';
import { fakeEngines } from '../support/fake-engines.ts';
import { noise } from '../support/signals.ts';
import { RATE, recordedSpeech, signal, spanishHere, weightsHere, type Clip } from './here.ts';
import { laid, speechEdges } from './laid.ts';
import { errorRate } from './words.ts';

/** Recorded people through transcription with the real recogniser and the real voice activity. */

const T0 = 1_700_000_000_000;
const WITHIN_MS = 250;

let engines: Engines;
let clips: readonly Clip[];

beforeAll(async () => {
  const activity = localVoiceActivity(await weightsHere(silero));
  const hear = localHearing({ ...(await weightsHere(moonshine)), spanish: await spanishHere() });
  engines = { ...fakeEngines(), hear, activity };
  clips = await recordedSpeech();
  await Promise.all([hear.warm(), activity.warm()]);
}, 60_000);
afterAll(() => Promise.all([engines.hear.close(), engines.activity.close()]));

async function* pieces(pcm: Int16Array): AsyncGenerator<SoundPiece> {
  for (let at = 0; at < pcm.length; at += RATE) {
    yield await Promise.resolve({ atMs: T0 + at / 16, pcm: pcm.slice(at, at + RATE), cut: at === 0 });
  }
}

const heard = (pcm: Int16Array, language: string): Promise<readonly TranscriptEvent[]> =>
  lastValueFrom(transcribeRecording(pieces(pcm), { engines, language }).pipe(toArray()));

async function finals(pcm: Int16Array, language: string): Promise<readonly FinalLine[]> {
  return (await heard(pcm, language)).filter((event) => event.type === 'final');
}

it('hears in a stream what it hears in the clips alone, each sentence where it was said, in exact windows', async () => {
  const { pcm, starts } = laid(clips, 1400, noise(5));
  const events = await heard(pcm, 'en');
  const lines = events.filter((event) => event.type === 'final');
  const said = clips.map(({ text }) => text).join(' ');
  const alone = await Promise.all(clips.map(async (clip) => (await engines.hear.transcribe(clip.pcm, { signal })).text));
  const rate = errorRate([[said, lines.map(({ text }) => text).join(' ')]]);
  expect(rate, JSON.stringify(lines.map(({ text }) => text))).toBeLessThanOrEqual(errorRate([[said, alone.join(' ')]]) + 1 / 60);
  for (const [index, clip] of clips.entries()) {
    const edges = speechEdges(clip.pcm);
    const at = T0 + (starts[index] ?? 0);
    const own = lines.filter(({ startMs, endMs }) => endMs > at && startMs < at + clip.pcm.length / 16);
    expect(Math.abs((own[0]?.startMs ?? NaN) - at - edges.startMs), `${clip.id} begins`).toBeLessThanOrEqual(WITHIN_MS);
    expect(Math.abs((own.at(-1)?.endMs ?? NaN) - at - edges.endMs), `${clip.id} ends`).toBeLessThanOrEqual(WITHIN_MS);
  }
  const words = lines.flatMap((line) => line.words).length;
  const windows = async (segmenter: string, segmentation_value: number): Promise<readonly NewScene[]> => {
    const index = { extraction_config: { segmenter, segmentation_value }, prompt: 'Summarize', model_name: null };
    return lastValueFrom(audioIndex(index, from(events), { model: null, embedder: null }).pipe(toArray()));
  };
  const counts = async (segmenter: 'word' | 'sentence', value: number): Promise<readonly unknown[]> =>
    (await windows(segmenter, value)).map(({ metadata }) => metadata[`${segmenter}s`]);
  expect(await counts('word', 50)).toEqual([50, words - 50]);
  expect(await counts('sentence', 2)).toEqual([2, 2, 1]);
  const times = await windows('time', 10);
  for (const { startMs, endMs } of times.slice(0, -1)) expect(endMs - startMs).toBe(10_000);
  expect(times.map(({ evidence }) => evidence).join(' ')).toBe(lines.map(({ text }) => text).join(' '));
});

describe('words', () => {
  it('of Spanish have the times of the recogniser, and what is estimated for engines without is near them', async () => {
    const spanish = (await recordedSpeech('languages')).filter(
      ({ id }) => id === 'es-conf-onlyperson' || id === 'es-demo-nomatch',
    );
    const { pcm, starts } = laid(spanish, 1400, noise(6));
    const words = (await finals(pcm, 'es')).flatMap((line) => line.words);
    for (const [index, word] of words.entries()) {
      expect(word.estimated).toBeUndefined();
      expect(word.endMs).toBeGreaterThan(word.startMs);
      expect(word.startMs).toBeGreaterThanOrEqual(words[index - 1]?.startMs ?? 0);
    }
    const errors = spanish.flatMap((clip, index) => {
      const own = words.filter(
        ({ startMs }) => startMs >= T0 + (starts[index] ?? 0) - 100 && startMs < T0 + (starts[index] ?? 0) + clip.pcm.length / 16,
      );
      const guessed = estimatedWords(own.map(({ text }) => text).join(' '), voicedStretches(clip.pcm, RATE));
      return guessed.map(({ startMs }, at) => Math.abs(T0 + (starts[index] ?? 0) + startMs - (own[at]?.startMs ?? NaN)));
    });
    expect(errors.length).toBeGreaterThan(15);
    expect(errors.toSorted((a, b) => a - b)[errors.length >> 1]).toBeLessThanOrEqual(150);
  });

  it('of English are estimated, and fill their line', async () => {
    const { pcm } = laid(clips.slice(1, 2), 1400, noise(7));
    const lines = await finals(pcm, 'en');
    expect(lines).toHaveLength(1);
    for (const { words, startMs, endMs } of lines) {
      expect(words.every(({ estimated }) => estimated === true)).toBe(true);
      expect([words[0]?.startMs, words.at(-1)?.endMs]).toEqual([startMs, endMs]);
    }
  });
});
