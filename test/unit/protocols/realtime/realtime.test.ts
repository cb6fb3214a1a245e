import { of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { audioDone, created, delta, done, frame, heard, ready, session, started, talk } from './talk.ts';

describe('realtime', () => {
  it('connects with the secret as a subprotocol and asks for its settings before anything else', () => {
    const client = talk({ token: () => of({ token: 'ek_1', expiresAt: null }), settings: { instructions: 'be brief' } });
    expect(client.wire.protocols).toEqual(['realtime', 'openai-insecure-api-key.ek_1']);
    client.up(frame(0));
    client.wire.open();
    expect(client.sentTypes).toEqual(['session.update']);
    client.down({ type: 'session.created', session: session(undefined, { expires_at: 1000 }) });
    client.up(frame(320));
    expect(client.sentTypes).toEqual(['session.update']);
    client.down({ type: 'session.updated', session: session() });
    expect(client.sentTypes).toEqual(['session.update', 'input_audio_buffer.append', 'input_audio_buffer.append']);
    expect(client.told.map(({ type }) => type)).toEqual(['opened', 'ready']);
    expect(client.told[0]).toMatchObject({ sessionId: 'sess_1', expiresAt: 1_000_000 });
    client.subscription.unsubscribe();
    expect(client.wire.closedWith).toBe(1000);
  });

  it('plays an answer and truncates it where the user cut in', () => {
    const client = ready();
    client.down(created(), delta(500), audioDone(), done());
    expect(client.told.map(({ type }) => type)).toEqual(['response-started', 'audio', 'audio-ended', 'response-ended']);
    client.down(started());
    client.up({ type: 'interrupt', cause: 'server', heard: heard(200, 500) });
    expect(client.sent()).toMatchObject([
      { type: 'conversation.item.truncate', item_id: 'a', content_index: 0, audio_end_ms: 200 },
    ]);
  });
});
