import { exhaustMap, filter, firstValueFrom, timer } from 'rxjs';
import type { Connection } from './protocols/rtstream/connection.ts';
import type { Video } from './protocols/rtstream/video.ts';
import type { DeskClip, DeskVideo } from './session/streams.ts';
import { AssistantError } from './shared/errors.ts';
import { deskVideo } from './stream-rows.ts';

/** Videos at the desk: made of streams and captures, heard, captioned, downloaded, analysed. */

type Progress = (percentage: number | null) => void;

/** How often it is asked whether a capture is a video, ms. */
const CAPTURE_LOOK_MS = 1500;

export class DeskVideos {
  readonly #connection: Connection;
  readonly #collection: string;

  constructor(connection: Connection, collection: string) {
    this.#connection = connection;
    this.#collection = collection;
  }

  async export(streamId: string, name: string | null, progress: Progress): Promise<DeskVideo> {
    const stream = await this.#connection.getRtstream(streamId);
    const { videoId } = await stream.export({ progress, ...(name === null ? {} : { name }) });
    return deskVideo(await this.#video(videoId));
  }

  /** Rejects with `server-error` when it fails. */
  async exportCapture(captureId: string): Promise<void> {
    const collection = await this.#connection.getCollection(this.#collection);
    const session = await collection.getCaptureSession(captureId);
    const { status } = await firstValueFrom(
      timer(0, CAPTURE_LOOK_MS).pipe(
        exhaustMap(() => session.export()),
        filter((told) => told.status !== 'exporting'),
      ),
    );
    if (status !== 'exported') throw new AssistantError('server-error', 'The capture could not be made a video.');
  }

  async indexSpokenWords(videoId: string, progress: Progress): Promise<void> {
    await (await this.#video(videoId)).indexSpokenWords({ progress });
  }

  async words(videoId: string): Promise<string> {
    const lines = await (await this.#video(videoId)).lines();
    return lines.map(({ text }) => text).join('\n');
  }

  async subtitled(videoId: string, progress: Progress): Promise<DeskClip> {
    return (await this.#video(videoId)).addSubtitle({ progress });
  }

  async download(videoId: string): Promise<string> {
    return (await this.#video(videoId)).download();
  }

  async analyse(videoId: string, prompt: string, progress: Progress): Promise<string> {
    const { answer } = await (await this.#video(videoId)).analyse(prompt, { progress });
    return JSON.stringify(answer, null, 2);
  }

  async #video(id: string): Promise<Video> {
    return (await this.#connection.getCollection(this.#collection)).getVideo(id);
  }
}
