import type { CallOptions } from '../settled.ts';

/** What can be wished of a stream. */

/** How speech is cut into windows: every so many words, sentences or seconds. */
export interface AudioBatch {
  readonly type: 'word' | 'sentence' | 'time';
  readonly value: number;
}

/** `frameCount` pictures of every `value` seconds. */
export interface VisualBatch {
  readonly type: 'time';
  readonly value: number;
  readonly frameCount?: number | undefined;
}

interface AnyIndexOptions extends CallOptions {
  readonly prompt?: string | undefined;
  readonly name?: string | undefined;
  /** Of a channel socket that hears the scenes. */
  readonly wsConnectionId?: string | undefined;
}

export interface IndexAudioOptions extends AnyIndexOptions {
  readonly batchConfig?: AudioBatch | undefined;
  readonly modelName?: string | undefined;
}

export interface IndexVisualsOptions extends AnyIndexOptions {
  readonly batchConfig?: VisualBatch | undefined;
  /** How deep it looks. */
  readonly modelName?: 'mini' | 'basic' | 'pro' | 'ultra' | undefined;
}

export interface StartTranscriptOptions extends CallOptions {
  readonly wsConnectionId?: string | undefined;
  readonly engine?: string | undefined;
  /** BCP 47 of what is spoken; absent = English, auto = found out. */
  readonly language?: string | undefined;
  /** BCP 47 that lines are translated into; refused (`bad-option`) where nobody there translates that pair: see `TranscriptState.translations`. */
  readonly translateTo?: readonly string[] | undefined;
}

export interface TranscriptState {
  /** `running`, `stopped`, `not_configured` */
  readonly status: string;
  readonly engine: string | null;
  readonly language: string | null;
  /** BCP 47 of what lines are translated into; empty where the gateway does not tell. */
  readonly translateTo: readonly string[];
  /** BCP 47: for each language that is heard there, what `translateTo` may name. Null: the gateway does not tell. */
  readonly translations: Readonly<Record<string, readonly string[]>> | null;
}

/** Times are `Date`s or Unix ms. */
export interface TranscriptQuery extends CallOptions {
  readonly start?: Date | number | undefined;
  readonly end?: Date | number | undefined;
  /** What ended after it. */
  readonly since?: Date | number | undefined;
  /** Default 100, at most 1000. */
  readonly pageSize?: number | undefined;
}

export interface StreamSearchOptions extends CallOptions {
  readonly sceneIndexId?: string | undefined;
  /** At most so many hits. */
  readonly resultThreshold?: number | undefined;
  /** 0–1 */
  readonly scoreThreshold?: number | undefined;
  readonly dynamicScorePercentage?: number | undefined;
}

/** What looks at the pictures of a window. */
export interface Analyzer {
  /** Default `vlm`. */
  readonly type?: 'vlm' | 'cua' | undefined;
  /** What its output is called; default `scene`. */
  readonly name?: string | undefined;
  /** Pictures of each window. */
  readonly frameCount?: number | undefined;
  readonly prompt?: string | undefined;
  /** How deep it looks. */
  readonly model?: 'mini' | 'basic' | 'pro' | 'ultra' | undefined;
}

/** What an index is made from. */
export interface UnderstandingOutput {
  readonly understandingId: string;
  readonly output: string;
}

export interface UnderstandOptions extends CallOptions {
  /** A window, e.g. `10s`; default 10 s. */
  readonly window?: string | undefined;
  readonly analyzer?: Analyzer | undefined;
  /** False: told and not kept. */
  readonly store?: boolean | undefined;
  /** `on_demand` waits to be started. */
  readonly trigger?: 'interval' | 'on_demand' | undefined;
  /** Of a channel socket that hears the scenes. */
  readonly wsConnectionId?: string | undefined;
}

export interface IndexOptions extends CallOptions {
  /** One of the `outputs` of an understanding. */
  readonly source: UnderstandingOutput;
  readonly name?: string | undefined;
  /** Default `['semantic']`. */
  readonly useFor?: readonly string[] | undefined;
}
