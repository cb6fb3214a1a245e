import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeWav } from '../support/wav.ts';
import { agesOf, exactness, FILE_RATE, fileNoise, type Ages } from './alignment.ts';
import { inBrowser } from './browser.ts';
import type { Captured } from './page/messages.ts';
import { notMeasured, quantile, round, type Row } from './report.ts';
import { cacheFolder } from './rivals.ts';
import type { Site } from './site.ts';

/** T5–T7, T12, T14: recording in a real Chromium with a known file as microphone. */

const file = fileNoise(80);

function microphone(): string {
  const path = join(cacheFolder('sound'), 'noise.wav');
  writeFileSync(path, writeWav({ rate: FILE_RATE, pcm: file }, 2));
  return path;
}

async function record(site: Site, client: string, seconds: number, blockMs: number, rate = 16_000): Promise<Captured> {
  return inBrowser(site.url, { microphone: microphone() }, (page) =>
    page.evaluate((options) => window.bench.capture(options), { client, seconds, warmUpMs: 2_000, blockMs, rate }),
  );
}

const WARM_MS = 1_500;
const ages = async (site: Site, client: string, seconds: number, blockMs: number): Promise<Ages> =>
  agesOf(await record(site, client, seconds, blockMs), file, WARM_MS);

const p = (values: readonly number[], q: number): string => `${round(quantile(values, q))} ms`;

export async function ageAndStallRows(site: Site, clients: readonly string[]): Promise<readonly Row[]> {
  const idle = new Map<string, Ages>();
  const stalled = new Map<string, Ages>();
  for (const client of clients) {
    idle.set(client, await ages(site, client, 10, 0));
    stalled.set(client, await ages(site, client, 14, 200));
  }
  const ours = idle.get('ours-worker');
  const oursStalled = stalled.get('ours-worker');
  if (ours === undefined || oursStalled === undefined) throw new Error('our own capture was not measured');
  const oldest = quantile(ours.oldest, 0.5);
  const wavtools = idle.get('wavtools');
  const against = wavtools === undefined ? NaN : oldest / quantile(wavtools.oldest, 0.5);
  const media = idle.get('mediarecorder');
  const sliced = media === undefined ? NaN : oldest / quantile(media.oldest, 0.5);
  const late = quantile(oursStalled.newest, 0.99);
  const others = clients.filter((client) => client !== 'ours-worker');
  const worst = Math.max(...others.map((client) => late / quantile(stalled.get(client)?.newest ?? [], 0.99)));
  return [
    {
      target: 'T5',
      what: 'age of the oldest sample of a frame when JavaScript first has it, p50 (p95)',
      ours: `${p(ours.oldest, 0.5)} (${p(ours.oldest, 0.95)}), frames of ${round(ours.frameMs)} ms`,
      rivals: others
        .map((client) => ({ client, of: idle.get(client) }))
        .map(
          ({ client, of }) =>
            `${client} ${p(of?.oldest ?? [], 0.5)} (${p(of?.oldest ?? [], 0.95)}), ${round(of?.frameMs ?? NaN, 0)} ms`,
        )
        .join(' · '),
      kept: oldest <= 55 && !(against > 0.25) && !(sliced > 0.4),
      promise: `≤ 55 ms, ≤ 0.25 × wavtools (${round(against, 2)}), ≤ 0.4 × MediaRecorder in slices of 60 ms (${round(sliced, 2)})`,
    },
    {
      target: 'T6',
      what: 'main thread taken for 200 ms every 2 s: age of the newest sample p99 (idle); sound lost',
      ours: `${p(oursStalled.newest, 0.99)} (${p(ours.newest, 0.99)}) · lost ${round(oursStalled.lostMs)} ms, silence put in by Chromium ${round(oursStalled.insertedMs)} ms`,
      rivals: others
        .map((client) => `${client} ${p(stalled.get(client)?.newest ?? [], 0.99)} (${p(idle.get(client)?.newest ?? [], 0.99)})`)
        .join(' · '),
      kept: oursStalled.lostMs === 0 && late <= 1.5 * quantile(ours.newest, 0.99) && worst <= 0.25,
      promise: `0 lost, ≤ 1.5 × idle (${round(late / quantile(ours.newest, 0.99), 2)}), ≤ 0.25 × any client on the main thread (${round(worst, 2)})`,
    },
  ];
}

