import nlp from 'compromise';
import { overlaps, roleAt, type Entity } from './entity.ts';

/** Places and people (compromise), languages and colours. */

const LANGUAGES =
  /\b(?:english|spanish|french|german|italian|portuguese|catalan|dutch|chinese|mandarin|cantonese|japanese|korean|russian|ukrainian|polish|arabic|hebrew|hindi|bengali|urdu|turkish|greek|swedish|norwegian|danish|finnish|czech|slovak|hungarian|romanian|bulgarian|croatian|serbian|vietnamese|thai|indonesian|malay|tamil|swahili|latin|basque|galician|welsh|irish|icelandic|esperanto)\b/gi;
const COLOURS =
  /\b(?:(?:light|dark|bright|pale|deep|navy|sky|olive|lime|forest|royal)\s)?(?:red|blue|green|yellow|orange|purple|violet|pink|brown|black|white|grey|gray|beige|cream|ivory|gold|golden|silver|turquoise|teal|cyan|magenta|maroon|burgundy|navy|lavender|khaki|indigo|mint|coral|salmon)\b/gi;

export function extractNames(text: string, taken: readonly Entity[]): Entity[] {
  const found: Entity[] = [];
  const free = (start: number, end: number): boolean => ![...taken, ...found].some((entity) => overlaps(entity, { start, end }));
  const add = (kind: Entity['kind'], start: number, end: number): void => {
    if (start >= 0 && end > start && free(start, end))
      found.push({ kind, start, end, value: text.slice(start, end), unit: null, role: roleAt(text, start) });
  };
  for (const match of text.matchAll(LANGUAGES)) add('language', match.index, match.index + match[0].length);
  for (const match of text.matchAll(COLOURS)) add('colour', match.index, match.index + match[0].length);
  const doc = nlp(text);
  for (const name of namesOf(doc.places().json({ offset: true }))) add('place', name.start, name.end);
  for (const name of namesOf(doc.people().json({ offset: true }))) add('person', name.start, name.end);
  return found.sort((a, b) => a.start - b.start);
}

interface Offsets {
  readonly offset?: { readonly start: number; readonly length: number };
  readonly text?: string;
}

/** Trailing punctuation and "'s" are not part of a name. */
function namesOf(json: unknown): { readonly start: number; readonly end: number }[] {
  return (json as readonly Offsets[]).flatMap(({ offset, text }) => {
    if (offset === undefined || text === undefined) return [];
    const lead = /^[^\p{L}\p{N}]*/u.exec(text)?.[0].length ?? 0;
    const bare = (text.slice(lead).split(/[,;:]/)[0] ?? '').replace(/(?:'s)?[^\p{L}\p{N}]*$/u, '');
    return [{ start: offset.start + lead, end: offset.start + lead + bare.length }];
  });
}
