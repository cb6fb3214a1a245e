import type { LivestreamTask, TaskStatus } from '../../src/session/tasks.ts';
import { fakeSocket } from './fake-socket.ts';
import type { FakeConnection } from './fake-socket.ts';
import { fakeTask, statsOf } from './fake-tasks.ts';

/** A livestream service in memory: its routes by `fetch`, its sockets without a network, both in virtual time. */

export class FakeLivestream {
  tasks: LivestreamTask[];
  readonly asked: string[] = [];
  readonly connections: readonly FakeConnection[];
  readonly WebSocket: ReturnType<typeof fakeSocket>['WebSocket'];
  readonly logs = new Map<string, string[]>();
  readonly manuscripts = new Map<string, { title: string; data: object[] }>();
  prompts = [{ name: '00.md', content: 'What?' }];
  progress: { step: string | null; percentage?: number } = { step: null };
  /** Answers to every call while it is set. */
  down: number | 'offline' | null = null;
  /** How long an answer takes, ms. */
  latencyMs = 10;
  #id = 0;
  #now = fakeTask(0).updatedMs;

  constructor(count: number) {
    this.tasks = Array.from({ length: count }, (_, place) => fakeTask(place));
    const { WebSocket, connections } = fakeSocket((connection) => setTimeout(() => this.#greet(connection), this.latencyMs));
    this.WebSocket = WebSocket;
    this.connections = connections;
  }

  readonly fetch = (url: string, init: RequestInit): Promise<Response> => {
    const { pathname, searchParams } = new URL(url);
    const call = `${init.method ?? 'GET'} ${pathname}`;
    this.asked.push(call);
    const { down } = this;
    return new Promise((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      const answer = this.#answer(call, searchParams);
      setTimeout(() => {
        if (down === 'offline') reject(new TypeError('fetch failed'));
        else if (down !== null) resolve(new Response(JSON.stringify({ detail: 'Not now.' }), { status: down }));
        else resolve(answer);
      }, this.latencyMs);
    });
  };

  calls(call: string): number {
    return this.asked.filter((one) => one === call).length;
  }

  /** The socket that was opened last and is not closed, of this path. */
  socket(path: string): FakeConnection | undefined {
    return this.connections.findLast((one) => new URL(one.url).pathname === path && one.closedWith === null);
  }

  become(place: number, status: TaskStatus): void {
    const task = this.tasks[place];
    if (task === undefined) return;
    this.#now += 1;
    this.tasks[place] = { ...task, status, updatedMs: this.#now };
    this.#notice('task_status_update', {
      task_id: task.id,
      status,
      ...named(task),
      updated_at: new Date(this.#now).toISOString(),
    });
  }

  create(place: number): LivestreamTask {
    const task = fakeTask(place, { status: 'pending' });
    this.tasks.unshift(task);
    this.#notice('task_created', { task_id: task.id, status: 'pending', ...named(task) });
    return task;
  }

  remove(id: string): void {
    this.tasks = this.tasks.filter((task) => task.id !== id);
    this.#notice('task_deleted', { task_id: id, livestream_name: 'x' });
  }

  tell(path: string, type: string, data: object): void {
    this.socket(path)?.receive({ type, data, timestamp: new Date(this.#now).toISOString(), source: 'livestream_service' });
  }

  #notice(type: string, data: object): void {
    this.#id += 1;
    this.socket('/ws/livestream')?.receive({ type, data, timestamp: new Date(this.#now).toISOString(), id: this.#id });
  }

  #greet(connection: FakeConnection): void {
    if (this.down !== null) {
      connection.close(1006, '');
      return;
    }
    connection.open();
    const replay = new URL(connection.url).searchParams.has('since') ? { replay: { complete: true } } : {};
    connection.receive({
      type: 'connection_established',
      data: { user_id: 'u', connection_id: 'c', last_id: this.#id, ...replay },
    });
  }

  #answer(call: string, query: URLSearchParams): Response {
    if (call === 'GET /livestream/tasks') return json(this.#page(query));
    if (call === 'GET /livestream/tasks/stats') return json(statsOf(this.tasks));
    if (call === 'GET /livestream/prompts') return json(this.prompts);
    const [, id = '', rest = ''] = /^\w+ \/livestream\/tasks\/([^/]+)(.*)$/.exec(call) ?? [];
    const task = this.tasks.find((one) => one.id === id);
    if (call === 'POST /livestream/tasks') return json(wire(fakeTask(900)), 201);
    if (task === undefined) return json({ detail: 'There is no such task.', code: 'task_not_found' }, 404);
    if (call.startsWith('POST') || call.startsWith('DELETE')) return json({ task_id: id, status: 'success', message: '' });
    const manuscript = this.manuscripts.get(id);
    switch (rest) {
      case '':
        return json(wire(task));
      case '/log':
        return json({ log_content: (this.logs.get(id) ?? []).join('\n') });
      case '/progress':
        return json(this.progress);
      case '/playback':
        return json({ live_url: task.status === 'recording' ? 'https://g.test/live.m3u8' : null, recorded_url: null });
      case '/manuscript':
        return manuscript === undefined ? json({ detail: 'None yet.' }, 404) : json(manuscript);
      default:
        return json({ items: (manuscript?.data ?? []).map((frame) => ({ ...frame, url: 'https://g.test/frame.png' })) });
    }
  }

  #page(query: URLSearchParams): object {
    const status = query.get('status');
    const found = this.tasks.filter((task) => status === null || task.status === status);
    const [page, limit] = [Number(query.get('page')), Number(query.get('limit'))];
    const items = found.slice((page - 1) * limit, page * limit).map(wire);
    return { items, total: found.length, page, limit, totalPages: Math.ceil(found.length / limit) };
  }
}

const json = (body: object, status = 200): Response => new Response(JSON.stringify(body), { status });

const named = (task: LivestreamTask): object => ({
  ...{ livestream_name: task.name, host_name: task.hostName, start_time: new Date(task.startMs).toISOString() },
});

const wire = (task: LivestreamTask): object => ({
  ...{ id: task.id, url: task.url, entity: task.entity, status: task.status, bililive_live_id: task.liveId, ...named(task) },
  ...{ prompt_content: task.promptContent, livestream_image: task.image, summary_report: task.report },
  ...{ created_at: new Date(task.createdMs).toISOString(), updated_at: new Date(task.updatedMs).toISOString() },
});
