import type { LookupFunction } from 'node:net';
import type { Logger } from 'pino';
import { keptKey } from '../../auth.ts';
import type { Config } from '../../config.ts';
import { checkOutsideUrl, outsideLookup, UrlRefusedError } from '../../http/outside-url.ts';
import type { Resolve } from '../../http/outside-url.ts';
import type { Database } from '../../store/tables.ts';
import type { JoinedWebhooks, Notice, Webhooks } from './alerts.ts';
import { nextStep } from './delivery-plan.ts';
import type { Outcome } from './delivery-plan.ts';
import { DeliveryRows, insertDelivery } from './delivery-rows.ts';
import type { DeliveryRow, PassedOver } from './delivery-rows.ts';
import { post } from './post.ts';
import { signedHeaders } from './signature.ts';

/** Webhooks: stored first, so that a restart loses none; tried at once, then with growing pauses; each in the table with how it went. */

export interface WebhookOptions {
  readonly database: Database;
  /** What bodies are signed with; see `webhookSecret`. */
  readonly secret: string;
  /** Which addresses may be called: see `privateUrlsAllowed`. */
  readonly guard: { readonly allowPrivate: boolean; readonly resolve?: Resolve };
  readonly log: Logger;
  readonly limits?: Partial<WebhookLimits>;
  /** 0 ≤ x < 1 */
  readonly random?: () => number;
  /** What time it is, for rows and pauses; ms. */
  readonly now?: () => number;
}

export interface WebhookLimits {
  /** ms for one try. */
  readonly timeoutMs: number;
  /** Tries at once, to one host and altogether. */
  readonly perHost: number;
  readonly altogether: number;
  /** How long rows of what is over are kept, ms. */
  readonly keptMs: number;
}

const LIMITS: WebhookLimits = { timeoutMs: 10_000, perHost: 4, altogether: 64, keptMs: 30 * 86_400_000 };
/** The table is looked at this often even when nothing is known to be due. */
const LOOK_MS = 60_000;
const FIELD = 'callback_url';

/** The secret of the environment, or the one kept in `DATA_DIR/webhook-secret`, made now if there is none. */
export const webhookSecret = ({ streams, dataDir }: Pick<Config, 'streams' | 'dataDir'>): string =>
  streams.webhookSecret ?? keptKey(dataDir, 'webhook-secret', newSecret);

const newSecret = (): string => `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')}`;

export function createWebhooks(options: WebhookOptions): Webhooks & JoinedWebhooks {
  return new Sender(options);
}

class Sender implements Webhooks, JoinedWebhooks {
  readonly #options: WebhookOptions;
  readonly #limits: WebhookLimits;
  readonly #rows: DeliveryRows;
  readonly #lookup: LookupFunction | undefined;
  readonly #stop = new AbortController();
  /** Tries under way: delivery id → what they end with. */
  readonly #underWay = new Map<string, { readonly host: string; readonly done: Promise<void> }>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #lookAgain = false;

  constructor(options: WebhookOptions) {
    this.#options = options;
    this.#limits = { ...LIMITS, ...options.limits };
    this.#rows = new DeliveryRows(options.database);
    const { allowPrivate, resolve } = options.guard;
    this.#lookup = outsideLookup(FIELD, allowPrivate, resolve);
    // What an earlier run left behind.
    this.#look();
  }

  async send(notice: Notice): Promise<void> {
    await this.#check(notice.url);
    await insertDelivery(this.#options.database, notice, this.#now());
    this.#look();
  }

  async sendWith(notice: Notice, store: Parameters<JoinedWebhooks['sendWith']>[1]): Promise<boolean> {
    const isNew = await this.#options.database.transaction().execute(async (transaction) => {
      if (!(await store(transaction))) return false;
      await insertDelivery(transaction, notice, this.#now());
      return true;
    });
    if (isNew) this.#look();
    return isNew;
  }

