import type { ToolOutcome } from '../conversation.ts';
import { isObject, wordsOfName } from './slots.ts';

/** A tool's result in spoken words: what its JSON holds and nothing else. */

const MAX_FIELDS = 6;
const MAX_ITEMS = 4;
const MAX_CHARS = 400;
const ERROR_KEYS = ['error', 'errors', 'err', 'exception', 'fault'];
/** Said as it is when the tool wrote a sentence for people. */
const MESSAGE_KEYS = ['message', 'summary', 'text', 'answer', 'result', 'speech', 'description', 'content', 'response'];
const STATUS_KEYS = /^(?:ok|success|succeeded|status|done|completed?)$/;
/** Identifiers for machines are not read aloud, unless they are what the user needs. */
const SILENT =
  /^(?:id|uuid|_id|type|kind|object|created_?at|updated_?at|timestamp|url|link|href|image|thumbnail|etag|version|locale|lat|lon|lng|latitude|longitude|request_?id|trace_?id)$/i;

/** One or more sentences. `outcomes`: what the calls of this turn gave, in order. */
export function tellOutcomes(outcomes: readonly ToolOutcome[]): string[] {
  return outcomes.flatMap((outcome) => tellOutcome(outcome));
}

function tellOutcome(outcome: ToolOutcome): string[] {
  const value = parsed(outcome.output);
  if (value === undefined || value === null || value === '') return ['Done.'];
  if (typeof value === 'string') return [sentence(shortened(value))];
  if (typeof value === 'number') return [`It is ${sayNumber(value)}.`];
  if (typeof value === 'boolean') return [value ? 'Done.' : 'That did not work.'];
  if (Array.isArray(value)) return [tellList(value as readonly unknown[], nounOf(outcome.name))];
  return isObject(value) ? tellObject(withoutSaid(value, outcome.arguments), outcome.name) : ['Done.'];
}

/** What the user gave is not read back, as long as something else is left. */
function withoutSaid(value: Readonly<Record<string, unknown>>, given: string): Readonly<Record<string, unknown>> {
  const args = parsed(given);
  if (!isObject(args)) return value;
  const said = new Set(Object.values(args).map((item) => String(item).toLowerCase()));
  const rest = Object.entries(value).filter(([key, field]) => !(key in args) || !said.has(String(field).toLowerCase()));
  return rest.length === 0 ? value : Object.fromEntries(rest);
}

function tellObject(value: Readonly<Record<string, unknown>>, tool: string): string[] {
  const fault = faultOf(value);
  if (fault !== null) return [`That did not work: ${sentence(lowerFirst(shortened(fault)))}`];
  const inner = soleObject(value);
  if (inner !== null) return tellOutcome({ name: inner.key, arguments: '{}', output: JSON.stringify(inner.value) });
  const entries = Object.entries(value).filter(([key, field]) => isSpoken(key, field));
  const message = entries.find(
    ([key, field]) => MESSAGE_KEYS.includes(key.toLowerCase()) && typeof field === 'string' && /\s/.test(field),
  );
  if (message !== undefined) return [sentence(shortened(String(message[1])))];
  const succeeded = entries.some(
    ([key, field]) => STATUS_KEYS.test(key.toLowerCase()) && (field === true || field === 'ok' || field === 'success'),
  );
  const priced = entries.some(([key, field]) => typeof field === 'number' && MONEY_KEY.test(key));
  const facts = entries
    .filter(([key]) => !(priced && key === 'currency'))
    .filter(
      ([key, field]) => !(STATUS_KEYS.test(key.toLowerCase()) && (field === true || field === 'ok' || field === 'success')),
    );
  if (facts.length === 0) return ['Done.'];
  const plain = facts.filter(([, field]) => !Array.isArray(field) && !isObject(field));
  const lists = facts.filter(([, field]) => Array.isArray(field));
  const nested = facts.filter(([, field]) => isObject(field));
  const said: string[] = succeeded ? ['Done.'] : [];
  if (plain.length > 0)
    said.push(sentence(capital(joined(plain.slice(0, MAX_FIELDS).map(([key, field]) => tellField(key, field, value))))));
  for (const [key, field] of lists.slice(0, 2)) said.push(tellList(field as readonly unknown[], plural(wordsOfName(key))));
  for (const [key, field] of nested.slice(0, 2)) {
    const parts = Object.entries(field as Readonly<Record<string, unknown>>).filter(
      ([name, item]) => isSpoken(name, item) && !isObject(item) && !Array.isArray(item),
    );
    if (parts.length > 0)
      said.push(
        sentence(
          `${capital(wordsOfName(key))}: ${joined(parts.slice(0, MAX_FIELDS).map(([name, item]) => tellField(name, item, {})))}`,
        ),
      );
  }
  return said.length === 0 ? [`I got an answer from ${wordsOfName(tool)}, but nothing that I can read out.`] : said;
}

