import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { login, SECRET, webPeer } from '../gateway/rtvt-wire.ts';
import type { Peer } from '../gateway/rtvt-wire.ts';
import { recordedSpeech } from '../engines/here.ts';

/**
 * `npm run prove:rtvt-load`: recorded speech in real time through the gateway with its own engines, in a process of its own. Ten streams on
 * one connection, then up to fifty connections: how late acknowledgements and finals are, how many streams are taken, and what those that
 * are not are told. Optional parameter: seconds a round lasts (default 20).
 */

const SECONDS = Number(process.argv[2] ?? 20);
const FRAME = 320;
const FRAME_MS = 20;
/** An acknowledgement that comes later than this is late, ms. */
const LATE_ACK_MS = 250;
const RAMP_MS = 250;

interface Figures {
  readonly acks: number[];
  readonly finals: number[];
  readonly interims: number[];
  words: number;
}

const clips = await recordedSpeech();
const pause = new Int16Array(16_000);
/** All clips again and again, begun with another one for each stream. */
const speechOf = (stream: number): Int16Array => {
  const order = clips.map((_, index) => clips[(index + stream) % clips.length]?.pcm ?? pause);
  return Int16Array.from(order.flatMap((pcm) => [...pcm, ...pause]));
};
const speeches = clips.map((_, index) => speechOf(index));

const folder = mkdtempSync(join(tmpdir(), 'viva-rtvt-load-'));
const env = { ...process.env, PORT: '0', DATA_DIR: folder, RTVT_SECRET: SECRET, RATE_PER_MINUTE: '100000', LOG_LEVEL: 'error' };
const server = spawn(process.execPath, ['--import', 'tsx', 'demo/server/main.ts', '--gateway'], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
  const { url } = JSON.parse(line) as { readonly url: string };
  console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1) ?? '?'} before; ${SECONDS} s a round`);
  await round('1 connection, 1 stream', url, 1, 1);
  await round('1 connection, 10 streams', url, 1, 10);
  await round('50 connections, 1 stream each', url, 50, 1);
} finally {
  server.kill();
  await once(server, 'close');
  rmSync(folder, { recursive: true });
}

async function round(title: string, url: string, connections: number, streams: number): Promise<void> {
  const figures: Figures = { acks: [], finals: [], interims: [], words: 0 };
  const refusals = new Map<string, number>();
  const speaking: Promise<void>[] = [];
  const peers: Peer[] = [];
  for (let at = 0; at < connections; at++) {
    const peer = await webPeer(url);
    peers.push(peer);
    await peer.ask('login', login());
    for (let stream = 0; stream < streams; stream++) {
      const { status, body } = await peer.ask('voiceStart', {
        asrResult: true,
        asrTempResult: true,
        transResult: false,
        srcLanguage: 'en',
      });
      if (status === 0)
        speaking.push(speak(peer, body['streamId'] as bigint, speeches[(at + stream) % speeches.length] ?? pause, figures));
      else {
        const told = `${String(body['code'])} ${String(body['ex'])}`;
        refusals.set(told, (refusals.get(told) ?? 0) + 1);
      }
      await new Promise((resolve) => setTimeout(resolve, RAMP_MS));
    }
  }
  await Promise.all(speaking);
  for (const peer of peers) peer.close();
  console.log(`\n${title}: ${speaking.length} streams taken, ${connections * streams - speaking.length} refused`);
  for (const [told, count] of refusals) console.log(`  refused ${count} times: ${told}`);
  const late = figures.acks.filter((ms) => ms > LATE_ACK_MS).length;
  console.log(`  acknowledgements: ${figures.acks.length}, ${late} later than ${LATE_ACK_MS} ms; ${shares(figures.acks)}`);
  console.log(`  end of speech to final: ${figures.finals.length}; ${shares(figures.finals)}`);
  console.log(`  beginning of a sentence to its first interim: ${figures.interims.length}; ${shares(figures.interims)}`);
  console.log(`  words in finals: ${figures.words}; load ${loadavg()[0]?.toFixed(1) ?? '?'}`);
}

/** In real time; resolves when the last final had three seconds to come. */
async function speak(peer: Peer, streamId: bigint, pcm: Int16Array, figures: Figures): Promise<void> {
  const zero = performance.now();
  const begun = new Set<bigint>();
  let looked = 0;
  const look = (): void => {
    for (; looked < peer.pushes.length; looked++) {
      const push = peer.pushes[looked];
      if (push === undefined || push.method === 'ttsResult' || push.streamId !== streamId || push.side !== 'original') continue;
      const now = performance.now() - zero;
      const task = push.taskId ?? 0n;
      if (push.final) {
        figures.finals.push(now - push.endTs);
        figures.words += push.text.split(/\s+/).length;
      } else if (!begun.has(task)) {
        begun.add(task);
        figures.interims.push(now - push.startTs);
      }
    }
  };
  for (let seq = 0; seq * FRAME_MS < SECONDS * 1000; seq++) {
    const wait = zero + seq * FRAME_MS - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    look();
    const from = (seq * FRAME) % (pcm.length - FRAME);
    const data = new Uint8Array(pcm.slice(from, from + FRAME).buffer);
    const sentAt = performance.now();
    void peer.ask('voiceData', { streamId, seq, data, ts: seq * FRAME_MS }).then(({ status }) => {
      if (status === 0) figures.acks.push(performance.now() - sentAt);
    });
  }
  await peer.ask('voiceEnd', { streamId });
  for (let i = 0; i < 150; i++) {
    await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
    look();
  }
}

function shares(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(0);
  return `p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms`;
}
