import fc from 'fast-check';
import { concat, NEVER, of, Subject, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { realtime } from '../../../../src/protocols/realtime/realtime.ts';
import { AssistantError } from '../../../../src/shared/errors.ts';
import type { Uplink } from '../../../../src/shared/wire.ts';
import protocol from '../../../fixtures/realtime-events.json' with { type: 'json' };
import { fakeSocket } from '../../../support/fake-socket.ts';
import { marbles } from '../../../support/marbles.ts';
import { committed, connected, created, delta, done, frame, ready, session, started, stopped, talk, VAD } from './talk.ts';

describe('connecting', () => {
  it('goes by the secret as a subprotocol, with the settings first', () => {
    const client = talk({ token: () => of({ token: 'ek_1', expiresAt: null }), settings: { instructions: 'be brief' } });
    expect(client.wire.protocols).toEqual(['realtime', 'openai-insecure-api-key.ek_1']);
    client.wire.open();
    expect(client.sent()).toMatchObject([{ type: 'session.update', session: { type: 'realtime', instructions: 'be brief' } }]);
    client.down({ type: 'session.created', session: session() }, { type: 'session.updated', session: session() });
    expect(client.told.map(({ type }) => type)).toEqual(['opened', 'ready']);
  });

  it.each([
    ['openai', {}, 'wss://api.openai.com/v1/realtime?model=gpt-realtime-2.1', ['realtime', 'openai-insecure-api-key.k']],
    [
      'gateway',
      { url: 'https://site.test/v1/realtime' },
      'wss://site.test/v1/realtime',
      ['realtime', 'openai-insecure-api-key.k'],
    ],
    [
      'gateway',
      { url: 'http://site.test/v1/realtime?model=m' },
      'ws://site.test/v1/realtime?model=m',
      ['realtime', 'openai-insecure-api-key.k'],
    ],
    ['xai', {}, 'wss://api.x.ai/v1/realtime?model=grok-voice-latest', ['realtime', 'xai-client-secret.k']],
    ['speaches', { url: 'ws://h/v1/realtime', model: 'm' }, 'ws://h/v1/realtime?model=m&api_key=k', []],
    ['localai', {}, 'ws://localhost:8080/v1/realtime', ['realtime', 'openai-insecure-api-key.k']],
  ])('%s is reached where it lives', async (preset, options, url, protocols) => {
    const client = talk({ preset, token: () => of({ token: 'k', expiresAt: null }), url: undefined as never, ...options });
    await connected(client);
    expect(client.wire.url).toBe(url);
    expect(client.wire.protocols).toEqual(protocols);
  });

  it.each([
    ['azure', 'api-key', 'k'],
    ['qwen', 'authorization', 'Bearer k'],
  ])('%s gets its key in a header', async (preset, name, value) => {
    const client = talk({ preset, url: 'wss://h/v1/realtime', token: () => of({ token: 'k', expiresAt: null }) });
    await connected(client);
    expect(client.wire.headers[name]).toBe(value);
    expect(client.wire.protocols).toEqual([]);
  });

  const failing = (options: Parameters<typeof realtime>[0]): unknown => {
    let error: unknown = null;
    NEVER.pipe(realtime(options)).subscribe({ error: (cause: unknown) => (error = cause) });
    return error;
  };

  it('says which option cannot be meant', () => {
    const { WebSocket } = fakeSocket();
    expect(failing({ url: 'nonsense', WebSocket })).toMatchObject({ code: 'bad-option', field: 'url' });
    expect(failing({ url: 'ftp://h/', WebSocket })).toMatchObject({ code: 'bad-option', field: 'url' });
    expect(failing({ WebSocket })).toMatchObject({ code: 'bad-option', field: 'url' });
    expect(failing({ preset: 'azure', url: 'wss://h/' })).toMatchObject({ code: 'unsupported', field: 'preset' });
    expect(() => realtime({ preset: 'nobody' })).toThrow(expect.objectContaining({ code: 'bad-option', field: 'preset' }));
  });

  it('asks for a fresh secret before each connection, and says why', () => {
    const reasons: string[] = [];
    const { WebSocket, connections } = fakeSocket();
    const protocol$ = realtime({
      url: 'ws://h/',
      WebSocket,
      token: (reason) => {
        reasons.push(reason);
        return of({ token: `k${reasons.length}`, expiresAt: null });
      },
    });
    const connect = (): void => {
      NEVER.pipe(protocol$).subscribe({ error: () => undefined });
    };
    connect();
    connections[0]?.open();
    connections[0]?.close(1006, '');
    connect();
    connections[1]?.close(1006, '');
    connect();
    expect(reasons).toEqual(['connect', 'reconnect', 'refused']);
    expect(connections.map(({ protocols }) => protocols[1])).toEqual([1, 2, 3].map((n) => `openai-insecure-api-key.k${n}`));
  });

  it('tries a refused secret once more with a fresh one', () => {
    const reasons: string[] = [];
    const client = talk({
      token: (reason) => {
        reasons.push(reason);
        return of({ token: 'k', expiresAt: null });
      },
    });
    client.wire.open();
    client.wire.close(1008, 'expired');
    expect(reasons).toEqual(['connect', 'refused']);
    client.wire.open();
    client.wire.close(1008, 'expired');
    expect(reasons).toHaveLength(2);
    expect(client.error).toMatchObject({ code: 'token-refused' });
  });

  it('does not take a session that was ended for a refused secret', () => {
    const client = ready({ token: () => of({ token: 'k', expiresAt: null }) });
    client.wire.close(1008, 'no more');
    expect(client.connections).toHaveLength(1);
    expect(client.error).toMatchObject({ code: 'token-refused' });
  });

  it('passes on why there is no secret', () => {
    const refused = new AssistantError('origin-refused', 'not from here');
    const client = talk({ token: () => throwError(() => refused) });
    expect(client.error).toBe(refused);
    expect(client.connections).toHaveLength(0);
    expect(talk({ token: () => throwError(() => new Error('x')) }).error).toMatchObject({ code: 'token-refused' });
  });

  it('takes a server that never confirms at its greeting', () => {
    marbles(({ cold, expectObservable }) => {
      const { WebSocket, connections } = fakeSocket();
      cold('-a').subscribe(() => {
        connections[0]?.open();
        connections[0]?.receive({ type: 'session.created', session: session() });
      });
      expectObservable(NEVER.pipe(realtime({ url: 'ws://h/', WebSocket, readyTimeoutMs: 100 })), '300ms !').toBe('-o 99ms r', {
        o: expect.objectContaining({ type: 'opened' }) as unknown,
        r: expect.objectContaining({
          type: 'ready',
          settings: expect.objectContaining({ differences: ['the server did not confirm the settings'] }) as unknown,
        }) as unknown,
      });
    });
  });

  it('gives up a server that says nothing at all', () => {
    marbles(({ cold, expectObservable }) => {
      const { WebSocket, connections } = fakeSocket();
      cold('-a').subscribe(() => connections[0]?.open());
      const silent = expect.objectContaining({ code: 'timed-out', retryable: true }) as unknown;
      expectObservable(NEVER.pipe(realtime({ url: 'ws://h/', WebSocket, readyTimeoutMs: 100 }))).toBe('201ms #', {}, silent);
    });
  });

  it('listens to the session exactly as long as it is connected', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const up$ = hot<Uplink>('-------');
      const { WebSocket } = fakeSocket();
      expectObservable(up$.pipe(realtime({ url: 'ws://h/', WebSocket, connectTimeoutMs: 50 }))).toBe(
        '50ms #',
        {},
        expect.objectContaining({ code: 'timed-out' }),
      );
      expectSubscriptions(up$.subscriptions).toBe('^ 49ms !');
    });
  });

  it('stays when the session has no more to say, and passes on its error', () => {
    const { WebSocket, connections } = fakeSocket();
    let end: unknown = null;
    const up$ = new Subject<Uplink>();
    up$
      .pipe(realtime({ url: 'ws://h/', WebSocket }))
      .subscribe({ error: (cause: unknown) => (end = cause), complete: () => (end = 'done') });
    concat(of<Uplink>({ type: 'respond' })).subscribe(up$);
    connections[0]?.open();
    expect(end).toBeNull();
    connections[0]?.close(1000, '');
    expect(end).toBe('done');
  });

  it('keeps at most thirty seconds of sound while the settings are not confirmed', () => {
    const client = talk();
    for (let index = 0; index < 2000; index += 1) client.up(frame(index * 320));
    client.wire.open();
    client.down({ type: 'session.created', session: session() }, { type: 'session.updated', session: session() });
    expect(client.sent('input_audio_buffer.append')).toHaveLength(1500);
    client.down(started('u', 0));
    expect(client.tells('speech-started')).toMatchObject([{ at: 500 * 320 }]);
  });
});

