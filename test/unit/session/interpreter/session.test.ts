import { BehaviorSubject, concat, NEVER, Observable, of, Subject, throwError } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { interpreterReport } from '../../../../src/interpreter-report.ts';
import type { CaptionLine } from '../../../../src/pipelines/caption-lines.ts';
import type { Device } from '../../../../src/session/assistant.ts';
import { answer, ask, type Reply } from '../../../../src/session/bridge.ts';
import type { InterpreterState } from '../../../../src/session/interpreter.ts';
import type { InterpretQuestion } from '../../../../src/session/interpreter/questions.ts';
import { interpreterOptions } from '../../../../src/session/interpreter/options.ts';
import { InterpreterSession } from '../../../../src/session/interpreter/session.ts';
import type { InterpreterStage } from '../../../../src/session/interpreter/stage.ts';
import { AssistantError } from '../../../../src/shared/errors.ts';

const line = (id: string, text: string): CaptionLine => ({
  id,
  stream: 'near-1.1',
  startMs: 0,
  endMs: 900,
  at: 1_000,
  original: { text, language: 'en', final: true },
  translation: null,
});

const granted = {
  ...{ deviceId: 'secret-device', label: 'Desk', rate: 48_000 },
  ...{ echoCancellation: true, noiseSuppression: null, autoGainControl: false },
};
const desk: Device = { id: 'secret-device', kind: 'microphone', label: 'Desk' };

