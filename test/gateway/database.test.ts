import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../demo/server/store/database.ts';
import { json } from '../../demo/server/store/json.ts';
import type { Database } from '../../demo/server/store/tables.ts';
import { startPostgres, type PostgresServer } from '../support/postgres.ts';

const collection = { id: 'c-1', name: 'Things', description: '' };
const stream = {
  id: 'rts-1',
  collection_id: 'c-1',
  name: 'Door',
  url: 'rtsp://127.0.0.1/door',
  ingest_mode: 'pull',
  push_key: null,
  media_types: ['audio', 'video'],
  sample_rate: 30,
  store: true,
  status: 'stopped',
  capture_session_id: null,
  channel_id: null,
} as const;

describe.each(['embedded', 'server'] as const)('the database, %s', (kind) => {
  let server: PostgresServer | null = null;
  let database: Database;
  beforeAll(async () => {
    server = kind === 'server' ? await startPostgres() : null;
    database = await openDatabase({ databaseUrl: server?.url ?? null, dataDir: null });
    await database.insertInto('collections').values(collection).execute();
    await database
      .insertInto('streams')
      .values({ ...stream, media_types: [...stream.media_types] })
      .execute();
  });
  afterAll(async () => {
    await database.destroy();
    await server?.close();
  });

  it('reads arrays, JSON, times and counts alike', async () => {
    const atMs = 1_795_184_119_262.5;
    const words = [{ text: 'hello', startMs: atMs, endMs: atMs + 10 }];
    const inserted = await database
      .insertInto('lines')
      .values({
        stream_id: 'rts-1',
        start_ms: atMs,
        end_ms: atMs + 10,
        text: 'hello',
        language: 'en',
        words: json(words),
        translations: json({ es: 'hola' }),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    expect(inserted.id).toBe(1);
    const line = await database.selectFrom('lines').selectAll().executeTakeFirstOrThrow();
    expect(line).toMatchObject({ id: 1, start_ms: atMs, words, translations: { es: 'hola' } });
    expect(line.created_at).toBeInstanceOf(Date);
    const door = await database.selectFrom('streams').selectAll().executeTakeFirstOrThrow();
    expect(door).toMatchObject({ media_types: ['audio', 'video'], ws_connection_ids: [], store: true, push_key: null });
    const count = await database
      .selectFrom('lines')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    expect(count.n).toBe(1);
  });

  it('finds by full text, and keeps vectors', async () => {
    const passage = { collection_id: 'c-1', stream_id: 'rts-1', video_id: null, index_id: null, source: 'transcript' as const };
    const about = { start_ms: 1, end_ms: 2, metadata: json({}) };
    await database
      .insertInto('passages')
      .values([
        { ...passage, ...about, text: 'The doors were opened by two cats.', embedding: [0.5, -1] },
        { ...passage, ...about, text: 'Nothing happens here.', embedding: null },
      ])
      .execute();
    const found = await database
      .selectFrom('passages')
      .select(['text', 'embedding'])
      .where(sql<boolean>`tsv @@ websearch_to_tsquery('english', ${'door cat'})`)
      .execute();
    expect(found).toEqual([{ text: 'The doors were opened by two cats.', embedding: [0.5, -1] }]);
  });

  it('takes a transaction back whole', async () => {
    const failing = database.transaction().execute(async (transaction) => {
      await transaction.updateTable('streams').set({ name: 'Window' }).execute();
      await transaction.insertInto('collections').values(collection).execute();
    });
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await database.selectFrom('streams').select('name').executeTakeFirst()).toEqual({ name: 'Door' });
  });

  it('runs many queries at once', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `e-${String(index)}`);
    await Promise.all(
      ids.map((id) =>
        database.transaction().execute(async (transaction) => {
          await transaction.insertInto('events').values({ id, event_prompt: id, label: id }).execute();
        }),
      ),
    );
    const rows = await database.selectFrom('events').select('id').execute();
    expect(rows).toHaveLength(50);
  });
});

it('outlives a server that drops its connections', async () => {
  const server = await startPostgres();
  const lost: Error[] = [];
  const database = await openDatabase({ databaseUrl: server.url, dataDir: null, onLost: (cause) => lost.push(cause) });
  await expect(sql`select pg_terminate_backend(pg_backend_pid())`.execute(database)).rejects.toThrow();
  await vi.waitUntil(() => lost.length > 0);
  expect(await database.selectFrom('events').select('id').execute()).toEqual([]);
  await database.destroy();
  await server.close();
});

describe('the embedded database', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'viva-voce-database-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps what was committed when the gateway is killed', async () => {
    const child = fork(new URL('../support/database-writer.ts', import.meta.url), [folder], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let told = 0;
    await new Promise<void>((resolve) => {
      child.on('message', (count) => {
        told = count as number;
        if (told === 20) resolve();
      });
    });
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    const database = await openDatabase({ databaseUrl: null, dataDir: folder });
    const rows = await database.selectFrom('events').select('id').execute();
    await database.destroy();
    expect(rows.length).toBeGreaterThanOrEqual(told);
    await expect(database.selectFrom('events').select('id').execute()).rejects.toThrow();
  });
});
