import { openDatabase } from '../../demo/server/store/database.ts';

/** A process that writes rows until it is killed, telling how many are committed; its argument is the data folder. */

const database = await openDatabase({ databaseUrl: null, dataDir: process.argv[2] ?? '' });
for (let count = 1; ; count++) {
  const id = `e-${String(count)}`;
  await database.insertInto('events').values({ id, event_prompt: id, label: id }).execute();
  process.send?.(count);
}
