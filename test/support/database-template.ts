import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/** Once a run of the gateway's tests: an empty embedded database as a file, which every other begins with (`EMBEDDED_TEMPLATE`). */
export default async function databaseTemplate(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'viva-voce-template-'));
  const database = await PGlite.create();
  const files = await database.dumpDataDir('none');
  await database.close();
  const path = join(folder, 'database.tar');
  writeFileSync(path, Buffer.from(await files.arrayBuffer()));
  process.env['EMBEDDED_TEMPLATE'] = path;
  return () => rmSync(folder, { recursive: true, force: true });
}
