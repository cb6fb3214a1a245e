import { map, of } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { marbles } from '../../../support/marbles.ts';
import {
  audioDone,
  committed,
  connected,
  created,
  delta,
  done,
  frame,
  heard,
  ready,
  session,
  started,
  stopped,
  talk,
  VAD,
  type Talk,
} from './talk.ts';

/** What users of realtime clients complain about, row by row; each row is a test here, or belongs to a layer that is named. */

const ELSEWHERE: Readonly<Record<number, string>> = {
  1: 'it hears itself: capture constraints and the playback-aware gate (audio)',
  15: 'Safari silence: unlocking and watching the AudioContext (audio)',
  16: 'sample rates of connected nodes: resampling in the worklet (worklets); the rates of each server are in the adapter table',
  26: 'CSP and worklets: real files (embedding, e2e)',
  27: 'choosing and losing devices (audio, elements)',
  28: 'a state that lies: the session reducer (session); the wire tells no "speaking" at all',
};

const text = (id: string): Parameters<Talk['up']>[0] => ({ type: 'text', id, text: id, respond: true });
const refusal = (code: string, eventId: unknown, message = ''): object => ({
  type: 'error',
  error: { type: 'invalid_request_error', code, message, event_id: eventId },
});
const functionCall = (callId: string, responseId = 'r'): object => ({
  type: 'response.output_item.done',
  response_id: responseId,
  output_index: 0,
  item: { id: `i_${callId}`, type: 'function_call', status: 'completed', call_id: callId, name: 'look', arguments: '{"a":1}' },
});

function answering(): Talk {
  const client = ready();
  client.down(created(), delta(500));
  client.forget();
  return client;
}

describe('row 2: speaking over it does not stop it', () => {
  it('lets nothing of the answer through once the server heard speech', () => {
    const client = answering();
    client.down(started());
    expect(client.tells('speech-started')).toHaveLength(1);
    for (let index = 0; index < 50; index += 1) client.down(delta(100));
    expect(client.tells('audio')).toEqual([]);
  });
});

describe('row 3: stopping by typing or by button does not stop the sound', () => {
  it.each(['button', 'escape', 'text', 'voice', 'hold'] as const)('%s goes the same way as speech', (cause) => {
    const client = answering();
    client.up({ type: 'interrupt', cause, heard: heard(200, 500) });
    client.down(delta(100));
    expect(client.tells('audio')).toEqual([]);
    expect(client.sent('conversation.item.truncate')).toMatchObject([{ audio_end_ms: 200 }]);
  });
});

describe('row 4: "Audio content of Xms is already shorter than Yms"', () => {
  it('never asks for more than was received, and survives being told so', () => {
    const client = answering();
    client.up({ type: 'interrupt', cause: 'button', heard: heard(9000, 9000) });
    const [truncate] = client.sent('conversation.item.truncate');
    expect(truncate?.['audio_end_ms']).toBe(500);
    client.down(refusal('invalid_value', truncate?.['event_id'], 'Audio content of 415ms is already shorter than 500ms'));
    expect(client.tells('complaint')).toEqual([]);
    client.down(done('r', 'cancelled'));
    client.up(text('t'));
    client.down(created('r2'), delta(100, 'b', 'r2'));
    expect(client.tells('audio')).toHaveLength(1);
  });
});

describe('row 5: truncated although nothing needed it', () => {
  it('sends nothing about an answer that was heard to its end', () => {
    const client = answering();
    client.down(audioDone(), done());
    client.up({ type: 'played', itemId: 'a' });
    client.down(started());
    client.up({ type: 'interrupt', cause: 'server', heard: null }, { type: 'interrupt', cause: 'voice', heard: heard(500, 500) });
    expect(client.sent()).toEqual([]);
  });
});

describe('row 6: never truncated', () => {
  it('tells the server how far a finished but half heard answer came', () => {
    const client = answering();
    client.down(audioDone(), done(), started());
    client.up({ type: 'interrupt', cause: 'server', heard: heard(321.9, 500) });
    expect(client.sent()).toMatchObject([{ type: 'conversation.item.truncate', item_id: 'a', audio_end_ms: 321 }]);
  });
});

