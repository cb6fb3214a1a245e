import sharp from 'sharp';
import { drawBarcode, DRAWN } from '../../support/media-barcode.ts';
import type { Drawn } from '../../support/media-sources.ts';
import { paint } from '../../support/screens/drawing.ts';
import { tunedScreens } from '../../support/screens/tuned.ts';

/** What the camera looks at: drawn screens, each for some seconds, below a barcode of the time. */

const WIDTH = 1280;
const HEIGHT = 720;
/** Rows of the barcode. */
const BARS = 40;

export interface Shown {
  /** Unix ms of the first picture with it. */
  readonly atMs: number;
  /** Of a screen of `tuned.ts`. */
  readonly screen: string;
}

/** The screens one after the other, `eachMs` each, for ever; `shown` is told each change. */
export async function scenery(ids: readonly string[], eachMs: number, shown: (change: Shown) => void): Promise<Drawn> {
  const pictures = await Promise.all(ids.map(picture));
  let beganMs: number | null = null;
  let number = -1;
  return {
    width: WIDTH,
    height: HEIGHT,
    draw(timeMs) {
      beganMs ??= timeMs;
      const now = Math.floor((timeMs - beganMs) / eachMs);
      if (now !== number) shown({ atMs: timeMs, screen: ids[now % ids.length] ?? '' });
      number = now;
      const drawn = Buffer.from(pictures[now % pictures.length] ?? '');
      bars(drawn, timeMs);
      return drawn;
    },
  };
}

/** The small barcode's first row, enlarged. */
function bars(into: Buffer, timeMs: number): void {
  const scale = WIDTH / DRAWN.width;
  const row = Buffer.alloc(WIDTH);
  const small = drawBarcode(timeMs);
  for (let x = 0; x < WIDTH; x++) row[x] = small[Math.floor(x / scale)] ?? 16;
  for (let y = 0; y < BARS; y++) row.copy(into, y * WIDTH);
}

async function picture(id: string): Promise<Buffer> {
  const screen = tunedScreens.find((one) => one.id === id);
  if (screen === undefined) throw new Error(`there is no screen ${id}`);
  const rgb = await sharp(await paint(screen, { width: WIDTH, quality: 95 }))
    .resize(WIDTH, HEIGHT - BARS, { fit: 'fill' })
    .extend({ top: BARS, background: '#808080' })
    .removeAlpha()
    .raw()
    .toBuffer();
  const planes = Buffer.alloc((WIDTH * HEIGHT * 3) / 2, 128);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const at = (y * WIDTH + x) * 3;
      const [r, g, b] = [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
      // BT.601, 16–235.
      planes[y * WIDTH + x] = 16 + 0.257 * r + 0.504 * g + 0.098 * b;
      if (y % 2 === 1 || x % 2 === 1) continue;
      const quarter = (y / 2) * (WIDTH / 2) + x / 2;
      planes[WIDTH * HEIGHT + quarter] = 128 - 0.148 * r - 0.291 * g + 0.439 * b;
      planes[(WIDTH * HEIGHT * 5) / 4 + quarter] = 128 + 0.439 * r - 0.368 * g - 0.071 * b;
    }
  }
  return planes;
}
