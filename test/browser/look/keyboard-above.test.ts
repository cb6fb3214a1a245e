import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { mount, settled, unmountAll, within } from '../../support/tag.ts';

/** The on-screen keyboard of a telephone lies over the page without making it smaller; only `visualViewport` knows. */

afterEach(async () => {
  unmountAll();
  vi.restoreAllMocks();
  visualViewport?.dispatchEvent(new Event('resize'));
  await page.viewport(414, 896);
});

test.each(['launcher', 'compact', 'expanded', 'full'])('%s: field and header stay above the keyboard', async (variant) => {
  await page.viewport(390, 760);
  const { tag } = await mount({ variant, open: '' });
  await settled(tag);
  const field = within(tag, 'textarea');
  expect(760 - field.getBoundingClientRect().bottom).toBeLessThan(60);
  const viewport = visualViewport;
  if (viewport === null) throw new Error('no visual viewport');
  vi.spyOn(viewport, 'height', 'get').mockReturnValue(430);
  vi.spyOn(viewport, 'offsetTop', 'get').mockReturnValue(0);
  viewport.dispatchEvent(new Event('resize'));
  await vi.waitFor(() => expect(field.getBoundingClientRect().bottom).toBeLessThanOrEqual(430));
  expect(within(tag, 'header').getBoundingClientRect().top).toBeGreaterThanOrEqual(0);
  vi.restoreAllMocks();
  viewport.dispatchEvent(new Event('resize'));
  await vi.waitFor(() => expect(field.getBoundingClientRect().bottom).toBeGreaterThan(640));
});
