import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TestContext } from 'vitest';
import { bililiveRecorder } from '../../demo/server/livestream/recorder/bililive.ts';
import { RecorderError } from '../../demo/server/livestream/recorder/recorder.ts';
import type { Recorder, RecorderEvent, Watched } from '../../demo/server/livestream/recorder/recorder.ts';
import { createMedia } from '../../demo/server/media/create-media.ts';
import type { LiveMedia } from '../../demo/server/media/create-media.ts';
import { createMediaUrls } from '../../demo/server/media/published/urls.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import type { Database } from '../../demo/server/store/tables.ts';
import { startBililive } from '../support/bililive-stub.ts';
import type { BililiveStub } from '../support/bililive-stub.ts';
import { ffmpegPath, film, runFfmpeg } from '../support/media-samples.ts';

/** bililive-go as the recorder: what it lists and keeps, asked of servers that answer as it does, one a test. */

const log = pino({ level: 'silent' });
const urls = createMediaUrls('a key');
const WAIT = { timeout: 30_000 };
let dataDir = '';
let flv = '';
let database: Database;
let media: LiveMedia;
let rooms = 0;

const livestream = { port: null, bililiveUrl: null, ownTasksOnly: false, tokenSeconds: 60, quietSeconds: 1 };
const config = () => ({
  ...{ dataDir, host: '127.0.0.1', publicUrl: null, allowPrivateUrls: false, livestream },
  streams: { databaseUrl: null, rtmpPort: null, webhookSecret: null, recordingBytes: 1e9, maxStreams: 4 },
});
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'viva-bililive-'));
  database = await openDatabase({ databaseUrl: null, dataDir: null });
  const ffmpeg = { ffmpeg: ffmpegPath(), ffprobe: null, how: 'system', limited: false } as const;
  media = await createMedia({ config: config(), ffmpeg, log });
  flv = join(dataDir, 'film.flv');
  await runFfmpeg(['-loglevel', 'error', '-y', '-i', (await film({ seconds: 7 })).path, '-c', 'copy', flv]);
}, 60_000);
afterAll(async () => {
  await media.close();
  await database.destroy();
  await rm(dataDir, { recursive: true, force: true });
});
const room = (): string => `https://live.bilibili.com/${String(++rooms)}`;

interface Stage {
  readonly bililive: BililiveStub;
  readonly recorder: Recorder;
  readonly events: RecorderEvent[];
  readonly kinds: () => readonly string[];
  readonly listed: (url: string) => ReturnType<BililiveStub['lives']>[number] | undefined;
  readonly task: (url: string) => Promise<Watched & { readonly liveId: string }>;
  /** Closes the recorder; gives another one on the same server, which tells the same list. */
  readonly reopened: (meanwhile?: () => void) => Promise<Recorder>;
}

/** A bililive-go of its own, so that they can run beside each other. */
async function staged({ onTestFinished }: Pick<TestContext, 'onTestFinished'>, over: LiveMedia = media): Promise<Stage> {
  const bililive = await startBililive();
  const events: RecorderEvent[] = [];
  const open = (): Recorder => {
    const made = bililiveRecorder({ media: over, database, urls, config: config(), log, url: bililive.url, pollMs: 200 });
    made.events$.subscribe((event) => events.push(event));
    return made;
  };
  let recorder = open();
  onTestFinished(async () => {
    await recorder.close();
    await bililive.close();
  });
  return {
    ...{ bililive, recorder, events },
    kinds: () => events.map(({ type }) => type).filter((type) => type !== 'note'),
    listed: (url) => bililive.lives().find(({ live_url }) => live_url === url),
    async task(url) {
      const watched = { id: randomUUID(), url, name: 'n' };
      const { liveId } = await recorder.add(watched);
      await database
        .insertInto('livestream_tasks')
        .values({
          ...{ id: watched.id, url, livestream_name: 'n', start_time: new Date(), status: 'listening', bililive_live_id: liveId },
          ...{ host_name: 'h', prompt_content: '', owner: 'o', wanted: true, updated_at: new Date() },
        })
        .execute();
      return { ...watched, liveId };
    },
    async reopened(meanwhile) {
      await recorder.close();
      meanwhile?.();
      recorder = open();
      return recorder;
    },
  };
}

