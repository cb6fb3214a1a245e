/** What a document becomes: titled sections of sentences that can be said aloud. */
export interface Page {
  /** As it is cited: canonical where the page says so. */
  readonly url: string;
  /** Without the site's name. */
  readonly title: string;
  /** BCP 47, `en` when not told. */
  readonly language: string;
  readonly sections: readonly Section[];
}

export interface Section {
  /** Empty for what stands before the first heading. */
  readonly heading: string;
  /** Fragment to link to, without `#`; null when the heading has none. */
  readonly anchor: string | null;
  readonly sentences: readonly string[];
}
