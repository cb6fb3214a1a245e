import { BehaviorSubject, concat, NEVER, Observable, of, Subject, throwError } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveStream } from '../../../src/session/assistant.ts';
import { answer, ask, type Reply } from '../../../src/session/bridge.ts';
import { diagnosisReport } from '../../../src/diagnosis-report.ts';
import { Session } from '../../../src/session/session.ts';
import type { Host, Stage } from '../../../src/session/stage.ts';
import { idle, type SessionState } from '../../../src/session/state.ts';
import { voiceOptions } from '../../../src/session/voice-options.ts';
import { AssistantError } from '../../../src/shared/errors.ts';

/** A voice host that plays a given run, and writes down the commands that reach it. */
class ScriptedHost {
  readonly channel = new MessageChannel();
  readonly commands: unknown[] = [];
  state$ = new Subject<Partial<SessionState>>();
  running = 0;
  questions: unknown[] = [];
  fail: AssistantError | null = null;

  constructor() {
    this.channel.port1.start();
    this.channel.port2.start();
    this.channel.port2.addEventListener('message', ({ data }: MessageEvent<{ command?: unknown }>) => {
      if (data.command !== undefined) this.commands.push(data.command);
    });
    answer(this.channel.port2, (question) => this.#run(question)).subscribe();
  }

  #run(question: unknown): Observable<Reply> {
    this.questions.push(question);
    const { fail } = this;
    if (fail !== null) return throwError(() => fail);
    return new Observable<Reply>((subscriber) => {
      this.running += 1;
      const state = this.state$.subscribe({
        next: (value) => {
          subscriber.next({ value });
        },
        complete: () => {
          subscriber.complete();
        },
      });
      state.add(() => (this.running -= 1));
      return state;
    });
  }

  close(): void {
    this.channel.port1.close();
    this.channel.port2.close();
  }
}

const picture = (id: string): LiveStream => ({ id, active: true });

