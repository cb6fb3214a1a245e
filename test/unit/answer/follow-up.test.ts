import { expect, it } from 'vitest';
import { resolveFollowUp } from '../../../demo/server/engines/local/answer/follow-up.ts';

it.each([
  ['what time do you open on saturday', 'and on sundays?', 'what time do you open on sundays'],
  ['what time do you open on saturday', 'what about fridays', 'what time do you open on fridays'],
  ['what is the knot workshop', 'how much does it cost', 'how much does the knot workshop cost'],
  ['how much does the knot workshop cost', 'how long does it take', 'how long does the knot workshop take'],
  ['how much is a ticket', 'and for children', 'how much is a ticket for children'],
  ['do you sell books', 'how much are they', 'how much are the books'],
  ['do you have tours', 'in german?', 'do you have tours in german'],
  ['when are you open', 'no i meant the café', 'when are you open the café'],
])('%s · %s → %s', (asked, said, whole) => {
  const { readings, leans } = resolveFollowUp(said, { asked, heading: null });
  expect(readings[0]).toBe(whole);
  expect(leans).toBe(true);
});

it.each(['is there a cafe', 'where is the cafe', 'what about'])('%s stands alone or stays as it is', (said) => {
  expect(resolveFollowUp(said, { asked: 'do you have guided tours', heading: 'Tours' }).readings).toContain(said);
});

it('leaves the first question as it is', () => {
  expect(resolveFollowUp('how much is it', null)).toEqual({ readings: ['how much is it'], leans: false });
});
