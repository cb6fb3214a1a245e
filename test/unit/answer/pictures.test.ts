import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../demo/server/engines/engine.ts';
import { pictureQuestion, tellSighting } from '../../../demo/server/engines/local/answer/pictures.ts';

const seen: Sighting = {
  text: [
    { line: 'EXIT', confidence: 0.95 },
    { line: 'q~x', confidence: 0.1 },
  ],
  people: { count: 2, confidence: 0.72 },
  objects: [
    { name: 'person', confidence: 0.72 },
    { name: 'dog', confidence: 0.41 },
  ],
  colours: [{ name: 'green', hex: '#0a0', share: 0.6 }],
  brightness: 120,
};
const nothing: Sighting = { text: [], people: { count: 0, confidence: 0.9 }, objects: [], colours: [], brightness: 20 };

describe('a question about a picture', () => {
  it.each([
    ['what do you see', true, 'all'],
    ['read this', true, 'text'],
    ['what colour is it', true, 'colour'],
    ['how many people are there', true, 'people'],
    ['is there a dog', true, 'things'],
    ['', true, 'all'],
    ['what do you see', false, 'all'],
    ['when are you open', true, null],
    ['how much is shipping', true, null],
    ['see you tomorrow', false, null],
    ['is there a cafe', false, null],
    ['', false, null],
  ] as const)('%s (picture now: %s) is about %s', (asked, fresh, kind) => {
    expect(pictureQuestion(asked, fresh)).toBe(kind);
  });

  it('is answered with how sure', () => {
    expect(tellSighting(seen, 'people', 'how many people').join(' ')).toBe('I see two people, 72 percent sure.');
    expect(tellSighting(seen, 'text', 'read this').join(' ')).toBe("I can read: EXIT. I'm about 95 percent sure of it.");
    expect(tellSighting(seen, 'colour', 'what colour').join(' ')).toBe('The picture is mostly green, 60 percent.');
    expect(tellSighting(seen, 'things', 'is there a dog').join(' ')).toBe('Yes, I see one dog (41 percent sure).');
    expect(tellSighting(seen, 'all', 'what do you see').join(' ')).toContain(
      'two people (72 percent sure) and one dog (41 percent sure)',
    );
  });

  it('never claims what was not seen', () => {
    expect(tellSighting(nothing, 'people', 'who is there').join(' ')).toBe("I don't see any people in the picture.");
    expect(tellSighting(nothing, 'text', 'read this').join(' ')).toBe("I can't make out any text in the picture.");
    expect(tellSighting(seen, 'things', 'is there a cat').join(' ')).toContain("I don't see that");
    expect(tellSighting(seen, 'people', 'who is that').join(' ')).toContain("I don't recognise who");
    expect(tellSighting(nothing, 'all', 'what do you see').join(' ')).toContain('very dark');
  });
});
