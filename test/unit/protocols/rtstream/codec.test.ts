import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFrame } from '../../../../src/protocols/rtstream/codec.ts';
import { timeMs, unixSeconds } from '../../../../src/protocols/rtstream/codec-fields.ts';
import { AssistantError } from '../../../../src/shared/errors.ts';

const read = (frame: object) => readFrame(JSON.stringify(frame));
const START = 1_763_600_001_234;
const END = 1_763_600_002_345;

describe('frames as the official SDKs were given them', () => {
  it('a transcript, interim or whole', () => {
    const data = { text: 'hi', is_final: false, start: START, end: END };
    expect(read({ channel: 'transcript', rtstream_id: 'rts-1', rtstream_name: 'mic:default', data })).toEqual({
      type: 'transcript',
      streamId: 'rts-1',
      streamName: 'mic:default',
      id: null,
      text: 'hi',
      final: false,
      language: null,
      translations: {},
      startMs: START,
      endMs: END,
      seq: null,
      serverNowMs: null,
      replayed: false,
    });
    expect(read({ channel: 'transcript', rtstream_id: 'rts-9', data: { text: 'other' } })).toMatchObject({
      text: 'other',
      final: true,
      startMs: null,
    });
  });

  it.each([
    ['visual_index', 'visual'],
    ['scene_index', 'visual'],
    ['audio_index', 'audio'],
    ['spoken_index', 'audio'],
  ])('%s is a scene, %s', (channel, kind) => {
    const frame = { channel, rtstream_id: 'rts-2', rtstream_name: 'display:1', data: { text: 'desc', start: START, end: END } };
    expect(read(frame)).toMatchObject({ type: 'scene', kind, streamId: 'rts-2', text: 'desc', startMs: START, endMs: END });
  });

  it('an alert in the words of the docs, of the seed, and of both', () => {
    const docs = { label: 'person', triggered: true, confidence: 0.92, start: START, end: END };
    expect(read({ channel: 'alert', rtstream_id: 'rts-x', data: docs })).toMatchObject({
      type: 'alert',
      label: 'person',
      confidence: 0.92,
      startMs: START,
      endMs: END,
      severity: 'info',
    });
    const seed = { event_label: 'slack_opened', timestamp: 1_710_000_012_340, text: 'User opened Slack application' };
    expect(read({ channel: 'alert', rtstream_id: 'rts-x', data: seed })).toMatchObject({
      label: 'slack_opened',
      text: 'User opened Slack application',
      confidence: null,
      startMs: 1_710_000_012_340,
      endMs: 1_710_000_012_340,
    });
    const both = { ...docs, ...seed, label: 'critical: fire', explanation: 'Fire', id: 'event-1', detected_at: END };
    expect(read({ channel: 'alert', data: both, id: 'event-1' })).toMatchObject({
      id: 'event-1',
      severity: 'critical',
      startMs: START,
      detectedMs: END,
    });
  });

  it('a capture session', () => {
    const frame = {
      channel: 'capture_session',
      event: 'capture_session.active',
      capture_session_id: 'cap-1',
      status: 'active',
      data: { rtstreams: [{ rtstream_id: 'rts-1', name: 'mic:default', media_types: ['audio'] }, 7] },
    };
    expect(read(frame)).toMatchObject({
      type: 'capture-session',
      sessionId: 'cap-1',
      status: 'active',
      streams: [{ streamId: 'rts-1', name: 'mic:default', mediaTypes: ['audio'] }],
    });
    expect(read({ event: 'capture_session.failed', capture_session_id: 'cap-1', data: { error: 'no screen' } })).toMatchObject({
      type: 'capture-session',
      status: 'failed',
      error: 'no screen',
    });
  });

  it('the first frame', () => {
    expect(read({ connection_id: 'ws-1' })).toMatchObject({ type: 'greeting', connectionId: 'ws-1', complete: null });
    expect(
      read({ connection_id: 'ws-1', resumed: true, seq: 7, ping_interval_ms: 15_000, replay: { complete: false } }),
    ).toMatchObject({ resumed: true, seq: 7, complete: false, heartbeatMs: 15_000 });
  });
});

