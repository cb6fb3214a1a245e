import { likeness, readTerms } from '../../../knowledge/terms.ts';
import type { Sighting } from '../../engine.ts';
import { listed } from './wording.ts';

/** Questions about a picture, answered with what is seen on it and how sure that is. */

export type PictureQuestion = 'text' | 'people' | 'colour' | 'light' | 'things' | 'all';

const VISUAL =
  /\b(?:see|seeing|look(?:s|ing)? (?:like|at)|picture|photo|photograph|image|camera|screen(?:shot)?|scene|view|showing you|shown|in front of|holding|wearing|visible)\b/i;
const DEICTIC =
  /^(?:and )?(?:what(?:'s| is| are| was)|who(?:'s| is)|read|describe|recogni[sz]e|identify|do you (?:know|recogni[sz]e))\b.*\b(?:this|that|these|those|here|it|there)\b(?! (?:page|site|shop|store|website|company|offer|plan))/i;

const KINDS: readonly (readonly [PictureQuestion, RegExp])[] = [
  ['text', /\b(?:read|text|written|writing|words?|letters?|sign|label|title|headline|says?|caption|spell|number on|printed)\b/i],
  [
    'people',
    /\b(?:people|person|persons|anyone|anybody|someone|somebody|faces?|man|men|woman|women|child|children|who|alone|crowd)\b/i,
  ],
  ['colour', /\bcolou?rs?\b/i],
  ['light', /\b(?:dark|bright|light enough|too light|lighting|brightness|day or night)\b/i],
  [
    'things',
    /\b(?:objects?|things?|items?|is there|are there|do you see (?:an?|any|the|my)|can you see (?:an?|any|the|my)|how many|which animal|what animal|what kind of)\b/i,
  ],
];

