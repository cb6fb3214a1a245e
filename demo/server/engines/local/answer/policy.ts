/** What `instructions` ask for, as far as this engine can do it; the rest is told in `limits`. */
export interface Policy {
  readonly name: string | null;
  /** "the assistant of Northwind Garden" */
  readonly role: string | null;
  readonly tone: Tone;
  readonly maxSentences: number | null;
  readonly maxWords: number | null;
  /** Subjects it may talk about; empty = all. */
  readonly only: readonly string[];
  /** Subjects and words it may not. */
  readonly never: readonly string[];
  readonly unsure: string | null;
  readonly greeting: string | null;
  readonly closing: string | null;
  /** To be said word for word, whatever was asked. */
  readonly verbatim: string | null;
  /** How the user is addressed. */
  readonly addressee: string | null;
  readonly scripts: readonly Script[];
  /** Statements it may quote. */
  readonly facts: readonly string[];
  /** What it cannot do, in words. */
  readonly limits: readonly string[];
}

export type Tone = 'neutral' | 'brief' | 'formal' | 'friendly';

/** "If asked about prices, say: please write to sales." */
export interface Script {
  readonly when: string;
  readonly say: string;
}
