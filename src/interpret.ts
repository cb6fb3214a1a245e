import { concat, fromEvent, NEVER, of, switchMap, take, type Observable } from 'rxjs';
import { voiceActivity } from './pipelines/voice-activity.ts';
import { rtvt } from './protocols/rtvt/rtvt.ts';
import { ask, type Port } from './session/bridge.ts';
import { commandsFrom } from './session/commands-from.ts';
import type { InterpreterState } from './session/interpreter.ts';
import type { InterpreterCommand, InterpreterRunOptions, RtvtToken } from './session/interpreter/command.ts';
import type { InterpreterQuestion } from './session/interpreter/questions.ts';
import { interpret, RATE, type DecodedSound } from './session/interpreter/run.ts';
import type { MicrophoneEvent } from './session/microphone.ts';
import { continuous, framesFrom, speakerOn } from './session/ports.ts';

/** The voice host of an interpreter, with the devices of the page at the other end of `port`. */
export function interpretFor(port: Port, options: InterpreterRunOptions): Observable<InterpreterState> {
  const lend = <T>(question: InterpreterQuestion): Observable<T> => ask<T>(port, question);
  return interpret(
    {
      microphone: lend<MessagePort>({ what: 'microphone', rate: RATE }).pipe(
        switchMap((frames) => concat(of<MicrophoneEvent>({ type: 'live' }), framesFrom(frames))),
        continuous(),
      ),
      speaker: speakerOn(lend<MessagePort>({ what: 'speaker' })),
      protocol: rtvt({
        url: options.url,
        dialect: options.dialect,
        token: (reason) => lend<RtvtToken>({ what: 'rtvt-token', reason }).pipe(take(1)),
        retry$: online$,
      }),
      decode: (audio) => lend<DecodedSound>({ what: 'decode', audio }),
      activity: (frames$, playback$) => voiceActivity({ rate: RATE, frames$, playback$ }),
      now: () => performance.timeOrigin + performance.now(),
    },
    commandsFrom<InterpreterCommand>(port),
    options,
  );
}

const online$ = typeof globalThis.addEventListener === 'function' ? fromEvent(globalThis, 'online') : NEVER;
