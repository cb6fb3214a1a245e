import type { Box } from './boxes.ts';
import type { Pixels } from './flat-areas.ts';
import type { LaidOut } from './laid-out.ts';

/** Lines that lead elsewhere, by their colour. */

/** Lines written in blue on light ground, or lightly on dark. */
export function links(screen: LaidOut): void {
  const { pixels, placed, used } = screen;
  for (const one of placed) {
    if (used.has(one) || one.line.line.split(/\s+/).length > 9) continue;
    if (isBlue(inkOf(pixels, one.box)) && isNeutral(groundOf(pixels, one.box))) screen.add('link', one.box, [one]);
  }
}

/** The colour of the letters: what is farthest from the ground they stand on. */
function inkOf({ data, width }: Pixels, box: Box): readonly [red: number, green: number, blue: number] {
  const at = (x: number, y: number): number => 3 * (y * width + x);
  const ground = at(Math.max(0, Math.floor(box.left) - 3), Math.floor((box.top + box.bottom) / 2));
  const away = (from: number): number =>
    [0, 1, 2].reduce((sum, channel) => sum + Math.abs((data[from + channel] ?? 0) - (data[ground + channel] ?? 0)), 0);
  const pixels: number[] = [];
  for (let y = Math.floor(box.top); y < box.bottom; y++)
    for (let x = Math.floor(box.left); x < box.right; x++) pixels.push(at(x, y));
  const farthest = pixels.sort((a, b) => away(b) - away(a)).slice(0, Math.max(1, Math.floor(pixels.length * 0.06)));
  const mean = (channel: number): number =>
    farthest.reduce((sum, from) => sum + (data[from + channel] ?? 0), 0) / farthest.length;
  return [mean(0), mean(1), mean(2)];
}

/** Just before the first letter. */
function groundOf({ data, width }: Pixels, box: Box): readonly [red: number, green: number, blue: number] {
  const at = 3 * (Math.floor((box.top + box.bottom) / 2) * width + Math.max(0, Math.floor(box.left) - 4));
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

function isNeutral(colour: readonly number[]): boolean {
  return Math.max(...colour) - Math.min(...colour) < 28;
}

function isBlue([red, green, blue]: readonly [red: number, green: number, blue: number]): boolean {
  return blue > 120 && blue - red > 70 && blue - green > 45;
}
