import { connect as connectTcp } from 'node:net';
import OpenAI from 'openai';
import { OpenAIRealtimeWS as BetaRealtimeWS } from 'openai/beta/realtime/ws';
import { OpenAIRealtimeWebSocket } from 'openai/realtime/websocket';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import { WebSocket as NativeWebSocket } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { silence, speech } from '../support/fake-engines.ts';
import { base64, KEY, serve } from './client.ts';
import type { Json, Served } from './client.ts';

/** The official client, in its three shapes, against the gateway: what each needs back holds. */

let served: Served;
let port = 0;
beforeAll(async () => {
  served = await serve();
  port = Number(new URL(served.url).port);
});
afterAll(() => served.close());
afterEach(() => {
  vi.unstubAllGlobals();
});

const client = (apiKey = KEY): OpenAI => new OpenAI({ apiKey, baseURL: `${served.url}/v1` });
/** The client insists on wss; underneath goes a plain socket to the gateway. */
const plain = { options: { createConnection: () => connectTcp(port, '127.0.0.1') } };

interface Emitter {
  on(type: 'event', listener: (event: object) => void): unknown;
  on(type: 'error', listener: (error: Error) => void): unknown;
}

function record(emitter: Emitter): { events: Json[]; errors: Error[]; wait(type: string): Promise<Json> } {
  const events: Json[] = [];
  const errors: Error[] = [];
  emitter.on('event', (event) => events.push(event as Json));
  emitter.on('error', (error) => errors.push(error));
  return {
    events,
    errors,
    wait: (type) =>
      vi.waitFor(
        () => {
          const found = events.find((event) => event['type'] === type);
          if (found === undefined) throw new Error(`no ${type} among ${events.map((event) => String(event['type'])).join(', ')}`);
          return found;
        },
        { timeout: 8000, interval: 10 },
      ),
  };
}

const turn = [speech(0, 1000), silence(800)].map(base64);

describe('openai, GA over ws', () => {
  it('holds a typed and a spoken conversation', async () => {
    const realtime = new OpenAIRealtimeWS({ model: 'gpt-realtime', ...plain }, client());
    const { events, errors, wait } = record(realtime);
    await wait('session.created');
    realtime.send({ type: 'session.update', session: { type: 'realtime', instructions: 'hi', output_modalities: ['audio'] } });
    await wait('session.updated');
    realtime.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] },
    });
    realtime.send({ type: 'response.create' });
    const done = await wait('response.done');
    expect(done).toMatchObject({
      response: { status: 'completed', output: [{ content: [{ type: 'output_audio', transcript: 'You said: hi' }] }] },
    });
    events.length = 0;
    realtime.send({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { format: { type: 'audio/pcm', rate: 24000 } } } },
    });
    for (const pcm of [speech(0, 1000, 24000), silence(800, 24000)])
      realtime.send({ type: 'input_audio_buffer.append', audio: base64(pcm) });
    await wait('response.done');
    expect(events.map((event) => event['type'])).toContain('response.output_audio.delta');
    expect(errors).toEqual([]);
    realtime.close();
  });

  it('gets an error for its event, and goes on', async () => {
    const realtime = new OpenAIRealtimeWS({ model: 'gpt-realtime', ...plain }, client());
    const { errors, wait } = record(realtime);
    await wait('session.created');
    realtime.send({ type: 'response.cancel', event_id: 'mine' });
    const error = await wait('error');
    expect(error).toMatchObject({ error: { code: 'response_cancel_not_active', event_id: 'mine' } });
    expect(errors).toHaveLength(1);
    realtime.send({ type: 'session.update', session: { type: 'realtime' } });
    await wait('session.updated');
    realtime.close();
  });

  it('opens a transcription session by intent', async () => {
    const realtime = new OpenAIRealtimeWS({ intent: 'transcription', ...plain }, client());
    const { wait } = record(realtime);
    expect(await wait('session.created')).toMatchObject({ session: { type: 'transcription' } });
    realtime.send({
      type: 'session.update',
      session: { type: 'transcription', audio: { input: { transcription: { model: 'gpt-4o-transcribe' } } } },
    });
    await wait('session.updated');
    for (const pcm of [speech(1, 1000, 24000), silence(800, 24000)])
      realtime.send({ type: 'input_audio_buffer.append', audio: base64(pcm) });
    expect(await wait('conversation.item.input_audio_transcription.completed')).toMatchObject({
      transcript: 'thank you very much.',
    });
    realtime.close();
  });
});

describe('openai, GA over the native WebSocket', () => {
  it('connects with a short-lived secret in its subprotocol', async () => {
    const minted = await client().realtime.clientSecrets.create({ session: { type: 'realtime', instructions: 'Attached.' } });
    expect(minted.value).toMatch(/^ek_/);
    class Shimmed extends NativeWebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(String(url).replace(/^wss:/, 'ws:'), protocols);
      }
    }
    vi.stubGlobal('WebSocket', Shimmed);
    const realtime = new OpenAIRealtimeWebSocket({ model: 'gpt-realtime' }, client(minted.value));
    const { wait } = record(realtime);
    expect(await wait('session.created')).toMatchObject({ session: { instructions: 'Attached.' } });
    expect(realtime.socket.protocol).toBe('realtime');
    realtime.send({ type: 'response.create' });
    await wait('response.done');
    realtime.close();
  });
});

describe('openai, beta over ws', () => {
  it('speaks the older names from the first event on', async () => {
    const realtime = new BetaRealtimeWS({ model: 'gpt-4o-realtime-preview', ...plain }, client());
    const { events, wait } = record(realtime);
    expect(await wait('session.created')).toMatchObject({
      session: { modalities: ['text', 'audio'], input_audio_format: 'pcm16' },
    });
    realtime.send({
      type: 'session.update',
      session: {
        modalities: ['text', 'audio'],
        voice: 'verse',
        input_audio_transcription: { model: 'whisper-1' },
        temperature: 0.8,
      },
    });
    expect(await wait('session.updated')).toMatchObject({
      session: { voice: 'verse', input_audio_transcription: { model: 'whisper-1' } },
    });
    realtime.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] },
    });
    realtime.send({ type: 'response.create' });
    const done = await wait('response.done');
    expect(done).toMatchObject({ response: { output: [{ content: [{ type: 'audio', transcript: 'You said: hi' }] }] } });
    const types = events.map((event) => String(event['type']));
    expect(types).toContain('response.audio.delta');
    expect(types).toContain('response.audio_transcript.delta');
    expect(types.filter((type) => type.includes('output_audio') || type === 'conversation.item.added')).toEqual([]);
    const created = types.lastIndexOf('conversation.item.created');
    expect(created).toBeLessThan(types.indexOf('response.content_part.added'));
    expect(types.indexOf('response.created')).toBeLessThan(types.indexOf('response.output_item.added'));
    expect(events.find((event) => event['type'] === 'response.content_part.added')).toMatchObject({ part: { transcript: '' } });
    expect(events.every((event) => typeof event['event_id'] === 'string')).toBe(true);
    realtime.close();
  });
});

it('the turns above were sound that the gateway really heard', () => {
  expect(turn.every((audio) => audio.length > 1000)).toBe(true);
  expect(served.engines.heard.length).toBeGreaterThan(0);
});
