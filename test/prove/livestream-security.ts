import { spawn } from 'node:child_process';
import { closeSync, existsSync, ftruncateSync, openSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose';
import sharp from 'sharp';
import { openTokenKeys } from '../../demo/server/livestream/auth/token-keys.ts';
import { follow } from './livestream-security/followed.ts';
import { ownGateway } from './livestream-security/gateway.ts';
import type { Reply } from './livestream-security/gateway.ts';

/**
 * `npm run prove:livestream-security`: what becomes of everybody who may not, at a whole gateway with its own database: a table of attempts.
 * SOCKETS (10000) are opened at once, and a GiB is sent by curl in four ways. Ends with 1 where a row is not as it must be.
 */

const SOCKETS = Number(process.env['SOCKETS'] ?? 10_000);
const ADA = '0f8fad5b-d9cb-469f-a165-70867728950e';
const BOB = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

let wrong = 0;
function row(attempt: string, must: string, got: string, right: boolean): void {
  if (!right) wrong += 1;
  console.log(`${right ? 'ok   ' : 'WRONG'} ${attempt.padEnd(64)} ${must.padEnd(34)} ${got}`);
}

const gateway = await ownGateway({ LIVESTREAM_OWN_TASKS: '1', RATE_PER_MINUTE: '1000000' });
const { ask, url, key, dataDir } = gateway;

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}
const login = async (user_id: string): Promise<Tokens> =>
  JSON.parse((await ask('POST', '/auth/token', { body: { api_key: key, user_id } })).text) as Tokens;

function told({ status, text: body }: Reply): string {
  const { code, field } = JSON.parse(body) as { code?: string; field?: string };
  return `${String(status)} ${code ?? ''}${field === undefined ? '' : ` (${field})`}`;
}

async function refusedWith(attempt: string, status: number, asked: Promise<Reply>): Promise<void> {
  const reply = await asked;
  row(attempt, String(status), told(reply), reply.status === status);
}

try {
  console.log(`load ${loadavg()[0]?.toFixed(1) ?? '?'} before\n`);
  const ada = (await login(ADA)).access_token;
  const bob = (await login(BOB)).access_token;
  await tokens(ada);
  const id = await someTask(ada);
  await owners(id, bob);
  await inputs(ada);
  await rooms(ada, id);
  await bodies(ada);
  await crowd(ada);
} finally {
  await gateway.close();
}
console.log(wrong === 0 ? '\nevery row as it must be' : `\n${String(wrong)} rows are not as they must be`);
process.exitCode = wrong === 0 ? 0 : 1;

async function tokens(ada: string): Promise<void> {
  const stats = (token?: string): Promise<Reply> => ask('GET', '/livestream/tasks/stats', token === undefined ? {} : { token });
  await refusedWith('no token', 401, stats());
  const signing = openTokenKeys(dataDir).signing();
  const forged = (secret: Uint8Array, seconds: number, audience: string, kid = signing.kid): Promise<string> =>
    new SignJWT()
      .setProtectedHeader({ alg: 'HS256', kid })
      .setIssuer('viva-voce')
      .setAudience(audience)
      .setSubject(ADA)
      .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
      .sign(secret);
  const control = await stats(await forged(signing.secret, 60, 'livestream'));
  row('(a right one, made the same way)', '200', String(control.status), control.status === 200);
  await refusedWith('expired token', 401, stats(await forged(signing.secret, -5, 'livestream')));
  await refusedWith('wrong signature', 401, stats(await forged(new Uint8Array(32), 60, 'livestream')));
  await refusedWith(
    'signed with the gateway key itself',
    401,
    stats(await forged(new TextEncoder().encode(key), 60, 'livestream')),
  );
  await refusedWith('another audience', 401, stats(await forged(signing.secret, 60, 'rtstream')));
  await refusedWith('a key id that is a path', 401, stats(await forged(signing.secret, 60, 'livestream', '../api-key')));
  const bare = new UnsecuredJWT(decodeJwt(ada)).encode();
  await refusedWith('algorithm none', 401, stats(bare));
  const [head = '', , signature = ''] = ada.split('.');
  const changed = Buffer.from(JSON.stringify({ ...decodeJwt(ada), sub: BOB })).toString('base64url');
  await refusedWith('payload changed', 401, stats(`${head}.${changed}.${signature}`));
  await refusedWith('wrong gateway key', 401, ask('POST', '/auth/token', { body: { api_key: `${key}x` } }));
  const first = await login(ADA);
  const renew = (refresh_token: string): Promise<Reply> => ask('POST', '/auth/token', { body: { refresh_token } });
  const second = JSON.parse((await renew(first.refresh_token)).text) as Tokens;
  await refusedWith('refresh token shown twice', 401, renew(first.refresh_token));
  await refusedWith('… and the one that came of it', 401, renew(second.refresh_token));
  const origin = 'https://evil.test';
  const foreign = await ask('GET', '/livestream/tasks', { token: ada, headers: { origin } });
  const allowed = foreign.headers.get('access-control-allow-origin');
  row('a page of another site with a stolen token', '403, unreadable', told(foreign), foreign.status === 403 && allowed === null);
}

