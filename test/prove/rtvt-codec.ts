import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { decode, encode } from '@msgpack/msgpack';
import { decodeBody, encodeBody } from '../../src/protocols/rtvt/frame-body.ts';
import { VoiceFrames } from '../../src/protocols/rtvt/frame-voice.ts';
import { readFrame, writeQuest } from '../../src/protocols/rtvt/frame.ts';
import { readPush } from '../../src/protocols/rtvt/messages-pushes.ts';
import { readVoiceData, writeVoiceData } from '../../src/protocols/rtvt/messages.ts';
import { vector } from '../support/rtvt-vectors.ts';

/**
 * `npm run prove:rtvt-codec`: how long one message takes and how many bytes it allocates, both directions: this codec, `@msgpack/msgpack`
 * alone (no envelope, no checks), and a straightforward port of the envelope as the official SDKs write it. ROUNDS (200 000) each, best of 5.
 */

const ROUNDS = Number(process.env['ROUNDS'] ?? 200_000);
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Straightforward: concatenates what it wrote piece by piece, reads by copying. */
const port = {
  write(method: string, seq: number, body: object): Uint8Array {
    const payload = encode(body, { useBigInt64: true });
    const name = new TextEncoder().encode(method);
    const head = new Uint8Array(12);
    head.set(new TextEncoder().encode('FPNN'));
    head.set([1, 0x80, 1, name.length], 4);
    new DataView(head.buffer).setUint32(8, payload.length, true);
    const number = new Uint8Array(4);
    new DataView(number.buffer).setUint32(0, seq, true);
    const all = new Uint8Array(head.length + number.length + name.length + payload.length);
    let at = 0;
    for (const part of [head, number, name, payload]) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  },
  read(bytes: Uint8Array): { method: string; seq: number; body: Record<string, unknown> } {
    const view = new DataView(bytes.slice().buffer);
    const method = new TextDecoder().decode(bytes.slice(16, 16 + view.getUint8(7)));
    const payload = bytes.slice(16 + view.getUint8(7));
    return { method, seq: view.getUint32(12, true), body: decode(payload, { useBigInt64: true }) as Record<string, unknown> };
  },
};

const streamId = 4046519136031866897n;
const pcm = new Uint8Array(640).map((_, index) => index);
const voice = vector('py.voiceData.quest').bytes;
const push = vector('push.recognizedResult.quest').bytes;
const frames = new VoiceFrames();
const BASE = 1713354552804;

const contests: Readonly<Record<string, Readonly<Record<string, (round: number) => unknown>>>> = {
  'voiceData, written': {
    'patched template': (round) => frames.write(round, streamId, round, pcm, BASE + round),
    'this codec, any message': (round) =>
      writeQuest('voiceData', writeVoiceData({ streamId, seq: round, data: pcm, ts: BASE + round }), round),
    'straightforward port': (round) =>
      port.write('voiceData', round, { streamId, seq: round, data: pcm, ts: BigInt(BASE + round) }),
    '@msgpack/msgpack, body only': (round) =>
      encode({ streamId, seq: round, data: pcm, ts: BigInt(BASE + round) }, { useBigInt64: true }),
  },
  'voiceData, read': {
    'this codec, every field checked': () => {
      const frame = readFrame(voice);
      return readVoiceData(decodeBody(frame.body, frame.encoding));
    },
    'straightforward port': () => port.read(voice),
    '@msgpack/msgpack, body only': () => decode(voice.subarray(25), { useBigInt64: true }),
  },
  'recognizedResult, written': {
    'this codec': (round) =>
      writeQuest(
        'recognizedResult',
        {
          pid: 81700001,
          streamId,
          startTs: BASE,
          endTs: BASE + 2000,
          recTs: BASE + round,
          lang: 'zh',
          taskId: 3n,
          asr: '我想作为大家的朋友，',
        },
        round,
      ),
    'straightforward port': (round) =>
      port.write('recognizedResult', round, {
        pid: 81700001,
        streamId,
        startTs: BigInt(BASE),
        endTs: BigInt(BASE + 2000),
        recTs: BigInt(BASE + round),
        lang: 'zh',
        taskId: 3,
        asr: '我想作为大家的朋友，',
      }),
    '@msgpack/msgpack, body only': (round) =>
      encode(
        {
          pid: 81700001,
          streamId,
          startTs: BigInt(BASE),
          endTs: BigInt(BASE + 2000),
          recTs: BigInt(BASE + round),
          lang: 'zh',
          taskId: 3,
          asr: '我想作为大家的朋友，',
        },
        { useBigInt64: true },
      ),
  },
  'recognizedResult, read': {
    'this codec, every field checked': () => {
      const frame = readFrame(push);
      return frame.type === 'quest' ? readPush(frame.method, decodeBody(frame.body, frame.encoding)) : null;
    },
    'straightforward port': () => port.read(push),
    '@msgpack/msgpack, body only': () => decode(push.subarray(32), { useBigInt64: true }),
  },
};

let kept: unknown = null;
/** Best time of five, µs, and bytes allocated per round; counted over rounds that are few enough for no collection to come between. */
function measure(work: (round: number) => unknown): { readonly us: number; readonly bytes: number } {
  for (let round = 1; round < 20_000; round++) kept = work(round);
  let us = Infinity;
  for (let turn = 0; turn < 5; turn++) {
    const begun = performance.now();
    for (let round = 1; round <= ROUNDS; round++) kept = work(round);
    us = Math.min(us, ((performance.now() - begun) * 1000) / ROUNDS);
  }
  const counted = 1000;
  const samples = Array.from({ length: 15 }, () => {
    collect();
    const before = process.memoryUsage();
    for (let round = 1; round <= counted; round++) kept = work(round);
    const after = process.memoryUsage();
    return (after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers) / counted;
  }).sort((a, b) => a - b);
  return { us, bytes: Math.max(0, samples[7] ?? 0) };
}

console.log(`${ROUNDS} rounds, best of five; ${encodeBody({}, 'msgpack').length} byte is the smallest body\n`);
for (const [title, contestants] of Object.entries(contests)) {
  console.log(title);
  for (const [name, work] of Object.entries(contestants)) {
    const { us, bytes } = measure(work);
    console.log(`  ${name.padEnd(34)} ${us.toFixed(2).padStart(7)} µs ${bytes.toFixed(0).padStart(7)} bytes allocated`);
  }
}
if (kept === null) process.exitCode = 1;
