import { firstValueFrom, fromEvent, map, take, timeout, toArray, type Observable } from 'rxjs';
import { expect, test } from 'vitest';
import type { CaptureFrame, PlaybackEvent } from '../../../worklets/messages.ts';
import { acquireContext, unlock } from '../../../src/audio/context.ts';
import { openCapture } from '../../../src/audio/capture.ts';
import { openPlayback } from '../../../src/audio/playback.ts';

/** The real worklets in a real context: a tone goes in and comes out. */

const messages = <T>(port: MessagePort): Observable<T> => {
  port.start();
  return fromEvent<MessageEvent<T>>(port, 'message').pipe(map(({ data }) => data));
};

function toneStream(context: AudioContext, frequency: number): { readonly stream: MediaStream; stop(): void } {
  const tone = new OscillatorNode(context, { frequency });
  const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  const half = new GainNode(context, { gain: 0.5 });
  tone.connect(half).connect(out);
  tone.start();
  return {
    stream: out.stream,
    stop: () => {
      tone.stop();
    },
  };
}

/** Upward zero crossings a second. */
function pitch(pcm: Int16Array, rate: number): number {
  let crossings = 0;
  for (let index = 1; index < pcm.length; index++) if (pcm[index - 1]! < 0 && pcm[index]! >= 0) crossings++;
  return (crossings * rate) / pcm.length;
}

test('a tone becomes 20 ms frames at 16 kHz, on a clock without holes', async () => {
  const held = acquireContext();
  const context = await firstValueFrom(held);
  const hold = held.subscribe();
  const { stream, stop } = toneStream(await firstValueFrom(held), 1000);
  const capture$ = openCapture({ stream, targetRate: 16_000 });
  const frames = await new Promise<readonly CaptureFrame[]>((resolve, reject) => {
    const open = capture$.subscribe({
      next: ({ port }) => {
        messages<CaptureFrame>(port)
          .pipe(take(40), toArray(), timeout(5_000))
          .subscribe({
            next: (all) => {
              resolve(all);
              queueMicrotask(() => {
                open.unsubscribe();
              });
            },
            error: reject,
          });
      },
      error: reject,
    });
  });
  stop();
  hold.unsubscribe();
  expect(frames.every(({ pcm }) => pcm.byteLength === 640)).toBe(true);
  frames.slice(1).forEach(({ at }, index) => {
    expect(at).toBe(frames[index]!.at + 320);
  });
  const sound = new Int16Array(20 * 320);
  frames.slice(20).forEach(({ pcm }, index) => {
    sound.set(new Int16Array(pcm), index * 320);
  });
  expect(Math.abs(pitch(sound, 16_000) - 1000)).toBeLessThan(5);
  expect(frames.at(-1)!.level).toBeGreaterThan(0.3);
  expect(context.state).toBe('closed');
});

test('what is played is told: started, positions, finished, and every sample counted', async () => {
  const tone = Int16Array.from({ length: 12_000 }, (_, index) => Math.round(9000 * Math.sin((2 * Math.PI * 440 * index) / 24_000)));
  const events = await new Promise<readonly PlaybackEvent[]>((resolve, reject) => {
    const open = openPlayback().subscribe({
      next: ({ port }) => {
        const seen: PlaybackEvent[] = [];
        messages<PlaybackEvent>(port)
          .pipe(timeout(5_000))
          .subscribe({
            next: (event) => {
              seen.push(event);
              if (event.type === 'position' && !event.playing) {
                resolve(seen);
                queueMicrotask(() => {
                  open.unsubscribe();
                });
              }
            },
            error: reject,
          });
        port.postMessage({ type: 'play', itemId: 'a', contentIndex: 0, rate: 24_000, pcm: tone.buffer }, [tone.buffer]);
        port.postMessage({ type: 'end', itemId: 'a' });
      },
      error: reject,
    });
    unlock().catch(reject);
  });
  expect(events[0]).toMatchObject({ type: 'started', itemId: 'a' });
  expect(events.filter(({ type }) => type === 'underrun')).toEqual([]);
  expect(events.filter(({ type }) => type === 'finished')).toHaveLength(1);
  expect(events.at(-1)).toMatchObject({ type: 'position', rendered: 12_000, received: 12_000, rate: 24_000, playing: false });
});

test('unsubscribing stops the tracks of an opened microphone', async () => {
  const { openMicrophone } = await import('../../../src/audio/microphone.ts');
  const microphone$ = openMicrophone();
  const track = await new Promise<MediaStreamTrack>((resolve, reject) => {
    const open = microphone$.subscribe({
      next: ({ stream, granted }) => {
        expect(granted.echoCancellation).toBe(true);
        resolve(stream.getAudioTracks()[0]!);
        queueMicrotask(() => {
          open.unsubscribe();
        });
      },
      error: reject,
    });
  });
  await expect.poll(() => track.readyState).toBe('ended');
});