async function someTask(token: string): Promise<string> {
  const body = new FormData();
  const fields = { url: 'http://127.0.0.1:9/live.m3u8', livestream_name: 'Launch', start_time: '2030-01-01T00:00:00Z' };
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const reply = await ask('POST', '/livestream/tasks', { token, body });
  if (reply.status !== 201) throw new Error(`no task: ${reply.text}`);
  return (JSON.parse(reply.text) as { id: string }).id;
}

async function owners(id: string, bob: string): Promise<void> {
  const read = await ask('GET', `/livestream/tasks/${id}`, { token: bob });
  row("somebody else's task: read", '200', String(read.status), read.status === 200);
  for (const [method, path] of [
    ['POST', '/listen/start'],
    ['POST', '/listen/stop'],
    ['POST', '/re-analyze'],
    ['DELETE', ''],
  ] as const)
    await refusedWith(
      `somebody else's task: ${method} ${path}`,
      403,
      ask(method, `/livestream/tasks/${id}${path}`, { token: bob }),
    );
}

async function inputs(token: string): Promise<void> {
  for (const name of ['..%2f..%2fetc%2fpasswd.md', '..%5c..%5cx.md', 'a%00.md', 'a%0a.md', '%e2%80%aedm.md', 'x.sh'])
    await refusedWith(`prompt ${name}`, 422, ask('POST', `/livestream/prompts/${name}`, { token, body: { content: 'x' } }));
  const raw = await curl(
    ['--path-as-is', '-X', 'POST', `${url}/livestream/prompts/../../../../tmp/security.md`],
    token,
    '{"content":"x"}',
  );
  const escaped = ['/tmp/security.md', join(dataDir, '../security.md'), join(dataDir, 'etc')].some((path) => existsSync(path));
  row('prompt ../../../../tmp/security.md, raw', '4xx, no file', raw.status, raw.status.startsWith('4') && !escaped);
  await refusedWith('frame ../../api-key', 404, ask('GET', `/livestream/tasks/${ADA}/frames/..%2f..%2fapi-key?s=x`, { token }));

  const past = { url: 'https://example.com', livestream_name: 'Past', start_time: '2024-01-01T00:00:00Z' };
  const add = (change: object): Promise<Reply> =>
    ask('POST', '/livestream/tasks/history', { token, body: { ...past, summary_report: '# x', ...change } });
  const image = (bytes: Buffer, type: string): Promise<Reply> => {
    const body = new FormData();
    for (const [name, value] of Object.entries(past)) body.append(name, value);
    body.append('image', new Blob([new Uint8Array(bytes)], { type }), 'cover.jpg');
    return ask('POST', '/livestream/tasks', { token, body });
  };
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  await refusedWith('cover: SVG', 422, image(svg, 'image/svg+xml'));
  await refusedWith('cover: SVG that says PNG', 422, image(svg, 'image/png'));
  await refusedWith('cover: HTML that says JPEG', 422, image(Buffer.from('<!doctype html><script>1</script>'), 'image/jpeg'));
  gateway.rest();
  const bomb = await sharp({
    create: { width: 16_000, height: 16_000, channels: 3, background: '#000' },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 9 })
    .toBuffer();
  const before = gateway.memory().now;
  await refusedWith(
    `cover: ${String(Math.round(bomb.byteLength / 1024))} KiB of PNG that unpack to 730 MiB`,
    422,
    image(bomb, 'image/png'),
  );
  const grown = gateway.memory().most - before;
  row('… memory of the gateway meanwhile', '< 100 MiB more', `${grown.toFixed(0)} MiB more`, grown < 100);
  await refusedWith('cover: 5 MiB and a byte', 413, image(Buffer.alloc(5 * 1024 * 1024 + 1), 'image/jpeg'));
  await refusedWith('cover in base64: SVG', 422, add({ livestream_image: `data:image/png;base64,${svg.toString('base64')}` }));

  const script = '# x\n\n<script>alert(1)</script><img src=x onerror=alert(1)>';
  const kept = await add({ summary_report: script });
  const { summary_report } = JSON.parse(kept.text) as { summary_report?: string };
  const type = kept.headers.get('content-type') ?? '';
  const safe =
    kept.status === 201 &&
    summary_report === script &&
    type.includes('json') &&
    kept.headers.get('x-content-type-options') === 'nosniff';
  row('script in Markdown', '201, raw, never as a page', `${String(kept.status)}, raw, ${type}, nosniff`, safe);
  await refusedWith('a link that is a script', 422, add({ url: 'javascript:alert(1)' }));
  await refusedWith('a zero byte in a name', 422, add({ livestream_name: 'a\u0000b' }));
  const found = await ask(
    'GET',
    `/livestream/tasks?search_term=${encodeURIComponent("' or 1=1; drop table livestream_tasks; --")}`,
    { token },
  );
  row(
    'SQL in a search',
    '200, finds nothing',
    `${String(found.status)}, ${found.text.slice(0, 40)}`,
    found.text.includes('"total":0'),
  );
}

