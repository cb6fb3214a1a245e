import { dot, type Embedder } from '../../../knowledge/embedder.ts';
import { likeness, readTerms } from '../../../knowledge/terms.ts';

/** Whether words speak of a subject that the instructions name. */

/** All words of the subject (its own, not their relatives) stand in the text. */
export function mentions(text: string, subject: string): boolean {
  const words = readTerms(subject);
  if (words.length === 0) return text.toLowerCase().includes(subject.toLowerCase());
  const said = readTerms(text);
  const isPrice =
    words.length === 1 &&
    /^pric|^cost/.test(words[0]?.stem ?? '') &&
    /[€$£]|\b\d+(?:[.,]\d+)? ?(?:euros?|dollars?|pounds?|cents?)\b|\b\w+ (?:euros?|dollars?|pounds?)\b/i.test(text);
  return isPrice || words.every((word) => said.some((other) => other.stem === word.stem));
}

/** A question is about it when it says so, or means something near. */
const NEAR = 0.5;

export async function isAbout(
  text: string,
  subjects: readonly string[],
  embedder: Embedder,
  signal: AbortSignal,
): Promise<boolean> {
  const said = readTerms(text);
  const named = subjects.some((subject) =>
    readTerms(subject).some((word) => said.some((other) => likeness(word, other) >= 0.75)),
  );
  if (named) return true;
  const [own, ...others] = await embedder.embed([text, ...subjects], signal);
  return own !== undefined && others.some((other) => dot(own, other) >= NEAR);
}
