import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cdp, page } from 'vitest/browser';
import { clearStages, stages } from '../../support/access-stages.ts';
import { axeFaults } from '../../support/axe-faults.ts';
import { everything, unmountAll } from '../../support/tag.ts';

/** What a reader asked of the system is heeded by every element: colours, motion, transparency, size of text. */

const wish = async (features: Readonly<Record<string, string>>): Promise<void> => {
  await cdp().send('Emulation.setEmulatedMedia', {
    features: Object.entries(features).map(([name, value]) => ({ name, value })),
  });
};

beforeAll(() => page.viewport(1200, 900));
afterEach(async () => {
  unmountAll();
  clearStages();
  document.documentElement.style.fontSize = '';
  await wish({});
  await page.viewport(1200, 900);
});

const names = Object.keys(stages);
const visible = (element: Element): boolean => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
const told = (element: Element): string => element.outerHTML.slice(0, 100);

describe('forced colours', () => {
  test.each(names)('%s: words are read, what can be pressed has an edge or words, the focus is seen', async (name) => {
    await wish({ 'forced-colors': 'active' });
    expect(matchMedia('(forced-colors: active)').matches).toBe(true);
    const root = await stages[name]!({});
    const contrast = (await axeFaults(root)).filter((fault) => fault.startsWith('color-contrast'));
    expect(contrast).toEqual([]);
    const unseen = everything(root)
      // Sliders and boxes to tick are drawn by the browser, which knows its colours.
      .filter((element) => element.matches('button, select, textarea, input[type="text"]') && visible(element))
      .filter((element) => {
        const edged = (each: Element): boolean => {
          const { borderTopStyle, borderTopWidth, outlineStyle } = getComputedStyle(each);
          return (borderTopStyle !== 'none' && borderTopWidth !== '0px') || outlineStyle !== 'none';
        };
        const edge = edged(element) || (element.matches('textarea') && edged(element.closest('form') ?? element));
        return !edge && element.textContent.trim() === '' && element.querySelector('svg, img') === null;
      });
    expect(unseen.map(told)).toEqual([]);
  });

  test('the focus is seen on whatever takes it', async () => {
    await wish({ 'forced-colors': 'active' });
    const root = await stages['panel, answering']!({});
    for (const element of everything(root).filter(
      (each): each is HTMLElement => each.matches('button, textarea') && visible(each),
    )) {
      element.focus({ focusVisible: true } as FocusOptions);
      const { outlineStyle, outlineColor } = getComputedStyle(element);
      const around = getComputedStyle(element.closest('form, label') ?? element);
      const shown = outlineStyle !== 'none' || around.outlineStyle !== 'none';
      expect(shown, `${told(element)} ${outlineColor}`).toBe(true);
    }
  });
});

test.each(names)('reduced motion: nothing moves for ever, %s', async (name) => {
  await wish({ 'prefers-reduced-motion': 'reduce' });
  const root = await stages[name]!({});
  const endless = everything(root)
    .flatMap((element) => [...element.getAnimations(), ...element.getAnimations({ subtree: true })])
    .filter((animation) => animation.playState === 'running' && animation.effect?.getComputedTiming().endTime === Infinity);
  expect(endless.map(({ effect }) => (effect instanceof KeyframeEffect && effect.target ? told(effect.target) : ''))).toEqual([]);
});

/** The element around, also through shadow roots. */
const around = (element: Element): Element | null => {
  const root = element.getRootNode();
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
};
/** 0–1 */
const alphaOf = (element: Element): number => {
  const { backgroundColor } = getComputedStyle(element);
  const alpha = /(?:\/ |rgba\(.*, )([\d.]+)\)$/.exec(backgroundColor)?.[1];
  return backgroundColor === 'transparent' ? 0 : alpha === undefined ? 1 : Number(alpha);
};

test.each(names)('reduced transparency: nothing is blurred, no page shines through a ground, %s', async (name) => {
  await wish({ 'prefers-reduced-transparency': 'reduce' });
  const root = await stages[name]!({});
  const through = everything(root)
    .filter(visible)
    .filter((element) => {
      if (getComputedStyle(element).backdropFilter !== 'none') return true;
      if (alphaOf(element) === 0 || alphaOf(element) === 1) return false;
      // A tint upon a ground of ours hides as much as that ground does.
      for (let at = around(element); at !== null && at !== root.parentElement; at = around(at))
        if (alphaOf(at) === 1) return false;
      return root.localName === 'viva-voce';
    });
  expect(through.map((element) => `${told(element)} ${getComputedStyle(element).backgroundColor}`)).toEqual([]);
});

test.each(names)('text twice as large: nothing to the side, nothing cut, %s', async (name) => {
  document.documentElement.style.fontSize = '32px';
  const root = await stages[name]!({});
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
  const cut = everything(root)
    .filter((element) => element.matches('button, summary, label, h2, h3, p, legend') && visible(element))
    .filter((element) => {
      const { overflowX, overflowY, clipPath } = getComputedStyle(element);
      if (clipPath !== 'none' || element.getBoundingClientRect().width <= 1) return false;
      const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
      return (
        (hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
        (hides(overflowY) && element.scrollHeight > element.clientHeight + 1)
      );
    });
  expect(cut.map(told)).toEqual([]);
});
