import { BehaviorSubject } from 'rxjs';
import { noStreams } from '../../src/session/streams.ts';
import type { DeskDetail, DeskState, DeskStream, DeskVideo, StreamsDesk } from '../../src/session/streams.ts';

/** A desk that does nothing but show what a test tells it and remember what it was asked: `['run', 'rts-1', true]`. */

export const deskStream = (changes: Partial<DeskStream> = {}): DeskStream => ({
  id: 'rts-1',
  name: 'Front door',
  url: 'rtsp://camera.example/door',
  mode: 'pull',
  tracks: ['video', 'audio'],
  status: 'connected',
  state: 'live',
  message: null,
  pushUrl: null,
  liveUrl: null,
  createdMs: 0,
  sampleRate: 30,
  ...changes,
});

export const deskDetail = (changes: Partial<DeskDetail> = {}): DeskDetail => ({
  streamId: 'rts-1',
  transcript: 'stopped',
  spoken: null,
  into: [],
  translations: null,
  lines: [],
  indexes: [],
  alerts: [],
  scenes: [],
  hits: [],
  ...changes,
});

export const deskVideo: DeskVideo = {
  id: 'm-1',
  name: 'Front door - Recording',
  lengthS: 61,
  streamUrl: '/none.m3u8',
  playerUrl: '/watch?v=none',
};

export class FakeDesk implements StreamsDesk {
  readonly state: BehaviorSubject<DeskState>;
  readonly calls: (readonly unknown[])[] = [];
  /** The next wish that returns a promise fails with this. */
  refuseWith: Error | null = null;
  found: Awaited<ReturnType<StreamsDesk['search']>> = [];

  constructor(state: Partial<DeskState> = {}) {
    this.state = new BehaviorSubject<DeskState>({
      ...noStreams,
      phase: 'ready',
      ...state,
    });
  }

  /** Changes a part of the state. */
  show(changes: Partial<DeskState>): void {
    this.state.next({ ...this.state.value, ...changes });
  }

  asked(name: keyof StreamsDesk): readonly (readonly unknown[])[] {
    return this.calls.filter(([called]) => called === name);
  }

  start = (): void => this.#note('start');
  select = (id: string | null): void => {
    this.#note('select', id);
    this.show({ selected: id });
  };
  connect: StreamsDesk['connect'] = (wish) => this.#asked('rts-9', 'connect', wish);
  run: StreamsDesk['run'] = (...wish) => this.#asked(undefined, 'run', ...wish);
  remove: StreamsDesk['remove'] = (...wish) => this.#asked(undefined, 'remove', ...wish);
  change: StreamsDesk['change'] = (...wish) => this.#asked(undefined, 'change', ...wish);
  transcribe: StreamsDesk['transcribe'] = (...wish) => this.#asked(undefined, 'transcribe', ...wish);
  earlier: StreamsDesk['earlier'] = (...wish) => this.#asked(0, 'earlier', ...wish);
  index: StreamsDesk['index'] = (...wish) => this.#asked(undefined, 'index', ...wish);
  runIndex: StreamsDesk['runIndex'] = (...wish) => this.#asked(undefined, 'runIndex', ...wish);
  prompt: StreamsDesk['prompt'] = (...wish) => this.#asked(undefined, 'prompt', ...wish);
  event: StreamsDesk['event'] = (wish) => this.#asked('ev-9', 'event', wish);
  alert: StreamsDesk['alert'] = (...wish) => this.#asked(undefined, 'alert', ...wish);
  enableAlert: StreamsDesk['enableAlert'] = (...wish) => this.#asked(undefined, 'enableAlert', ...wish);
  clip: StreamsDesk['clip'] = (...wish) => this.#asked({ streamUrl: '/clip.m3u8', playerUrl: '/watch?v=clip' }, 'clip', ...wish);
  export: StreamsDesk['export'] = (id, name, progress) => {
    progress(40);
    return this.#asked(deskVideo, 'export', id, name);
  };
  exportCapture: StreamsDesk['exportCapture'] = (id) => this.#asked(undefined, 'exportCapture', id);
  videoWords: StreamsDesk['videoWords'] = (id) => this.#asked('The gate is open.', 'videoWords', id);
  subtitled: StreamsDesk['subtitled'] = (id) => this.#asked({ streamUrl: '/burnt.m3u8', playerUrl: null }, 'subtitled', id);
  download: StreamsDesk['download'] = (id) => this.#asked('/files/film.mp4', 'download', id);
  analyse: StreamsDesk['analyse'] = (id, prompt) => this.#asked('{"scenes": []}', 'analyse', id, prompt);
  indexSpokenWords: StreamsDesk['indexSpokenWords'] = (id) => this.#asked(undefined, 'indexSpokenWords', id);
  search: StreamsDesk['search'] = (...wish) => this.#asked(this.found, 'search', ...wish);
  compile: StreamsDesk['compile'] = (hits) => this.#asked({ streamUrl: '/shots.m3u8', playerUrl: null }, 'compile', hits);
  dispose = (): void => this.#note('dispose');

  #note(...call: readonly unknown[]): void {
    this.calls.push(call);
  }

  #asked<T>(answer: T, ...call: readonly unknown[]): Promise<T> {
    this.#note(...call);
    const refusal = this.refuseWith;
    this.refuseWith = null;
    return refusal === null ? Promise.resolve(answer) : Promise.reject(refusal);
  }
}
