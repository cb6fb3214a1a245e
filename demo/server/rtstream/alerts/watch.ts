import type { Logger } from 'pino';
import type { MediaUrls } from '../../media/urls.ts';
import type { Database } from '../../store/tables.ts';
import type { Channels } from '../channels/frame.ts';
import { ABSENT, appearance } from '../events/appearance.ts';
import type { Appearance } from '../events/appearance.ts';
import type { EventMatch, MatchEvent, NewScene } from '../scene.ts';
import type { Alerts, JoinedWebhooks } from './alerts.ts';
import { alertFrame, alertPayload, clipAround, confidenceOf, hitId } from './hit.ts';
import type { Hit } from './hit.ts';

/** Looks at each stored scene for what the alerts of its index wait for; fires once an appearance, also across a restart. */

export interface AlertParts {
  readonly database: Database;
  readonly channels: Channels;
  readonly webhooks: JoinedWebhooks;
  readonly match: MatchEvent;
  readonly urls: MediaUrls;
  /** `http(s)://host` that receivers reach this gateway at. */
  readonly base: () => string;
  readonly log: Logger;
  readonly now?: () => number;
}

type Look = Parameters<Alerts['look']>[0];

interface Watched {
  readonly id: string;
  readonly event: Hit['event'];
  readonly callbackUrl: string;
  readonly connections: readonly string[];
  readonly before: Appearance;
  /** End of the last scene it looked at, Unix ms. */
  readonly seenMs: number | null;
}

/** Events may be questions to a model far away: all of a scene's together hold up the next one no longer. */
const MATCH_MS = 20_000;
/** Questions at once about one scene. */
const AT_ONCE = 8;
/** What was not watched for so long may have gone and come again. */
const FORGOTTEN_MS = 60_000;
const MOST_PREVIOUS = 1000;

export function createAlerts(parts: AlertParts): Alerts {
  return new Watch(parts);
}

class Watch implements Alerts {
  readonly #parts: AlertParts;
  /** The scene before, of each index: "opened" is a change. */
  readonly #previous = new Map<string, NewScene>();
  /** The last look of each index, so that looks follow one another. */
  readonly #looks = new Map<string, Promise<void>>();

  constructor(parts: AlertParts) {
    this.#parts = parts;
  }

