import { of, Subject, type Subscription } from 'rxjs';
import { vi } from 'vitest';
import type { RtvtOptions, RtvtTokenReason } from '../../../../src/protocols/rtvt/options.ts';
import { rtvt } from '../../../../src/protocols/rtvt/rtvt.ts';
import type { AssistantError } from '../../../../src/shared/errors.ts';
import type { InterpreterDownlink, InterpreterUplink, StreamSettings } from '../../../../src/shared/interpretation.ts';
import { samples } from '../../../../src/shared/time.ts';
import { RtvtService, type ServiceConnection, type ServiceOptions } from '../../../support/rtvt-service.ts';
import { fakeWire, type WireFaults } from './fake-wire.ts';

/** A page and a scripted service with a wire between them that takes time; Vitest's fake clock moves both. */

type Downlinks<T extends InterpreterDownlink['type']> = Extract<InterpreterDownlink, { readonly type: T }>;

export interface Talk {
  readonly service: RtvtService;
  readonly wire: WireFaults;
  readonly told: InterpreterDownlink[];
  readonly urls: string[];
  readonly reasons: RtvtTokenReason[];
  readonly subscription: Subscription;
  error: AssistantError | null;
  completed: boolean;
  /** The newest connection on the service's side. */
  readonly connection: ServiceConnection;
  up(uplink: InterpreterUplink): void;
  open(stream: string, settings?: Partial<StreamSettings>): void;
  /** Says one frame of sentence `name` (0 = silence) on each of the streams, 20 ms after the last. */
  frame(name: number, ...streams: string[]): void;
  /** Says `ms` of it in real time. */
  say(name: number, ms: number, ...streams: string[]): void;
  close(stream: string): void;
  complete(): void;
  tells<T extends InterpreterDownlink['type']>(type: T): Downlinks<T>[];
  /** Final texts in the order of their coming. */
  finals(side?: 'original' | 'translation'): string[];
  /** Ends the newest connection from the service's side. */
  cut(code?: number): void;
  wait(ms: number): void;
}

export function talk(scripted: ServiceOptions = {}, options: Partial<RtvtOptions> = {}): Talk {
  const service = new RtvtService(scripted);
  const { faults: wire, urls, WebSocket, cut } = fakeWire(service);
  const up$ = new Subject<InterpreterUplink>();

  const state = {
    service,
    wire,
    told: [] as InterpreterDownlink[],
    urls,
    reasons: [] as RtvtTokenReason[],
    error: null as AssistantError | null,
    completed: false,
    get connection() {
      const newest = service.connections.at(-1);
      if (!newest) throw new Error('not connected');
      return newest;
    },
  };
  const positions = new Map<string, number>();
  const subscription = up$
    .pipe(
      rtvt({
        url: 'ws://service.test:14002',
        pid: 81700001,
        token: (reason) => {
          state.reasons.push(reason);
          return of({ token: `token ${String(state.reasons.length)}`, ts: 1_713_354_552 });
        },
        now: Date.now,
        random: () => 0.5,
        WebSocket,
        ...options,
      }),
    )
    .subscribe({
      next: (told) => state.told.push(told),
      error: (error: unknown) => (state.error = error as AssistantError),
      complete: () => (state.completed = true),
    });
  const tells = <T extends InterpreterDownlink['type']>(type: T): Downlinks<T>[] =>
    state.told.filter((told): told is Downlinks<T> => told.type === type);
  const up = (uplink: InterpreterUplink): void => up$.next(uplink);
  const frame = (name: number, ...streams: string[]): void => {
    for (const stream of streams) {
      const at = positions.get(stream) ?? 1600;
      up({ type: 'audio', stream, pcm: new Int16Array(320).fill(name), at: samples(at) });
      positions.set(stream, at + 320);
    }
  };
  return Object.assign(state, {
    subscription,
    up,
    open: (stream: string, settings: Partial<StreamSettings> = {}) =>
      up({ type: 'open', stream, settings: { from: 'en', to: 'es', ...settings } }),
    frame,
    say: (name: number, ms: number, ...streams: string[]) => {
      for (let left = ms; left > 0; left -= 20) {
        frame(name, ...streams);
        vi.advanceTimersByTime(20);
      }
    },
    close: (stream: string) => up({ type: 'close', stream }),
    complete: () => up$.complete(),
    tells,
    finals: (side: 'original' | 'translation' = 'original') =>
      tells('sentence')
        .filter((sentence) => sentence.final && sentence.side === side)
        .map(({ text }) => text),
    cut,
    wait: (ms: number) => vi.advanceTimersByTime(ms),
  });
}
