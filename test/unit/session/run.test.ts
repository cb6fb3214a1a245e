import { defer, map, NEVER, takeUntil, tap, timer, type Observable } from 'rxjs';
import { asyncScheduler, distinctUntilChanged } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/session/command.ts';
import type { MicrophoneEvent } from '../../../src/session/microphone.ts';
import { run } from '../../../src/session/run.ts';
import type { SessionState } from '../../../src/session/state.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import type { Downlink } from '../../../src/shared/wire.ts';
import type { PlaybackEvent } from '../../../worklets/messages.ts';
import { marbles } from '../../support/marbles.ts';
import { edges, frame, options, words, type Recorded, type Script } from '../../support/session-edges.ts';

const position = (rendered: number, playing = true): PlaybackEvent => ({
  type: 'position',
  itemId: 'a1',
  contentIndex: 0,
  rendered,
  received: 48_000,
  rate: 24_000,
  level: 0.2,
  playing,
});
const playback: Record<string, PlaybackEvent> = {
  s: { type: 'started', itemId: 'a1', at: 0 },
  p: position(12_000),
  q: position(24_000),
  f: { type: 'finished', itemId: 'a1' },
};
const phases = (state$: Observable<SessionState>): Observable<string> =>
  state$.pipe(
    map(({ phase }) => phase),
    distinctUntilChanged(),
  );
const phase = {
  i: 'idle',
  c: 'connecting',
  l: 'listening',
  t: 'thinking',
  s: 'speaking',
  r: 'reconnecting',
  e: 'ended',
  x: 'error',
};
/** What went up, without the sound. */
const sent = (recorded: Recorded): unknown[] => recorded.up.filter(({ type }) => type !== 'audio');

interface Drawn {
  readonly server: string;
  readonly playback?: string;
  readonly commands?: Record<string, Command>;
  readonly command?: string;
  readonly phases: string;
  readonly until?: string;
}

/** Runs one drawn conversation and gives what was recorded and the last state. */
function converse(drawn: Drawn, script: Omit<Partial<Script>, 'servers'> = {}, chosen = options): [Recorded, SessionState] {
  const states: SessionState[] = [];
  const records: Recorded[] = [];
  marbles(({ cold, hot, expectObservable, flush }) => {
    const made = edges({
      servers: [cold<Downlink>(drawn.server, words)],
      playback$: drawn.playback === undefined ? NEVER : hot(drawn.playback, playback),
      now: () => asyncScheduler.now(),
      ...script,
    });
    records.push(made.recorded);
    const state$ = run(made.edges, hot(drawn.command ?? '-', drawn.commands), chosen).pipe(tap((state) => states.push(state)));
    expectObservable(phases(state$), drawn.until ?? '^ 200ms !').toBe(drawn.phases, phase);
    flush();
  });
  const [recorded] = records;
  const last = states.at(-1);
  if (last === undefined || recorded === undefined) throw new Error('nothing ran');
  return [recorded, last];
}

const happy = '-o-r-b---e-u-h-n-g-i-t-a-z-d';
//             0123456789012345678901234567
describe('a session', () => {
  it('goes through a whole turn: connecting, listening, thinking, speaking, listening', () => {
    const [recorded, state] = converse({
      server: happy,
      playback: '                         --------------------------- s-p-q-f',
      phases: 'c--l-----t-----------------s-----l',
    });
    expect(state.transcript.map(({ role, text, status, revealed }) => [role, text, status, revealed])).toEqual([
      ['user', 'When do you open?', 'final', 17],
      ['assistant', 'We open at nine in the morning.', 'interim', 31],
    ]);
    expect(sent(recorded)).toEqual([{ type: 'played', itemId: 'a1' }]);
    expect(state.latency?.turns).toBe(1);
  });

  it('measures the wait from the last sound the user made to the first sound of the answer', () => {
    const [, state] = converse({
      server: happy,
      playback: '---------------------------s',
      phases: 'c--l-----t-----------------s',
    });
    // speech-stopped came at 9 ms, its end lies 500 ms (the silence that ended it) earlier; sound began at 27 ms
    expect(state.latency?.lastMs).toBe(27 - (9 - 500));
  });

  it('reveals the answer as far as it was heard', () => {
    const [, state] = converse({
      server: happy,
      playback: '---------------------------s-p',
      phases: 'c--l-----t-----------------s',
    });
    const answer = state.transcript[1];
    expect(answer?.revealed).toBeGreaterThan(0);
    expect(answer?.revealed).toBeLessThan(answer?.text.length ?? 0);
  });
});

