import { catchError, concat, from, map, NEVER, of, Subject, switchMap, take, tap, throwError, type Observable } from 'rxjs';
import type { VoiceActivityOptions } from './pipelines/voice-activity.ts';
import { adapterOf } from './protocols/realtime/adapters.ts';
import { realtime } from './protocols/realtime/realtime.ts';
import { answer, ask, type Port } from './session/bridge.ts';
import { changes } from './session/changes.ts';
import type { Command } from './session/command.ts';
import { commandsFrom } from './session/commands-from.ts';
import { isInterpret } from './session/interpreter/questions.ts';
import type { MicrophoneEvent } from './session/microphone.ts';
import type { Token, TokenReason, VoiceOptions } from './session/options.ts';
import { continuous, framesFrom, speakerOn } from './session/ports.ts';
import { run, type Edges } from './session/run.ts';
import type { SessionState } from './session/state.ts';
import { isRun, type VoiceQuestion } from './session/voice-questions.ts';
import { AssistantError } from './shared/errors.ts';
import { eventsOf } from './shared/events-of.ts';

/** The voice host: serves sessions behind a port, in a Worker or in the page, by the same code. */
export const serveVoice = (port: Port): Observable<never> =>
  answer(port, (question) => states(port, question).pipe(map((value) => ({ value }))));

function states(port: Port, question: unknown): Observable<object> {
  if (isRun(question)) return changes(converse(port, question.options));
  // An assistant never pays for the interpreter's wire.
  if (isInterpret(question))
    return from(import('./interpret.ts')).pipe(switchMap(({ interpretFor }) => changes(interpretFor(port, question.options))));
  return throwError(() => new AssistantError('unsupported', 'the voice host only runs sessions'));
}

/** One session with the devices of the page at the other end of `port`. */
function converse(port: Port, options: VoiceOptions): Observable<SessionState> {
  const { url, preset, dialect, model, settings } = options;
  const rate = adapterOf(preset).inputRate;
  const lend = <T>(question: VoiceQuestion): Observable<T> => ask<T>(port, question);
  /** The person is heard; what an answer needs is loaded only now, while they speak. */
  const heard$ = new Subject<void>();
  return run(
    {
      microphone: lend<MessagePort>({ what: 'microphone', rate }).pipe(
        switchMap((frames) => concat(of<MicrophoneEvent>({ type: 'live' }), framesFrom(frames))),
        continuous(),
        tap(({ type }) => {
          if (type === 'frame') heard$.next();
        }),
      ),
      speaker: speakerOn(lend<MessagePort>({ what: 'speaker' }), heard$),
      protocol: realtime({
        url,
        preset,
        dialect,
        ...(model === null ? {} : { model }),
        settings,
        token: (reason: TokenReason) => lend<Token>({ what: 'token', reason }),
      }),
      tools: (call) => lend<string>({ what: 'tool', ...call }),
      activity: (frames$, playback$) =>
        heard$.pipe(
          take(1),
          switchMap(() => activity(options.sileroUrl, { rate, frames$, playback$ })),
        ),
      rate,
      online$: typeof globalThis.addEventListener === 'function' ? eventsOf(globalThis, 'online') : NEVER,
      now: () => performance.timeOrigin + performance.now(),
      random: () => Math.random(),
    },
    commandsFrom<Command>(port),
    options,
  );
}

/**
 * The page's own ear, with Silero's judgement where the page has its files; without them it goes on alone, and says so. What it hears
 * counts while an answer is spoken.
 */
function activity(sileroUrl: string | null, heard: VoiceActivityOptions): ReturnType<Edges['activity']> {
  const complaint = (cause: unknown) => of({ type: 'complaint', error: AssistantError.from(cause, 'unsupported') } as const);
  return from(import('./pipelines/voice-activity.ts')).pipe(
    switchMap(({ voiceActivity }) => {
      if (sileroUrl === null) return voiceActivity(heard);
      return from(import('./audio/silero.ts')).pipe(
        switchMap(({ withSilero }) =>
          voiceActivity({ ...heard, frames$: heard.frames$.pipe(withSilero(sileroUrl, heard.rate)) }),
        ),
        catchError((cause: unknown) => concat(complaint(cause), voiceActivity(heard))),
      );
    }),
    catchError(complaint),
  );
}
