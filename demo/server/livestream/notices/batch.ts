import type { Topic } from './envelope.ts';
import type { Framed } from './recent-notices.ts';

/** Notices that are told together: for each topic one Buffer, whoever follows it. Pure. */
export interface Batch {
  readonly notices: readonly Framed[];
  /** Id of the first one. */
  readonly first: number;
  readonly last: number;
  readonly frames: Buffer;
}

/** By topic; `notices` in order of their ids. */
export function batches(notices: readonly Framed[]): ReadonlyMap<Topic, Batch> {
  const byTopic = new Map<Topic, Framed[]>();
  for (const notice of notices) {
    for (const topic of notice.topics) {
      const known = byTopic.get(topic);
      if (known === undefined) byTopic.set(topic, [notice]);
      else known.push(notice);
    }
  }
  return new Map([...byTopic].map(([topic, all]) => [topic, batchOf(all)]));
}

const batchOf = (notices: readonly Framed[]): Batch => ({
  notices,
  first: notices[0]?.id ?? 0,
  last: notices.at(-1)?.id ?? 0,
  frames: joined(notices),
});

/** Their frames, one after the other. */
export const joined = (notices: readonly Framed[]): Buffer => {
  const [only] = notices;
  return only !== undefined && notices.length === 1 ? only.frame : Buffer.concat(notices.map(({ frame }) => frame));
};
