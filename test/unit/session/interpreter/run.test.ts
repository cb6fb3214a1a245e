import { ignoreElements, merge, Observable, of, Subject, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { VoiceActivityEvent } from '../../../../src/pipelines/voice-activity.ts';
import type { InterpreterCommand, InterpreterRunOptions } from '../../../../src/session/interpreter/command.ts';
import { interpret, type InterpreterEdges } from '../../../../src/session/interpreter/run.ts';
import type { InterpreterState } from '../../../../src/session/interpreter.ts';
import type { MicrophoneEvent } from '../../../../src/session/microphone.ts';
import { AssistantError } from '../../../../src/shared/errors.ts';
import type { InterpreterDownlink, InterpreterUplink } from '../../../../src/shared/interpretation.ts';
import type { PlaybackCommand, PlaybackEvent } from '../../../../worklets/messages.ts';
import { frame } from '../../../support/session-edges.ts';

const options: InterpreterRunOptions = {
  url: 'ws://127.0.0.1/service/websocket',
  dialect: 'fpnn',
  from: 'en',
  to: 'es',
  alternatives: [],
  turn: 'vad',
  speakAloud: true,
  voice: null,
  silenceMs: null,
  userId: null,
  muted: false,
  run: 1,
};

function running(wished: Partial<InterpreterRunOptions> = {}) {
  const microphone$ = new Subject<MicrophoneEvent>();
  const server$ = new Subject<InterpreterDownlink>();
  const playback$ = new Subject<PlaybackEvent>();
  const commands$ = new Subject<InterpreterCommand>();
  const activity$ = new Subject<VoiceActivityEvent>();
  const up: InterpreterUplink[] = [];
  const played: PlaybackCommand[] = [];
  const states: InterpreterState[] = [];
  const open = { wire: 0, speaker: 0 };
  const counted = <T>(name: keyof typeof open, source$: Observable<T>): Observable<T> =>
    new Observable<T>((subscriber) => {
      open[name] += 1;
      const inner = source$.subscribe(subscriber);
      return () => {
        open[name] -= 1;
        inner.unsubscribe();
      };
    });
  let now = 0;
  const edges: InterpreterEdges = {
    microphone: microphone$,
    speaker: (given$) =>
      counted(
        'speaker',
        merge(
          playback$,
          given$.pipe(
            tap((each) => played.push(each)),
            ignoreElements(),
          ),
        ),
      ),
    protocol: (uplinks$) =>
      counted(
        'wire',
        merge(
          server$,
          uplinks$.pipe(
            tap((each) => up.push(each)),
            ignoreElements(),
          ),
        ),
      ),
    decode: (audio) =>
      audio.length === 0
        ? new Observable((subscriber) => subscriber.error(new Error('no sound')))
        : of({ pcm: new Int16Array(audio.length), rate: 24_000 }),
    activity: () => activity$,
    now: () => (now += 20),
  };
  const running = interpret(edges, commands$, { ...options, ...wished }).subscribe((state) => states.push(state));
  return { microphone$, server$, playback$, commands$, activity$, up, played, states, open, running, last: () => states.at(-1) };
}

const sound = (task: string, bytes: number): InterpreterDownlink => ({
  type: 'speech',
  stream: 'near-1.1',
  task,
  language: 'es',
  text: 'hola',
  audio: new Uint8Array(bytes),
});

const sentence = (text: string, final: boolean): InterpreterDownlink => ({
  type: 'sentence',
  ...{ stream: 'near-1.1', task: '1', side: 'original', language: 'en', text, final, startMs: 0, endMs: final ? 900 : null },
});

describe('an interpreter', () => {
  it('opens the stream before the first frame and sends every frame, silence while muted', () => {
    const { microphone$, commands$, up, running: stop } = running();
    microphone$.next({ type: 'live' });
    microphone$.next(frame(0));
    commands$.next({ type: 'mute', muted: true });
    microphone$.next(frame(1));
    microphone$.next(frame(2));
    expect(up.map((uplink) => (uplink.type === 'audio' ? uplink.pcm[0] : uplink.type))).toEqual(['open', 0, 0, 0]);
    expect(up.flatMap((uplink) => (uplink.type === 'audio' ? [Number(uplink.at)] : []))).toEqual([0, 320, 640]);
    commands$.next({ type: 'mute', muted: false });
    microphone$.next(frame(3));
    expect(up.at(-1)).toMatchObject({ type: 'audio', pcm: new Int16Array(320).fill(3) });
    stop.unsubscribe();
  });

  it('speaks translations one after the other, and tells of one that cannot be played', () => {
    const { server$, played, last } = running();
    server$.next(sound('1', 100));
    server$.next(sound('2', 0));
    server$.next(sound('3', 50));
    expect(played.map((command) => [command.type, 'itemId' in command ? command.itemId : null])).toEqual([
      ['play', 'near-1.1 1'],
      ['end', 'near-1.1 1'],
      ['play', 'near-1.1 3'],
      ['end', 'near-1.1 3'],
    ]);
    expect(last()?.notice?.message).toBe('no sound');
  });

  it('feeds nothing back: what the microphone hears of the loudspeaker goes up as silence', () => {
    const { microphone$, playback$, up } = running();
    microphone$.next({ type: 'live' });
    playback$.next({
      type: 'position',
      itemId: 'x',
      contentIndex: 0,
      rendered: 1,
      received: 9,
      rate: 24_000,
      level: 0.3,
      playing: true,
    });
    for (let index = 1; index < 30; index += 1) microphone$.next(frame(index));
    const values = up.flatMap((uplink) => (uplink.type === 'audio' ? [uplink.pcm[0]] : []));
    expect(values.length).toBeGreaterThan(10);
    expect(new Set(values)).toEqual(new Set([0]));
  });

  it('opens no loudspeaker unless somebody wants to hear it', () => {
    const quiet = running({ speakAloud: false });
    expect(quiet.open).toEqual({ wire: 1, speaker: 0 });
    quiet.commands$.next({ type: 'aloud', on: true });
    expect(quiet.open.speaker).toBe(1);
    quiet.running.unsubscribe();
    expect(quiet.open).toEqual({ wire: 0, speaker: 0 });
  });

  it('ends in `error` when the service refuses for good, and closes everything', () => {
    const { server$, last, open } = running();
    server$.error(new AssistantError('token-refused', '800102'));
    expect([last()?.phase, last()?.error?.code]).toEqual(['error', 'token-refused']);
    expect(open).toEqual({ wire: 0, speaker: 0 });
  });

  it('told to end, lets the microphone go at once, and the wire when what was being said has its last words', () => {
    const quiet = running();
    quiet.microphone$.next({ type: 'live' });
    quiet.microphone$.next(frame(0));
    quiet.commands$.next({ type: 'end' });
    expect([quiet.last()?.phase, quiet.microphone$.observed, quiet.open]).toEqual(['ended', false, { wire: 0, speaker: 0 }]);

    const { microphone$, server$, commands$, up, open, last } = running();
    microphone$.next({ type: 'live' });
    microphone$.next(frame(0));
    server$.next(sentence('Where is', false));
    commands$.next({ type: 'end' });
    expect([last()?.phase, microphone$.observed, open]).toEqual(['ending', false, { wire: 1, speaker: 1 }]);
    expect(up.at(-1)).toEqual({ type: 'close', stream: 'near-1.1' });
    server$.next(sentence('Where is it?', true));
    server$.next({ type: 'closed', stream: 'near-1.1' });
    expect([last()?.phase, last()?.lines[0]?.original?.text, open]).toEqual(['ended', 'Where is it?', { wire: 0, speaker: 0 }]);
  });

  it('waits for words that its own ear heard and nobody has told', () => {
    const { microphone$, activity$, commands$, last } = running();
    microphone$.next({ type: 'live' });
    for (let index = 0; index < 60; index += 1) {
      if (index === 10) activity$.next({ type: 'speech', at: 10 * 320 });
      microphone$.next(frame(index));
    }
    commands$.next({ type: 'end' });
    expect(last()?.phase).toBe('ending');
  });

  it('ends when the microphone is refused', () => {
    const { microphone$, last } = running();
    microphone$.error(new AssistantError('microphone-denied', 'no'));
    expect(last()?.error?.code).toBe('microphone-denied');
  });
});