const speaking = '-o-r-b---e-u-h-n-g-i-t-a--------';
const played = '  ------------------------s-p-----';

describe('an interruption', () => {
  for (const [name, cause] of [
    ['the button', 'button'],
    ['Escape', 'escape'],
  ] as const) {
    it(`by ${name} flushes, then tells the server what was heard`, () => {
      const [recorded, state] = converse(
        {
          server: `${speaking}c`,
          playback: played,
          command: '------------------------------i',
          commands: { i: { type: 'interrupt', cause } },
          phases: 'c--l-----t--------------s-----l',
        },
        { rendered: 24_000 },
      );
      expect(recorded.speaker.map(({ type }) => type)).toEqual(['play', 'flush']);
      expect(sent(recorded)).toEqual([
        { type: 'interrupt', cause, heard: { itemId: 'a1', contentIndex: 0, rendered: 24_000, received: 48_000, rate: 24_000 } },
      ]);
      expect(state.transcript[1]).toMatchObject({ status: 'interrupted', text: 'We open at nine' });
    });
  }

  it('by the server’s word takes the same path', () => {
    const [recorded] = converse(
      { server: '-o-r-b---e-u-h-n-g-i-t-a------b', playback: played, phases: 'c--l-----t--------------s-----l' },
      { rendered: 24_000 },
    );
    expect(sent(recorded)).toMatchObject([{ type: 'interrupt', cause: 'server', heard: { rendered: 24_000 } }]);
  });

  it('by a typed message sends the message right behind the interruption', () => {
    const [recorded, state] = converse(
      {
        server: speaking,
        playback: played,
        command: '------------------------------m',
        commands: { m: { type: 'text', id: 'm1', text: 'And on Sunday?' } },
        phases: 'c--l-----t--------------s-----t',
      },
      { rendered: 12_000 },
    );
    expect(sent(recorded)).toMatchObject([
      { type: 'interrupt', cause: 'text' },
      { type: 'text', id: 'm1', text: 'And on Sunday?', respond: true },
    ]);
    expect(state.transcript.at(-1)).toMatchObject({ id: 'm1', role: 'user', status: 'final' });
  });

  it('before the first sound removes the answer that nobody heard', () => {
    const [recorded, state] = converse({ server: '-o-r-b---e-u-h-n-g-i-t--b', phases: 'c--l-----t--------------l' });
    expect(sent(recorded)).toEqual([{ type: 'interrupt', cause: 'server', heard: null }]);
    expect(state.transcript.map(({ id }) => id)).toEqual(['u1']);
    expect(recorded.speaker).toEqual([]);
  });

  it('drops the sound that comes late', () => {
    const [recorded, state] = converse(
      {
        server: '-o-r-b---e-u-h-n-g-i-t-a--------a-a',
        playback: played,
        command: '------------------------------i',
        commands: { i: { type: 'interrupt', cause: 'button' } },
        phases: 'c--l-----t--------------s-----l',
      },
      { rendered: 24_000 },
    );
    expect(recorded.speaker.map(({ type }) => type)).toEqual(['play', 'flush']);
    expect(state.counters['late audio dropped']).toBe(2);
  });

  it('is told even when the worklet is dead', () => {
    const [recorded] = converse(
      {
        server: speaking,
        playback: played,
        command: '------------------------------i',
        commands: { i: { type: 'interrupt', cause: 'button' } },
        phases: 'c--l-----t--------------s 249ms - 5ms l',
        until: '^ 400ms !',
      },
      { rendered: 'silent' },
    );
    expect(sent(recorded)).toEqual([{ type: 'interrupt', cause: 'button', heard: null }]);
  });

  it('does nothing when nothing is being answered', () => {
    const [recorded] = converse({
      server: '-o-r',
      command: '------i',
      commands: { i: { type: 'interrupt', cause: 'button' } },
      phases: 'c--l',
    });
    expect(recorded.up).toEqual([]);
  });

  it('leaves the answer alone when speech may not cut it', () => {
    const [recorded] = converse(
      { server: '-o-r-b---e-u-h-n-g-i-t-a------b', playback: played, phases: 'c--l-----t--------------s' },
      { rendered: 24_000 },
      { ...options, bargeIn: 'button' },
    );
    expect(sent(recorded)).toEqual([]);
  });
});

