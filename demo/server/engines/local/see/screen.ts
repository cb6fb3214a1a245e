import sharp from 'sharp';
import type { ScreenElement, SeeDepth } from '../../engine.ts';
import { screenElements } from './elements.ts';
import { flatAreas, type Pixels } from './flat-areas.ts';
import { mosaicOf } from './mosaic.ts';
import { isText, type Reader } from './reading.ts';
import { inReadingOrder, mergedLines, type TextLine } from './text-lines.ts';
import { textStrips } from './text-strips.ts';

/** A screen read thoroughly: the page as a whole, its lines one by one, and what can be pressed or filled in. */

export interface ScreenReading {
  readonly text: readonly TextLine[];
  /** From `pro` on. */
  readonly elements?: readonly ScreenElement[];
}

/** Boxes are found at this width, pixels. */
const LAYOUT_WIDTH = 1280;
/** Lines that are less sure are read once more by `ultra`. */
const SURE = 0.88;
const NEAR_STRIP = 0.5;
/** Mean brightness, 0–255. */
const DARK = 110;
/** Areas of one colour: nature has no large ones. */
const PHOTOGRAPH = 250;
/** A photograph with so few is a part of a screen. */
const FEW_STRIPS = 40;

export async function readScreen(picture: Buffer, reader: Reader, depth: Exclude<SeeDepth, 'mini'>): Promise<ScreenReading> {
  const [layout, grey] = await Promise.all([pixelsOf(picture), greyOf(picture)]);
  const found = flatAreas(layout);
  const scale = grey.width / layout.width;
  const strips = textStrips(found, layout.width, layout.height).map((strip) => ({
    ...strip,
    left: strip.left * scale,
    top: strip.top * scale,
    right: strip.right * scale,
    bottom: strip.bottom * scale,
  }));
  const isPhotograph = found.areas.length > PHOTOGRAPH;
  // On screens lines that are read one by one are read best, on photographs nobody knows where they are.
  if (depth === 'basic' && !isPhotograph) return { text: inReadingOrder(await readStrips(strips)) };
  if (depth === 'basic' && strips.length > FEW_STRIPS) return { text: await reader.read(picture) };
  const page = await reader.read(picture);
  const single = await readStrips(strips);
  let text = mergedLines([single, page]);
  if (depth === 'basic') return { text };
  if (depth === 'ultra') {
    const doubtful = strips.filter((strip) => {
      const read = text.find(({ area }) => covers(area, strip));
      return read === undefined || read.confidence < SURE;
    });
    const again = await readStrips(doubtful, 1.5);
    // Dark pages are read otherwise when they are light; small letters on photographs are lost in the whole page.
    const inverted = meanOf(grey.data) < DARK ? await reader.read(await negative(picture)) : [];
    const tiles = isPhotograph ? await readTiles() : [];
    text = mergedLines([text, again, inverted, tiles]);
  }
  return { text, elements: screenElements(layout, found.areas, text) };

  async function readStrips(pieces: typeof strips, larger = 1): Promise<readonly TextLine[]> {
    const mosaic = await mosaicOf(grey.data, grey, pieces, larger);
    if (mosaic === null) return [];
    const lines = await reader.readPieces(mosaic.image);
    return pieces.flatMap((strip, index): TextLine[] => {
      const row = mosaic.rows[index];
      if (row === undefined) return [];
      const of = lines
        .filter(({ top, bottom }) => (top + bottom) / 2 > row.top && (top + bottom) / 2 < row.bottom)
        .sort((a, b) => a.left - b.left);
      if (of.length === 0) return [];
      const line = of.map(({ text: words }) => words).join(' ');
      const confidence =
        of.reduce((sum, { score, text: words }) => sum + score * words.length, 0) /
        Math.max(
          1,
          of.reduce((sum, { text: words }) => sum + words.length, 0),
        );
      const area = {
        left: strip.left / grey.width,
        top: strip.top / grey.height,
        right: strip.right / grey.width,
        bottom: strip.bottom / grey.height,
      };
      return isText(line, confidence) ? [{ line, confidence, area }] : [];
    });
  }

  /** The picture's quarters, each larger. */
  async function readTiles(): Promise<readonly TextLine[]> {
    const lines: TextLine[] = [];
    const [wide, high] = [Math.floor(grey.width / 2), Math.floor(grey.height / 2)];
    for (const [left, top] of [
      [0, 0],
      [wide, 0],
      [0, high],
      [wide, high],
    ] as const) {
      const tile = await sharp(picture).extract({ left, top, width: wide, height: high }).png({ compressionLevel: 1 }).toBuffer();
      for (const { line, confidence, area } of await reader.read(tile)) {
        // What a tile cuts through is better read elsewhere.
        if ((left > 0 && area.left < 0.01) || (left === 0 && area.right > 0.99)) continue;
        const place = {
          left: (left + area.left * wide) / grey.width,
          right: (left + area.right * wide) / grey.width,
          top: (top + area.top * high) / grey.height,
          bottom: (top + area.bottom * high) / grey.height,
        };
        lines.push({ line, confidence, area: place });
      }
    }
    return lines;
  }

  function covers(
    area: TextLine['area'],
    strip: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
  ): boolean {
    const across = Math.min(area.right * grey.width, strip.right) - Math.max(area.left * grey.width, strip.left);
    const down = Math.min(area.bottom * grey.height, strip.bottom) - Math.max(area.top * grey.height, strip.top);
    return across > 0 && down > 0 && across * down > NEAR_STRIP * (strip.right - strip.left) * (strip.bottom - strip.top);
  }
}

function negative(picture: Buffer): Promise<Buffer> {
  return sharp(picture).negate({ alpha: false }).png({ compressionLevel: 1 }).toBuffer();
}

function meanOf(grey: Buffer): number {
  let [sum, count] = [0, 0];
  for (let at = 0; at < grey.length; at += 97, count++) sum += grey[at] ?? 0;
  return sum / Math.max(1, count);
}

async function pixelsOf(picture: Buffer): Promise<Pixels> {
  const { data, info } = await sharp(picture)
    .flatten({ background: '#fff' })
    .resize({ width: LAYOUT_WIDTH, withoutEnlargement: true })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}

/** One byte a pixel, in full size. */
async function greyOf(picture: Buffer): Promise<{ readonly data: Buffer; readonly width: number; readonly height: number }> {
  const { data, info } = await sharp(picture)
    .flatten({ background: '#fff' })
    .greyscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
