import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What operators can watch: sessions, turns, how long each step of an answer took, what was dropped. */

/** ms */
export interface TurnTiming {
  /** Silence that had to pass before the turn was over. Null for typed turns. */
  readonly vadWaitMs: number | null;
  readonly recognitionMs: number | null;
  /** Until the first clause was written. */
  readonly answerMs: number | null;
  /** Until its first sound was there. */
  readonly synthesisMs: number | null;
  /** From the end of the turn (VAD, commit or request) to the first sound sent. */
  readonly firstSoundMs: number;
  /** The answer had been begun before the turn was over. */
  readonly guessed: boolean;
}

export interface RealtimeMetrics {
  readonly registry: Registry;
  sessionOpened(dialect: string): void;
  sessionClosed(): void;
  turn(kind: 'voice' | 'committed' | 'timeout'): void;
  response(status: string): void;
  timing(timing: TurnTiming): void;
  guess(outcome: 'used' | 'discarded'): void;
  dropped(what: string): void;
  fault(code: string): void;
  /** Bytes that wait in a socket when sound is added to it. */
  socketQueue(bytes: number): void;
}

const STEPS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.32, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10];

export function createMetrics(): RealtimeMetrics {
  const registry = new Registry();
  const registers = [registry];
  const sessions = new Gauge({ name: 'viva_sessions', help: 'Realtime sessions that are open', registers });
  const opened = new Counter({
    name: 'viva_sessions_total',
    help: 'Realtime sessions opened',
    labelNames: ['dialect'],
    registers,
  });
  const turns = new Counter({ name: 'viva_turns_total', help: 'Turns of users', labelNames: ['kind'], registers });
  const responses = new Counter({
    name: 'viva_responses_total',
    help: 'Responses by how they ended',
    labelNames: ['status'],
    registers,
  });
  const steps = new Histogram({
    name: 'viva_step_seconds',
    help: 'Steps from the last voiced sound to the first sound of the answer',
    labelNames: ['step'],
    buckets: STEPS_SECONDS,
    registers,
  });
  const guesses = new Counter({
    name: 'viva_guesses_total',
    help: 'Answers begun before the turn was surely over',
    labelNames: ['outcome'],
    registers,
  });
  const drops = new Counter({ name: 'viva_dropped_total', help: 'Work left undone under load', labelNames: ['what'], registers });
  const faults = new Counter({ name: 'viva_errors_total', help: 'Errors told to clients', labelNames: ['code'], registers });
  const queue = new Histogram({
    name: 'viva_socket_queue_bytes',
    help: 'Bytes waiting in the socket when sound is sent',
    buckets: [0, 1e3, 1e4, 1e5, 1e6, 4e6, 16e6],
    registers,
  });
  const observe = (step: string, ms: number | null): void => {
    if (ms !== null) steps.observe({ step }, Math.max(0, ms) / 1000);
  };
  return {
    registry,
    sessionOpened: (dialect) => {
      sessions.inc();
      opened.inc({ dialect });
    },
    sessionClosed: () => sessions.dec(),
    turn: (kind) => turns.inc({ kind }),
    response: (status) => responses.inc({ status }),
    timing: (timing) => {
      observe('vad_wait', timing.vadWaitMs);
      observe('recognition', timing.recognitionMs);
      observe('answer', timing.answerMs);
      observe('synthesis', timing.synthesisMs);
      observe('first_sound', timing.firstSoundMs);
    },
    guess: (outcome) => guesses.inc({ outcome }),
    dropped: (what) => drops.inc({ what }),
    fault: (code) => faults.inc({ code }),
    socketQueue: (bytes) => queue.observe(bytes),
  };
}
