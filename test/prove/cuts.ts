import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resampleWhole } from '../../demo/server/realtime/audio/resampler.ts';
import type { SessionState } from '../../src/session/state.ts';
import { wordErrors, words } from '../support/conversation.ts';
import { microphoneOf, nodeSession } from '../support/node-session.ts';
import { recordingProxy } from '../support/recording-proxy.ts';
import { startSite } from '../support/site.ts';
import { mouthAndEar } from '../support/synthesise.ts';
import { readWav } from '../support/wav.ts';

/**
 * `npm run prove:cuts`: a scripted conversation whose network is cut at random (CUTS, 100 by default), with the real gateway and the real
 * client. Every sentence must be written down for good exactly once, in order.
 */

const CUTS = Number(process.env['CUTS'] ?? 100);
/** Mean time between cuts, ms; each is drawn anew, so some come within a second of the last. */
const MEAN_MS = 4_000;
const GAP_MS = 1_400;

const sentences = [
  'Are you open on Saturday morning?',
  'My brother planted twelve apple trees.',
  'When can I plant tomatoes outside?',
  'The blue watering can is leaking again.',
  'How much does the delivery cost?',
  'We had heavy rain for three days.',
  'Can I pay with a gift card?',
  'Please tell me about the garden club.',
  'The roses have black spots on the leaves.',
  'How long does the compost take?',
  'My neighbour bought a new lawn mower.',
  'Where can I park the car?',
  'Is the warranty valid for two years?',
  'The workshop was full last weekend.',
  'I would like to change my address.',
  'Do you sell seeds for wild flowers?',
];

const folder = mkdtempSync(join(tmpdir(), 'viva-voce-cuts-'));
const voices = ['ash', 'ballad', 'coral', 'verse'] as const;

async function track(): Promise<{ readonly pcm: Int16Array; readonly said: readonly string[] }> {
  const mouth = await mouthAndEar();
  const clips = new Map<string, Int16Array>();
  for (const [index, text] of sentences.entries()) {
    const path = join(folder, `${String(index)}.wav`);
    await mouth.say(text, path, voices[index % voices.length]);
    const { pcm, rate } = readWav(readFileSync(path));
    clips.set(text, resampleWhole(pcm, rate, 16_000));
  }
  await mouth.close();
  const said: string[] = [];
  const pieces: Int16Array[] = [new Int16Array(16_000)];
  for (let ms = 0; ms < CUTS * MEAN_MS * 1.5 + 10_000;) {
    const text = sentences[said.length % sentences.length] ?? '';
    const clip = clips.get(text) ?? new Int16Array(0);
    pieces.push(clip, new Int16Array((GAP_MS * 16_000) / 1000));
    said.push(text);
    ms += clip.length / 16 + GAP_MS;
  }
  const pcm = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    pcm.set(piece, at);
    at += piece.length;
  }
  return { pcm, said };
}

/** The cheapest way to make the wanted sentences of those that came: which were lost, and which came though nobody said them then. */
function align(
  wanted: readonly string[],
  got: readonly string[],
): { lost: string[]; extra: string[]; errors: number; words: number } {
  const cost = (left: string, right: string): number => {
    const share = wordErrors(left, right) / Math.max(1, words(left).length);
    // A sentence that was badly misheard is still that sentence, if nothing else fits its place.
    return share <= 0.6 ? share : 1.5;
  };
  const table = wanted.map(() => got.map(() => 0));
  const at = (row: number, column: number): number => (row < 0 ? column + 1 : column < 0 ? row + 1 : (table[row]?.[column] ?? 0));
  wanted.forEach((left, row) => {
    got.forEach((right, column) => {
      const cells = table[row];
      if (cells === undefined) return;
      cells[column] = Math.min(at(row - 1, column - 1) + cost(left, right), at(row - 1, column) + 1, at(row, column - 1) + 1);
    });
  });
  const lost: string[] = [];
  const extra: string[] = [];
  let errors = 0;
  let row = wanted.length - 1;
  let column = got.length - 1;
  while (row >= 0 || column >= 0) {
    const left = wanted[row] ?? '';
    const right = got[column] ?? '';
    if (row >= 0 && column >= 0 && at(row, column) === at(row - 1, column - 1) + cost(left, right)) {
      errors += wordErrors(left, right);
      row -= 1;
      column -= 1;
    } else if (row >= 0 && at(row, column) === at(row - 1, column) + 1) {
      lost.unshift(left);
      row -= 1;
    } else {
      extra.unshift(right);
      column -= 1;
    }
  }
  return { lost, extra, errors, words: wanted.reduce((sum, text) => sum + words(text).length, 0) };
}

const { pcm, said } = await track();
const given = process.env['SITE_URL'];
const site = given === undefined ? await startSite() : { url: given, stop: () => Promise.resolve() };
const proxy = await recordingProxy(site.url);
let state: SessionState | null = null;
/** Final lines of the user; the transcript itself keeps the newest 500 only. */
const finals = new Map<string, string>();
const session = nodeSession(proxy.url, microphoneOf(pcm)).subscribe((next) => {
  state = next;
  for (const { id, role, status, text } of next.transcript) if (role === 'user' && status === 'final') finals.set(id, text);
});

let cuts = 0;
const end = performance.now() + pcm.length / 16 + 12_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
while (cuts < CUTS) {
  await pause(-Math.log(1 - Math.random()) * MEAN_MS);
  if (performance.now() > end - 12_000) break;
  if (proxy.cut()) cuts += 1;
}
await pause(Math.max(0, end - performance.now()));
session.unsubscribe();
const final = state as SessionState | null;
const got = [...finals.values()];
const { lost, extra, errors, words: count } = align(said, got);
console.log(`cuts ${String(cuts)}, connections ${String(proxy.sockets)}, reconnects ${String(final?.reconnects)}`);
console.log(
  `sentences said ${String(said.length)}, written down ${String(got.length)}, lost ${String(lost.length)}, twice or never said ${String(extra.length)}`,
);
console.log(`words wrong ${String(errors)} of ${String(count)}`);
for (const text of lost) console.log(`  lost: ${text}`);
for (const text of extra) console.log(`  extra: ${text}`);
await proxy.close();
await site.stop();
rmSync(folder, { recursive: true });
process.exit(lost.length + extra.length === 0 ? 0 : 1);
