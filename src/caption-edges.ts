import { BehaviorSubject, defer, endWith, NEVER, of, Subject, type Observable, type Subscription } from 'rxjs';
import { soundOf } from './audio/media-element.ts';
import { createInterpreter } from './interpreter-edges.ts';
import { addLine } from './pipelines/caption-lines.ts';
import { type Closed, reconnect, type Lost } from './pipelines/reconnect.ts';
import { room, roomToken, type RoomEvent } from './protocols/livestream/room.ts';
import type { CaptionSource, CaptionSourceState } from './session/caption-source.ts';
import type { Interpreter } from './session/interpreter.ts';
import type { InterpreterOptions } from './session/interpreter/options.ts';
import { AssistantError } from './shared/errors.ts';

/** The composition root of captions that stand alone: a tag's wishes made into an interpreter, or into a room that is followed. */

/** As much of a tag as decides where its captions come from. */
export interface CaptionOptions {
  readonly from: string | null;
  readonly to: string | null;
  readonly endpoint: string;
  readonly tokenUrl: string | null;
  readonly tokenProvider: NonNullable<InterpreterOptions['tokenProvider']> | null;
  readonly room: string | null;
  readonly roomUrl: string | null;
  /** Lets its holder follow the room; null = one is asked for at `/rooms/token`. */
  readonly roomToken: string | null;
  readonly media: HTMLMediaElement | null;
  /** Device id; null = the browser's choice. */
  readonly microphone: string | null;
}

/** Opens nothing before `start`. Throws `bad-option` when the options cannot be meant. */
export function createCaptions(options: CaptionOptions): CaptionSource {
  const { endpoint, from, to, tokenUrl, tokenProvider, media, microphone } = options;
  if (options.room !== null) return new RoomCaptions(followed(options, options.room));
  const wishes: InterpreterOptions = {
    endpoint,
    ...(from === null ? {} : { from }),
    to,
    microphone,
    ...(tokenUrl === null ? {} : { tokenUrl }),
    ...(tokenProvider === null ? {} : { tokenProvider }),
  };
  if (media === null) return createInterpreter(wishes);
  const sound = soundOf(media);
  return heardFrom(createInterpreter({ ...wishes, stream: sound.stream }), () => sound.release());
}

/** The interpreter with the element's sound let go at its end. */
function heardFrom(interpreter: Interpreter, release: () => void): CaptionSource {
  return {
    state: interpreter.state,
    start: () => interpreter.start(),
    stop: () => interpreter.stop(),
    retry: () => interpreter.retry(),
    dispose: () => {
      interpreter.dispose();
      release();
    },
  };
}

const followed =
  (options: CaptionOptions, name: string) =>
  (now$: Observable<unknown>): Observable<RoomEvent | Lost | Closed> => {
    const endpoint = options.roomUrl ?? options.endpoint;
    const url = options.tokenUrl ?? new URL('/rooms/token', endpoint.replace(/^ws/, 'http')).href;
    const given = options.roomToken;
    const token = () => (given === null ? roomToken({ url, room: name, publish: false }) : of(given));
    // An end on purpose is said: whoever only completed would be connected again.
    const room$ = defer(() => NEVER.pipe(room({ endpoint, room: name, token }), endWith<RoomEvent | Closed>({ type: 'closed' })));
    return room$.pipe(reconnect(({ type }) => type === 'joined', { random: () => Math.random(), now$ }));
  };

const begin: CaptionSourceState = { phase: 'idle', lines: [], to: null, error: null, notice: null };

/** A room followed read-only: what its publisher says, kept across lost connections. */
class RoomCaptions implements CaptionSource {
  readonly #state = new BehaviorSubject<CaptionSourceState>(begin);
  readonly state = this.#state;
  readonly #events: ReturnType<typeof followed>;
  readonly #now = new Subject<void>();
  #running: Subscription | null = null;

  constructor(events: ReturnType<typeof followed>) {
    this.#events = events;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- async by contract
  async start(): Promise<void> {
    if (this.#running !== null) return;
    this.#patch({ phase: 'connecting', error: null, notice: null });
    this.#running = this.#events(this.#now).subscribe({
      next: (event) => this.#take(event),
      error: (cause: unknown) => {
        this.#running = null;
        this.#patch({ phase: 'error', error: AssistantError.from(cause).toFacts() });
      },
      complete: () => {
        this.#running = null;
        this.#patch({ phase: 'ended' });
      },
    });
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- async by contract
  async stop(): Promise<void> {
    this.#halt();
    this.#patch({ phase: 'ended' });
  }

  retry(): void {
    if (this.#running === null) void this.start();
    else this.#now.next();
  }

  dispose(): void {
    this.#halt();
  }

  #take(event: RoomEvent | Lost | Closed): void {
    switch (event.type) {
      case 'joined':
        this.#patch({ phase: 'listening', notice: null });
        return;
      case 'caption':
        this.#patch({ phase: 'listening', lines: addLine(this.#state.value.lines, event.line) });
        return;
      case 'lost':
        this.#patch({ phase: 'reconnecting' });
        return;
      case 'noted':
      case 'closed':
    }
  }

  #halt(): void {
    this.#running?.unsubscribe();
    this.#running = null;
  }

  #patch(changes: Partial<CaptionSourceState>): void {
    this.#state.next({ ...this.#state.value, ...changes });
  }
}
