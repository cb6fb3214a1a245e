import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { writeQuest } from '../../src/protocols/rtvt/frame.ts';
import { silence, speech } from '../support/fake-engines.ts';
import { KEY } from './client.ts';
import type { Json, Served } from './client.ts';
import { BEGIN_TS, login, PID, serveRtvt, START, tcpPeer, webPeer } from './rtvt-wire.ts';

/** Who gets in to RTVT, what malformed input costs, how many there may be, and the gate. */

const PAGE = 'http://localhost:5173';
let served: Served;
beforeAll(async () => {
  served = await serveRtvt({ script: ['good morning to all of you'] });
});
afterAll(() => served.close());

const socketUrl = (path: string): string => served.url.replace(/^http/, 'ws') + path;

/** The status of an upgrade: 101, or why not. */
function knock(path: string, headers: Record<string, string> = {}, protocols: string[] = []): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(socketUrl(path), protocols, { headers });
    socket.on('open', () => {
      resolve(`101 ${socket.protocol}`.trim());
      socket.terminate();
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve(String(response.statusCode));
      response.destroy();
    });
    socket.on('error', (cause) => {
      if (!/Unexpected server response|socket hang up/.test(cause.message)) reject(cause);
    });
  });
}

describe('logins', () => {
  it.each(['/rtvt/token', '/auth/page-token'])('%s signs one for pages of allowed origins, and it is taken', async (path) => {
    const ask = (headers: Record<string, string>): Promise<Response> =>
      fetch(served.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ for: 'rtvt' }),
      });
    const response = await ask({ origin: PAGE });
    expect(response.headers.get('access-control-allow-origin')).toBe(PAGE);
    const signed = (await response.json()) as { pid: number; token: string; ts: number; url: string };
    expect(signed).toMatchObject({ pid: PID, url: socketUrl('/service/websocket') });
    const peer = await webPeer(served.url, { origin: PAGE });
    const { pid, token, ts } = signed;
    expect(await peer.ask('login', { pid, token, ts, version: 'page' })).toMatchObject({ status: 0, body: { successed: true } });
    peer.close();
    expect((await ask({ origin: 'https://evil.test' })).status).toBe(403);
    expect((await ask({})).status).toBe(403);
    expect((await ask({ authorization: `Bearer ${KEY}` })).status).toBe(200);
  });

  it.each<[string, () => Record<string, unknown>, number]>([
    ['older than an hour', () => login(Math.floor(Date.now() / 1000) - 3700), 800101],
    ['from the future', () => login(Math.floor(Date.now() / 1000) + 400), 800101],
    ['of another time than signed', () => ({ ...login(), ts: Math.floor(Date.now() / 1000) - 7 }), 800102],
    ['of another project', () => ({ ...login(), pid: 1 }), 800103],
    ['unsigned', () => ({ ...login(), token: '' }), 800102],
    ['without a token', () => ({ ...login(), token: undefined }), 10009],
  ])('%s are refused, and nothing can be begun', async (_, made, code) => {
    const peer = await webPeer(served.url);
    expect(await peer.ask('login', made() as typeof START)).toMatchObject({ status: 1, body: { code } });
    expect(await peer.ask('voiceStart', START)).toMatchObject({ status: 1, body: { code: 800002 } });
    // Nothing of a token is repeated.
    const answer = await peer.ask('login', { ...login(), token: 'secret-token' });
    expect(JSON.stringify(answer.body['ex'])).not.toContain('secret-token');
    peer.close();
  });

  it('that fail again and again end the connection', async () => {
    const peer = await tcpPeer(served.gateway.tcpPort ?? 0);
    for (let i = 0; i < 5; i++) expect((await peer.ask('login', { ...login(), token: 'x' })).body['code']).toBe(800102);
    await peer.closed;
  });
});

