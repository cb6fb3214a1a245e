import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../../../demo/server/config.ts';
import { createMetrics } from '../../../../demo/server/realtime/metrics.ts';
import { RtvtConnection } from '../../../../demo/server/rtvt/connection.ts';
import { createRtvtMetrics } from '../../../../demo/server/rtvt/metrics.ts';
import { RtvtService } from '../../../../demo/server/rtvt/service.ts';
import { readFrame, writeQuest } from '../../../../src/protocols/rtvt/frame.ts';
import { decodeBody } from '../../../../src/protocols/rtvt/frame-body.ts';
import { fakeEngines, silence, speech } from '../../../support/fake-engines.ts';
import type { FakeOptions } from '../../../support/fake-engines.ts';
import { noise } from '../../../support/signals.ts';

/** What a connection does as time passes and its peer does not read; the wire is a list. */

function connected(options: FakeOptions = {}) {
  const config = readConfig({ RTVT_SECRET: 'a2V5', GATEWAY_API_KEY: 'k' }, 0);
  const log = pino({ level: 'silent' });
  const engines = fakeEngines({ script: ['hello to you all'], ...options });
  const service = new RtvtService({ config, engines, metrics: createRtvtMetrics(createMetrics().registry), log });
  const sent: Uint8Array[] = [];
  const wire = { dropped: false, closed: false, reading: true, waiting: 0 };
  const connection = new RtvtConnection(
    {
      send: (data) => void sent.push(typeof data === 'string' ? Buffer.from(data) : data),
      waiting: () => wire.waiting,
      read: (wanted) => (wire.reading = wanted),
      close: () => (wire.closed = true),
      drop: () => (wire.dropped = true),
    },
    service,
  );
  let number = 0;
  const ask = (method: string, body: Parameters<typeof writeQuest>[1] = {}): Readonly<Record<string, unknown>> => {
    const at = sent.length;
    connection.receive(writeQuest(method, body, ++number));
    const frame = readFrame(sent[at] ?? new Uint8Array());
    return decodeBody(frame.body, frame.encoding).values;
  };
  const begin = (wish: Parameters<typeof writeQuest>[1] = { srcLanguage: 'en' }): bigint => {
    ask('login', { ...service.sign(), version: 'test' });
    return ask('voiceStart', { asrResult: true, asrTempResult: true, ...wish })['streamId'] as bigint;
  };
  let seq = 0;
  const speak = (streamId: bigint, pcm: Int16Array): void => {
    for (let from = 0; from + 320 <= pcm.length; from += 320, seq++) {
      ask('voiceData', { streamId, seq, ts: seq * 20, data: new Uint8Array(pcm.slice(from, from + 320).buffer) });
    }
  };
  const told = (): string[] =>
    sent.flatMap((bytes) => {
      const frame = readFrame(bytes);
      return frame.type === 'quest' ? [frame.method] : [];
    });
  return { connection, service, engines, wire, sent, ask, begin, speak, told };
}

