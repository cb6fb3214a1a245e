import { expect, it } from 'vitest';
import { certainAnswer } from '../../../demo/server/engines/local/answer/polarity.ts';
import { readQuestion } from '../../../demo/server/knowledge/question.ts';

const answer = (question: string, sentence: string) => certainAnswer(readQuestion(question), sentence, 'Compost');

it.each([
  ['do you take paypal', 'We accept Visa, Mastercard, PayPal and bank transfer.'],
  ['are dogs allowed on the terrace', 'Dogs are allowed on the terrace.'],
  ['are you closed on sunday', 'The shop is closed on Sundays and public holidays.'],
  ['do you sell books', 'The shop sells books, model ships and nautical charts.'],
])('%s — yes', (question, sentence) => {
  expect(answer(question, sentence)).toBe('yes');
});

it.each([
  ['are you open on sunday', 'The shop is closed on Sundays and public holidays.'],
  ['are you open on mondays', 'The museum is open every day except Monday.'],
  ['do you ship live plants to islands', 'We do not ship live plants to islands.'],
  ['is smoking allowed', 'Smoking is not allowed anywhere on the site.'],
  ['is there a car park', 'There is no car park at the museum.'],
  ['can tickets be refunded', 'Tickets cannot be refunded, but you may give them to someone else.'],
  ['can i put meat on the compost', 'Do not add meat, dairy or cooked food.'],
  ['do gift vouchers expire', 'Gift vouchers start at 20 euros and never expire.'],
])('%s — no', (question, sentence) => {
  expect(answer(question, sentence)).toBe('no');
});

it.each([
  ['is there a cafe', 'You do not need a ticket to visit the café.'],
  ['are you open on sunday', 'Sunday: closed, except in April and May, when we open from ten until two.'],
  ['is delivery free', 'Shipping is free for orders above fifty euros, otherwise it costs four euros.'],
  ['can i bring my dog', 'Assistance dogs are welcome, other pets are not allowed inside.'],
  ['do you sell shoes', 'The shop sells books, model ships and nautical charts.'],
  ['are children free', 'Children under twelve enter free of charge.'],
  ['do you sell live plants', 'We do not ship live plants to islands.'],
  ['how much is delivery', 'Delivery is free.'],
])('%s — the sentence decides nothing', (question, sentence) => {
  expect(answer(question, sentence)).toBeNull();
});