describe('sockets', () => {
  it('are for pages of allowed origins, and for who is no page', async () => {
    expect(await knock('/service/websocket', { origin: PAGE })).toBe('101');
    expect(await knock('/service/anything/')).toBe('101');
    expect(await knock('/service/websocket', { origin: 'https://evil.test' })).toBe('403');
    expect(await knock('/gate/websocket', { origin: 'https://evil.test' })).toBe('403');
    expect(await knock('/service/websocket', {}, ['rtvt', 'other'])).toBe('101 rtvt');
    expect(await knock('/service/one/two')).toBe('404');
  });

  it('methods without a connection are answered as the framework does', async () => {
    const ask = async (name: string): Promise<[number, unknown]> => {
      const response = await fetch(`${served.url}/service/${name}`, { method: 'POST', body: 'whatever' });
      return [response.status, ((await response.json()) as { code?: number }).code];
    };
    expect(await ask('login')).toEqual([500, 800002]);
    expect(await ask('nothing')).toEqual([500, 20004]);
    expect(await ask('*ping')).toEqual([200, undefined]);
  });
});

const hex = (text: string): Uint8Array => Buffer.from(text.replace(/ /g, ''), 'hex');
const PING = '46504e4e 01 80 01 05 01000000 02000000 2a70696e67 80';

