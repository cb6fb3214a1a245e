import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import type { PostgresPool } from 'kysely';
import { embeddedPool } from './embedded.ts';
import { migrate } from './migrate.ts';
import type { Database, Tables } from './tables.ts';

/** The gateway's database: PostgreSQL in the data folder, or a server by `DATABASE_URL`; the same SQL on both. */

export interface DatabaseOptions {
  /** `postgres://…`; null = the embedded one. */
  readonly databaseUrl: string | null;
  /** Folder of the embedded one's parent; null = in memory, for tests. */
  readonly dataDir: string | null;
  /** Told when the server drops a connection that is not in use; the next query makes a new one. */
  readonly onLost?: (cause: Error) => void;
}

/** Opens it and brings its tables up to date. `destroy()` closes it. Rejects with what PostgreSQL said. */
export async function openDatabase({ databaseUrl, dataDir, onLost }: DatabaseOptions): Promise<Database> {
  const pool = databaseUrl === null ? await embedded(dataDir) : await serverPool(databaseUrl, onLost);
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(database);
  } catch (cause) {
    await database.destroy();
    throw cause;
  }
  return database;
}

function embedded(dataDir: string | null): Promise<PostgresPool> {
  if (dataDir === null) return embeddedPool(null);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return embeddedPool(join(dataDir, 'database'));
}

async function serverPool(connectionString: string, onLost: DatabaseOptions['onLost']): Promise<PostgresPool> {
  const { default: pg } = await import('pg');
  // Counts and sequences are far below 2^53; the embedded one gives numbers too.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({ connectionString, max: 8 });
  // Without listeners, on idle connections and on those in use, a server that restarts would end the gateway.
  const lost = (cause: Error): void => onLost?.(cause);
  pool.on('error', lost).on('connect', (client) => client.on('error', lost));
  return pool;
}
