import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { createWorker, PSM } from 'tesseract.js';
import type { Box } from './boxes.ts';
import type { TextLine } from './text-lines.ts';

/** Text in a picture, line by line, by Tesseract with the English data of an npm package: no network, nothing written. */

export interface Reader {
  /** A picture as a whole; edges as shares of it. */
  read(picture: Buffer): Promise<readonly TextLine[]>;
  /** An image that was made for being read, as it is; edges in its pixels, nothing left out. */
  readPieces(image: Buffer): Promise<readonly ReadPiece[]>;
}

export interface ReadPiece extends Box {
  readonly text: string;
}

/** What is less sure is mostly the grain of a photograph; a letter or two say little for themselves. */
const SURE_ENOUGH = 0.7;
const SHORT_SURE_ENOUGH = 0.88;
const SHORT_LETTERS = 4;
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
  await worker.setParameters({ tessedit_pageseg_mode: PSM.SPARSE_TEXT, user_defined_dpi: '150' });

  async function read(picture: Buffer): Promise<readonly TextLine[]> {
    const { width, height } = await sharp(picture).metadata();
    const scale = Math.min(LONG_SIDE / Math.max(width, height), Math.max(1, Math.min(3, SHORT_SIDE / Math.min(width, height))));
    const grey = await sharp(picture)
      .flatten({ background: '#fff' })
      .resize({ width: Math.round(width * scale) })
      .greyscale()
      .normalise()
      .png({ compressionLevel: 0 })
      .toBuffer({ resolveWithObject: true });
    const { data: image, info: seen } = grey;
    const pieces = await readPieces(image);
    return pieces
      .map(({ text, score, left, top, right, bottom }) => ({
        line: text,
        confidence: score,
        area: { left: left / seen.width, top: top / seen.height, right: right / seen.width, bottom: bottom / seen.height },
      }))
      .filter(({ line, confidence }) => isText(line, confidence));
  }

  async function readPieces(image: Buffer): Promise<readonly ReadPiece[]> {
    const { data } = await worker.recognize(image, {}, { text: false, blocks: true });
    return (data.blocks ?? [])
      .flatMap(({ paragraphs }) => paragraphs)
      .flatMap(({ lines }) => lines)
      .map(({ text, confidence, bbox }) => ({
        text: text.trim(),
        score: confidence / 100,
        left: bbox.x0,
        top: bbox.y0,
        right: bbox.x1,
        bottom: bbox.y1,
      }));
  }

  return { read, readPieces };
}

export function isText(line: string, confidence: number): boolean {
  const letters = line.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return letters >= 2 && confidence >= (letters < SHORT_LETTERS ? SHORT_SURE_ENOUGH : SURE_ENOUGH);
}
