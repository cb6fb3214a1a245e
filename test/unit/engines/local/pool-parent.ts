import { childPool } from '../../../../demo/server/engines/local/child-pool.ts';

/** A gateway in small that the orphan test kills: it tells the pid of its pool's child. */

const pool = childPool(new URL('./pool-child.ts', import.meta.url), { name: 'orphan', data: {} });
const pid = await pool.call<number>('pid', 0, { signal: new AbortController().signal });
process.send?.(pid);
