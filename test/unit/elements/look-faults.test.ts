import { expect, test } from 'vitest';
import { lookFaults, type Look } from '../../../src/elements/viva-voce/look-faults.ts';

/** Which words of the look are told to be none. */

const plain: Look = {
  variant: 'launcher',
  placement: 'bottom-end',
  colorScheme: 'auto',
  radius: null,
  density: null,
  feedback: null,
};
const fields = (look: Partial<Look>): readonly (string | null)[] => lookFaults({ ...plain, ...look }).map(({ field }) => field);

test('what is not set, taken away, or one of the words is fine; the names of other widgets too', () => {
  for (const variant of ['launcher', 'compact', 'expanded', 'inline', 'full', 'kiosk', 'bare', 'tiny', 'sidebar', 'embedded', ''])
    expect(fields({ variant })).toEqual([]);
  for (const placement of ['top', 'bottom', 'start', 'end', 'top-left', 'bottom-start'])
    expect(fields({ placement })).toEqual([]);
  expect(fields({ radius: 'pill', density: 'spacious', colorScheme: 'dark', feedback: 'both' })).toEqual([]);
});

test('any other is named with what may stand there', () => {
  expect(fields({ variant: 'popup', placement: 'top-center', colorScheme: 'night' })).toEqual([
    'variant',
    'placement',
    'color-scheme',
  ]);
  expect(fields({ radius: '8px', density: 'dense', feedback: 'stars' })).toEqual(['radius', 'density', 'feedback']);
  const [fault] = lookFaults({ ...plain, colorScheme: 'night' });
  expect(fault).toMatchObject({ code: 'bad-option', message: 'color-scheme: “night” is none of auto, light, dark' });
});
