import { EMPTY, interval, NEVER, Observable, of, type Observable as Stream } from 'rxjs';
import { WebSocket } from 'ws';
import { voiceActivity } from '../../src/pipelines/voice-activity.ts';
import { realtime } from '../../src/protocols/realtime/realtime.ts';
import { tokenFromUrl } from '../../src/protocols/realtime/token-url.ts';
import type { SocketConstructor } from '../../src/protocols/socket.ts';
import type { Command } from '../../src/session/command.ts';
import type { MicrophoneEvent } from '../../src/session/microphone.ts';
import type { VoiceOptions } from '../../src/session/options.ts';
import { run } from '../../src/session/run.ts';
import type { SessionState } from '../../src/session/state.ts';
import { simulatedSpeaker } from './simulated-speaker.ts';

/** A whole session without a browser: the real run, protocol and detector over a real socket; microphone and speaker in real time. */

const RATE = 16_000;
const FRAME = 320;
const FRAME_MS = 20;

/** Plays `pcm` (16 kHz) once in real time, then silence. */
export const microphoneOf = (pcm: Int16Array): Stream<MicrophoneEvent> =>
  new Observable((subscriber) => {
    subscriber.next({ type: 'live' });
    const began = performance.now();
    let sent = 0;
    return interval(FRAME_MS / 2).subscribe(() => {
      const due = Math.floor((performance.now() - began) / FRAME_MS);
      for (; sent < due; sent += 1) {
        const frame = new Int16Array(FRAME);
        frame.set(pcm.subarray(sent * FRAME, (sent + 1) * FRAME));
        const level = Math.sqrt(frame.reduce((sum, value) => sum + (value / 32_768) ** 2, 0) / FRAME);
        subscriber.next({ type: 'frame', pcm: frame, at: sent * FRAME, level });
      }
    });
  });

export function nodeSession(
  base: string,
  microphone: Stream<MicrophoneEvent>,
  commands$: Stream<Command> = NEVER,
  wished: Partial<VoiceOptions> = {},
): Stream<SessionState> {
  const options: Omit<VoiceOptions, 'url'> = {
    preset: 'gateway',
    dialect: 'auto',
    model: null,
    settings: { turns: { type: 'server-vad', interrupt: true } },
    turn: 'vad',
    bargeIn: 'natural',
    voice: true,
    muted: false,
    idleMs: 0,
    sileroUrl: null,
    frameEveryMs: 0,
    ...wished,
  };
  return run(
    {
      microphone,
      speaker: simulatedSpeaker,
      protocol: realtime({
        url: `${base.replace(/^http/, 'ws')}/v1/realtime`,
        settings: options.settings,
        token: () => tokenFromUrl(`${base}/auth/page-token`, { headers: { origin: base } }),
        WebSocket: withOrigin(base),
      }),
      tools: () => of('{}'),
      activity: (frames$, playback$) => voiceActivity({ rate: RATE, frames$, playback$ }),
      rate: RATE,
      online$: EMPTY,
      now: () => performance.timeOrigin + performance.now(),
      random: Math.random,
    },
    commands$,
    options,
  );
}

/** A secret that was given to an origin opens a socket from that origin only. */
const withOrigin = (origin: string): SocketConstructor =>
  class extends WebSocket {
    constructor(url: string, protocols?: string[]) {
      super(url, protocols, { origin });
    }
  };
