import { defer, of, Subject } from 'rxjs';
import { WebSocket } from 'ws';
import { signLogin } from '../../demo/server/rtvt/login.ts';
import { rtvt } from '../../src/protocols/rtvt/rtvt.ts';
import type { InterpreterDownlink, InterpreterUplink, SentenceEvent } from '../../src/shared/interpretation.ts';
import { samples } from '../../src/shared/time.ts';
import { PID, SECRET, serveRtvt } from '../gateway/rtvt-wire.ts';
import { silence, speech, WORD_MS } from '../support/fake-engines.ts';
import { faultProxy, faults, type Fault } from '../support/rtvt-fault-proxy.ts';
import { seeded } from '../support/rtvt-fuzz.ts';

/**
 * `npm run prove:rtvt-faults`: FAULTS (200) random faults between the real client and the real gateway, whose engines hear tones. CLIENTS (8)
 * talk at once without a pause; each sentence must be told for good exactly once, in both languages, where it was said.
 */

const FAULTS = Number(process.env['FAULTS'] ?? 200);
const CLIENTS = Number(process.env['CLIENTS'] ?? 8);
const SEED = Number(process.env['SEED'] ?? 1);
const FRAME = 320;
const GAP_MS = 900;
/** A sentence's own times, as the gateway finds them, are this exact. */
const PLACE_MS = 1_500;

const script = [
  'the garden is open today',
  'bring your own tools please',
  'we water every evening',
  'tomatoes need much sun',
  'roses have many thorns indeed',
  'the compost smells of earth',
  'rain falls on the roof',
  'my hat is made of straw',
  'there are bees in the wall',
  'the gate squeaks all day',
];