describe('row 7: cut in before the first sound', () => {
  it('deletes the item instead of truncating at 0', () => {
    const client = answering();
    client.down(started());
    client.up({ type: 'interrupt', cause: 'server', heard: heard(0, 500) });
    expect(client.sent()).toMatchObject([{ type: 'conversation.item.delete', item_id: 'a' }]);
  });
});

describe('row 8: "Cancellation failed: no active response found"', () => {
  it('is no news, whether the answer has ended or not, with or without our event id', () => {
    const client = answering();
    client.up({ type: 'interrupt', cause: 'button', heard: null });
    client.down(done(), refusal('response_cancel_not_active', client.sent('response.cancel')[0]?.['event_id']));
    client.down(refusal('response_cancel_not_active', null));
    expect(client.tells('complaint')).toEqual([]);
    expect(client.error).toBeNull();
    expect(client.tells('noted')).toContainEqual({ type: 'noted', what: 'response_cancel_not_active', count: 2 });
  });
});

describe('row 9: "Conversation already has an active response"', () => {
  it('two texts at once are both answered, one after the other', () => {
    const client = ready();
    client.up(text('one'), text('two'));
    expect(client.sentTypes).toEqual(['conversation.item.create', 'response.create', 'conversation.item.create']);
    client.down(created('r1'), done('r1'));
    expect(client.sent('response.create')).toHaveLength(2);
    client.down(created('r2'), done('r2'));
    expect(client.sent('response.create')).toHaveLength(2);
    expect(client.tells('response-ended')).toHaveLength(2);
  });

  it('a refused create is tried once more when the other response is done', () => {
    const client = ready();
    client.up(text('one'));
    const [create] = client.sent('response.create');
    client.down(created('own', { metadata: null }));
    client.down(refusal('conversation_already_has_active_response', create?.['event_id']));
    expect(client.sent('response.create')).toHaveLength(1);
    client.down(done('own'));
    expect(client.sent('response.create')).toHaveLength(2);
    expect(client.tells('complaint')).toEqual([]);
    client.down(refusal('conversation_already_has_active_response', client.sent('response.create')[1]?.['event_id']));
    expect(client.sent('response.create')).toHaveLength(2);
    expect(client.tells('complaint')).toHaveLength(1);
  });

  it('a refused create waits for a response that we never heard of', () => {
    const client = ready();
    client.up(text('one'));
    client.down(refusal('conversation_already_has_active_response', client.sent('response.create')[0]?.['event_id']));
    expect(client.sent('response.create')).toHaveLength(1);
    client.down(done('unknown'));
    expect(client.sent('response.create')).toHaveLength(2);
  });

  it('a create that the server never answered does not hold up the next ones for ever', () => {
    marbles(({ cold, expectObservable }) => {
      const client = ready();
      const creates$ = cold('a 20s b|').pipe(
        map((id) => {
          client.up(text(id));
          return client.sent('response.create').length;
        }),
      );
      expectObservable(creates$).toBe('a 20s b|', { a: 1, b: 2 });
    });
  });
});

describe('row 10: an answer appears after the user interrupted it', () => {
  it('cancels a create that was on its way by its id', () => {
    const client = ready();
    client.up(text('one'), { type: 'interrupt', cause: 'button', heard: null });
    expect(client.sent('response.cancel')).toEqual([]);
    client.down(created('late'));
    expect(client.sent('response.cancel')).toMatchObject([{ response_id: 'late' }]);
  });
});

describe('row 11: false interruptions lose the answer', () => {
  it('with interrupt_response off, speech alone stops nothing on the wire', () => {
    const client = ready({}, { ...VAD, interrupt_response: false });
    client.down(created(), delta(500), started(), delta(500), stopped(), delta(500));
    expect(client.tells('audio')).toHaveLength(3);
    expect(client.sent()).toEqual([]);
  });
});