/** Null when it does not speak of a fault. */
function faultOf(value: Readonly<Record<string, unknown>>): string | null {
  for (const key of ERROR_KEYS) {
    const fault = value[key];
    if (typeof fault === 'string' && fault !== '') return fault;
    if (isObject(fault)) return typeof fault['message'] === 'string' ? fault['message'] : 'it gave an error';
    if (Array.isArray(fault) && fault.length > 0) return typeof fault[0] === 'string' ? fault[0] : 'it gave an error';
    if (fault === true) return typeof value['message'] === 'string' ? value['message'] : 'it gave an error';
  }
  const failed =
    value['ok'] === false ||
    value['success'] === false ||
    (typeof value['status'] === 'string' && /^(?:error|failed|failure)$/i.test(value['status']));
  if (!failed) return null;
  const why = value['message'] ?? value['reason'] ?? value['detail'];
  return typeof why === 'string' ? why : 'it gave no reason';
}

/** `{ "data": { … } }` says no more than what is in it. */
function soleObject(value: Readonly<Record<string, unknown>>): { readonly key: string; readonly value: unknown } | null {
  const entries = Object.entries(value).filter(([key]) => !STATUS_KEYS.test(key.toLowerCase()));
  const [only] = entries;
  if (entries.length !== 1 || only === undefined || (!isObject(only[1]) && !Array.isArray(only[1]))) return null;
  return { key: only[0], value: only[1] };
}

function isSpoken(key: string, field: unknown): boolean {
  if (field === null || field === undefined || field === '' || SILENT.test(key)) return false;
  if (typeof field === 'string' && (/^https?:\/\//.test(field) || /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(field))) return false;
  return true;
}

function tellField(key: string, field: unknown, siblings: Readonly<Record<string, unknown>>): string {
  const name =
    wordsOfName(key)
      .replace(/\bid\b/, 'number')
      .replace(/\b(?:celsius|c)$/, '')
      .trim() || wordsOfName(key);
  if (typeof field === 'boolean')
    return /^(?:is|has|can|was) /.test(name)
      ? `${name.replace(/^(?:is|has|can|was) /, '')}: ${field ? 'yes' : 'no'}`
      : `${name}: ${field ? 'yes' : 'no'}`;
  return `the ${name} is ${sayValue(key, field, siblings)}`;
}

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/celsius|temp.*_?c$/i, ' degrees Celsius'],
  [/fahrenheit|temp.*_?f$/i, ' degrees Fahrenheit'],
  [/^temp(?:erature)?$/i, ' degrees'],
  [/percent|humidity/i, ' percent'],
  [/_?km$|kilometers|kilometres/i, ' kilometres'],
  [/_?minutes$|_?mins$/i, ' minutes'],
  [/_?hours$/i, ' hours'],
  [/_?days$/i, ' days'],
  [/_?seconds$/i, ' seconds'],
  [/_?eur$|_?euros$/i, ' euros'],
  [/_?usd$/i, ' dollars'],
  [/_?gbp$/i, ' pounds'],
];

