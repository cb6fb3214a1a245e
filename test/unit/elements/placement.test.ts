import { expect, test } from 'vitest';
import { placed, variantNamed } from '../../../src/elements/panel/placement.ts';

test('logical places are sides of the window in the direction of the page', () => {
  expect(placed('bottom-end', 'ltr')).toBe('bottom right');
  expect(placed('bottom-end', 'rtl')).toBe('bottom left');
  expect(placed('top-start', 'rtl')).toBe('top right');
  expect(placed('start', 'ltr')).toBe('bottom left');
  expect(placed('top-left', 'rtl')).toBe('top left');
  expect(placed('top', 'rtl')).toBe('top middle');
  expect(placed('bottom', 'ltr')).toBe('bottom middle');
});

test('what is no place is the usual one', () => {
  for (const odd of [null, '', 'nowhere', 'center', '-', 'BOTTOM']) expect(placed(odd, 'ltr')).toBe('bottom right');
});

test('other widgets’ names mean ours', () => {
  expect(variantNamed(null)).toBe('launcher');
  expect(['tiny', 'floating', 'sidebar', 'embedded', 'full', 'inline'].map(variantNamed)).toEqual([
    'compact',
    'launcher',
    'expanded',
    'inline',
    'full',
    'inline',
  ]);
});
