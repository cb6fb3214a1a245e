import { AssistantError } from '../../shared/errors.ts';
import { VivaErrorEvent } from '../events.ts';

/** The questions a page suggests, as it gave them: more than a handful helps nobody. */

const MOST = 8;
const LONGEST = 200;

/** Null: it is no list of texts. */
export const suggestionsIn = (value: unknown): readonly string[] | null =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')
    ? [...new Set(value.map((each) => each.trim().slice(0, LONGEST)))].filter((each) => each !== '').slice(0, MOST)
    : null;

/** What is wrong with them is told by a `viva-error` of the tag. */
export function suggestionsOf(host: EventTarget, value: unknown): readonly string[] {
  if (value === null || value === undefined) return [];
  const list = suggestionsIn(value);
  if (list !== null) return list;
  const error = new AssistantError('bad-option', 'suggestions: must be a list of texts', { field: 'suggestions' });
  host.dispatchEvent(new VivaErrorEvent(error.toFacts()));
  return [];
}