describe('Session', () => {
  let host: ScriptedHost;
  let session: Session;
  let ids: number;
  let stage: Stage;
  let blocked$: Subject<boolean>;

  beforeEach(() => {
    host = new ScriptedHost();
    ids = 0;
    blocked$ = new Subject();
    stage = {
      host$: concat(of({ port: host.channel.port1, kind: 'page' } as const), NEVER),
      microphone: () => NEVER,
      speaker: () => NEVER,
      levels$: new BehaviorSubject({ input: 0, output: 0 }),
      soundBlocked$: blocked$,
      devices$: of([{ id: 'm1', kind: 'microphone', label: 'Desk' }]),
      canChooseSpeaker: true,
      camera: () => concat(of(picture('camera')), NEVER),
      screen: () => throwError(() => new AssistantError('screen-denied', 'no')),
      still: ({ id }) => of(`data:image/jpeg;base64,${id}`),
      token: () => of({ token: 'ek', expiresAt: null }),
      tool: () => throwError(() => new Error('broken')),
      chooseMicrophone: vi.fn(),
      chooseSpeaker: vi.fn(() => Promise.resolve()),
      setVolume: vi.fn(),
      unlock: () => Promise.resolve(),
      report: (state, devices) => Promise.resolve(diagnosisReport(state, devices, { secure: true })),
      newId: () => `id${String(++ids)}`,
    };
    const plain = voiceOptions({ endpoint: 'http://127.0.0.1:1' }, null);
    session = new Session(stage, () => plain, { microphone: null, speaker: null, camera: null });
  });
  afterEach(() => {
    session.dispose();
    host.close();
  });
  const started = async (options?: { voice: boolean }): Promise<void> => {
    const start = session.start(options);
    await vi.waitFor(() => {
      expect(host.running).toBe(1);
    });
    host.state$.next({ ...idle, phase: 'listening' });
    await start;
  };

  it('opens nothing before it is asked to', () => {
    expect(session.state.value).toEqual(idle);
    expect(host.questions).toEqual([]);
  });

  it('starts once, however often it is asked', async () => {
    const both = [session.start(), session.start()];
    await vi.waitFor(() => {
      expect(host.running).toBe(1);
    });
    host.state$.next({ phase: 'listening' });
    await Promise.all(both);
    expect(host.questions).toHaveLength(1);
    expect(session.state.value).toMatchObject({ phase: 'listening', host: 'page' });
  });

  it('lets go of the host’s run when stopped, and says so', async () => {
    await started();
    await session.stop();
    await vi.waitFor(() => {
      expect(host.running).toBe(0);
    });
    expect(session.state.value).toMatchObject({ phase: 'ended', microphone: 'off', playing: false });
  });

  it('never asks for the microphone to send a text', async () => {
    const sent = session.send('hello');
    await vi.waitFor(() => {
      expect(host.commands).toEqual([{ type: 'text', id: 'id1', text: 'hello' }]);
    });
    expect(host.questions).toMatchObject([{ what: 'run', options: { voice: false, settings: { reply: 'text' } } }]);
    host.state$.next({ phase: 'thinking' });
    await sent;
  });

  it('keeps wishes that are made before the host is there', async () => {
    const late$ = new Subject<Host>();
    stage = { ...stage, host$: late$ };
    const early = new Session(stage, () => voiceOptions({ endpoint: 'http://127.0.0.1:1' }, null), {
      microphone: null,
      speaker: null,
      camera: null,
    });
    const sent = early.send('hello');
    await Promise.resolve();
    await Promise.resolve();
    late$.next({ port: host.channel.port1, kind: 'worker' });
    await vi.waitFor(() => {
      expect(host.commands).toEqual([{ type: 'text', id: 'id1', text: 'hello' }]);
    });
    host.state$.next({ phase: 'thinking' });
    await sent;
    early.dispose();
  });

  it('turns the voice on in a conversation that began in text', async () => {
    await started({ voice: false });
    await session.start();
    await vi.waitFor(() => {
      expect(host.commands).toEqual([{ type: 'voice', on: true }]);
    });
  });

  it('rejects with the typed error, and can be started again', async () => {
    host.fail = new AssistantError('token-refused', 'no');
    await expect(session.start()).rejects.toMatchObject({ code: 'token-refused' });
    expect(session.state.value).toMatchObject({ phase: 'error', error: { code: 'token-refused' } });
    host.fail = null;
    await started();
    expect(session.state.value.phase).toBe('listening');
  });

  it('tries a written conversation again without the microphone', async () => {
    host.fail = new AssistantError('offline', 'no');
    await expect(session.send('hello')).rejects.toMatchObject({ code: 'offline' });
    session.retry();
    await vi.waitFor(() => {
      expect(host.questions).toHaveLength(2);
    });
    expect(host.questions[1]).toMatchObject({ options: { voice: false } });
  });

  it('begins anew after a conversation that ended by itself', async () => {
    await started();
    host.state$.next({ phase: 'ended' });
    host.state$.complete();
    host.state$ = new Subject();
    await vi.waitFor(() => {
      expect(session.state.value.phase).toBe('ended');
    });
    session.start().catch(() => undefined);
    await vi.waitFor(() => {
      expect(host.questions).toHaveLength(2);
    });
  });

  it('passes every wish on as a command', async () => {
    await started();
    session.mute(true);
    session.hold(true);
    session.interrupt('escape');
    session.addContext('The basket holds two roses.');
    await vi.waitFor(() => {
      expect(host.commands).toEqual([
        { type: 'mute', muted: true },
        { type: 'hold', down: true },
        { type: 'interrupt', cause: 'escape' },
        { type: 'context', id: 'id1', text: 'The basket holds two roses.' },
      ]);
    });
  });

  it('sends a still of the camera with every turn of the user', async () => {
    await started();
    await session.startCamera();
    expect(session.pictures.value.camera?.id).toBe('camera');
    host.state$.next({ userSpeaking: true });
    await vi.waitFor(() => {
      expect(host.commands).toEqual([
        { type: 'image', id: 'id1', dataUrl: 'data:image/jpeg;base64,camera', text: '', respond: false },
      ]);
    });
    session.stopCamera();
    expect(session.pictures.value.camera).toBeNull();
  });

  it('sends pictures one after the other, with what is written beside the last; alone they want an answer too', async () => {
    await started();
    await session.send('Which rose?', { images: ['data:a', 'data:b'] });
    await session.send('', { images: ['data:c'] });
    await vi.waitFor(() => {
      expect(host.commands).toEqual([
        { type: 'image', id: 'id1', dataUrl: 'data:a', text: '', respond: false },
        { type: 'image', id: 'id2', dataUrl: 'data:b', text: 'Which rose?', respond: true },
        { type: 'image', id: 'id3', dataUrl: 'data:c', text: '', respond: true },
      ]);
    });
  });

  it('takes what it is told when it begins to connect before the message that made it connect', async () => {
    const told = session.state.subscribe(({ phase }) => {
      if (phase === 'connecting') queueMicrotask(() => session.addContext('what was said before'));
    });
    void session.send('And roses?').catch(() => undefined);
    await vi.waitFor(() => {
      expect(host.commands).toMatchObject([
        { type: 'context', text: 'what was said before' },
        { type: 'text', text: 'And roses?' },
      ]);
    });
    told.unsubscribe();
  });

  it('says why a screen does not go along', async () => {
    await expect(session.startScreen()).rejects.toMatchObject({ code: 'screen-denied' });
    await expect(session.snapshot('what is this?')).rejects.toMatchObject({ code: 'camera-missing' });
  });

  it('tells the host in words that a tool broke', async () => {
    await started();
    const told: unknown[] = [];
    ask(host.channel.port2, { what: 'tool', name: 'x', input: '{}' }).subscribe((value) => told.push(value));
    await vi.waitFor(() => {
      expect(told).toEqual(['{"error":"broken"}']);
    });
  });

  it('tells in its diagnosis neither speech nor secrets', async () => {
    await started();
    host.state$.next({
      transcript: [{ id: 'u', role: 'user', text: 'my secret', revealed: 9, status: 'final', images: [], citations: [], at: 0 }],
    });
    await vi.waitFor(() => {
      expect(session.state.value.transcript).toHaveLength(1);
    });
    const report = JSON.stringify(await session.diagnose());
    expect(report).not.toContain('my secret');
    expect(JSON.parse(report)).toMatchObject({ lines: 1, host: 'page', page: { secure: true } });
  });

  it('says that the browser holds the sound back, until it does not', async () => {
    await started();
    blocked$.next(true);
    expect(session.state.value.notice?.code).toBe('audio-blocked');
    blocked$.next(false);
    expect(session.state.value.notice).toBeNull();
  });

  it('ignores questions it does not know', async () => {
    await started();
    const told: unknown[] = [];
    ask(host.channel.port2, { what: 'camera roll' }).subscribe({ complete: () => told.push('done') });
    await vi.waitFor(() => {
      expect(told).toEqual(['done']);
    });
  });
});
