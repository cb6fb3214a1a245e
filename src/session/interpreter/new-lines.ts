import { defer, from, mergeMap, type OperatorFunction } from 'rxjs';
import type { CaptionLine } from '../../pipelines/caption-lines.ts';

/** Each line that is new or has changed, oldest first; lines are compared by identity, as the reducer keeps what it did not touch. */
export const newLines = (): OperatorFunction<readonly CaptionLine[], CaptionLine> => (lines$) =>
  defer(() => {
    let known: ReadonlySet<CaptionLine> = new Set();
    return lines$.pipe(
      mergeMap((lines) => {
        const changed = lines.filter((line) => !known.has(line));
        known = new Set(lines);
        return from(changed);
      }),
    );
  });