describe('talking', () => {
  it('text, pictures and context become items; only what wants an answer asks for one', () => {
    const client = ready();
    client.up(
      { type: 'context', id: 'c', text: 'the cart is empty' },
      { type: 'image', id: 'i', dataUrl: 'data:image/png;base64,AAAA', text: 'what is this', respond: false },
      { type: 'image', id: 'j', dataUrl: 'data:image/jpeg;base64,AAAA', text: '', respond: true },
    );
    expect(client.sent()).toMatchObject([
      { item: { id: 'c', type: 'message', role: 'system', content: [{ type: 'input_text', text: 'the cart is empty' }] } },
      {
        item: {
          id: 'i',
          role: 'user',
          content: [
            { type: 'input_text', text: 'what is this' },
            { type: 'input_image', image_url: 'data:image/png;base64,AAAA' },
          ],
        },
      },
      { item: { id: 'j', content: [{ type: 'input_image' }] } },
      { type: 'response.create' },
    ]);
  });

  it('refuses a picture that is none', () => {
    const client = ready();
    client.up({ type: 'image', id: 'i', dataUrl: 'data:text/html,<script>', text: '', respond: true });
    expect(client.sent()).toEqual([]);
    expect(client.tells('complaint')[0]?.error).toMatchObject({ code: 'bad-option', field: 'dataUrl' });
  });

  it('places what follows a replayed past behind its last entry, and the past itself nowhere', () => {
    const client = ready();
    client.up({
      type: 'history',
      entries: [
        { id: 'old1', role: 'user', text: 'a' },
        { id: 'old2', role: 'assistant', text: 'b' },
      ],
      respond: true,
    });
    expect(client.sentTypes.at(-1)).toBe('response.create');
    client.down(
      { type: 'conversation.item.added', previous_item_id: null, item: { id: 'past_0', type: 'message', role: 'user' } },
      { type: 'conversation.item.added', previous_item_id: 'past_0', item: { id: 'past_1', type: 'message', role: 'assistant' } },
      { type: 'conversation.item.added', previous_item_id: 'past_1', item: { id: 'new', type: 'message', role: 'user' } },
    );
    expect(client.tells('item')).toEqual([{ type: 'item', itemId: 'new', after: 'old2', role: 'user' }]);
  });

  it('steps over function calls when it tells places, and accepts items without a place', () => {
    const client = ready();
    client.down(
      { type: 'conversation.item.added', item: { id: 'u', type: 'message', role: 'user' } },
      { type: 'conversation.item.added', previous_item_id: 'u', item: { id: 'f', type: 'function_call' } },
      { type: 'conversation.item.added', previous_item_id: 'f', item: { id: 'o', type: 'function_call_output' } },
      { type: 'conversation.item.added', previous_item_id: 'o', item: { id: 'a', type: 'message', role: 'assistant' } },
      { type: 'conversation.item.done', item: { id: 'a', type: 'message', role: 'assistant' } },
      { type: 'conversation.item.added', item: { id: 'v', type: 'message', role: 'user' } },
    );
    expect(client.tells('item')).toEqual([
      { type: 'item', itemId: 'u', after: null, role: 'user' },
      { type: 'item', itemId: 'a', after: 'u', role: 'assistant' },
      { type: 'item', itemId: 'v', after: 'a', role: 'user' },
    ]);
  });

  it('push-to-talk: clear on press, commit and ask on release, forget on a slip', () => {
    const client = ready({}, null);
    client.up({ type: 'turn-start' }, { type: 'turn-cancel' });
    expect(client.sentTypes).toEqual(['input_audio_buffer.clear', 'input_audio_buffer.clear']);
    client.forget();
    client.up({ type: 'turn-start' }, ...[0, 1, 2, 3, 4].map((index) => frame(index * 320)), { type: 'turn-end' });
    expect(client.sentTypes.slice(-2)).toEqual(['input_audio_buffer.commit', 'response.create']);
    client.down(committed(), {
      type: 'conversation.item.input_audio_transcription.completed',
      item_id: 'u',
      content_index: 0,
      transcript: 'hi',
    });
    expect(client.tells('settled')).toEqual([{ type: 'settled', through: 1600 }]);
  });
});

