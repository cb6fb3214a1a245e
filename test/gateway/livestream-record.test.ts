import { randomUUID } from 'node:crypto';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { embeddedRecorder } from '../../demo/server/livestream/recorder/embedded.ts';
import { createLook } from '../../demo/server/livestream/recorder/look.ts';
import { RecorderError } from '../../demo/server/livestream/recorder/recorder.ts';
import type { Recorder, RecorderEvent, Watched } from '../../demo/server/livestream/recorder/recorder.ts';
import { createMedia } from '../../demo/server/media/create-media.ts';
import type { LiveMedia } from '../../demo/server/media/create-media.ts';
import { createMediaUrls } from '../../demo/server/media/published/urls.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import type { Database } from '../../demo/server/store/tables.ts';
import { ffmpegPath, film, runFfmpeg } from '../support/media-samples.ts';
import { startRtmpPublisher, startRtspSource } from '../support/media-sources.ts';
import { startRtmpRelay } from '../support/rtmp-relay.ts';
import { serveLive } from '../support/served-live.ts';
import type { ServedLive } from '../support/served-live.ts';

/** The embedded recorder over real connections: what it sees, records and goes on with. They play in real time, so they run beside each other. */

const log = pino({ level: 'silent' });
const urls = createMediaUrls('a key');
const never = new AbortController().signal;
const WAIT = { timeout: 30_000 };
let dataDir = '';
let path = '';
let database: Database;
let media: LiveMedia;

const config = () => ({
  ...{ dataDir, host: '127.0.0.1', publicUrl: null, allowPrivateUrls: false },
  streams: { databaseUrl: null, rtmpPort: null, webhookSecret: null, recordingBytes: 1e9, maxStreams: 8 },
  livestream: { port: null, bililiveUrl: null, ownTasksOnly: false, tokenSeconds: 60, quietSeconds: 2 },
});
const ffmpegHere = () => ({ ffmpeg: ffmpegPath(), ffprobe: null, how: 'system', limited: false }) as const;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'viva-record-'));
  database = await openDatabase({ databaseUrl: null, dataDir: null });
  media = await createMedia({ config: config(), ffmpeg: ffmpegHere(), log });
  ({ path } = await film({ seconds: 7 }));
}, 60_000);
afterAll(async () => {
  await media.close();
  await database.destroy();
  await rm(dataDir, { recursive: true, force: true });
});

interface Told {
  readonly recorder: Recorder;
  readonly events: RecorderEvent[];
  readonly kinds: () => readonly string[];
}

const open = (over: LiveMedia = media): Told => {
  const recorder = embeddedRecorder({ media: over, database, urls, config: config(), log });
  const events: RecorderEvent[] = [];
  recorder.events$.subscribe((event) => events.push(event));
  return { recorder, events, kinds: () => events.map(({ type }) => type).filter((type) => type !== 'note') };
};

const task = async (url: string): Promise<Watched> => {
  const id = randomUUID();
  await database
    .insertInto('livestream_tasks')
    .values({
      ...{ id, url, livestream_name: 'n', start_time: new Date(), status: 'listening', bililive_live_id: 'x', host_name: 'h' },
      ...{ prompt_content: '', owner: 'o', wanted: true, updated_at: new Date() },
    })
    .execute();
  return { id, url, name: 'n' };
};

describe.concurrent('a look', () => {
  const look = createLook(true);
  const kind = async (url: string): Promise<string> => (await look(url, never)).kind;

  it('tells what is served by HTTP, and what a stranger may not name', async () => {
    const live = await serveLive({ path });
    expect([await kind(live.url), await kind(live.pageUrl)]).toEqual(['absent', 'unresolved']);
    live.begin();
    await vi.waitFor(async () => expect(await kind(live.url)).toBe('live'), WAIT);
    live.end();
    expect(await kind(live.url)).toBe('over');
    live.drop();
    expect(await look(live.url, never)).toEqual({ kind: 'absent', why: 'it answers 503' });
    expect([await kind(path), await kind(`${path}.none`)]).toEqual(['file', 'absent']);
    const stranger = createLook(false);
    for (const url of [live.url, path, 'rtsp://127.0.0.1/x', 'rtmp://localhost/a/b'])
      expect((await stranger(url, never)).kind).toBe('refused');
    await live.close();
  });

  it('tells whether a camera sends, and whether somebody publishes', async () => {
    const relay = await startRtmpRelay();
    expect(await look(relay.url, AbortSignal.timeout(1500))).toMatchObject({ kind: 'absent' });
    const [camera, encoder] = [await startRtspSource({ film: path }), startRtmpPublisher(relay.url, { film: path })];
    await vi.waitFor(async () => expect([await kind(camera.url), await kind(relay.url)]).toEqual(['live', 'live']), WAIT);
    await Promise.all([camera.drop(), encoder.drop()]);
    await vi.waitFor(async () => expect(await kind(camera.url)).toBe('absent'), WAIT);
    await Promise.all([camera.stop(), encoder.stop(), relay.close()]);
    expect(await look(relay.url, never)).toEqual({ kind: 'absent', why: 'nobody answers there' });
  });

  it('is not led astray by what speaks no such protocol', async () => {
    const babble = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(Buffer.alloc(20_000, 3));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => babble.once('listening', resolve));
    const at = `127.0.0.1:${String((babble.address() as AddressInfo).port)}`;
    for (const url of [`rtsp://${at}/x`, `rtmp://${at}/a/b`, `http://${at}/x`])
      expect(['unsure', 'absent'], url).toContain(await kind(url));
    babble.close();
  });
});