export async function exactRow(site: Site, seconds = 60): Promise<Row> {
  const { client } = await record(site, 'ours-worker', seconds, 200, FILE_RATE);
  const { matched, inserted, wrong } = exactness(client, file);
  return {
    target: 'T7',
    what: `${seconds} s sample by sample against the file, the main thread taken for 200 ms every 2 s`,
    ours: `${matched} samples identical, ${wrong} lost or doubled; Chromium put in ${round((inserted * 1000) / FILE_RATE)} ms of silence`,
    rivals: '',
    kept: wrong === 0 && matched >= seconds * FILE_RATE,
    promise: '0 lost, 0 doubled (silence put in told separately)',
  };
}

export async function strictRow(site: Site): Promise<Row> {
  const { frames, played, violations } = await inBrowser(`${site.url}strict/`, {}, (page) =>
    page.evaluate(() => window.bench.strict()),
  );
  return {
    target: 'T12',
    what: "script-src 'self', Trusted Types: frames in 2 s, sound played, complaints of the policy",
    ours: `${frames} frames, ${played ? 'played' : 'not played'}, ${violations.length} violations${violations.map((one) => ` ${one}`).join()}`,
    rivals: '',
    kept: frames >= 80 && played && violations.length === 0,
    promise: 'works, 0 violations, no WebAssembly, no CDN',
  };
}

/** MiB of memory of their own that the page's processes hold. */
async function held(page: Page): Promise<number> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {};
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  const kib = renderers.map(({ id }) =>
    Number(/^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? NaN),
  );
  return kib.reduce((sum, one) => sum + one, 0) / 1024;
}

const SETTLE_MS = 20_000;

export async function memoryRow(site: Site, clients: readonly string[], seconds = 90): Promise<Row> {
  const what = `growth of the memory of the page's process while recording, MiB a minute, over ${seconds} s`;
  const promise = 'flat (the kernels: no collection in 10 minutes, unit tests); wavtools keeps every chunk';
  if (process.platform !== 'linux') return notMeasured('T14', what, promise, 'only where there is /proc');
  const grown: { readonly client: string; readonly perMinute: number }[] = [];
  for (const client of clients) {
    const perMinute = await inBrowser(site.url, { microphone: microphone() }, async (page) => {
      await page.evaluate((options) => window.bench.record(options), { client });
      await page.waitForTimeout(SETTLE_MS);
      const early = await held(page);
      await page.waitForTimeout(seconds * 1000);
      return (((await held(page)) - early) * 60) / seconds;
    });
    grown.push({ client, perMinute });
  }
  const told = ({ client, perMinute }: (typeof grown)[number]): string => `${client} ${round(perMinute, 2)}`;
  const ours = grown.find(({ client }) => client === 'ours-main')?.perMinute ?? NaN;
  return {
    target: 'T14',
    what,
    ours: round(ours, 2),
    rivals: grown
      .filter(({ client }) => client !== 'ours-main')
      .map(told)
      .join(' · '),
    kept: ours < 1,
    promise,
  };
}

/** Not one of the targets: that the better judge can be had at all, out of a folder of the site. */
export async function sileroRow(site: Site): Promise<Row> {
  const { judged, speech } = await inBrowser(site.url, {}, (page) =>
    page.evaluate((options) => window.bench.silero(options), { folder: 'rivals/silero/' }),
  );
  return {
    target: 'VAD',
    what: 'Silero on demand in Chromium, from a folder of the site: frames judged of 25 s, speech among them (figures: npm run prove:vad)',
    ours: `${judged} judged, ${speech} speech`,
    rivals: '',
    kept: judged > 600 && speech > judged / 2,
    promise: 'most are judged once it is loaded',
  };
}
