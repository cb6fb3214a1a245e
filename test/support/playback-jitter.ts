import { PlaybackQueue } from '../../worklets/kernels/playback-queue.ts';
import { noise } from './signals.ts';

/** Plays utterances that arrive over a wire with jitter, and counts what the listener would notice. */

export interface Wire {
  /** Times real time. */
  readonly speed: number;
  /** Each frame of 20 ms is late by up to this, in order. */
  readonly jitterMs: number;
}

export interface Played {
  readonly gaps: number;
  /** From the arrival of the first frame to its sound, ms. */
  readonly startMs: number;
  /** Samples sent and not rendered. */
  readonly lost: number;
}

const RATE = 16_000;
/** 8 s */
const FRAMES = 400;

/** One queue plays `utterances` one after the other, as in one session. */
export function playOver({ speed, jitterMs }: Wire, utterances: number, seed: number): readonly Played[] {
  const random = noise(seed);
  let dry = 0;
  let rendered = -1;
  let startedAt = 0;
  let clockMs = 0;
  const queue = new PlaybackQueue(RATE, {
    started: () => (startedAt = clockMs),
    finished: (item) => (rendered = item.rendered),
    ranDry: () => dry++,
  });
  const quantum = new Float32Array(128);
  const frame = new Int16Array(320);
  return Array.from({ length: utterances }, (_, utterance) => {
    const id = String(utterance);
    const start = clockMs;
    const arrivals: number[] = [];
    for (let index = 0; index < FRAMES; index++) {
      const arrival = start + (index * 20) / speed + ((random() + 1) / 2) * jitterMs;
      arrivals.push(Math.max(arrival, arrivals.at(-1) ?? 0));
    }
    const before = dry;
    rendered = -1;
    for (let received = 0; rendered < 0; clockMs += (quantum.length * 1000) / RATE) {
      for (; (arrivals[received] ?? Infinity) <= clockMs; received++) queue.play(id, 0, RATE, frame, clockMs);
      if (received === FRAMES) queue.end(id);
      queue.render(quantum);
    }
    return { gaps: dry - before, startMs: startedAt - (arrivals[0] ?? 0), lost: FRAMES * frame.length - rendered };
  });
}

export const clean = (played: readonly Played[]): number => played.filter(({ gaps }) => gaps === 0).length / played.length;
