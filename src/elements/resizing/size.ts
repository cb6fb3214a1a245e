/** How large a panel is wished, in px of CSS, and what keys and pointers make of it. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Edges {
  readonly across: boolean;
  readonly along: boolean;
}

/** Nearer than this to its edge, a pointer has hold of it. */
const EDGE_PX = 7;
/** Smaller than this, a panel holds no conversation. */
export const LEAST: Size = { width: 280, height: 320 };
/** One press of an arrow key, and one with Shift. */
const STEP_PX = 16;
const STRIDE_PX = 80;

const arrows: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * The size after the free edges of a panel were moved by `x` and `y` px. `placement`: the sides it lies at, `bottom right`, which stay where
 * they are; one in the middle grows to both sides, by whichever edge is dragged.
 */
export function dragged({ width, height }: Size, x: number, y: number, placement: string): Size {
  const across = placement.includes('middle') ? 2 * x : placement.includes('right') ? -x : x;
  const along = placement.includes('top') ? y : -y;
  return { width: Math.max(LEAST.width, width + across), height: Math.max(LEAST.height, height + along) };
}

/** The size after a key was pressed that moves the free corner; null = the key means nothing here. */
export function keyed(size: Size, key: string, far: boolean, placement: string): Size | null {
  const way = arrows[key];
  if (way === undefined) return null;
  const step = far ? STRIDE_PX : STEP_PX;
  return dragged(size, way[0] * step, way[1] * step, placement);
}

/** Which of the free edges of a panel lie under a point, in px of the window: those are what a pointer takes hold of. */
export function edgesAt(x: number, y: number, panel: DOMRectReadOnly, placement: string): Edges {
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= EDGE_PX;
  const left = near(x, panel.left);
  const right = near(x, panel.right);
  const across = placement.includes('middle') ? left || right : placement.includes('right') ? left : right;
  return { across, along: near(y, placement.includes('top') ? panel.bottom : panel.top) };
}

/** The pointer that tells what such an edge can be dragged to; the empty word = what it is otherwise. */
export function cursorFor({ across, along }: Edges, placement: string): string {
  if (across && along) return /bottom right|top left/.test(placement) ? 'nwse-resize' : 'nesw-resize';
  return across ? 'ew-resize' : along ? 'ns-resize' : '';
}

/** A size as it was written down, `{"width":480,"height":600}`; null = it is none. */
export function sizeFrom(text: string | null): Size | null {
  if (text === null || text.length > 100) return null;
  const [, width, height] = /^\{"width":(\d{1,5}),"height":(\d{1,5})\}$/.exec(text) ?? [];
  if (width === undefined || height === undefined) return null;
  return { width: Math.max(LEAST.width, Number(width)), height: Math.max(LEAST.height, Number(height)) };
}