describe('the page’s own ear', () => {
  const activity = { m: { type: 'maybe' }, s: { type: 'speech' }, q: { type: 'silence' } } as const;

  it('ducks on the first hit and restores after 200 ms without confirmation', () => {
    marbles(({ cold, hot, expectObservable, flush }) => {
      const made = edges({
        servers: [cold<Downlink>(speaking, words)],
        playback$: hot(played, playback),
        activity$: hot('------------------------------m', activity),
      });
      expectObservable(phases(run(made.edges, NEVER, options)), '^ 500ms !').toBe('c--l-----t--------------s', phase);
      flush();
      expect(made.recorded.speaker.slice(1)).toEqual([
        { type: 'duck', gain: 0.1, ms: 10 },
        { type: 'duck', gain: 1, ms: 120 },
      ]);
    });
  });

  it('cuts on confirmation, and does not restore then', () => {
    marbles(({ cold, hot, expectObservable, flush }) => {
      const made = edges({
        servers: [cold<Downlink>(speaking, words)],
        playback$: hot(played, playback),
        activity$: hot('------------------------------m 50ms s', activity),
        rendered: 24_000,
      });
      expectObservable(phases(run(made.edges, NEVER, options)), '^ 500ms !').toBe('c--l-----t--------------s 56ms l', phase);
      flush();
      expect(made.recorded.speaker.slice(1).map(({ type }) => type)).toEqual(['duck', 'flush']);
      expect(sent(made.recorded)).toMatchObject([{ type: 'interrupt', cause: 'voice' }]);
    });
  });

  it('hears nothing while nothing is played', () => {
    marbles(({ cold, hot, expectObservable, flush }) => {
      const made = edges({ servers: [cold<Downlink>('-o-r', words)], activity$: hot('------m-s', activity) });
      expectObservable(phases(run(made.edges, NEVER, options)), '^ 500ms !').toBe('c--l', phase);
      flush();
      expect(made.recorded.speaker).toEqual([]);
    });
  });
});