describe('listening', () => {
  it('tells the words of both sides as they come', () => {
    const client = ready();
    const place = { response_id: 'r', item_id: 'a', output_index: 0, content_index: 0 };
    const user = { item_id: 'u', content_index: 0 };
    const transcription = 'conversation.item.input_audio_transcription';
    client.down(
      { type: `${transcription}.delta`, ...user, delta: 'what' },
      { type: `${transcription}.interim`, ...user, text: 'what time' },
      { type: `${transcription}.completed`, ...user, transcript: 'What time is it?' },
      {
        type: `${transcription}.failed`,
        item_id: 'v',
        content_index: 0,
        error: { code: 'audio_unintelligible', message: 'noise' },
      },
      created(),
      { type: 'response.output_audio_transcript.delta', ...place, delta: 'Half ' },
      { type: 'response.output_audio_transcript.delta', ...place, delta: 'past' },
      { type: 'response.output_audio_transcript.done', ...place, transcript: 'Half past.' },
      { type: 'response.output_text.delta', ...place, item_id: 'b', delta: 'two' },
      { type: 'response.output_text.done', ...place, item_id: 'b', content_index: 1, text: 'two' },
    );
    expect(client.tells('caption').map(({ itemId, role, text, edit, final }) => [itemId, role, text, edit, final])).toEqual([
      ['u', 'user', 'what', 'append', false],
      ['u', 'user', 'what time', 'replace', false],
      ['u', 'user', 'What time is it?', 'replace', true],
      ['a', 'assistant', 'Half ', 'append', false],
      ['a', 'assistant', 'past', 'append', false],
      ['a', 'assistant', 'Half past.', 'replace', true],
      ['b', 'assistant', 'two', 'append', false],
      ['b', 'assistant', '', 'append', true],
    ]);
    expect(client.tells('caption-failed')).toMatchObject([{ itemId: 'v', error: { code: 'server-error' } }]);
  });

  it('reads cumulative interim words as the whole text so far', async () => {
    const client = talk({ preset: 'xai' });
    await connected(client);
    client.wire.open();
    client.down({ type: 'session.updated', session: session() });
    const user = { item_id: 'u', content_index: 0 };
    client.down(
      { type: 'conversation.item.input_audio_transcription.updated', ...user, transcript: 'what time' },
      { type: 'conversation.item.input_audio_transcription.delta', ...user, delta: 'what time is it' },
    );
    expect(client.tells('caption').map(({ text, edit }) => [text, edit])).toEqual([
      ['what time', 'replace'],
      ['what time is it', 'replace'],
    ]);
  });

  it('tells each page that an answer stands on once', () => {
    const client = ready();
    const part = {
      type: 'audio',
      annotations: [
        { type: 'url_citation', url: 'https://a.test/', title: 'A' },
        { type: 'url_citation', url: 'https://b.test/' },
        { type: 'file', url: 'x' },
        'nonsense',
      ],
    };
    client.down(
      created(),
      { type: 'response.content_part.done', response_id: 'r', item_id: 'a', output_index: 0, content_index: 0, part },
      {
        type: 'response.output_item.done',
        response_id: 'r',
        output_index: 0,
        item: { id: 'a', type: 'message', content: [part] },
      },
    );
    expect(client.tells('citation')).toEqual([
      { type: 'citation', itemId: 'a', citation: { url: 'https://a.test/', title: 'A' } },
      { type: 'citation', itemId: 'a', citation: { url: 'https://b.test/', title: 'https://b.test/' } },
    ]);
  });

  it('an answer that failed says why, without an error event', () => {
    const client = ready();
    const details = { type: 'failed', error: { type: 'rate_limit_error', code: 'rate_limit_exceeded', message: 'slow down' } };
    client.down(created(), done('r', 'failed', { status_details: details }));
    client.down(created('s'), done('s', 'incomplete', { status_details: { type: 'incomplete', reason: 'max_output_tokens' } }));
    expect(client.tells('response-ended')).toMatchObject([
      { status: 'failed', error: { code: 'rate-limited' } },
      { status: 'incomplete', reason: 'max_output_tokens', error: null },
    ]);
  });

  it('plays at the rate that is in force', () => {
    const client = talk();
    client.wire.open();
    const slow = {
      ...(session() as { audio: object }).audio,
      output: { format: { type: 'audio/pcm', rate: 16000 }, voice: 'x' },
    };
    client.down({ type: 'session.created', session: {} }, { type: 'session.updated', session: session(VAD, { audio: slow }) });
    client.down(created(), delta(20));
    expect(client.tells('ready')[0]?.settings.outputRate).toBe(16000);
    expect(client.tells('audio')[0]?.rate).toBe(16000);
  });

  it('survives sound that is none, and says so', () => {
    const client = ready();
    client.down(created(), delta(20, 'a', 'r', { delta: '***' }), delta(20));
    expect(client.tells('complaint')).toMatchObject([{ error: { code: 'bad-message', field: 'delta' } }]);
    expect(client.tells('audio')).toHaveLength(1);
  });

  it('counts what it does not know, and what it ignores', () => {
    const client = ready();
    client.down({ type: 'localai.hello' }, { type: 'localai.hello' }, { type: 'rate_limits.updated', rate_limits: [] });
    expect(client.told).toEqual([
      { type: 'noted', what: 'unknown:localai.hello', count: 1 },
      { type: 'noted', what: 'unknown:localai.hello', count: 2 },
      { type: 'noted', what: 'ignored:rate_limits.updated', count: 1 },
    ]);
    for (let index = 0; index < 1000; index += 1) client.down({ type: `x${index}` });
    expect(new Set(client.tells('noted').map(({ what }) => what)).size).toBeLessThan(110);
  });
});

