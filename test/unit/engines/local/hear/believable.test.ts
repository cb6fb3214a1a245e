import { describe, expect, it } from 'vitest';
import { believable } from '../../../../../demo/server/engines/local/hear/believable.ts';

const RATE = 16_000;
const sound = (seconds: number, level = 0.1): Float32Array =>
  Float32Array.from({ length: seconds * RATE }, (_, at) => level * Math.sin(at));

describe('nothing is heard in', () => {
  it('digital silence and the noise below any microphone', () => {
    expect(believable('Thank you.', new Float32Array(RATE), RATE)).toBe('');
    expect(believable('Thank you.', sound(1, 0.0009), RATE)).toBe('');
  });

  it('less than the shortest word', () => {
    expect(believable('Yes.', sound(0.09), RATE)).toBe('');
  });

  it('a text without a letter or digit', () => {
    expect(believable(' … . ', sound(1), RATE)).toBe('');
  });
});

it('keeps what fits: quick short words, numbers, quiet speech', () => {
  expect(believable(' Yes, I do. ', sound(0.4), RATE)).toBe('Yes, I do.');
  expect(believable('42', sound(0.5, 0.01), RATE)).toBe('42');
  expect(believable('¿Dónde está?', sound(1), RATE)).toBe('¿Dónde está?');
});

it('cuts more words than the time can hold', () => {
  const words = Array.from({ length: 40 }, (_, index) => `word${String(index)}`);
  expect(believable(words.join(' '), sound(2), RATE)).toBe(words.slice(0, 16).join(' '));
});

it('ends a decoder in a loop after the first round', () => {
  expect(believable('I think that the the the the the', sound(5), RATE)).toBe('I think that the');
  expect(believable('So I said no, I said no, I said no, I said no, I said', sound(9), RATE)).toBe('So I said no,');
});

it('leaves what people do repeat', () => {
  for (const text of ['no no no', 'bye bye', 'very very very good', 'one two one two'])
    expect(believable(text, sound(3), RATE)).toBe(text);
});
