import { afterEach, expect, test, vi } from 'vitest';
import { within, mount, settled, unmountAll } from '../../support/tag.ts';

/** The tag speaks the language around it, changes with it, and lets a page put its own words in. */

afterEach(() => {
  unmountAll();
  document.documentElement.lang = 'en';
});

const launcher = (tag: Element) => within(tag, '[part="launcher"]').textContent.trim();

test('in the language of the page, also when that changes', async () => {
  document.documentElement.lang = 'de-AT';
  const { tag } = await mount();
  await vi.waitFor(() => expect(launcher(tag)).toBe('Fragen Sie uns'));
  document.documentElement.lang = 'fr';
  await vi.waitFor(() => expect(launcher(tag)).not.toBe('Fragen Sie uns'));
  document.documentElement.lang = 'en';
  await vi.waitFor(() => expect(launcher(tag)).toBe('Ask us'));
});

test('a page that begins in English and changes later is followed, also from around the tag', async () => {
  const { tag } = await mount();
  expect(launcher(tag)).toBe('Ask us');
  document.documentElement.lang = 'de';
  await vi.waitFor(() => expect(launcher(tag)).toBe('Fragen Sie uns'));
  document.documentElement.lang = 'en';
  const box = document.body.appendChild(document.createElement('div'));
  box.lang = 'de';
  const { tag: inside } = await mount({}, box);
  await vi.waitFor(() => expect(launcher(inside)).toBe('Fragen Sie uns'));
  box.remove();
});

test('its own attribute wins, and decides which way the panel is read', async () => {
  const { tag } = await mount({ lang: 'ar', open: '' });
  const panel = within(tag, 'viva-panel');
  await vi.waitFor(() => expect([panel.lang, panel.dir]).toEqual(['ar', 'rtl']));
  await settled(tag);
  expect(getComputedStyle(within(tag, '[part="header"]')).direction).toBe('rtl');
  tag.lang = 'ja';
  await vi.waitFor(() => expect([panel.lang, panel.dir]).toEqual(['ja', 'ltr']));
});

test('a language that is not there is English, and words of the page win over all', async () => {
  const { tag } = await mount({ lang: 'tlh', strings: '{"launcher":"nuqneH"}' });
  expect(launcher(tag)).toBe('nuqneH');
  tag.strings = {};
  await settled(tag);
  expect(launcher(tag)).toBe('Ask us');
  tag.lang = 'es';
  tag.strings = { launcher: 'Hola' };
  await vi.waitFor(() => expect(within(tag, '[part="launcher"]').title).not.toBe('Open the voice assistant'));
  expect(launcher(tag)).toBe('Hola');
});

test('elements that stand alone do the same', async () => {
  const player = document.createElement('viva-player');
  player.lang = 'de';
  document.body.append(player);
  await vi.waitFor(() => expect(player.shadowRoot?.innerHTML).toContain('Wiedergeben'));
  player.remove();
});