describe('transcription only', () => {
  it('opens a transcription session, commits turns, and asks for no answer', () => {
    const client = talk({ settings: { purpose: 'transcription', turns: { type: 'none' } } });
    expect(client.wire.url).toBe('ws://server.test/v1/realtime?intent=transcription');
    client.wire.open();
    expect(client.sent()).toMatchObject([{ type: 'session.update', session: { type: 'transcription' } }]);
    const audio = { input: { format: { type: 'audio/pcm', rate: 16000 }, transcription: { model: 'm' }, turn_detection: null } };
    const transcription = { type: 'transcription', id: 's', audio };
    client.down({ type: 'session.created', session: transcription }, { type: 'session.updated', session: transcription });
    client.up({ type: 'turn-start' }, ...[0, 1, 2, 3, 4].map((index) => frame(index * 320)), { type: 'turn-end' });
    expect(client.sentTypes.at(-1)).toBe('input_audio_buffer.commit');
    client.up({ type: 'respond' }, { type: 'text', id: 't', text: 'hi', respond: true });
    expect(client.sent('response.create')).toEqual([]);
  });

  it('is awaited by nobody after a spoken turn', () => {
    const client = talk({ settings: { purpose: 'transcription' } });
    client.wire.open();
    client.down({ type: 'session.updated', session: session() }, started(), stopped(), committed());
    expect(client.sent('response.create')).toEqual([]);
  });
});

