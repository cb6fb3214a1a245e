import { PerformanceObserver } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How often the garbage collector ran during `work`, which must not await; `warmUp` runs before, until its code is compiled. */
export async function countCollections(work: () => void, warmUp: () => void): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let collections = 0;
  const observer = new PerformanceObserver((list) => {
    collections += list.getEntries().length;
  });
  for (let round = 0; round < 5; round++) {
    warmUp();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  collect();
  await new Promise((resolve) => setTimeout(resolve, 50));
  observer.observe({ entryTypes: ['gc'] });
  work();
  await new Promise((resolve) => setTimeout(resolve, 50));
  observer.disconnect();
  return collections;
}