  look(at: Look): Promise<void> {
    const { indexId, streamId } = at;
    const before = this.#looks.get(indexId) ?? Promise.resolve();
    const look = before
      .then(() => this.#look(at))
      .catch((cause: unknown) =>
        this.#parts.log.error({ err: cause, index: indexId, stream: streamId }, 'alerts could not be looked for'),
      )
      .finally(() => {
        if (this.#looks.get(indexId) === look) this.#looks.delete(indexId);
      });
    this.#looks.set(indexId, look);
    return look;
  }

  async #look(at: Look): Promise<void> {
    const previous = await this.#before(at);
    this.#remember(at);
    const alerts = await this.#watched(at.indexId);
    const signal = AbortSignal.timeout(MATCH_MS);
    for (let from = 0; from < alerts.length; from += AT_ONCE) {
      await Promise.all(alerts.slice(from, from + AT_ONCE).map((alert) => this.#try(at, alert, previous, signal)));
    }
  }

  /** From the table where this process has not seen it: only what was told is known then. */
  async #before({ indexId, sceneId, scene }: Look): Promise<NewScene | null> {
    const known = this.#previous.get(indexId);
    if (known !== undefined) return known;
    const row = await this.#parts.database
      .selectFrom('scenes')
      .selectAll()
      .where('index_id', '=', indexId)
      .where('id', '<', sceneId)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row === undefined || scene.startMs - row.end_ms > FORGOTTEN_MS) return null;
    const { start_ms: startMs, end_ms: endMs, text, data, metadata } = row;
    return { startMs, endMs, text, data, metadata, evidence: text };
  }

  #remember({ indexId, scene }: Look): void {
    this.#previous.delete(indexId);
    this.#previous.set(indexId, scene);
    const [oldest] = this.#previous.keys();
    if (this.#previous.size > MOST_PREVIOUS && oldest !== undefined) this.#previous.delete(oldest);
  }

  async #watched(indexId: string): Promise<readonly Watched[]> {
    const rows = await this.#parts.database
      .selectFrom('alerts')
      .innerJoin('events', 'events.id', 'alerts.event_id')
      .innerJoin('indexes', 'indexes.id', 'alerts.index_id')
      .select([
        'alerts.id',
        'alerts.callback_url',
        'alerts.ws_connection_ids',
        'alerts.present',
        'alerts.missed',
        'alerts.seen_ms',
      ])
      .select(['events.id as event_id', 'events.event_prompt', 'events.label'])
      .select('indexes.ws_connection_ids as index_connections')
      .where('alerts.index_id', '=', indexId)
      .where('alerts.status', '=', 'enabled')
      .orderBy('alerts.created_at')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      event: { id: row.event_id, prompt: row.event_prompt, label: row.label },
      callbackUrl: row.callback_url,
      // Whoever listens to the index hears what is found in it.
      connections: [...new Set([...row.ws_connection_ids, ...row.index_connections])],
      before: { present: row.present, missed: row.missed },
      seenMs: row.seen_ms,
    }));
  }

  async #try(at: Look, alert: Watched, previous: NewScene | null, signal: AbortSignal): Promise<void> {
    const { log, match } = this.#parts;
    try {
      const matched = await match(alert.event.prompt, at.scene, previous, signal);
      const gap = alert.seenMs === null ? 0 : at.scene.startMs - alert.seenMs;
      const { fires, now } = appearance(gap > FORGOTTEN_MS ? ABSENT : alert.before, matched);
      // Told before it is noted: cut off in between, it is told twice rather than never.
      if (fires) await this.#fire(at, alert, matched);
      await this.#parts.database
        .updateTable('alerts')
        .set({ present: now.present, missed: now.missed, seen_ms: at.scene.endMs })
        .where('id', '=', alert.id)
        .execute();
    } catch (cause) {
      log.error({ err: cause, alert: alert.id, index: at.indexId }, 'an alert could not be looked for');
    }
  }

  async #fire(at: Look, alert: Watched, matched: EventMatch): Promise<void> {
    const { database, channels, webhooks } = this.#parts;
    const hit = this.#hit(at, alert, matched);
    const url = alert.callbackUrl;
    // With its webhook or not at all: who was cut off in between would never be called.
    const isNew =
      url === ''
        ? await storeHit(database, hit)
        : await webhooks.sendWith({ event: 'alert', subjectId: hit.id, url, payload: alertPayload(hit) }, (transaction) =>
            storeHit(transaction, hit),
          );
    if (isNew) channels.publish(alertFrame(hit), { connections: alert.connections });
  }

  #hit({ streamId, streamName, indexId, sceneId, scene }: Look, alert: Watched, matched: EventMatch): Hit {
    const { urls, base, now = Date.now } = this.#parts;
    const streamUrl = urls.clip(base(), streamId, ...clipAround(scene));
    return {
      id: hitId(alert.event.id, alert.id, sceneId),
      alertId: alert.id,
      indexId,
      streamId,
      streamName,
      sceneId,
      event: alert.event,
      confidence: confidenceOf(matched),
      explanation: matched.explanation,
      startMs: scene.startMs,
      endMs: scene.endMs,
      detectedMs: now(),
      streamUrl,
      playerUrl: urls.player(base(), streamUrl, { title: alert.event.label }),
    };
  }
}

/** False: it was told before. */
async function storeHit(database: Database, hit: Hit): Promise<boolean> {
  const { numInsertedOrUpdatedRows: stored } = await database
    .insertInto('alert_hits')
    .values({
      id: hit.id,
      alert_id: hit.alertId,
      stream_id: hit.streamId,
      scene_id: hit.sceneId,
      label: hit.event.label,
      explanation: hit.explanation,
      confidence: hit.confidence,
      start_ms: hit.startMs,
      end_ms: hit.endMs,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow();
  return stored !== 0n;
}