async function rooms(token: string, id: string): Promise<void> {
  const keyed = await follow(`${url}/ws/livestream?token=${encodeURIComponent(key)}`);
  await keyed.until('error');
  row(
    'the key in the address of a socket',
    'error, closed',
    JSON.stringify(keyed.heard[0]?.data['error_code']),
    keyed.heard[0]?.type === 'error',
  );
  for (const path of ['/ws', '/ws/livestream', `/ws/room/task-${id}`]) {
    const nobody = await follow(`${url}${path}`);
    await nobody.until('error');
    row(
      `${path.replace(id, '…')} without a token`,
      'AUTHENTICATION_FAILED',
      String(nobody.heard[0]?.data['error_code']),
      nobody.heard.length === 1,
    );
  }

  const invite = async (room: string, publish: boolean): Promise<string> =>
    (JSON.parse((await ask('POST', '/rooms/token', { token: key, body: { room, publish } })).text) as { token: string }).token;
  const room = 'kitchen';
  const speaker = await follow(`${url}/ws/room/${room}?token=${await invite(room, true)}`);
  const guest = await follow(`${url}/ws/room/${room}?token=${await invite(room, false)}`);
  const eve = await follow(`${url}/ws/room/${room}?token=${token}`);
  await Promise.all([guest.until('connection_established'), eve.until('connection_established')]);
  const caption = {
    id: 'line-1',
    stream: 'mine',
    start_ms: 0,
    end_ms: 900,
    at: Date.now(),
    original: { language: 'en', text: 'a secret', final: true },
  };
  speaker.socket.send(JSON.stringify({ type: 'caption', data: caption }));
  await guest.until('caption');
  // Whoever was to hear it has heard it: the next thing is heard after it.
  const after = await follow(`${url}/ws/room/${room}?token=${token}`);
  await after.until('connection_established');
  row(
    "an interpreter's room with a livestream token",
    'hears no caption',
    `${String(eve.heard.length - 1)} heard`,
    eve.heard.length === 1,
  );

  const roomName = `task-${id}`;
  const captions = await follow(`${url}/ws/room/${roomName}?token=${await invite(roomName, false)}`);
  const follower = await follow(`${url}/ws/room/${roomName}?token=${token}`);
  await Promise.all([captions.until('connection_established'), follower.until('connection_established')]);
  await ask('POST', `/livestream/tasks/${id}/listen/stop`, { token });
  await follower.until('task_log');
  row(
    "a task's room with a token for captions",
    'hears no log',
    `${String(captions.heard.length - 1)} heard`,
    captions.heard.length === 1,
  );
  for (const { socket } of [speaker, guest, eve, after, captions, follower]) socket.terminate();
}

interface Sent {
  readonly status: string;
  readonly uploaded: number;
  readonly seconds: number;
}

