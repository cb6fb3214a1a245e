import type { Observable } from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import { everyItem } from '../rtstream/pages.ts';
import type { CallOptions } from '../settled.ts';
import type { SocketConstructor } from '../socket.ts';
import { list } from '../rtstream/codec-fields.ts';
import { Calls, isMissing } from './calls.ts';
import type { CallsOptions, UploadOptions } from './calls.ts';
import { readFrames, readLog, readManuscript, readPlayback, readProgress, readPrompt } from './codec-made.ts';
import type { FramePicture, ManuscriptFacts, PlaybackFacts, ProgressFacts, PromptFacts } from './codec-made.ts';
import { readDone, readPage, readPublicTask, readStats, readTask, required } from './codec-tasks.ts';
import type { Done, PublicTaskFacts, StatsFacts, Status, TaskFacts, TaskPage } from './codec-tasks.ts';
import { notifications } from './notifications.ts';
import type { NotificationMessage } from './notifications.ts';
import { createForm, pastTaskBody } from './wishes.ts';
import type { CreateTask, PastTask } from './wishes.ts';

/** The livestream service for programs: every route, and what it tells by itself. */

export interface LivestreamOptions extends CallsOptions {
  /** For platforms without a WebSocket: Node 20. */
  readonly WebSocket?: SocketConstructor | undefined;
  /** 0 ≤ x < 1; default Math.random. */
  readonly random?: (() => number) | undefined;
  /** Ends a wait for the next try early: the user pressed retry, the network came back. */
  readonly retry$?: Observable<unknown> | undefined;
}

export interface TaskListOptions extends CallOptions {
  /** From 1. */
  readonly page?: number | undefined;
  /** Of a page; default 20, at most 100. */
  readonly limit?: number | undefined;
  readonly status?: Status | null | undefined;
  /** In names and hosts. */
  readonly search?: string | undefined;
  /** Default: `created_at`. */
  readonly sortBy?: 'created_at' | 'start_time' | 'status' | 'livestream_name' | undefined;
  /** Default: `desc`. */
  readonly order?: 'asc' | 'desc' | undefined;
}

export interface PublicListOptions extends Pick<TaskListOptions, 'page' | 'limit' | 'order' | 'signal'> {
  /** Default: `start_time`. */
  readonly sortBy?: 'start_time' | 'livestream_name' | undefined;
}

export interface FollowOptions {
  /** Id of the last notice that is known; first tells what came after it. */
  readonly since?: number | undefined;
  /** `everything`: alerts and the state of streams, too. Default: `tasks`. */
  readonly topic?: 'tasks' | 'everything' | undefined;
}

/**
 * ```ts
 * const client = new LivestreamClient({ baseUrl: 'https://gateway.example' }); // in a page: its own token
 * const task = await client.create({ url: 'https://live.example/1', name: 'Launch', startMs: Date.now() });
 * client.notifications().subscribe((message) => …);
 * ```
 */
export class LivestreamClient {
  readonly #calls: Calls;
  readonly #options: LivestreamOptions;

  /** Throws `bad-option`. Nothing is asked of the server yet. */
  constructor(options: LivestreamOptions) {
    this.#calls = new Calls(options);
    this.#options = options;
  }

  tasks({ page = 1, limit = 20, status, search, sortBy, order, signal }: TaskListOptions = {}): Promise<TaskPage<TaskFacts>> {
    const query = { page, limit, status, search_term: search === '' ? null : search, sort_by: sortBy, order };
    return this.#calls.get('/livestream/tasks', (answer) => readPage(answer, readTask), query, { signal });
  }

  /** One after the other; a page is asked for when the one before has been taken. */
  everyTask(options: Omit<TaskListOptions, 'page'> = {}): AsyncIterable<TaskFacts> {
    return every((page) => this.tasks({ limit: 100, ...options, page }));
  }

  publicTasks({ page = 1, limit = 20, sortBy, order, signal }: PublicListOptions = {}): Promise<TaskPage<PublicTaskFacts>> {
    const query = { page, limit, sort_by: sortBy, order };
    return this.#calls.get('/livestream/public_tasks', (answer) => readPage(answer, readPublicTask), query, { signal });
  }

  everyPublicTask(options: Omit<PublicListOptions, 'page'> = {}): AsyncIterable<PublicTaskFacts> {
    return every((page) => this.publicTasks({ limit: 100, ...options, page }));
  }

  task(id: string, options: CallOptions = {}): Promise<TaskFacts> {
    return this.#calls.get(pathOf(id), readTask, {}, options);
  }

  stats(options: CallOptions = {}): Promise<StatsFacts> {
    return this.#calls.get('/livestream/tasks/stats', readStats, {}, options);
  }

