import { vi } from 'vitest';
import { Subject, Subscription } from 'rxjs';
import { encodeBase64 } from '../../../../src/protocols/realtime/base64.ts';
import { realtime, type RealtimeOptions } from '../../../../src/protocols/realtime/realtime.ts';
import type { AssistantError } from '../../../../src/shared/errors.ts';
import { samples } from '../../../../src/shared/time.ts';
import type { Downlink, Heard, Uplink } from '../../../../src/shared/wire.ts';
import { fakeSocket, type FakeConnection } from '../../../support/fake-socket.ts';

/** One realtime client and the test that plays its server. */
export interface Talk {
  readonly told: Downlink[];
  readonly connections: readonly FakeConnection[];
  /** The newest connection. */
  readonly wire: FakeConnection;
  readonly subscription: Subscription;
  error: AssistantError | null;
  completed: boolean;
  up(...uplinks: Uplink[]): void;
  /** Server events. */
  down(...events: object[]): void;
  /** Client messages of these types since `forget`, all when none are named. */
  sent(...types: string[]): Record<string, unknown>[];
  /** Types of the client messages since `forget`. */
  readonly sentTypes: string[];
  tells<T extends Downlink['type']>(type: T): Extract<Downlink, { type: T }>[];
  forget(): void;
}

export function talk(options: Partial<RealtimeOptions> = {}): Talk {
  const { WebSocket, connections } = fakeSocket();
  const up$ = new Subject<Uplink>();
  const told: Downlink[] = [];
  let skip = 0;
  const wire = (): FakeConnection => {
    const newest = connections.at(-1);
    if (!newest) throw new Error('not connected');
    return newest;
  };
  const client = {
    told,
    connections,
    subscription: new Subscription(),
    error: null as AssistantError | null,
    completed: false,
    get wire() {
      return wire();
    },
    up: (...uplinks: Uplink[]) => {
      for (const uplink of uplinks) up$.next(uplink);
    },
    down: (...events: object[]) => {
      for (const event of events) wire().receive(event);
    },
    sent: (...types: string[]) =>
      wire()
        .messages.slice(skip)
        .filter((message) => types.length === 0 || types.includes(message['type'] as string)),
    get sentTypes() {
      return wire()
        .messages.slice(skip)
        .map((message) => message['type'] as string);
    },
    tells: <T extends Downlink['type']>(type: T) =>
      told.filter((downlink): downlink is Extract<Downlink, { type: T }> => downlink.type === type),
    forget: () => {
      skip = wire().sent.length;
      told.length = 0;
    },
  };
  client.subscription.add(
    up$.pipe(realtime({ url: 'ws://server.test/v1/realtime', WebSocket, ...options })).subscribe({
      next: (downlink) => told.push(downlink),
      error: (error: unknown) => (client.error = error as AssistantError),
      complete: () => (client.completed = true),
    }),
  );
  return client;
}

/** The code of another dialect is loaded before the socket is opened. */
export const connected = (client: Talk): Promise<unknown> => vi.waitFor(() => client.wire);

export const VAD = { type: 'server_vad', interrupt_response: true, create_response: true };

export const session = (turnDetection: object | null = VAD, more: object = {}): object => ({
  type: 'realtime',
  id: 'sess_1',
  model: 'fake',
  output_modalities: ['audio'],
  audio: {
    input: { format: { type: 'audio/pcm', rate: 16000 }, transcription: { model: 'fake' }, turn_detection: turnDetection },
    output: { format: { type: 'audio/pcm', rate: 24000 }, voice: 'marin', speed: 1 },
  },
  ...more,
});

/** A client whose settings are confirmed, with nothing remembered yet. */
export function ready(options: Partial<RealtimeOptions> = {}, turnDetection: object | null = VAD): Talk {
  const client = talk(options);
  client.wire.open();
  client.down(
    { type: 'session.created', session: session(turnDetection) },
    { type: 'session.updated', session: session(turnDetection) },
  );
  client.forget();
  return client;
}

/** `ms` of sound at 24 kHz as an audio delta of response `r`, item `a`. */
export const delta = (ms: number, item = 'a', response = 'r', more: object = {}): object => ({
  type: 'response.output_audio.delta',
  response_id: response,
  item_id: item,
  output_index: 0,
  content_index: 0,
  delta: encodeBase64(new Uint8Array(ms * 48)),
  ...more,
});

export const created = (id = 'r', more: object = {}): object => ({ type: 'response.created', response: { id, ...more } });

export const done = (id = 'r', status = 'completed', more: object = {}): object => ({
  type: 'response.done',
  response: { id, status, output: [], ...more },
});

export const audioDone = (item = 'a', response = 'r'): object => ({
  type: 'response.output_audio.done',
  response_id: response,
  item_id: item,
  output_index: 0,
  content_index: 0,
});

export const started = (item = 'u', atMs = 0): object => ({
  type: 'input_audio_buffer.speech_started',
  item_id: item,
  audio_start_ms: atMs,
});

export const stopped = (item = 'u', atMs = 0): object => ({
  type: 'input_audio_buffer.speech_stopped',
  item_id: item,
  audio_end_ms: atMs,
});

export const committed = (item = 'u', previous: string | null = null): object => ({
  type: 'input_audio_buffer.committed',
  item_id: item,
  previous_item_id: previous,
});

/** `ms` of `receivedMs` of item `a` were heard. */
export const heard = (renderedMs: number, receivedMs: number, itemId = 'a'): Heard => ({
  itemId,
  contentIndex: 0,
  rendered: samples(renderedMs * 24),
  received: samples(receivedMs * 24),
  rate: 24000,
});

/** A frame of 20 ms at 16 kHz. */
export const frame = (at: number, value = 0): Uplink => ({
  type: 'audio',
  pcm: new Int16Array(320).fill(value),
  at: samples(at),
});
