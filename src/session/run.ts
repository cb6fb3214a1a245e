import {
  catchError,
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  ignoreElements,
  map,
  merge,
  mergeMap,
  observeOn,
  of,
  queueScheduler,
  share,
  startWith,
  Subject,
  switchMap,
  take,
  takeUntil,
  takeWhile,
  tap,
  timer,
  type Observable,
} from 'rxjs';
import { reconnect, type Closed } from '../pipelines/reconnect.ts';
import { SpeechStore } from '../pipelines/speech-store.ts';
import type { Protocol } from '../protocols/protocol.ts';
import { AssistantError } from '../shared/errors.ts';
import { samples } from '../shared/time.ts';
import type { Downlink, Uplink } from '../shared/wire.ts';
import type { PlaybackCommand, PlaybackEvent } from '../../worklets/messages.ts';
import type { Command } from './command.ts';
import type { Effect, SessionEvent } from './event.ts';
import { reopening, type HeardFrame, type MicrophoneEvent } from './microphone.ts';
import { initial, type Model } from './model.ts';
import type { VoiceOptions } from './options.ts';
import type { SessionState } from './state.ts';
import { step } from './step.ts';
import { history, unanswered } from './transcript.ts';

/** The whole session as one cold Observable of state: microphone and socket open on subscription, everything closes on unsubscription. */

/** What a session needs of the world. */
export interface Edges {
  /** Subscribing opens the microphone. */
  readonly microphone: Observable<MicrophoneEvent>;
  /** Subscribing opens the sound output. */
  readonly speaker: (commands$: Observable<PlaybackCommand>) => Observable<PlaybackEvent>;
  readonly protocol: Protocol;
  /** Runs a tool of the page; emits its output once and never fails. */
  readonly tools: (call: { readonly name: string; readonly input: string; readonly callId: string }) => Observable<string>;
  /** The page's own ear: frames and playback in, judgements out. */
  readonly activity: (
    frames$: Observable<HeardFrame>,
    playback$: Observable<{ readonly playing: boolean; readonly level: number }>,
  ) => Observable<{ readonly type: 'maybe' | 'speech' | 'silence' } | Extract<Downlink, { type: 'complaint' }>>;
  /** Hz of the microphone's frames. */
  readonly rate: number;
  /** The network came back. */
  readonly online$: Observable<unknown>;
  /** ms since the epoch */
  readonly now: () => number;
  readonly random: () => number;
}

