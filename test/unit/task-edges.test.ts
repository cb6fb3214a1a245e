import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TasksDesk, TasksState } from '../../src/session/tasks.ts';
import { createTasksDesk } from '../../src/task-edges.ts';
import { FakeLivestream } from '../support/fake-livestream.ts';
import { everything, taskId } from '../support/fake-tasks.ts';

let desks: TasksDesk[] = [];
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  for (const desk of desks) desk.dispose();
  desks = [];
  expect(vi.getTimerCount()).toBeLessThan(3);
  vi.useRealTimers();
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

async function open(count: number, prepare: (service: FakeLivestream) => void = () => undefined) {
  const service = new FakeLivestream(count);
  prepare(service);
  const { fetch, WebSocket } = service;
  const desk = createTasksDesk({ baseUrl: 'https://g.test', token: 'eyJ', fetch, WebSocket, random: () => 0.5 });
  desks.push(desk);
  const states: TasksState[] = [];
  desk.state.subscribe((state) => states.push(state));
  desk.start();
  desk.start();
  await pass(2000);
  return {
    service,
    desk,
    states,
    state: () => desk.state.value,
    names: () => [...desk.state.value.list.items.values()].map(({ name }) => name),
  };
}

const LIST = 'GET /livestream/tasks';
const STATS = 'GET /livestream/tasks/stats';

describe('the list', () => {
  it('is loaded once, with counts and prompts', async () => {
    const { states, state, names } = await open(250);
    expect(states.map(({ phase }) => phase).filter((phase, at, all) => phase !== all[at - 1])).toEqual([
      'idle',
      'loading',
      'ready',
    ]);
    expect(state()).toMatchObject({
      list: { total: 250 },
      stats: { total: 250 },
      prompts: [{ name: '00.md' }],
      error: null,
      notice: null,
    });
    expect(names()).toHaveLength(100);
  });

  it('of ten thousand is read where somebody looks, and stays small', async () => {
    const { desk, service, state } = await open(10_000);
    for (let first = 0; first < 9900; first += 40) {
      desk.look(first, first + 30);
      await pass(30);
    }
    expect(state().list.items.size).toBeLessThanOrEqual(1000);
    expect(state().list.items.get(9889)?.id).toBe(taskId(9889));
    expect(service.calls(LIST)).toBeLessThan(110);
  });

  it('that is shorter than where somebody looks is read at its end', async () => {
    const { desk, state } = await open(250);
    desk.find(everything);
    desk.look(900, 930);
    await pass(500);
    expect(state().list.items.get(249)?.id).toBe(taskId(249));
  });

  it('begins anew with another question', async () => {
    const { desk, state, states, names } = await open(250);
    states.length = 0;
    desk.find({ ...everything, status: 'failed' });
    expect(state()).toMatchObject({ phase: 'loading', list: { total: 0 } });
    await pass(500);
    expect(state()).toMatchObject({ phase: 'ready', query: { status: 'failed' }, list: { total: 41 } });
    expect(names()[0]).toBe('Launch 5');
    expect(states.filter(({ list }) => list.total !== 0 && list.total !== 41)).toEqual([]);
  });

  it('changes when the service says so, without being read again', async () => {
    const { service, state } = await open(250);
    const before = service.calls(LIST);
    service.become(3, 'recording');
    await pass(50);
    expect(state().list.items.get(3)?.status).toBe('recording');
    expect(state().news).toEqual({ taskId: taskId(3), name: 'Launch 3', status: 'recording' });
    await pass(2000);
    expect(service.calls(LIST)).toBe(before);
    expect(state().stats?.recording).toBe(service.tasks.filter(({ status }) => status === 'recording').length);
  });

  it('is read again, quietly, when tasks come and go', async () => {
    const { service, state, states, names } = await open(250);
    states.length = 0;
    service.create(900);
    await pass(1500);
    expect([names()[0], state().list.total, state().stats?.total]).toEqual(['Launch 900', 251, 251]);
    service.remove(taskId(900));
    await pass(1500);
    expect([names()[0], state().list.total]).toEqual(['Launch 0', 250]);
    expect(states.every(({ phase, list }) => phase === 'ready' && list.items.size > 0)).toBe(true);
  });

  it('under a hundred changes a second is read once a second and shown ten times', async () => {
    const { desk, service, state, states } = await open(1000);
    desk.find({ ...everything, status: 'recording' });
    await pass(2000);
    const before = { list: service.calls(LIST), stats: service.calls(STATS) };
    states.length = 0;
    const statuses = ['recording', 'processing', 'completed'] as const;
    for (let change = 0; change < 1000; change++) {
      service.become((change * 7) % 1000, statuses[change % 3] ?? 'failed');
      await pass(10);
    }
    expect(service.calls(LIST) - before.list).toBeLessThanOrEqual(11);
    expect(service.calls(STATS) - before.stats).toBeLessThanOrEqual(11);
    const lists = new Set(states.map(({ list }) => list)).size;
    expect(lists).toBeGreaterThan(50);
    expect(lists).toBeLessThan(130);
    // Lists, news and counts.
    expect(states.length).toBeLessThan(250);
    await pass(2000);
    const found = service.tasks.filter(({ status }) => status === 'recording');
    expect(state().list.total).toBe(found.length);
    expect([...state().list.items.values()].map(({ id }) => id)).toEqual(found.slice(0, 100).map(({ id }) => id));
    expect(state().stats?.recording).toBe(found.length);
  });
});

