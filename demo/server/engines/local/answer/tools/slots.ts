/** A tool's parameters as the places to be filled: flat, each with what kind of value it wants and the words it is known by. */

export interface Slot {
  /** Into the arguments; a nested object's properties are slots of their own. */
  readonly path: readonly string[];
  /** "party size" */
  readonly label: string;
  readonly description: string;
  readonly kind: SlotKind;
  /** What is validated. */
  readonly schema: JsonSchema;
  readonly required: boolean;
  /** Allowed values; of the items for an array. */
  readonly choices: readonly unknown[] | null;
  /** Wants a list of such values. */
  readonly many: boolean;
  /** Which side of "from … to …" it is, by its name. */
  readonly side: 'from' | 'to' | null;
}

export type SlotKind =
  | 'choice'
  | 'boolean'
  | 'integer'
  | 'number'
  | 'date'
  | 'time'
  | 'moment'
  | 'duration'
  | 'email'
  | 'phone'
  | 'url'
  | 'code'
  | 'place'
  | 'street'
  | 'person'
  | 'language'
  | 'currency'
  | 'colour'
  | 'text';

export type JsonSchema = Readonly<Record<string, unknown>>;

const MAX_SLOTS = 40;
const MAX_DEPTH = 3;

export function readSlots(parameters: JsonSchema): Slot[] {
  const slots: Slot[] = [];
  collect(parameters, [], true, slots, 0);
  return slots;
}

function collect(schema: JsonSchema, path: readonly string[], needed: boolean, slots: Slot[], depth: number): void {
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
  for (const [name, value] of Object.entries(isObject(schema['properties']) ? schema['properties'] : {})) {
    if (!isObject(value) || slots.length >= MAX_SLOTS) continue;
    const property = simplified(value);
    const isNeeded = needed && required.has(name) && property['default'] === undefined;
    if (typeOf(property) === 'object' && isObject(property['properties']) && depth < MAX_DEPTH)
      collect(property, [...path, name], isNeeded, slots, depth + 1);
    else slots.push(readSlot([...path, name], property, isNeeded));
  }
}

/** `anyOf`/`oneOf` with one thing that is not null is that thing. */
function simplified(schema: JsonSchema): JsonSchema {
  const options = [schema['anyOf'], schema['oneOf']].find(Array.isArray) as readonly unknown[] | undefined;
  const real = (options ?? []).filter(isObject).filter((option) => option['type'] !== 'null');
  if (real.length !== 1 || real[0] === undefined) return schema;
  return { ...real[0], description: schema['description'] ?? real[0]['description'] };
}

function readSlot(path: readonly string[], schema: JsonSchema, required: boolean): Slot {
  const name = path.at(-1) ?? '';
  const many = typeOf(schema) === 'array';
  const single = many ? (isObject(schema['items']) ? simplified(schema['items']) : {}) : schema;
  const description =
    typeof schema['description'] === 'string'
      ? schema['description']
      : typeof schema['title'] === 'string'
        ? schema['title']
        : '';
  const choices = Array.isArray(single['enum'])
    ? (single['enum'] as readonly unknown[])
    : 'const' in single
      ? [single['const']]
      : null;
  const label = wordsOfName(name);
  return {
    path,
    label,
    description,
    schema,
    required,
    choices,
    many,
    kind: choices === null ? kindOf(single, label, description) : 'choice',
    side: sideOf(label, description),
  };
}

/** "partySize", "party_size" → "party size" */
export function wordsOfName(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/[_\-.]+/g, ' ')
    .toLowerCase()
    .trim();
}

function typeOf(schema: JsonSchema): string {
  const type = schema['type'];
  if (Array.isArray(type)) return (type as unknown[]).map(String).find((name) => name !== 'null') ?? 'string';
  if (typeof type === 'string') return type;
  return isObject(schema['properties']) ? 'object' : isObject(schema['items']) ? 'array' : 'string';
}

const FORMATS: Readonly<Record<string, SlotKind>> = {
  date: 'date',
  time: 'time',
  'iso-time': 'time',
  'date-time': 'moment',
  'iso-date-time': 'moment',
  email: 'email',
  'idn-email': 'email',
  uri: 'url',
  url: 'url',
  'uri-reference': 'url',
  uuid: 'code',
  duration: 'duration',
};

