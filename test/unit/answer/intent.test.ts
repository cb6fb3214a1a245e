import { expect, it } from 'vitest';
import { readIntent } from '../../../demo/server/engines/local/answer/intent.ts';

it.each([
  ['Hello!', 'greet'],
  ['hey fern', 'greet'],
  ['thank you very much', 'thanks'],
  ['ok bye', 'bye'],
  ['what can you do', 'what-can-you-do'],
  ['say that again please', 'repeat'],
  ['What?', 'repeat'],
  ['slower please', 'slower'],
  ['go on', 'continue'],
  ['where did you stop', 'where-stopped'],
  ['what did i say', 'what-did-i-say'],
  ['and the other one', 'other'],
  ['tell me more', 'more'],
  ['which page is that from', 'source'],
  ['yes please', 'yes'],
  ['no thanks', 'no'],
  ['never mind', 'stop'],
  ['are you a robot', 'are-you-human'],
  ['can i talk to a human', 'person'],
  ['do you speak Spanish', 'other-language'],
])('%s → %s', (said, intent) => {
  expect(readIntent(said, 'Fern').intent).toBe(intent);
});

it.each([
  ['hello when are you open', 'when are you open'],
  ['Hi there, are you open on Sunday?', 'are you open on Sunday?'],
  ['thanks, and when do you close', 'when do you close'],
  ['um so how much is it', 'how much is it'],
  ['Hey Fern, what time is it', 'what time is it'],
  ['what can you tell me about tours', 'what can you tell me about tours'],
])('%s asks: %s', (said, rest) => {
  expect(readIntent(said, 'Fern')).toMatchObject({ intent: null, rest });
});