/** Null = the words are not about a picture. `fresh`: the picture came with these words. */
export function pictureQuestion(asked: string, fresh: boolean): PictureQuestion | null {
  const text = asked.trim();
  if (text === '') return fresh ? 'all' : null;
  const kind = KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'all';
  if (VISUAL.test(text) && !/\b(?:see you|i see|let me see|see if|we'll see|look(?:ing)? for|look up)\b/i.test(text)) return kind;
  if (DEICTIC.test(text) && fresh) return kind;
  if (!fresh) return null;
  return /^(?:what does (?:it|this|that|the \w+) say|read|describe|what colou?rs?|how many (?:people|persons|faces|things|objects)|is (?:there|anyone|anybody)|are there|who is|what (?:is|are) (?:on|in))\b/i.test(
    text,
  )
    ? kind
    : null;
}

/** Text below is told as a guess, or not at all. */
const READABLE = 0.6;
const LEGIBLE = 0.35;
const MAX_TEXT_CHARS = 300;

export function tellSighting(sighting: Sighting, question: PictureQuestion, asked: string): string[] {
  switch (question) {
    case 'text':
      return tellText(sighting, true);
    case 'people':
      return tellPeople(sighting, asked);
    case 'colour':
      return [tellColours(sighting)];
    case 'light':
      return [tellLight(sighting)];
    case 'things':
      return tellWanted(sighting, asked);
    case 'all':
      return tellAll(sighting);
  }
}

function tellText({ text }: Sighting, asked: boolean): string[] {
  const clear = text.filter((line) => line.confidence >= READABLE && /\p{L}|\d/u.test(line.line));
  const guessed = text.filter(
    (line) => line.confidence >= LEGIBLE && line.confidence < READABLE && /[\p{L}\d]{2}/u.test(line.line),
  );
  if (clear.length === 0 && guessed.length === 0) return asked ? ["I can't make out any text in the picture."] : [];
  const said: string[] = [];
  if (clear.length > 0) said.push(`I can read: ${ended(cut(clear.map((line) => line.line.trim()).join(', ')))}`);
  if (asked && guessed.length > 0)
    said.push(`I'm less sure of: ${ended(cut(guessed.map((line) => line.line.trim()).join(', ')))}`);
  if (asked && clear.length > 0) said.push(`I'm about ${percent(mean(clear.map((line) => line.confidence)))} sure of it.`);
  return said;
}

function tellPeople({ people }: Sighting, asked: string): string[] {
  const whose = /\bwho\b/i.test(asked) ? " I don't recognise who." : '';
  if (people.count === 0) return ["I don't see any people in the picture."];
  return [`I see ${counted(people.count, 'person', 'people')}, ${percent(people.confidence)} sure.${whose}`];
}

function tellColours({ colours }: Sighting): string {
  const main = colours.slice(0, 3);
  if (main.length === 0) return "I can't tell the colours of the picture.";
  return `The picture is mostly ${listed(
    main.map((colour) => `${colour.name}, ${percent(colour.share)}`),
    'and',
  )}.`;
}

function tellLight({ brightness }: Sighting): string {
  const word =
    brightness < 40
      ? 'very dark'
      : brightness < 90
        ? 'rather dark'
        : brightness < 170
          ? 'of medium brightness'
          : brightness < 225
            ? 'bright'
            : 'very bright';
  return `The picture is ${word}.`;
}

/** A thing that was asked for by name, or all things. */
function tellWanted(sighting: Sighting, asked: string): string[] {
  const wanted = readTerms(
    asked.replace(/\b(?:picture|photo|image|camera|see|objects?|things?|items?|visible|kind|animal)\b/gi, ' '),
  );
  const found = sighting.objects.filter((object) =>
    readTerms(object.name).some((term) => wanted.some((other) => likeness(term, other) >= 0.75)),
  );
  const isNamed = wanted.length > 0 && /\b(?:is there|are there|do you see|can you see|how many)\b/i.test(asked);
  if (isNamed && found.length > 0)
    return [`${/\bhow many\b/i.test(asked) ? '' : 'Yes, '}I see ${things(found)}.`.replace(/^i/, 'I')];
  if (isNamed)
    return [
      `I don't see that, but I only know about eighty kinds of everyday things.`,
      ...(sighting.objects.length > 0 ? [`I do see ${things(sighting.objects)}.`] : []),
    ];
  return sighting.objects.length === 0
    ? ["I don't recognise any object in the picture."]
    : [`I see ${things(sighting.objects)}.`];
}

function tellAll(sighting: Sighting): string[] {
  const said: string[] = [];
  const objects = sighting.objects.filter((object) => object.name !== 'person');
  const people =
    sighting.people.count > 0
      ? `${counted(sighting.people.count, 'person', 'people')} (${percent(sighting.people.confidence)} sure)`
      : '';
  const seen = [people, objects.length > 0 ? things(objects.slice(0, 4)) : ''].filter((part) => part !== '');
  if (seen.length > 0) said.push(`I see ${listed(seen)}.`);
  said.push(...tellText(sighting, false));
  if (said.length === 0) said.push("I don't recognise people, objects or text in the picture.");
  if (sighting.colours.length > 0) said.push(tellColours(sighting));
  if (sighting.brightness < 40) said.push('It is very dark, so I may have missed something.');
  return said;
}

/** "two cups (54 percent sure) and a dog (48 percent sure)" */
function things(objects: Sighting['objects']): string {
  const groups = new Map<string, number[]>();
  for (const { name, confidence } of objects) groups.set(name, [...(groups.get(name) ?? []), confidence]);
  return listed(
    [...groups].map(([name, sure]) => `${counted(sure.length, name, `${name}s`)} (${percent(Math.max(...sure))} sure)`),
  );
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

function counted(count: number, one: string, many: string): string {
  return `${NUMBERS[count] ?? String(count)} ${count === 1 ? one : many}`;
}

function percent(share: number): string {
  return `${String(Math.round(share * 100))} percent`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function cut(text: string): string {
  return text.length <= MAX_TEXT_CHARS ? text : `${text.slice(0, text.lastIndexOf(' ', MAX_TEXT_CHARS))} …`;
}

function ended(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
