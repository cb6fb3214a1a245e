import { concat, concatMap, defer, from, ignoreElements } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import type { Selectable } from 'kysely';
import { json } from '../store/json.ts';
import type { IndexTable } from '../store/stream-tables.ts';
import type { Database } from '../store/tables.ts';
import type { Alerts } from './alerts/alerts.ts';
import type { Channels } from './channels/frame.ts';
import type { NewScene } from './scene.ts';
import type { StreamFacts } from './stored-transcript.ts';

/** What an index says goes into the tables and out on its channel, in order, and to the alerts, which may take longer. */

export type IndexRow = Selectable<IndexTable>;

export interface SceneParts {
  readonly database: Database;
  readonly channels: Channels;
  readonly alerts: Alerts;
  /** Sockets that hear it now. */
  connections(): readonly string[];
  /** Makes a stored scene findable. */
  remember(scene: NewScene): Promise<void>;
}

/** Scenes that alerts have not looked at yet; then the next ones wait, and whoever makes them thins them out. */
const MOST_LOOKS = 8;

/** Completes when the alerts have looked at the last scene too. */
export function storedScenes(stream: StreamFacts, index: IndexRow, parts: SceneParts): OperatorFunction<NewScene, void> {
  const looks = new Set<Promise<void>>();
  const keep = async (scene: NewScene): Promise<void> => {
    const { startMs, endMs, text, data, metadata } = scene;
    const { id } = await parts.database
      .insertInto('scenes')
      .values({
        index_id: index.id,
        stream_id: stream.id,
        start_ms: startMs,
        end_ms: endMs,
        text,
        data: json(data),
        metadata: json(metadata),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    parts.channels.publish(
      {
        // The seed's word; readers of `visual_index` read `scene_index` too (spec §4).
        channel: index.kind === 'visual' ? 'scene_index' : 'audio_index',
        rtstream_id: stream.id,
        rtstream_name: stream.name,
        id: index.id,
        data: { id: `sc-${String(id)}`, index_id: index.id, text, description: text, start: startMs, end: endMs, metadata },
      },
      { connections: parts.connections() },
    );
    // First the alerts: somebody waits for them. The scenes after it do not: an event may be a question to a model far away.
    const look = parts.alerts
      .look({ streamId: stream.id, streamName: stream.name, indexId: index.id, sceneId: id, scene })
      .finally(() => looks.delete(look));
    looks.add(look);
    await parts.remember(scene);
    while (looks.size >= MOST_LOOKS) await Promise.race(looks);
  };
  const looked$ = defer(() => Promise.all(looks)).pipe(ignoreElements());
  return (scenes$) => concat(scenes$.pipe(concatMap((scene) => from(keep(scene)))), looked$);
}
