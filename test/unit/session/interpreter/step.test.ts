import { describe, expect, it } from 'vitest';
import type { InterpreterRunOptions } from '../../../../src/session/interpreter/command.ts';
import { initial, isSilenced, type Effect, type Model } from '../../../../src/session/interpreter/model.ts';
import { step, type InterpreterEvent } from '../../../../src/session/interpreter/step.ts';
import { AssistantError } from '../../../../src/shared/errors.ts';

const options: InterpreterRunOptions = {
  url: 'ws://127.0.0.1/service/websocket',
  dialect: 'fpnn',
  from: 'en',
  to: 'es',
  alternatives: [],
  turn: 'vad',
  speakAloud: false,
  voice: null,
  silenceMs: null,
  userId: null,
  muted: false,
  run: 1,
};

const clock = { beganAt: () => 1_000, now: () => 5_000, voicedMs: () => null };
const live: InterpreterEvent = { type: 'microphone', state: 'live' };

function after(
  events: readonly InterpreterEvent[],
  wished: Partial<InterpreterRunOptions> = {},
): { model: Model; effects: Effect[] } {
  let model = initial({ ...options, ...wished });
  const effects: Effect[] = [];
  for (const event of events) {
    const [next, caused] = step(model, event, clock);
    model = next;
    effects.push(...caused);
  }
  return { model, effects };
}

const opened = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.to === 'wire' && effect.uplink.type === 'open' ? [effect.uplink] : []));
const closed = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.to === 'wire' && effect.uplink.type === 'close' ? [effect.uplink.stream] : []));

const speech: InterpreterEvent = {
  type: 'speech',
  stream: 'near-1.1',
  task: '1',
  language: 'es',
  text: 'hola',
  audio: new Uint8Array(1),
};

describe('streams', () => {
  it('begin with the first sound, once', () => {
    expect(opened(after([{ type: 'ready', languages: null }]).effects)).toEqual([]);
    const { effects } = after([live, live]);
    expect(opened(effects)).toEqual([{ type: 'open', stream: 'near-1.1', settings: { from: 'en', to: 'es', speak: false } }]);
  });

  it('begin anew with other languages, under another name', () => {
    const { effects, model } = after([live, { type: 'languages', from: 'es', to: 'en' }]);
    expect(closed(effects)).toEqual(['near-1.1']);
    expect(opened(effects)[1]).toEqual({ type: 'open', stream: 'near-1.2', settings: { from: 'es', to: 'en', speak: false } });
    expect(model.open.map(({ stream }) => stream)).toEqual(['near-1.2']);
    expect(after([live, { type: 'languages', from: 'en', to: 'es' }]).effects).toHaveLength(1);
  });

  it('are two with a talk key each, in both directions', () => {
    const { effects } = after([live], { turn: 'hold', alternatives: ['ca', 'en'] });
    expect(opened(effects).map(({ settings: { from, to, alternatives } }) => [from, to, alternatives])).toEqual([
      ['en', 'es', ['ca']],
      ['es', 'en', undefined],
    ]);
  });

  it('ask for a voice only where there is a translation to be spoken', () => {
    expect(opened(after([live, { type: 'aloud', on: true }]).effects)[1]?.settings.speak).toBe(true);
    expect(opened(after([live], { to: null, speakAloud: true }).effects)[0]?.settings.speak).toBe(false);
  });

  it('that are refused end alone, and say why', () => {
    const error = new AssistantError('unsupported', 'en-xx: not here; en-es');
    const { model } = after([live, { type: 'refused', stream: 'far-1.2', error }], { turn: 'hold' });
    expect(model.open.map(({ stream }) => stream)).toEqual(['near-1.1']);
    expect(model.shown.notice?.message).toContain('en-es');
    expect(model.shown.phase).toBe('connecting');
    const late = after([live, { type: 'languages', from: 'es', to: 'en' }, { type: 'refused', stream: 'near-1.1', error }]);
    expect(late.model.shown.notice).toBeNull();
  });
});

describe('who is heard', () => {
  it('nobody while muted', () => {
    const { model } = after([live, { type: 'mute', muted: true }]);
    expect(isSilenced(model, 'near')).toBe(true);
    expect(model.shown.microphone).toBe('muted');
  });

  it('with talk keys, who holds one', () => {
    const { model } = after([live, { type: 'hold', side: 'far', down: true }], { turn: 'hold' });
    expect([isSilenced(model, 'near'), isSilenced(model, 'far')]).toEqual([true, false]);
    const [released] = step(model, { type: 'hold', side: 'far', down: false }, clock);
    expect(isSilenced(released, 'far')).toBe(true);
    const [other] = step(model, { type: 'hold', side: 'near', down: false }, clock);
    expect(isSilenced(other, 'far')).toBe(false);
  });
});

