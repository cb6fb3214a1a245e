import {
  concat,
  defer,
  fromEvent,
  map,
  NEVER,
  of,
  pairwise,
  share,
  startWith,
  switchMap,
  throwError,
  filter,
  Observable,
} from 'rxjs';
import { voiceActivity } from './pipelines/voice-activity.ts';
import { adapterOf } from './protocols/realtime/adapters.ts';
import { realtime } from './protocols/realtime/realtime.ts';
import { answer, ask, type Port } from './session/bridge.ts';
import type { Command } from './session/command.ts';
import type { MicrophoneEvent } from './session/microphone.ts';
import type { Token, TokenReason, VoiceOptions } from './session/options.ts';
import { continuous, framesFrom, speakerOn } from './session/ports.ts';
import { run } from './session/run.ts';
import type { SessionState } from './session/state.ts';
import { isRun, type VoiceQuestion } from './session/voice-questions.ts';
import { AssistantError } from './shared/errors.ts';

/** The voice host: serves sessions behind a port, in a Worker or in the page, by the same code. */
export const serveVoice = (port: Port): Observable<never> =>
  answer(port, (question) =>
    isRun(question)
      ? changes(converse(port, question.options)).pipe(map((value) => ({ value })))
      : throwError(() => new AssistantError('unsupported', 'the voice host only runs sessions')),
  );

/** One session with the devices of the page at the other end of `port`. */
function converse(port: Port, options: VoiceOptions): Observable<SessionState> {
  const { url, preset, dialect, model, settings } = options;
  const rate = adapterOf(preset).inputRate;
  const lend = <T>(question: VoiceQuestion): Observable<T> => ask<T>(port, question);
  return run(
    {
      microphone: lend<MessagePort>({ what: 'microphone', rate }).pipe(
        switchMap((frames) => concat(of<MicrophoneEvent>({ type: 'live' }), framesFrom(frames))),
        continuous(),
      ),
      speaker: speakerOn(lend<MessagePort>({ what: 'speaker' })),
      protocol: realtime({
        url,
        preset,
        dialect,
        ...(model === null ? {} : { model }),
        settings,
        token: (reason: TokenReason) => lend<Token>({ what: 'token', reason }),
      }),
      tools: ({ name, input }) => lend<string>({ what: 'tool', name, input }),
      activity: (frames$, playback$) => voiceActivity({ rate, frames$, playback$ }),
      rate,
      online$: typeof globalThis.addEventListener === 'function' ? fromEvent(globalThis, 'online') : NEVER,
      now: () => performance.timeOrigin + performance.now(),
      random: () => Math.random(),
    },
    commandsFrom(port),
    options,
  );
}

const commandsFrom = (port: Port): Observable<Command> =>
  new Observable<Command>((subscriber) => {
    const listen = ({ data }: MessageEvent<unknown>): void => {
      if (typeof data === 'object' && data !== null && 'command' in data) subscriber.next(data.command as Command);
    };
    port.addEventListener('message', listen);
    return () => {
      port.removeEventListener('message', listen);
    };
  }).pipe(share());

/** Only what changed crosses the port: the first state whole, then the fields that are not the same any more. */
function changes(state$: Observable<SessionState>): Observable<Partial<SessionState>> {
  return defer(() =>
    state$.pipe(
      startWith(null),
      pairwise(),
      map(([before, after]) => difference(before, after)),
    ),
  ).pipe(filter((difference) => Object.keys(difference).length > 0));
}

function difference(before: SessionState | null, after: SessionState | null): Partial<SessionState> {
  if (after === null) return {};
  if (before === null) return after;
  const keys = (Object.keys(after) as (keyof SessionState)[]).filter((key) => after[key] !== before[key]);
  return Object.fromEntries(keys.map((key) => [key, after[key]]));
}
