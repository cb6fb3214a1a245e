import { firstValueFrom, ignoreElements, merge, of, scan, switchMap, take, takeWhile, tap, timeout, toArray, defer } from 'rxjs';
import { expect, test } from 'vitest';
import type { PlaybackEvent } from '../../../worklets/messages.ts';
import { contextState$, unlock } from '../../../src/audio/context.ts';
import { observeDevices } from '../../../src/audio/devices.ts';
import { canChooseSpeaker } from '../../../src/audio/devices.ts';
import { openPlayback } from '../../../src/audio/playback.ts';
import { workletUrl } from '../../../src/audio/worklet-urls.ts';
import { messages } from './messages.ts';

/** The real playback worklet, in real time and in an OfflineAudioContext. */

const RATE = 48_000;

/** A sound without silence or repetition: 2 s of a sweep. */
const sweep = (rate: number): Int16Array<ArrayBuffer> =>
  Int16Array.from({ length: rate * 2 }, (_, index) =>
    Math.round(12_000 * Math.sin(2 * Math.PI * (200 + (500 * index) / rate) * (index / rate))),
  );

async function hash(samples: Float32Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', samples);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Frames between two looks at whether the sound has begun: an offline context may be done before a port's first message is taken. */
const LOOK = 1_280;

/** Plays the sweep and flushes at a frame `after` frames or so into it; the worklet's answer to the flush comes with the sound. */
async function flushed(after: number): Promise<{
  readonly sound: Float32Array<ArrayBuffer>;
  readonly at: number;
  readonly told: PlaybackEvent | null;
}> {
  const context = new OfflineAudioContext({ length: 2 * RATE, sampleRate: RATE });
  await context.audioWorklet.addModule(workletUrl('playback', {}));
  const node = new AudioWorkletNode(context, 'viva-playback', { numberOfInputs: 0, outputChannelCount: [1] });
  node.connect(context.destination);
  const { port1, port2 } = new MessageChannel();
  node.port.postMessage({ type: 'connect', port: port2 }, [port2]);
  let begun = false;
  port1.onmessage = ({ data }: MessageEvent<PlaybackEvent>) => {
    begun ||= data.type === 'started';
  };
  const pcm = sweep(24_000).buffer;
  port1.postMessage({ type: 'play', itemId: 'a', contentIndex: 0, rate: 24_000, pcm }, [pcm]);
  port1.postMessage({ type: 'duck', gain: 1, ms: 0 });
  let at = 0;
  let told: PlaybackEvent | null = null;
  const flushAt = async (frame: number): Promise<void> => {
    await context.suspend(frame / RATE);
    at = frame;
    told = await new Promise<PlaybackEvent>((resolve) => {
      port1.onmessage = ({ data }: MessageEvent<PlaybackEvent>) => {
        if (data.type === 'flushed') resolve(data);
      };
      port1.postMessage({ type: 'flush', id: 1 });
    });
    await context.resume();
  };
  const lookAt = async (frame: number): Promise<void> => {
    await context.suspend(frame / RATE);
    void (begun ? flushAt(frame + after) : lookAt(frame + LOOK));
    await context.resume();
  };
  void lookAt(LOOK);
  const rendered = await context.startRendering();
  return { sound: rendered.getChannelData(0), at, told };
}

test('T8: silent 240 frames after the flush, the same bits three times', async () => {
  const runs = [await flushed(24_064), await flushed(24_064), await flushed(24_064)];
  const begins = runs.map(({ sound }) => sound.findIndex((sample) => sample !== 0));
  const common = Math.min(...runs.map(({ at }, run) => at - (begins[run] ?? 0)));
  expect(common).toBeGreaterThan(20_000);
  const hashes = await Promise.all(runs.map(({ sound }, run) => hash(sound.slice(begins[run], (begins[run] ?? 0) + common))));
  expect(new Set(hashes).size).toBe(1);
  for (const { sound, at, told } of runs) {
    const last = sound.findLastIndex((sample) => sample !== 0);
    expect(last).toBeLessThanOrEqual(at + 239);
    expect(last).toBeGreaterThan(at + 200);
    expect(told).toMatchObject({ type: 'flushed', id: 1, itemId: 'a', received: 48_000, rate: 24_000 });
    const begun = sound.findIndex((sample) => Math.abs(sample) > 0.001);
    const { rendered } = told as Extract<PlaybackEvent, { type: 'flushed' }>;
    expect(Math.abs(rendered - (at + 240 - begun) / 2)).toBeLessThan(60);
  }
});

test('what is played is told: started, positions, finished, and every sample counted', async () => {
  const events$ = openPlayback().pipe(
    switchMap(({ port, level$ }) => {
      const pcm = sweep(24_000).slice(0, 12_000).buffer;
      port.postMessage({ type: 'play', itemId: 'a', contentIndex: 0, rate: 24_000, pcm }, [pcm]);
      port.postMessage({ type: 'end', itemId: 'a' });
      const loudest$ = level$.pipe(
        scan((loudest, { level }) => Math.max(loudest, level), 0),
        tap((level) => (loudest = level)),
        ignoreElements(),
      );
      return merge(messages<PlaybackEvent>(port), loudest$);
    }),
    takeWhile((event) => event.type !== 'position' || event.playing, true),
    toArray(),
    timeout(8_000),
  );
  let loudest = 0;
  const [events] = await Promise.all([firstValueFrom(events$), unlock()]);
  expect(events[0]).toMatchObject({ type: 'started', itemId: 'a' });
  expect(events.filter(({ type }) => type === 'underrun')).toEqual([]);
  expect(events.filter(({ type }) => type === 'finished')).toHaveLength(1);
  expect(events.at(-1)).toMatchObject({ type: 'position', rendered: 12_000, received: 12_000, rate: 24_000, playing: false });
  expect(loudest).toBeGreaterThan(0.1);
});

test('the state of the context is told, and the output can be chosen', async () => {
  const state$ = openPlayback().pipe(
    switchMap((playback) => defer(() => Promise.all([playback.setSpeaker(null), unlock()])).pipe(switchMap(() => contextState$))),
  );
  expect(await firstValueFrom(state$.pipe(timeout(5_000)))).toBe('running');
  expect(canChooseSpeaker()).toBe(true);
  const refused = openPlayback().pipe(switchMap((playback) => playback.setSpeaker('nowhere')));
  await expect(firstValueFrom(refused)).rejects.toMatchObject({ code: 'bad-option', field: 'speaker' });
});

test('devices are listed by kind, without the aliases of the default', async () => {
  const devices = await firstValueFrom(observeDevices(of(null)));
  expect(devices.map(({ kind }) => kind)).toContain('microphone');
  expect(devices.map(({ kind }) => kind)).toContain('camera');
  expect(devices.filter(({ id }) => id === 'default' || id === '')).toEqual([]);
});

test('devices are listed again when they change', async () => {
  const listed = firstValueFrom(observeDevices().pipe(take(2), toArray(), timeout(3_000)));
  await firstValueFrom(observeDevices());
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  expect(await listed).toHaveLength(2);
});
