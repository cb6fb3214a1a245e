import {
  catchError,
  concatMap,
  defer,
  distinctUntilChanged,
  filter,
  from,
  ignoreElements,
  map,
  merge,
  observeOn,
  of,
  queueScheduler,
  scan,
  share,
  startWith,
  Subject,
  switchMap,
  takeUntil,
  takeWhile,
  tap,
  type Observable,
} from 'rxjs';
import { withoutFeedback } from '../../pipelines/feedback-gate.ts';
import type { VoiceActivityEvent } from '../../pipelines/voice-activity.ts';
import { AssistantError } from '../../shared/errors.ts';
import type { InterpreterDownlink, InterpreterUplink } from '../../shared/interpretation.ts';
import { samples } from '../../shared/time.ts';
import type { PlaybackCommand, PlaybackEvent } from '../../../worklets/messages.ts';
import type { InterpreterState } from '../interpreter.ts';
import { reopening, type HeardFrame, type MicrophoneEvent } from '../microphone.ts';
import type { InterpreterCommand, InterpreterRunOptions } from './command.ts';
import { initial, isSilenced, type Effect, type Model } from './model.ts';
import { step, type InterpreterEvent } from './step.ts';
import { Voiced } from './voiced.ts';

/** The whole interpreter as one cold Observable of state: microphone, wire and voice open on subscription, all close on unsubscription. */

export interface DecodedSound {
  readonly pcm: Int16Array;
  /** Hz */
  readonly rate: number;
}

/** What an interpreter needs of the world. */
export interface InterpreterEdges {
  /** Subscribing opens the microphone; frames of 320 samples at 16 kHz. */
  readonly microphone: Observable<MicrophoneEvent>;
  /** Subscribing opens the sound output. */
  readonly speaker: (commands$: Observable<PlaybackCommand>) => Observable<PlaybackEvent>;
  /** Reconnects by itself; what it cannot mend is its error. */
  readonly protocol: (uplinks$: Observable<InterpreterUplink>) => Observable<InterpreterDownlink>;
  /** The sound of a whole file. */
  readonly decode: (audio: Uint8Array) => Observable<DecodedSound>;
  readonly activity: (
    frames$: Observable<HeardFrame>,
    playback$: Observable<{ readonly playing: boolean; readonly level: number }>,
  ) => Observable<VoiceActivityEvent>;
  /** ms since the epoch */
  readonly now: () => number;
}

/** Hz of the protocol's frames (specs/rtvt.md §4.3). */
export const RATE = 16_000;
const FRAME_MS = 20;
const SILENCE = new Int16Array((RATE * FRAME_MS) / 1000);

/** Runs an interpreter; emits every new state, the last one being `error` or, once it was told to end, `ended`. Never fails. */
export function interpret(
  edges: InterpreterEdges,
  commands$: Observable<InterpreterCommand>,
  options: InterpreterRunOptions,
): Observable<InterpreterState> {
  return defer(() => {
    const wire$ = new Subject<InterpreterUplink>();
    const speaker$ = new Subject<PlaybackCommand>();
    const voice$ = new Subject<Extract<Effect, { to: 'voice' }>>();
    const hush$ = new Subject<undefined>();
    const began = new Map<string, number>();
    const voiced = new Voiced(RATE);
    let flushes = 0;
    let model: Model = initial(options);

    const perform = (effect: Effect): void => {
      if (effect.to === 'wire') wire$.next(effect.uplink);
      else if (effect.to === 'speaker') speaker$.next(effect.command);
      else if (effect.to === 'voice') voice$.next(effect);
      else {
        hush$.next(undefined);
        speaker$.next({ type: 'flush', id: ++flushes });
      }
    };

    const hear = ({ pcm, at }: HeardFrame): void => {
      for (const { stream, side } of model.open) {
        if (!began.has(stream)) began.set(stream, edges.now() - FRAME_MS);
        const silenced = isSilenced(model, side);
        voiced.frame(stream, at, pcm.length, silenced);
        wire$.next({ type: 'audio', stream, pcm: silenced ? SILENCE : pcm, at: samples(at) });
      }
    };

    const end$ = commands$.pipe(filter(({ type }) => type === 'end'));
    const microphone$ = edges.microphone.pipe(reopening(), takeUntil(end$), share());
    const frames$ = microphone$.pipe(filter((event) => event.type === 'frame'));
    // A loudspeaker is opened by whoever first wants to hear it, within the gesture that says so.
    const aloud$ = commands$.pipe(
      filter((command) => command.type === 'aloud'),
      map(({ on }) => on),
      startWith(options.speakAloud),
      filter(Boolean),
      distinctUntilChanged(),
    );
    const playback$ = aloud$.pipe(
      switchMap(() => edges.speaker(speaker$)),
      share(),
    );
    const playing$ = playback$.pipe(
      filter((event) => event.type === 'position'),
      map(({ playing, level }) => ({ playing, level })),
      share(),
    );
    const activity$ = edges.activity(frames$, playing$).pipe(
      tap((event) => voiced.activity(event)),
      share(),
    );
    const said$ = hush$.pipe(
      startWith(undefined),
      switchMap(() => voice$.pipe(concatMap((effect) => say(edges, effect)))),
      tap((told) => {
        if (told.type !== 'unspeakable') speaker$.next(told);
      }),
      filter((told) => told.type === 'unspeakable'),
    );

    return merge(
      said$,
      commands$,
      edges.protocol(wire$),
      activity$.pipe(map(({ type }) => ({ type: 'activity', activity: type }) as const)),
      playback$.pipe(map((event) => ({ type: 'playback', event }) as const)),
      frames$.pipe(withoutFeedback(RATE, playing$, activity$), tap(hear), ignoreElements()),
      microphone$.pipe(filter((event) => event.type !== 'frame')),
    ).pipe(
      catchError((cause: unknown) => of<InterpreterEvent>({ type: 'failed', error: AssistantError.from(cause).toFacts() })),
      observeOn(queueScheduler),
      scan<InterpreterEvent, Model>((before, event) => {
        const [after, effects] = step(before, event, {
          now: edges.now,
          beganAt: (stream) => began.get(stream) ?? edges.now(),
          voicedMs: (stream) => voiced.untilMs(stream),
        });
        model = after;
        effects.forEach(perform);
        if (event.type === 'closed') {
          began.delete(event.stream);
          voiced.forget(event.stream);
        }
        return after;
      }, model),
      map(({ shown }) => shown),
      startWith(model.shown),
      distinctUntilChanged(),
      takeWhile(({ phase }) => phase !== 'error' && phase !== 'ended', true),
    );
  });
}

type Said = PlaybackCommand | Extract<InterpreterEvent, { type: 'unspeakable' }>;

/** One spoken translation as commands to the playback worklet. */
const say = (edges: InterpreterEdges, { audio, itemId }: Extract<Effect, { to: 'voice' }>): Observable<Said> =>
  edges.decode(audio).pipe(
    concatMap(({ pcm, rate }) =>
      from<Said[]>([
        { type: 'play', itemId, contentIndex: 0, rate, pcm: pcm.slice().buffer },
        { type: 'end', itemId },
      ]),
    ),
    catchError((cause: unknown) => of<Said>({ type: 'unspeakable', error: AssistantError.from(cause, 'unsupported').toFacts() })),
  );