describe('row 12: no way to switch interruption off', () => {
  it('asks the server not to', () => {
    const client = talk({ settings: { turns: { type: 'server-vad', interrupt: false } } });
    client.wire.open();
    expect(client.sent('session.update')).toMatchObject([
      { session: { audio: { input: { turn_detection: { type: 'server_vad', interrupt_response: false } } } } },
    ]);
  });
});

describe('row 13: the session ends without a warning', () => {
  it('tells when it will end', () => {
    const client = talk();
    client.wire.open();
    client.down({ type: 'session.created', session: session(VAD, { expires_at: 1_800_000_000 }) });
    expect(client.tells('opened')).toMatchObject([{ expiresAt: 1_800_000_000_000 }]);
  });

  it('ends as something to be continued', () => {
    const byError = ready();
    byError.down({ type: 'error', error: { type: 'invalid_request_error', code: 'session_expired', message: '60 minutes' } });
    expect(byError.error).toMatchObject({ code: 'session-expired', retryable: true });
    const byClose = ready();
    byClose.wire.close(1001, 'max duration');
    expect(byClose.error).toMatchObject({ code: 'session-expired', retryable: true });
  });
});

describe('row 14: after a reconnect tools, voice and memory are gone', () => {
  const settings = { voice: 'cedar', tools: [{ name: 'look', description: '', parameters: {} }] };

  it('settings first, then the past, then sound, and only after the server agreed', () => {
    const client = talk({ settings });
    client.up(
      {
        type: 'history',
        entries: [
          { role: 'user', text: 'my name is Ada' },
          { role: 'assistant', text: 'hello Ada' },
        ],
        respond: false,
      },
      frame(0),
    );
    client.wire.open();
    expect(client.sentTypes).toEqual(['session.update']);
    client.down({ type: 'session.created', session: session() });
    client.up(frame(320));
    expect(client.sentTypes).toEqual(['session.update']);
    client.down({ type: 'session.updated', session: session() });
    expect(client.sentTypes).toEqual([
      'session.update',
      'conversation.item.create',
      'conversation.item.create',
      'input_audio_buffer.append',
      'input_audio_buffer.append',
    ]);
    expect(client.sent('conversation.item.create')).toMatchObject([
      { item: { role: 'user', content: [{ type: 'input_text', text: 'my name is Ada' }] } },
      { item: { role: 'assistant', content: [{ type: 'output_text', text: 'hello Ada' }] } },
    ]);
  });

  it('never sends the voice again once the assistant has spoken', () => {
    const client = ready({ settings });
    client.up({ type: 'settings', settings: { instructions: 'one' } });
    client.down({ type: 'session.updated', session: session() }, created(), delta(20));
    client.up({ type: 'settings', settings: { instructions: 'two' } });
    expect(JSON.stringify(client.sent('session.update')[0])).toContain('cedar');
    expect(JSON.stringify(client.sent('session.update')[1])).not.toContain('cedar');
    expect(client.sent('session.update')[1]).toMatchObject({ session: { instructions: 'two', tools: [{ name: 'look' }] } });
  });

  it('a refused voice does not take tools and instructions with it', () => {
    const client = talk({ settings });
    client.wire.open();
    client.down(
      { type: 'session.created', session: session() },
      refusal('cannot_update_voice', client.sent('session.update')[0]?.['event_id']),
    );
    const [, again] = client.sent('session.update');
    expect(JSON.stringify(again)).not.toContain('cedar');
    expect(again).toMatchObject({ session: { tools: [{ name: 'look' }] } });
    client.down({ type: 'session.updated', session: session() });
    expect(client.tells('ready')).toMatchObject([
      { settings: { differences: expect.arrayContaining([expect.stringContaining('voice')]) as string[] } },
    ]);
  });
});

describe('row 17: the light stays on after hanging up', () => {
  it('hangs up when nobody listens, and ends when the server hangs up, whichever way', () => {
    const client = ready();
    client.subscription.unsubscribe();
    expect(client.wire.closedWith).toBe(1000);
    const ended = ready();
    ended.wire.close(1000, 'bye');
    expect(ended.completed).toBe(true);
    const lost = ready();
    lost.wire.close(1006);
    expect(lost.error).toMatchObject({ code: 'socket-closed', retryable: true });
  });
});

