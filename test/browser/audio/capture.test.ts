import {
  filter,
  firstValueFrom,
  ignoreElements,
  map,
  merge,
  Observable,
  of,
  skip,
  skipWhile,
  switchMap,
  take,
  tap,
  timeout,
  timer,
  toArray,
} from 'rxjs';
import { describe, expect, test } from 'vitest';
import type { CaptureFrame } from '../../../worklets/messages.ts';
import { openCapture } from '../../../src/audio/capture.ts';
import { acquireContext, contextState$ } from '../../../src/audio/context.ts';
import { openMicrophone } from '../../../src/audio/microphone.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import { noise } from '../../support/signals.ts';
import { messages } from './messages.ts';

/** The real capture worklet in a real context. */

const RATE = 16_000;

/** A tone as a microphone would give it. */
const tone = (frequency: number): Observable<MediaStream> =>
  acquireContext().pipe(
    switchMap(
      (context) =>
        new Observable<MediaStream>((subscriber) => {
          const oscillator = new OscillatorNode(context, { frequency });
          const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
          oscillator.connect(new GainNode(context, { gain: 0.5 })).connect(out);
          oscillator.start();
          subscriber.next(out.stream);
          return () => {
            oscillator.stop();
          };
        }),
    ),
  );

const frames = (stream: MediaStream, targetRate = RATE): Observable<CaptureFrame> =>
  openCapture({ stream, targetRate }).pipe(switchMap(({ port }) => messages<CaptureFrame>(port)));

/** Upward zero crossings a second. */
function pitch(pcm: Int16Array, rate: number): number {
  let crossings = 0;
  for (let index = 1; index < pcm.length; index++) if (pcm[index - 1]! < 0 && pcm[index]! >= 0) crossings++;
  return (crossings * rate) / pcm.length;
}

const failure = (failing$: Observable<unknown>): Promise<AssistantError> =>
  firstValueFrom(failing$.pipe(timeout(8_000))).then(
    () => Promise.reject(new Error('it did not fail')),
    (error: unknown) => {
      expect(error).toBeInstanceOf(AssistantError);
      return error as AssistantError;
    },
  );

test.each([16_000, 24_000])('a tone becomes 20 ms frames at %i Hz, on a clock without holes', async (rate) => {
  const all = await firstValueFrom(
    tone(1_000).pipe(
      switchMap((stream) => frames(stream, rate)),
      skip(20),
      take(25),
      toArray(),
      timeout(8_000),
    ),
  );
  const size = rate / 50;
  expect(all.map(({ at, pcm }) => [at, pcm.byteLength])).toEqual(all.map((_, index) => [all[0]!.at + index * size, size * 2]));
  const sound = new Int16Array(all.length * size);
  all.forEach(({ pcm }, index) => {
    sound.set(new Int16Array(pcm), index * size);
  });
  expect(Math.abs(pitch(sound, rate) - 1_000)).toBeLessThan(5);
  expect(all.at(-1)!.level).toBeCloseTo(0.5 * Math.SQRT1_2, 1);
});

test('not one sample is lost, doubled or changed on the way', async () => {
  const seconds = 2;
  const pcm = await firstValueFrom(
    acquireContext().pipe(
      switchMap((context) => {
        const rate = context.sampleRate;
        const random = noise(11);
        const sound = Int16Array.from({ length: rate * seconds }, () => Math.round(random() * 20_000) | 1);
        // Chromium keeps the last part of 10 ms of a source that ends: let silence push it out.
        const buffer = new AudioBuffer({ length: sound.length + rate / 10, sampleRate: rate });
        buffer.copyToChannel(
          Float32Array.from(sound, (sample) => sample / 32_768),
          0,
        );
        const source = new AudioBufferSourceNode(context, { buffer });
        const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
        source.connect(out);
        return frames(out.stream, rate).pipe(
          tap(({ at }) => {
            if (at === 0) source.start();
          }),
          take((seconds + 1) * 50),
          toArray(),
          map((all) => ({ sent: sound, got: Int16Array.from(all.flatMap((frame) => [...new Int16Array(frame.pcm)])) })),
        );
      }),
      timeout(8_000),
    ),
  );
  // A busy machine makes Chromium put silence in between; whatever else comes has to be the next sample that was sent.
  let next = 0;
  pcm.got.forEach((sample) => {
    if (sample === pcm.sent[next]) next++;
    else expect(sample).toBe(0);
  });
  expect(next).toBe(pcm.sent.length);
});

