import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disposition, gaName, readEvent } from '../../../../src/protocols/realtime/events.ts';
import { readMessage } from '../../../../src/protocols/realtime/message.ts';
import { AssistantError } from '../../../../src/shared/errors.ts';
import protocol from '../../../fixtures/realtime-events.json' with { type: 'json' };

const fromServer = protocol.filter(({ from }) => from === 'server');

/** A value that fits each field of the protocol. */
const VALUES: Readonly<Record<string, unknown>> = {
  session: { id: 's' },
  conversation: { id: 'c' },
  item: { id: 'i', type: 'message', role: 'user', content: [] },
  response: { id: 'r', status: 'completed', output: [] },
  part: { type: 'audio' },
  error: { type: 'server_error', message: 'm' },
  usage: {},
  rate_limits: [],
  content_index: 0,
  output_index: 0,
  audio_start_ms: 0,
  audio_end_ms: 0,
  received_at: 0,
  start: 0,
  end: 0,
};

const sample = (name: string, required: readonly string[]): Record<string, unknown> => ({
  type: name,
  ...Object.fromEntries(required.map((field) => [field, VALUES[field] ?? 'x'])),
});

/** Known and of no use to this client, one reason each. */
const IGNORED_ON_PURPOSE: Readonly<Record<string, string>> = {
  'conversation.created': 'the one conversation of the session',
  'conversation.item.retrieved': 'never asked for',
  'conversation.item.input_audio_transcription.segment': 'speakers and times of a transcript that comes whole as well',
  'input_audio_buffer.cleared': 'acknowledges our clear',
  'input_audio_buffer.dtmf_event_received': 'telephones',
  'input_audio_buffer.timeout_triggered': 'the commit and the answer that follow tell it',
  'output_audio_buffer.started': 'WebRTC and SIP',
  'output_audio_buffer.stopped': 'WebRTC and SIP',
  'output_audio_buffer.cleared': 'WebRTC and SIP',
  'rate_limits.updated': 'refusals tell when it matters',
  'response.content_part.added': 'its deltas tell it',
  'response.function_call_arguments.delta': 'the whole arguments come with the item',
  'mcp_list_tools.in_progress': 'tools that the server runs itself',
  'mcp_list_tools.completed': 'tools that the server runs itself',
  'mcp_list_tools.failed': 'tools that the server runs itself',
  'response.mcp_call_arguments.delta': 'tools that the server runs itself',
  'response.mcp_call_arguments.done': 'tools that the server runs itself',
  'response.mcp_call.in_progress': 'tools that the server runs itself',
  'response.mcp_call.completed': 'tools that the server runs itself',
  'response.mcp_call.failed': 'tools that the server runs itself',
};

describe('the events of the protocol', () => {
  it.each(fromServer)('$dialect $name is handled, or ignored on purpose', ({ name, required }) => {
    const expected = name in IGNORED_ON_PURPOSE ? 'ignored' : 'handled';
    expect(disposition(name)).toBe(expected);
    const reading = readEvent(sample(name, required));
    expect(reading.kind).toBe(expected === 'handled' ? 'event' : 'ignored');
  });

  it('ignores nothing that is not on the list', () => {
    const names = new Set(fromServer.map(({ name }) => name));
    expect(Object.keys(IGNORED_ON_PURPOSE).filter((name) => !names.has(name))).toEqual([]);
  });

  it.each([
    ['response.audio.delta', 'response.output_audio.delta'],
    ['response.audio.done', 'response.output_audio.done'],
    ['response.audio_transcript.delta', 'response.output_audio_transcript.delta'],
    ['response.audio_transcript.done', 'response.output_audio_transcript.done'],
    ['response.text.delta', 'response.output_text.delta'],
    ['response.text.done', 'response.output_text.done'],
    ['conversation.item.created', 'conversation.item.added'],
    ['transcription_session.created', 'session.created'],
    ['transcription_session.updated', 'session.updated'],
  ])('reads %s as %s', (beta, ga) => {
    expect(gaName(beta)).toBe(ga);
    expect(gaName(ga)).toBe(ga);
    const required = fromServer.find(({ name }) => name === beta)?.required ?? [];
    expect(readEvent(sample(beta, required))).toMatchObject({ kind: 'event', event: { type: ga } });
  });

  it('keeps fields that it does not know', () => {
    const reading = readEvent({ type: 'response.created', response: { id: 'r', news: 1 }, obfuscation: 'x' });
    expect(reading).toMatchObject({ event: { response: { news: 1 }, obfuscation: 'x' } });
  });

  it('calls names it does not know unknown, those of Object.prototype too', () => {
    for (const type of ['localai.hello', 'toString', '__proto__', 'constructor', ''])
      expect(readEvent({ type })).toEqual({ kind: 'unknown', name: type });
  });

  it.each(fromServer.filter(({ name }) => disposition(name) === 'handled'))(
    '$dialect $name: each field that is read and wrong is named',
    ({ name, required }) => {
      const good = sample(name, required);
      let named = 0;
      for (const field of required) {
        for (const wrong of [undefined, null, true, [1], Number.NaN]) {
          try {
            readEvent({ ...good, [field]: wrong });
          } catch (error) {
            expect(error).toBeInstanceOf(AssistantError);
            const { code, field: told } = error as AssistantError;
            expect(code).toBe('bad-message');
            expect(told?.split('.')[0]).toBe(field);
            named += 1;
          }
        }
      }
      expect(named).toBeGreaterThan(0);
    },
  );
});

describe('hostile messages', () => {
  const careful = (read: () => unknown): void => {
    try {
      read();
    } catch (error) {
      expect(error).toBeInstanceOf(AssistantError);
    }
  };

  it('never throws anything but AssistantError on any JSON', () => {
    const names = fromServer.map(({ name }) => name);
    const fields = fc.dictionary(
      fc.constantFrom(...Object.keys(VALUES), 'item_id', 'response_id', 'delta', 'text'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...names), fc.string()), fields, (type, rest) => {
        careful(() => readMessage(JSON.stringify({ ...rest, type })));
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        careful(() => readMessage(JSON.stringify(value)));
      }),
    );
  });

  it('never throws anything but AssistantError on any text or bytes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.uint8Array(), fc.constant(null)), (data) => {
        careful(() => readMessage(data));
      }),
    );
  });

  it('does not follow a nesting of a million brackets into a stack overflow', () => {
    careful(() => readMessage('['.repeat(1_000_000)));
    careful(() => readMessage(`{"type":${'{"a":'.repeat(100_000)}`));
  });
});