describe('row 18: muted, but it still hears', () => {
  it('sends no byte that it is not given, and knows where the gap was', () => {
    const client = ready();
    client.up(frame(0), frame(320));
    client.up(frame(32_000));
    expect(client.sent('input_audio_buffer.append')).toHaveLength(3);
    client.down(started('u', 45));
    expect(client.tells('speech-started')).toMatchObject([{ at: 32_000 + 80 }]);
  });
});

describe('row 19: clicks, and answers cut before their end', () => {
  it('does not take response.done for the end of what is heard, and carries half samples over', () => {
    const client = ready();
    client.down(created(), delta(0, 'a', 'r', { delta: 'AQI=' }), delta(0, 'a', 'r', { delta: 'AwQF' }), audioDone(), done());
    const sounds = client.tells('audio').map(({ pcm }) => [...pcm]);
    expect(sounds).toEqual([[0x0201], [0x0403]]);
    expect(client.told.map(({ type }) => type)).toEqual(['response-started', 'audio', 'audio', 'audio-ended', 'response-ended']);
  });
});

describe('row 20: words in the wrong order', () => {
  it('places the user before the answer although the words come last', () => {
    const client = ready();
    client.down(
      started(),
      stopped(),
      committed('u', null),
      created(),
      { type: 'conversation.item.added', previous_item_id: 'u', item: { id: 'a', type: 'message', role: 'assistant' } },
      { type: 'conversation.item.added', previous_item_id: null, item: { id: 'u', type: 'message', role: 'user' } },
      delta(20),
      {
        type: 'conversation.item.input_audio_transcription.completed',
        item_id: 'u',
        content_index: 0,
        transcript: 'what time is it',
      },
    );
    expect(client.tells('item')).toEqual([
      { type: 'item', itemId: 'u', after: null, role: 'user' },
      { type: 'item', itemId: 'a', after: 'u', role: 'assistant' },
    ]);
    expect(client.tells('caption')).toMatchObject([{ itemId: 'u', role: 'user', text: 'what time is it', final: true }]);
  });
});

describe('row 21: "buffer too small"', () => {
  it('drops a press shorter than 100 ms, commits a longer one after its sound', () => {
    const client = ready({}, null);
    client.up({ type: 'turn-start' }, frame(0), frame(320), frame(640), frame(960), { type: 'turn-end' });
    expect(client.sent('input_audio_buffer.commit', 'response.create')).toEqual([]);
    expect(client.tells('noted')).toMatchObject([{ what: 'press-too-short' }]);
    client.forget();
    client.up({ type: 'turn-start' }, ...[0, 1, 2, 3, 4].map((index) => frame(9000 + index * 320)), { type: 'turn-end' });
    expect(client.sentTypes).toEqual([
      'input_audio_buffer.clear',
      ...Array.from({ length: 5 }, () => 'input_audio_buffer.append'),
      'input_audio_buffer.commit',
      'response.create',
    ]);
  });

  it('commits nothing by hand while the server finds the turns', () => {
    const client = ready();
    client.up({ type: 'turn-start' }, ...[0, 1, 2, 3, 4, 5].map((index) => frame(index * 320)), { type: 'turn-end' });
    expect(client.sent('input_audio_buffer.commit', 'response.create')).toEqual([]);
  });
});

