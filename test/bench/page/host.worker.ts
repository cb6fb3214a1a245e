import { Observable, Subject } from 'rxjs';
import type { CaptureFrame, PlaybackEvent } from '../../../worklets/messages.ts';
import { voiceActivity, type VoiceFrame } from '../../../src/pipelines/voice-activity.ts';
import type { FromHost, Heard, Pieces, ToHost } from './messages.ts';

/** Stands where the voice host stands: a Worker that the worklet's port leads to. */

const now = (): number => performance.timeOrigin + performance.now();

class Collection {
  readonly #arrivals: number[] = [];
  readonly #parts: Int16Array[] = [];

  add(part: Int16Array): void {
    this.#arrivals.push(now());
    this.#parts.push(part);
  }

  whole(): Pieces {
    const counts = this.#parts.map(({ length }) => length);
    const pcm = new Int16Array(counts.reduce((sum, count) => sum + count, 0));
    let at = 0;
    for (const part of this.#parts) {
      pcm.set(part, at);
      at += part.length;
    }
    return { arrivals: this.#arrivals, counts, pcm };
  }
}

const frames = new Collection();
const reference = new Collection();
const heard: Heard[] = [];

function collectFrames(port: MessagePort): void {
  port.onmessage = ({ data }: MessageEvent<CaptureFrame>) => {
    frames.add(new Int16Array(data.pcm));
  };
}

async function collectReference(readable: ReadableStream<AudioData>): Promise<void> {
  const reader = readable.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const samples = new Float32Array(next.value.numberOfFrames);
    next.value.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
    next.value.close();
    reference.add(Int16Array.from(samples, (sample) => Math.round(sample * 32_768)));
  }
}

/** How long the next answer waits after one was cut. */
const PAUSE_MS = 1_500;

/** The rule of audio.md §4: duck on the first hit, cut on confirmation. An answer is always under way. */
function barge(framePort: MessagePort, playback: MessagePort, answer: Int16Array<ArrayBuffer>): void {
  const playback$ = new Subject<{ readonly playing: boolean; readonly level: number }>();
  let item = 0;
  const speak = (): void => {
    const pcm = answer.slice().buffer;
    playback.postMessage({ type: 'play', itemId: String(++item), contentIndex: 0, rate: 16_000, pcm }, [pcm]);
    playback.postMessage({ type: 'end', itemId: String(item) });
  };
  playback.onmessage = ({ data }: MessageEvent<PlaybackEvent>) => {
    if (data.type === 'position') playback$.next(data);
    else if (data.type === 'finished') speak();
    else if (data.type === 'flushed') setTimeout(speak, PAUSE_MS);
  };
  const frames$ = new Observable<VoiceFrame>((subscriber) => {
    framePort.onmessage = ({ data }: MessageEvent<CaptureFrame>) => {
      subscriber.next({ pcm: new Int16Array(data.pcm), at: data.at, level: data.level });
    };
  });
  let playing = false;
  playback$.subscribe((state) => (playing = state.playing));
  voiceActivity({ rate: 16_000, frames$, playback$ }).subscribe(({ type }) => {
    heard.push({ type, at: now() });
    if (!playing) return;
    if (type === 'maybe') playback.postMessage({ type: 'duck', gain: 0.1, ms: 10 });
    else if (type === 'speech') playback.postMessage({ type: 'flush', id: heard.length });
    if (type !== 'maybe') playback.postMessage({ type: 'duck', gain: 1, ms: 0 });
  });
  speak();
}

addEventListener('message', ({ data }: MessageEvent<ToHost>) => {
  if (data.type === 'frames') collectFrames(data.port);
  else if (data.type === 'reference') void collectReference(data.readable);
  else if (data.type === 'barge') barge(data.frames, data.playback, data.answer);
  else postMessage({ frames: frames.whole(), reference: reference.whole(), heard } satisfies FromHost);
});
