import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  HEADER_BYTES,
  MOST_CHUNK_BYTES,
  readChunk,
  readClientMessage,
  readServerMessage,
  writeChunk,
  writeMessage,
  type ClientMessage,
  type SequencedChunk,
} from '../../../../src/protocols/capture/codec.ts';
import { AssistantError } from '../../../../src/shared/errors.ts';

const chunk: SequencedChunk = {
  ...{ channel: 'screen', sequence: 4_000_000_000, epoch: 1_800_000_000, init: false, key: true },
  ...{ capturedMs: 1_800_000_000_123.25, fromMs: 40.5, toMs: 240.5, bytes: Uint8Array.from([1, 2, 3]) },
};
const fieldOf = (run: () => unknown): string | null => {
  try {
    run();
    return 'nothing';
  } catch (cause) {
    return cause instanceof AssistantError && cause.code === 'bad-message' ? cause.field : 'another error';
  }
};

it('chunks come back as they were', () => {
  for (const each of [chunk, { ...chunk, channel: 'mic' as const, init: true, key: false, sequence: 1 }]) {
    expect(readChunk(writeChunk(each))).toEqual(each);
  }
});

it('a bad chunk is named by its field, and garbage never does more than that', () => {
  const broken = (at: number, value: number): Uint8Array => {
    const frame = writeChunk(chunk);
    frame[at] = value;
    return frame;
  };
  expect(fieldOf(() => readChunk(broken(0, 9)))).toBe('version');
  expect(fieldOf(() => readChunk(broken(1, 7)))).toBe('channel');
  expect(fieldOf(() => readChunk(writeChunk({ ...chunk, sequence: 0 })))).toBe('sequence');
  expect(fieldOf(() => readChunk(writeChunk({ ...chunk, toMs: 1 })))).toBe('toMs');
  expect(fieldOf(() => readChunk(writeChunk({ ...chunk, capturedMs: NaN })))).toBe('capturedMs');
  expect(fieldOf(() => readChunk(new Uint8Array(HEADER_BYTES)))).toBe('frame');
  expect(fieldOf(() => readChunk(new Uint8Array(MOST_CHUNK_BYTES + 1)))).toBe('frame');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(fieldOf(() => readChunk(bytes))).not.toBe('another error');
    }),
  );
});

it('messages come back as they were', () => {
  const all: ClientMessage[] = [
    { type: 'hello', channels: [{ channel: 'mic', mime: 'audio/webm', label: 'Desk' }] },
    { type: 'pong', id: 3, nowMs: 1.5 },
    { type: 'dropped', channel: 'camera', from: 2, to: 9 },
    { type: 'paused', paused: true, atMs: 5 },
    { type: 'ended', channel: 'screen', last: 7, reason: 'unshared' },
    { type: 'stop', last: { mic: 3, system_audio: 0 } },
  ];
  for (const message of all) expect(readClientMessage(writeMessage(message))).toEqual(message);
  expect(readServerMessage('{"type":"later","x":1}')).toBeNull();
  expect(readServerMessage('{"type":"halt"}')).toEqual({ type: 'halt' });
});

it('a bad message is named by its field', () => {
  const hello = (channels: unknown): string => JSON.stringify({ type: 'hello', version: 1, channels });
  const each = { channel: 'mic', mime: 'm', label: '' };
  expect(fieldOf(() => readClientMessage('['))).toBe('message');
  expect(fieldOf(() => readClientMessage('[]'))).toBe('message');
  expect(fieldOf(() => readClientMessage('{"type":"sing"}'))).toBe('type');
  expect(fieldOf(() => readClientMessage(hello([])))).toBe('channels');
  expect(fieldOf(() => readClientMessage(hello([each, each])))).toBe('channels');
  expect(fieldOf(() => readClientMessage(hello([{ ...each, mime: 4 }])))).toBe('mime');
  expect(fieldOf(() => readClientMessage('{"type":"dropped","channel":"mic","from":5,"to":4}'))).toBe('to');
  expect(fieldOf(() => readClientMessage('{"type":"pong","id":-1,"nowMs":0}'))).toBe('id');
  expect(fieldOf(() => readClientMessage(`{"type":"${'x'.repeat(9000)}"}`))).toBe('message');
});