/** Runs a session; emits every new state, the last one being `ended` or `error`. Never fails. */
export function run(edges: Edges, commands$: Observable<Command>, options: Omit<VoiceOptions, 'url'>): Observable<SessionState> {
  return defer(() => {
    const wire$ = new Subject<Uplink>();
    const speaker$ = new Subject<PlaybackCommand>();
    const later$ = new Subject<Extract<Effect, { to: 'later' }>>();
    const tool$ = new Subject<Extract<Effect, { to: 'tool' }>>();
    const handover$ = new Subject<undefined>();
    const store = new SpeechStore(edges.rate);
    const shared$ = commands$.pipe(share());
    let model: Model = initial(options.muted, options.bargeIn, options.idleMs);
    let lastFrame: { readonly at: number; readonly time: number } | null = null;

    const timeOf = (at: number): number | null =>
      lastFrame === null ? null : lastFrame.time - ((lastFrame.at - at) * 1000) / edges.rate;

    const perform = (effect: Effect): void => {
      if (effect.to === 'wire') {
        if (model.link === 'ready') wire$.next(effect.uplink);
      } else if (effect.to === 'speaker') speaker$.next(effect.command);
      else if (effect.to === 'later') later$.next(effect);
      else if (effect.to === 'tool') tool$.next(effect);
      else handover$.next(undefined);
    };

    /** Held back by mute and the talk key; kept for a reconnect; sent while a server listens. */
    const hear = (frame: HeardFrame): void => {
      lastFrame = { at: frame.at, time: edges.now() };
      if (model.shown.muted || (options.turn !== 'vad' && !model.shown.holding)) return;
      store.push(frame);
      if (model.link === 'ready') wire$.next({ type: 'audio', pcm: frame.pcm, at: samples(frame.at) });
    };

    const remember = (event: SessionEvent, before: Model): void => {
      if (event.type === 'speech-started') store.started(event.itemId, event.at);
      else if (event.type === 'settled') store.settle(event.through);
      else if (event.type === 'caption-failed') store.abandon(event.itemId);
      else if (event.type === 'lost') store.disconnect();
      else if ((event.type === 'mute' && event.muted) || (event.type === 'hold' && event.down)) store.clear();
      else if (event.type === 'ready' && before.link !== 'ready') {
        for (const { pcm, at } of store.connect()) wire$.next({ type: 'audio', pcm, at: samples(at) });
      }
    };

    const said = (): Uplink[] => {
      const unsent = new Set(model.outbox.map(({ id }) => id));
      const entries = history(model.shown.transcript, unsent);
      return entries.length === 0 ? [] : [{ type: 'history', entries, respond: unanswered(model.shown.transcript, unsent) }];
    };

    const connection$ = defer(() =>
      concat(
        of<SessionEvent>({ type: 'connecting' }),
        merge(
          handover$.pipe(
            map((): never => {
              throw new AssistantError('session-expired', 'the session is handed over to a new one');
            }),
          ),
          concat(
            defer(() => merge(of(...said()), wire$).pipe(edges.protocol)),
            of<Closed>({ type: 'closed' }),
          ),
        ),
      ),
    );
    const now$ = merge(edges.online$, shared$.pipe(filter(({ type }) => type === 'retry')));
    const link$ = connection$.pipe(reconnect(({ type }) => type === 'ready', { random: edges.random, now$ }));

    const voice$ = shared$.pipe(
      filter((command) => command.type === 'voice'),
      map(({ on }) => on),
      startWith(options.voice),
      distinctUntilChanged(),
      share(),
    );
    const microphone$ = voice$.pipe(
      switchMap((on) => (on ? edges.microphone.pipe(reopening()) : of({ type: 'microphone', state: 'off' } as const))),
      share(),
    );
    const frames$ = microphone$.pipe(filter((event) => event.type === 'frame'));
    const playback$ = merge(of(options.voice), voice$).pipe(
      filter(Boolean),
      take(1),
      switchMap(() => edges.speaker(speaker$)),
      share(),
    );
    const playing$ = playback$.pipe(
      filter((event) => event.type === 'position'),
      map(({ playing, level }) => ({ playing, level })),
    );
    const timers$ = later$.pipe(
      mergeMap(({ key, afterMs, event }) =>
        event === null
          ? EMPTY
          : timer(afterMs).pipe(
              map(() => event),
              takeUntil(later$.pipe(filter((newer) => newer.key === key))),
            ),
      ),
    );

    return merge(
      timers$,
      tool$.pipe(
        mergeMap(({ callId, name, input }) =>
          edges.tools({ callId, name, input }).pipe(map((output) => ({ type: 'tool-ended', callId, output }) as const)),
        ),
      ),
      shared$,
      frames$.pipe(tap(hear), ignoreElements()),
      edges
        .activity(frames$, playing$)
        .pipe(map((event) => (event.type === 'complaint' ? event : ({ type: 'activity', activity: event.type } as const)))),
      microphone$.pipe(filter((event) => event.type !== 'frame')),
      playback$.pipe(map((event) => ({ type: 'playback', event }) as const)),
      link$,
    ).pipe(
      catchError((cause: unknown) => of<SessionEvent>({ type: 'failed', error: AssistantError.from(cause).toFacts() })),
      observeOn(queueScheduler),
      map((event: SessionEvent) => {
        const before = model;
        const [after, effects] = step(before, event, { now: edges.now(), timeOf });
        model = after;
        effects.forEach(perform);
        remember(event, before);
        return after.shown;
      }),
      startWith(model.shown),
      distinctUntilChanged(),
      takeWhile(({ phase }) => phase !== 'ended' && phase !== 'error', true),
    );
  });
}
