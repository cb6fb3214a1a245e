import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs the built site with its gateway, as `npm start` does, on a port of its own. */

export interface Site {
  /** Origin, e.g. `http://127.0.0.1:40123`. */
  readonly url: string;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 120_000;

/** Resolves when it answers; rejects with what it printed when it ends before that, or is not ready in two minutes. */
export function startSite(env: NodeJS.ProcessEnv = {}): Promise<Site> {
  const dataDir = mkdtempSync(join(tmpdir(), 'viva-voce-data-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/start.ts'], {
    env: { LOG_LEVEL: 'warn', ...process.env, DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The site was not ready in ${START_LIMIT_MS / 1000} s:\n${output}`));
    }, START_LIMIT_MS);
    const listen = (piece: Buffer) => {
      output += piece.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (url === undefined) return;
      clearTimeout(limit);
      child.stdout.off('data', listen);
      child.stdout.resume();
      resolve({ url, stop });
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', (piece: Buffer) => (output += piece.toString()));
    child.once('close', (code, signal) => {
      clearTimeout(limit);
      reject(new Error(`The site ended (${String(code ?? signal)}):\n${output}`));
    });
  });
}
