import { serveChild } from '../../../../demo/server/engines/local/child.ts';

/** A child for the tests of the pool: it does as it is told, bad things included. */

const held = new Map<string, () => void>();
let counted = 0;

serveChild(async (data: { readonly breakAtStart?: boolean; readonly greeting?: string }) => {
  if (data.breakAtStart === true) throw new Error('the weights are not there');
  await Promise.resolve();
  return {
    greet: (name: string) => `${data.greeting ?? 'hello'} ${name}`,
    pid: () => process.pid,
    sum: (samples: Int16Array) => samples.reduce((total, sample) => total + sample, 0),
    throw: (message: string) => {
      throw new Error(message);
    },
    /** Answers when `release` is called with the same name, or when it is cancelled. */
    hold: (name: string, { signal }: { readonly signal: AbortSignal }) =>
      new Promise<string>((resolve) => {
        held.set(name, () => resolve(name));
        signal.addEventListener('abort', () => resolve('cancelled'));
      }),
    release: (name: string) => held.get(name)?.(),
    crash: () => process.kill(process.pid, 'SIGKILL'),
    exit: (words: string) => {
      process.stderr.write(words);
      process.exitCode = 3;
      process.disconnect();
    },
    hang: () => {
      for (;;) counted++;
    },
    counted: () => counted,
    environment: () => Object.keys(process.env),
    count: async function* (to: number) {
      for (counted = 0; counted < to; counted++) {
        await Promise.resolve();
        yield counted;
      }
    },
    countThenThrow: async function* (to: number) {
      for (let index = 0; index < to; index++) {
        await Promise.resolve();
        yield index;
      }
      throw new Error('no more');
    },
  };
});
