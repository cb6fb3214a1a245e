import { expect, it } from 'vitest';
import { isText } from '../../../../../demo/server/engines/local/see/reading.ts';

it('asks more of short lines, and never takes a lone letter', () => {
  expect(isText('Order status', 0.71)).toBe(true);
  expect(isText('Order status', 0.69)).toBe(false);
  expect(isText('OK', 0.9)).toBe(true);
  expect(isText('re', 0.8)).toBe(false);
  expect(isText('4', 0.99)).toBe(false);
  expect(isText('— | —', 0.99)).toBe(false);
});
