import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { privateUrlsAllowed } from '../http/outside-url.ts';
import { FfmpegMissingError } from './ffmpeg/ensure.ts';
import type { Ffmpeg } from './ffmpeg/ensure.ts';
import { startOutsideProxy } from './ingest/outside-proxy.ts';
import type { OutsideProxy } from './ingest/outside-proxy.ts';
import { openOutsideRtsp } from './ingest/outside-rtsp.ts';
import { listenRtmp } from './ingest/rtmp-server.ts';
import type { RtmpServer } from './ingest/rtmp-server.ts';
import { openBytes, openRecorded, openUrl, SourceRefusedError } from './ingest/source.ts';
import type { SourcePolicy } from './ingest/source.ts';
import { TranscodeSlots } from './ingest/transcode-slots.ts';
import { LiveWindow } from './live/live-window.ts';
import type { Media, MediaOptions, MediaStream, SourceSpec } from './media-stream.ts';
import type { ReadDiskSpace } from './recording/disk-space.ts';
import { RecordingLibrary } from './recording/library.ts';
import { TakenIn } from './stream.ts';
import type { StreamSource } from './stream-run.ts';

/** Everything that is taken in by this gateway, and what was recorded of it. */

export interface CreateMediaOptions {
  readonly config: Pick<Config, 'dataDir' | 'host' | 'publicUrl' | 'allowPrivateUrls' | 'streams'>;
  /** What `ensureFfmpeg` found, or why it found none: recordings can be read without. */
  readonly ffmpeg: Ffmpeg | FfmpegMissingError;
  readonly log: Logger;
  /** Pictures that are encoded anew at once. Default 2. */
  readonly maxTranscodes?: number;
  /** Default: the disk's own word. */
  readonly space?: ReadDiskSpace;
}

/** `Media`, and what plays it live. */
export interface LiveMedia extends Media {
  /** What is shown of it; where it does not run, what was recorded last, as something that is over. Null: there is nothing. */
  live(id: string): LiveWindow | null;
  /** Null: none is running or stopped here. */
  find(id: string): MediaStream | null;
  /** Why nothing more can be taken in right now, else null. */
  refusal(): string | null;
  /** Ids under which something is kept. */
  kept(): readonly string[];
  /** Stops it and deletes what was recorded of it. */
  forget(id: string): Promise<void>;
}

const MAX_TRANSCODES = 2;
/** A camera catches up within a second or never; a tab sends what it kept for half a minute. */
const SETTLE_MS = 1000;
const TAB_SETTLE_MS = 10_000;

export async function createMedia(given: CreateMediaOptions): Promise<LiveMedia> {
  const { config, ffmpeg, log } = given;
  const unavailable = ffmpeg instanceof FfmpegMissingError ? ffmpeg.message : null;
  const program = ffmpeg instanceof FfmpegMissingError ? 'ffmpeg' : ffmpeg.ffmpeg;
  const limited = ffmpeg instanceof FfmpegMissingError || ffmpeg.limited;
  const folder = join(config.dataDir, 'recordings');
  const library = await RecordingLibrary.open({
    ...{ folder, budget: config.streams.recordingBytes },
    ...(given.space === undefined ? {} : { space: given.space }),
  });
  const slots = new TranscodeSlots(given.maxTranscodes ?? MAX_TRANSCODES);
  const streams = new Map<string, TakenIn>();
  const rtmp: RtmpServer | null =
    config.streams.rtmpPort === null || limited ? null : await listenRtmp(config.streams.rtmpPort, config.host, log);
  let proxy: Promise<OutsideProxy> | null = null;
  const policy: SourcePolicy = {
    allowPrivate: privateUrlsAllowed(config),
    limited,
    outsideProxy: async () => (await (proxy ??= startOutsideProxy())).url,
    outsideRtsp: openOutsideRtsp,
  };

  const sourceOf = (spec: SourceSpec): StreamSource => {
    switch (spec.kind) {
      case 'url':
        return { waits: false, settleMs: SETTLE_MS, open: (patient) => openUrl(spec.url, policy, patient) };
      case 'recorded':
        return {
          ...{ waits: false, settleMs: SETTLE_MS, startMs: () => spec.startMs },
          open: () => openRecorded(spec.path, limited),
        };
      case 'push':
        return {
          ...{ waits: true, settleMs: SETTLE_MS },
          async open(_patient, signal) {
            if (rtmp === null) throw new SourceRefusedError('No RTMP is served here (RTMP_PORT).');
            return openBytes(await rtmp.publisher(spec.key, signal), 'flv');
          },
        };
      case 'bytes':
        return {
          ...{ waits: true, settleMs: TAB_SETTLE_MS },
          open: () => Promise.resolve(openBytes(spec.open(), 'recording')),
          startMs: () => spec.startMs?.() ?? null,
        };
    }
  };

  const admit = (): string | null => {
    if (unavailable !== null) return unavailable;
    const running = [...streams.values()].filter((stream) => stream.running).length;
    return running < config.streams.maxStreams ? null : `${String(running)} streams run already (MAX_STREAMS)`;
  };

  const left = (id: string): LiveWindow | null => {
    const recording = library.known(id);
    return recording === null || recording.oldest === null ? null : LiveWindow.over(recording);
  };

  return {
    unavailable,
    stream(id: string, spec: SourceSpec, options: MediaOptions): MediaStream {
      const source = sourceOf(spec);
      const known = streams.get(id);
      if (known !== undefined) {
        known.replace(source, options);
        return known;
      }
      const made = new TakenIn({ id, program, source, options, library, slots, log, admit });
      streams.set(id, made);
      return made;
    },
    recording: (id) => library.recording(id),
    live: (id) => streams.get(id)?.live ?? left(id),
    find: (id) => streams.get(id) ?? null,
    refusal: admit,
    kept: () => library.ids(),
    async forget(id) {
      const stream = streams.get(id);
      streams.delete(id);
      await stream?.stop();
      await library.remove(id);
    },
    pushUrl(key) {
      if (rtmp === null) return null;
      const here = isIP(config.host) !== 0 && /^[0:.]+$/.test(config.host) ? hostname() : config.host;
      const host = config.publicUrl === null ? here : new URL(config.publicUrl).hostname;
      return `rtmp://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${String(rtmp.port)}/${key}`;
    },
    async close() {
      await Promise.all([...streams.values()].map((stream) => stream.stop()));
      await rtmp?.close();
      await (await proxy)?.close();
    },
  };
}
