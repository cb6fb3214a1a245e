import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { assistantStrings, mediaStrings } from '../../../src/elements/english.ts';
import { tables } from '../../../src/locales/tables.ts';
import { clearStages, stages } from '../../support/access-stages.ts';
import { everything, unmountAll } from '../../support/tag.ts';

/** On a page in another language no element shows or says a word of ours in English, in whatever state. */

const TAG = 'de';
/** Elements that a stage gives no words to, one whose words were said before the page changed its language, and words seen elsewhere. */
const WITHOUT: readonly string[] = ['kiosk, about to go', 'kiosk, PIN', 'kiosk, keeper', 'page actions'];
/** Shorter ones are letters of a keyboard, or what somebody else said. */
const LEAST_LETTERS = 3;

let left: ReadonlySet<string>;

beforeAll(async () => {
  await page.viewport(1200, 900);
  const english = { assistant: assistantStrings, media: mediaStrings } as const;
  const words: string[] = [];
  for (const group of ['assistant', 'media'] as const) {
    const german = (await tables[group][TAG]()).default;
    for (const [key, text] of Object.entries(english[group]))
      if (german[key] !== text && text.length >= LEAST_LETTERS) words.push(text);
  }
  left = new Set(words);
});
afterEach(() => {
  unmountAll();
  clearStages();
  document.documentElement.lang = 'en';
});

const plain = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim();
const shown = (root: Element): readonly string[] =>
  [root, ...everything(root), ...everything(document.body)].flatMap((element) => [
    ...['aria-label', 'title', 'placeholder', 'alt'].map((name) => plain(element.getAttribute(name))),
    ...Array.from(element.childNodes, (node) => (node instanceof Text ? plain(node.nodeValue) : '')),
  ]);

test.each(Object.keys(stages).filter((name) => !WITHOUT.includes(name) && !name.startsWith('variant')))('%s', async (name) => {
  const root = await stages[name]!(name.startsWith('kiosk') ? { lang: TAG } : {});
  document.documentElement.lang = TAG;
  await vi.waitFor(() => expect([...new Set(shown(root).filter((text) => left.has(text)))]).toEqual([]), { timeout: 3000 });
});