describe.concurrent('the embedded recorder', () => {
  it('records a broadcast from its beginning to its end, and forgets it with its files', async () => {
    const live = await serveLive({ path });
    const { recorder, events, kinds } = open();
    const one = await task(live.url);
    await recorder.listen(one);
    await recorder.listen(one);
    await vi.waitFor(() => expect(events.map(({ type }) => type)).toEqual(['note']), WAIT);
    expect(media.find(`ls-${one.id}`)).toBeNull();
    live.begin();
    await vi.waitFor(() => expect(kinds()).toEqual(['recording']), WAIT);
    const playing = await recorder.playback(one.id, 'http://x');
    expect([playing.liveUrl, playing.recordedUrl]).toEqual([expect.stringContaining(`/live/ls-${one.id}/index.m3u8?s=`), null]);
    await vi.waitFor(() => expect(media.recording(`ls-${one.id}`).ranges()).not.toEqual([]), WAIT);
    live.end();
    await vi.waitFor(() => expect(events.at(-1)).toEqual({ type: 'ended', taskId: one.id, nothing: false }), WAIT);

    const [part, ...more] = await recorder.parts(one.id);
    if (part === undefined) throw new Error('there is no part');
    expect(more).toEqual([]);
    // As ffmpeg reads it.
    await runFfmpeg(['-hide_banner', '-loglevel', 'error', '-y', '-i', part.file, '-c', 'copy', join(dataDir, 'joined.mp4')]);
    expect(part.endMs - part.startMs).toBeGreaterThan(1900);
    expect(part.endMs - part.startMs).toBeLessThan(7100);
    const { recordedUrl } = await recorder.playback(one.id, 'http://x');
    expect(urls.read(recordedUrl ?? '')).toMatchObject({ kind: 'clip', streamId: `ls-${one.id}` });

    await recorder.remove(one.id);
    await expect(access(join(dataDir, 'recordings', `ls-${one.id}`))).rejects.toThrow('ENOENT');
    expect(media.kept()).not.toContain(`ls-${one.id}`);
    await recorder.close();
    await live.close();
  });

  it('goes on where a gateway ended: what is back is the same broadcast, what stays away is over', async () => {
    const live = await serveLive({ path, loop: true });
    const one = await task(live.url);
    const first = open();
    live.begin();
    await first.recorder.listen(one);
    await vi.waitFor(() => expect(first.kinds()).toEqual(['recording']), WAIT);
    await vi.waitFor(() => expect(media.recording(`ls-${one.id}`).ranges()).not.toEqual([]), WAIT);
    await first.recorder.close();
    const second = open();
    await second.recorder.listen({ ...one, begun: true });
    await vi.waitFor(() => expect(media.find(`ls-${one.id}`)?.health.value.state).toBe('live'), WAIT);
    live.drop();
    await vi.waitFor(() => expect(second.kinds()).toEqual(['recording', 'ended']), WAIT);
    expect(await second.recorder.parts(one.id)).toHaveLength(2);
    await second.recorder.close();
    await live.close();
  });

  it('stopped while it records keeps what there is, deleted nothing, and neither tells of an end', async () => {
    const [one, gone] = [await task(path), await task(path)];
    const first = open();
    await Promise.all([first.recorder.listen(one), first.recorder.listen(gone)]);
    await vi.waitFor(() => expect(first.kinds()).toEqual(['recording', 'recording']), WAIT);
    for (const { id } of [one, gone]) await vi.waitFor(() => expect(media.recording(`ls-${id}`).ranges()).not.toEqual([]), WAIT);
    await database.deleteFrom('livestream_tasks').where('id', '=', gone.id).execute();
    await Promise.all([first.recorder.unlisten(one.id), first.recorder.remove(gone.id)]);
    expect(await first.recorder.parts(one.id)).toHaveLength(1);
    await expect(access(join(dataDir, 'recordings', `ls-${gone.id}`))).rejects.toThrow('ENOENT');
    expect(first.kinds()).toEqual(['recording', 'recording']);
    await first.recorder.close();

    // A gateway that was killed between the two leaves a recording without a task: the next one does not.
    await database.deleteFrom('livestream_tasks').where('id', '=', one.id).execute();
    await open().recorder.close();
    expect(media.kept()).not.toContain(`ls-${one.id}`);
  });

  it('waits when as much is taken in as may be, and says so once', async () => {
    const full = { ...media, refusal: () => '4 streams run already (MAX_STREAMS)' };
    const { recorder, events } = open(full);
    await recorder.listen(await task(path));
    await vi.waitFor(() => expect(events).toHaveLength(1), WAIT);
    expect(events[0]).toMatchObject({
      type: 'note',
      level: 'WARNING',
      message: expect.stringContaining('MAX_STREAMS') as string,
    });
    await recorder.close();
  });

  it('knows a page by its title, an address by itself, and refuses what it may not call', async () => {
    const live: ServedLive = await serveLive({ path, title: '新车发布会 · Room' });
    const { recorder } = open();
    const names = async (url: string): Promise<string> => (await recorder.add({ id: 'x', url, name: 'n' })).hostName;
    expect(await names(live.pageUrl)).toBe('新车发布会 · Room');
    const bilibili = await recorder.add({ id: 'x', url: 'https://live.bilibili.com/12345', name: 'n' });
    expect([bilibili.liveId, bilibili.hostName]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/./)]);
    await expect(names('gopher://x/')).rejects.toBeInstanceOf(RecorderError);
    await recorder.close();
    await live.close();
  });
});