describe('the beta dialect', () => {
  const flat = {
    id: 's',
    modalities: ['text', 'audio'],
    input_audio_format: 'pcm16',
    output_audio_format: 'pcm16',
    input_audio_transcription: { model: 'm' },
    turn_detection: VAD,
  };

  it('holds a whole conversation', async () => {
    const client = talk({ preset: 'speaches', settings: { voice: 'v' } });
    await connected(client);
    client.wire.open();
    expect(client.sent()).toEqual([]);
    client.down({ type: 'session.created', session: flat });
    expect(client.sent()).toMatchObject([{ session: { voice: 'v', input_audio_format: 'pcm16' } }]);
    client.down({ type: 'session.updated', session: flat });
    client.forget();
    client.up({ type: 'history', entries: [{ role: 'assistant', text: 'hi' }], respond: false });
    expect(client.sent()).toMatchObject([{ item: { content: [{ type: 'text', text: 'hi' }] } }]);
    const place = { response_id: 'r', item_id: 'a', output_index: 0, content_index: 0 };
    client.down(
      { type: 'conversation.item.created', previous_item_id: null, item: { id: 'a', type: 'message', role: 'assistant' } },
      created(),
      { ...delta(20), type: 'response.audio.delta' },
      { type: 'response.audio_transcript.delta', ...place, delta: 'yes' },
      { type: 'response.audio.done', ...place },
      done(),
    );
    expect(client.told.map(({ type }) => type)).toEqual([
      'item',
      'response-started',
      'audio',
      'caption',
      'audio-ended',
      'response-ended',
    ]);
  });

  it('transcribes', async () => {
    const client = talk({ preset: 'speaches', settings: { purpose: 'transcription' } });
    await connected(client);
    client.wire.open();
    client.down({ type: 'transcription_session.created', session: flat });
    expect(client.sentTypes).toEqual(['transcription_session.update']);
    client.down({ type: 'transcription_session.updated', session: flat });
    expect(client.tells('ready')).toHaveLength(1);
  });
});