describe('row 22: connection errors say nothing', () => {
  it.each([
    [1006, '', 'socket-closed', true],
    [1008, 'secret expired', 'token-refused', false],
    [1001, 'going away', 'server-busy', true],
    [1011, '', 'server-error', true],
    [1013, 'try again later', 'server-busy', true],
    [4403, '', 'origin-refused', false],
    [4429, '', 'rate-limited', true],
  ] as const)('close %i %s is %s', (code, reason, expected, retryable) => {
    const client = ready();
    client.wire.close(code, reason);
    expect(client.error).toMatchObject({ code: expected, retryable });
  });

  it('what the server said before it hung up wins over the close code', () => {
    const client = ready();
    client.down({ type: 'error', error: { type: 'insufficient_quota', code: 'insufficient_quota', message: 'pay' } });
    client.wire.close(1011);
    expect(client.error).toMatchObject({ code: 'quota-exceeded', retryable: false });
  });

  it.each([
    ['insufficient_quota', 'quota-exceeded'],
    ['invalid_api_key', 'token-refused'],
    ['model_not_found', 'model-unknown'],
    ['rate_limit_exceeded', 'rate-limited'],
    ['server_busy', 'server-busy'],
  ])('%s before the start ends it as %s', (code, expected) => {
    const client = talk();
    client.wire.open();
    client.down({ type: 'error', error: { code, message: '' } });
    expect(client.error).toMatchObject({ code: expected });
  });

  it('a refused handshake is told from a lost connection, and asks for a better secret next time', () => {
    const reasons: string[] = [];
    const client = talk({
      token: (reason) => {
        reasons.push(reason);
        return of({ token: 'x', expiresAt: null });
      },
    });
    client.wire.close(1006);
    expect(client.error).toMatchObject({ code: 'socket-refused', retryable: true });
    expect(reasons).toEqual(['connect']);
  });
});

describe('row 23: silently dead since the beta was closed', () => {
  const disabled = { type: 'error', error: { code: 'beta_api_shape_disabled', message: 'beta is gone' } };

  it('offers no beta subprotocol by default', () => {
    expect(talk().wire.protocols).toEqual(['realtime']);
  });

  it('falls back to GA at once when the server has no beta any more', async () => {
    const client = talk({ adapter: { dialect: 'beta' } });
    await connected(client);
    expect(client.wire.protocols).toEqual(['realtime', 'openai-beta.realtime-v1']);
    client.wire.open();
    client.down({ type: 'session.created', session: session() }, disabled);
    expect(client.connections).toHaveLength(2);
    expect(client.wire.protocols).toEqual(['realtime']);
    client.wire.open();
    client.down({ type: 'session.created', session: session() }, { type: 'session.updated', session: session() });
    expect(client.sent('session.update')).toMatchObject([{ session: { type: 'realtime' } }]);
    expect(client.tells('opened')).toHaveLength(2);
    expect(client.tells('ready')).toHaveLength(1);
    expect(client.error).toBeNull();
  });

  it('falls back on the close code alone, too', async () => {
    const client = talk({ adapter: { dialect: 'beta' } });
    await connected(client);
    client.wire.open();
    client.wire.close(4000, 'no');
    expect(client.connections).toHaveLength(2);
    expect(client.wire.protocols).toEqual(['realtime']);
  });

  it('is loud when beta was insisted on', async () => {
    const client = talk({ dialect: 'beta' });
    await connected(client);
    client.wire.open();
    client.down(disabled);
    expect(client.error).toMatchObject({ code: 'dialect-refused', retryable: false });
  });

  it('follows a server that greets in beta', async () => {
    const flat = { id: 's', modalities: ['text', 'audio'], input_audio_format: 'pcm16', turn_detection: VAD };
    const client = talk({ settings: { voice: 'cedar' } });
    client.wire.open();
    client.down({ type: 'session.created', session: flat });
    await vi.waitFor(() => {
      expect(client.sent('session.update')).toHaveLength(2);
    });
    const updates = client.sent('session.update');
    expect(updates.at(-1)).toMatchObject({ session: { voice: 'cedar', input_audio_format: 'pcm16' } });
    client.down(refusal('unknown_parameter', updates[0]?.['event_id']), { type: 'session.updated', session: flat });
    expect(client.tells('ready')).toHaveLength(1);
    expect(client.tells('complaint')).toEqual([]);
    expect(client.tells('noted')).toMatchObject([{ what: 'settings-superseded' }]);
  });
});