  /** Throws UrlRefusedError. */
  async #check(url: string): Promise<void> {
    await checkOutsideUrl(FIELD, url, { ...this.#options.guard, schemes: ['http', 'https'] });
  }

  async close(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await this.#looking;
    await Promise.all([...this.#underWay.values()].map(({ done }) => done));
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }

  /** Begins every try that is due and has room; one look at a time. */
  #look(): void {
    if (this.#stop.signal.aborted) return;
    this.#lookAgain = true;
    this.#looking ??= this.#lookUntilDone().finally(() => (this.#looking = null));
  }

  async #lookUntilDone(): Promise<void> {
    while (this.#lookAgain && !this.#stop.signal.aborted) {
      this.#lookAgain = false;
      try {
        await this.#rows.sweep(this.#now(), this.#limits.keptMs);
        for (const row of await this.#due()) {
          // A look begins what it found one by one: the room is counted anew for each.
          if (this.#hasRoom(row.host)) this.#begin(row);
        }
        this.#schedule(await this.#nextMs());
      } catch (cause) {
        this.#options.log.error({ err: cause }, 'webhooks could not be looked up');
        this.#schedule(LOOK_MS);
      }
    }
  }

  #count(host: string): number {
    return [...this.#underWay.values()].filter((other) => other.host === host).length;
  }

  #hasRoom(host: string): boolean {
    return this.#underWay.size < this.#limits.altogether && this.#count(host) < this.#limits.perHost;
  }

  /** The oldest ones of hosts that have room, so that a slow host holds up its own only. */
  async #due(): Promise<readonly DeliveryRow[]> {
    return this.#isFull ? [] : this.#rows.due(this.#now(), this.#passedOver);
  }

  /** ms until the next one is due. Those of busy hosts begin when another one ends. */
  async #nextMs(): Promise<number> {
    const atMs = this.#isFull ? null : await this.#rows.nextMs(this.#passedOver);
    return atMs === null ? LOOK_MS : Math.min(LOOK_MS, Math.max(0, atMs - this.#now()));
  }

  get #isFull(): boolean {
    return this.#underWay.size >= this.#limits.altogether;
  }

  get #passedOver(): PassedOver {
    const hosts = [...new Set([...this.#underWay.values()].map(({ host }) => host))].filter((host) => !this.#hasRoom(host));
    return { ids: [...this.#underWay.keys()], hosts };
  }

  #schedule(inMs: number): void {
    clearTimeout(this.#timer);
    if (this.#stop.signal.aborted) return;
    this.#timer = setTimeout(() => this.#look(), inMs);
    this.#timer.unref();
  }

  #begin(row: DeliveryRow): void {
    const done = this.#try(row)
      .catch((cause: unknown) => {
        // Stopped half-way it is tried again by the next run; what could not be noted is tried again too.
        if (!this.#stop.signal.aborted) this.#options.log.error({ err: cause, delivery: row.id }, 'a webhook could not be noted');
      })
      .finally(() => {
        this.#underWay.delete(row.id);
        this.#look();
      });
    this.#underWay.set(row.id, { host: row.host, done });
  }

  async #try({ id, event, url, host, payload, attempts }: DeliveryRow): Promise<void> {
    const body = JSON.stringify(payload);
    const tries = attempts + 1;
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'viva-voce',
      ...signedHeaders(this.#options.secret, id, body, new Date()),
      'viva-voce-event': event,
      'viva-voce-attempt': String(tries),
    };
    const { timeoutMs } = this.#limits;
    const outcome =
      (await this.#refusal(url)) ??
      (await post({ url, headers, body, lookup: this.#lookup, timeoutMs, signal: this.#stop.signal }));
    const step = nextStep(outcome, tries, this.#options.random?.() ?? Math.random());
    await this.#rows.note(id, tries, outcome, step, this.#now());
    // The host alone: the rest of the address may hold a secret.
    const facts = { delivery: id, event, host, tries, status: outcome.type === 'answered' ? outcome.status : outcome.type };
    if (step.status === 'failed') this.#options.log.warn(facts, 'a webhook was given up');
    else this.#options.log.debug(facts, 'a webhook was tried');
  }

  /** Null: it may be called, as far as is known before connecting. */
  async #refusal(url: string): Promise<Outcome | null> {
    try {
      await this.#check(url);
      return null;
    } catch (cause) {
      if (cause instanceof UrlRefusedError) return { type: 'refused', message: cause.message };
      throw cause;
    }
  }
}
