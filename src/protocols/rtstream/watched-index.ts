import { list, requiredText } from './codec-fields.ts';
import { readAlert } from './codec-told.ts';
import type { AlertFacts } from './codec-told.ts';
import type { Rest } from './rest.ts';
import type { CallOptions } from '../settled.ts';

/** What every index has, of either generation: alerts that watch it. */

export interface CreateAlertOptions extends CallOptions {
  readonly eventId: string;
  /** Called by POST; `''` = sockets only. */
  readonly callbackUrl?: string | undefined;
  /** Of a channel socket that is told. */
  readonly wsConnectionId?: string | undefined;
}

export abstract class WatchedIndex {
  protected readonly rest: Rest;
  readonly #path: string;

  /** `path`: of the index, whose alerts lie below it. */
  protected constructor(rest: Rest, path: string) {
    this.rest = rest;
    this.#path = path;
  }

  /** Resolves with the alert's id. */
  async createAlert({ eventId, callbackUrl = '', wsConnectionId, signal }: CreateAlertOptions): Promise<string> {
    const body = { event_id: eventId, callback_url: callbackUrl, ws_connection_id: wsConnectionId };
    const answer = await this.rest.send('POST', `${this.#path}/alert`, body, { signal });
    return requiredText(answer['alert_id'], 'alert_id');
  }

  async listAlerts(options: CallOptions = {}): Promise<readonly AlertFacts[]> {
    return list((await this.rest.get(`${this.#path}/alert`, {}, options))['alerts']).map(readAlert);
  }

  async enableAlert(alertId: string, options: CallOptions = {}): Promise<void> {
    await this.#alert(alertId, 'enable', options);
  }

  async disableAlert(alertId: string, options: CallOptions = {}): Promise<void> {
    await this.#alert(alertId, 'disable', options);
  }

  async #alert(alertId: string, action: 'enable' | 'disable', options: CallOptions): Promise<void> {
    await this.rest.send('PATCH', `${this.#path}/alert/${encodeURIComponent(alertId)}/status`, { action }, options);
  }
}
