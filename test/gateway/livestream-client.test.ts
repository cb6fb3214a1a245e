import { randomUUID } from 'node:crypto';
import { filter, firstValueFrom, map, timeout } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { LivestreamClient, login, loginTokens } from '../../src/livestream.ts';
import type { NotificationMessage } from '../../src/livestream.ts';
import { createTasksDesk } from '../../src/task-edges.ts';
import { KEY, playTasks } from '../support/livestream-api.ts';
import type { PlayedTasks } from '../support/livestream-api.ts';

/** Our client against the gateway's own routes and sockets: every method once, tokens that expire, and the desk over both. */

let played: PlayedTasks;
let baseUrl = '';
let client: LivestreamClient;
const open = new Set<WebSocket>();

/** Remembered, so that a test can cut it. */
class Cuttable extends WebSocket {
  constructor(url: string) {
    super(url);
    open.add(this.on('close', () => open.delete(this)).on('error', () => undefined));
  }
}

beforeAll(async () => {
  played = await playTasks({ sockets: true, env: { RATE_PER_MINUTE: '100000' } });
  baseUrl = await played.listen();
  client = new LivestreamClient({
    baseUrl,
    token: loginTokens({ baseUrl }, { apiKey: KEY }),
    WebSocket: Cuttable,
    random: () => 0,
  });
});
afterAll(() => played.close());