async function curl(args: readonly string[], token: string, data?: string): Promise<Sent> {
  const told = [
    '-s',
    '-o',
    '/dev/null',
    '-w',
    '%{http_code} %{size_upload} %{time_total}',
    '-H',
    `Authorization: Bearer ${token}`,
  ];
  const body = data === undefined ? [] : ['-H', 'Content-Type: application/json', '--data-binary', data];
  const child = spawn('curl', [...told, ...body, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [status = '', uploaded, seconds] = (await text(child.stdout)).split(' ');
  return { status, uploaded: Number(uploaded), seconds: Number(seconds) };
}

async function bodies(token: string): Promise<void> {
  const file = join(tmpdir(), `viva-voce-gib-${String(process.pid)}`);
  const handle = openSync(file, 'w');
  ftruncateSync(handle, 2 ** 30);
  closeSync(handle);
  const json = ['-X', 'POST', '-H', 'Content-Type: application/json', '-T', file];
  const chunked = ['-H', 'Transfer-Encoding: chunked', '-H', 'Expect:'];
  const ways: readonly (readonly [string, readonly string[]])[] = [
    ['1 GiB as a cover', ['-F', 'url=http://127.0.0.1/x', '-F', `image=@${file}`, `${url}/livestream/tasks`]],
    ['1 GiB as a past event', [...json, `${url}/livestream/tasks/history`]],
    ['1 GiB as a past event, its length untold', [...json, ...chunked, `${url}/livestream/tasks/history`]],
    [
      '1 GiB as a form, its length untold',
      ['-X', 'POST', '-H', 'Content-Type: multipart/form-data; boundary=x', ...chunked, '-T', file, `${url}/livestream/tasks`],
    ],
  ];
  try {
    for (const [attempt, args] of ways) {
      const before = gateway.memory().now;
      gateway.rest();
      const { status, uploaded, seconds } = await curl(args, token);
      const grown = gateway.memory().most - before;
      const got = `${status} after ${(uploaded / 2 ** 20).toFixed(1)} MiB, ${seconds.toFixed(1)} s, ${grown.toFixed(0)} MiB more`;
      row(attempt, '413, < 64 MiB of memory more', got, /^4(13|22)$/.test(status) && grown < 64);
    }
  } finally {
    rmSync(file);
  }
}

async function crowd(token: string): Promise<void> {
  const before = gateway.memory().now;
  const began = Date.now();
  const address = `${url}/ws/livestream?token=${token}`;
  const all: Awaited<ReturnType<typeof follow>>[] = [];
  const AT_ONCE = 200;
  while (all.length < SOCKETS) {
    const next = await Promise.all(Array.from({ length: Math.min(AT_ONCE, SOCKETS - all.length) }, () => follow(address)));
    await Promise.all(next.map((one) => one.until('connection_established')));
    all.push(...next);
  }
  const open = all.filter((one) => one.closed() === null).length;
  const { now } = gateway.memory();
  const each = ((now - before) * 1024) / SOCKETS;
  const opened = `${String(open)} open after ${((Date.now() - began) / 1000).toFixed(0)} s, ${each.toFixed(1)} KiB each (${now.toFixed(0)} MiB)`;
  row(`${String(SOCKETS)} sockets`, 'all are served', opened, open === SOCKETS);
  const late = await follow(address);
  await late.until('error');
  const code = late.heard.find(({ type }) => type === 'error')?.data['error_code'];
  const refused = late.heard.every(({ type }) => type !== 'connection_established');
  row('one more', 'told why and closed', `${String(code)}, ${String(late.closed())}`, SOCKETS < 10_000 || refused);
  const asked = performance.now();
  const stats = await ask('GET', '/livestream/tasks/stats', { token });
  row(
    '… a request meanwhile',
    '200',
    `${String(stats.status)} in ${(performance.now() - asked).toFixed(0)} ms`,
    stats.status === 200,
  );
  const told = performance.now();
  await someTask(token);
  await Promise.all(all.map((one) => one.until('task_created')));
  const heard = all.filter((one) => one.heard.some(({ type }) => type === 'task_created')).length;
  row(
    '… a task that is made',
    'heard by all',
    `${String(heard)} within ${(performance.now() - told).toFixed(0)} ms`,
    heard === open,
  );
  for (const { socket } of all) socket.terminate();
}