describe('row 24: two voices at once', () => {
  it('one subscription is one socket, and it is closed before the next one is opened', () => {
    const client = ready();
    expect(client.connections).toHaveLength(1);
    client.subscription.unsubscribe();
    client.subscription.unsubscribe();
    expect(client.connections.map(({ closedWith }) => closedWith)).toEqual([1000]);
  });
});

describe('row 25: silent after a tool call, or speaking over the user', () => {
  it('hands in every result and asks for one answer after the last', () => {
    const client = ready();
    client.down(created(), functionCall('c1'), functionCall('c2'), done());
    expect(client.tells('tool-call')).toEqual([
      { type: 'tool-call', callId: 'c1', name: 'look', arguments: '{"a":1}' },
      { type: 'tool-call', callId: 'c2', name: 'look', arguments: '{"a":1}' },
    ]);
    client.up({ type: 'tool-result', callId: 'c2', output: '2' });
    expect(client.sentTypes).toEqual(['conversation.item.create']);
    client.up({ type: 'tool-result', callId: 'c1', output: '1' }, { type: 'tool-result', callId: 'c1', output: '1' });
    expect(client.sentTypes).toEqual(['conversation.item.create', 'conversation.item.create', 'response.create']);
    expect(client.sent('conversation.item.create')).toMatchObject([
      { item: { type: 'function_call_output', call_id: 'c2', output: '2' } },
      { item: { type: 'function_call_output', call_id: 'c1', output: '1' } },
    ]);
  });

  it('a result that is faster than the end of its response waits for it', () => {
    const client = ready();
    client.down(created(), functionCall('c1'));
    client.up({ type: 'tool-result', callId: 'c1', output: '1' });
    expect(client.sentTypes).toEqual(['conversation.item.create']);
    client.down(done('r', 'completed', { output: [(functionCall('c1') as { item: object }).item] }));
    expect(client.sentTypes).toEqual(['conversation.item.create', 'response.create']);
    expect(client.tells('tool-call')).toHaveLength(1);
  });

  it('believes calls that only the end of the response tells of, and none that was cut off', () => {
    const client = ready();
    const { item } = functionCall('c1') as { item: object };
    client.down(created(), done('r', 'completed', { output: [item] }));
    client.down(created('s'), done('s', 'cancelled', { output: [{ ...item, call_id: 'c2', status: 'incomplete' }] }));
    const args = { response_id: 't', item_id: 'i', output_index: 0, call_id: 'c3', name: 'look', arguments: '{}' };
    client.down(created('t'), { type: 'response.function_call_arguments.done', ...args }, done('t'));
    const cut = { ...args, response_id: 'v', call_id: 'c4' };
    client.down(created('v'), { type: 'response.function_call_arguments.done', ...cut }, done('v', 'cancelled'));
    expect(client.tells('tool-call').map(({ callId }) => callId)).toEqual(['c1', 'c3']);
  });

  it('does not answer over the user, and not twice when the server answers the turn', () => {
    const client = ready();
    client.down(created(), functionCall('c1'), done(), started());
    client.up({ type: 'tool-result', callId: 'c1', output: '1' });
    expect(client.sentTypes).toEqual(['conversation.item.create']);
    client.down(stopped(), committed(), created('own'), done('own'));
    expect(client.sent('response.create')).toEqual([]);
  });

  it('answers after a false alarm that the server does not answer', () => {
    marbles(({ cold, expectObservable }) => {
      const client = ready();
      client.down(created(), functionCall('c1'), done(), started());
      client.up({ type: 'tool-result', callId: 'c1', output: '1' });
      client.down(stopped());
      const creates$ = cold('2s a 2s b|').pipe(map(() => client.sent('response.create').length));
      expectObservable(creates$).toBe('2s a 2s b|', { a: 0, b: 1 });
    });
  });

  it('answers at the end of speech where the server does not answer by itself', () => {
    const client = ready({}, { ...VAD, create_response: false });
    client.down(created(), functionCall('c1'), done(), started());
    client.up({ type: 'tool-result', callId: 'c1', output: '1' });
    expect(client.sent('response.create')).toEqual([]);
    client.down(stopped());
    expect(client.sent('response.create')).toHaveLength(1);
  });

  it('does not begin to speak again after the user pressed stop', () => {
    const client = ready();
    client.down(created(), functionCall('c1'));
    client.up({ type: 'interrupt', cause: 'button', heard: null });
    client.down(done('r', 'cancelled'));
    client.forget();
    client.up({ type: 'tool-result', callId: 'c1', output: '1' });
    expect(client.sentTypes).toEqual(['conversation.item.create']);
  });

  it('a result for a call of an earlier connection is counted, not sent', () => {
    const client = ready();
    client.up({ type: 'tool-result', callId: 'old', output: '1' });
    expect(client.sent()).toEqual([]);
    expect(client.tells('noted')).toMatchObject([{ what: 'result-unknown' }]);
  });
});

