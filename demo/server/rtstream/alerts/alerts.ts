import type { Transaction } from 'kysely';
import type { Tables } from '../../store/tables.ts';
import type { NewScene } from '../scene.ts';

/** Watches scenes for what events describe, and tells of it by socket and webhook. */
export interface Alerts {
  /** Called for each stored scene in order; resolves when its alerts are stored and on their way. Never rejects: failures are logged. */
  look(at: {
    readonly streamId: string;
    readonly streamName: string;
    readonly indexId: string;
    readonly sceneId: number;
    readonly scene: NewScene;
  }): Promise<void>;
}

/** A webhook to be sent. */
export interface Notice {
  /** `alert`, `capture_session.active`, … */
  readonly event: string;
  /** What receivers deduplicate by: the same subject and event are sent once. */
  readonly subjectId: string;
  readonly url: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Sends webhooks: signed, tried again with backoff, each logged in `deliveries`; survives a restart. */
export interface Webhooks {
  /** Resolves when it is stored; throws `UrlRefusedError` for a URL that may not be called. */
  send(notice: Notice): Promise<void>;
  close(): Promise<void>;
}

/** Sends webhooks together with what they tell of. */
export interface JoinedWebhooks {
  /**
   * Both are stored, or neither. `store` answers false when it was there already: then nothing is sent, and that is the answer here too. No
   * name is looked up before: that a URL may not be called stands in `deliveries` then.
   */
  sendWith(notice: Notice, store: (transaction: Transaction<Tables>) => Promise<boolean>): Promise<boolean>;
}
