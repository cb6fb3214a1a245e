import { createReadStream } from 'node:fs';
import pino from 'pino';
import { createMedia } from '../../demo/server/media/create-media.ts';
import type { SourceSpec } from '../../demo/server/media/media-stream.ts';
import { ffmpegPath } from './media-samples.ts';

/**
 * A gateway's recorder alone in a process of its own, to be killed: records the source of its second argument under the folder of its first.
 * A path is read again and again as fast as it goes, so that something is always being written.
 */

const [, , dataDir = '', source = '', id = 'rts-killed'] = process.argv;
const config = {
  ...{ dataDir, host: '127.0.0.1', publicUrl: null, allowPrivateUrls: false },
  streams: { databaseUrl: null, rtmpPort: null, webhookSecret: null, recordingBytes: 1e10, maxStreams: 4 },
};
const ffmpeg = { ffmpeg: ffmpegPath(), ffprobe: null, how: 'system', limited: false } as const;
const media = await createMedia({ config, ffmpeg, log: pino({ level: 'silent' }) });
const spec: SourceSpec = source.startsWith('/')
  ? { kind: 'bytes', open: () => createReadStream(source) }
  : { kind: 'url', url: source };
const stream = media.stream(id, spec, { tracks: ['audio', 'video'], store: true });
stream.start();
const told = new Set<string>();
setInterval(() => {
  for (const { file } of stream.recording.window(0, Infinity)) {
    if (told.has(file)) continue;
    told.add(file);
    // What has been said here was on the disk: it must be there after whatever comes.
    process.stdout.write(`${file}\n`);
  }
}, 20);
