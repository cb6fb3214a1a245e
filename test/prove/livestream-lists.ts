import { randomBytes, randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { pino } from 'pino';
import { openTaskIndex } from '../../demo/server/livestream/search/task-index.ts';
import { TASK_STATUSES } from '../../demo/server/livestream/task.ts';
import { KEY, playTasks } from '../support/livestream-api.ts';
import { startPostgres } from '../support/postgres.ts';

/**
 * `npm run prove:livestream-lists`: how long each kind of list takes with TASKS (10000) tasks, each with a cover of 60 KB and a report of
 * 4 KB, through the embedded database and a PostgreSQL server; from request to the last byte of the answer.
 */

const TASKS = Number(process.env['TASKS'] ?? 10_000);
const TIMES = 60;
const BATCH = 250;

/** A word of its own for each task, as names of people and products are. */
function wordOf(number: number): string {
  const syllables = ['ka', 'ri', 'mo', 'ten', 'lu', 'sha', 'ver', 'bo', 'nix', 'dal'];
  return Array.from(String(number).padStart(4, '0'), (digit) => syllables[Number(digit)] ?? '').join('');
}
const misspelt = (word: string): string => word.slice(0, 2) + word.slice(3);

const QUERIES: Readonly<Record<string, string>> = {
  'first page': '/tasks',
  'last page': `/tasks?page=${String(TASKS / 20)}`,
  'by name, the middle': `/tasks?sort_by=livestream_name&order=asc&page=${String(TASKS / 40)}`,
  'one status, by start': '/tasks?status=recording&sort_by=start_time&order=asc&limit=10',
  'search, 1 % found': '/tasks?search_term=launch%2077',
  'search, all found': '/tasks?search_term=launch',
  'search, nothing found': '/tasks?search_term=zebra',
  'search by accents': `/tasks?search_term=${encodeURIComponent('elektrische')}`,
  'search, Chinese': `/tasks?search_term=${encodeURIComponent('新车发布会')}`,
  'misspelt, all meant': '/tasks?search_term=lanuch',
  'misspelt, 1 meant': `/tasks?search_term=${misspelt(wordOf(4711))}`,
  'misspelt, two words': `/tasks?search_term=lanch%20${misspelt(wordOf(4711))}`,
  'misspelt, Chinese': `/tasks?search_term=${encodeURIComponent('新车发部会')}`,
  'misspelt, long Chinese': `/tasks?search_term=${encodeURIComponent('全球智能汽车新车发部会直播')}`,
  'public, first page': '/public_tasks',
  'a hundred': '/tasks?limit=100',
  counts: '/tasks/stats',
};

const cover = `data:image/jpeg;base64,${randomBytes(45_000).toString('base64')}`;
const report = `# Report\n\n${'A sentence of the report, as it is. '.repeat(110)}`;

async function measure(name: string, databaseUrl?: string): Promise<void> {
  const played = await playTasks({ env: { RATE_PER_MINUTE: '1000000' }, ...(databaseUrl === undefined ? {} : { databaseUrl }) });
  const { app, database } = played;
  for (let first = 0; first < TASKS; first += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, TASKS - first) }, (_, at) => first + at).map((number) => ({
      ...{
        id: randomUUID(),
        url: `https://live.example/${String(number)}`,
        livestream_name: `Launch ${String(number % 100)} of ${wordOf(number)}: Élektrische 全球智能汽车新车发布会直播`,
      },
      ...{ entity: null, start_time: new Date(1_795_000_000_000 + number * 60_000), host_name: `Host ${String(number % 500)}` },
      ...{ status: TASK_STATUSES[number % TASK_STATUSES.length] ?? 'completed', bililive_live_id: 'x', prompt_name: null },
      ...{ prompt_content: report, livestream_image: cover, summary_report: report, owner: 'x', wanted: false, failure: null },
      ...{ created_at: new Date(1_795_000_000_000 + number), updated_at: new Date() },
    }));
    await database.insertInto('livestream_tasks').values(rows).execute();
  }
  if (!(await openTaskIndex(database, pino({ level: 'warn' })))) console.log('No pg_trgm here.');
  console.log(`\n${name}, ${String(TASKS)} tasks, load ${loadavg()[0]?.toFixed(1) ?? '?'}`);
  for (const [what, path] of Object.entries(QUERIES)) {
    const ms: number[] = [];
    let bytes = 0;
    for (let time = 0; time < TIMES; time += 1) {
      const began = performance.now();
      const reply = await app.inject({ url: `/livestream${path}`, headers: { authorization: `Bearer ${KEY}` } });
      ms.push(performance.now() - began);
      if (reply.statusCode !== 200) throw new Error(`${what}: ${reply.body}`);
      bytes = Buffer.byteLength(reply.body);
    }
    ms.sort((a, b) => a - b);
    const at = (part: number): string => (ms[Math.floor((ms.length - 1) * part)] ?? 0).toFixed(1).padStart(7);
    console.log(`${what.padEnd(24)} p50 ${at(0.5)} ms   p99 ${at(0.99)} ms   ${(bytes / 1024).toFixed(0).padStart(6)} KiB`);
  }
  await played.close();
}

await measure('embedded');
const server = await startPostgres();
await measure('PostgreSQL', server.url);
await server.close();