describe('a connection', () => {
  it('throws nothing at whatever comes', () => {
    const next = noise(11);
    const byte = (): number => Math.floor((next() + 1) * 128) & 0xff;
    const whole = writeQuest(
      'voiceStart',
      { asrResult: true, srcLanguage: 'en', srcAltLanguage: ['es'], attrs: 'x'.repeat(40) },
      7,
    );
    for (let round = 0; round < 2000; round++) {
      const { connection } = connected();
      const bytes = Uint8Array.from(whole);
      for (let flips = round % 7; flips >= 0; flips--) bytes[byte() % bytes.length] = byte();
      connection.receive(round % 3 === 0 ? bytes.subarray(0, byte() % bytes.length) : bytes);
      connection.receive(Uint8Array.from({ length: byte() }, byte));
      connection.closed();
    }
  });

  it('is closed when nobody logged in for a minute, whatever else was said', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const { connection, wire, ask } = connected();
      for (let second = 0; second <= 61; second++) {
        expect(wire.dropped).toBe(second > 60);
        if (!wire.dropped) ask('*ping');
        vi.advanceTimersByTime(1000);
        connection.tick(performance.now());
      }
    } finally {
      vi.useRealTimers();
    }
  });

  it('is closed when nothing moved for a minute, and not before', () => {
    const { connection, wire, begin } = connected();
    begin();
    const now = performance.now();
    connection.tick(now + 59_000);
    expect(wire.dropped).toBe(false);
    connection.tick(now + 60_500);
    expect(wire.dropped).toBe(true);
  });

  it('gives up a peer that does not read, and leaves its interims out before', async () => {
    const { connection, wire, begin, speak, told, engines } = connected();
    const stream = begin();
    wire.waiting = 600 * 1024;
    speak(stream, Int16Array.from([...silence(200), ...speech(0, 1000)]));
    await expect.poll(() => engines.heard.filter(({ interim }) => interim).length).toBeGreaterThan(0);
    speak(stream, silence(700));
    await expect.poll(told).toEqual(['recognizedResult']);
    wire.waiting = 9 * 1024 * 1024;
    connection.receive(writeQuest('*ping', {}, 9999));
    expect(wire.dropped).toBe(true);
  });

  it('lets sound that comes faster than it is judged wait in the network', async () => {
    const { connection, wire, begin, speak, engines } = connected();
    const open = engines.activity.open;
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    Object.assign(engines.activity, {
      open: () => {
        const stream = open();
        return { ...stream, push: (pcm: Int16Array) => held.then(() => stream.push(pcm)) };
      },
    });
    const stream = begin();
    speak(stream, silence(19_000));
    expect(wire.reading).toBe(true);
    speak(stream, silence(2_000));
    expect(wire.reading).toBe(false);
    go();
    await expect
      .poll(() => {
        connection.tick(performance.now());
        return wire.reading;
      })
      .toBe(true);
  });

  it('ends a sentence whose sound stopped coming, and a stream that stays silent', async () => {
    const { connection, begin, speak, ask, told } = connected();
    const stream = begin();
    speak(stream, Int16Array.from([...silence(200), ...speech(0, 1000)]));
    await expect.poll(told).toContain('recognizedTempResult');
    connection.tick(performance.now() + 1600);
    await expect.poll(told).toContain('recognizedResult');
    connection.tick(performance.now() + 31_000);
    expect(ask('voiceData', { streamId: stream, seq: 0, ts: 0, data: new Uint8Array(640) })).toMatchObject({ code: 800200 });
  });

  it('hears the frames too that wait for one that never came, when the stream ends', async () => {
    const { begin, ask, engines, told } = connected();
    const streamId = begin();
    const pcm = Int16Array.from([...silence(200), ...speech(0, 1000)]);
    for (let seq = 0; seq * 320 < pcm.length; seq++) {
      const data = new Uint8Array(pcm.slice(seq * 320, seq * 320 + 320).buffer);
      // 100 ms before the end one is lost.
      if (seq !== pcm.length / 320 - 6) ask('voiceData', { streamId, seq, ts: seq * 20, data });
    }
    ask('voiceEnd', { streamId });
    await expect.poll(told).toContain('recognizedResult');
    const finals = engines.heard.filter(({ interim }) => !interim);
    expect(finals.at(-1)?.samples).toBe(pcm.length - 320);
  });

  it('tells no interim of what is final already, however slow a translation was', async () => {
    const { begin, speak, told } = connected({ languages: ['en'], pairs: null, translateMs: 300 });
    const stream = begin({ srcLanguage: 'en', destLanguage: 'fr', transResult: true });
    speak(stream, Int16Array.from([...silence(200), ...speech(0, 1000)]));
    await expect.poll(told).toContain('recognizedTempResult');
    speak(stream, silence(700));
    await expect.poll(told).toContain('translatedResult');
    expect(told().slice(told().indexOf('recognizedResult'))).toEqual(['recognizedResult', 'translatedResult']);
  });

  it('tries a final again when the engine is busy, and tells the interim words when it never hears', async () => {
    const { begin, speak, engines, told, sent } = connected();
    const stream = begin();
    engines.fail.set('hear', 'busy');
    speak(stream, Int16Array.from([...silence(200), ...speech(0, 1000), ...silence(700)]));
    await expect.poll(told, { timeout: 5000 }).toContain('recognizedResult');
    const last = readFrame(sent.at(-1) ?? new Uint8Array());
    expect(decodeBody(last.body, last.encoding).values).toMatchObject({ asr: 'hello to you all' });
  });
});
