import { decodeBody } from '../../src/protocols/rtvt/frame-body.ts';
import { FrameStream } from '../../src/protocols/rtvt/frame-stream.ts';
import { readFrame } from '../../src/protocols/rtvt/frame.ts';
import { readAnswer, readLanguages, readLoginAnswer, readVoiceStartAnswer } from '../../src/protocols/rtvt/messages-answers.ts';
import { readPush } from '../../src/protocols/rtvt/messages-pushes.ts';
import { readLogin, readVoiceData, readVoiceEnd, readVoiceStart } from '../../src/protocols/rtvt/messages.ts';
import { AssistantError } from '../../src/shared/errors.ts';
import { vectors } from './rtvt-vectors.ts';

/** Messages that nobody should send, made of recorded ones; the same `random` makes the same ones. */

export type Random = () => number;

/** Small and fast, and the same everywhere. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const upTo = (random: Random, count: number): number => Math.floor(random() * count);

/** Bytes that mean something to a decoder: types, widths, counts. */
const TELLING = [
  0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc4, 0xc6, 0xc9, 0xcb, 0xcf, 0xd3, 0xd8, 0xdb, 0xdd, 0xdf, 0xff,
];

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

export const mutations: Readonly<Record<string, Mutation>> = {
  'cut off': (bytes, random) => bytes.slice(0, upTo(random, bytes.length)),
  'bits flipped': (bytes, random) => {
    const copy = bytes.slice();
    for (let flips = 1 + upTo(random, 4); flips > 0; flips--) {
      const at = upTo(random, copy.length);
      copy[at] = (copy[at] ?? 0) ^ (1 << upTo(random, 8));
    }
    return copy;
  },
  'telling bytes': (bytes, random) => {
    const copy = bytes.slice();
    for (let changes = 1 + upTo(random, 3); changes > 0; changes--)
      copy[upTo(random, copy.length)] = TELLING[upTo(random, TELLING.length)] ?? 0;
    return copy;
  },
  'noise behind the header': (bytes, random) => {
    const copy = bytes.slice();
    for (let at = 12; at < copy.length; at++) copy[at] = upTo(random, 256);
    return copy;
  },
  'body exchanged, length right': (bytes, random) => {
    const body = Uint8Array.from({ length: 1 + upTo(random, 60) }, () =>
      random() < 0.5 ? (TELLING[upTo(random, TELLING.length)] ?? 0) : upTo(random, 256),
    );
    const frame = readFrame(bytes);
    const head = bytes.slice(0, bytes.length - frame.body.length);
    new DataView(head.buffer).setUint32(8, body.length, true);
    return Uint8Array.from([...head, ...body]);
  },
  'two in one': (bytes) => Uint8Array.from([...bytes, ...bytes]),
  noise: (_, random) => Uint8Array.from({ length: upTo(random, 200) }, () => upTo(random, 256)),
};

const names = Object.keys(mutations);

/** One hostile message and how it was made. */
export function hostile(random: Random): { readonly how: string; readonly bytes: Uint8Array } {
  const how = names[upTo(random, names.length)] ?? 'noise';
  const vector = vectors[upTo(random, vectors.length)];
  if (!vector) throw new Error('no vectors');
  return { how, bytes: mutations[how]?.(vector.bytes, random) ?? vector.bytes };
}

const readers = { login: readLogin, voiceStart: readVoiceStart, voiceData: readVoiceData, voiceEnd: readVoiceEnd } as const;
const answers = [readLanguages, readLoginAnswer, readVoiceStartAnswer];

/** Reads a message by everything that could be asked to; only an `AssistantError` may come of it. Returns what came of its own reader. */
export function readAll(bytes: Uint8Array): 'read' | 'refused' {
  const attempt = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch (cause) {
      if (!(cause instanceof AssistantError)) throw cause;
      return null;
    }
  };
  const frame = attempt(() => readFrame(bytes));
  if (!frame) return 'refused';
  if (frame.type === 'answer') {
    const fields = attempt(() => readAnswer(frame));
    if (fields) for (const read of answers) attempt(() => read(fields));
    return fields ? 'read' : 'refused';
  }
  const fields = attempt(() => decodeBody(frame.body, frame.encoding));
  if (!fields) return 'refused';
  for (const read of Object.values(readers)) attempt(() => read(fields));
  for (const method of ['recognizedResult', 'translatedTempResult', 'ttsResult']) attempt(() => readPush(method, fields));
  const own = Object.entries(readers).find(([method]) => method === frame.method)?.[1];
  return attempt(() => ({ told: own ? own(fields) : readPush(frame.method, fields) })) ? 'read' : 'refused';
}

/** The same out of a byte stream in random chunks; nothing may be held that was not sent. */
export function streamAll(bytes: Uint8Array, random: Random): 'whole' | 'waiting' | 'refused' {
  const stream = new FrameStream(65_536);
  let whole = 0;
  try {
    for (let at = 0; at < bytes.length;) {
      const length = 1 + upTo(random, 64);
      for (const message of stream.push(bytes.subarray(at, at + length))) {
        readAll(message);
        whole += 1;
      }
      at += length;
      if (stream.pending > bytes.length) throw new Error('more is held than came');
    }
  } catch (cause) {
    if (!(cause instanceof AssistantError)) throw cause;
    return 'refused';
  }
  return whole > 0 ? 'whole' : 'waiting';
}
