import { EMPTY, map, merge, NEVER, Observable, of, type Subscription } from 'rxjs';
import type { PlaybackCommand, PlaybackEvent } from '../../worklets/messages.ts';
import type { MicrophoneEvent } from '../../src/session/microphone.ts';
import type { VoiceOptions } from '../../src/session/options.ts';
import type { Edges } from '../../src/session/run.ts';
import { ms, samples } from '../../src/shared/time.ts';
import type { Downlink, EffectiveSettings, Uplink } from '../../src/shared/wire.ts';

/** The world around a session in a marble test: what goes up and to the speaker is written down, the rest is drawn. */

const settings: EffectiveSettings = {
  model: 'scripted',
  voice: 'marin',
  speed: 1,
  reply: 'audio',
  turns: { type: 'server-vad', silenceMs: 500, interrupt: true },
  inputRate: 16_000,
  outputRate: 24_000,
  differences: [],
};

export const options: Omit<VoiceOptions, 'url'> = {
  preset: 'gateway',
  dialect: 'ga',
  model: null,
  settings: {},
  turn: 'vad',
  bargeIn: 'natural',
  voice: true,
  muted: false,
  idleMs: 0,
  sileroUrl: null,
  frameEveryMs: 0,
};

/** The words a server says, by the letter that draws them. */
export const words: Record<string, Downlink> = {
  o: { type: 'opened', sessionId: 's', expiresAt: null },
  r: { type: 'ready', settings },
  b: { type: 'speech-started', itemId: 'u1', at: samples(0) },
  e: { type: 'speech-stopped', itemId: 'u1', at: samples(16_000) },
  u: { type: 'item', itemId: 'u1', after: null, role: 'user' },
  h: { type: 'caption', itemId: 'u1', role: 'user', text: 'When do you open?', edit: 'replace', final: true },
  n: { type: 'settled', through: samples(16_000) },
  g: { type: 'response-started', responseId: 'r1' },
  i: { type: 'item', itemId: 'a1', after: 'u1', role: 'assistant' },
  t: { type: 'caption', itemId: 'a1', role: 'assistant', text: 'We open at nine in the morning.', edit: 'append', final: false },
  a: audio('a1', 'r1', 48_000),
  z: { type: 'audio-ended', itemId: 'a1' },
  d: { type: 'response-ended', responseId: 'r1', status: 'completed', reason: null, usage: null, error: null },
  c: { type: 'response-ended', responseId: 'r1', status: 'cancelled', reason: 'turn_detected', usage: null, error: null },
  k: { type: 'tool-call', callId: 'call_1', name: 'open_hours', arguments: '{"day":"monday"}' },
  x: { type: 'truncated', itemId: 'a1', heardMs: ms(1000) },
};

function audio(itemId: string, responseId: string, count: number): Downlink {
  return { type: 'audio', itemId, contentIndex: 0, responseId, rate: 24_000, pcm: new Int16Array(count) };
}

/** Frames of 20 ms, numbered on the capture clock by order. */
export const frame = (index: number): MicrophoneEvent => ({
  type: 'frame',
  pcm: new Int16Array(320).fill(index),
  at: index * 320,
  level: 0.1,
});

export interface Recorded {
  readonly up: Uplink[];
  readonly speaker: PlaybackCommand[];
  /** Connections opened so far, and those still open. */
  readonly connections: { opened: number; open: number };
}

export interface Script {
  readonly microphone$?: Observable<MicrophoneEvent>;
  /** One Observable a connection, in order; the last one serves all further ones. */
  readonly servers: readonly Observable<Downlink>[];
  readonly playback$?: Observable<PlaybackEvent>;
  /** Samples (24 kHz) rendered of item `a1` when a flush comes; null = nothing was playing; 'silent' = no answer at all. */
  readonly rendered?: number | null | 'silent';
  readonly activity$?: Observable<{ readonly type: 'maybe' | 'speech' | 'silence' }>;
  readonly tool?: Edges['tools'];
  readonly now?: () => number;
}

export function edges(script: Script): { readonly edges: Edges; readonly recorded: Recorded } {
  const recorded: Recorded = { up: [], speaker: [], connections: { opened: 0, open: 0 } };
  const flushed = (id: number, rendered: number | null): PlaybackEvent => ({
    type: 'flushed',
    id,
    itemId: rendered === null ? null : 'a1',
    contentIndex: 0,
    rendered: rendered ?? 0,
    received: 48_000,
    rate: 24_000,
  });
  return {
    recorded,
    edges: {
      microphone: script.microphone$ ?? NEVER,
      speaker: (commands$) =>
        merge(
          new Observable<PlaybackEvent>((subscriber) =>
            commands$.subscribe((command) => {
              recorded.speaker.push(command);
              const rendered = script.rendered ?? null;
              if (command.type === 'flush' && rendered !== 'silent') subscriber.next(flushed(command.id, rendered));
            }),
          ),
          script.playback$ ?? NEVER,
        ),
      protocol: (uplink$) =>
        new Observable<Downlink>((subscriber) => {
          const server$ = script.servers[Math.min(recorded.connections.opened, script.servers.length - 1)] ?? EMPTY;
          recorded.connections.opened += 1;
          recorded.connections.open += 1;
          const both: Subscription = uplink$.subscribe((uplink) => recorded.up.push(uplink));
          both.add(server$.subscribe(subscriber));
          both.add(() => (recorded.connections.open -= 1));
          return both;
        }),
      tools: script.tool ?? (() => of('{}')),
      activity: () => (script.activity$ ?? NEVER).pipe(map((activity) => activity)),
      rate: 16_000,
      online$: NEVER,
      now: script.now ?? (() => 0),
      random: () => 0.5,
    },
  };
}
