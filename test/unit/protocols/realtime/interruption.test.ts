import { describe, expect, it } from 'vitest';
import { cutOf } from '../../../../src/protocols/realtime/interruption.ts';
import type { SpokenItem } from '../../../../src/protocols/realtime/conversation-state.ts';
import { audioDone, committed, created, delta, done, heard, ready, started, stopped, VAD, type Talk } from './talk.ts';

/** Specs §8, step by step, and every race it names. */

const item = (receivedMs: number, ended = false): SpokenItem => ({
  responseId: 'r',
  turn: null,
  contentIndex: 0,
  received: receivedMs * 24,
  rate: 24000,
  ended,
  played: false,
  cut: false,
});

describe('how much stays (§8.3)', () => {
  it('is what was rendered, in whole ms, rounded down', () => {
    expect(cutOf(item(1000), { ...heard(0, 1000), rendered: (200 * 24 + 23) as never }, 0)).toBe(200);
  });

  it('is never more than what was received', () => {
    expect(cutOf(item(500), heard(900, 900), 0)).toBe(500);
    expect(cutOf(item(900), heard(900, 500), 0)).toBe(500);
  });

  it('is everything when all of a finished item was heard', () => {
    expect(cutOf(item(500, true), heard(500, 500), 0)).toBe('nothing');
    expect(cutOf(item(500, false), heard(500, 500), 0)).toBe(500);
  });

  it('is nothing when less than a millisecond was heard', () => {
    expect(cutOf(item(500), heard(0, 500), 0)).toBe('delete');
    expect(cutOf(item(500), heard(0.9, 500), 0)).toBe('delete');
    expect(cutOf(item(500), { ...heard(0, 500), rendered: Number.NaN as never }, 0)).toBe('delete');
    expect(cutOf(item(0), null, 0)).toBe('delete');
  });

  it('keeps a margin at the very end only, and only where there is room for it', () => {
    expect(cutOf(item(500), heard(480, 500), 100)).toBe(400);
    expect(cutOf(item(500), heard(300, 500), 100)).toBe(300);
    expect(cutOf(item(80), heard(60, 80), 100)).toBe(60);
    expect(cutOf(item(80), heard(900, 900), 100)).toBe(80);
  });
});

/** A client in the middle of an answer: `ms` of item `a` told, more to come. */
function answering(ms = 500, turnDetection: object | null = VAD): Talk {
  const client = ready({}, turnDetection);
  client.down(created(), delta(ms));
  client.forget();
  return client;
}

const kinds = (client: Talk): string[] => client.sentTypes;

describe('silence first (§8.1)', () => {
  it('drops late sound and late words from the moment the server heard speech', () => {
    const client = answering();
    client.down(
      started(),
      delta(100),
      { type: 'response.output_audio_transcript.delta', response_id: 'r', item_id: 'a', delta: 'late' },
      { type: 'response.output_audio_transcript.done', response_id: 'r', item_id: 'a', transcript: 'all of it' },
      audioDone(),
      done('r', 'cancelled'),
    );
    expect(client.tells('audio')).toEqual([]);
    expect(client.tells('caption')).toEqual([]);
    expect(client.tells('audio-ended')).toEqual([]);
    expect(client.tells('noted').filter(({ what }) => what === 'late-delta')).toHaveLength(2);
    expect(client.tells('response-ended')).toMatchObject([{ status: 'cancelled' }]);
  });

  it('keeps the sound coming while the server does not interrupt and nobody else does', () => {
    const client = answering(500, { ...VAD, interrupt_response: false });
    client.down(started(), delta(100));
    expect(client.tells('audio')).toHaveLength(1);
  });

  it('drops an item that begins after the cut, and takes it out of the conversation', () => {
    const client = answering();
    client.down(started());
    client.up({ type: 'interrupt', cause: 'server', heard: heard(100, 500) });
    client.forget();
    client.down(delta(100, 'b'), delta(100, 'b'));
    expect(client.tells('audio')).toEqual([]);
    expect(client.sent()).toMatchObject([{ type: 'conversation.item.delete', item_id: 'b' }]);
  });
});

