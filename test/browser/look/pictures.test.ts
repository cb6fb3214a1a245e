import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { blocksFont } from '../../support/blocks-font.ts';
import { shownStates, type ShownState } from '../../support/look-states.ts';
import { has, mount, settled, unmountAll } from '../../support/tag.ts';

/**
 * Every variant in both schemes and both directions against the picture kept of it in `test/visual/`. Letters are blocks, so the pictures
 * show how things lie and which colours they have, not how a machine draws a letter. After a change that is meant:
 * `npx vitest run --project browser pictures --update`, and a look at what `git diff` shows.
 */

const looks: readonly (readonly [name: string, state: ShownState, attributes: Readonly<Record<string, string>>])[] = [
  ['closed', 'idle', {}],
  ['launcher', 'listening', { open: '' }],
  ['compact', 'muted', { open: '', variant: 'compact', radius: 'soft' }],
  ['expanded', 'idle', { open: '', variant: 'expanded', density: 'spacious' }],
  ['full', 'listening', { open: '', variant: 'full', avatar: 'visualizer' }],
  ['kiosk', 'idle', { variant: 'kiosk', presence: 'touch' }],
  ['inline', 'error', { variant: 'inline', radius: 'sharp', density: 'compact' }],
];

const stage = document.createElement('main');

beforeAll(async () => {
  document.body.append(stage);
  document.fonts.add(await new FontFace('Blocks', blocksFont()).load());
  const style = document.createElement('style');
  style.textContent = `main { position: fixed; inset: 0 } viva-voce { --viva-font: Blocks; --viva-font-voice: Blocks; --viva-night: none }
    :root[data-look='dark'] { background: #141a17 } :root[data-look='light'] { background: #f7f3ea }`;
  document.head.append(style);
});

afterEach(async () => {
  unmountAll();
  document.documentElement.removeAttribute('dir');
  document.documentElement.removeAttribute('lang');
  delete document.documentElement.dataset['look'];
  await page.viewport(414, 896);
});

async function looked(
  name: string,
  [scheme, dir]: readonly [string, string],
  state: ShownState,
  attributes: Readonly<Record<string, string>>,
): Promise<void> {
  const root = document.documentElement;
  root.dir = dir;
  root.lang = dir === 'rtl' ? 'ar' : 'en';
  root.dataset['look'] = scheme;
  const { tag, assistant } = await mount({ 'color-scheme': scheme, ...attributes }, stage);
  const { levels: _sound, ...shown } = shownStates(dir === 'rtl')[state];
  assistant.show(shown);
  // What is fetched for one of the attributes comes in its own time.
  if (attributes['avatar'] !== undefined) await vi.waitFor(() => expect(has(tag, 'viva-avatar')).toBe(true), { timeout: 5000 });
  if (attributes['variant'] === 'kiosk')
    await vi.waitFor(() => expect(has(tag, 'viva-kiosk-attract')).toBe(true), { timeout: 5000 });
  if (dir === 'rtl') await vi.waitFor(() => expect(tag.shownLanguage).toBe('ar'), { timeout: 5000 });
  await settled(tag);
  await settled(tag);
  await expect.element(page.elementLocator(stage)).toMatchScreenshot(`${name}-${scheme}-${dir}`, {
    comparatorName: 'pixelmatch',
    comparatorOptions: { threshold: 0.2, allowedMismatchedPixelRatio: 0.004 },
  });
}

const pages = ['light', 'dark'].flatMap((scheme) => ['ltr', 'rtl'].map((dir) => [scheme, dir] as const));

describe.each(pages)('%s, %s', (scheme, dir) => {
  test.each(looks)('%s', async (name, state, attributes) => {
    await page.viewport(600, 560);
    await looked(name, [scheme, dir], state, attributes);
  });

  test('sheet on a telephone', async () => {
    await page.viewport(360, 600);
    await looked('sheet', [scheme, dir], 'speaking', { open: '' });
  });
});
