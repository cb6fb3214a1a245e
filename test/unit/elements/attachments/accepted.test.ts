import { expect, test } from 'vitest';
import { accepted, LARGEST_MB, MOST_PICTURES } from '../../../../src/elements/attachments/accepted.ts';

/** Which files go along as pictures. */

const picture = (size = 1000) => ({ type: 'image/png', size });

test('pictures of a sensible size, and no more than there is place for', () => {
  expect(accepted([picture(), picture()], 0)).toEqual({ files: [picture(), picture()], refusal: null });
  expect(accepted([picture()], MOST_PICTURES)).toEqual({ files: [], refusal: { key: 'attachMany', value: MOST_PICTURES } });
  const many = Array.from({ length: 9 }, () => picture());
  expect(accepted(many, 1).files).toHaveLength(MOST_PICTURES - 1);
});

test('what is left out is told', () => {
  const large = picture(LARGEST_MB * 1_000_000 + 1);
  expect(accepted([picture(), large], 0)).toEqual({ files: [picture()], refusal: { key: 'attachBig', value: LARGEST_MB } });
  expect(accepted([{ type: 'text/plain', size: 1 }, picture()], 0)).toEqual({
    files: [picture()],
    refusal: { key: 'attachBad', value: 0 },
  });
  expect(accepted([], 0)).toEqual({ files: [], refusal: null });
});
