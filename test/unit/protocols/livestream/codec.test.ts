import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_CHARACTERS, readEnvelope, writeCaption, type RoomCaption } from '../../../../src/protocols/livestream/codec.ts';
import { AssistantError } from '../../../../src/shared/errors.ts';

const caption: RoomCaption = {
  id: '4:near:7',
  stream: 'near',
  startMs: 120,
  endMs: 900,
  at: 1_763_600_000_120,
  original: { text: 'Where is it?', language: 'en', final: true },
  translation: { text: '¿Dónde', language: 'es', final: false },
};
const sent = JSON.parse(writeCaption(caption)) as { type: string; data: Record<string, unknown> };
const envelope = (changes: object) =>
  JSON.stringify({ ...sent, data: { ...sent.data, ...changes }, source: 'websocket_manager' });
const fault = (message: unknown): AssistantError => {
  try {
    readEnvelope(message);
  } catch (cause) {
    if (cause instanceof AssistantError) return cause;
    throw cause;
  }
  throw new Error('it was read');
};

describe('the envelopes of a room', () => {
  it('brings a caption through, open or whole', () => {
    expect(readEnvelope(writeCaption(caption))).toEqual({ type: 'caption', line: caption });
    expect(readEnvelope(envelope({ translation: null, end_ms: null }))).toMatchObject({
      line: { translation: null, endMs: null },
    });
  });

  it('reads the greeting, refusals, and leaves the rest to others', () => {
    expect(readEnvelope('{"type":"connection_established","data":{"user_id":"u","connection_id":"c"}}')).toEqual({
      type: 'connection_established',
      connectionId: 'c',
    });
    expect(readEnvelope('{"type":"error","data":{"error_code":"AUTHENTICATION_FAILED","message":"no"}}')).toMatchObject({
      error: { code: 'token-refused' },
    });
    expect(readEnvelope('{"type":"task_created","data":{}}')).toEqual({ type: 'other', name: 'task_created' });
  });

  it.each([
    ['original', envelope({ original: 'both' })],
    ['stream', envelope({ stream: 3 })],
    ['original.text', envelope({ original: { text: 'x'.repeat(4_001), language: 'en' } })],
    ['translation.language', envelope({ translation: { text: 'x' } })],
    ['start_ms', envelope({ start_ms: '120' })],
    ['start_ms', envelope({ start_ms: -1 })],
    ['end_ms', envelope({ end_ms: 1e300 })],
    ['at', envelope({ at: null })],
    ['data', '{"type":"caption"}'],
    ['type', '{}'],
    ['message', '[]'],
    ['message', '{'],
    ['message', new ArrayBuffer(2)],
    ['message', ' '.repeat(MOST_CHARACTERS + 1)],
  ])('names %s where it is at fault', (field, message) => {
    expect(fault(message)).toMatchObject({ code: 'bad-message', field });
  });

  it('throws nothing but a typed error, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((data) => `{"type":"caption","data":${data}}`),
        ),
        (message) => {
          try {
            readEnvelope(message);
          } catch (cause) {
            expect(cause).toBeInstanceOf(AssistantError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
