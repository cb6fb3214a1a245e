import { describe, expect, it } from 'vitest';
import { asAssistant } from '../../../../src/session/interpreter/as-assistant.ts';
import type { SessionState } from '../../../../src/session/state.ts';
import { FakeInterpreter } from '../../../support/fake-interpreter.ts';

describe('an interpreter as an assistant', () => {
  const worn = () => {
    const interpreter = new FakeInterpreter({ phase: 'listening', microphone: 'live', dropped: 3 });
    return { interpreter, assistant: asAssistant(interpreter) };
  };

  it('shows where it stands, and follows it for as long as somebody looks', () => {
    const { interpreter, assistant } = worn();
    const seen: SessionState[] = [];
    const looking = assistant.state.subscribe((state) => seen.push(state));
    interpreter.show({ muted: true, microphone: 'muted', playing: true });
    looking.unsubscribe();
    interpreter.show({ phase: 'ended' });
    expect(seen.map(({ phase, microphone, playing }) => [phase, microphone, playing])).toEqual([
      ['listening', 'live', false],
      ['listening', 'muted', true],
    ]);
    expect(interpreter.state.observed).toBe(false);
    expect(assistant.state.value).toMatchObject({ phase: 'ended', counters: { 'frames dropped': 3 }, transcript: [] });
  });

  it('passes on what both can', async () => {
    const { interpreter, assistant } = worn();
    await assistant.start({ voice: true });
    await assistant.setDevice('microphone', 'desk');
    assistant.mute(true);
    assistant.hold(true);
    assistant.interrupt('escape');
    assistant.setVolume(0.5);
    assistant.retry();
    await assistant.stop();
    const passed = ['start', 'setDevice', 'mute', 'hold', 'hush', 'setVolume', 'retry', 'stop'];
    expect(interpreter.calls.map(([name]) => name)).toEqual(passed);
    expect(assistant.devices.value.microphone).toBe('desk');
  });

  it('says no to what it cannot do', async () => {
    const { assistant } = worn();
    const refused = { code: 'unsupported' };
    await expect(assistant.send('hello')).rejects.toMatchObject(refused);
    await expect(assistant.startCamera()).rejects.toMatchObject(refused);
    await expect(assistant.startScreen()).rejects.toMatchObject(refused);
    await expect(assistant.snapshot()).rejects.toMatchObject(refused);
    expect(() => assistant.addContext('a fact')).toThrow(expect.objectContaining(refused) as Error);
  });
});
