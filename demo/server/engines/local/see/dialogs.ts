import { middleOf } from './laid-out.ts';
import type { LaidOut } from './laid-out.ts';
import { inReadingOrder } from './text-lines.ts';

/** Windows that ask something, in the middle of the others. */

/** A card in the middle with a button on it. */
export function dialogs(screen: LaidOut): void {
  const { boxes, found } = screen;
  const { width, height } = screen.pixels;
  for (const box of boxes) {
    const [wide, high] = [(box.right - box.left) / width, (box.bottom - box.top) / height];
    if (wide < 0.2 || wide > 0.62 || high < 0.14 || high > 0.62) continue;
    // One of several cards is none.
    if (
      boxes.some(
        (one) =>
          one !== box &&
          Math.abs(one.right - one.left - box.right + box.left) < 6 &&
          Math.abs(one.bottom - one.top - box.bottom + box.top) < 6,
      )
    )
      continue;
    const offX = Math.abs((box.left + box.right) / 2 / width - 0.5);
    const offY = Math.abs(middleOf(box) / height - 0.5);
    const of = inReadingOrder(screen.inside(box).map((one) => ({ ...one, area: one.line.area })));
    const hasButton = found.some(
      ({ kind, area }) =>
        kind === 'button' &&
        area.left * width > box.left &&
        area.right * width < box.right &&
        area.top * height > box.top &&
        area.bottom * height < box.bottom,
    );
    if (offX > 0.09 || offY > 0.14 || !hasButton || of.length === 0 || of.length > 10) continue;
    screen.add('dialog', box, [], of[0]?.line.line ?? '');
  }
}
