import type { Box } from './boxes.ts';
import type { FlatArea } from './flat-areas.ts';
import { middleOf } from './laid-out.ts';
import type { LaidOut, Placed } from './laid-out.ts';

/** What lies along the top of windows: titles, menus and tabs. */

const MENU_WORDS =
  /^(?:file|edit|selection|view|go|run|terminal|window|help|insert|format|tools|data|home|review|formulas|layout|design|draw|transitions|animations|slide show|bookmarks|history|table|image|layer|select|filter|references|mailings|project|build|debug|tabs|settings|profiles|arrange|share|object|text|type|page|navigate|code|refactor|vcs|git|play|audio|video|subtitle|playback|media|query|options)$/i;

/** A bar over the whole width with one line in it. */
export function titleBar(screen: LaidOut): void {
  const { boxes, placed, unit } = screen;
  const { width } = screen.pixels;
  const bar = boxes.find(
    (box) =>
      box.top <= 4 * unit &&
      box.right - box.left >= 0.95 * width &&
      box.bottom - box.top <= 60 * unit &&
      box.bottom - box.top >= 18 * unit,
  );
  const of = (bar === undefined ? [] : screen.inside(bar)).filter(({ line }) => line.line.length >= 3);
  // Beside the title there may be the window's buttons, read as letters. A bar in the page's own colour has no edge.
  const centred = placed.filter(
    ({ box }) => box.bottom <= 44 * unit && Math.abs((box.left + box.right) / 2 - width / 2) < 0.1 * width,
  );
  const [title] = (of.length > 0 && of.length <= 3 ? of : centred).toSorted((x, y) => y.line.line.length - x.line.line.length);
  if (title !== undefined) screen.add('title bar', bar ?? title.box, [title]);
}

/** Short words in a row near the top, some of which menus have. */
export function menuBar(screen: LaidOut): void {
  const { placed, unit, used } = screen;
  const { height } = screen.pixels;
  const top = placed.filter((one) => !used.has(one) && one.box.bottom < 0.16 * height && !screen.isInSmallBox(one));
  const rows = new Map<number, Placed[]>();
  for (const one of top) {
    const middle = (one.box.top + one.box.bottom) / 2;
    const key = [...rows.keys()].find((row) => Math.abs(row - middle) < 7 * unit) ?? middle;
    rows.set(key, [...(rows.get(key) ?? []), one]);
  }
  for (const row of rows.values()) {
    const words = row.flatMap((one) => wordsOf(one).map((word) => ({ ...word, one })));
    const known = words.filter(({ text }) => MENU_WORDS.test(text));
    if (known.length < 2 || known.length < words.length / 2) continue;
    for (const { text, box, one } of words) {
      used.add(one);
      screen.add('menu', box, [], text);
    }
  }
}

/** Boxes of one height side by side, with short lines; those that are not open may have no edge between them. */
export function tabStrip(screen: LaidOut): void {
  const { boxes, placed, unit, used } = screen;
  const low = boxes.filter((box) => {
    const of = screen.inside(box).filter((one) => !used.has(one));
    const isRow = of.every((one) => Math.abs(middleOf(one.box) - middleOf(box)) < 0.25 * (box.bottom - box.top));
    const isShort = of.every((one) => one.line.line.split(/\s+/).length <= 4 && one.box.right - one.box.left <= 260 * unit);
    return (
      of.length > 0 &&
      isRow &&
      isShort &&
      box.bottom - box.top <= 60 * unit &&
      box.right - box.left <= 320 * unit * of.length &&
      !screen.isCell(box)
    );
  });
  const left = new Set(low);
  for (const box of low.toSorted((a, b) => a.left - b.left)) {
    if (!left.has(box)) continue;
    const strip = [box];
    for (let next = nextTo(box); next !== undefined; next = nextTo(next)) {
      strip.push(next);
      left.delete(next);
    }
    const of = strip.flatMap((one) => screen.inside(one).filter((line) => !used.has(line)));
    if (of.length === 1) of.push(...atPitch(box, of[0]));
    if (of.length < 2) continue;
    for (const one of of) screen.add('tab', one.box, [one]);
  }

  /** Those that are not open have no edge that could be seen, but stand as far apart as the open one is wide. */
  function atPitch(box: FlatArea, first: Placed | undefined): Placed[] {
    const strip: Placed[] = first === undefined ? [] : [first];
    for (;;) {
      const last = strip.at(-1);
      const next = placed.find((one) => {
        if (
          last === undefined ||
          used.has(one) ||
          screen.isInSmallBox(one) ||
          strip.includes(one) ||
          Math.abs(middleOf(one.box) - middleOf(last.box)) > 5 * unit
        )
          return false;
        const step = (one.box.left + one.box.right - last.box.left - last.box.right) / 2;
        return (
          step >= box.right - box.left - 3 && step <= box.right - box.left + 12 * unit && one.line.line.split(/\s+/).length <= 4
        );
      });
      if (next === undefined) return strip.slice(1);
      strip.push(next);
    }
  }

  function nextTo(last: FlatArea): FlatArea | undefined {
    return [...left].find(
      (one) =>
        one !== last &&
        Math.abs(one.top - last.top) <= 4 * unit &&
        Math.abs(one.bottom - last.bottom) <= 4 * unit &&
        Math.abs(one.left - last.right) <= 7 * unit,
    );
  }
}

/** Words of a line with their places, by the letters' share of its width. */
function wordsOf({ line, box }: Placed): readonly { readonly text: string; readonly box: Box }[] {
  const step = (box.right - box.left) / Math.max(1, line.line.length);
  // "Slide Show" is one item.
  return [...line.line.matchAll(/slide show|\S+/gi)].map(({ 0: text, index }) => ({
    text,
    box: { ...box, left: box.left + index * step, right: box.left + (index + text.length) * step },
  }));
}
