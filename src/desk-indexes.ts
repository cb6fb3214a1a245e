import type { Connection } from './protocols/rtstream/connection.ts';
import type { SceneIndex } from './protocols/rtstream/scene-index.ts';
import type { IndexWish, StreamsDesk } from './session/streams.ts';
import { tierOf } from './stream-rows.ts';

/** Indexes of a stream and the alerts that watch them, from the desk. */
export class DeskIndexes {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async create(streamId: string, wish: IndexWish): Promise<void> {
    const stream = await this.#connection.getRtstream(streamId);
    const { name, prompt } = wish;
    if (wish.kind === 'audio') await stream.indexAudio({ name, prompt, batchConfig: { type: wish.by, value: wish.count } });
    else {
      const batchConfig = { type: 'time' as const, value: wish.seconds, frameCount: wish.frames };
      await stream.indexVisuals({ name, prompt, batchConfig, modelName: tierOf(wish.tier) });
    }
  }

  async run(streamId: string, indexId: string, running: boolean): Promise<void> {
    const index = await this.#find(streamId, indexId);
    await (running ? index.start() : index.stop());
  }

  async prompt(streamId: string, indexId: string, prompt: string): Promise<void> {
    await (await this.#find(streamId, indexId)).updatePrompt(prompt);
  }

  async alert(streamId: string, { indexId, eventId, callbackUrl }: Parameters<StreamsDesk['alert']>[1]): Promise<void> {
    await (await this.#find(streamId, indexId)).createAlert({ eventId, callbackUrl });
  }

  async enableAlert(streamId: string, indexId: string, alertId: string, enabled: boolean): Promise<void> {
    const index = await this.#find(streamId, indexId);
    await (enabled ? index.enableAlert(alertId) : index.disableAlert(alertId));
  }

  async #find(streamId: string, indexId: string): Promise<SceneIndex> {
    return (await this.#connection.getRtstream(streamId)).getSceneIndex(indexId);
  }
}
