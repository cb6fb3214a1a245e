import { concatMap, from } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import type { Selectable } from 'kysely';
import { json } from '../store/json.ts';
import type { IndexTable } from '../store/stream-tables.ts';
import type { Database } from '../store/tables.ts';
import type { Alerts } from './alerts/alerts.ts';
import type { Channels } from './channels/frame.ts';
import type { NewScene } from './scene.ts';
import type { StreamFacts } from './stored-transcript.ts';

/** What an index says goes into the tables, out on its channel, and to the alerts, in order. */

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

export function storedScenes(stream: StreamFacts, index: IndexRow, parts: SceneParts): OperatorFunction<NewScene, void> {
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
    // First the alerts: somebody waits for them.
    await parts.alerts.look({ streamId: stream.id, streamName: stream.name, indexId: index.id, sceneId: id, scene });
    await parts.remember(scene);
  };
  return concatMap((scene) => from(keep(scene)));
}
