import { beforeEach, describe, expect, it } from 'vitest';
import { SpeechStore } from '../../../src/pipelines/speech-store.ts';

const RATE = 16_000;
const FRAME = 320;

describe('SpeechStore', () => {
  let store: SpeechStore;
  let at: number;
  const speak = (ms: number): void => {
    for (let end = at + ms * 16; at < end; at += FRAME) store.push({ pcm: new Int16Array(FRAME), at });
  };
  const kept = (): readonly [number, number] => {
    const frames = store.connect();
    return [frames[0]?.at ?? -1, frames.length];
  };

  beforeEach(() => {
    store = new SpeechStore(RATE);
    at = 0;
  });

  it('keeps all speech before the first connection, at most 30 s', () => {
    speak(5_000);
    expect(kept()).toEqual([0, 250]);
    store.disconnect();
    speak(40_000);
    expect(kept()[1]).toBe(1_501);
  });

  it('keeps 4 s while a server listens and hears nothing', () => {
    store.connect();
    speak(20_000);
    expect(kept()[1]).toBe(201);
  });

  it('keeps what a new server has just got until it has had time to hear it', () => {
    speak(10_000);
    store.connect();
    speak(3_000);
    store.disconnect();
    expect(kept()).toEqual([0, 650]);
    speak(6_000);
    expect(kept()[0]).toBeGreaterThan(10_000 * 16);
  });

  it('counts what no server listened to for too long', () => {
    speak(31_000);
    expect(store.overflowed).toBe(49 * FRAME);
  });

  it('keeps an open turn from its start, prefix included, however long it gets', () => {
    store.connect();
    speak(3_000);
    store.started('item', 2_000 * 16);
    speak(10_000);
    expect(kept()[0]).toBe(1_700 * 16);
    expect(kept()[1]).toBe((13_000 - 1_700) / 20);
  });

  it('sends nothing again that was transcribed', () => {
    store.connect();
    speak(4_000);
    store.started('one', 1_000 * 16);
    store.settle(3_000 * 16);
    store.disconnect();
    speak(1_000);
    expect(kept()[0]).toBe(3_000 * 16);
  });

  it('keeps the second turn when only the first is transcribed', () => {
    store.connect();
    speak(2_000);
    store.started('one', 0);
    speak(2_000);
    store.started('two', 3_000 * 16);
    store.settle(2_000 * 16);
    speak(5_000);
    store.disconnect();
    expect(kept()[0]).toBe(2_000 * 16);
  });

  it('forgets everything when muted', () => {
    speak(1_000);
    store.clear();
    expect(kept()[1]).toBe(0);
  });
});
