import { expect, it } from 'vitest';
import { fitsKind, kindOfQuestion } from '../../../../demo/server/knowledge/question-kind.ts';

it.each([
  ['what time do you close on friday', 'clock'],
  ['how much is a ticket', 'money'],
  ['how long does delivery take', 'duration'],
  ['how often should i water', 'frequency'],
  ['where are you', 'address'],
  ['where do i collect it', 'place'],
  ['who pays for that', 'person'],
  ['what is your phone number', 'phone'],
  ['which phone should i buy', 'open'],
  ['how do i return a parcel', 'manner'],
  ['why is that', 'reason'],
  ['is there a cafe', 'yes-no'],
  ['shipping', 'open'],
])('%s asks for %s', (question, kind) => {
  expect(kindOfQuestion(question)).toBe(kind);
});

it('tells a sentence that holds what is asked for from one that does not', () => {
  expect(fitsKind('money', 'It costs four euros.')).toBe(1);
  expect(fitsKind('money', 'It is sent on Monday.')).toBeLessThan(0);
  expect(fitsKind('clock', 'Saturday: 10:00 to 16:00.')).toBe(1);
  expect(fitsKind('clock', 'We are open every day.')).toBe(0.5);
  expect(fitsKind('open', 'Anything.')).toBe(0.5);
});

it('knows the number under Contact for the one that was asked for', () => {
  expect(fitsKind('phone', 'The desk answers on 555 0100.', 'Contact')).toBeGreaterThan(
    fitsKind('phone', 'The press office is on 555 0142.', 'Photography'),
  );
});
