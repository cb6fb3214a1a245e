import { describe, expect, it } from 'vitest';
import { Sentences } from '../../../../demo/server/rtvt/sentences.ts';
import type { FinishedSentence } from '../../../../demo/server/rtvt/sentences.ts';
import { Sound } from '../../../../demo/server/rtvt/sound.ts';
import { fakeEngines, silence, speech } from '../../../support/fake-engines.ts';
import type { FakeEngines } from '../../../support/fake-engines.ts';

const RATE = 16_000;

interface Cut {
  readonly finished: FinishedSentence[];
  readonly sound: Sound;
  readonly engines: FakeEngines;
  readonly failures: unknown[];
}

/** All of `parts`, a second at a time, as sentences. */
async function cut(silenceMs: number | null, ...parts: readonly Int16Array[]): Promise<Cut> {
  const engines = fakeEngines({ hearMs: 0 });
  const finished: FinishedSentence[] = [];
  const failures: unknown[] = [];
  const sound = new Sound();
  const sentences = new Sentences({
    sound,
    hear: engines.hear,
    activity: engines.activity,
    silenceMs,
    mayGuess: () => true,
    interim: false,
    hints: () => ({}),
    onInterim: () => undefined,
    onFinished: (sentence) => finished.push(sentence),
    onDropped: () => undefined,
    onFailure: (cause) => failures.push(cause),
  });
  const all = Int16Array.from(parts.flatMap((part) => [...part]));
  for (let from = 0; from < all.length; from += RATE) {
    sound.append(all.slice(from, from + RATE), from / 16);
    sentences.appended();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await sentences.finish();
  await Promise.all(finished.map(({ recognition }) => recognition.heard));
  return { finished, sound, engines, failures };
}

const near = (samples: number, seconds: number): void => expect(Math.abs(samples / RATE - seconds)).toBeLessThanOrEqual(0.04);

describe('Sentences', () => {
  it('are cut by the silence that was asked for, with a little sound before', async () => {
    const { finished } = await cut(
      300,
      silence(1000),
      speech(0, 1000),
      silence(400),
      speech(0, 500),
      silence(200),
      speech(0, 500),
      silence(900),
    );
    expect(finished.map(({ sentence }) => sentence.task)).toEqual([1, 2]);
    const [first, second] = finished;
    near(first?.sentence.begins ?? 0, 1);
    near(first?.sentence.from ?? 0, 0.7);
    near(first?.voiced ?? 0, 2);
    near(second?.sentence.begins ?? 0, 2.4);
    near(second?.voiced ?? 0, 3.6);
  });

  it('end with the stream when nobody paused', async () => {
    const { finished } = await cut(-1, silence(200), speech(0, 1500), silence(1900), speech(0, 300));
    expect(finished).toHaveLength(1);
    near(finished[0]?.pcm.length ?? 0, 3.9);
  });

  it('of somebody who speaks on and on are cut in shorter and shorter pauses', async () => {
    const phrase = [speech(0, 3000), silence(200)];
    const { finished } = await cut(480, ...phrase, ...phrase, ...phrase, ...phrase, ...phrase, ...phrase, ...phrase, ...phrase);
    const seconds = finished.map(({ pcm }) => pcm.length / RATE);
    expect(seconds.length).toBeGreaterThan(1);
    for (const each of seconds) expect(each).toBeLessThan(20);
  });

  it('without any pause are cut so that nothing is lost and nothing is told twice', async () => {
    const { finished } = await cut(480, silence(300), speech(0, 61_000), silence(600));
    expect(finished.length).toBe(3);
    for (const { pcm } of finished) expect(pcm.length).toBeLessThanOrEqual(27 * RATE);
    // Each begins where the one before was cut.
    for (const [index, { sentence }] of finished.entries()) {
      const before = finished[index - 1];
      if (before !== undefined) expect(sentence.from).toBe(before.sentence.from + before.pcm.length);
    }
    near(finished[0]?.sentence.begins ?? 0, 0.3);
    near(finished.at(-1)?.voiced ?? 0, 61.3);
  });

  it('that end just behind such a cut lose nothing of what was judged before it', async () => {
    // Just long enough to be cut, whatever the windows.
    for (let ms = 25_984; ; ms += 8) {
      const { finished } = await cut(480, silence(300), speech(0, ms), silence(900));
      if (finished.length === 1) continue;
      expect(finished).toHaveLength(2);
      near(finished[1]?.voiced ?? 0, (300 + ms) / 1000);
      break;
    }
  });

  it('is what was said so far when voice activity fails', async () => {
    const engines = fakeEngines({ hearMs: 0 });
    const finished: FinishedSentence[] = [];
    const failures: unknown[] = [];
    const sound = new Sound();
    const sentences = new Sentences({
      sound,
      hear: engines.hear,
      activity: engines.activity,
      silenceMs: null,
      mayGuess: () => false,
      interim: false,
      hints: () => ({}),
      onInterim: () => undefined,
      onFinished: (sentence) => finished.push(sentence),
      onDropped: () => undefined,
      onFailure: (cause) => failures.push(cause),
    });
    sound.append(speech(0, 1000), 0);
    sentences.appended();
    await expect.poll(() => sentences.speaking).toBe(true);
    engines.fail.set('activity', 'failed');
    sound.append(speech(0, 1000), 1000);
    sentences.appended();
    await expect.poll(() => failures.length).toBe(1);
    expect(finished).toHaveLength(1);
    expect(sentences.backlog).toBe(0);
    sentences.close();
  });

  it('keeps no more sound than a sentence needs', async () => {
    const { sound } = await cut(null, silence(60_000));
    expect(sound.heard(0, sound.end).length).toBeLessThan(2 * RATE);
  });
});