const MONEY_KEY = /price|amount|cost|total|fee|balance|sum/i;

function sayValue(key: string, field: unknown, siblings: Readonly<Record<string, unknown>>): string {
  if (typeof field === 'number') {
    const currency = MONEY_KEY.test(key) && typeof siblings['currency'] === 'string' ? ` ${siblings['currency']}` : '';
    const unit = UNITS.find(([pattern]) => pattern.test(key))?.[1] ?? '';
    const name = wordsOfName(key);
    // "the minutes is 5 minutes" says it twice.
    return `${sayNumber(field)}${currency !== '' ? currency : name.endsWith(unit.trim()) ? '' : unit}`;
  }
  return sayText(String(field));
}

const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });

/** A date is said as a day; a date with a time keeps the time as it was written. */
function sayText(text: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(text.trim());
  if (match?.[1] === undefined) return shortened(text.trim());
  const date = new Date(`${match[1]}T12:00:00Z`);
  if (Number.isNaN(date.getTime())) return text;
  const day = DAY.format(date).replace(',', '');
  return match[2] === undefined ? day : `${day} at ${match[2]}`;
}

function sayNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Math.round(value * 100) / 100);
}

function tellList(items: readonly unknown[], noun: string): string {
  if (items.length === 0) return `I found no ${noun}.`;
  const named = items
    .slice(0, MAX_ITEMS)
    .map(nameOfItem)
    .filter((name) => name !== '');
  const more = items.length > MAX_ITEMS ? `, and ${String(items.length - MAX_ITEMS)} more` : '';
  if (named.length === 0) return `I found ${String(items.length)} ${noun}.`;
  const between = named.some((name) => name.includes(',')) ? '; ' : ', ';
  const list =
    more === '' && named.length > 1
      ? `${named.slice(0, -1).join(between)} and ${named.at(-1) ?? ''}`
      : `${named.join(between)}${more}`;
  return items.length === 1 ? `I found one: ${sentence(list)}` : `I found ${String(items.length)} ${noun}: ${sentence(list)}`;
}

const NAME_KEYS = ['name', 'title', 'label', 'product', 'description', 'summary', 'text', 'date', 'time', 'start'];
const DETAIL_KEYS = /^(?:price|cost|amount|date|time|start|distance|address|status|rating|score|quantity)/i;

function nameOfItem(item: unknown): string {
  if (typeof item === 'string' || typeof item === 'number') return sayText(String(item));
  if (!isObject(item)) return '';
  const key = NAME_KEYS.find((name) => typeof item[name] === 'string' && item[name] !== '');
  const detail = Object.entries(item).find(
    ([name, value]) => name !== key && DETAIL_KEYS.test(name) && (typeof value === 'number' || typeof value === 'string'),
  );
  const named = key === undefined ? '' : sayText(String(item[key]));
  if (detail === undefined) return named;
  const said = `${wordsOfName(detail[0])} ${sayValue(detail[0], detail[1], item)}`;
  return named === '' ? said : `${named}, ${said}`;
}

function parsed(output: string): unknown {
  try {
    return JSON.parse(output) as unknown;
  } catch {
    // Not JSON: the tool answered in words.
    return output.trim();
  }
}

function joined(parts: readonly string[]): string {
  return parts.length <= 1 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

/** "search_products" finds "products". */
function nounOf(tool: string): string {
  const words = wordsOfName(tool).split(' ');
  return plural(words.length > 1 ? words.slice(1).join(' ') : (words[0] ?? 'results'));
}

function plural(noun: string): string {
  return /s$/.test(noun) ? noun : `${noun}s`;
}

function shortened(text: string): string {
  if (text.length <= MAX_CHARS) return text;
  const cut = text.slice(0, MAX_CHARS);
  return cut.slice(0, Math.max(cut.lastIndexOf('. ') + 1, cut.lastIndexOf(' '))).trim();
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
