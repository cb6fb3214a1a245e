import type { Connection } from './protocols/rtstream/connection.ts';
import type { Shot } from './protocols/rtstream/search-result.ts';
import type { DeskClip, DeskHit, DeskState, SearchWhere } from './session/streams.ts';
import { AssistantError } from './shared/errors.ts';
import { deskHit } from './stream-rows.ts';

/** Searching from the desk, and playing what was found. */
export class DeskSearch {
  readonly #connection: Connection;
  readonly #collection: string;
  /** What was found last, to be played. */
  readonly #shots = new Map<DeskHit, Shot>();

  constructor(connection: Connection, collection: string) {
    this.#connection = connection;
    this.#collection = collection;
  }

  /** Empty when nothing is found. */
  async search(where: SearchWhere, query: string, state: () => DeskState): Promise<readonly DeskHit[]> {
    const result = await this.#found(where, query);
    this.#shots.clear();
    for (const shot of result) this.#shots.set(deskHit(shot, state()), shot);
    return [...this.#shots.keys()];
  }

  async compile(hits: readonly DeskHit[]): Promise<DeskClip> {
    const shots = hits.flatMap((hit) => this.#shots.get(hit) ?? []);
    const [only] = shots;
    if (only !== undefined && shots.length === 1) return only.generateStream();
    const body = shots.map(({ facts: { videoId, collectionId, startMs, endMs } }) => ({
      ...{ video_id: videoId, collection_id: collectionId, shots: [[startMs / 1000, endMs / 1000]] },
    }));
    const answer = await this.#connection.rest.send('POST', '/compile', body);
    const { stream_url: streamUrl, player_url: playerUrl } = answer;
    return { streamUrl: String(streamUrl), playerUrl: typeof playerUrl === 'string' ? playerUrl : null };
  }

  async #found(where: SearchWhere, query: string): Promise<readonly Shot[]> {
    if (where.in === 'stream') return (await (await this.#connection.getRtstream(where.id)).search(query)).shots;
    const collection = await this.#connection.getCollection(this.#collection);
    if (where.in === 'all') return (await collection.search(query)).shots;
    try {
      return (await (await collection.getVideo(where.id)).search(query)).shots;
    } catch (cause) {
      // A video without hits is told by a refusal (the seed's words).
      if (cause instanceof AssistantError && cause.message.includes('No results found')) return [];
      throw cause;
    }
  }
}
