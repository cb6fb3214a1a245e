import sharp from 'sharp';
import type { Sighting } from '../../engine.ts';

/** The colours of a picture by name, with their share, and how bright it is. */

/** Anchors of plain colour words, sRGB. */
const NAMES: readonly (readonly [name: string, red: number, green: number, blue: number])[] = [
  ['black', 10, 10, 10],
  ['dark grey', 70, 70, 70],
  ['grey', 128, 128, 128],
  ['light grey', 205, 205, 205],
  ['white', 250, 250, 250],
  ['red', 220, 30, 35],
  ['dark red', 120, 10, 15],
  ['orange', 250, 140, 20],
  ['brown', 120, 72, 35],
  ['dark brown', 70, 50, 35],
  ['light brown', 176, 128, 88],
  ['beige', 225, 205, 170],
  ['yellow', 250, 225, 45],
  ['olive', 115, 115, 20],
  ['green', 40, 160, 60],
  ['green', 0, 230, 0],
  ['dark green', 10, 75, 35],
  ['light green', 150, 225, 140],
  ['turquoise', 40, 200, 195],
  ['teal', 0, 110, 115],
  ['light blue', 150, 200, 240],
  ['blue', 35, 95, 220],
  ['dark blue', 40, 70, 125],
  ['navy', 15, 25, 85],
  ['purple', 125, 45, 165],
  ['pink', 245, 160, 190],
  ['pink', 255, 105, 180],
  ['magenta', 220, 30, 150],
];

const WIDTH = 64;
const HEIGHT = 48;
/** What covers less is not worth a word. */
const LEAST_SHARE = 0.03;
const MOST = 6;

export async function colours(picture: Buffer): Promise<Pick<Sighting, 'colours' | 'brightness'>> {
  // Nearest neighbour: mixing would invent colours that are not in the picture.
  const pixels = await sharp(picture)
    .resize(WIDTH, HEIGHT, { fit: 'fill', kernel: 'nearest' })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer();
  const count = WIDTH * HEIGHT;
  const sums = new Map<string, [pixels: number, red: number, green: number, blue: number]>();
  let light = 0;
  for (let at = 0; at < 3 * count; at += 3) {
    const [red, green, blue] = [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
    light += 0.299 * red + 0.587 * green + 0.114 * blue;
    const name = colourName(red, green, blue);
    const sum = sums.get(name) ?? [0, 0, 0, 0];
    sums.set(name, [sum[0] + 1, sum[1] + red, sum[2] + green, sum[3] + blue]);
  }
  const shown = [...sums]
    .map(([name, [pixelsOfIt, ...rest]]) => ({ name, hex: hex(rest.map((sum) => sum / pixelsOfIt)), share: pixelsOfIt / count }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST);
  return { colours: shown, brightness: Math.round(light / count) };
}

/** The nearest anchor in OKLab, where distances are as the eye sees them (https://bottosson.github.io/posts/oklab/). */
export function colourName(red: number, green: number, blue: number): string {
  const colour = oklab(red, green, blue);
  const choice = isGrey(colour) ? GREYS : ANCHORS;
  // People name the hue before the lightness.
  const distance = ([, anchor]: Anchor): number =>
    Math.hypot(colour[0] - anchor[0], HUE * (colour[1] - anchor[1]), HUE * (colour[2] - anchor[2]));
  return choice.reduce((nearest, anchor) => (distance(anchor) < distance(nearest) ? anchor : nearest))[0];
}

const HUE = 2.4;

type Lab = readonly [lightness: number, redness: number, yellowness: number];
type Anchor = readonly [name: string, colour: Lab];

const ANCHORS: readonly Anchor[] = NAMES.map(([name, ...rgb]) => [name, oklab(...rgb)]);
const GREYS = ANCHORS.filter(([, colour]) => isGrey(colour));

function isGrey(colour: Lab): boolean {
  return Math.hypot(colour[1], colour[2]) < 0.02;
}

function oklab(red: number, green: number, blue: number): Lab {
  const [r, g, b] = [linear(red), linear(green), linear(blue)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function linear(value: number): number {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function hex(rgb: readonly number[]): string {
  return `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}
