import type { ScreenElement } from '../../engines/engine.ts';
import type { AskedValue, Know } from './asked-json.ts';
import { lightWord } from './evidence.ts';
import { motionWord, type SceneFacts } from './facts.ts';
import { proseOf } from './prose.ts';

/** What is known of a scene for a key that a prompt asks for, by the meaning of its name and description. */

type Rule = readonly [meant: RegExp, tell: (facts: SceneFacts, value: AskedValue) => unknown];

const COLOUR = /\bcolou?rs?\b/;
const TEXT_WORDS = /\b(?:text|texts|words|ocr|written|writing|transcription|lines)\b/;

/** Looked through in order: the name's own words first, then the description's. */
const RULES: readonly Rule[] = [
  [/\bhex\b.*\bcolou?rs?\b|\bcolou?rs?\b.*\bhex\b/, ({ colours }) => colours.map(({ hex }) => hex)],
  [/\bbackground\b.*\bcolou?r\b/, ({ colours }) => colours[0]?.name],
  [
    COLOUR,
    ({ colours }, { shape }) =>
      shape.kind === 'text' ? colours.slice(0, 3).map(({ name }) => name) : colours.map(({ name }) => name),
  ],
  [/\bdark (?:mode|theme)\b|\bis dark\b/, ({ brightness }) => brightness < 90],
  [
    /\b(?:theme|mode)\b/,
    ({ brightness }, { hint }) =>
      /\bdark\b.*\blight\b|\blight\b.*\bdark\b/i.test(hint) ? (brightness < 110 ? 'dark' : 'light') : null,
  ],
  [
    /\b(?:brightness|lighting|light level)\b/,
    ({ brightness }, { shape }) => (shape.kind === 'number' ? brightness : lightWord(brightness)),
  ],
  [/\b(?:url|address bar|link address)\b/, (facts) => firstMatch(facts, /\bhttps?:\/\/\S+/)],
  [/\b(?:errors?|failures?)\b.*\b(?:message|text|description)\b/, (facts) => lineWith(facts, ERROR)],
  [/\b(?:errors?|failed|failure|warnings?)\b/, (facts, { shape }) => told(facts, shape, ERROR)],
  [
    /\b(?:contains|has|have|is there|any|readable|visible)\b.*\b(?:text|words)\b/,
    ({ text }, { shape }) =>
      text === null ? null : shape.kind === 'boolean' || shape.kind === 'any' ? text.length > 0 : lines(text),
  ],
  [/\b(?:window|page|document|screen) title\b|^title\b|\btitle bar\b/, ({ title }) => title],
  [/\bbuttons?\b/, (facts) => labels(facts, 'button')],
  [/\b(?:input )?fields?\b|\binputs?\b/, (facts) => labels(facts, 'field')],
  [/\bmenus?\b|\bmenu items?\b/, (facts) => labels(facts, 'menu')],
  [/\btabs?\b/, (facts) => labels(facts, 'tab')],
  [/\blinks?\b/, (facts) => labels(facts, 'link')],
  [/\bdialogs?\b|\bpop ?ups?\b|\bmodals?\b/, (facts) => labels(facts, 'dialog')],
  [/\b(?:ui|user interface|interface|controls?|widgets?)\b|\belements?\b/, ({ elements }) => elements?.map(named)],
  [
    /\b(?:app|apps|application|applications|program|software)\b/,
    ({ app }, { shape }) => (shape.kind === 'number' || shape.kind === 'boolean' ? null : app),
  ],
  [
    /\b(?:activity|activities|action|actions|task|tasks|doing|behaviou?r)\b/,
    ({ activity }, { shape }) => (shape.kind === 'boolean' ? null : activity),
  ],
  [
    /\b(?:people|persons?|humans?|faces?|someone|anyone|somebody|individuals?|occupancy|participants?)\b/,
    ({ people }, { shape }) =>
      people === null ? null : shape.kind === 'list' || shape.kind === 'text' || shape.kind === 'choice' ? null : people.count,
  ],
  [
    /\b(?:objects?|things?|items?)\b/,
    ({ objects }, { shape }) =>
      objects === null
        ? null
        : shape.kind === 'number'
          ? sum(objects.map(({ count }) => count))
          : shape.kind === 'list' && shape.of.kind === 'object'
            ? objects.map((thing) => ({ ...thing, label: thing.name, object: thing.name, score: thing.confidence }))
            : objects.map(({ name }) => name),
  ],
  [
    /\b(?:scene|shot) (?:change[sd]?|cuts?)\b|\bcuts?\b/,
    ({ change }, { shape }) => (shape.kind === 'number' ? change.cutsAtMs.length : change.cutsAtMs.length > 0),
  ],
  [
    /\b(?:motion|movement|moving|moves?)\b/,
    ({ change }, { shape }) =>
      shape.kind === 'number'
        ? Math.round(change.motion * 100) / 100
        : shape.kind === 'boolean'
          ? motionWord(change) !== 'still'
          : motionWord(change),
  ],
  [
    /\bchange[sd]?\b/,
    ({ change }, { shape }) =>
      shape.kind === 'boolean' ? change.changedFrames > 0 : shape.kind === 'number' ? change.changedFrames : null,
  ],
  [
    TEXT_WORDS,
    ({ text }, { shape }) =>
      text === null ? null : shape.kind === 'boolean' ? text.length > 0 : shape.kind === 'number' ? text.length : lines(text),
  ],
  [
    /\b(?:description|summary|caption|overview|scene)\b/,
    (facts, { shape }) => (shape.kind === 'text' || shape.kind === 'any' ? proseOf(facts, '') : null),
  ],
];