describe('what goes up', () => {
  it('is of the protocol, with every field it must have', () => {
    const client = ready({}, null);
    client.up(
      { type: 'settings', settings: { speed: 1.1 } },
      { type: 'text', id: 't', text: 'hi', respond: true },
      { type: 'turn-start' },
      ...[0, 1, 2, 3, 4].map((index) => frame(index * 320)),
      { type: 'turn-end' },
    );
    client.down(created(), delta(100), delta(100, 'b'));
    client.up({
      type: 'interrupt',
      cause: 'button',
      heard: { itemId: 'a', contentIndex: 0, rendered: 480 as never, received: 2400 as never, rate: 24000 },
    });
    const known = new Map(
      protocol.filter(({ from, dialect }) => from === 'client' && dialect === 'ga').map((row) => [row.name, row.required]),
    );
    const types = new Set(client.sentTypes);
    expect([...types].sort()).toEqual([
      'conversation.item.create',
      'conversation.item.delete',
      'conversation.item.truncate',
      'input_audio_buffer.append',
      'input_audio_buffer.clear',
      'input_audio_buffer.commit',
      'response.cancel',
      'response.create',
      'session.update',
    ]);
    for (const message of client.sent()) {
      const required = known.get(message['type'] as string);
      expect(required).toBeDefined();
      for (const field of required ?? []) expect(message).toHaveProperty(field);
      expect(JSON.stringify(message)).not.toContain('null,"audio_end_ms"');
    }
  });
});

describe('a hostile server', () => {
  const names = protocol.filter(({ from }) => from === 'server').map(({ name }) => name);
  const value = fc.oneof(
    fc.constantFrom('a', 'b', 'r', 's', '', 'AAAA', 'function_call', 'completed', 0, 1, -1, 1e300, null, true),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const fields = [
    'item_id',
    'response_id',
    'delta',
    'transcript',
    'text',
    'previous_item_id',
    'audio_start_ms',
    'audio_end_ms',
    'content_index',
    'call_id',
    'arguments',
    'name',
  ];
  const inner = fc.dictionary(
    fc.constantFrom(
      'id',
      'type',
      'role',
      'status',
      'call_id',
      'name',
      'arguments',
      'output',
      'content',
      'usage',
      'code',
      'message',
      'param',
      'event_id',
      'audio',
      'turn_detection',
      'status_details',
      'metadata',
      'annotations',
      'expires_at',
    ),
    value,
  );
  const event = fc.record({
    type: fc.constantFrom(...names, 'error', 'response.created', 'response.done'),
    flat: fc.dictionary(fc.constantFrom(...fields), value),
    session: inner,
    item: inner,
    response: inner,
    part: inner,
    error: inner,
  });
  const up = fc.constantFrom<Uplink>(
    { type: 'respond' },
    { type: 'turn-start' },
    { type: 'turn-end' },
    { type: 'interrupt', cause: 'button', heard: null },
    { type: 'tool-result', callId: 'a', output: '' },
    { type: 'text', id: 'a', text: 'a', respond: true },
    frame(0),
  );

  it('never brings out anything but an AssistantError, and never hangs', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(event, up, fc.string(), fc.uint8Array()), { maxLength: 60 }), (moves) => {
        const client = talk();
        client.wire.open();
        for (const move of moves) {
          if (typeof move === 'string') client.wire.receive(move);
          else if (move instanceof Uint8Array) client.down(move);
          else if ('session' in move) {
            const { flat, ...rest } = move;
            client.down({ ...rest, ...flat });
          } else client.up(move);
        }
        if (client.error !== null) expect(client.error).toBeInstanceOf(AssistantError);
        for (const { error } of client.tells('complaint')) expect(error).toBeInstanceOf(AssistantError);
      }),
      { numRuns: 400 },
    );
  }, 30_000);
});
