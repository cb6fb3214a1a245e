import { describe, expect, it } from 'vitest';
import type { InterpreterRunOptions } from '../../../../src/session/interpreter/command.ts';
import { initial, type Effect, type Model } from '../../../../src/session/interpreter/model.ts';
import { step, type InterpreterEvent } from '../../../../src/session/interpreter/step.ts';
import { AssistantError } from '../../../../src/shared/errors.ts';

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

const begun: readonly InterpreterEvent[] = [
  { type: 'microphone', state: 'live' },
  { type: 'ready', languages: null },
];
const end: InterpreterEvent = { type: 'end' };
const error = new AssistantError('socket-closed', 'gone');

const told = (side: 'original' | 'translation', final: boolean, text = 'hello', endMs = 2_000): InterpreterEvent => ({
  type: 'sentence',
  ...{ stream: 'near-1.1', task: '1', side, final, text, startMs: 0, endMs: final ? endMs : null },
  language: side === 'original' ? 'en' : 'es',
});

interface Ended {
  readonly model: Model;
  readonly effects: readonly Effect[];
  readonly phase: string;
  readonly finals: readonly (boolean | undefined)[];
}

/** `voicedMs`: until where the page's own ear heard somebody on the first stream. */
function after(
  events: readonly InterpreterEvent[],
  voicedMs: number | null = null,
  wished: Partial<InterpreterRunOptions> = {},
): Ended {
  let model = initial({ ...options, ...wished });
  const effects: Effect[] = [];
  const clock = {
    beganAt: () => 0,
    now: () => 9_000,
    voicedMs: (stream: string) => (stream === 'near-1.1' ? voicedMs : null),
  };
  for (const event of [...begun, ...events]) {
    const [next, caused] = step(model, event, clock);
    model = next;
    effects.push(...caused);
  }
  const finals = model.shown.lines.flatMap(({ original, translation }) => [original?.final, translation?.final]);
  return { model, effects, phase: model.shown.phase, finals };
}

describe('the end of an interpretation', () => {
  it('closes the streams and the microphone, and is quiet', () => {
    const { model, effects } = after([told('original', false), { type: 'hold', side: 'far', down: true }, end], null, {
      turn: 'hold',
    });
    expect(model.shown).toMatchObject({ phase: 'ending', microphone: 'off', playing: false, speaking: null });
    expect(effects.slice(-3)).toEqual([
      { to: 'wire', uplink: { type: 'close', stream: 'near-1.1' } },
      { to: 'wire', uplink: { type: 'close', stream: 'far-1.2' } },
      { to: 'hush' },
    ]);
    const audio = new Uint8Array(1);
    const speech = { type: 'speech', stream: 'near-1.1', task: '1', language: 'es', text: 'hola', audio } as const;
    expect(after([told('original', false), end, speech]).effects.filter(({ to }) => to === 'voice')).toEqual([]);
  });

  it('is there when every sentence has its last words in both languages', () => {
    const growing = [told('original', false), end];
    expect(after(growing).phase).toBe('ending');
    expect(after([...growing, told('original', true)]).phase).toBe('ending');
    const whole = [...growing, told('original', true), told('translation', true)];
    expect(after(whole)).toMatchObject({ phase: 'ended', finals: [true, true] });
    expect(after([...growing, told('original', true)], null, { to: null }).phase).toBe('ended');
    // What looked like a word was noise, and has no translation.
    expect(after([...growing, told('original', true, '')]).phase).toBe('ended');
  });

  it('is there at once where nobody said anything, and waits where the page heard somebody whom the service did not tell of yet', () => {
    const said = [told('original', true), told('translation', true)];
    expect(after([end]).phase).toBe('ended');
    expect(after([...said, end], 2_400).phase).toBe('ended');
    expect(after([end], 600).phase).toBe('ending');
    expect(after([...said, end], 2_600).phase).toBe('ending');
  });

  it('is there when the service has nothing more to tell: what was being said counts as it stands', () => {
    const over: InterpreterEvent = { type: 'closed', stream: 'near-1.1' };
    const refused: InterpreterEvent = { type: 'refused', stream: 'near-1.1', error };
    for (const event of [over, refused]) {
      const { phase, finals, model } = after([told('original', false), end, event], 600);
      expect([phase, finals, model.shown.notice]).toEqual(['ended', [true, undefined], null]);
    }
  });

  it('waits for the streams of the languages before as well', () => {
    const swapped: InterpreterEvent = { type: 'languages', from: 'es', to: 'en' };
    const growing = [told('original', false), swapped, end];
    expect(after(growing).phase).toBe('ending');
    expect(after([...growing, { type: 'closed', stream: 'near-1.1' }]).phase).toBe('ended');
  });

  it('is told of no more breaks, opens nothing and is no failure', () => {
    const growing = [told('original', false), end];
    const lost: InterpreterEvent = { type: 'reconnecting', inMs: 500, error };
    expect(after([...growing, lost, { type: 'ready', languages: null }]).phase).toBe('ending');
    const wished: InterpreterEvent = { type: 'languages', from: 'es', to: 'en' };
    expect(after([...growing, wished]).model.open).toEqual([]);
    const { phase, finals, model } = after([...growing, { type: 'failed', error: error.toFacts() }]);
    expect([phase, finals, model.shown.error]).toEqual(['ended', [true, undefined], null]);
  });

  it('that nobody wished for keeps what was being said, too', () => {
    const growing = told('original', false);
    expect(after([growing, { type: 'failed', error: error.toFacts() }])).toMatchObject({
      phase: 'error',
      finals: [true, undefined],
    });
    const gone: InterpreterEvent = { type: 'microphone-failed', error: error.toFacts(), terminal: true };
    expect(after([growing, gone])).toMatchObject({ phase: 'error', finals: [true, undefined] });
  });
});
