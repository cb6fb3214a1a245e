import { expect, test } from 'vitest';
import { changedWords } from '../../../src/elements/changed-words.ts';

test('an element is rendered again for words that it shows, not for a new object of the same', () => {
  const changed = changedWords({ copied: '', copyCode: '' });
  expect(changed({ copied: 'Copied', start: 'Talk' }, { copied: 'Copied', start: 'Start' })).toBe(false);
  expect(changed({ copied: 'Kopiert' }, { copied: 'Copied' })).toBe(true);
  expect(changed({ copyCode: 'Take it' }, {})).toBe(true);
  expect(changed({}, undefined)).toBe(true);
});