describe('cancelling (§8.2)', () => {
  it('is left to a server that interrupts by itself', () => {
    const client = answering();
    client.down(started());
    client.up({ type: 'interrupt', cause: 'server', heard: heard(100, 500) });
    expect(kinds(client)).toEqual(['conversation.item.truncate']);
  });

  it('is ours when interrupt_response is false or not told', () => {
    for (const turnDetection of [{ ...VAD, interrupt_response: false }, { type: 'server_vad' }]) {
      const client = answering(500, turnDetection);
      client.down(started());
      client.up({ type: 'interrupt', cause: 'server', heard: heard(100, 500) });
      expect(kinds(client)).toEqual(['response.cancel', 'conversation.item.truncate']);
      expect(client.sent('response.cancel')).toMatchObject([{ response_id: 'r', event_id: expect.any(String) as string }]);
    }
  });

  it.each(['button', 'escape', 'text', 'hold'] as const)('is ours when the cause is %s', (cause) => {
    const client = answering();
    client.up({ type: 'interrupt', cause, heard: heard(100, 500) });
    expect(kinds(client)).toEqual(['response.cancel', 'conversation.item.truncate']);
  });

  it('is ours when the page heard speech that the server has not heard', () => {
    const client = answering();
    client.up({ type: 'interrupt', cause: 'voice', heard: heard(100, 500) });
    expect(kinds(client)).toEqual(['response.cancel', 'conversation.item.truncate']);
  });

  it('is not ours when both heard it', () => {
    const client = answering();
    client.down(started());
    client.up({ type: 'interrupt', cause: 'voice', heard: heard(100, 500) });
    expect(kinds(client)).toEqual(['conversation.item.truncate']);
  });

  it('is not sent when nothing is being generated', () => {
    const client = answering();
    client.down(audioDone(), done());
    client.up({ type: 'interrupt', cause: 'button', heard: heard(100, 500) });
    expect(kinds(client)).toEqual(['conversation.item.truncate']);
  });

  it('is sent once', () => {
    const client = answering();
    client.up(
      { type: 'interrupt', cause: 'button', heard: heard(100, 500) },
      { type: 'interrupt', cause: 'escape', heard: null },
    );
    expect(kinds(client)).toEqual(['response.cancel', 'conversation.item.truncate']);
  });

  it('does not hit an answer that began after the speech that cut the last one', () => {
    const client = answering();
    client.down(started(), done('r', 'cancelled'), stopped(), committed(), created('r2'), delta(100, 'b', 'r2'));
    client.forget();
    client.up({ type: 'interrupt', cause: 'server', heard: heard(100, 500) });
    client.down(delta(100, 'b', 'r2'));
    expect(client.sent()).toMatchObject([{ type: 'conversation.item.truncate', item_id: 'a' }]);
    expect(client.tells('audio')).toHaveLength(1);
  });
});