describe('a lost connection', () => {
  const gone = new AssistantError('socket-closed', 'gone');

  it('keeps the microphone, sends the speech of the gap once, and replays what was said', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions, flush }) => {
      const microphone$ = hot<MicrophoneEvent>('  -l-1-2-3 500ms 4 -5', {
        l: { type: 'live' },
        ...Object.fromEntries([1, 2, 3, 4, 5].map((index) => [index, frame(index)])),
      });
      const made = edges({
        servers: [
          cold<Downlink>('-o-r-b-u-hn-#', { ...words, n: { type: 'settled', through: 640 } as Downlink }, gone),
          cold<Downlink>('r', words),
        ],
        microphone$,
      });
      expectObservable(phases(run(made.edges, NEVER, options)), '^ 800ms !').toBe('c--l--------r 499ms l', phase);
      flush();
      expectSubscriptions(microphone$.subscriptions).toBe('^ 800ms !');
      expect(made.recorded.up.map((up) => (up.type === 'audio' ? up.at / 320 : up))).toEqual([
        1,
        2,
        3,
        { type: 'history', entries: [{ id: 'u1', role: 'user', text: 'When do you open?' }], respond: true },
        2,
        3,
        4,
        5,
      ]);
      expect(made.recorded.connections).toEqual({ opened: 2, open: 0 });
    });
  });

  it('sends a typed message again that the server never confirmed, and does not replay it twice', () => {
    marbles(({ cold, hot, expectObservable, flush }) => {
      const made = edges({ servers: [cold<Downlink>('-or--#', words, gone), cold<Downlink>('-o-r', words)] });
      const commands$ = hot<Command>('---m', { m: { type: 'text', id: 'm1', text: 'hello' } });
      expectObservable(phases(run(made.edges, commands$, options)), '^ 700ms !').toBe('c-lt-r 502ms t', phase);
      flush();
      expect(sent(made.recorded)).toEqual([
        { type: 'text', id: 'm1', text: 'hello', respond: true },
        { type: 'text', id: 'm1', text: 'hello', respond: true },
      ]);
    });
  });

  it('complains of it no longer than it is lost', () => {
    const told: (string | undefined)[] = [];
    marbles(({ cold, flush }) => {
      const made = edges({ servers: [cold<Downlink>('-o-r--#', words, gone), cold<Downlink>('-o-r', words)] });
      run(made.edges, NEVER, options)
        .pipe(
          map(({ notice }) => notice?.code),
          distinctUntilChanged(),
          takeUntil(timer(700)),
        )
        .subscribe((code) => told.push(code));
      flush();
    });
    expect(told).toEqual([undefined, 'socket-closed', undefined]);
  });

  it('plays what it has to the end', () => {
    marbles(({ cold, hot, expectObservable, flush }) => {
      const made = edges({
        servers: [cold<Downlink>(`${speaking}#`, words, gone), cold<Downlink>('-o-r', words)],
        playback$: hot(played, playback),
      });
      expectObservable(phases(run(made.edges, NEVER, options)), '^ 700ms !').toBe(
        'c--l-----t--------------s-------r 502ms s',
        phase,
      );
      flush();
      expect(made.recorded.speaker.map(({ type }) => type)).toEqual(['play', 'end']);
    });
  });

  it('is not taken for new when the settings change', () => {
    marbles(({ cold, hot, expectObservable, flush }) => {
      const made = edges({
        servers: [cold<Downlink>('r----r', words)],
        microphone$: hot<MicrophoneEvent>('-l-1', { l: { type: 'live' }, 1: frame(1) }),
      });
      const commands$ = hot<Command>('----m', { m: { type: 'text', id: 'm1', text: 'hello' } });
      expectObservable(phases(run(made.edges, commands$, options)), '^ 50ms !').toBe('(cl)t', phase);
      flush();
      expect(made.recorded.up.map(({ type }) => type)).toEqual(['audio', 'text']);
    });
  });

  it('is over for good when the token is refused', () => {
    marbles(({ cold, expectObservable }) => {
      const refused = new AssistantError('token-refused', 'no');
      const made = edges({ servers: [cold<Downlink>('-#', words, refused)] });
      expectObservable(phases(run(made.edges, NEVER, options))).toBe('c(x|)', phase);
    });
  });

  it('is what the user can end waiting for', () => {
    marbles(({ cold, hot, expectObservable }) => {
      const made = edges({ servers: [cold<Downlink>('---#', words, gone), cold<Downlink>('r', words)] });
      const commands$ = hot<Command>('------y', { y: { type: 'retry' } });
      expectObservable(phases(run(made.edges, commands$, options)), '^ 100ms !').toBe('c--r--l', phase);
    });
  });
});

