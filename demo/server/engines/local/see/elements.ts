import type { PictureArea, ScreenElement } from '../../engine.ts';
import type { Box } from './boxes.ts';
import { isSquare, type FlatArea, type Pixels } from './flat-areas.ts';
import { inReadingOrder, type TextLine } from './text-lines.ts';

/** Buttons, fields, menus and the like, by boxes of one colour and the lines of text in and beside them. Sizes are for pictures 1280 wide. */

const FRAMED = 0.72;
const MENU_WORDS =
  /^(?:file|edit|selection|view|go|run|terminal|window|help|insert|format|tools|data|home|review|formulas|layout|design|draw|transitions|animations|slide show|bookmarks|history|table|image|layer|select|filter|references|mailings|project|build|debug|tabs|settings|profiles|arrange|share|object|text|type|page|navigate|code|refactor|vcs|git|play|audio|video|subtitle|playback|media|query|options)$/i;

interface Placed {
  readonly line: TextLine;
  /** Pixels */
  readonly box: Box;
}

export function screenElements(pixels: Pixels, areas: readonly FlatArea[], lines: readonly TextLine[]): readonly ScreenElement[] {
  const { width, height } = pixels;
  const unit = width / 1280;
  const placed = lines.map((line): Placed => ({ line, box: inPixels(line.area, width, height) }));
  const boxes = boxesOf(areas, unit, width, height);
  const inside = new Map<FlatArea, Placed[]>();
  for (const one of placed) {
    const box = boxes.filter((each) => holds(each, one.box)).sort((a, b) => areaOf(a) - areaOf(b))[0];
    if (box !== undefined) inside.set(box, [...(inside.get(box) ?? []), one]);
  }
  const used = new Set<Placed>();
  const found: ScreenElement[] = [];
  const add = (
    kind: ScreenElement['kind'],
    box: Box,
    of: readonly Placed[],
    label = of.map(({ line }) => line.line).join(' '),
  ): void => {
    for (const one of of) used.add(one);
    found.push({
      kind,
      label: label.trim(),
      area: { left: box.left / width, top: box.top / height, right: box.right / width, bottom: box.bottom / height },
    });
  };

  titleBar();
  menuBar();
  tabStrip();
  smallBoxes();
  dialogs();
  links();
  return inReadingOrder(found);

  /** A bar over the whole width with one line in it. */
  function titleBar(): void {
    const bar = boxes.find(
      (box) =>
        box.top <= 4 * unit &&
        box.right - box.left >= 0.95 * width &&
        box.bottom - box.top <= 60 * unit &&
        box.bottom - box.top >= 18 * unit,
    );
    const of = (bar === undefined ? [] : (inside.get(bar) ?? [])).filter(({ line }) => line.line.length >= 3);
    // Beside the title there may be the window's buttons, read as letters. A bar in the page's own colour has no edge.
    const centred = placed.filter(
      ({ box }) => box.bottom <= 44 * unit && Math.abs((box.left + box.right) / 2 - width / 2) < 0.1 * width,
    );
    const [title] = (of.length > 0 && of.length <= 3 ? of : centred).toSorted((x, y) => y.line.line.length - x.line.line.length);
    if (title !== undefined) add('title bar', bar ?? title.box, [title]);
  }

  /** Short words in a row near the top, some of which menus have. */
  function menuBar(): void {
    const top = placed.filter((one) => !used.has(one) && one.box.bottom < 0.16 * height && !isInSmallBox(one));
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
        add('menu', box, [], text);
      }
    }
  }

  /** Boxes of one height side by side, with short lines; those that are not open may have no edge between them. */
  function tabStrip(): void {
    const low = boxes.filter((box) => {
      const of = (inside.get(box) ?? []).filter((one) => !used.has(one));
      const isRow = of.every((one) => Math.abs(middleOf(one.box) - middleOf(box)) < 0.25 * (box.bottom - box.top));
      const isShort = of.every((one) => one.line.line.split(/\s+/).length <= 4 && one.box.right - one.box.left <= 260 * unit);
      return (
        of.length > 0 &&
        isRow &&
        isShort &&
        box.bottom - box.top <= 60 * unit &&
        box.right - box.left <= 320 * unit * of.length &&
        !isCell(box)
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
      const of = strip.flatMap((one) => (inside.get(one) ?? []).filter((line) => !used.has(line)));
      if (of.length === 1) of.push(...atPitch(box, of[0]));
      if (of.length < 2) continue;
      for (const one of of) add('tab', one.box, [one]);
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
            isInSmallBox(one) ||
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

  function smallBoxes(): void {
    for (const box of boxes) {
      if (isCell(box)) continue;
      const [wide, high] = [(box.right - box.left) / unit, (box.bottom - box.top) / unit];
      const of = (inside.get(box) ?? []).filter((one) => !used.has(one));
      if (wide <= 30 && high <= 30 && wide / high > 0.75 && wide / high < 1.33 && (inside.get(box) ?? []).length === 0) {
        const beside = placed.find(
          (one) =>
            !used.has(one) &&
            one.box.left - box.right > 0 &&
            one.box.left - box.right < 26 * unit &&
            Math.abs(middleOf(one.box) - middleOf(box)) < 9 * unit,
        );
        // The hole of a letter is a small box too: nothing else stands so near to its left.
        const crowded = placed.some(
          (one) =>
            one.box.left <= box.left && one.box.right >= box.right && one.box.top <= box.top && one.box.bottom >= box.bottom,
        );
        if (beside !== undefined && !crowded && wide >= 10 && isSquare(box)) add('checkbox', box, [beside]);
        continue;
      }
      if (high < 18 || high > 76 || wide < 34 || (inside.get(box) ?? []).length > 2 || wide > 0.93 * 1280) continue;
      if ((inside.get(box) ?? []).some((one) => used.has(one))) continue;
      const [line] = of;
      if (line === undefined) {
        if (wide >= 90 && wide / high >= 3 && high >= 22 && high <= 60 && isLight(box) && !isCell(box)) emptyField(box);
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
      if (isCentred && words <= 5 && wide <= 640) add('button', box, of);
      else if (!isCentred && after > 1.4 * before && before <= 64 * unit && wide >= 90 && wide / high >= 2.4) {
        const above = labelAbove(box);
        add(
          'field',
          box,
          [...above, ...of],
          above.length > 0 ? above.map((one) => one.line.line).join(' ') : of.map((one) => one.line.line).join(' '),
        );
      }
    }
  }

  /** A card in the middle with a button on it. */
  function dialogs(): void {
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
      const of = inReadingOrder((inside.get(box) ?? []).map((one) => ({ ...one, area: one.line.area })));
      const hasButton = found.some(
        ({ kind, area }) =>
          kind === 'button' &&
          area.left * width > box.left &&
          area.right * width < box.right &&
          area.top * height > box.top &&
          area.bottom * height < box.bottom,
      );
      if (offX > 0.09 || offY > 0.14 || !hasButton || of.length === 0 || of.length > 10) continue;
      add('dialog', box, [], of[0]?.line.line ?? '');
    }
  }

  /** Lines written in blue on light ground, or lightly on dark. */
  function links(): void {
    for (const one of placed) {
      if (used.has(one) || one.line.line.split(/\s+/).length > 9) continue;
      if (isBlue(inkOf(pixels, one.box)) && isNeutral(groundOf(pixels, one.box))) add('link', one.box, [one]);
    }
  }

  /** Without a word over it or before it an empty box may be anything. */
  function emptyField(box: Box): void {
    const before = placed.filter((one) => {
      const gap = box.left - one.box.right;
      return !used.has(one) && gap >= 0 && gap <= 40 * unit && Math.abs(middleOf(one.box) - middleOf(box)) < 8 * unit;
    });
    const label = [...labelAbove(box), ...before].slice(0, 1);
    if (label.length > 0) add('field', box, label);
  }

  function labelAbove(box: Box): Placed[] {
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

  function isLight({ left, right, top, bottom }: Box): boolean {
    const at = 3 * (Math.round((top + bottom) / 2) * width + Math.round((left + right) / 2));
    return Math.min(pixels.data[at] ?? 0, pixels.data[at + 1] ?? 0, pixels.data[at + 2] ?? 0) > 200;
  }

  /** Of a table: many boxes of one height. */
  function isCell(box: Box): boolean {
    const alike = boxes.filter(
      (one) => Math.abs(one.bottom - one.top - (box.bottom - box.top)) < 4 * unit && one.right - one.left < 320 * unit,
    );
    const columns = new Set(alike.map(({ left }) => Math.round(left / 12)));
    const rows = new Set(alike.map(({ top }) => Math.round(top / 12)));
    return alike.length > 10 && columns.size > 2 && rows.size > 2;
  }

  function isInSmallBox(one: Placed): boolean {
    return boxes.some((box) => holds(box, one.box) && box.right - box.left < 320 * unit && box.bottom - box.top < 60 * unit);
  }
}

/** Boxes with straight edges; of those that are almost the same the larger surface. */
function boxesOf(areas: readonly FlatArea[], unit: number, width: number, height: number): readonly FlatArea[] {
  const framed = areas.filter((area) => {
    const [wide, high] = [area.right - area.left, area.bottom - area.top];
    return area.score >= FRAMED && wide >= 10 * unit && high >= 10 * unit && areaOf(area) < 0.98 * width * height;
  });
  const kept: FlatArea[] = [];
  for (const area of [...framed].sort((a, b) => b.size - a.size))
    if (
      kept.every(
        (other) =>
          Math.abs(other.left - area.left) +
            Math.abs(other.right - area.right) +
            Math.abs(other.top - area.top) +
            Math.abs(other.bottom - area.bottom) >
          18 * unit,
      )
    )
      kept.push(area);
  return kept;
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

function holds(outer: Box, inner: Box): boolean {
  const x = (inner.left + inner.right) / 2;
  const y = (inner.top + inner.bottom) / 2;
  return (
    x > outer.left &&
    x < outer.right &&
    y > outer.top &&
    y < outer.bottom &&
    inner.right - inner.left <= outer.right - outer.left + 6
  );
}

function inPixels(area: PictureArea, width: number, height: number): Box {
  return { left: area.left * width, top: area.top * height, right: area.right * width, bottom: area.bottom * height, score: 1 };
}

const areaOf = (box: Box): number => (box.right - box.left) * (box.bottom - box.top);
const middleOf = (box: Box): number => (box.top + box.bottom) / 2;