describe('truncating (§8.3)', () => {
  it('sends nothing when the item was played to its end', () => {
    const client = answering();
    client.down(audioDone(), done());
    client.up({ type: 'played', itemId: 'a' });
    client.down(started());
    client.up({ type: 'interrupt', cause: 'server', heard: null });
    expect(client.sent()).toEqual([]);
  });

  it('sends nothing when the last sample was just rendered', () => {
    const client = answering();
    client.down(audioDone(), done());
    client.up({ type: 'interrupt', cause: 'button', heard: heard(500, 500) });
    expect(client.sent()).toEqual([]);
  });

  it('deletes an item of which nothing was heard', () => {
    const client = answering();
    client.down(started());
    client.up({ type: 'interrupt', cause: 'server', heard: heard(0, 500) });
    expect(client.sent()).toMatchObject([{ type: 'conversation.item.delete', item_id: 'a' }]);
    client.down({ type: 'conversation.item.deleted', item_id: 'a' });
    expect(client.tells('item-removed')).toEqual([{ type: 'item-removed', itemId: 'a' }]);
  });

  it('deletes an item whose words came before its sound', () => {
    const client = ready();
    client.down(created(), { type: 'response.output_audio_transcript.delta', response_id: 'r', item_id: 'a', delta: 'Well' });
    client.forget();
    client.up({ type: 'interrupt', cause: 'button', heard: null });
    expect(kinds(client)).toEqual(['response.cancel', 'conversation.item.delete']);
  });

  it('never deletes a written answer', () => {
    const client = ready();
    client.down(created(), { type: 'response.output_text.delta', response_id: 'r', item_id: 'a', delta: 'Well' });
    client.forget();
    client.up({ type: 'interrupt', cause: 'button', heard: null });
    expect(kinds(client)).toEqual(['response.cancel']);
  });

  it('deletes what was queued behind the item that was being played', () => {
    const client = answering();
    client.down(audioDone(), delta(400, 'b'), audioDone('b'));
    client.forget();
    client.up({ type: 'interrupt', cause: 'button', heard: heard(100, 500) });
    expect(client.sent('conversation.item.truncate', 'conversation.item.delete')).toMatchObject([
      { type: 'conversation.item.truncate', item_id: 'a', audio_end_ms: 100 },
      { type: 'conversation.item.delete', item_id: 'b' },
    ]);
  });

  it('leaves alone what was played before the item that was being played', () => {
    const client = answering();
    client.down(audioDone(), delta(400, 'b'));
    client.forget();
    client.up({ type: 'interrupt', cause: 'button', heard: heard(100, 400, 'b') });
    expect(client.sent('conversation.item.truncate', 'conversation.item.delete')).toMatchObject([
      { type: 'conversation.item.truncate', item_id: 'b', audio_end_ms: 100 },
    ]);
  });

  it('cuts each item once', () => {
    const client = answering();
    client.down(started());
    client.up(
      { type: 'interrupt', cause: 'voice', heard: heard(100, 500) },
      { type: 'interrupt', cause: 'server', heard: heard(120, 500) },
      { type: 'interrupt', cause: 'button', heard: heard(140, 500) },
    );
    expect(client.sent('conversation.item.truncate')).toHaveLength(1);
  });

  it('tells what the server cut', () => {
    const client = answering();
    client.down({ type: 'conversation.item.truncated', item_id: 'a', content_index: 0, audio_end_ms: 120 });
    expect(client.tells('truncated')).toEqual([{ type: 'truncated', itemId: 'a', heardMs: 120 }]);
  });

  it('is left out for servers that cannot', () => {
    const client = ready({ adapter: { supportsTruncate: false } });
    client.down(created(), delta(500));
    client.forget();
    client.up({ type: 'interrupt', cause: 'button', heard: heard(100, 500) });
    expect(kinds(client)).toEqual(['response.cancel']);
    expect(client.tells('noted')).toMatchObject([{ what: 'truncate-unsupported', count: 1 }]);
  });

  it('does not touch an item of an earlier connection', () => {
    const client = answering();
    client.up({ type: 'interrupt', cause: 'button', heard: heard(100, 500, 'old') });
    expect(client.sent().every((message) => message['item_id'] !== 'old')).toBe(true);
    expect(client.tells('noted').map(({ what }) => what)).toContain('interrupt-unknown-item');
  });
});

