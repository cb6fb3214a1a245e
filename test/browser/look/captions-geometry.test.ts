import { afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import '../../../src/elements/captions/define.ts';
import '../../../src/elements/interpreter/define.ts';
import '../../../src/elements/live-captions/define.ts';
import { captionLine, FakeInterpreter } from '../../support/fake-interpreter.ts';
import { everything, within } from '../../support/tag.ts';

/** Captions in two languages hold their rows while what is around them, or their letters, change: measured, not photographed. */

const said = [
  captionLine('Good morning, how can I help you?', 'Buenos días, ¿en qué puedo ayudarle?'),
  captionLine(
    'The train to the coast leaves from platform four at twenty past nine, and it is never late.',
    'El tren a la costa sale del andén cuatro a las nueve y veinte, y nunca llega tarde.',
  ),
  captionLine('Is there a seat by the window*', '¿Hay un asiento junto a la*'),
];

const frame = () => new Promise(requestAnimationFrame);

/** Captions in a box of the page, with something below them. */
async function stage(attributes: Readonly<Record<string, string>> = {}) {
  const box = document.body.appendChild(document.createElement('div'));
  box.className = 'geometry';
  box.style.inlineSize = '600px';
  const tag = document.createElement('viva-captions');
  for (const [name, value] of Object.entries({ source: 'pushed', 'storage-key': '', ...attributes }))
    tag.setAttribute(name, value);
  tag.lines = said;
  box.append(tag);
  const below = box.appendChild(document.createElement('p'));
  below.textContent = 'What stands below';
  for (let round = 0; round < 3; round++)
    for (const element of [tag, ...everything(tag)]) if ('updateComplete' in element) await element.updateComplete;
  await frame();
  return { box, tag, below };
}

afterEach(async () => {
  for (const left of document.querySelectorAll('.geometry')) left.remove();
  document.documentElement.dir = '';
  document.documentElement.style.fontSize = '';
  await page.viewport(414, 896);
});

const blocks = (tag: Element) => ['original', 'translation'].map((side) => within(tag, `[part~="caption-${side}"]`));
const rowsOf = (block: Element) => {
  const { lineHeight } = getComputedStyle(block);
  return block.getBoundingClientRect().height / parseFloat(lineHeight);
};

/** Where the letters are, row by row, as far as the block shows them. */
function shownRows(block: Element): readonly DOMRect[] {
  const box = block.getBoundingClientRect();
  const range = document.createRange();
  return everything(block)
    .filter((element) => element.matches('p:not(.waiting)'))
    .flatMap((sentence) => {
      range.selectNodeContents(sentence);
      return [...range.getClientRects()];
    })
    .filter(({ top, bottom, width }) => width > 0 && bottom > box.top + 1 && top < box.bottom - 1);
}

/** What a reader would call a jump, an overlap or a cut, in words. */
function faults(tag: Element, rows: number): readonly string[] {
  const [original, translation] = blocks(tag) as [HTMLElement, HTMLElement];
  const outer = within(tag, '[part~="box"]').getBoundingClientRect();
  const found: string[] = [];
  for (const [name, block] of Object.entries({ original, translation })) {
    const box = block.getBoundingClientRect();
    if (Math.abs(rowsOf(block) - rows) > 0.05) found.push(`${name}: ${rowsOf(block).toFixed(2)} rows high`);
    if (box.left < outer.left || box.right > outer.right + 0.5 || box.bottom > outer.bottom + 0.5)
      found.push(`${name}: sticks out`);
    const seen = shownRows(block);
    const tops = [...new Set(seen.map(({ top }) => Math.round(top)))];
    if (tops.length > rows) found.push(`${name}: ${tops.length} rows are seen`);
    for (const { top, bottom, right } of seen) {
      if (top < box.top - 2 || bottom > box.bottom + 2) found.push(`${name}: a row is cut at ${Math.round(top - box.top)}`);
      if (right > box.right + 1) found.push(`${name}: a row runs out`);
    }
    const last = block.querySelector('p:last-of-type:not(.waiting)')?.getBoundingClientRect();
    if (last !== undefined && Math.abs(last.bottom - box.bottom) > 1 && block.scrollHeight > block.clientHeight)
      found.push(`${name}: the newest row is ${Math.round(last.bottom - box.bottom)} px from the end`);
  }
  if (translation.getBoundingClientRect().top < original.getBoundingClientRect().bottom - 0.5)
    found.push('the languages overlap');
  return found;
}

describe.each(['ltr', 'rtl'])('%s', (direction) => {
  test.each([1, 2, 3])('%i rows: a box that is resized keeps them, and its newest words at the end', async (rows) => {
    await page.viewport(800, 700);
    document.documentElement.dir = direction;
    const { box, tag, below } = await stage({ rows: String(rows) });
    expect(faults(tag, rows)).toEqual([]);
    for (let width = 600; width >= 200; width -= 80) {
      box.style.inlineSize = `${width}px`;
      await frame();
      await frame();
      expect([width, faults(tag, rows)]).toEqual([width, []]);
      expect(below.getBoundingClientRect().top).toBeGreaterThanOrEqual(tag.getBoundingClientRect().bottom - 0.5);
    }
  });
});

test.each([
  ['another typeface', (tag: HTMLElement) => (tag.style.fontFamily = 'monospace')],
  ['the reader’s own size', (tag: HTMLElement) => tag.style.setProperty('--viva-caption-size', '2.2em')],
  ['text of 200 %', () => (document.documentElement.style.fontSize = '32px')],
  ['wide letters', (tag: HTMLElement) => (tag.style.letterSpacing = '0.12em')],
  ['another typeface of the scale', (tag: HTMLElement) => tag.style.setProperty('--viva-font', 'cursive')],
])('%s: as many rows, none over another, the newest at the end', async (_what, change) => {
  const { tag } = await stage();
  change(tag);
  await frame();
  await frame();
  expect(faults(tag, 2)).toEqual([]);
});

test('what changes only the letters moves nothing below', async () => {
  const { tag, below } = await stage();
  const top = below.getBoundingClientRect().top;
  tag.style.letterSpacing = '0.12em';
  await frame();
  await frame();
  expect(below.getBoundingClientRect().top).toBe(top);
});

test.each([
  ['a telephone', 360, ''],
  ['200 px', 200, ''],
  ['text of 200 %, right to left', 390, '32px'],
])('an interpreter in %s: nothing lies over anything else', async (what, width, fontSize) => {
  await page.viewport(414, 896);
  document.documentElement.style.fontSize = fontSize;
  if (what.includes('right to left')) document.documentElement.dir = 'rtl';
  const box = document.body.appendChild(document.createElement('div'));
  box.className = 'geometry';
  box.style.inlineSize = `${width}px`;
  const tag = document.createElement('viva-interpreter');
  tag.interpreter = new FakeInterpreter({ phase: 'listening', microphone: 'live', from: 'en', to: 'es', lines: said });
  tag.turn = 'hold';
  box.append(tag);
  for (let round = 0; round < 3; round++)
    for (const element of [tag, ...everything(tag)]) if ('updateComplete' in element) await element.updateComplete;
  const named =
    '[part="title"], header button, header summary, .pair select, .pair button, [part="now"], [part~="talk"], [part="start"]';
  const pieces = everything(tag).filter((element) => element.matches(named) && element.checkVisibility());
  const over = pieces.flatMap((one, index) =>
    pieces.slice(index + 1).flatMap((other) => {
      const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
      const both =
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
      return both ? [`${one.textContent.trim()} / ${other.textContent.trim()}`] : [];
    }),
  );
  expect(over).toEqual([]);
  const heading = within(tag, '[part="title"]');
  expect(heading.scrollWidth).toBeLessThanOrEqual(heading.clientWidth);
  for (const select of everything(tag).filter((element) => element.matches('.pair select')))
    expect(select.getBoundingClientRect().width).toBeGreaterThanOrEqual(90);
});
