import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { map, of, type Observable } from 'rxjs';
import { describe, expect, test } from 'vitest';
import { VoiceDetector, voiceActivity, type VoiceActivityEvent } from '../../../src/pipelines/voice-activity.ts';
import { marbles } from '../../support/marbles.ts';
import { noises } from '../../support/noises.ts';
import { noise, rms } from '../../support/signals.ts';
import { readWav } from '../../support/wav.ts';

const RATE = 16_000;
const FRAME = 320;

/** A vowel: a pitch and its overtones, louder around 600 and 1700 Hz. */
const vowel = (seconds: number, amplitude = 0.2, pitch = 130, rate = RATE): Float64Array => {
  const out = new Float64Array(rate * seconds);
  for (let harmonic = 1; harmonic * pitch < 3_500; harmonic++) {
    const frequency = harmonic * pitch;
    const gain = 1 / (1 + ((frequency - 600) / 300) ** 2) + 0.5 / (1 + ((frequency - 1_700) / 300) ** 2);
    for (let index = 0; index < out.length; index++)
      out[index]! += gain * Math.sin((2 * Math.PI * frequency * index) / rate + harmonic);
  }
  const loud = rms(out);
  return out.map((sample) => (sample / loud) * amplitude);
};

const room = (seconds: number, level = 0.0005, rate = RATE): Float64Array => {
  const next = noise(5);
  return Float64Array.from({ length: rate * seconds }, () => next() * level * 1.7);
};

const join2 = (...parts: readonly Float64Array[]): Float64Array => Float64Array.from(parts.flatMap((part) => [...part]));
const plus = (a: Float64Array, b: Float64Array): Float64Array => a.map((sample, index) => sample + (b[index] ?? 0));

interface Told {
  readonly type: VoiceActivityEvent['type'];
  readonly at: number;
  /** ms, the end of the frame that told. */
  readonly ms: number;
}

function listen(
  sound: Float64Array,
  playback?: (seconds: number) => { playing: boolean; level: number },
  rate = RATE,
): readonly Told[] {
  const detector = new VoiceDetector(rate);
  const frame = rate / 50;
  const told: Told[] = [];
  for (let at = 0; at + frame <= sound.length; at += frame) {
    if (playback !== undefined && at % (frame * 5) === 0) detector.playback(playback(at / rate));
    const pcm = Int16Array.from({ length: frame }, (_, index) => Math.round(sound[at + index]! * 32_767));
    const event = detector.hear({ pcm, at, level: 0 });
    if (event !== null) told.push({ ...event, ms: ((at + frame) * 1000) / rate });
  }
  return told;
}

const types = (told: readonly Told[]): string => told.map(({ type }) => type).join(' ');

describe('nothing is played', () => {
  test.each([75, 130, 220, 380])(
    'a voice at %i Hz is a maybe within 40 ms, speech within 80, silence 400 ms after its end',
    (pitch) => {
      const told = listen(join2(room(1), vowel(0.6, 0.2, pitch), room(1)));
      expect(types(told)).toBe('maybe speech silence');
      expect(told[0]!.ms).toBeLessThanOrEqual(1_040);
      expect(told[1]!.ms).toBeLessThanOrEqual(1_080);
      expect(told[1]!.at).toBe(told[0]!.at);
      expect(told[2]!.ms).toBeGreaterThanOrEqual(1_600 + 380);
      expect(told[2]!.ms).toBeLessThanOrEqual(1_600 + 480);
    },
  );

  test.each([8_000, 24_000, 48_000])('also at %i Hz', (rate) => {
    const told = listen(join2(room(1, 0.0005, rate), vowel(0.6, 0.2, 130, rate), room(1, 0.0005, rate)), undefined, rate);
    expect(types(told)).toBe('maybe speech silence');
  });

  test('the pauses of a sentence do not end it', () => {
    const told = listen(join2(room(1), vowel(0.3), room(0.3), vowel(0.3), room(0.3), vowel(0.3), room(1)));
    expect(types(told)).toBe('maybe speech silence');
  });

  test('20 ms of voice are a maybe and no more', () => {
    const told = listen(join2(room(1), vowel(0.02), room(1)));
    expect(types(told)).not.toContain('speech');
  });

  test.each(Object.keys(noises))('%s is not speech', (name) => {
    const sound = noises[name]!(RATE, 20);
    const gain = Math.min(0.05 / rms(sound), 0.5);
    const taken = listen(sound.map((sample) => sample * gain)).filter(({ type }) => type === 'speech');
    // A knock that falls onto the end of a frame stands in the next one: some of the 40 pass.
    expect(taken.length).toBeLessThanOrEqual(name === 'knocks on wood' ? 4 : 0);
  });

  test('speech is heard through noise 10 dB below it', () => {
    const told = listen(
      plus(
        join2(room(1), vowel(0.5), room(1)),
        noises['white']!(RATE, 2.5).map((sample) => sample * 0.11),
      ),
    );
    expect(types(told)).toContain('speech');
  });

  test('a better judge overrules the pitch, both ways', () => {
    const judged = (sound: Float64Array, probability: number): string => {
      const detector = new VoiceDetector(RATE);
      const told: string[] = [];
      for (let at = 0; at + FRAME <= sound.length; at += FRAME) {
        const pcm = Int16Array.from(sound.subarray(at, at + FRAME), (sample) => Math.round(sample * 32_767));
        const event = detector.hear({ pcm, at, level: 0, probability });
        if (event !== null) told.push(event.type);
      }
      return told.join(' ');
    };
    expect(judged(vowel(0.5), 0.2)).toBe('');
    expect(judged(room(0.5, 0.05), 0.9)).toBe('maybe speech');
  });

  test('silence and broken frames are survived', () => {
    const detector = new VoiceDetector(RATE);
    expect(detector.hear({ pcm: new Int16Array(FRAME), at: 0, level: 0 })).toBeNull();
    expect(detector.hear({ pcm: new Int16Array(0), at: 320, level: 0 })).toBeNull();
    expect(detector.hear({ pcm: new Int16Array(FRAME).fill(-32_768), at: 320, level: 1 })).toBeNull();
  });
});

