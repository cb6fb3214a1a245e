import { defer, from, mergeMap, type OperatorFunction } from 'rxjs';
import type { CaptionLine } from '../../pipelines/caption-lines.ts';
import { changedLines } from '../../pipelines/changed-lines.ts';

/** Each line that is new or has changed, oldest first; a new subscription begins with the newest few. */
export const newLines = (): OperatorFunction<readonly CaptionLine[], CaptionLine> => (lines$) =>
  defer(() => {
    let known: readonly CaptionLine[] | null = null;
    return lines$.pipe(
      mergeMap((lines) => {
        const changed = known === null ? lines.slice(-FIRST) : changedLines(lines, known);
        known = lines;
        return from(changed);
      }),
    );
  });

/** Who comes (back) late wants to know what is being talked about, not the whole day. */
const FIRST = 50;