const wish = { url: 'https://live.bilibili.com/12345', name: '新车发布会', startMs: Date.UTC(2026, 10, 20, 14) };
const until = <T>(look: () => T) => expect.poll(look, { timeout: 20_000 });
/** PNG of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('every method', () => {
  it('tasks are made, found, counted, watched, stopped, analysed, deleted', async () => {
    const image = new Blob([Buffer.from(PIXEL, 'base64')], { type: 'image/png' });
    const made = await client.create({ ...wish, entity: 'Car maker', image });
    expect(made).toMatchObject({ name: '新车发布会', entity: 'Car maker', status: 'pending', startMs: wish.startMs });
    expect(made.image).toMatch(/^data:image\/jpeg;base64,/);
    expect(await client.task(made.id)).toEqual(made);
    expect((await client.tasks({ search: '发布会', status: 'pending' })).items.map(({ id }) => id)).toEqual([made.id]);
    expect(await client.startListening(made.id)).toMatchObject({ taskId: made.id });
    expect((await client.task(made.id)).status).toBe('listening');
    await client.stopListening(made.id);
    await expect(client.reanalyze(made.id)).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining('409') as string,
    });
    const frame = { frame_number: 1, filename: 'frame_00001.png', content: 'Q3 营收', at_ms: 1500 };
    played.manuscripts.set(made.id, { title: 'Launch', total_frames: 1, data: [frame] });
    await client.reanalyze(made.id);
    expect(await client.progress(made.id)).toEqual({ step: 'join', percentage: 0 });
    expect(await client.manuscript(made.id)).toEqual({
      title: 'Launch',
      frames: [{ number: 1, filename: 'frame_00001.png', text: 'Q3 营收', atMs: 1500 }],
    });
    expect(await client.manuscriptText(made.id)).toContain('Q3 营收');
    const [picture] = await client.frames(made.id);
    expect(await fetch(picture?.url ?? '').then((answer) => answer.text())).toBe('a picture');
    await played.deps.taskLog.write(made.id, 'INFO', '12 frames kept of 340');
    expect(await client.log(made.id)).toEqual([expect.stringMatching(/ - INFO - 12 frames kept of 340$/)]);
    expect(await client.playback(made.id)).toEqual({ liveUrl: null, recordedUrl: null });
    expect((await client.stats()).total).toBeGreaterThan(0);
    await client.delete(made.id);
    await expect(client.task(made.id)).rejects.toMatchObject({ code: 'bad-option' });
    expect(await client.manuscript(randomUUID())).toBeNull();
  });

  it('past events, public lists, pages, prompts of any name', async () => {
    for (const name of ['one', 'two', 'three']) await client.createPast({ ...wish, name, report: `# ${name}` });
    const image = new Blob([Buffer.from(PIXEL, 'base64')], { type: 'image/png' });
    const past = await client.createPast({ ...wish, name: 'four', report: '# four', image });
    expect(past).toMatchObject({ status: 'completed', liveId: null, hostName: 'four', image: `data:image/png;base64,${PIXEL}` });
    const names = [];
    for await (const task of client.everyTask({ limit: 3, status: 'completed', sortBy: 'created_at', order: 'asc' }))
      names.push(task.name);
    expect(names).toEqual(['one', 'two', 'three', 'four']);
    const shown = [];
    for await (const task of client.everyPublicTask({ limit: 3 })) shown.push(task.report);
    expect(shown).toContain('# one');
    const name = '01.车企发布会摘要总结.md';
    expect(await client.savePrompt({ name, content: '# 价格' })).toEqual({ name, content: '# 价格' });
    expect(await client.prompts()).toContainEqual({ name, content: '# 价格' });
    const fault = { code: 'bad-option', field: 'url' };
    await expect(client.create({ ...wish, url: 'javascript:alert(1)' })).rejects.toMatchObject(fault);
  });
});

describe('notifications', () => {
  it('are heard over cuts, each once, and in the room of a task', async () => {
    const told: NotificationMessage[] = [];
    const listening = client.notifications().subscribe((message) => told.push(message));
    await until(() => told[0]?.type).toBe('connected');
    const ids: string[] = [];
    for (let made = 0; made < 12; made++) {
      ids.push((await client.createPast({ ...wish, report: '#' })).id);
      if (made % 4 === 1) for (const socket of open) socket.terminate();
    }
    const heard = (): string[] => told.flatMap((message) => (message.type === 'task-created' ? [message.taskId] : []));
    await until(() => heard().length).toBe(ids.length);
    expect(heard()).toEqual(ids);
    expect(told.filter(({ type }) => type === 'connected').length).toBeGreaterThan(1);
    listening.unsubscribe();

    const [id = ''] = ids;
    const line$ = client.taskRoom(id).pipe(
      filter((message) => {
        if (message.type === 'connected') void played.deps.taskLog.write(id, 'WARNING', 'in its room');
        return message.type === 'task-log';
      }),
      map(({ line }) => line),
      timeout(20_000),
    );
    expect(await firstValueFrom(line$)).toMatch(/WARNING - in its room$/);
  });
});

describe('tokens', () => {
  it('are renewed by what the last login gave, and one that was used is void with all that came of it', async () => {
    const first = await login({ baseUrl }, { apiKey: KEY });
    const second = await login({ baseUrl }, { refreshToken: first.refreshToken });
    expect(second.userId).toBe(first.userId);
    const late = new LivestreamClient({ baseUrl, token: loginTokens({ baseUrl }, { refreshToken: first.refreshToken }) });
    await expect(late.stats()).rejects.toMatchObject({ code: 'token-refused' });
    await expect(login({ baseUrl }, { refreshToken: second.refreshToken })).rejects.toMatchObject({ code: 'token-refused' });
  });

  it('that are refused are replaced on the way, once', async () => {
    const good = await login({ baseUrl }, { apiKey: KEY });
    const reasons: string[] = [];
    const mended = new LivestreamClient({
      ...{ baseUrl, WebSocket: Cuttable },
      token: (reason) => {
        reasons.push(reason);
        return Promise.resolve({ token: reason === 'first' ? `${good.accessToken}x` : good.accessToken });
      },
    });
    await Promise.all([mended.stats(), mended.stats(), firstValueFrom(mended.notifications().pipe(timeout(20_000)))]);
    expect(reasons).toEqual(['first', 'refused']);
  });
});

describe('the desk', () => {
  it('shows what happens at the gateway, over a cut', async () => {
    const desk = createTasksDesk({
      baseUrl,
      token: loginTokens({ baseUrl }, { apiKey: KEY }),
      WebSocket: Cuttable,
      random: () => 0,
    });
    const names = (): string[] => [...desk.state.value.list.items.values()].map(({ name }) => name);
    desk.start();
    await until(() => desk.state.value.phase).toBe('ready');
    const { total } = desk.state.value.list;
    const id = await desk.create({ ...wish, name: 'By the desk', entity: null, prompt: null, image: null }, () => undefined);
    await until(() => [names()[0], desk.state.value.stats?.total]).toEqual(['By the desk', total + 1]);
    desk.select(id);
    await until(() => desk.state.value.detail?.task.id).toBe(id);
    await desk.listen(id, true);
    await until(() => [desk.state.value.list.items.get(0)?.status, desk.state.value.detail?.task.status]).toEqual([
      'listening',
      'listening',
    ]);
    await played.deps.taskLog.write(id, 'INFO', 'before the cut');
    await until(() => desk.state.value.detail?.log.length).toBe(1);
    for (const socket of open) socket.terminate();
    await played.deps.taskLog.write(id, 'INFO', 'while it was cut');
    await played.deps.tasks.become(id, 'recording');
    await until(() => [desk.state.value.list.items.get(0)?.status, desk.state.value.detail?.log.length]).toEqual([
      'recording',
      2,
    ]);
    await desk.remove(id);
    await until(() => [desk.state.value.list.total, desk.state.value.selected]).toEqual([total, null]);
    desk.dispose();
    await until(() => open.size).toBe(0);
  });
});
