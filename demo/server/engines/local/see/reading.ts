import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { createWorker, PSM } from 'tesseract.js';
import type { Sighting } from '../../engine.ts';

/** Text in a picture, line by line, by Tesseract with the English data of an npm package: no network, nothing written. */

export interface Reader {
  read(picture: Buffer): Promise<Sighting['text']>;
}

/** Of 1: what is less sure is mostly not text at all. */
const SURE_ENOUGH = 0.45;
/** Letters of about this height are read best; screens have half of it. */
const SHORT_SIDE = 1000;
const LONG_SIDE = 2400;

export async function reader(): Promise<Reader> {
  const require = createRequire(import.meta.url);
  const worker = await createWorker('eng', undefined, {
    langPath: join(dirname(require.resolve('@tesseract.js-data/eng/package.json')), '4.0.0_best_int'),
    cacheMethod: 'none',
    gzip: true,
    // Failures reject the call; without this they are thrown again on the side.
    errorHandler: () => undefined,
  });
  await worker.setParameters({ tessedit_pageseg_mode: PSM.SPARSE_TEXT });

  async function read(picture: Buffer): Promise<Sighting['text']> {
    const { width, height } = await sharp(picture).metadata();
    const scale = Math.min(LONG_SIDE / Math.max(width, height), Math.max(1, Math.min(3, SHORT_SIDE / Math.min(width, height))));
    const grey = await sharp(picture)
      .flatten({ background: '#fff' })
      .resize({ width: Math.round(width * scale) })
      .greyscale()
      .normalise()
      .png({ compressionLevel: 0 })
      .toBuffer();
    const { data } = await worker.recognize(grey, {}, { text: false, blocks: true });
    return (data.blocks ?? [])
      .flatMap(({ paragraphs }) => paragraphs)
      .flatMap(({ lines }) => lines)
      .map(({ text, confidence }) => ({ line: text.trim(), confidence: confidence / 100 }))
      .filter(({ line, confidence }) => confidence >= SURE_ENOUGH && /[\p{L}\p{N}]{2}|^\p{N}$/u.test(line));
  }

  return { read };
}