describe.concurrent('bililive-go', () => {
  it('is told of an address once, and what it leaves out is refused', async (context) => {
    const { bililive, recorder } = await staged(context);
    const url = room();
    const first = await recorder.add({ id: 'a', url, name: 'n' });
    expect(first).toEqual({ liveId: expect.stringMatching(/^[0-9a-f]{32}$/) as string, hostName: '主播 A' });
    // It answers 200 with a shorter list when it knows an address, and when it does not take one.
    expect(await recorder.add({ id: 'b', url: `${url}/`, name: 'n' })).toEqual(first);
    for (const wrong of ['https://elsewhere.example/1', 'rtmp://live.bilibili.com/1'])
      await expect(recorder.add({ id: 'c', url: wrong, name: 'n' })).rejects.toMatchObject({ kind: 'refused' });
    await vi.waitFor(() => expect(recorder.name).toBe(`bililive-go 0.8.0-rc.8 (${bililive.url})`), WAIT);
  });

  it('records, and its files are parts of ours from then on', async (context) => {
    const { bililive, recorder, events, kinds, listed, task } = await staged(context);
    const url = room();
    const one = await task(url);
    await recorder.listen(one);
    await vi.waitFor(() => expect(listed(url)?.listening).toBe(true), WAIT);
    const beganMs = Date.now();
    await bililive.goLive(url, flv);
    await vi.waitFor(() => expect(events).toContainEqual({ type: 'recording', taskId: one.id, hostName: '主播 A' }), WAIT);
    bililive.goOff(url);
    // It may come back within its time.
    await vi.waitFor(
      () => expect(events.some((event) => event.type === 'note' && /no more/.test(event.message))).toBe(true),
      WAIT,
    );
    expect(kinds()).toEqual(['recording']);
    await vi.waitFor(() => expect(events.at(-1)).toEqual({ type: 'ended', taskId: one.id, nothing: false }), WAIT);
    const parts = await recorder.parts(one.id);
    expect(parts).toHaveLength(1);
    expect((parts[0]?.endMs ?? 0) - (parts[0]?.startMs ?? 0)).toBeGreaterThan(6800);
    // Its file is named by Shanghai's clock, hours from ours, to the second.
    expect(Math.abs((parts[0]?.startMs ?? 0) - beganMs)).toBeLessThan(60_000);
    expect((await recorder.playback(one.id, 'http://x')).recordedUrl).toContain(`/manifests/ls-${one.id}/`);
    // What was fetched is gone, what was wrapped anew is there.
    expect(await readdir(join(dataDir, 'livestream', one.id))).toEqual([]);

    await recorder.remove(one.id, one.liveId);
    await vi.waitFor(() => expect(listed(url)).toBeUndefined(), WAIT);
    expect(media.kept()).not.toContain(`ls-${one.id}`);
  });

  it('that was stopped gives what it has', async (context) => {
    const { bililive, recorder, kinds, listed, task } = await staged(context);
    const url = room();
    const one = await task(url);
    await recorder.listen(one);
    await bililive.goLive(url, flv);
    await vi.waitFor(() => expect(kinds()).toEqual(['recording']), WAIT);
    await recorder.unlisten(one.id);
    expect(listed(url)).toMatchObject({ listening: false, recording: false });
    expect(await recorder.parts(one.id)).toHaveLength(1);
    expect(kinds()).toEqual(['recording']);
  });

  it('goes on where a gateway ended', async (context) => {
    const { bililive, recorder, events, kinds, task, reopened } = await staged(context);
    const url = room();
    const one = await task(url);
    await recorder.listen(one);
    await bililive.goLive(url, flv);
    await vi.waitFor(() => expect(kinds()).toEqual(['recording']), WAIT);
    const second = await reopened(() => bililive.goOff(url));
    await second.listen({ ...one, begun: true });
    await vi.waitFor(() => expect(kinds()).toEqual(['recording', 'ended']), WAIT);
    expect(await second.parts(one.id)).toHaveLength(1);
    // The end was told, and was not heard: it is told again.
    const third = await reopened();
    await third.listen({ ...one, begun: true });
    expect(events.slice(-2).map(({ type }) => type)).toEqual(['ended', 'ended']);
    expect(events.at(-1)).toEqual({ type: 'ended', taskId: one.id, nothing: false });
  });

  it('may be away: what is asked of it is refused or done later, and one line says so', async (context) => {
    const { bililive, recorder, events, listed, task } = await staged(context);
    const url = room();
    const one = await task(url);
    await bililive.fall();
    await expect(recorder.add({ id: 'x', url: room(), name: 'n' })).rejects.toMatchObject({ kind: 'unavailable' });
    await recorder.listen(one);
    await vi.waitFor(() => expect(events).toHaveLength(1), WAIT);
    await expect(recorder.unlisten(one.id)).rejects.toBeInstanceOf(RecorderError);
    await bililive.rise();
    await vi.waitFor(() => expect(listed(url)?.listening).toBe(true), WAIT);
    expect(events.map((event) => (event.type === 'note' ? [event.level, event.message] : event.type))).toEqual([
      ['WARNING', 'bililive-go does not answer. It is asked again until it does.'],
      ['INFO', 'bililive-go answers again.'],
    ]);
  });

  it('gives its files when there is a place to take them in', async (context) => {
    let why: string | null = '4 streams run already (MAX_STREAMS)';
    const { bililive, recorder, events, kinds, task } = await staged(context, { ...media, refusal: () => why });
    const url = room();
    const one = await task(url);
    await recorder.listen(one);
    await bililive.goLive(url, flv);
    await vi.waitFor(() => expect(kinds()).toEqual(['recording']), WAIT);
    bililive.goOff(url);
    const isTold = (event: RecorderEvent): boolean => event.type === 'note' && event.message.includes('MAX_STREAMS');
    await vi.waitFor(() => expect(events.filter(isTold)).toHaveLength(1), WAIT);
    why = null;
    await vi.waitFor(() => expect(events.at(-1)).toEqual({ type: 'ended', taskId: one.id, nothing: false }), WAIT);
    expect(events.filter(isTold)).toHaveLength(1);
  });

  it('keeps an address that another task is of', async (context) => {
    const { recorder, listed, task } = await staged(context);
    const url = room();
    const [one, two] = [await task(url), await task(url)];
    await recorder.listen(one);
    await recorder.listen(two);
    await vi.waitFor(() => expect(listed(url)?.listening).toBe(true), WAIT);
    await recorder.unlisten(one.id);
    await database.deleteFrom('livestream_tasks').where('id', '=', one.id).execute();
    await recorder.remove(one.id, one.liveId);
    expect(listed(url)?.listening).toBe(true);
    await database.deleteFrom('livestream_tasks').where('id', '=', two.id).execute();
    await recorder.remove(two.id, two.liveId);
    await vi.waitFor(() => expect(listed(url)).toBeUndefined(), WAIT);
  });
});
