import { firstText, text } from './codec-fields.ts';
import { readCaptureSession } from './codec-streams.ts';
import type { CaptureSessionFacts } from './codec-streams.ts';
import type { Connection } from './connection.ts';
import type { CallOptions } from '../settled.ts';
import type { RTStream } from './stream.ts';

/** A capture session: the streams of one recorder, by channel. */

export interface CaptureExport {
  /** `exporting`, `exported`, `failed`; ask again while it is exporting. */
  readonly status: string;
  readonly videoId: string | null;
  readonly streamUrl: string | null;
  readonly playerUrl: string | null;
}

export class CaptureSession {
  readonly #connection: Connection;
  readonly #collectionId: string;
  #facts: CaptureSessionFacts;

  constructor(connection: Connection, collectionId: string, facts: CaptureSessionFacts) {
    this.#connection = connection;
    this.#collectionId = collectionId;
    this.#facts = facts;
  }

  get id(): string {
    return this.#facts.id;
  }

  /** As last told by the server. */
  get facts(): CaptureSessionFacts {
    return this.#facts;
  }

  async refresh(options: CallOptions = {}): Promise<CaptureSessionFacts> {
    this.#facts = readCaptureSession(await this.#connection.rest.get(this.#path(''), {}, options), this.id);
    return this.#facts;
  }

  /** The streams of a channel (`mic`, `camera`, `screen`, `system_audio`), in any case; none before the recorder began. */
  getRtstream(channel: string, options: CallOptions = {}): Promise<readonly RTStream[]> {
    const wanted = channel.toLowerCase();
    const ids = this.#facts.streams.filter(({ channelId }) => channelId?.toLowerCase() === wanted).map(({ id }) => id);
    return Promise.all(ids.map((id) => this.#connection.getRtstream(id, options)));
  }

  /** Begins an export once; asked again it tells how far it is. */
  async export(
    options: CallOptions & { readonly videoChannelId?: string; readonly wsConnectionId?: string } = {},
  ): Promise<CaptureExport> {
    const body = { video_channel_id: options.videoChannelId, connection_id: options.wsConnectionId };
    const answer = await this.#connection.rest.send('POST', this.#path('/export'), body, options);
    return {
      status: text(answer['export_status']) ?? '',
      videoId: firstText(answer['video_id'], answer['exported_video_id']),
      streamUrl: text(answer['stream_url']),
      playerUrl: text(answer['player_url']),
    };
  }

  #path(rest: string): string {
    return `/collection/${encodeURIComponent(this.#collectionId)}/capture/session/${encodeURIComponent(this.id)}${rest}`;
  }
}
