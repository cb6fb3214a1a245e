import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

/** The documented calls, run as they are written by a real shell and a real curl. */

const PORT = 7657;
const TASK_ID = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';

export interface PutIn {
  readonly token: string;
  readonly taskId: string;
  /** Path of a JPEG. */
  readonly cover: string;
  /** Of a JPEG. */
  readonly base64: string;
}

export interface CurlReply {
  readonly status: number;
  readonly body: unknown;
}

/** By the name that stands above each. */
export function documentedCalls(): ReadonlyMap<string, string> {
  const blocks = readFileSync(new URL('../fixtures/livestream-curl.sh', import.meta.url), 'utf8').split(/\n\n(?=# )/);
  return new Map(blocks.slice(1).map((block) => [/^# (.*)/.exec(block)?.[1] ?? '', block.slice(block.indexOf('\n') + 1).trim()]));
}

/** `url`: where the gateway is in place of the documented port; the line itself stays. */
export async function curl(line: string, url: string, { token, taskId, cover, base64 }: PutIn): Promise<CurlReply> {
  const put = line
    .replaceAll('YOUR_ACCESS_TOKEN', token)
    .replaceAll(TASK_ID, taskId)
    .replaceAll('/path/to/cover.jpg', cover)
    .replaceAll('YOUR_IMAGE', base64);
  const { host } = new URL(url);
  const run = `curl() { command curl --silent --show-error --connect-to 127.0.0.1:${String(PORT)}:${host} --write-out '\\n%{http_code}' "$@"; }\n`;
  const shell = spawn('bash', ['-c', run + put], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [told, wrong] = await Promise.all([text(shell.stdout), text(shell.stderr), once(shell, 'close')]);
  const [, body = '', status = ''] = /^(.*)\n(\d{3})$/s.exec(told) ?? [];
  if (status === '') throw new Error(`curl: ${wrong}`);
  return { status: Number(status), body: JSON.parse(body) as unknown };
}