describe('row 29: settings seem to be ignored', () => {
  it('tells what is in force and what is not', () => {
    const client = talk({ settings: { voice: 'cedar', speed: 1.5, turns: { type: 'semantic-vad', eagerness: 'low' } } });
    client.wire.open();
    client.down({ type: 'session.created', session: session() }, { type: 'session.updated', session: session() });
    const [told] = client.tells('ready');
    expect(told?.settings).toMatchObject({
      voice: 'marin',
      speed: 1,
      turns: { type: 'server-vad', interrupt: true, respond: true },
    });
    expect(told?.settings.differences).toEqual([
      'audio.input.turn_detection.type: asked "semantic_vad", in force "server_vad"',
      'audio.input.turn_detection.eagerness: asked "low", in force nothing',
      'audio.output.voice: asked "cedar", in force "marin"',
      'audio.output.speed: asked 1.5, in force 1',
    ]);
  });

  it('gives up one setting that the server refuses, not all of them', () => {
    const client = talk({ settings: { noiseReduction: 'near', instructions: 'be brief' } });
    client.wire.open();
    const [first] = client.sent('session.update');
    client.down(
      { type: 'session.created', session: session() },
      {
        type: 'error',
        error: { code: 'unknown_parameter', param: 'session.audio.input.noise_reduction', event_id: first?.['event_id'] },
      },
    );
    const [, again] = client.sent('session.update');
    expect(JSON.stringify(again)).not.toContain('noise_reduction');
    expect(again).toMatchObject({ session: { instructions: 'be brief' } });
    client.down({ type: 'session.updated', session: session() });
    expect(client.tells('ready')[0]?.settings.differences).toEqual(
      expect.arrayContaining([expect.stringContaining('noise_reduction'), expect.stringContaining('instructions')]),
    );
  });

  it('ends, named, when nothing is left to give up', () => {
    const client = talk();
    client.wire.open();
    client.down({ type: 'error', error: { code: 'invalid_value', message: 'no', param: 'session.type' } });
    expect(client.error).toMatchObject({ code: 'bad-option', field: 'session.type', retryable: false });
  });
});

describe('row 30: costs run on', () => {
  it('tells what each answer used, and closes the socket with the subscription', () => {
    const client = ready();
    client.down(
      created(),
      done('r', 'completed', {
        usage: {
          total_tokens: 30,
          input_tokens: 10,
          output_tokens: 20,
          input_token_details: { audio_tokens: 8 },
          output_token_details: { audio_tokens: 15 },
        },
      }),
    );
    expect(client.tells('response-ended')).toMatchObject([
      { usage: { inputTokens: 10, outputTokens: 20, inputAudioTokens: 8, outputAudioTokens: 15 } },
    ]);
    client.subscription.unsubscribe();
    expect(client.wire.closedWith).toBe(1000);
  });
});

describe('the list of complaints', () => {
  it('has thirty rows, each here or with an address', () => {
    const here = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17, 18, 19, 20, 21, 22, 23, 24, 25, 29, 30];
    const rows = [...here, ...Object.keys(ELSEWHERE).map(Number)].sort((one, other) => one - other);
    expect(rows).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });
});
