import { flag, list, requiredText, unixSeconds } from './codec-fields.ts';
import { readAlert, readScene } from './codec-told.ts';
import type { SceneIndexFacts } from './codec-streams.ts';
import type { AlertFacts, Scene } from './codec-told.ts';
import { everyItem } from './pages.ts';
import type { Page } from './pages.ts';
import type { CallOptions, Rest } from './rest.ts';

/** An audio or visual index of a stream: its scenes, and the alerts that watch it. */

export interface SceneQuery extends CallOptions {
  /** What overlaps this time. */
  readonly start?: Date | number | undefined;
  readonly end?: Date | number | undefined;
  /** Default 100. */
  readonly pageSize?: number | undefined;
}

export interface CreateAlertOptions extends CallOptions {
  readonly eventId: string;
  /** Called by POST; `''` = sockets only. */
  readonly callbackUrl?: string | undefined;
  /** Of a channel socket that is told. */
  readonly wsConnectionId?: string | undefined;
}

export class SceneIndex {
  readonly facts: SceneIndexFacts;
  readonly #rest: Rest;

  constructor(rest: Rest, facts: SceneIndexFacts) {
    this.#rest = rest;
    this.facts = facts;
  }

  get id(): string {
    return this.facts.id;
  }

  /** One page, newest first; pages count from 1. */
  async getScenes({ start, end, pageSize = 100, signal, page = 1 }: SceneQuery & { readonly page?: number } = {}): Promise<
    Page<Scene>
  > {
    const query = {
      page,
      page_size: pageSize,
      start: start === undefined ? null : unixSeconds(start, 'start'),
      end: end === undefined ? null : unixSeconds(end, 'end'),
    };
    const answer = await this.#rest.get(this.#path('/scene'), query, { signal });
    return {
      items: list(answer['scene_index_records'] ?? answer['scenes']).map(readScene),
      hasNext: flag(answer['next_page']) ?? false,
      total: null,
    };
  }

  /** Every scene, newest first. */
  scenes(query: SceneQuery = {}): AsyncGenerator<Scene, void, undefined> {
    return everyItem((page) => this.getScenes({ ...query, page }));
  }

  async start(options: CallOptions = {}): Promise<void> {
    await this.#rest.send('PATCH', this.#path('/scene', '/status'), { action: 'start' }, options);
  }

  async stop(options: CallOptions = {}): Promise<void> {
    await this.#rest.send('PATCH', this.#path('/scene', '/status'), { action: 'stop' }, options);
  }

  /** From the next scene on. */
  async updatePrompt(prompt: string, options: CallOptions = {}): Promise<void> {
    await this.#rest.send('PATCH', this.#path('/scene'), { prompt }, options);
  }

  /** Resolves with the alert's id. */
  async createAlert({ eventId, callbackUrl = '', wsConnectionId, signal }: CreateAlertOptions): Promise<string> {
    const body = { event_id: eventId, callback_url: callbackUrl, ws_connection_id: wsConnectionId };
    const answer = await this.#rest.send('POST', this.#path('', '/alert'), body, { signal });
    return requiredText(answer['alert_id'], 'alert_id');
  }

  async listAlerts(options: CallOptions = {}): Promise<readonly AlertFacts[]> {
    return list((await this.#rest.get(this.#path('', '/alert'), {}, options))['alerts']).map(readAlert);
  }

  async enableAlert(alertId: string, options: CallOptions = {}): Promise<void> {
    await this.#alert(alertId, 'enable', options);
  }

  async disableAlert(alertId: string, options: CallOptions = {}): Promise<void> {
    await this.#alert(alertId, 'disable', options);
  }

  async #alert(alertId: string, action: 'enable' | 'disable', options: CallOptions): Promise<void> {
    const path = this.#path('', `/alert/${encodeURIComponent(alertId)}/status`);
    await this.#rest.send('PATCH', path, { action }, options);
  }

  #path(scene: '' | '/scene', rest = ''): string {
    const { streamId, id } = this.facts;
    return `/rtstream/${encodeURIComponent(streamId)}/index${scene}/${encodeURIComponent(id)}${rest}`;
  }
}
