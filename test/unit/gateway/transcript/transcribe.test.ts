import { from, Subject } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SoundPiece } from '../../../../demo/server/media/media-stream.ts';
import { LanguageNotHeardError } from '../../../../demo/server/rtstream/transcript/allowed-languages.ts';
import { transcribe, transcribeRecording } from '../../../../demo/server/rtstream/transcript/transcribe.ts';
import type { TranscribeDeps } from '../../../../demo/server/rtstream/transcript/transcribe.ts';
import type { FinalLine, TranscriptEvent } from '../../../../demo/server/rtstream/transcript/transcript-event.ts';
import { fakeEngines, silence, speech } from '../../../support/fake-engines.ts';

const T0 = 1_700_000_000_000;
const PIECE = 320;

/** 20 ms pieces of sound on a steady clock. */
function pieces(atMs: number, ...parts: readonly Int16Array[]): readonly SoundPiece[] {
  const all = Int16Array.from(parts.flatMap((part) => [...part]));
  return Array.from({ length: Math.floor(all.length / PIECE) }, (_, index) => ({
    atMs: atMs + (index * PIECE) / 16,
    pcm: all.slice(index * PIECE, (index + 1) * PIECE),
    cut: index === 0,
  }));
}

interface Told {
  readonly events: TranscriptEvent[];
  readonly finals: FinalLine[];
  readonly failures: unknown[];
  readonly dropped: [string, number][];
  readonly done: Promise<void>;
  readonly sound$: Subject<SoundPiece>;
  stop(): void;
}

function listen(deps: TranscribeDeps): Told {
  const sound$ = new Subject<SoundPiece>();
  const told: Omit<Told, 'done' | 'stop'> = { events: [], finals: [], failures: [], dropped: [], sound$ };
  let settle: { resolve(): void; reject(cause: unknown): void } | null = null;
  const done = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  done.catch(() => undefined);
  const subscription = transcribe(sound$, {
    onFailure: (cause) => told.failures.push(cause),
    onDropped: (what, count) => told.dropped.push([what, count]),
    ...deps,
  }).subscribe({
    next: (event) => {
      told.events.push(event);
      if (event.type === 'final') told.finals.push(event);
    },
    error: (cause: unknown) => settle?.reject(cause),
    complete: () => settle?.resolve(),
  });
  return { ...told, done, stop: () => subscription.unsubscribe() };
}

