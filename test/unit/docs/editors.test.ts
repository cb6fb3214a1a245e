import { expect, it } from 'vitest';
import { vscodeHtml, webTypes } from '../../../demo/docs/frameworks/editors.ts';
import type { DescribedElement } from '../../../demo/docs/frameworks/elements.ts';

/** What editors are told of an attribute: a flag is written without a value, words are offered. */

const element: DescribedElement = {
  name: 'VivaVoce',
  tag: 'viva-voce',
  description: 'The assistant',
  path: 'src/x.ts',
  folder: 'viva-voce',
  attributes: [
    { name: 'muted', property: 'muted', description: 'Muted', kind: 'flag', values: [] },
    { name: 'volume', property: 'volume', description: '0–1', kind: 'number', values: [] },
    { name: 'turn', property: 'turn', description: '`vad` or `hold`', kind: 'text', values: ['vad', 'hold'] },
    { name: 'voice', property: 'voice', description: 'Its voice', kind: 'text', values: [] },
  ],
  properties: [],
  events: [],
  slots: [],
  cssParts: [],
  cssProperties: [],
};

it('VS Code', () => {
  expect(vscodeHtml([element])).toMatchObject({
    tags: [
      {
        name: 'viva-voce',
        attributes: [
          { name: 'muted', description: 'Muted', valueSet: 'v' },
          { name: 'volume', description: '0–1' },
          { name: 'turn', description: '`vad` or `hold`', values: [{ name: 'vad' }, { name: 'hold' }] },
          { name: 'voice', description: 'Its voice' },
        ],
      },
    ],
  });
});

it('JetBrains', () => {
  expect(webTypes([element], '1.2.3')).toMatchObject({
    version: '1.2.3',
    'js-types-syntax': 'typescript',
    contributions: {
      html: {
        elements: [
          {
            attributes: [
              { name: 'muted', value: { kind: 'no-value', type: 'boolean' } },
              { name: 'volume', value: { kind: 'plain', type: 'number' } },
              { name: 'turn', value: { kind: 'plain', type: "'vad' | 'hold'" } },
              { name: 'voice' },
            ],
          },
        ],
      },
    },
  });
});