describe('a session that will expire', () => {
  it('is handed over at a pause, and history goes along', () => {
    marbles(({ cold, expectObservable, flush }) => {
      const expiring = { ...words, o: { type: 'opened', sessionId: 's', expiresAt: 20_000 } as Downlink };
      const made = edges({
        servers: [cold<Downlink>('o-r-b-e-u-h-n-g-i-t-d', { ...expiring }), cold<Downlink>('-o-r', words)],
        now: () => asyncScheduler.now(),
      });
      const text = { ...options, settings: { reply: 'text' } as const };
      expectObservable(phases(run(made.edges, NEVER, text)), '^ 17s !').toBe('c-l---t-------------l 15979ms r--l', phase);
      flush();
      expect(made.recorded.up[0]).toMatchObject({ type: 'history', respond: false });
      expect(made.recorded.connections).toEqual({ opened: 2, open: 0 });
    });
  });
});

describe('the rest of a session', () => {
  it('runs a tool of the page and sends up what it answers', () => {
    const [recorded, state] = converse(
      { server: '-o-r-b---e-u-h-n-g-k-d', phases: 'c--l-----t-----------l' },
      { tool: ({ name, input }) => timer(1).pipe(map(() => `${name} ${input}`)) },
    );
    expect(sent(recorded)).toEqual([{ type: 'tool-result', callId: 'call_1', output: 'open_hours {"day":"monday"}' }]);
    expect(state.transcript.at(-1)).toMatchObject({ role: 'tool', text: 'open_hours', status: 'final' });
  });

  it('is an error when the microphone is denied, and lets go of the wire', () => {
    marbles(({ cold, expectObservable, flush }) => {
      const made = edges({
        servers: [cold<Downlink>('-o', words)],
        microphone$: cold('---#', {}, new AssistantError('microphone-denied', 'no')),
      });
      expectObservable(phases(run(made.edges, NEVER, options))).toBe('c--(x|)', phase);
      flush();
      expect(made.recorded.connections).toEqual({ opened: 1, open: 0 });
    });
  });

  it('complains of a lost microphone no longer than it is lost', () => {
    const told: (string | undefined)[] = [];
    marbles(({ cold, flush }) => {
      const lost = new AssistantError('microphone-lost', 'unplugged');
      let opened = 0;
      const made = edges({
        servers: [cold<Downlink>('-o-r', words)],
        microphone$: defer(() =>
          opened++ === 0
            ? cold('l1#', { l: { type: 'live' }, 1: frame(1) } as const, lost)
            : cold('l', { l: { type: 'live' } } as const),
        ),
      });
      run(made.edges, NEVER, options)
        .pipe(
          map(({ notice }) => notice?.code),
          distinctUntilChanged(),
          takeUntil(timer(20_000)),
        )
        .subscribe((code) => told.push(code));
      flush();
    });
    expect(told).toEqual([undefined, 'microphone-lost', undefined]);
  });

  it('opens a microphone that got lost again, and goes on without one in the end', () => {
    let last: SessionState | null = null;
    marbles(({ cold, expectObservable, flush }) => {
      const lost = new AssistantError('microphone-lost', 'unplugged');
      const made = edges({
        servers: [cold<Downlink>('-o-r', words)],
        microphone$: cold('l1#', { l: { type: 'live' }, 1: frame(1) }, lost),
      });
      const state$ = run(made.edges, NEVER, options).pipe(tap((state) => (last = state)));
      expectObservable(phases(state$), '^ 20s !').toBe('c--l', phase);
      flush();
    });
    expect(last).toMatchObject({ phase: 'listening', notice: { code: 'microphone-lost' } });
  });

  it('appends nothing while muted', () => {
    marbles(({ cold, hot, expectObservable, flush }) => {
      const made = edges({
        servers: [cold<Downlink>('r', words)],
        microphone$: hot('-l-1-2-3-4', { l: { type: 'live' }, ...Object.fromEntries([1, 2, 3, 4].map((n) => [n, frame(n)])) }),
      });
      const commands$ = hot<Command>('----m---u', { m: { type: 'mute', muted: true }, u: { type: 'mute', muted: false } });
      expectObservable(phases(run(made.edges, commands$, options)), '^ 50ms !').toBe('(cl)', phase);
      flush();
      expect(made.recorded.up.map((up) => (up.type === 'audio' ? up.at / 320 : up.type))).toEqual([1, 4]);
    });
  });

  it('takes back what was half said when it is muted', () => {
    const half = { ...words, h: { type: 'caption', itemId: 'u1', role: 'user', text: 'When do', edit: 'replace', final: false } };
    marbles(({ cold, hot, expectObservable, flush }) => {
      const states: SessionState[] = [];
      const made = edges({ servers: [cold<Downlink>('r--b-u-h', half as Record<string, Downlink>)] });
      const commands$ = hot<Command>('---------m', { m: { type: 'mute', muted: true } });
      const state$ = run(made.edges, commands$, options).pipe(tap((state) => states.push(state)));
      expectObservable(phases(state$), '^ 50ms !').toBe('(cl)', phase);
      flush();
      expect(made.recorded.up).toEqual([{ type: 'turn-cancel' }]);
      expect(states.at(-1)).toMatchObject({ transcript: [], userSpeaking: false, muted: true });
    });
  });

  it('sends only what is said while the key is held', () => {
    marbles(({ cold, hot, expectObservable, flush }) => {
      const made = edges({
        servers: [cold<Downlink>('r', words)],
        microphone$: hot('-l-1-2-3-4', { l: { type: 'live' }, ...Object.fromEntries([1, 2, 3, 4].map((n) => [n, frame(n)])) }),
      });
      const commands$ = hot<Command>('----d---u', { d: { type: 'hold', down: true }, u: { type: 'hold', down: false } });
      expectObservable(phases(run(made.edges, commands$, { ...options, turn: 'hold' })), '^ 50ms !').toBe('(cl)----t', phase);
      flush();
      expect(made.recorded.up.map((up) => (up.type === 'audio' ? up.at / 320 : up.type))).toEqual([
        'turn-start',
        2,
        3,
        'turn-end',
      ]);
    });
  });

  it('opens neither microphone nor speaker for a conversation in text', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const microphone$ = cold<never>('-');
      const made = edges({ servers: [cold<Downlink>('-o-r', words)], microphone$ });
      expectObservable(phases(run(made.edges, NEVER, { ...options, voice: false })), '^ 10ms !').toBe('c--l', phase);
      expectSubscriptions(microphone$.subscriptions).toBe([]);
    });
  });

  it('hangs up by itself when nobody says anything for too long', () => {
    marbles(({ cold, hot, expectObservable, flush }) => {
      const made = edges({ servers: [cold<Downlink>('r', words)] });
      const commands$ = hot<Command>('- 500ms m', { m: { type: 'text', id: 'm1', text: 'hi' } });
      const idle = { ...options, idleMs: 1_000 };
      expectObservable(phases(run(made.edges, commands$, idle))).toBe('(cl) 497ms t 999ms (e|)', phase);
      flush();
      expect(made.recorded.connections).toEqual({ opened: 1, open: 0 });
    });
  });

  it('closes everything on unsubscription', () => {
    marbles(({ cold, expectObservable, expectSubscriptions, flush }) => {
      const microphone$ = cold('l', { l: { type: 'live' } as const });
      const server$ = cold<Downlink>('-o-r', words);
      const made = edges({ servers: [server$], microphone$ });
      expectObservable(phases(run(made.edges, NEVER, options)), '^---------!').toBe('c--l', phase);
      expectSubscriptions(microphone$.subscriptions).toBe('^---------!');
      expectSubscriptions(server$.subscriptions).toBe('^---------!');
      flush();
      expect(made.recorded.connections.open).toBe(0);
    });
  });
});
