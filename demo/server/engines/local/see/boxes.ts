/** Boxes that detectors draw, and which of those that overlap are the same thing. Edges in one unit, whichever. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** 0–1 */
  readonly score: number;
}

/** The best of each heap of boxes that share more than `most` of their common area; best first. */
export function distinct<T extends Box>(boxes: readonly T[], most: number): readonly T[] {
  const kept: T[] = [];
  for (const box of [...boxes].sort((a, b) => b.score - a.score)) {
    if (kept.every((other) => overlap(box, other) <= most)) kept.push(box);
  }
  return kept;
}

/** Intersection over union, 0–1. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const common = width * height;
  return common / (area(a) + area(b) - common);
}

/** How much of `a` lies inside `b`, 0–1. */
export function inside(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width <= 0 || height <= 0 ? 0 : (width * height) / area(a);
}

function area(box: Box): number {
  return (box.right - box.left) * (box.bottom - box.top);
}
