import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { InterimTranslation } from '../../../../demo/server/rtvt/interim-translation.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Translations that take `takesMs`. */
function translating(takesMs: number) {
  const asked: string[] = [];
  const told: string[] = [];
  const translation = new InterimTranslation({
    translate: (text) => {
      asked.push(text);
      return new Promise((resolve) => setTimeout(() => resolve(`(${text})`), takesMs));
    },
    onText: (text) => told.push(text),
    onDropped: () => told.push('dropped'),
  });
  return { translation, asked, told };
}

it('translates at once, then the newest text every 300 ms', async () => {
  const { translation, asked, told } = translating(10);
  for (const text of ['a', 'a b', 'a b c']) {
    translation.push(text);
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(asked).toEqual(['a']);
  await vi.advanceTimersByTimeAsync(200);
  expect(asked).toEqual(['a', 'a b c']);
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toEqual(['(a)', '(a b c)']);
});

it('never has two under way, however slow they are', async () => {
  const { translation, asked } = translating(5000);
  for (let word = 0; word < 40; word++) {
    translation.push(String(word));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(asked).toEqual(['0']);
  await vi.advanceTimersByTimeAsync(1100);
  expect(asked).toEqual(['0', '39']);
});

it('does not translate the same again', async () => {
  const { translation, asked } = translating(1);
  for (let time = 0; time < 5; time++) {
    translation.push('the same');
    await vi.advanceTimersByTimeAsync(400);
  }
  expect(asked).toEqual(['the same']);
});

it('tells nothing once the final comes', async () => {
  const { translation, asked, told } = translating(100);
  translation.push('a');
  await vi.advanceTimersByTimeAsync(50);
  translation.push('a b');
  translation.stop();
  translation.push('a b c');
  await vi.advanceTimersByTimeAsync(2000);
  expect([asked, told]).toEqual([['a'], []]);
});