/** As fast as it is judged. */
async function feed(told: Told, all: readonly SoundPiece[]): Promise<void> {
  for (const [index, piece] of all.entries()) {
    told.sound$.next(piece);
    if (index % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function whole(deps: TranscribeDeps, all: readonly SoundPiece[]): Promise<Told> {
  const told = listen(deps);
  await feed(told, all);
  told.sound$.complete();
  await told.done;
  return told;
}

const near = (ms: number | undefined, expected: number, by = 40): void =>
  expect(Math.abs((ms ?? NaN) - expected), `${String(ms)} is not ${String(expected)}`).toBeLessThanOrEqual(by);

afterEach(() => {
  vi.useRealTimers();
});

describe('transcribe', () => {
  const script = ['the meeting begins now', 'we talk about money. then we go home.', 'hola a todos'];

  it('tells a growing sentence and its final under one name, on the clock of the stream', async () => {
    const engines = fakeEngines({ script, hearMs: 0 });
    const told = await whole({ engines }, pieces(T0, silence(1000), speech(0, 1500), silence(800)));
    const first = told.events.find(({ type }) => type !== 'heard');
    expect(first).toMatchObject({ type: 'interim', language: 'en' });
    expect(told.finals).toHaveLength(1);
    const [final] = told.finals;
    expect(final).toMatchObject({ text: 'the meeting begins now', language: 'en' });
    expect(final?.line).toMatch(/^ln-[0-9a-f-]{36}$/);
    expect(new Set(told.events.flatMap((event) => ('line' in event ? [event.line] : [])))).toEqual(new Set([final?.line]));
    near(final?.startMs, T0 + 1000);
    near(final?.endMs, T0 + 2500);
    expect(told.failures).toEqual([]);
  });

  it('tells each word its time, said to be estimated, in order and within its line', async () => {
    const engines = fakeEngines({ script, hearMs: 0 });
    const { finals } = await whole({ engines }, pieces(T0, silence(500), speech(0, 1500), silence(800)));
    const words = finals[0]?.words ?? [];
    expect(words.map(({ text }) => text)).toEqual(['the', 'meeting', 'begins', 'now']);
    expect(words.every(({ estimated }) => estimated === true)).toBe(true);
    near(words[0]?.startMs, T0 + 500);
    near(words.at(-1)?.endMs, T0 + 2000);
    for (const [index, word] of words.entries()) {
      expect(word.endMs).toBeGreaterThan(word.startMs);
      expect(word.startMs).toBe(words[index - 1]?.endMs ?? word.startMs);
    }
  });

  it('takes the times of an engine that knows them', async () => {
    const engines = fakeEngines({ script: ['good morning'], hearMs: 0 });
    const { transcribe: hear } = engines.hear;
    engines.hear.transcribe = async (pcm, options) => ({
      ...(await hear(pcm, options)),
      words: [
        { text: 'good', startMs: 300, endMs: 700 },
        { text: 'morning', startMs: 800, endMs: 1300 },
      ],
    });
    const { finals } = await whole({ engines }, pieces(T0, silence(1000), speech(0, 1000), silence(800)));
    // What was heard begins 300 ms before the speech.
    near(finals[0]?.words[0]?.startMs, T0 + 1000);
    near(finals[0]?.words[1]?.startMs, T0 + 1500);
    expect(finals[0]?.words.some(({ estimated }) => estimated === true)).toBe(false);
  });

  it('makes each sentence of a breath a line of its own', async () => {
    const engines = fakeEngines({ script, hearMs: 0 });
    const { finals } = await whole({ engines }, pieces(T0, speech(1, 2000), silence(800)));
    expect(finals.map(({ text }) => text)).toEqual(['we talk about money.', 'then we go home.']);
    expect(finals[1]?.startMs).toBe(finals[0]?.endMs);
    expect(new Set(finals.map(({ line }) => line)).size).toBe(2);
  });

  it('ends a sentence where the source was away, and goes on by its new clock', async () => {
    const engines = fakeEngines({ script, hearMs: 0 });
    const { finals } = await whole({ engines }, [
      ...pieces(T0, silence(300), speech(0, 800)),
      // No silence before or after: only the cut parts them. Half a minute is gone.
      ...pieces(T0 + 31_100, speech(1, 2000), silence(700)),
    ]);
    expect(finals.map(({ text }) => text)).toEqual([script[0], 'we talk about money.', 'then we go home.']);
    near(finals[0]?.startMs, T0 + 300);
    near(finals[0]?.endMs, T0 + 1100);
    near(finals[1]?.startMs, T0 + 31_100);
    near(finals[2]?.endMs, T0 + 33_100);
  });

  it('ends a sentence when no more sound comes', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    const engines = fakeEngines({ script, hearMs: 0 });
    const told = listen({ engines });
    await feed(told, pieces(T0, silence(200), speech(0, 800)));
    expect(told.finals).toEqual([]);
    vi.advanceTimersByTime(2100);
    await vi.waitFor(() => expect(told.finals).toHaveLength(1));
    near(told.finals[0]?.endMs, T0 + 1000);
    told.stop();
  });

  it('cuts what has no pause before 20 s and tells all of it', async () => {
    const engines = fakeEngines({ script, hearMs: 0 });
    const { finals } = await whole({ engines }, pieces(T0, speech(0, 45_000), silence(800)));
    expect(finals).toHaveLength(3);
    for (const { startMs, endMs } of finals) expect(endMs - startMs).toBeLessThanOrEqual(20_000);
    near(finals.at(-1)?.endMs, T0 + 45_000);
  });

  it('loses no final to an engine that is busy, dies or is restarted', async () => {
    const engines = fakeEngines({ script, hearMs: 0 });
    const { transcribe: hear } = engines.hear;
    let calls = 0;
    engines.hear.transcribe = (pcm, options) => {
      if (options.interim !== true && calls++ % 3 !== 2) engines.fail.set('hear', calls % 3 === 1 ? 'busy' : 'failed');
      return hear(pcm, options);
    };
    const said = [speech(0, 800), silence(700), speech(1, 2000), silence(700), speech(2, 800), silence(700)];
    const { finals } = await whole({ engines, language: 'en' }, pieces(T0, ...said));
    expect(finals.map(({ text }) => text)).toEqual([script[0], 'we talk about money.', 'then we go home.', script[2]]);
  });

  it('judges what came while voice activity was restarted', async () => {
    const engines = fakeEngines({ script, hearMs: 0 });
    const told = listen({ engines });
    await feed(told, pieces(T0, silence(300), speech(0, 400)));
    engines.fail.set('activity', 'failed');
    await feed(
      told,
      [...pieces(T0 + 700, speech(0, 800), silence(700), speech(1, 1500), silence(700))].map((piece) => ({
        ...piece,
        cut: false,
      })),
    );
    told.sound$.complete();
    await told.done;
    expect(told.failures).toHaveLength(1);
    expect(told.finals.map(({ text }) => text)).toEqual([script[0], 'we talk about money.', 'then we go home.']);
    near(told.finals[0]?.endMs, T0 + 1500);
  });

  it('falls back on what was heard while it grew when the engine cannot do it', async () => {
    const engines = fakeEngines({ script, hearMs: 0 });
    const { transcribe: hear } = engines.hear;
    engines.hear.transcribe = (pcm, options) =>
      options.interim === true ? hear(pcm, options) : Promise.reject(new Error('never'));
    const { finals, failures } = await whole({ engines }, pieces(T0, speech(0, 1200), silence(800)));
    expect(finals[0]?.text).toMatch(/^the meeting/);
    expect(failures).toHaveLength(1);
  });

  it('takes back what turned out to be noise', async () => {
    const engines = fakeEngines({ script, hearMs: 0 });
    const { transcribe: hear } = engines.hear;
    engines.hear.transcribe = (pcm, options) =>
      options.interim === true ? hear(pcm, options) : Promise.resolve({ text: '', language: 'en' });
    const { events, finals } = await whole({ engines }, pieces(T0, speech(0, 1200), silence(800)));
    expect(finals).toEqual([]);
    expect(events.findLast(({ type }) => type === 'interim')).toMatchObject({ text: '' });
  });

  it('translates each final into each language, and none into its own', async () => {
    const engines = fakeEngines({ script, hearMs: 0, pairs: [{ from: 'en', to: 'es' }] });
    const { events, finals } = await whole(
      { engines, translateTo: ['es-MX', 'en', 'fr'] },
      pieces(T0, speech(0, 1200), silence(800)),
    );
    expect(events.filter(({ type }) => type === 'translation')).toEqual([
      { type: 'translation', line: finals[0]?.line, language: 'es-MX', text: 'es(the meeting begins now)' },
    ]);
  });

  it('does not wait for a translation with the next line', async () => {
    const engines = fakeEngines({ script, hearMs: 0, pairs: null });
    const { translate } = engines;
    if (translate == null) throw new Error('nothing translates');
    const waiting: (() => void)[] = [];
    translate.translate = (text) => new Promise((resolve) => waiting.push(() => resolve(`es ${text}`)));
    const told = listen({ engines, translateTo: ['es'] });
    const each = [speech(0, 800), silence(700)];
    await feed(told, pieces(T0, ...Array.from({ length: 9 }, () => each).flat()));
    await vi.waitFor(() => expect(told.finals).toHaveLength(9));
    expect(told.events.filter(({ type }) => type === 'translation')).toEqual([]);
    told.sound$.complete();
    await vi.waitFor(() => {
      for (const go of waiting.splice(0)) go();
      expect(told.events.filter(({ type }) => type === 'translation')).toHaveLength(9);
    });
    await told.done;
  });

  it('tells languages apart where several are allowed, and refuses one that is not heard', async () => {
    const engines = fakeEngines({ script, hearMs: 0, languages: ['en', 'es'], spokenIn: ['en', 'en', 'es'] });
    const all = pieces(T0, speech(0, 1200), silence(800), speech(2, 1200), silence(800));
    expect((await whole({ engines, language: 'en-GB,es' }, all)).finals.map(({ language }) => language)).toEqual(['en-GB', 'es']);
    expect((await whole({ engines, language: 'auto' }, all)).finals.map(({ language }) => language)).toEqual(['en', 'es']);
    await expect(listen({ engines, language: 'fr' }).done).rejects.toThrow(LanguageNotHeardError);
  });

  it('tells how far everything was heard, never past a final that is to come', async () => {
    const engines = fakeEngines({ script, hearMs: 30 });
    const { events } = await whole(
      { engines },
      pieces(T0, silence(3000), speech(0, 1500), silence(3000), speech(2, 900), silence(600)),
    );
    let toMs = -Infinity;
    for (const event of events) {
      if (event.type === 'final') expect(event.startMs).toBeGreaterThanOrEqual(toMs);
      if (event.type !== 'heard') continue;
      expect(event.toMs).toBeGreaterThan(toMs);
      toMs = event.toMs;
    }
    near(toMs, T0 + 9000);
  });

  it('leaves out sound, and says so, when the engines stand still for minutes', () => {
    const engines = fakeEngines({ script, hearMs: 0 });
    engines.activity.open = () => ({ push: () => new Promise(() => undefined), reset: () => undefined, close: () => undefined });
    const told = listen({ engines });
    const second = silence(1000);
    for (let at = 0; at < 310; at++) told.sound$.next({ atMs: T0 + 1000 * at, pcm: second, cut: false });
    expect(told.dropped.length).toBeGreaterThan(0);
    expect(told.dropped.every(([what, ms]) => what === 'sound' && ms === 1000)).toBe(true);
    told.stop();
  });

  it('tells nothing after it was unsubscribed', async () => {
    const engines = fakeEngines({ script, hearMs: 20 });
    const told = listen({ engines });
    await feed(told, pieces(T0, speech(0, 1200), silence(800)));
    told.stop();
    const count = told.events.length;
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(told.events).toHaveLength(count);
  });

  it('of a recording tells finals alone and takes sound as there is room for it', async () => {
    const engines = fakeEngines({ script, hearMs: 1 });
    let taken = 0;
    let ahead = 0;
    const events: TranscriptEvent[] = [];
    const sound = async function* (): AsyncGenerator<SoundPiece> {
      for (let at = 0; at < 60; at++) {
        for (const piece of pieces(T0 + at * 2000, speech(0, 1000), silence(1000))) {
          taken++;
          yield { ...piece, cut: at === 0 && piece.atMs === T0 };
        }
        const told = events.filter(({ type }) => type === 'final').length;
        ahead = Math.max(ahead, at - told);
        await Promise.resolve();
      }
    };
    await new Promise<void>((resolve, reject) => {
      transcribeRecording(sound(), { engines }).subscribe({
        next: (event) => events.push(event),
        error: reject,
        complete: resolve,
      });
    });
    expect(taken).toBe(6000);
    expect(events.filter(({ type }) => type === 'interim')).toEqual([]);
    expect(events.filter(({ type }) => type === 'final')).toHaveLength(60);
    expect(ahead).toBeLessThan(20);
  });

  it('gives many streams their turn: none waits for another to end', async () => {
    const engines = fakeEngines({ script, hearMs: 4 });
    const lanes = 12;
    const order: number[] = [];
    const streams = Array.from({ length: lanes }, (_, index) => {
      const told = listen({ engines });
      told.sound$.subscribe();
      return { told, index };
    });
    await Promise.all(
      streams.map(async ({ told, index }) => {
        await feed(told, pieces(T0, ...Array.from({ length: 3 }, () => [speech(0, 800), silence(600)]).flat()));
        told.sound$.complete();
        await told.done;
        order.push(index);
      }),
    );
    for (const { told } of streams) expect(told.finals).toHaveLength(3);
    expect(order).toHaveLength(lanes);
  });

  it('passes on what the source failed of, after what was said', async () => {
    const engines = fakeEngines({ script, hearMs: 0 });
    const told = listen({ engines });
    await feed(told, pieces(T0, speech(0, 800)));
    told.sound$.error(new Error('gone'));
    await expect(told.done).rejects.toThrow('gone');
    expect(told.finals).toHaveLength(1);
  });
});

it('takes any Observable', async () => {
  const engines = fakeEngines({ hearMs: 0 });
  const finals: string[] = [];
  await new Promise<void>((resolve) => {
    transcribe(from(pieces(T0, speech(0, 1200), silence(800))), { engines }).subscribe({
      next: (event) => {
        if (event.type === 'final') finals.push(event.text);
      },
      complete: resolve,
    });
  });
  expect(finals).toEqual(['what are your opening hours?']);
});
