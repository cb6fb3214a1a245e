import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerPart } from '../../demo/server/engines/engine.ts';
import { silence, speech } from '../support/fake-engines.ts';
import { configure16k, connect, samplesOf, sendSound, serve } from './client.ts';
import type { Served } from './client.ts';

/** What only a real socket can show. */

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

describe('a conversation over a socket', () => {
  it('is heard, answered and spoken', async () => {
    const client = await connect(served.url);
    client.send({ type: 'session.update', session: configure16k });
    await client.wait('session.updated');
    sendSound(client, speech(0, 1000));
    sendSound(client, silence(800));
    await client.wait('response.done');
    const sound = client.events
      .filter((event) => event['type'] === 'response.output_audio.delta')
      .map((event) => samplesOf(event['delta']).length);
    expect(sound.reduce((sum, length) => sum + length, 0)).toBeGreaterThan(24000);
    await client.close();
  });

  it('two at once do not hear each other', async () => {
    const [one, two] = await Promise.all([connect(served.url), connect(served.url)]);
    const ask = (client: typeof one, text: string): void => {
      client.send({
        type: 'conversation.item.create',
        item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
      });
      client.send({ type: 'response.create', response: { output_modalities: ['text'] } });
    };
    ask(one, 'first');
    ask(two, 'second');
    expect(await one.wait('response.output_text.done')).toMatchObject({ text: 'You said: first' });
    expect(await two.wait('response.output_text.done')).toMatchObject({ text: 'You said: second' });
    await Promise.all([one.close(), two.close()]);
  });
});

describe('hostile frames', () => {
  it('are answered, and the socket lives', async () => {
    const client = await connect(served.url);
    const told = async (frame: string | Buffer): Promise<unknown> => {
      const from = client.events.length;
      client.socket.send(frame, { binary: typeof frame !== 'string' });
      return (await client.wait('error', undefined, from))['error'];
    };
    expect(await told('{"type":')).toMatchObject({ code: 'invalid_json' });
    expect(await told(Buffer.from([0, 1, 2, 255]))).toMatchObject({ code: 'invalid_event' });
    expect(await told('x'.repeat(16 * 1024 * 1024))).toMatchObject({ code: 'message_too_large' });
    expect(await told('['.repeat(100_000))).toMatchObject({ code: 'invalid_json' });
    // With turns by hand nothing is forgotten: 219 s of silence at 24 kHz fit, as much again does not.
    client.send({ type: 'session.update', session: { type: 'realtime', audio: { input: { turn_detection: null } } } });
    const long = JSON.stringify({ type: 'input_audio_buffer.append', audio: 'AAAA'.repeat(3_500_000), event_id: 'big' });
    client.socket.send(long);
    expect(await told(long)).toMatchObject({ code: 'input_audio_buffer_full', event_id: 'big' });
    client.send({ type: 'session.update', session: { type: 'realtime' } });
    await client.wait('session.updated');
    await client.close();
  });

  it('beyond every reason end their own socket, and no other', async () => {
    const [bad, good] = await Promise.all([connect(served.url), connect(served.url)]);
    bad.socket.on('error', () => undefined);
    bad.socket.send('x'.repeat(40 * 1024 * 1024));
    expect(await bad.closed).toBe(1009);
    good.send({ type: 'session.update', session: { type: 'realtime' } });
    await good.wait('session.updated');
    await good.close();
  });

  it('a socket that is torn away in the middle of an answer leaves nothing behind', async () => {
    const client = await connect(served.url);
    client.send({ type: 'response.create' });
    await client.wait('response.created');
    client.socket.terminate();
    await expect
      .poll(async () => ((await (await fetch(`${served.url}/health`)).json()) as { sessions: number }).sessions)
      .toBe(0);
  });
});

describe('status', () => {
  it('/health names the engine of each role and whether it is ready', async () => {
    expect(await (await fetch(`${served.url}/health`)).json()).toMatchObject({
      status: 'ready',
      roles: { hear: { name: 'ear (fake)', state: 'ready' }, speak: { name: 'mouth (fake)' }, answer: {}, see: {}, activity: {} },
    });
  });

  it('/metrics counts sessions, turns and steps', async () => {
    const text = await (await fetch(`${served.url}/metrics`)).text();
    for (const name of [
      'viva_sessions_total{dialect="ga"}',
      'viva_turns_total{kind="voice"} 1',
      'viva_step_seconds_count{step="first_sound"}',
    ]) {
      expect(text).toContain(name);
    }
  });
});

describe('shutting down', () => {
  it('finishes what is being said, then closes with 1001, and takes nobody new', async () => {
    const own = await serve({ engines: { speakMs: 100 } });
    own.engines.answerWith = async function* (): AsyncGenerator<AnswerPart> {
      await Promise.resolve();
      yield { type: 'text', text: 'One. Two two. Three three three. Four.' };
      yield { type: 'end', inputTokens: 1, outputTokens: 1, cut: false };
    };
    const [client, idle] = await Promise.all([connect(own.url), connect(own.url)]);
    client.send({ type: 'response.create' });
    await client.wait('response.output_audio.delta');
    const closing = own.close();
    expect(await client.closed).toBe(1001);
    expect(client.events.findLast((event) => event['type'] === 'response.done')).toMatchObject({
      response: { status: 'completed' },
    });
    expect(await idle.closed).toBe(1001);
    await closing;
    await expect(fetch(`${own.url}/health`)).rejects.toThrow();
  });

  it('a session ends at its limit with session_expired and 1001', async () => {
    const own = await serve({ config: { sessionSeconds: 1 } });
    const client = await connect(own.url);
    expect(await client.wait('error')).toMatchObject({ error: { code: 'session_expired' } });
    expect(await client.closed).toBe(1001);
    await own.close();
  });
});

it('a client that stops reading does not make the gateway hoard sound', async () => {
  const own = await serve({ engines: { speakMs: 1 } });
  own.engines.answerWith = async function* (): AsyncGenerator<AnswerPart> {
    for (let i = 0; i < 200; i++) {
      await Promise.resolve();
      yield { type: 'text', text: `This is sentence number ${i} of a long answer. ` };
    }
  };
  const client = await connect(own.url);
  client.socket.pause();
  client.send({ type: 'response.create' });
  await expect.poll(() => own.engines.spoken.length, { timeout: 5000 }).toBeGreaterThan(1);
  const before = own.engines.spoken.length;
  expect(before).toBeLessThan(30);
  client.socket.resume();
  client.send({ type: 'response.cancel' });
  await client.wait('response.done');
  await client.close();
  await own.close();
});

it('pings, so that proxies keep the line open', async () => {
  const client = await connect(served.url);
  // The heartbeat is 20 s; that a ping of the client is answered shows the line alive without waiting for it.
  client.socket.ping();
  await once(client.socket, 'pong');
  await client.close();
});
