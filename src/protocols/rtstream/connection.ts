import type { Observable } from 'rxjs';
import { channelMessages } from './channels.ts';
import type { ChannelMessage, ChannelOptions } from './channels.ts';
import type { CaptureSession } from './capture-session.ts';
import { openChannelSocket } from './channel-socket.ts';
import type { ChannelSocket } from './channel-socket.ts';
import { list, number, requiredText, text } from './codec-fields.ts';
import { readCollection, readStream } from './codec-streams.ts';
import { readEvent } from './codec-told.ts';
import type { EventFacts } from './codec-told.ts';
import { Collection } from './collection.ts';
import { Rest } from './rest.ts';
import type { RestOptions } from './rest.ts';
import type { CallOptions } from '../settled.ts';
import type { SocketConstructor } from '../socket.ts';
import { RTStream } from './stream.ts';

/** Where everything begins: an account at a gateway that speaks VideoDB's RTStream API. */

export interface ConnectionOptions extends RestOptions {
  /** For platforms without a WebSocket: Node 20. */
  readonly WebSocket?: SocketConstructor | undefined;
  /** 0 ≤ x < 1; default Math.random. */
  readonly random?: (() => number) | undefined;
  /** Ends a wait for the next try early: the user pressed retry, the network came back. */
  readonly retry$?: Observable<unknown> | undefined;
}

/** What `channels` hears. */
export type ListenOptions = Pick<ChannelOptions, 'streamIds' | 'since' | 'connectionId'>;

/**
 * ```ts
 * const connection = connect({ baseUrl: 'https://gateway.example' }); // in a page: its own token
 * const collection = await connection.getCollection();
 * const stream = await collection.connectRtstream({ url: 'rtsp://camera.example/1', name: 'Door' });
 * const { streamUrl, playerUrl } = await stream.generateStream(Date.now() - 60_000, Date.now());
 * ```
 */
export const connect = (options: ConnectionOptions): Connection => new Connection(options);

export class Connection {
  readonly rest: Rest;
  readonly #options: ConnectionOptions;

  /** Throws `bad-option`. Nothing is asked of the server yet. */
  constructor(options: ConnectionOptions) {
    this.rest = new Rest(options);
    this.#options = options;
  }

  async getCollection(id = 'default', options: CallOptions = {}): Promise<Collection> {
    const answer = await this.rest.get(`/collection/${encodeURIComponent(id)}`, {}, options);
    return new Collection(this, readCollection(answer, id));
  }

  async getCollections(options: CallOptions = {}): Promise<readonly Collection[]> {
    const answer = await this.rest.get('/collection', {}, options);
    return list(answer['collections']).map((one) => new Collection(this, readCollection(one)));
  }

  async getRtstream(id: string, options: CallOptions = {}): Promise<RTStream> {
    const answer = await this.rest.get(`/rtstream/${encodeURIComponent(id)}`, {}, options);
    return new RTStream(this, readStream({ id, ...answer }));
  }

  async getCaptureSession(id: string, options: CallOptions = {}): Promise<CaptureSession> {
    const collection = new Collection(this, { id: 'default', name: '', description: '', isPublic: false });
    return collection.getCaptureSession(id, options);
  }

  /** Resolves with the event's id. */
  async createEvent(event: { readonly eventPrompt: string; readonly label: string }, options: CallOptions = {}): Promise<string> {
    const body = { event_prompt: event.eventPrompt, label: event.label };
    return requiredText((await this.rest.send('POST', '/rtstream/event', body, options))['event_id'], 'event_id');
  }

  async listEvents(options: CallOptions = {}): Promise<readonly EventFacts[]> {
    return list((await this.rest.get('/rtstream/event', {}, options))['events']).map(readEvent);
  }

  /** For a page or a recorder; made with the key, on a server. */
  async generateClientToken({ expiresInS = 86_400, signal }: CallOptions & { readonly expiresInS?: number } = {}): Promise<{
    readonly token: string;
    readonly expiresAt: number | null;
  }> {
    const answer = await this.rest.send('POST', '/capture/session/token', { expires_in: expiresInS }, { signal });
    const lastsS = number(answer['expires_in']);
    return {
      token: requiredText(text(answer['token']), 'token'),
      expiresAt: lastsS === null ? null : Date.now() + lastsS * 1000,
    };
  }

  /** A socket whose id other calls take as `wsConnectionId`. It reconnects under the same id until it is closed. */
  connectWebsocket(options: CallOptions = {}): Promise<ChannelSocket> {
    return openChannelSocket((listen) => this.channels(listen), options);
  }

  /** Cold: subscribing opens a socket, unsubscribing closes it. What was missed in between is told after a reconnect. */
  channels(listen: ListenOptions = {}): Observable<ChannelMessage> {
    const { WebSocket, random, retry$ } = this.#options;
    const address = async (): Promise<string> =>
      requiredText((await this.rest.get('/collection/default/websocket'))['websocket_url'], 'websocket_url');
    return channelMessages({ address, WebSocket, random, retry$, ...listen });
  }
}