describe('a task that is looked at', () => {
  const id = taskId(3);
  const room = `/ws/room/task-${id}`;

  it('shows its log and progress as they come, nothing twice', async () => {
    const { desk, service, state } = await open(10, (one) => {
      one.logs.set(id, ['first', 'second']);
      one.become(3, 'processing');
      one.progress = { step: 'join', percentage: 5 };
    });
    desk.select(id);
    expect(state()).toMatchObject({ selected: id, detail: null });
    await pass(100);
    expect(state().detail).toMatchObject({ task: { id }, log: ['first', 'second'], progress: { step: 'join', percentage: 5 } });
    service.tell(room, 'task_log', { task_id: id, line: 'third' });
    service.tell(room, 'task_progress', { task_id: id, step: 'read', percentage: 40 });
    await pass(10);
    expect(state().detail).toMatchObject({ log: ['first', 'second', 'third'], progress: { step: 'read', percentage: 40 } });
    // While it is cut, two lines are written; one comes with the log and by the room.
    service.socket(room)?.close(1006, 'cut');
    service.logs.set(id, ['first', 'second', 'third', 'fourth', 'fifth']);
    await pass(510);
    service.tell(room, 'task_log', { task_id: id, line: 'fifth' });
    await pass(100);
    expect(state().detail?.log).toEqual(['first', 'second', 'third', 'fourth', 'fifth']);
    desk.select(null);
    expect(state()).toMatchObject({ selected: null, detail: null });
    expect(service.connections.filter(({ url, closedWith }) => url.includes('/ws/room/') && closedWith === null)).toHaveLength(1);
  });

  it('shows what was made of it when it is made', async () => {
    const { desk, service, state } = await open(10);
    service.become(3, 'recording');
    desk.select(id);
    await pass(100);
    expect(state().detail).toMatchObject({ manuscript: null, liveUrl: 'https://g.test/live.m3u8' });
    service.become(3, 'processing');
    await pass(1200);
    expect(state().detail).toMatchObject({ task: { status: 'processing' }, liveUrl: null });
    service.tell(room, 'task_progress', { task_id: id, step: 'read', percentage: 100 });
    service.manuscripts.set(id, {
      title: 'T',
      data: [{ frame_number: 1, filename: 'frame_00001.png', content: 'Q3', at_ms: 500 }],
    });
    service.tell(room, 'task_progress', { task_id: id, step: 'hear', percentage: 0 });
    await pass(1200);
    expect(state().detail?.manuscript).toEqual({
      title: 'T',
      frames: [{ number: 1, filename: 'frame_00001.png', text: 'Q3', atMs: 500, imageUrl: 'https://g.test/frame.png' }],
    });
    service.tasks[3] = { ...service.tasks[3]!, report: '# Done' };
    service.become(3, 'completed');
    await pass(1200);
    expect(state().detail).toMatchObject({ task: { report: '# Done' }, progress: null });
  });

  it('that is gone is no longer looked at; one that never was is told', async () => {
    const { desk, service, state } = await open(10);
    desk.select(id);
    await pass(100);
    service.remove(id);
    await pass(100);
    expect(state()).toMatchObject({ selected: null, detail: null, news: { taskId: id, status: 'deleted' } });
    desk.select(taskId(999));
    await pass(100);
    expect(state()).toMatchObject({ phase: 'ready', detail: null, notice: { code: 'bad-option' } });
    desk.select(taskId(1));
    await pass(100);
    expect(state()).toMatchObject({ notice: null, detail: { task: { id: taskId(1) } } });
  });
});

