import { expect, test } from 'vitest';
import { Expression } from '../../../src/elements/avatar/expression.ts';
import { pictureUrl } from '../../../src/elements/avatar/picture-url.ts';

const quiet = { input: 0, output: 0 };

test('the face is still in silence', () => {
  const face = new Expression();
  face.step(quiet, 0);
  expect([face.heard, ...face.said, face.still]).toEqual([0, 0, 0, 0, true]);
});

test('eyes open to what is heard at once, and close again step by step', () => {
  const face = new Expression();
  face.step({ input: 0.25, output: 0 }, 0);
  expect(face.heard).toBe(1);
  expect(face.said).toEqual([0, 0, 0]);
  const after: number[] = [];
  for (let step = 1; step <= 6; step++) {
    face.step(quiet, step * 50);
    after.push(face.heard);
  }
  expect(after).toEqual([...after].sort((a, b) => b - a));
  expect(after.at(-1)).toBe(0);
  expect(face.still).toBe(true);
});

test('what is said runs through the mouth from the middle to the sides', () => {
  const face = new Expression();
  face.step({ input: 0, output: 0.25 }, 0);
  expect(face.said.map((height) => height > 0)).toEqual([true, false, false]);
  face.step(quiet, 50);
  expect(face.said.map((height) => height > 0)).toEqual([false, true, false]);
  face.step(quiet, 100);
  expect(face.said.map((height) => height > 0)).toEqual([false, false, true]);
  face.step(quiet, 150);
  expect(face.still).toBe(true);
  expect(face.heard).toBe(0);
});

test('frames between two steps change nothing', () => {
  const face = new Expression();
  expect(face.step(quiet, 0)).toBe(true);
  expect(face.step({ input: 1, output: 1 }, 16)).toBe(false);
  expect(face.heard).toBe(0);
});

test('a picture comes from the web or from the page itself, never from a script or a text', () => {
  const base = 'https://shop.example/help/';
  expect(pictureUrl('face.png', base)).toBe('https://shop.example/help/face.png');
  expect(pictureUrl('data:image/png;base64,AA==', base)).toBe('data:image/png;base64,AA==');
  for (const bad of ['', ' ', 'javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'http://[']) {
    expect(pictureUrl(bad, base)).toBeNull();
  }
});
