import type { ScreenElement } from '../../engine.ts';
import { menuBar, tabStrip, titleBar } from './bars.ts';
import { smallBoxes } from './controls.ts';
import { dialogs } from './dialogs.ts';
import type { FlatArea, Pixels } from './flat-areas.ts';
import { LaidOut } from './laid-out.ts';
import { links } from './links.ts';
import { inReadingOrder, type TextLine } from './text-lines.ts';

/** Buttons, fields, menus and the like, by boxes of one colour and the lines of text in and beside them. */
export function screenElements(pixels: Pixels, areas: readonly FlatArea[], lines: readonly TextLine[]): readonly ScreenElement[] {
  const screen = new LaidOut(pixels, areas, lines);
  // What one takes, the next does not see.
  for (const find of [titleBar, menuBar, tabStrip, smallBoxes, dialogs, links]) find(screen);
  return inReadingOrder(screen.found);
}
