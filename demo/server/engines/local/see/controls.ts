import type { Box } from './boxes.ts';
import { isSquare } from './flat-areas.ts';
import { middleOf } from './laid-out.ts';
import type { LaidOut, Placed } from './laid-out.ts';

/** What is pressed and filled in: buttons, fields and checkboxes. */

export function smallBoxes(screen: LaidOut): void {
  const { boxes, placed, unit, used } = screen;
  for (const box of boxes) {
    if (screen.isCell(box)) continue;
    const [wide, high] = [(box.right - box.left) / unit, (box.bottom - box.top) / unit];
    const of = screen.inside(box).filter((one) => !used.has(one));
    if (wide <= 30 && high <= 30 && wide / high > 0.75 && wide / high < 1.33 && screen.inside(box).length === 0) {
      const beside = placed.find(
        (one) =>
          !used.has(one) &&
          one.box.left - box.right > 0 &&
          one.box.left - box.right < 26 * unit &&
          Math.abs(middleOf(one.box) - middleOf(box)) < 9 * unit,
      );
      // The hole of a letter is a small box too: nothing else stands so near to its left.
      const crowded = placed.some(
        (one) => one.box.left <= box.left && one.box.right >= box.right && one.box.top <= box.top && one.box.bottom >= box.bottom,
      );
      if (beside !== undefined && !crowded && wide >= 10 && isSquare(box)) screen.add('checkbox', box, [beside]);
      continue;
    }
    if (high < 18 || high > 76 || wide < 34 || screen.inside(box).length > 2 || wide > 0.93 * 1280) continue;
    if (screen.inside(box).some((one) => used.has(one))) continue;
    const [line] = of;
    if (line === undefined) {
      if (wide >= 90 && wide / high >= 3 && high >= 22 && high <= 60 && isLight(screen, box) && !screen.isCell(box))
        emptyField(screen, box);
      continue;
    }
    const [before, after] = [
      Math.min(...of.map((one) => one.box.left)) - box.left,
      box.right - Math.max(...of.map((one) => one.box.right)),
    ];
    const tall = (line.box.bottom - line.box.top) / (box.bottom - box.top);
    if (tall > 0.85 || tall < 0.14) continue;
    const isCentred = Math.abs(before - after) <= Math.max(14 * unit, 0.14 * (box.right - box.left));
    const words = of.reduce((sum, one) => sum + one.line.line.split(/\s+/).length, 0);
    if (isCentred && words <= 5 && wide <= 640) screen.add('button', box, of);
    else if (!isCentred && after > 1.4 * before && before <= 64 * unit && wide >= 90 && wide / high >= 2.4) {
      const above = labelAbove(screen, box);
      screen.add(
        'field',
        box,
        [...above, ...of],
        above.length > 0 ? above.map((one) => one.line.line).join(' ') : of.map((one) => one.line.line).join(' '),
      );
    }
  }
}

/** Without a word over it or before it an empty box may be anything. */
function emptyField(screen: LaidOut, box: Box): void {
  const { placed, unit, used } = screen;
  const before = placed.filter((one) => {
    const gap = box.left - one.box.right;
    return !used.has(one) && gap >= 0 && gap <= 40 * unit && Math.abs(middleOf(one.box) - middleOf(box)) < 8 * unit;
  });
  const label = [...labelAbove(screen, box), ...before].slice(0, 1);
  if (label.length > 0) screen.add('field', box, label);
}

function labelAbove(screen: LaidOut, box: Box): Placed[] {
  const { placed, unit, used } = screen;
  const near = placed.filter((one) => {
    const gap = box.top - one.box.bottom;
    return (
      !used.has(one) &&
      gap >= -2 &&
      gap <= 22 * unit &&
      Math.abs(one.box.left - box.left) <= 16 * unit &&
      one.line.line.split(/\s+/).length <= 5
    );
  });
  return near.slice(0, 1);
}

function isLight(screen: LaidOut, { left, right, top, bottom }: Box): boolean {
  const { pixels } = screen;
  const { width } = screen.pixels;
  const at = 3 * (Math.round((top + bottom) / 2) * width + Math.round((left + right) / 2));
  return Math.min(pixels.data[at] ?? 0, pixels.data[at + 1] ?? 0, pixels.data[at + 2] ?? 0) > 200;
}