test('frames end with the subscription', async () => {
  const hold = acquireContext().subscribe();
  const port = await firstValueFrom(
    tone(500).pipe(
      switchMap((stream) => openCapture({ stream, targetRate: RATE })),
      switchMap(({ port: frames }) => messages<CaptureFrame>(frames).pipe(map(() => frames))),
      timeout(5_000),
    ),
  );
  let after = 0;
  port.onmessage = () => after++;
  await firstValueFrom(timer(200));
  after = 0;
  await firstValueFrom(timer(300));
  hold.unsubscribe();
  expect(after).toBe(0);
});

test('the context is closed when nobody wants it any more', async () => {
  const context = await firstValueFrom(acquireContext());
  expect(context.state).toBe('closed');
  expect(await firstValueFrom(contextState$)).toBe('none');
});

test('levels go to the page, also in silence as a sign of life', async () => {
  const silent = acquireContext().pipe(switchMap((context) => of(new MediaStreamAudioDestinationNode(context).stream)));
  const level$ = silent.pipe(
    switchMap((stream) => openCapture({ stream, targetRate: RATE })),
    switchMap((capture) => capture.level$),
  );
  const levels = await firstValueFrom(level$.pipe(take(2), toArray(), timeout(5_000)));
  expect(levels.map(({ level }) => level)).toEqual([0, 0]);
});

test('the end of sound is told at once, not with the next sign of life', async () => {
  let stoppedAt = NaN;
  const fallen$ = acquireContext().pipe(
    switchMap((context) => {
      const oscillator = new OscillatorNode(context);
      const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
      oscillator.connect(out);
      oscillator.start();
      return openCapture({ stream: out.stream, targetRate: RATE }).pipe(
        switchMap((capture) => capture.level$),
        tap(({ level }) => {
          if (level < 0.5 || !Number.isNaN(stoppedAt)) return;
          oscillator.disconnect();
          stoppedAt = performance.now();
        }),
        skipWhile(({ level }) => level < 0.5),
        filter(({ level }) => level === 0),
        timeout({ first: 5_000 }),
      );
    }),
  );
  await firstValueFrom(fallen$);
  expect(performance.now() - stoppedAt).toBeLessThan(700);
});

describe('is lost', () => {
  test('when the device is taken away', async () => {
    const error = await failure(
      openMicrophone().pipe(
        switchMap(({ stream }) => {
          const track = stream.getAudioTracks()[0]!;
          const unplug = timer(300).pipe(
            switchMap(() => of(track.dispatchEvent(new Event('ended')))),
            ignoreElements(),
          );
          return merge(openCapture({ stream, targetRate: RATE }).pipe(ignoreElements()), unplug);
        }),
      ),
    );
    expect(error.code).toBe('microphone-lost');
  });

  test('when it had ended before', async () => {
    const { stream } = await firstValueFrom(openMicrophone());
    expect((await failure(openCapture({ stream, targetRate: RATE }).pipe(ignoreElements()))).code).toBe('microphone-lost');
  });
});

test('a worklet that cannot be loaded has its own name', async () => {
  const error = await failure(
    openMicrophone().pipe(
      switchMap(({ stream }) => openCapture({ stream, targetRate: RATE, workletUrl: '/nowhere/' }).pipe(ignoreElements())),
    ),
  );
  expect(error.code).toBe('worklet-failed');
});