describe('InterpreterSession', () => {
  let channel: MessageChannel;
  let questions: InterpretQuestion[];
  let commands: unknown[];
  let state$: Subject<Partial<InterpreterState>>;
  let running: number;
  let published: CaptionLine[];
  let chosen: string[];
  let devices$: BehaviorSubject<readonly Device[]>;
  let stage: InterpreterStage;
  let session: InterpreterSession;
  /** The host has no more words to tell when it is told to end. */
  let finishes: boolean;
  /** Makes the host's answers wait as long as it loads its code. */
  let loading: Promise<void>;

  beforeEach(() => {
    channel = new MessageChannel();
    channel.port1.start();
    channel.port2.start();
    [questions, commands, published, chosen, running] = [[], [], [], [], 0];
    devices$ = new BehaviorSubject<readonly Device[]>([]);
    state$ = new Subject();
    loading = Promise.resolve();
    finishes = true;
    channel.port2.addEventListener('message', ({ data }: MessageEvent<{ command?: { type: string } }>) => {
      if (data.command === undefined) return;
      commands.push(data.command);
      if (data.command.type === 'end' && finishes) end();
    });
    answer(
      channel.port2,
      (question) =>
        new Observable<Reply>((subscriber) => {
          questions.push(question as InterpretQuestion);
          running += 1;
          const told = state$.subscribe({
            next: (value) => {
              subscriber.next({ value });
            },
            complete: () => {
              subscriber.complete();
            },
          });
          void loading.then(() => {
            subscriber.next({ value: { phase: 'connecting', lines: [] } });
          });
          told.add(() => (running -= 1));
          return told;
        }),
    ).subscribe();
    stage = {
      host$: concat(of({ port: channel.port1, kind: 'page' } as const), NEVER),
      levels$: new BehaviorSubject({ input: 0, output: 0 }),
      devices$,
      canChooseSpeaker: true,
      chooseMicrophone: (id) => chosen.push(`microphone ${id}`),
      chooseSpeaker: (id) => {
        chosen.push(`speaker ${id}`);
        return Promise.resolve();
      },
      setVolume: (gain) => chosen.push(`volume ${gain}`),
      report: (state, devices) => Promise.resolve(interpreterReport(state, devices, {})),
      microphone: () => concat(of({ port: new MessageChannel().port1, granted }), NEVER),
      speaker: () => NEVER,
      token: () => of({ token: 't', ts: 1, pid: 7 }),
      decode: (audio) => of({ pcm: new Int16Array(audio.length), rate: 24_000 }),
      publish: (lines$) =>
        new Observable((subscriber) => {
          subscriber.next({ room: 'room-1', link: 'https://voice.example/follow#room-1' });
          return lines$.subscribe((each) => published.push(each));
        }),
    };
    const options = interpreterOptions({ endpoint: 'https://voice.example', from: 'en', to: 'es' });
    session = new InterpreterSession(stage, () => options);
  });
  afterEach(() => {
    session.dispose();
    channel.port1.close();
    channel.port2.close();
  });

  /** The run is over on the host's side. */
  const end = (): void => {
    const ended$ = state$;
    state$ = new Subject();
    ended$.next({ phase: 'ended' });
    ended$.complete();
  };

  const started = async (): Promise<void> => {
    const done = session.start();
    await vi.waitFor(() => {
      expect(questions.length).toBeGreaterThan(0);
    });
    state$.next({ phase: 'listening' });
    await done;
  };

  it('asks the host to interpret, and lends it what it asks for', async () => {
    await started();
    expect(questions[0]).toMatchObject({ what: 'interpret', options: { from: 'en', to: 'es', run: 1 } });
    const lent: unknown[] = [];
    ask(channel.port2, { what: 'rtvt-token', reason: 'connect' }).subscribe((value) => lent.push(value));
    ask(channel.port2, { what: 'decode', audio: new Uint8Array(3) }).subscribe((value) => lent.push(value));
    await vi.waitFor(() => {
      expect(lent).toEqual([
        { token: 't', ts: 1, pid: 7 },
        { pcm: new Int16Array(3), rate: 24_000 },
      ]);
    });
  });

  it('holds wishes back until the host listens', async () => {
    let loaded = (): void => undefined;
    loading = new Promise((resolve) => (loaded = resolve));
    void session.start();
    session.swap();
    session.mute(true);
    await vi.waitFor(() => {
      expect(questions).toHaveLength(1);
    });
    expect(commands).toEqual([]);
    loaded();
    await vi.waitFor(() => {
      expect(commands).toEqual([
        { type: 'languages', from: 'es', to: 'en' },
        { type: 'mute', muted: true },
      ]);
    });
  });

  it('remembers what was chosen and said from one run to the next', async () => {
    session.setLanguages('fr', 'es');
    session.speakAloud(true);
    await started();
    expect(questions[0]?.options).toMatchObject({ from: 'fr', to: 'es', speakAloud: true });
    state$.next({ lines: [line('1', 'Bonjour')] });
    await vi.waitFor(() => {
      expect(session.state.value.lines).toHaveLength(1);
    });
    await session.stop();
    expect([session.state.value.phase, running]).toEqual(['ended', 0]);
    questions.length = 0;
    await started();
    expect(questions[0]?.options.run).toBe(2);
    state$.next({ lines: [line('2', 'Au revoir')] });
    await vi.waitFor(() => {
      expect(session.state.value.lines.map(({ original }) => original?.text)).toEqual(['Bonjour', 'Au revoir']);
    });
  });

  it('has devices as a conversation has them: listed, chosen while it runs, granted', async () => {
    devices$.next([desk]);
    await session.setDevice('microphone', 'secret-device');
    await session.setDevice('speaker', 'ears');
    session.setVolume(0.5);
    expect(chosen).toEqual(['microphone secret-device', 'speaker ears', 'volume 0.5']);
    await started();
    ask(channel.port2, { what: 'microphone', rate: 16_000 }).subscribe();
    await vi.waitFor(() => {
      expect(session.devices.value).toEqual({
        ...{ list: [desk], microphone: 'secret-device', speaker: 'ears', camera: null },
        ...{ granted, canChooseSpeaker: true },
      });
    });
    await expect(session.setDevice('camera', 'c')).rejects.toMatchObject({ code: 'unsupported', field: 'camera' });
  });

  it('is reported without a word that was said, a room, a device id or a token', async () => {
    devices$.next([desk]);
    await started();
    ask(channel.port2, { what: 'microphone', rate: 16_000 }).subscribe();
    const notice = new AssistantError('server-error', 'at “My secret plan” with Bearer eyJhbGciOi.eyJwaWQ').toFacts();
    state$.next({ lines: [line('1', 'My secret plan')], room: 'room-1', notice, dropped: 3 });
    await vi.waitFor(() => {
      expect(session.devices.value.granted).not.toBeNull();
    });
    const report = await session.diagnose();
    expect(report).toMatchObject({ phase: 'listening', from: 'en', to: 'es', dropped: 3, lines: 1, shared: true });
    expect(report).toMatchObject({ devices: { microphone: { count: 1, chosen: false } }, granted: { label: 'Desk' } });
    expect(JSON.stringify(report)).not.toMatch(/secret|room-1|eyJ/);
  });

  describe('the end', () => {
    const growing = { ...line('1', 'Where is'), original: { text: 'Where is', language: 'en', final: false } };
    const shown = () => [session.state.value.phase, session.state.value.lines[0]?.original];

    /** Somebody talks, others read along, and it is told to end. */
    const stopped = async (): Promise<{ readonly over: Promise<void> }> => {
      finishes = false;
      await started();
      state$.next({ microphone: 'live', lines: [growing] });
      await session.share();
      await vi.waitFor(() => {
        expect(published.at(-1)?.original?.final).toBe(false);
      });
      return { over: session.stop() };
    };

    it('waits for the last words, with the microphone closed, and tells and shares them', async () => {
      const { over } = await stopped();
      expect([session.state.value.phase, session.state.value.microphone]).toEqual(['ending', 'off']);
      await vi.waitFor(() => {
        expect(commands).toEqual([{ type: 'end' }]);
      });
      // The first of these was on its way before the host was told.
      state$.next({ phase: 'listening' });
      state$.next({ lines: [line('1', 'Where is the station?')] });
      await vi.waitFor(() => {
        expect(shown()).toEqual(['ending', { text: 'Where is the station?', language: 'en', final: true }]);
      });
      const again = session.stop();
      end();
      await Promise.all([over, again]);
      expect(session.state.value.phase).toBe('ended');
      expect(published.at(-1)?.original?.text).toBe('Where is the station?');
    });

    it('comes after 6 s without them: what was being said counts as it stands, read aloud, saved and shared', async () => {
      vi.useFakeTimers();
      onTestFinished(() => {
        vi.useRealTimers();
      });
      const { over } = await stopped();
      await vi.advanceTimersByTimeAsync(5_900);
      expect(shown()).toEqual(['ending', { text: 'Where is', language: 'en', final: false }]);
      await vi.advanceTimersByTimeAsync(100);
      await over;
      expect(shown()).toEqual(['ended', { text: 'Where is', language: 'en', final: true }]);
      expect(published.at(-1)?.original?.final).toBe(true);
    });

    it('does not wait where somebody begins anew, or leaves', async () => {
      const { over } = await stopped();
      questions.length = 0;
      await Promise.all([started(), over]);
      expect(shown()).toEqual(['listening', { text: 'Where is', language: 'en', final: true }]);
      const left = session.stop();
      session.dispose();
      await left;
      expect(session.state.value.phase).toBe('idle');
    });

    it('is at once where nobody was listened to yet', async () => {
      const begun = session.start();
      await session.stop();
      await begun;
      expect([session.state.value.phase, commands]).toEqual(['ended', []]);
    });
  });

  it('shares each line as it changes, and rejects where it cannot', async () => {
    await started();
    const first = line('1', 'Hello');
    state$.next({ lines: [first] });
    expect(await session.share()).toBe('https://voice.example/follow#room-1');
    await vi.waitFor(() => {
      expect(session.state.value.lines).toHaveLength(1);
    });
    state$.next({ lines: [first, line('2', 'there')] });
    await vi.waitFor(() => {
      expect(published.map(({ original }) => original?.text)).toContain('there');
    });
    expect(session.state.value.room).toBe('room-1');
    stage.publish = () => throwError(() => new AssistantError('origin-refused', 'no'));
    await expect(session.share()).rejects.toMatchObject({ code: 'origin-refused' });
    expect([session.state.value.room, session.state.value.notice?.code]).toEqual([null, 'origin-refused']);
  });

  it('tells why it did not begin, and begins again on request', async () => {
    const done = session.start();
    await vi.waitFor(() => {
      expect(questions).toHaveLength(1);
    });
    state$.next({ phase: 'error', error: new AssistantError('token-refused', '800102').toFacts() });
    state$.complete();
    await expect(done).rejects.toMatchObject({ code: 'token-refused' });
    state$ = new Subject();
    await vi.waitFor(() => {
      session.retry();
      expect(questions).toHaveLength(2);
    });
    expect(session.state.value).toMatchObject({ phase: 'connecting', error: null });
  });
});