const ERROR =
  /\b(?:errors?|failed|failure|failing|invalid|declined|denied|exception|not found|unable to|could not|cannot|went wrong)\b/i;

export function knowing(facts: SceneFacts): Know {
  return (value) => {
    const name = words(value.name);
    const hint = value.hint.toLowerCase();
    // What JSON is asked for without saying which.
    if (value.path.length === 0 && value.shape.kind === 'any') return everything(facts);
    const rule = RULES.find(([meant]) => meant.test(name)) ?? RULES.find(([meant]) => meant.test(hint));
    return rule?.[1](facts, value);
  };
}

function everything(facts: SceneFacts): unknown {
  const known: Know = knowing(facts);
  const keys = [
    'app_name',
    'activity',
    'text',
    'ui_elements',
    'people_count',
    'objects',
    'dominant_colors',
    'brightness',
    'scene_change',
  ];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      known({ path: [key], name: key, hint: '', shape: { kind: key === 'people_count' ? 'number' : 'any', hint: '' } }) ?? null,
    ]),
  );
}

/** `contains_text`, `containsText` */
function words(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_\-.]+/g, ' ')
    .toLowerCase();
}

const lines = (text: NonNullable<SceneFacts['text']>): readonly string[] => text.map(({ line }) => line);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const named = ({ kind, label }: ScreenElement): string => (label === '' ? kind : `${kind}: ${label}`);

function labels({ elements }: SceneFacts, kind: ScreenElement['kind']): readonly string[] | null {
  return elements?.filter((element) => element.kind === kind).map(({ label }) => label) ?? null;
}

function firstMatch({ text }: SceneFacts, pattern: RegExp): string | null {
  return text?.map(({ line }) => pattern.exec(line)?.[0]).find((found) => found !== undefined) ?? null;
}

function lineWith({ text }: SceneFacts, pattern: RegExp): string | null {
  return text?.find(({ line }) => pattern.test(line))?.line ?? null;
}

function told(facts: SceneFacts, shape: AskedValue['shape'], pattern: RegExp): unknown {
  if (facts.text === null) return null;
  const found = facts.text.filter(({ line }) => pattern.test(line)).map(({ line }) => line);
  return shape.kind === 'text' ? (found[0] ?? null) : found;
}
