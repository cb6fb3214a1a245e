import { existsSync, readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import type { FromEmbedded, ToEmbedded } from './embedded-messages.ts';

/** PostgreSQL in a thread of its own: a slow query must not hold up sound that passes through the gateway's. */

const port = parentPort;
if (port === null) throw new Error('This runs in a worker thread only.');
const tell = (message: FromEmbedded): void => port.postMessage(message);

// A null folder keeps it in memory.
const { folder } = workerData as { readonly folder: string | null };
// To make a new database takes 2.7 s of a core. Tests make dozens: they make one, and each begins with a copy of its files.
const template = process.env['EMBEDDED_TEMPLATE'];
const isNew = folder === null || !existsSync(folder);
const database = await PGlite.create({
  ...(folder === null ? {} : { dataDir: folder }),
  extensions: { pg_trgm },
  ...(template === undefined || !isNew ? {} : { loadDataDir: new Blob([readFileSync(template)]) }),
});

port.on('message', (message: ToEmbedded) => {
  if (message === 'closing') {
    void database.close().finally(() => port.close());
    return;
  }
  const { id, sql, parameters } = message;
  database.query(sql, [...parameters]).then(
    ({ rows, affectedRows }) => tell({ id, rows, affected: affectedRows ?? 0 }),
    (cause: unknown) => {
      const { message: text, code } = cause as { readonly message?: string; readonly code?: string };
      tell({ id, error: { message: text ?? String(cause), code } });
    },
  );
});
tell('ready');
