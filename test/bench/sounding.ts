import { inBrowser } from './browser.ts';
import type { Ear } from './ear.ts';
import type { Played } from './page/messages.ts';
import { quantile, round, type Row } from './report.ts';
import type { Site } from './site.ts';

/** T8 and T9: how soon sound is heard after it was handed over, and how soon silence after a flush. */

interface Heard {
  /** ms, p50 at the last node of the graph. */
  readonly start: number;
  readonly silent: number;
  /** ms, p50 at the machine's output; null without an ear. */
  readonly startHeard: number | null;
  readonly silentHeard: number | null;
}

const ROUNDS = 17;

async function hear(site: Site, ear: Ear | null, client: string): Promise<Heard> {
  const played: readonly Played[] = await inBrowser(site.url, { pulse: ear?.server ?? null }, (page) =>
    page.evaluate((options) => window.bench.play(options), {
      client,
      rounds: client === 'elevenlabs' ? 11 : ROUNDS,
      rate: 24_000,
    }),
  );
  const p50 = (values: readonly number[]): number =>
    quantile(
      values.filter((value) => !Number.isNaN(value)),
      0.5,
    );
  const ends = played.map((one, index) => (played[index + 1]?.playAt ?? one.flushAt + one.silentMs + 600) - 20);
  return {
    start: p50(played.map(({ startMs }) => startMs)),
    silent: p50(played.map(({ silentMs }) => silentMs)),
    startHeard: ear === null ? null : p50(played.map(({ playAt }, index) => ear.firstSound(playAt, ends[index] ?? 0) - playAt)),
    silentHeard:
      ear === null ? null : p50(played.map(({ flushAt }, index) => ear.lastSound(flushAt, ends[index] ?? 0) - flushAt)),
  };
}

const told = (graph: number, heard: number | null): string =>
  `${heard === null ? '' : `heard ${round(heard)} ms, `}in the graph ${round(graph)} ms`;

export async function soundRows(site: Site, ear: Ear | null, rivals: readonly string[]): Promise<readonly Row[]> {
  const frames = await inBrowser(site.url, {}, (page) => page.evaluate(() => window.bench.flushOffline()));
  const ours = await hear(site, ear, 'ours');
  const found = new Map<string, Heard>();
  for (const rival of rivals) found.set(rival, await hear(site, ear, rival));
  const ratio = (rival: string, of: (heard: Heard) => number): number => {
    const other = found.get(rival);
    return other === undefined ? NaN : of(ours) / of(other);
  };
  const silence = (heard: Heard): number => heard.silentHeard ?? heard.silent;
  const start = (heard: Heard): number => heard.startHeard ?? heard.start;
  const list = (of: (heard: Heard) => string): string => [...found].map(([name, heard]) => `${name} ${of(heard)}`).join(' · ');
  const within = (value: number, most: number): boolean => Number.isNaN(value) || value <= most;
  const noEar = ear === null ? ' (no PulseAudio: not heard, graph only)' : '';
  return [
    {
      target: 'T8',
      what: `from the flush to silence, p50${noEar}`,
      ours: `offline: ${frames} frames of 48 kHz · ${told(ours.silent, ours.silentHeard)}`,
      rivals: list((heard) => told(heard.silent, heard.silentHeard)),
      kept: frames <= 128 + 240 && within(ratio('elevenlabs', silence), 0.05),
      promise: `≤ 1 quantum + 5 ms (368 frames); ≤ 0.05 × ElevenLabs (${round(ratio('elevenlabs', silence), 3)})`,
    },
    {
      target: 'T9',
      what: `from handing over 6 s of sound to its start, p50${noEar}`,
      ours: told(ours.start, ours.startHeard),
      rivals: list((heard) => told(heard.start, heard.startHeard)),
      kept: ear === null ? null : within(ratio('wavtools', start), 0.8) && within(ratio('elevenlabs', start), 0.35),
      promise: `≤ 0.8 × wavtools (${round(ratio('wavtools', start), 2)}), ≤ 0.35 × ElevenLabs (${round(ratio('elevenlabs', start), 2)})`,
    },
  ];
}