describe('wishes', () => {
  it('change nothing before the service says so', async () => {
    const { desk, service, state } = await open(10);
    const done = desk.listen(taskId(4), true);
    await pass(2000);
    await done;
    expect(service.asked).toContain(`POST /livestream/tasks/${taskId(4)}/listen/start`);
    expect(state().list.items.get(4)?.status).toBe('pending');
    await Promise.all([desk.analyse(taskId(4)), desk.remove(taskId(4)), pass(100)]);
    expect(service.calls(`DELETE /livestream/tasks/${taskId(4)}`)).toBe(1);
  });

  it('to make one tell its id and how far it is', async () => {
    const { desk } = await open(10);
    const told: (number | null)[] = [];
    const wish = { url: 'https://live.test', name: 'n', startMs: 0, entity: null, prompt: null, image: null };
    const made = desk.create(wish, (percentage) => told.push(percentage));
    await pass(100);
    expect(await made).toBe(taskId(900));
    expect(told).toEqual([null]);
  });

  it('that are refused reject with the server’s words', async () => {
    const { desk, state } = await open(10);
    const refused = expect(desk.listen(taskId(999), false)).rejects.toMatchObject({
      code: 'bad-option',
      message: '404 There is no such task.',
    });
    await pass(100);
    await refused;
    expect(state().notice).toBeNull();
  });
});

describe('without a service', () => {
  it('it is an error, until it can be had', async () => {
    const { desk, service, state } = await open(10, (one) => {
      one.down = 'offline';
    });
    expect(state()).toMatchObject({ phase: 'error', error: { code: 'socket-refused', retryable: true }, reconnecting: true });
    service.down = null;
    desk.retry();
    await pass(100);
    expect(state()).toMatchObject({ phase: 'ready', error: null, notice: null, reconnecting: false, list: { total: 10 } });
  });

  it('what was there stays, and is brought up to date when it comes back', async () => {
    const { service, state, names } = await open(10);
    service.down = 503;
    service.socket('/ws/livestream')?.close(1012, 'restart');
    service.create(900);
    await pass(1000);
    expect(state()).toMatchObject({ phase: 'ready', reconnecting: true });
    expect(names()).toHaveLength(10);
    service.down = null;
    await pass(30_000);
    expect(state()).toMatchObject({ phase: 'ready', reconnecting: false, notice: null, list: { total: 11 } });
  });

  it('a task that is looked at is read again with the rest when it comes back', async () => {
    const { desk, service, state } = await open(10);
    desk.select(taskId(3));
    await pass(100);
    service.down = 503;
    for (const socket of service.connections) socket.close(1012, 'restart');
    service.become(3, 'recording');
    desk.select(taskId(4));
    await pass(1000);
    expect(state()).toMatchObject({ detail: null, notice: { code: 'server-busy' } });
    service.down = null;
    await pass(30_000);
    expect(state()).toMatchObject({ notice: null, detail: { task: { id: taskId(4) } } });
  });

  it('that refuses the token says so, and asks again when somebody does', async () => {
    const { desk, service, state } = await open(10, (one) => {
      one.down = 401;
    });
    expect(state()).toMatchObject({ phase: 'error', error: { code: 'token-refused' } });
    const asked = service.asked.length;
    await pass(120_000);
    expect(service.asked.length).toBeLessThan(asked + 20);
    service.down = null;
    desk.retry();
    await pass(31_000);
    expect(state()).toMatchObject({ phase: 'ready', reconnecting: false });
  });

  it('ends with the desk', async () => {
    const { desk, service, states } = await open(10);
    desk.select(taskId(1));
    await pass(50);
    desk.dispose();
    states.length = 0;
    service.become(1, 'failed');
    await pass(60_000);
    expect(states).toEqual([]);
    expect(service.connections.every(({ closedWith }) => closedWith === 1000)).toBe(true);
  });
});