interface Said {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

interface Outcome {
  readonly said: readonly Said[];
  readonly told: readonly InterpreterDownlink[];
  readonly recoveries: readonly { readonly fault: Fault; readonly ms: number }[];
  readonly done: Partial<Record<Fault, number>>;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
async function until(holds: () => boolean, mostMs: number): Promise<boolean> {
  const begun = performance.now();
  for (;;) {
    if (holds()) return true;
    if (performance.now() - begun > mostMs) return false;
    await wait(20);
  }
}

let rejections = 0;
process.on('unhandledRejection', (cause) => {
  rejections += 1;
  console.error('unhandled rejection', cause);
});

const served = await serveRtvt({ script, languages: ['en'], pairs: [{ from: 'en', to: 'es' }] });

async function talk(number: number, count: number): Promise<Outcome> {
  const random = seeded(SEED * 1000 + number);
  const proxy = await faultProxy(served.url);
  const up$ = new Subject<InterpreterUplink>();
  const told: InterpreterDownlink[] = [];
  const recoveries: { fault: Fault; ms: number }[] = [];
  const done: Partial<Record<Fault, number>> = {};
  let completed = false;
  up$
    .pipe(
      rtvt({
        url: proxy.url,
        pid: PID,
        // The signature is the gateway's affair; each login asks anew.
        token: () =>
          defer(() => of(signLogin({ pid: PID, secret: Buffer.from(SECRET, 'base64') }, Math.floor(Date.now() / 1000)))),
        random,
        WebSocket,
      }),
    )
    .subscribe({
      next: (event) => told.push(event),
      error: (cause: unknown) => {
        console.error(`client ${number} gave up`, cause);
        completed = true;
      },
      complete: () => (completed = true),
    });
  up$.next({ type: 'open', stream: 'talk', settings: { from: 'en', to: 'es' } });

  const said: Said[] = [];
  let pieces: Int16Array = new Int16Array(0);
  let position = 0;
  let talking = true;
  const begun = performance.now();
  const speaker = setInterval(() => {
    while (position / 16 < performance.now() - begun) {
      if (pieces.length < FRAME) {
        if (!talking) return;
        const text = script[Math.floor(random() * script.length)] ?? '';
        const length = text.split(' ').length * WORD_MS;
        const startMs = (position + pieces.length) / 16;
        said.push({ text, startMs, endMs: startMs + length });
        pieces = Int16Array.from([...pieces, ...speech(script.indexOf(text), length), ...silence(GAP_MS)]);
      }
      up$.next({ type: 'audio', stream: 'talk', pcm: pieces.slice(0, FRAME), at: samples(position) });
      pieces = pieces.subarray(FRAME);
      position += FRAME;
    }
  }, 10);

  const lost = (what: string): Error => {
    const last = told.filter(({ type }) => type !== 'sentence' && type !== 'round-trip').slice(-12);
    return new Error(`client ${number}: ${what}; last told ${JSON.stringify(last)}`);
  };
  const openings = (): number => told.filter(({ type }) => type === 'opened').length;
  const results = (): number => told.filter(({ type }) => type === 'sentence').length;
  await until(() => openings() > 0, 10_000);
  for (let index = 0; index < count; index++) {
    await wait(500 + random() * 4_000);
    const fault = faults[(index + number) % faults.length] ?? 'cut';
    const before = openings();
    const at = performance.now();
    const ms = fault === 'stall' ? 1_000 + random() * 14_000 : 1_000 + random() * 2_000;
    if (!(await until(() => proxy.inject(fault, ms, random), 15_000))) throw lost(`no connection to break by ${fault}`);
    done[fault] = (done[fault] ?? 0) + 1;
    // A stall about as long as the silence that the client bears may break the connection or not.
    const mild = fault === 'answers out of order' || (fault === 'stall' && ms < 12_000);
    if (mild) await wait(ms);
    if (!(await until(() => openings() > before, mild ? 0 : 40_000)) && !mild) throw lost(`did not recover from ${fault}`);
    // Recovered = results come again, which waits for somebody to have spoken.
    const heard = results();
    if (openings() > before) recoveries.push({ fault, ms: performance.now() - at });
    await until(() => results() > heard, 20_000);
  }
  talking = false;
  await until(() => pieces.length < FRAME, 20_000);
  clearInterval(speaker);
  up$.complete();
  await until(() => completed, 40_000);
  await proxy.close();
  return { said, told, recoveries, done };
}

const outcomes = await Promise.all(
  Array.from({ length: CLIENTS }, (_, number) =>
    talk(number, Math.floor(FAULTS / CLIENTS) + (number < FAULTS % CLIENTS ? 1 : 0)),
  ),
);
await served.close();

const totals = { said: 0, lost: 0, twice: 0, split: 0, extra: 0, displaced: 0 };
for (const side of ['original', 'translation'] as const) {
  for (const [number, { said, told }] of outcomes.entries()) {
    const finals = told.filter(
      (event): event is SentenceEvent => event.type === 'sentence' && event.side === side && event.final,
    );
    const left = [...finals];
    totals.said += said.length;
    for (const one of said) {
      const text = side === 'original' ? one.text : `es(${one.text})`;
      const fits = left
        .filter((final) => final.text === text && Math.abs(final.startMs - one.startMs) < PLACE_MS)
        .sort((a, b) => a.startMs - b.startMs);
      const [first] = fits;
      if (!first) {
        totals.lost += 1;
        console.log(`client ${number}: lost (${side}) “${text}” at ${one.startMs.toFixed(0)} ms`);
        continue;
      }
      for (const fit of fits) left.splice(left.indexOf(fit), 1);
      // Starved by a stall the gateway ends a sentence where the sound does, and the rest is one more; that is told as it is.
      const apart = fits.every((one, index) => index === 0 || one.startMs >= (fits[index - 1]?.endMs ?? 0) - 40);
      if (fits.length > 1 && apart) totals.split += 1;
      else if (fits.length > 1) {
        totals.twice += 1;
        const places = fits.map(({ task, startMs, endMs }) => `${task} ${startMs}–${endMs ?? '…'}`).join(', ');
        console.log(`client ${number}: ${fits.length} times (${side}) “${text}” at ${one.startMs}–${one.endMs} ms: ${places}`);
      }
      if (Math.abs((first.endMs ?? 0) - one.endMs) > 400 || Math.abs(first.startMs - one.startMs) > 400) totals.displaced += 1;
    }
    totals.extra += left.length;
    for (const final of left) {
      const near = said.filter(({ startMs }) => Math.abs(startMs - final.startMs) < 4_000);
      const around = finals.filter(({ startMs }) => Math.abs(startMs - final.startMs) < 4_000);
      console.log(`client ${number}: nobody said (${side}) “${final.text}” at ${final.startMs} ms`);
      console.log('  said', JSON.stringify(near), 'told', JSON.stringify(around));
    }
    const tasks = new Set(finals.map(({ task }) => task));
    if (tasks.size !== finals.length) console.log(`client ${number}: a task was told for good twice (${side})`);
  }
}

const quantile = (values: readonly number[], q: number): string =>
  values.length === 0 ? '–' : `${Math.round([...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * q)] ?? NaN)}`;
console.log(`\n${FAULTS} faults, ${CLIENTS} clients, seed ${SEED}`);
console.log('fault'.padEnd(22), 'done'.padStart(5), 'broke'.padStart(6), '  recovery ms: p50'.padStart(8), '   p90', '   max');
for (const fault of faults) {
  const ms = outcomes.flatMap(({ recoveries }) => recoveries.filter((one) => one.fault === fault).map((one) => one.ms));
  const times = outcomes.reduce((sum, { done }) => sum + (done[fault] ?? 0), 0);
  console.log(
    fault.padEnd(22),
    String(times).padStart(5),
    String(ms.length).padStart(6),
    quantile(ms, 0.5).padStart(18),
    quantile(ms, 0.9).padStart(6),
    quantile(ms, 1).padStart(6),
  );
}
const dropped = outcomes
  .map(({ told }) => told.findLast((event) => event.type === 'dropped'))
  .filter((event) => event !== undefined);
console.log(
  `\n${totals.said} finals due (both languages): lost ${totals.lost}, twice ${totals.twice}, of nobody ${totals.extra}; cut in two by the starved gateway ${totals.split}, off by more than 0.4 s ${totals.displaced}; clients with dropped frames ${dropped.length}; unhandled rejections ${rejections}`,
);
if (totals.lost + totals.twice + totals.extra + rejections > 0) process.exitCode = 1;
process.exit();
