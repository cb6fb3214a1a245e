import { defer, filter, firstValueFrom, NEVER, of, Subject, tap } from 'rxjs';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signLogin } from '../../demo/server/rtvt/login.ts';
import { rtvt } from '../../src/protocols/rtvt/rtvt.ts';
import type { InterpreterCommand } from '../../src/session/interpreter/command.ts';
import { interpreterOptions } from '../../src/session/interpreter/options.ts';
import { interpret } from '../../src/session/interpreter/run.ts';
import type { InterpreterState } from '../../src/session/interpreter.ts';
import type { MicrophoneEvent } from '../../src/session/microphone.ts';
import { exportCaptions } from '../../src/pipelines/caption-export.ts';
import { voiceActivity } from '../../src/pipelines/voice-activity.ts';
import { silence, speech } from '../support/fake-engines.ts';
import type { Served } from './client.ts';
import { PID, SECRET, serveRtvt } from './rtvt-wire.ts';

/** Who presses End in the middle of a sentence: the whole interpreter without its devices, at the real gateway. */

const FRAME = 320;

let served: Served;
beforeAll(async () => {
  served = await serveRtvt({ script: ['good morning to all of you'] });
});
afterAll(() => served.close());

/** An interpreter on either wire; `say` hands it sound at once, `until` waits for a state. */
function interpreting(dialect: 'fpnn' | 'gate') {
  const options = interpreterOptions({ endpoint: served.url, dialect, from: 'en', to: 'es' });
  const microphone$ = new Subject<MicrophoneEvent>();
  const commands$ = new Subject<InterpreterCommand>();
  let at = 0;
  let state: InterpreterState | null = null;
  const state$ = new Subject<InterpreterState>();
  const secret = Buffer.from(SECRET, 'base64');
  const token = () => defer(() => of({ ...signLogin({ pid: PID, secret }, Math.floor(Date.now() / 1_000)), pid: PID }));
  const running = interpret(
    {
      microphone: microphone$,
      speaker: () => NEVER,
      protocol: rtvt({ url: options.url, dialect, token, WebSocket }),
      decode: () => NEVER,
      activity: (frames$, playback$) => voiceActivity({ rate: 16_000, frames$, playback$ }),
      now: () => performance.timeOrigin + performance.now(),
    },
    commands$,
    options,
  )
    .pipe(tap((now) => (state = now)))
    .subscribe(state$);
  return {
    microphone$,
    say: (pcm: Int16Array): void => {
      for (let from = 0; from + FRAME <= pcm.length; from += FRAME) {
        microphone$.next({ type: 'frame', pcm: pcm.slice(from, from + FRAME), at, level: 0.2 });
        at += FRAME;
      }
    },
    end: () => commands$.next({ type: 'end' }),
    until: (is: (now: InterpreterState) => boolean): Promise<InterpreterState> =>
      state !== null && is(state) ? Promise.resolve(state) : firstValueFrom(state$.pipe(filter(is))),
    over: () => running.closed,
  };
}

describe.each(['fpnn', 'gate'] as const)('over %s', (dialect) => {
  it('a sentence that is being said has its last words in both languages before the end, and a file has them', async () => {
    const { microphone$, say, end, until, over } = interpreting(dialect);
    microphone$.next({ type: 'live' });
    say(silence(200));
    say(speech(0, 1_600));
    await until(({ lines }) => lines.length > 0);
    end();
    expect(microphone$.observed).toBe(false);
    const { lines } = await until(({ phase }) => phase === 'ended');
    expect(lines.map(({ original, translation }) => [original, translation])).toEqual([
      [
        { text: 'good morning to all of you', language: 'en', final: true },
        { text: 'es(good morning to all of you)', language: 'es', final: true },
      ],
    ]);
    expect(over()).toBe(true);
    for (const format of ['txt', 'srt', 'vtt', 'json'] as const) {
      const file = exportCaptions(lines, format);
      for (const words of ['good morning to all of you', 'es(good morning']) expect(file).toContain(words);
    }
  });

  it('what was said a moment ago and nobody has told of is waited for, too', async () => {
    const { microphone$, say, end, until } = interpreting(dialect);
    microphone$.next({ type: 'live' });
    say(silence(200));
    say(speech(0, 600));
    end();
    const { lines } = await until(({ phase }) => phase === 'ended');
    expect(lines.map(({ original, translation }) => [original?.final, translation?.final])).toEqual([[true, true]]);
  });
});
