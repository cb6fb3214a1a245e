/** What an index says of one window of a stream. */
export interface NewScene {
  /** Unix ms */
  readonly startMs: number;
  /** Unix ms */
  readonly endMs: number;
  /** What is told: prose, or the JSON that the prompt asked for. */
  readonly text: string;
  /** The same, parsed, where the prompt asked for JSON; else null. */
  readonly data: unknown;
  /** `engine`, `tier`, `frames` … told beside it. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /**
   * Everything that is known of the window, for matching events and for search: the words on screen, objects, colours, speech. Longer
   * than `text`; not shown.
   */
  readonly evidence: string;
}

/** Does what is in a scene fit what an event describes? */
export interface EventMatch {
  readonly matched: boolean;
  /** What the event speaks of is there, though it may not be new: "opened" matches once, its window stays. */
  readonly present?: boolean;
  /** 0–1 */
  readonly confidence: number;
  /** Why, for people: quotes what was found. */
  readonly explanation: string;
}

/** `previous`: the index's scene before it, because "opened" is a change. */
export type MatchEvent = (prompt: string, scene: NewScene, previous: NewScene | null, signal: AbortSignal) => Promise<EventMatch>;
