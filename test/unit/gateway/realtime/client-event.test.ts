import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClientEvent, UnusableEvent } from '../../../../demo/server/realtime/client-event.ts';

function faultOf(text: string): UnusableEvent {
  try {
    readClientEvent(text);
  } catch (cause) {
    if (cause instanceof UnusableEvent) return cause;
    throw cause;
  }
  throw new Error('it was taken');
}

describe('readClientEvent', () => {
  it('takes events with unknown fields', () => {
    expect(readClientEvent('{"type":"response.cancel","event_id":"e","colour":1}')).toMatchObject({
      type: 'response.cancel',
      event_id: 'e',
    });
  });

  it.each<[string, string, string | null, string | null]>([
    ['{', 'invalid_json', null, null],
    ['', 'invalid_json', null, null],
    ['[]', 'invalid_event', null, null],
    ['null', 'invalid_event', null, null],
    ['{"event_id":"e1"}', 'missing_required_parameter', 'type', 'e1'],
    ['{"type":"dance","event_id":"e2"}', 'invalid_value', 'type', 'e2'],
    ['{"type":7}', 'invalid_value', 'type', null],
    ['{"type":"input_audio_buffer.append","event_id":"e3"}', 'missing_required_parameter', 'audio', 'e3'],
    ['{"type":"input_audio_buffer.append","audio":7}', 'invalid_type', 'audio', null],
    ['{"type":"conversation.item.truncate","item_id":"a","audio_end_ms":1.5}', 'invalid_type', 'audio_end_ms', null],
    ['{"type":"conversation.item.truncate","item_id":"a","audio_end_ms":null}', 'invalid_type', 'audio_end_ms', null],
    ['{"type":"conversation.item.truncate","item_id":"a","audio_end_ms":-1}', 'invalid_value', 'audio_end_ms', null],
    ['{"type":"session.update","session":[]}', 'invalid_type', 'session', null],
    [`{"type":"session.update","session":${'{"a":'.repeat(100)}1${'}'.repeat(100)}}`, 'invalid_json', null, null],
  ])('%s → %s %s', (text, code, param, eventId) => {
    const { fault, eventId: named } = faultOf(text);
    expect({ code: fault.code, param: fault.param, eventId: named }).toEqual({ code, param, eventId });
  });

  it('brackets inside strings are no depth, escapes and all', () => {
    const text = JSON.stringify({ type: 'input_audio_buffer.append', audio: '['.repeat(500), note: `"\\${'{'.repeat(500)}` });
    expect(readClientEvent(text).type).toBe('input_audio_buffer.append');
  });

  it('refuses more than 15 MiB', () => {
    expect(faultOf(`"${'x'.repeat(15 * 1024 * 1024 + 5000)}"`).fault.code).toBe('message_too_large');
  });

  it('never throws anything else, whatever comes', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify({ type: 'session.update', session: value })),
    );
    fc.assert(
      fc.property(anything, (text) => {
        try {
          readClientEvent(text);
        } catch (cause) {
          expect(cause).toBeInstanceOf(UnusableEvent);
        }
      }),
      { numRuns: 500 },
    );
  });
});