  /** Watched, recorded and analysed from now on. */
  async create(wish: CreateTask, options: UploadOptions = {}): Promise<TaskFacts> {
    return this.#calls.upload('/livestream/tasks', readTask, createForm(wish), options);
  }

  /** An event that is over, with its report. */
  async createPast(wish: PastTask, options: CallOptions = {}): Promise<TaskFacts> {
    return this.#calls.send('POST', '/livestream/tasks/history', readTask, await pastTaskBody(wish), options);
  }

  startListening(id: string, options: CallOptions = {}): Promise<Done> {
    return this.#calls.send('POST', `${pathOf(id)}/listen/start`, readDone, undefined, options);
  }

  stopListening(id: string, options: CallOptions = {}): Promise<Done> {
    return this.#calls.send('POST', `${pathOf(id)}/listen/stop`, readDone, undefined, options);
  }

  reanalyze(id: string, options: CallOptions = {}): Promise<Done> {
    return this.#calls.send('POST', `${pathOf(id)}/re-analyze`, readDone, undefined, options);
  }

  delete(id: string, options: CallOptions = {}): Promise<Done> {
    return this.#calls.send('DELETE', pathOf(id), readDone, undefined, options);
  }

  /** Read by everybody. */
  prompts(options: CallOptions = {}): Promise<readonly PromptFacts[]> {
    return this.#calls.getOpen('/livestream/prompts', (answer) => list(answer).map(readPrompt), options);
  }

  savePrompt({ name, content }: PromptFacts, options: CallOptions = {}): Promise<PromptFacts> {
    return this.#calls.send('POST', `/livestream/prompts/${encodeURIComponent(name)}`, readPrompt, { content }, options);
  }

  /** Lines, oldest first. */
  log(id: string, options: CallOptions = {}): Promise<readonly string[]> {
    return this.#calls.get(`${pathOf(id)}/log`, readLog, {}, options);
  }

  /** Null: there is none (yet). */
  manuscript(id: string, options: CallOptions = {}): Promise<ManuscriptFacts | null> {
    return orNull(this.#calls.get(`${pathOf(id)}/manuscript`, readManuscript, { format: 'json' }, options));
  }

  /** As Markdown; null: there is none (yet). */
  manuscriptText(id: string, options: CallOptions = {}): Promise<string | null> {
    const read = (answer: unknown): string => {
      const { content } = required(answer, 'manuscript');
      if (typeof content === 'string') return content;
      throw new AssistantError('bad-message', 'content: not text', { field: 'content' });
    };
    return orNull(this.#calls.get(`${pathOf(id)}/manuscript`, read, { format: 'md' }, options));
  }

  /** Pictures of the frames; none until there is a manuscript. */
  frames(id: string, options: CallOptions = {}): Promise<readonly FramePicture[]> {
    const read = (answer: unknown): readonly FramePicture[] => readFrames(answer, this.#calls.baseUrl);
    return this.#calls.get(`${pathOf(id)}/frames`, read, {}, options);
  }

  playback(id: string, options: CallOptions = {}): Promise<PlaybackFacts> {
    return this.#calls.get(`${pathOf(id)}/playback`, (answer) => readPlayback(answer, this.#calls.baseUrl), {}, options);
  }

  /** Null: nothing is under way. */
  progress(id: string, options: CallOptions = {}): Promise<ProgressFacts | null> {
    return this.#calls.get(`${pathOf(id)}/progress`, readProgress, {}, options);
  }

  /** Cold; reconnects until nobody listens, with what was missed. Fails with what trying again does not mend. */
  notifications({ since, topic = 'tasks' }: FollowOptions = {}): Observable<NotificationMessage> {
    return this.#follow(topic === 'tasks' ? '/ws/livestream' : '/ws', since);
  }

  /** What is said in a room; that of a task tells its log and progress. */
  room(name: string): Observable<NotificationMessage> {
    return this.#follow(`/ws/room/${encodeURIComponent(name)}`);
  }

  taskRoom(id: string): Observable<NotificationMessage> {
    return this.room(`task-${id}`);
  }

  #follow(path: string, since?: number): Observable<NotificationMessage> {
    const { WebSocket, random, retry$ } = this.#options;
    const token = (refused: string | null): Promise<string> => this.#calls.token(refused);
    return notifications({ baseUrl: this.#calls.baseUrl, path, token, since, WebSocket, random, retry$ });
  }
}

const pathOf = (id: string): string => `/livestream/tasks/${encodeURIComponent(id)}`;

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw cause;
  }
}

const every = <T>(read: (page: number) => Promise<TaskPage<T>>): AsyncIterable<T> =>
  everyItem(async (page) => {
    const { items, total, totalPages } = await read(page);
    return { items, total, hasNext: page < totalPages };
  });
