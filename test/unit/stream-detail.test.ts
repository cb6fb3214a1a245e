import { describe, expect, test } from 'vitest';
import { noDetail, withEvent } from '../../src/stream-detail.ts';
import type { StreamFeedEvent } from '../../src/shared/stream-feed.ts';

const line = (id: string, startMs: number, text = id): StreamFeedEvent => ({
  type: 'caption',
  ...{ id, text, final: true, language: 'en', startMs, endMs: startMs + 1 },
});
const scene = (id: string, startMs: number): StreamFeedEvent => ({
  type: 'scene',
  ...{ id, kind: 'visual', index: 'ix', text: id, startMs, endMs: startMs + 1 },
});
const after = (...events: StreamFeedEvent[]) => events.reduce(withEvent, noDetail('rts-1'));

describe('what is told of the stream that is looked at', () => {
  test('lines lie in their order, however late they come, and a newer state takes the place of the older', () => {
    const { lines } = after(line('b', 20), line('c', 30), line('a', 10), line('b', 20, 'B'));
    expect(lines.map(({ text }) => text)).toEqual(['a', 'B', 'c']);
  });

  test('a line that was noise goes', () => {
    expect(after(line('a', 10), line('a', 10, '')).lines).toEqual([]);
  });

  test('translations lie beside their line, and stay when it is told anew', () => {
    const into = (language: string, text: string): StreamFeedEvent => ({ type: 'caption-translation', id: 'a', language, text });
    const { lines } = after(
      line('a', 10),
      line('b', 20),
      into('es', 'Hola'),
      into('fr', 'Salut'),
      into('es', '¡Hola!'),
      line('a', 10),
    );
    expect(lines.map(({ translations }) => translations)).toEqual([{ es: '¡Hola!', fr: 'Salut' }, {}]);
  });

  test('scenes are newest first, and bounded', () => {
    const { scenes } = after(...Array.from({ length: 250 }, (_, index) => scene(`s${String(index)}`, index)));
    expect(scenes).toHaveLength(200);
    expect(scenes[0]?.id).toBe('s249');
  });

  test('lines are bounded, and the oldest go first', () => {
    const { lines } = after(...Array.from({ length: 2005 }, (_, index) => line(`l${String(index)}`, index)));
    expect(lines).toHaveLength(2000);
    expect(lines[0]?.id).toBe('l5');
  });
});
