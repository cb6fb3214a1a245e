import type { SceneIndexFacts } from './codec-streams.ts';
import type { Scene } from './codec-told.ts';
import { everyItem } from './pages.ts';
import type { Page } from './pages.ts';
import type { Rest } from './rest.ts';
import type { CallOptions } from '../settled.ts';
import { scenePage } from './scene-pages.ts';
import type { SceneQuery } from './scene-pages.ts';
import { WatchedIndex } from './watched-index.ts';

/** An audio or visual index of a stream: its scenes, and the alerts that watch it. */

export class SceneIndex extends WatchedIndex {
  readonly facts: SceneIndexFacts;
  readonly #path: string;

  constructor(rest: Rest, facts: SceneIndexFacts) {
    const [stream, index] = [facts.streamId, facts.id].map(encodeURIComponent);
    super(rest, `/rtstream/${stream}/index/${index}`);
    this.facts = facts;
    this.#path = `/rtstream/${stream}/index/scene/${index}`;
  }

  get id(): string {
    return this.facts.id;
  }

  /** One page, newest first; pages count from 1. */
  getScenes(query: SceneQuery & { readonly page?: number } = {}): Promise<Page<Scene>> {
    return scenePage(this.rest, this.#path, query);
  }

  /** Every scene, newest first. */
  scenes(query: SceneQuery = {}): AsyncGenerator<Scene, void, undefined> {
    return everyItem((page) => this.getScenes({ ...query, page }));
  }

  async start(options: CallOptions = {}): Promise<void> {
    await this.rest.send('PATCH', `${this.#path}/status`, { action: 'start' }, options);
  }

  async stop(options: CallOptions = {}): Promise<void> {
    await this.rest.send('PATCH', `${this.#path}/status`, { action: 'stop' }, options);
  }

  /** From the next scene on. */
  async updatePrompt(prompt: string, options: CallOptions = {}): Promise<void> {
    await this.rest.send('PATCH', this.#path, { prompt }, options);
  }
}