describe('an answer that has not appeared yet (§8.5)', () => {
  it('is cancelled by its id when it appears', () => {
    const client = ready();
    client.up({ type: 'text', id: 't', text: 'hi', respond: true }, { type: 'interrupt', cause: 'button', heard: null });
    client.forget();
    client.down(created('late'), delta(100, 'a', 'late'));
    expect(client.sent()).toMatchObject([
      { type: 'response.cancel', response_id: 'late' },
      { type: 'conversation.item.delete', item_id: 'a' },
    ]);
    expect(client.tells('response-started')).toEqual([]);
    expect(client.tells('audio')).toEqual([]);
  });

  it('is cancelled when the user begins to speak before it appears', () => {
    const client = ready();
    client.up({ type: 'text', id: 't', text: 'hi', respond: true });
    client.down(started());
    client.forget();
    client.down(created('late'));
    expect(client.sent()).toMatchObject([{ type: 'response.cancel', response_id: 'late' }]);
  });

  it('is cancelled when it is the one that the server owes to a spoken turn', () => {
    const client = ready();
    client.down(started(), stopped(), committed());
    client.up({ type: 'interrupt', cause: 'button', heard: null });
    client.down(created('late'));
    expect(client.sent()).toMatchObject([{ type: 'response.cancel', response_id: 'late' }]);
  });

  it('is not asked for over the user, who began to speak while it waited for another one', () => {
    const client = answering();
    client.up({ type: 'text', id: 't', text: 'and then', respond: true });
    client.down(started(), done('r', 'cancelled'));
    expect(client.sent('response.create')).toEqual([]);
    client.down(stopped(), committed(), created('own'), done('own'));
    expect(client.sent('response.create')).toEqual([]);
  });

  it('is told from the answer to a text that follows the interruption', () => {
    const client = ready();
    client.down(started(), stopped(), committed());
    client.up({ type: 'interrupt', cause: 'text', heard: null }, { type: 'text', id: 't', text: 'rather this', respond: true });
    const [create] = client.sent('response.create');
    client.forget();
    client.down(created('spoken'), done('spoken', 'cancelled'), created('typed', (create as { response: object }).response));
    expect(client.sent('response.cancel')).toMatchObject([{ response_id: 'spoken' }]);
    expect(client.tells('response-started')).toMatchObject([{ responseId: 'typed' }]);
  });

  it('does not condemn the next answer when the server refused the create', () => {
    const client = ready();
    client.up({ type: 'text', id: 't', text: 'hi', respond: true });
    const [create] = client.sent('response.create');
    client.up({ type: 'interrupt', cause: 'button', heard: null });
    client.down({ type: 'error', error: { code: 'invalid_value', message: 'no', event_id: create?.['event_id'] } });
    expect(client.tells('complaint')).toEqual([]);
    client.up({ type: 'respond' });
    client.down(created('next'));
    expect(client.sent('response.cancel')).toEqual([]);
    expect(client.tells('response-started')).toHaveLength(1);
  });
});

describe('one interruption a turn (§8.6)', () => {
  it('ignores the second start of the same speech', () => {
    const client = answering();
    client.down(started(), started());
    expect(client.tells('speech-started')).toHaveLength(1);
    expect(client.tells('noted')).toMatchObject([{ what: 'speech-started-twice', count: 1 }]);
  });
});

describe('after the cut (§8.8)', () => {
  it('asks for the next answer only when the cancelled one has ended', () => {
    const client = answering();
    client.up(
      { type: 'interrupt', cause: 'text', heard: heard(100, 500) },
      { type: 'text', id: 't', text: 'wait', respond: true },
    );
    expect(kinds(client)).toEqual(['response.cancel', 'conversation.item.truncate', 'conversation.item.create']);
    client.down(done('r', 'cancelled'));
    expect(kinds(client).at(-1)).toBe('response.create');
  });

  it('accepts the end of the answer before or after the start of speech', () => {
    for (const events of [
      [started(), done('r', 'cancelled')],
      [done('r', 'cancelled'), started()],
    ]) {
      const client = answering();
      client.down(...events);
      client.up({ type: 'interrupt', cause: 'server', heard: heard(100, 500) });
      expect(client.sent()).toMatchObject([{ type: 'conversation.item.truncate', item_id: 'a', audio_end_ms: 100 }]);
    }
  });

  it.each([
    ['response_cancel_not_active', 'Cancellation failed: no active response found', 'cancel'],
    ['item_truncate_invalid_item_id', 'no such item', 'cut'],
    ['invalid_value', 'Audio content of 400ms is already shorter than 500ms', 'cut'],
    ['unsupported_content_type', 'Only model output audio messages can be truncated', null],
    ['input_audio_buffer_commit_empty', 'buffer too small', null],
  ])('swallows and counts %s', (code, message, purpose) => {
    const client = answering();
    client.up({ type: 'interrupt', cause: 'button', heard: heard(100, 500) });
    const about = client.sent().find((sent) => purpose !== null && String(sent['event_id']).startsWith(purpose));
    client.down({ type: 'error', error: { type: 'invalid_request_error', code, message, event_id: about?.['event_id'] } });
    expect(client.tells('complaint')).toEqual([]);
    expect(client.tells('noted').at(-1)).toMatchObject({ what: code, count: 1 });
    expect(client.error).toBeNull();
  });
});
