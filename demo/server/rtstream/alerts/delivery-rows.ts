import type { Selectable } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { DeliveryTable } from '../../store/alert-tables.ts';
import { json } from '../../store/json.ts';
import type { Database } from '../../store/tables.ts';
import type { Notice } from './alerts.ts';
import type { NextStep, Outcome } from './delivery-plan.ts';

/** The table of webhooks: what is to be sent, when, and how it went. */

export type DeliveryRow = Selectable<DeliveryTable>;

/** What is not looked for: tries under way, and hosts that have as many as they may. */
export interface PassedOver {
  readonly ids: readonly string[];
  readonly hosts: readonly string[];
}

const DUE_AT_ONCE = 100;
/** From one sweep to the next, ms. */
const SWEEP_MS = 3_600_000;

/** Due at once; nothing where it is there already. */
export async function insertDelivery(
  database: Database,
  { event, subjectId, url, payload }: Notice,
  nowMs: number,
): Promise<void> {
  await database
    .insertInto('deliveries')
    .values({
      ...{ id: `dlv-${uuidv7()}`, event, subject_id: subjectId, url },
      ...{ host: URL.canParse(url) ? new URL(url).host : '', payload: json(payload) },
      ...{ status: 'pending', next_attempt_at: new Date(nowMs) },
    })
    .onConflict((conflict) => conflict.columns(['event', 'subject_id', 'url']).doNothing())
    .execute();
}

export class DeliveryRows {
  readonly #database: Database;
  #sweptMs = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The oldest first. */
  async due(nowMs: number, passedOver: PassedOver): Promise<readonly DeliveryRow[]> {
    return this.#pending(passedOver)
      .selectAll()
      .where('next_attempt_at', '<=', new Date(nowMs))
      .orderBy('next_attempt_at')
      .limit(DUE_AT_ONCE)
      .execute();
  }

  /** Unix ms at which the next one is due; null = none is known. */
  async nextMs(passedOver: PassedOver): Promise<number | null> {
    const { at } = await this.#pending(passedOver)
      .select(({ fn }) => fn.min('next_attempt_at').as('at'))
      .executeTakeFirstOrThrow();
    return at === null ? null : at.getTime();
  }

  /** How try number `tries` went, and what comes of it. */
  async note(id: string, tries: number, outcome: Outcome, step: NextStep, nowMs: number): Promise<void> {
    await this.#database
      .updateTable('deliveries')
      .set({
        status: step.status,
        attempts: tries,
        last_status: outcome.type === 'answered' ? outcome.status : null,
        last_error: step.status === 'delivered' ? null : step.error,
        next_attempt_at: step.status === 'pending' ? new Date(nowMs + step.inMs) : null,
        delivered_at: step.status === 'delivered' ? new Date(nowMs) : null,
      })
      .where('id', '=', id)
      .execute();
  }

  /** Forgets what was over `keptMs` ago, at most once an hour. */
  async sweep(nowMs: number, keptMs: number): Promise<void> {
    if (nowMs - this.#sweptMs < SWEEP_MS) return;
    this.#sweptMs = nowMs;
    await this.#database
      .deleteFrom('deliveries')
      .where('status', '!=', 'pending')
      .where('created_at', '<', new Date(nowMs - keptMs))
      .execute();
  }

  #pending({ ids, hosts }: PassedOver) {
    return this.#database
      .selectFrom('deliveries')
      .where('status', '=', 'pending')
      .$if(ids.length > 0, (query) => query.where('id', 'not in', [...ids]))
      .$if(hosts.length > 0, (query) => query.where('host', 'not in', [...hosts]));
  }
}