describe('spoken translations', () => {
  const playing: InterpreterEvent = { type: 'playback', event: { type: 'started', itemId: 'x', at: 0 } };

  it('are said only when wished', () => {
    expect(after([speech]).effects).toEqual([]);
    expect(after([speech], { speakAloud: true }).effects.map(({ to }) => to)).toEqual(['voice']);
  });

  it('are hushed when no longer wished, and by who takes the word', () => {
    expect(after([{ type: 'aloud', on: false }], { speakAloud: true }).effects).toContainEqual({ to: 'hush' });
    const { effects } = after([playing, { type: 'hold', side: 'near', down: true }], { turn: 'hold', speakAloud: true });
    expect(effects).toContainEqual({ to: 'hush' });
  });

  it('are turned down, not cut, while somebody speaks over them', () => {
    const gains = (events: readonly InterpreterEvent[]) =>
      after(events, { speakAloud: true }).effects.flatMap((effect) =>
        effect.to === 'speaker' && effect.command.type === 'duck' ? [effect.command.gain] : [],
      );
    expect(gains([{ type: 'activity', activity: 'maybe' }])).toEqual([]);
    expect(gains([playing, { type: 'activity', activity: 'maybe' }, { type: 'activity', activity: 'speech' }])).toEqual([0.2]);
    expect(gains([playing, { type: 'activity', activity: 'maybe' }, { type: 'activity', activity: 'silence' }])).toEqual([
      0.2, 1,
    ]);
  });
});

describe('what is shown', () => {
  const told = (side: 'original' | 'translation', final: boolean, endMs: number | null, task = '1'): InterpreterEvent => ({
    type: 'sentence',
    stream: 'near-1.1',
    ...{ task, side, final, endMs, startMs: 0 },
    ...{ language: side === 'original' ? 'en' : 'es', text: `${side} ${String(final)}` },
  });

  it('times the last words in the language that is read, from the end of the speech', () => {
    const latency = (events: readonly InterpreterEvent[], wished = {}) => after(events, wished).model.shown.latency;
    // The clock stands at 5 000, the stream began at 1 000.
    const growing = [told('original', false, null), told('translation', false, null), told('original', true, 3_000)];
    expect(latency(growing)).toBeNull();
    const whole = [...growing, told('translation', true, 3_000)];
    expect(latency(whole)).toEqual({ lastMs: 1_000, meanMs: 1_000, turns: 1 });
    expect(latency([...whole, told('translation', true, 3_000)])).toMatchObject({ turns: 1 });
    expect(latency([...whole, told('translation', true, 2_000, '2')])).toEqual({ lastMs: 2_000, meanMs: 1_500, turns: 2 });
    expect(latency(growing, { to: null })).toMatchObject({ lastMs: 1_000 });
  });

  it('whatever lacked its last words when its stream ended, counts as it stands', () => {
    const growing = [told('original', true, 3_000), told('translation', false, null)];
    const finals = (events: readonly InterpreterEvent[]) =>
      after(events).model.shown.lines.map(({ original, translation }) => [original?.final, translation?.final]);
    expect(finals(growing)).toEqual([[true, false]]);
    expect(finals([...growing, { type: 'closed', stream: 'far-1.2' }])).toEqual([[true, false]]);
    expect(finals([...growing, { type: 'closed', stream: 'near-1.1' }])).toEqual([[true, true]]);
    const refused = { type: 'refused', stream: 'near-1.1', error: new AssistantError('server-busy', 'x') } as const;
    expect(finals([live, ...growing, refused])).toEqual([[true, true]]);
  });

  it('what lacks its last words long after others were told counts as it stands: its sound was lost', () => {
    const later = { ...told('original', true, 33_000, '2'), startMs: 31_000 } as InterpreterEvent;
    const finals = (events: readonly InterpreterEvent[]) =>
      after(events).model.shown.lines.map(({ original }) => original?.final);
    expect(finals([told('original', false, null), { ...later, startMs: 30_000 } as InterpreterEvent])).toEqual([false, true]);
    expect(finals([told('original', false, null), later])).toEqual([true, true]);
  });

  it('counts gaps in the voice, and stops it on request without forgetting that it is wished', () => {
    const gap: InterpreterEvent = { type: 'playback', event: { type: 'underrun', itemId: 'x', missingMs: 40 } };
    const { model, effects } = after([gap, gap, { type: 'hush' }], { speakAloud: true });
    expect([model.shown.underruns, model.shown.speakAloud, model.shown.playing]).toEqual([2, true, false]);
    expect(effects).toEqual([{ to: 'hush' }]);
  });

  it('keeps lines on one clock and in order', () => {
    const sentence = (task: string, startMs: number, text: string): InterpreterEvent => ({
      type: 'sentence',
      stream: 'near-1.1',
      task,
      side: 'original',
      language: 'en',
      text,
      final: true,
      startMs,
      endMs: startMs + 500,
    });
    const { model } = after([sentence('2', 900, 'second'), sentence('1', 0, 'first')]);
    expect(model.shown.lines.map(({ original, at }) => [original?.text, at])).toEqual([
      ['first', 1_000],
      ['second', 1_900],
    ]);
  });

  it('counts lost connections and comes back', () => {
    const error = new AssistantError('socket-closed', 'gone');
    const lost = after([live, { type: 'ready', languages: null }, { type: 'reconnecting', inMs: 500, error }]);
    expect([lost.model.shown.phase, lost.model.shown.reconnects]).toEqual(['reconnecting', 1]);
    expect(step(lost.model, { type: 'ready', languages: null }, clock)[0].shown.phase).toBe('listening');
  });

  it('ends with the microphone when it is gone for good', () => {
    const error = new AssistantError('microphone-lost', 'unplugged').toFacts();
    expect(after([live, { type: 'microphone-failed', error, terminal: false }]).model.shown.phase).toBe('connecting');
    expect(after([live, { type: 'microphone-failed', error, terminal: true }]).model.shown.phase).toBe('error');
  });
});
