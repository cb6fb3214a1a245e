import type { CaptionLine, CaptionText } from './caption-lines.ts';

/** What of caption lines is new: they come as copies from a Worker, so identity says nothing. */

const textOf = (said: CaptionText | null): string => (said === null ? '' : `${String(said.final)} ${said.language} ${said.text}`);

const facts = ({ startMs, endMs, original, translation }: CaptionLine): string =>
  [startMs, endMs, textOf(original), textOf(translation)].join('\n');

/** Lines of `now` that `before` did not have, or had with other words, times or finality; in order. */
export function changedLines(now: readonly CaptionLine[], before: readonly CaptionLine[]): readonly CaptionLine[] {
  if (now === before) return [];
  const known = new Map(before.map((line) => [line.id, line]));
  return now.filter((line) => {
    const old = known.get(line.id);
    return old === undefined || (old !== line && facts(old) !== facts(line));
  });
}