describe('frames in the shapes that others send', () => {
  it('the channel in `type` or `event_type`, the rest flat', () => {
    const expected = { type: 'scene', kind: 'visual', text: 'a desk', streamId: 'rts-1' };
    expect(read({ type: 'index', index_type: 'visual', text: 'a desk', rtstream_id: 'rts-1' })).toMatchObject(expected);
    expect(read({ type: 'scene_index', text: 'a desk', rtstream_id: 'rts-1' })).toMatchObject(expected);
    expect(read({ event_type: 'visual_index', data: { text: 'a desk', rtstream_id: 'rts-1' } })).toMatchObject(expected);
    expect(read({ type: 'transcript', text: 'hi', is_final: true })).toMatchObject({ type: 'transcript', final: true });
  });

  it('`description` for `text`, `sc-7` for 7', () => {
    expect(read({ channel: 'scene_index', id: 'ix-1', data: { id: 'sc-7', description: 'd' } })).toMatchObject({
      id: '7',
      indexId: 'ix-1',
      text: 'd',
    });
  });

  it('how a source does', () => {
    const frame = { channel: 'rtstream', event: 'rtstream.retrying', rtstream_id: 'rts-1', status: 'retrying' };
    expect(read({ ...frame, data: { state: 'retrying', error: 'refused' } })).toMatchObject({
      type: 'stream-status',
      state: 'retrying',
      message: 'refused',
    });
    expect(read({ ...frame, status: 'dancing', data: {} })).toMatchObject({ type: 'other', channel: 'rtstream' });
  });

  it('what nobody knows is kept as it came', () => {
    expect(read({ channel: 'weather', data: 1 })).toMatchObject({ type: 'other', channel: 'weather', frame: { data: 1 } });
    expect(read({})).toMatchObject({ type: 'other', channel: '' });
    expect(read({ channel: 'constructor' })).toMatchObject({ type: 'other' });
    expect(read({ heartbeat: true })).toMatchObject({ type: 'heartbeat' });
  });

  it.each([['plain text'], ['[]'], ['null'], ['7'], [''], [new ArrayBuffer(2)], ['"'.padEnd(1_048_577)]])(
    'a frame that is none is refused: %#',
    (message) => {
      expect(() => readFrame(message)).toThrow(AssistantError);
    },
  );

  it('throws nothing but a typed error, and times are ms or null, whatever comes', () => {
    const field = fc.oneof(fc.jsonValue(), fc.constantFrom('transcript', 'alert', 'scene_index', 'index', START, START / 1000));
    const keys = [
      'channel',
      'type',
      'data',
      'id',
      'rtstream_id',
      'start',
      'timestamp',
      'connection_id',
      'seq',
      'event',
      'status',
    ];
    const frame = fc.dictionary(fc.constantFrom(...keys), field);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          frame.map((value) => JSON.stringify(value)),
        ),
        (message) => {
          try {
            const told = readFrame(message);
            if (!('startMs' in told) || told.startMs === null) return;
            expect(Number.isInteger(told.startMs) && told.startMs >= 0 && told.startMs <= 8.64e15).toBe(true);
            expect(told.endMs === null || told.endMs >= told.startMs).toBe(true);
          } catch (cause) {
            expect(cause).toBeInstanceOf(AssistantError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('times', () => {
  it('seconds and ms of any time since 1973 are told apart, also as text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100_000_000_000, max: 4_000_000_000_000 }), (ms) => {
        expect(timeMs(ms)).toBe(ms);
        expect(timeMs(ms / 1000)).toBe(ms);
        expect(timeMs(String(ms / 1000))).toBe(ms);
        expect(timeMs(new Date(ms).toISOString())).toBe(ms);
        expect(unixSeconds(ms, 'start') * 1000).toBeCloseTo(ms, 3);
        expect(unixSeconds(new Date(ms), 'start')).toBe(ms / 1000);
      }),
    );
  });

  it('reads ISO with a zone, and without one as UTC', () => {
    expect(timeMs('2026-01-07T17:49:18.606307+05:30')).toBe(Date.parse('2026-01-07T12:19:18.606Z'));
    expect(timeMs('2025-05-27T13:07:38.758741')).toBe(Date.parse('2025-05-27T13:07:38.758Z'));
  });

  it('what is no time is none', () => {
    expect([null, undefined, '', 'soon', -1, NaN, Infinity, 1e300, {}, true].map(timeMs)).toEqual(Array(10).fill(null));
    expect(() => unixSeconds(NaN, 'end')).toThrow(expect.objectContaining({ code: 'bad-option', field: 'end' }));
    expect(() => unixSeconds(new Date(NaN), 'end')).toThrow(AssistantError);
  });
});
