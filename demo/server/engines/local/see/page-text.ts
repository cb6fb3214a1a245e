import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import sharp from 'sharp';
import { createWorker, PSM, type Line, type Page, type Worker } from 'tesseract.js';
import { inColumns } from './columns.ts';
import { withMissed } from './missed-lines.ts';
import { lettersOf } from './line-of-words.ts';
import { inReadingOrder, type TextLine } from './text-lines.ts';

/** What is written on slides and screens in several languages, in the order people read it: columns, paragraphs, lines. */

export interface PageReader {
  /** An upright picture. `languages`: BCP 47, the likeliest first; those that are not read here are left out. */
  read(picture: Buffer, languages: readonly string[]): Promise<readonly TextLine[]>;
}

const require = createRequire(import.meta.url);
/** BCP 47 → Tesseract's name of it. */
const NAMES: Readonly<Record<string, string>> = { en: 'eng', zh: 'chi_sim' };
/** Name → the package of the registry that has its data. */
const PACKAGES: Readonly<Record<string, () => string>> = {
  eng: () => require.resolve('@tesseract.js-data/eng/package.json'),
  chi_sim: () => require.resolve('@tesseract.js-data/chi_sim/package.json'),
};
/** With the older recogniser's data beside the network's, which reads Chinese with figures and Latin letters in it better than the smaller files. */
const DATA_FOLDER = '4.0.0';

/** Mean brightness, 0–255: letters are light on what is darker. */
const DARK = 110;
/** Pictures are read as wide as this at least; more helps letters of 20 px and less, and costs as the square. */
const LEAST_WIDTH = 1280;
/** px of height below which letters are made larger and read once more. */
const SMALL = 18;
const LARGER = 1.8;
/** What is less sure is mostly the grain of a photograph; a letter or two say little for themselves. */
const SURE_ENOUGH = 0.55;
const SHORT_SURE_ENOUGH = 0.8;
const SHORT_LETTERS = 3;
/** 0–100: a letter or two of which the recogniser is less sure are an edge or a shadow. */
const DOUBTFUL = 60;
/** Fewer letters than this on a page: what stands alone, e.g. on a photograph, is all there is. */
const FEW_LETTERS = 12;

/** The data is read at the first page, and again for another choice of languages: a process reads one kind of pages mostly. */
export function pageReader(): PageReader {
  let open: { readonly names: string; readonly worker: Promise<Worker> } | null = null;

  const workerFor = async (languages: readonly string[]): Promise<Worker> => {
    const names = namesOf(languages);
    if (open?.names !== names) {
      const before = open;
      open = { names, worker: startWorker(names.split('+')) };
      await (await before?.worker)?.terminate();
    }
    return open.worker;
  };

  return {
    async read(picture, languages) {
      const worker = await workerFor(languages);
      const page = await prepared(picture);
      const whole = await recognised(worker, page, PSM.AUTO);
      const small = heightOf(whole) < SMALL && whole.length > 0;
      const lines = small ? await recognised(worker, await prepared(picture, LARGER), PSM.AUTO) : whole;
      const scattered = inReadingOrder(await recognised(worker, page, PSM.SPARSE_TEXT));
      return letters(lines) < FEW_LETTERS && letters(scattered) > letters(lines) ? scattered : withMissed(lines, scattered);
    },
  };
}

function namesOf(languages: readonly string[]): string {
  const names = languages.flatMap((language) => NAMES[language.split('-')[0] ?? ''] ?? []);
  return [...new Set(names.length === 0 ? Object.values(NAMES) : names)].join('+');
}

async function startWorker(names: readonly string[]): Promise<Worker> {
  // Each language is a package, and Tesseract.js 7 takes several from one folder only: handed over as bytes it calls them by those.
  const folder = await mkdtemp(join(tmpdir(), 'viva-voce-languages-'));
  try {
    for (const name of names) {
      const { dir } = parse(PACKAGES[name]?.() ?? '');
      await copyFile(join(dir, DATA_FOLDER, `${name}.traineddata.gz`), join(folder, `${name}.traineddata.gz`));
    }
    // Failures reject the call; without the handler they are thrown again on the side.
    const options = { langPath: folder, gzip: true, cacheMethod: 'none', errorHandler: () => undefined };
    const worker = await createWorker([...names], undefined, options);
    await worker.setParameters({ user_defined_dpi: '150' });
    return worker;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Prepared {
  readonly image: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Dark letters on light ground, in grey. */
async function prepared(picture: Buffer, larger = 1): Promise<Prepared> {
  const flat = sharp(picture).flatten({ background: '#fff' }).greyscale();
  const [{ width }, { channels }] = [await sharp(picture).metadata(), await flat.clone().stats()];
  const grey = flat.clone().resize({ width: Math.round(Math.max(width, LEAST_WIDTH) * larger), kernel: 'lanczos3' });
  const { data, info } = await ((channels[0]?.mean ?? 255) < DARK ? grey.negate() : grey)
    .normalise()
    .png({ compressionLevel: 0 })
    .toBuffer({ resolveWithObject: true });
  return { image: data, width: info.width, height: info.height };
}

async function recognised(worker: Worker, { image, width, height }: Prepared, mode: PSM): Promise<readonly TextLine[]> {
  await worker.setParameters({ tessedit_pageseg_mode: mode });
  const { data } = await worker.recognize(image, {}, { text: false, blocks: true });
  return inColumns(linesOf(data), width).flatMap(({ text, confidence, words }): TextLine[] => {
    const edges = words.map(({ bbox }) => bbox);
    const area = {
      left: Math.min(...edges.map(({ x0 }) => x0)) / width,
      top: Math.min(...edges.map(({ y0 }) => y0)) / height,
      right: Math.max(...edges.map(({ x1 }) => x1)) / width,
      bottom: Math.max(...edges.map(({ y1 }) => y1)) / height,
    };
    return isWritten(text, confidence / 100) ? [{ line: text, confidence: confidence / 100, area }] : [];
  });
}

const linesOf = ({ blocks }: Page): readonly Line[] =>
  (blocks ?? [])
    .flatMap(({ paragraphs }) => paragraphs)
    .flatMap(({ lines }) => lines)
    .map((line) => ({
      ...line,
      words: line.words.filter(({ text, confidence }) => confidence >= DOUBTFUL || lettersOf(text) > 2),
    }))
    .filter(({ words }) => words.length > 0);

/** Pure. */
function isWritten(line: string, confidence: number): boolean {
  const count = lettersOf(line);
  return count > 0 && confidence >= (count < SHORT_LETTERS ? SHORT_SURE_ENOUGH : SURE_ENOUGH);
}

const letters = (lines: readonly TextLine[]): number => lines.reduce((sum, { line }) => sum + lettersOf(line), 0);

/** px of a picture of `LEAST_WIDTH`, the median line. */
function heightOf(lines: readonly TextLine[]): number {
  const heights = lines.map(({ area }) => ((area.bottom - area.top) * LEAST_WIDTH * 9) / 16).sort((a, b) => a - b);
  return heights[Math.floor(heights.length / 2)] ?? 0;
}