describe('while an answer is played', () => {
  const folder = join(import.meta.dirname, '../../fixtures/speech');
  const played = join2(
    ...readdirSync(folder)
      .filter((name) => name.endsWith('.wav'))
      .map((name) => Float64Array.from(readWav(readFileSync(join(folder, name))).pcm, (sample) => sample / 32_768)),
  );
  const telling = (seconds: number): { playing: boolean; level: number } => {
    const end = Math.round(seconds * RATE);
    return { playing: true, level: end === 0 ? 0 : rms(played, Math.max(0, end - RATE / 10), end) };
  };
  const echo = (gainDb: number, delayMs: number): Float64Array =>
    plus(
      played.map((_, index) => (played[index - (delayMs * RATE) / 1000] ?? 0) * 10 ** (gainDb / 20)),
      room(played.length / RATE),
    );

  test.each([20, 60, 200])('complaint 1: its echo at −20 dB, %i ms late, interrupts nothing in 25 s', (delayMs) => {
    expect(listen(echo(-20, delayMs), telling).filter(({ type }) => type === 'speech')).toEqual([]);
  });

  test('without the gate the same echo would interrupt', () => {
    expect(types(listen(echo(-20, 60)))).toContain('speech');
  });

  test.each([5, 15])('a voice over it interrupts within 100 ms, %i s into it', (start) => {
    const over = new Float64Array(played.length);
    over.set(vowel(0.5, 0.15), start * RATE);
    const told = listen(plus(echo(-30, 60), over), telling).filter(({ type }) => type === 'speech');
    expect(told.map(({ ms }) => ms)).toEqual([expect.toSatisfy((ms: number) => ms >= start * 1000 && ms <= start * 1000 + 100)]);
  });

  test('half a second after it has ended a soft voice counts again', () => {
    const stops = (seconds: number): { playing: boolean; level: number } => ({
      playing: seconds < 2,
      level: seconds < 2 ? 0.3 : 0,
    });
    const soft = join2(room(2.1), vowel(0.3, 0.02), room(0.5));
    expect(types(listen(soft, stops))).toBe('');
    expect(types(listen(join2(room(2.7), vowel(0.3, 0.02), room(1)), stops))).toBe('maybe speech silence');
  });
});

describe('as a stream', () => {
  const sound = join2(room(0.5), vowel(0.2), room(0.6));
  const frames = Array.from({ length: sound.length / FRAME }, (_, index) => ({
    pcm: Int16Array.from(sound.subarray(index * FRAME, (index + 1) * FRAME), (sample) => Math.round(sample * 32_767)),
    at: index * FRAME,
    level: 0,
  }));

  test('it tells when the frame that shows it arrives, and completes with its frames', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const diagram = frames.map((_, index) => `${String.fromCharCode(0x100 + index)} 19ms`).join(' ');
      const values = Object.fromEntries(frames.map((frame, index) => [String.fromCharCode(0x100 + index), frame]));
      const frames$ = cold(`${diagram} |`, values);
      const playback$ = hot<{ playing: boolean; level: number }>('p', { p: { playing: false, level: 0 } });
      const types$: Observable<string> = voiceActivity({ rate: RATE, frames$, playback$ }).pipe(map(({ type }) => type));
      expectObservable(types$, '^ 2s !').toBe('500ms m 19ms s 579ms q', { m: 'maybe', s: 'speech', q: 'silence' });
      expectSubscriptions(frames$.subscriptions).toBe('^ 1299ms !');
      expectSubscriptions(playback$.subscriptions).toBe('^ 2s !');
    });
  });

  test('every subscription listens anew', () => {
    const told: string[][] = [[], []];
    const activity$ = voiceActivity({ rate: RATE, frames$: of(...frames), playback$: of() });
    told.forEach((words) => activity$.subscribe(({ type }) => words.push(type)));
    expect(told[0]).toEqual(['maybe', 'speech', 'silence']);
    expect(told[1]).toEqual(told[0]);
  });
});