describe('malformed input ends its connection and no other', () => {
  const cases: readonly (readonly [string, Uint8Array])[] = [
    ['no FPNN', hex('47455420 01 80 01 05 01000000 02000000 2a70696e67 80')],
    ['mtype 3', hex('46504e4e 01 80 03 05 01000000 02000000 2a70696e67 80')],
    ['both encodings', hex('46504e4e 01 c0 01 05 01000000 02000000 2a70696e67 80')],
    ['neither encoding', hex('46504e4e 01 00 01 05 01000000 02000000 2a70696e67 80')],
    ['no method', hex('46504e4e 01 80 01 00 01000000 02000000 80')],
    ['a body that is no map', hex('46504e4e 01 80 01 05 01000000 02000000 2a70696e67 c0')],
    ['a size of 4 GiB', hex('46504e4e 01 80 01 05 ffffffff 02000000 2a70696e67 80')],
  ];
  it.each(cases)('%s', async (_, bytes) => {
    const [peer, other] = await Promise.all([webPeer(served.url), webPeer(served.url)]);
    peer.raw(bytes);
    await peer.closed;
    expect((await other.ask('*ping')).status).toBe(0);
    other.close();
    if (bytes[0] !== 0x46) return;
    const raw = await tcpPeer(served.gateway.tcpPort ?? 0);
    raw.raw(bytes);
    await raw.closed;
  });

  it('two messages in one WebSocket message, half of one, and one that is too large', async () => {
    for (const bytes of [hex(PING + PING), hex(PING).subarray(0, 20), Buffer.alloc(300_000)]) {
      const peer = await webPeer(served.url);
      peer.raw(bytes);
      await peer.closed;
    }
  });

  it('a port that is talked to in another language hangs up', async () => {
    for (const words of ['SSH-2.0-x\r\n', 'FPNX', '\u0000']) {
      const socket = connect(served.gateway.tcpPort ?? 0, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(words);
      await once(socket, 'close');
    }
  });
});

describe('what is unusual is taken', () => {
  it('text frames, fragments, any version, numbers at the edges, one-way quests', async () => {
    const socket = new WebSocket(socketUrl('/service/websocket'));
    await once(socket, 'open');
    const answers: string[] = [];
    socket.on('message', (data: Buffer, binary: boolean) =>
      answers.push(`${String(binary)} ${data.subarray(0, 16).toString('hex')}`),
    );
    socket.send(Buffer.from(hex(PING)), { binary: false });
    socket.send(hex(PING).subarray(0, 9), { fin: false });
    socket.send(hex(PING).subarray(9), { fin: true });
    socket.send(hex('46504e4e 09 80 01 05 01000000 ffffffff 2a70696e67 80'));
    socket.send(writeQuest('*ping', {}, null));
    socket.send(hex('46504e4e 01 80 01 05 00000000 00000000 2a70696e67'));
    await expect.poll(() => answers.length).toBe(4);
    const head = '80020' + '00d000000';
    expect(answers).toEqual([
      `true 46504e4e01${head}02000000`,
      `true 46504e4e01${head}02000000`,
      `true 46504e4e09${head}ffffffff`,
      `true 46504e4e01${head}00000000`,
    ]);
    socket.terminate();
  });

  it('an unknown method is answered with 20004, a float where an integer is wanted with 10010', async () => {
    const peer = await webPeer(served.url);
    expect((await peer.ask('kickout')).body).toMatchObject({ code: 20004 });
    // {pid: 81700001.0, token: "", ts: 1}
    const body = '83 a3706964 cb41937a9284000000 a5746f6b656e a0 a27473 01';
    const answer = new Promise<string>((resolve) => {
      const socket = new WebSocket(socketUrl('/service/websocket'));
      socket.on('open', () => {
        const bytes = hex(body);
        const head = Buffer.from(hex('46504e4e 01 80 01 05 00000000 07000000 6c6f67696e'));
        head.writeUInt32LE(bytes.length, 8);
        socket.send(Buffer.concat([head, bytes]));
      });
      socket.on('message', (data: Buffer) => {
        resolve(data.toString('latin1'));
        socket.terminate();
      });
    });
    expect(await answer).toContain('pid');
    peer.close();
  });

  it('frames out of order and twice are put right', async () => {
    const peer = await webPeer(served.url);
    const streamId = await peer.open({ ...START, asrTempResult: false, transResult: false });
    const pcm = Int16Array.from([...silence(400), ...speech(0, 1200), ...silence(800)]);
    const frames = Array.from({ length: pcm.length / 320 }, (_, seq) => ({
      streamId,
      seq,
      data: new Uint8Array(pcm.slice(seq * 320, seq * 320 + 320).buffer),
      ts: BEGIN_TS + seq * 20,
    }));
    // Every five turned round, one in ten sent again.
    const shuffled = frames.flatMap((frame, at) => {
      const group = Math.floor(at / 5) * 5;
      const turned = at === 0 ? frame : (frames[Math.min(frames.length - 1, group + 4 - (at % 5))] ?? frame);
      return at % 10 === 0 ? [turned, turned] : [turned];
    });
    const [first] = frames;
    for (const frame of [...(first === undefined ? [] : [first]), ...shuffled]) {
      expect((await peer.ask('voiceData', frame)).status).toBe(0);
    }
    await peer.ask('voiceEnd', { streamId });
    const final = await peer.wait((push) => push.method === 'recognizedResult');
    if (final.method !== 'recognizedResult') throw new Error('no final');
    expect(final.text).toBe('good morning to all of you');
    expect(Math.abs(final.startTs - BEGIN_TS - 400)).toBeLessThanOrEqual(32);
    const heard = served.engines.heard.at(-1)?.pcm ?? new Int16Array();
    // Not a frame missing or twice: the tone goes on without a break.
    expect(heard.filter((sample) => Math.abs(sample) > 0).length).toBeGreaterThan(1150 * 16);
    peer.close();
  });

  it('a frame of another length and a stream that is somebody else’s are refused', async () => {
    const [peer, thief] = await Promise.all([webPeer(served.url), webPeer(served.url)]);
    const streamId = await peer.open();
    expect(await peer.ask('voiceData', { streamId, seq: 0, data: new Uint8Array(320), ts: 1 })).toMatchObject({
      body: { code: 800003 },
    });
    await thief.open();
    const frame = { streamId, seq: 0, data: new Uint8Array(640), ts: 1 };
    expect(await thief.ask('voiceData', frame)).toMatchObject({ body: { code: 800200 } });
    expect(await thief.ask('voiceEnd', { streamId })).toMatchObject({ body: { code: 800200 } });
    expect((await peer.ask('voiceData', frame)).status).toBe(0);
    peer.close();
    thief.close();
  });
});

describe('too many', () => {
  it('streams are refused with 800107 at their beginning; those that are open go on, and one that ends makes room', async () => {
    const small = await serveRtvt({}, { maxStreams: 2 });
    const peer = await webPeer(small.url);
    const first = await peer.open();
    await peer.ask('voiceStart', START);
    const refused = await peer.ask('voiceStart', START);
    expect(refused).toMatchObject({
      status: 1,
      body: { code: 800107, ex: expect.stringContaining('2 of 2 are open') as string },
    });
    await peer.speak(first, silence(100));
    await peer.ask('voiceEnd', { streamId: first });
    await expect.poll(async () => (await peer.ask('voiceStart', START)).status).toBe(0);
    peer.close();
    // A connection that is gone leaves no stream behind.
    const next = await webPeer(small.url);
    await next.open();
    next.close();
    await small.close();
  });

  it('for what the engine was measured to bear are refused, with that number', async () => {
    const slow = await serveRtvt({ hearMs: 900, script: ['good morning to all of you'] });
    const peer = await webPeer(slow.url);
    const stream = await peer.open({ ...START, asrTempResult: false, transResult: false });
    await peer.speak(stream, Int16Array.from([...speech(0, 1000), ...silence(700)]));
    await peer.wait((push) => push.method === 'recognizedResult');
    const { body } = await peer.ask('voiceStart', START);
    expect(body).toMatchObject({ code: 800107, ex: expect.stringMatching(/keeps up with \d at once/) as string });
    peer.close();
    await slow.close();
  });
});

describe('the gate', () => {
  const address = (wish: Record<string, string>): string => {
    const { pid, token, ts } = login();
    const query = new URLSearchParams({
      pid: String(pid),
      token,
      ts: String(ts),
      version: '1.0',
      srcLanguage: 'en',
      destLanguage: 'es',
      ...wish,
    });
    return socketUrl(`/gate/websocket?${query.toString()}`);
  };
  const open = (wish: Record<string, string> = {}): { socket: WebSocket; told: Json[]; closed: Promise<number> } => {
    const socket = new WebSocket(address(wish));
    const told: Json[] = [];
    socket.on('message', (data: Buffer) => told.push(JSON.parse(data.toString('utf8')) as Json));
    return { socket, told, closed: new Promise((resolve) => socket.on('close', resolve)) };
  };

  it('takes raw sound and tells JSON whose numbers are strings', async () => {
    const { socket, told, closed } = open({ vadSilenceTime: '300' });
    await once(socket, 'open');
    const pcm = Int16Array.from([...silence(400), ...speech(0, 1000)]);
    const bytes = Buffer.from(pcm.buffer);
    // In pieces that are no frames.
    for (let at = 0; at < bytes.length; at += 1000) socket.send(bytes.subarray(at, at + 1000));
    await expect.poll(() => told.some(({ method }) => method === 'recognizedTempResult')).toBe(true);
    socket.send(Buffer.from(silence(200).buffer));
    socket.send('{"method":"voiceEnd"}');
    await closed;
    expect(told.find(({ method }) => method === 'recognizedTempResult')).toMatchObject({ endTs: '0', lang: 'en' });
    const final = told.find(({ method }) => method === 'recognizedResult');
    expect(final).toMatchObject({ pid: String(PID), taskId: '1', asr: 'good morning to all of you' });
    expect(Math.abs(Number(final?.['startTs']) - 400)).toBeLessThanOrEqual(32);
    expect(told.find(({ method }) => method === 'translatedResult')).toMatchObject({
      lang: 'es',
      trans: 'es(good morning to all of you)',
    });
  });

  it.each<[Record<string, string>, number]>([
    [{ token: 'x' }, 800102],
    [{ pid: '1' }, 800103],
    [{ ts: 'now' }, 10010],
    [{ srcLanguage: 'xx' }, 800105],
    [{ asrResult: 'maybe' }, 10010],
  ])('%j is refused in words, and the socket closed', async (wish, code) => {
    const { told, closed } = open(wish);
    await closed;
    expect(told).toMatchObject([{ method: 'error', code }]);
  });
});

it('shutting down tells what was said, then closes', async () => {
  const own = await serveRtvt({ script: ['good morning to all of you'], hearMs: 100 });
  const peer = await webPeer(own.url);
  const stream = await peer.open({ ...START, asrTempResult: false });
  await peer.speak(stream, Int16Array.from([...silence(200), ...speech(0, 1000)]));
  await own.close();
  await peer.closed;
  expect(peer.pushes.map(({ method }) => method)).toEqual(['recognizedResult', 'translatedResult']);
});

it('/metrics counts streams, results and refusals', async () => {
  const text = await (await fetch(`${served.url}/metrics`)).text();
  for (const name of [
    'viva_rtvt_streams ',
    'viva_rtvt_pushes_total{method="recognizedResult"}',
    'viva_rtvt_errors_total{code="800102"}',
  ]) {
    expect(text).toContain(name);
  }
});