/** Names decide before descriptions: "time zone of the date" would mislead. */
const BY_NAME: readonly (readonly [SlotKind, RegExp])[] = [
  ['email', /\be-?mail\b(?! (?:body|text|subject))|\bmail address\b/],
  ['phone', /\b(?:phone|telephone|mobile|cell|fax)\b/],
  ['url', /\b(?:url|uri|link|website|web address)\b/],
  ['moment', /\b(?:datetime|date time|timestamp|date and time)\b/],
  ['date', /\b(?:date|day|birthday|deadline|check ?in|check ?out|dob)\b/],
  ['time', /\btime\b(?! ?zone)(?!s\b)/],
  ['street', /\b(?:street|address line|house)\b/],
  ['code', /\b(?:id|code|digits|number|no|num|reference|ref|sku|isbn|iban|zip|postcode|postal|pin|plate|serial|vin)\b/],
  ['language', /\b(?:language|lang|locale)\b/],
  ['currency', /\bcurrency\b/],
  ['colour', /\bcolou?r\b/],
  [
    'place',
    /\b(?:city|location|place|town|destination|origin|country|airport|station|region|venue|hometown|departure|arrival|pickup|drop ?off|stop)\b/,
  ],
  [
    'person',
    /\b(?:person|recipient|contact|customer name|guest name|full name|first name|last name|surname|assignee|attendees?|participants?|invitees?|guests?|people|members?|sender|patient|passenger name|employee|colleague|friend)\b/,
  ],
];

const BY_DESCRIPTION: readonly (readonly [SlotKind, RegExp])[] = [
  ['email', /\be-?mail address\b/],
  ['phone', /\b(?:phone|telephone) number\b/],
  ['moment', /\bdate[- ]?time\b|\bdate and time\b|\biso ?8601\b(?!.*\bdate\b(?! ?time))/],
  ['date', /\bdate\b|\byyyy-mm-dd\b|\b(?:which|what) day\b/],
  ['time', /\btime of day\b|\bhh:mm\b|\bstart time\b|\b(?:arrival|departure|pick-?up) time\b/],
  ['currency', /\bcurrency\b|\biso 4217\b/],
  ['language', /\blanguage\b/],
  [
    'code',
    /\b(?:order|tracking|booking|reference|account|customer|serial|ticket|confirmation|flight|invoice|case|membership|card|policy) (?:number|code|id)\b|\bidentifier\b/,
  ],
  ['code', /^(?:the )?(?:number|code|id) of (?:the |an? )?\w+/],
  ['colour', /\bcolou?r\b/],
  ['place', /\b(?:city|town|country|airport)\b/],
  [
    'person',
    /\bname of (?:the )?(?:person|customer|guest|patient|caller|user|contact|recipient)\b|\bnames? of (?:the )?(?:people|persons|guests|attendees|participants)\b|\bwho(?:m)? to\b|\b(?:full|first|last) name\b/,
  ],
];

const ABOUT_DURATION = /\b(?:duration|minutes|hours|seconds|days|nights|weeks|months|years|length of stay)\b/;

function kindOf(schema: JsonSchema, label: string, description: string): SlotKind {
  const type = typeOf(schema);
  if (type === 'boolean') return 'boolean';
  if (type === 'integer' || type === 'number')
    return ABOUT_DURATION.test(label) ||
      (/\b(?:in|of) (?:minutes|hours|seconds|days|nights|weeks)\b/i.test(description) &&
        /\b(?:duration|long|length|time)\b/i.test(`${label} ${description}`))
      ? 'duration'
      : type;
  const format = typeof schema['format'] === 'string' ? FORMATS[schema['format']] : undefined;
  if (format !== undefined) return format;
  const named = BY_NAME.find(([, pattern]) => pattern.test(label))?.[0];
  const described = BY_DESCRIPTION.find(([, pattern]) => pattern.test(description.toLowerCase()))?.[0];
  if (named === 'date' && described === 'moment') return 'moment';
  if (named === 'time' && described === 'moment') return 'moment';
  return named ?? described ?? 'text';
}

const FROM =
  /\b(?:from|origin|source|start|begin|departure|depart|check ?in|since|pickup|pick up|sender|lower|min|minimum|outbound)\b/;
const TO =
  /\b(?:to|into|destination|target|end|until|till|finish|arrival|arrive|return|check ?out|drop ?off|recipient|upper|max|maximum|due|inbound)\b/;

function sideOf(label: string, description: string): Slot['side'] {
  const both = `${label} ${description.toLowerCase()}`;
  if (FROM.test(label) && !TO.test(label)) return 'from';
  if (TO.test(label) && !FROM.test(label)) return 'to';
  if (FROM.test(both) && !TO.test(both)) return 'from';
  return TO.test(both) && !FROM.test(both) ? 'to' : null;
}

export function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
