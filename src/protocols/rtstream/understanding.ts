import type { UnderstandingFacts, UnderstandingIndexFacts } from './codec-understanding.ts';
import type { Scene } from './codec-told.ts';
import { everyItem } from './pages.ts';
import type { Page } from './pages.ts';
import type { Rest } from './rest.ts';
import type { CallOptions } from '../settled.ts';
import { scenePage } from './scene-pages.ts';
import type { SceneQuery } from './scene-pages.ts';
import { WatchedIndex } from './watched-index.ts';

/** The second generation of indexes: what is understood of a stream, and its outputs made searchable and watched. */

export class Understanding {
  readonly facts: UnderstandingFacts;
  readonly #rest: Rest;
  readonly #path: string;

  constructor(rest: Rest, facts: UnderstandingFacts) {
    this.#rest = rest;
    this.facts = facts;
    this.#path = `/rtstream/${encodeURIComponent(facts.streamId)}/understand/${encodeURIComponent(facts.id)}`;
  }

  get id(): string {
    return this.facts.id;
  }

  /** One page, newest first; pages count from 1. */
  getRecords({ output = 'scene', ...query }: RecordQuery & { readonly page?: number } = {}): Promise<Page<Scene>> {
    return scenePage(this.#rest, `${this.#path}/records`, query, { output });
  }

  /** Every record, newest first. */
  records(query: RecordQuery = {}): AsyncGenerator<Scene, void, undefined> {
    return everyItem((page) => this.getRecords({ ...query, page }));
  }

  async start(options: CallOptions = {}): Promise<void> {
    await this.#rest.send('PATCH', `${this.#path}/status`, { action: 'start' }, options);
  }

  async stop(options: CallOptions = {}): Promise<void> {
    await this.#rest.send('PATCH', `${this.#path}/status`, { action: 'stop' }, options);
  }
}

export interface RecordQuery extends SceneQuery {
  /** Name of the analyzer that told it; default `scene`. */
  readonly output?: string | undefined;
}

export class UnderstandingIndex extends WatchedIndex {
  readonly facts: UnderstandingIndexFacts;
  readonly #path: string;

  constructor(rest: Rest, facts: UnderstandingIndexFacts) {
    const path = `/rtstream/${encodeURIComponent(facts.streamId)}/indexes/${encodeURIComponent(facts.id)}`;
    super(rest, path);
    this.facts = facts;
    this.#path = path;
  }

  get id(): string {
    return this.facts.id;
  }

  /** One page, newest first; pages count from 1. */
  getRecords(query: SceneQuery & { readonly page?: number } = {}): Promise<Page<Scene>> {
    return scenePage(this.rest, `${this.#path}/records`, query);
  }

  /** Every record, newest first. */
  records(query: SceneQuery = {}): AsyncGenerator<Scene, void, undefined> {
    return everyItem((page) => this.getRecords({ ...query, page }));
  }

  async start(options: CallOptions = {}): Promise<void> {
    await this.rest.send('PATCH', `${this.#path}/status`, { action: 'start' }, options);
  }

  async stop(options: CallOptions = {}): Promise<void> {
    await this.rest.send('PATCH', `${this.#path}/status`, { action: 'stop' }, options);
  }
}
