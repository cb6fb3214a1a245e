import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { clearStages, stages } from '../../support/access-stages.ts';
import { axeFaults } from '../../support/axe-faults.ts';
import { everything, unmountAll } from '../../support/tag.ts';

/** Every element in every state, light and close together, dark and wide apart: nothing that axe finds fault with, nothing too small to hit. */

beforeAll(() => page.viewport(1200, 900));
afterEach(() => {
  unmountAll();
  clearStages();
});
afterAll(() => {
  document.body.style.background = '';
});

const PRESSED = 'button, select, textarea, summary, input, a[href], [role="button"], [role="option"], [role="tab"]';

/** Links inside a sentence are as high as their line (WCAG 2.5.8, “Inline”); a box to tick is hit by its label. */
const excused = (element: Element): boolean =>
  element.matches('p a, li a, td a, th a, .citation') ||
  (element instanceof HTMLInputElement && (element.type === 'file' || element.closest('label') !== null));

/** Ten keys of a keyboard stand side by side, in a panel as wide as a telephone: there they are as wide as WCAG 2.5.8 asks for. */
const leastWidth = (element: Element): number => (element.matches('[part="key"]') && narrow(element) ? 24 : 43.5);
const narrow = (element: Element): boolean => (element.parentElement?.clientWidth ?? 0) < 10 * 48;

const small = (root: Element): readonly string[] =>
  everything(root)
    .filter((element) => element.matches(PRESSED) && !excused(element))
    .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ element, box }) => box.width > 0 && (box.width < leastWidth(element) || box.height < 43.5))
    .map(({ element, box }) => `${element.outerHTML.slice(0, 90)} ${box.width.toFixed(0)} × ${box.height.toFixed(0)}`);

describe.each([
  ['light', 'compact', '#fff'],
  ['dark', 'spacious', '#111'],
])('%s, %s', (scheme, density, ground) => {
  test.each(Object.keys(stages))('%s', async (name) => {
    document.body.style.background = ground;
    document.documentElement.style.colorScheme = scheme;
    const root = await stages[name]!({ 'color-scheme': scheme, density });
    expect(await axeFaults(root)).toEqual([]);
    expect(small(root)).toEqual([]);
  });
});
