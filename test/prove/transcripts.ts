import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Subject } from 'rxjs';
import { pino } from 'pino';
import { readConfig } from '../../demo/server/config.ts';
import { createEngines } from '../../demo/server/engines/engines.ts';
import type { SoundPiece } from '../../demo/server/media/media-stream.ts';
import { transcribe, transcribeRecording } from '../../demo/server/rtstream/transcript/transcribe.ts';
import type { FinalLine, TranscriptEvent } from '../../demo/server/rtstream/transcript/transcript-event.ts';
import { voicedStretches } from '../../demo/server/rtstream/transcript/voiced.ts';
import { estimatedWords } from '../../demo/server/rtstream/transcript/word-times.ts';
import { recordedSpeech, type Clip } from '../engines/here.ts';
import { laid, speechEdges } from '../engines/laid.ts';
import { errorRate } from '../engines/words.ts';
import { noise } from '../support/signals.ts';

/**
 * `npm run prove:transcripts`: recorded people as live streams, one and several at once, with the real engines: word errors beside those of
 * the engine alone on each clip, where lines begin and end against the sound's energy, how late words come, and how fast a recording is
 * transcribed.
 */

const RATE = 16_000;
const PIECE_MS = 20;
const GAP_MS = 1400;
const signal = new AbortController().signal;

const engines = await createEngines(readConfig({ MODELS_DIR: join(homedir(), '.cache', 'viva-voce'), ...process.env }, 0), {
  log: pino({ level: 'silent' }),
});
await Promise.all([engines.hear.warm(), engines.activity.warm()]);
const clipsOf = {
  en: await recordedSpeech(),
  es: (await recordedSpeech('languages')).filter(({ language }) => language === 'es'),
};

interface Seen {
  readonly event: TranscriptEvent;
  /** ms since the sound began. */
  readonly atMs: number;
}

/** Plays the clips at the pace they were spoken. */
async function live(clips: readonly Clip[], language: string, translateTo: readonly string[], seed: number) {
  const { pcm, starts } = laid(clips, GAP_MS, noise(seed));
  const sound$ = new Subject<SoundPiece>();
  const seen: Seen[] = [];
  const startedAt = performance.now();
  const over = new Promise<void>((resolve, reject) => {
    transcribe(sound$, { engines, language, translateTo }).subscribe({
      next: (event) => seen.push({ event, atMs: performance.now() - startedAt }),
      error: reject,
      complete: resolve,
    });
  });
  for (let atMs = 0; atMs * 16 < pcm.length; atMs += PIECE_MS) {
    await delay(Math.max(0, startedAt + atMs + PIECE_MS - performance.now()));
    sound$.next({ atMs, pcm: pcm.slice(atMs * 16, (atMs + PIECE_MS) * 16), cut: atMs === 0 });
  }
  sound$.complete();
  await over;
  return { starts, seen };
}

const percentile = (values: readonly number[], share: number): string => {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(0);
};
const spread = (values: readonly number[]): string =>
  `${percentile(values, 0.5)} / ${percentile(values, 0.95)} / ${percentile(values, 1)}`;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const alone = new Map<Clip, string>();
for (const [language, clips] of Object.entries(clipsOf))
  for (const clip of clips) alone.set(clip, (await engines.hear.transcribe(clip.pcm, { language, signal })).text);

