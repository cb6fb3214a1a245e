import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { AnswerMessage, FromEmbedded, ToEmbedded } from './embedded-messages.ts';

/** PostgreSQL within the gateway (PGlite), as a pool of one connection: whoever wants it waits for the one before. */

/** A query that the database refused; `code` is PostgreSQL's SQLSTATE. */
class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.code = code;
  }
}

const SCRIPT = new URL('./embedded-thread.ts', import.meta.url).href;
// Node 20 does not let a thread begin in TypeScript (`--import tsx` has no effect on it): it begins here and goes over.
const START = `const { workerData } = require('node:worker_threads');
import(workerData.typescript).then(({ register }) => { register(); return import(workerData.script); });`;

const typescriptLoader = (): string =>
  pathToFileURL(
    createRequire(import.meta.url)
      .resolve('tsx/esm/api')
      .replace(/\.cjs$/, '.mjs'),
  ).href;

interface Waiting {
  readonly resolve: (answer: PostgresQueryResult<unknown>) => void;
  readonly reject: (cause: Error) => void;
}

/** `folder`: where its files are, made if need be; null = in memory. Rejects when PostgreSQL does not start on it. */
export async function embeddedPool(folder: string | null): Promise<PostgresPool> {
  const worker = new Worker(START, { eval: true, workerData: { folder, script: SCRIPT, typescript: typescriptLoader() } });
  const waiting = new Map<number, Waiting>();
  let sent = 0;
  let dead: Error | null = null;

  const die = (cause: Error): void => {
    dead = cause;
    for (const { reject } of waiting.values()) reject(cause);
    waiting.clear();
  };
  await new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromEmbedded) => (message === 'ready' ? resolve() : settle(waiting, message)));
    worker.once('error', (cause: unknown) => {
      const error = new Error('The embedded database failed.', { cause });
      reject(error);
      die(error);
    });
    worker.once('exit', () => {
      const error = new Error('The embedded database is closed.');
      reject(error);
      die(error);
    });
  });

  const send = (message: ToEmbedded): void => worker.postMessage(message);
  const query = (sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<unknown>> =>
    new Promise((resolve, reject) => {
      if (dead !== null) {
        reject(dead);
        return;
      }
      const id = ++sent;
      waiting.set(id, { resolve, reject });
      send({ id, sql, parameters });
    });

  let free: Promise<void> = Promise.resolve();
  return {
    connect: async () => {
      const before = free;
      let release: () => void = () => undefined;
      free = new Promise((resolve) => (release = resolve));
      await before;
      return { query, release: () => release() } as PostgresPoolClient;
    },
    end: async () => {
      await free;
      if (dead !== null) return;
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      send('closing');
      await ended;
    },
  };
}

function settle(waiting: Map<number, Waiting>, answer: AnswerMessage): void {
  const asked = waiting.get(answer.id);
  waiting.delete(answer.id);
  if (asked === undefined) return;
  if ('error' in answer) asked.reject(new QueryError(answer.error.message, answer.error.code));
  // The command decides in Kysely whether `rowCount` counts; here it always does.
  else asked.resolve({ command: 'UPDATE', rowCount: answer.affected, rows: [...answer.rows] });
}
