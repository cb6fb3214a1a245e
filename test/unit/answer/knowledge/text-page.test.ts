import { expect, it } from 'vitest';
import { readTextPage } from '../../../../demo/server/knowledge/text-page.ts';

it('reads Markdown: title, sections, items, without marks, code and front matter', () => {
  const page = readTextPage(
    '---\nlayout: x\n---\n# Delivery\n\nWe ship **daily**. See [the prices](/p).\n\n```\ncode here\n```\n\n## What it costs\n- Standard costs four euros\n- Express costs nine euros\n',
    '/docs/delivery.md',
  );
  expect(page.title).toBe('Delivery');
  expect(page.sections).toEqual([
    { heading: '', anchor: null, sentences: ['We ship daily.', 'See the prices.'] },
    { heading: 'What it costs', anchor: 'what-it-costs', sentences: ['Standard costs four euros', 'Express costs nine euros'] },
  ]);
});

it('names plain text after its file', () => {
  expect(readTextPage('We open at nine.', '/opening-hours.txt').title).toBe('Opening hours');
});