console.log(
  'live, paced as spoken                     word errors       line begins / ends off, ms     first words       final after end   translation',
);
console.log(
  'streams   language   clips  lines   alone    stream    p50 / p95 / max                p50 / p95 / max   p50 / p95 / max   after final',
);
for (const [streams, language] of [
  [1, 'en'],
  [1, 'es'],
  [4, 'en'],
  [4, 'auto'],
] as const) {
  const clips = language === 'auto' ? [...clipsOf.en, ...clipsOf.es.slice(0, 4)] : clipsOf[language];
  const target = language === 'en' ? 'es' : 'en';
  const all = await Promise.all(
    Array.from({ length: streams }, (_, index) => live(clips, language, engines.translate == null ? [] : [target], index + 1)),
  );
  const begins: number[] = [];
  const ends: number[] = [];
  const first: number[] = [];
  const final: number[] = [];
  const translated: number[] = [];
  const pairs: (readonly [string, string])[] = [];
  let lines = 0;
  for (const { starts, seen } of all) {
    const finals = seen.filter((one): one is Seen & { event: FinalLine } => one.event.type === 'final');
    lines += finals.length;
    for (const { event, atMs } of seen) {
      if (event.type === 'translation')
        translated.push(atMs - (finals.find((one) => one.event.line === event.line)?.atMs ?? NaN));
    }
    for (const [index, clip] of clips.entries()) {
      const at = starts[index] ?? 0;
      const edges = speechEdges(clip.pcm);
      const own = finals.filter(({ event }) => event.endMs > at && event.startMs < at + clip.pcm.length / 16);
      pairs.push([clip.text, own.map(({ event }) => event.text).join(' ')]);
      if (own.length === 0) continue;
      begins.push(Math.abs((own[0]?.event.startMs ?? NaN) - at - edges.startMs));
      ends.push(Math.abs((own.at(-1)?.event.endMs ?? NaN) - at - edges.endMs));
      final.push((own.at(-1)?.atMs ?? NaN) - at - edges.endMs);
      const interim = seen.find(
        ({ event }) => event.type !== 'heard' && event.type !== 'translation' && event.startMs > at - 400 && event.endMs > at,
      );
      if (interim !== undefined) first.push(interim.atMs - at - edges.startMs);
    }
  }
  const errorsAlone = errorRate(clips.map((clip) => [clip.text, alone.get(clip) ?? '']));
  console.log(
    [
      String(streams).padEnd(9),
      language.padEnd(10),
      String(clips.length).padEnd(6),
      String(lines / streams).padEnd(7),
      percent(errorsAlone).padEnd(8),
      percent(errorRate(pairs)).padEnd(9),
      `${spread(begins)}, ${spread(ends)}`.padEnd(30),
      spread(first).padEnd(17),
      spread(final).padEnd(17),
      translated.length === 0 ? 'none here' : `${spread(translated)}, ${String(translated.length)} lines`,
    ].join(' '),
  );
}

console.log('\nrecordings, as fast as they are heard');
for (const [language, clips] of Object.entries(clipsOf)) {
  const { pcm } = laid([...clips, ...clips, ...clips], GAP_MS, noise(9));
  const pieces = async function* (): AsyncGenerator<SoundPiece> {
    for (let at = 0; at < pcm.length; at += RATE)
      yield await Promise.resolve({ atMs: at / 16, pcm: pcm.slice(at, at + RATE), cut: at === 0 });
  };
  const startedAt = performance.now();
  let lines = 0;
  await new Promise<void>((resolve, reject) => {
    transcribeRecording(pieces(), { engines, language }).subscribe({
      next: ({ type }) => (lines += type === 'final' ? 1 : 0),
      error: reject,
      complete: resolve,
    });
  });
  const seconds = pcm.length / RATE;
  console.log(
    `  ${language}: ${seconds.toFixed(0)} s in ${((performance.now() - startedAt) / 1000).toFixed(1)} s, ${String(lines)} lines: ${((seconds * 1000) / (performance.now() - startedAt)).toFixed(1)} × real time`,
  );
}

const errors: number[] = [];
for (const clip of clipsOf.es) {
  const { text, words = [] } = await engines.hear.transcribe(clip.pcm, { language: 'es', signal });
  estimatedWords(text, voicedStretches(clip.pcm, RATE)).forEach(({ startMs }, index) =>
    errors.push(Math.abs(startMs - (words[index]?.startMs ?? NaN))),
  );
}
console.log(
  `\nestimated beginnings of words against those of Vosk, ${String(errors.length)} words: off by p50 ${percentile(errors, 0.5)} ms, p90 ${percentile(errors, 0.9)} ms`,
);

await Promise.all([engines.hear, engines.activity, engines.speak, engines.see, engines.answer].map((engine) => engine.close()));
await engines.translate?.close();
