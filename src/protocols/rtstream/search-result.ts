import { readClip, readShots } from './codec-videos.ts';
import type { Clip, ShotFacts } from './codec-videos.ts';
import type { Rest } from './rest.ts';
import type { CallOptions } from '../settled.ts';

/** What a search found, best first, and how to play it. */

export class Shot {
  readonly facts: ShotFacts;
  readonly #rest: Rest;

  constructor(rest: Rest, facts: ShotFacts) {
    this.#rest = rest;
    this.facts = facts;
  }

  /** A playlist of this hit alone. */
  async generateStream(options: CallOptions = {}): Promise<Clip> {
    const { streamId, videoId, startMs, endMs } = this.facts;
    // The shortest that is played is a second.
    const [start, end] = [startMs / 1000, Math.max(endMs, startMs + 1000) / 1000];
    if (streamId !== null && videoId === null) {
      return readClip(await this.#rest.get(`/rtstream/${encodeURIComponent(streamId)}/stream`, { start, end }, options));
    }
    const path = `/video/${encodeURIComponent(videoId ?? '')}/stream`;
    return readClip(await this.#rest.send('POST', path, { timeline: [[start, end]] }, options));
  }
}

export class SearchResult {
  readonly shots: readonly Shot[];
  readonly #rest: Rest;

  constructor(rest: Rest, answer: unknown, streamId: string | null = null) {
    this.#rest = rest;
    this.shots = readShots(answer, streamId).map((facts) => new Shot(rest, facts));
  }

  /** One playlist of all hits of videos, one after the other. Rejects with `bad-option` when there are none. */
  async compile(options: CallOptions = {}): Promise<Clip> {
    return readClip(await this.#rest.send('POST', '/compile', shotsOfVideos(this.shots), options));
  }
}

const shotsOfVideos = (shots: readonly Shot[]): readonly unknown[] =>
  shots.flatMap(({ facts: { videoId, collectionId, startMs, endMs } }) =>
    videoId === null ? [] : [{ video_id: videoId, collection_id: collectionId, shots: [[startMs / 1000, endMs / 1000]] }],
  );
