import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SampleClock } from '../../../../src/protocols/realtime/sample-clock.ts';
import { UserTurns } from '../../../../src/protocols/realtime/user-turns.ts';
import type { ServerEvent } from '../../../../src/protocols/realtime/events.ts';
import { samples } from '../../../../src/shared/time.ts';

describe('SampleClock', () => {
  it('knows nothing before the first frame', () => {
    expect(new SampleClock(16000).toCapture(0)).toBeNull();
  });

  it('maps the server count back across gaps', () => {
    const clock = new SampleClock(16000);
    clock.append(samples(1000), 320);
    clock.append(samples(1320), 320);
    clock.append(samples(9000), 320);
    expect(clock.toCapture(0)).toBe(1000);
    expect(clock.toCapture(39)).toBe(1000 + 39 * 16);
    expect(clock.toCapture(40)).toBe(9000);
    expect(clock.toCapture(50)).toBe(9160);
    expect(clock.end).toBe(9320);
  });

  it('never maps beyond what was appended, or before it', () => {
    const clock = new SampleClock(16000);
    clock.append(samples(0), 320);
    expect(clock.toCapture(99999)).toBe(320);
    expect(clock.toCapture(-5)).toBeNull();
    expect(clock.toCapture(Number.NaN)).toBeNull();
  });

  it('agrees with the slow way for any gaps', () => {
    const runs = fc.array(fc.record({ gap: fc.nat(3), frames: fc.integer({ min: 1, max: 4 }) }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(runs, fc.nat(4000), (list, wireMs) => {
        const clock = new SampleClock(16000);
        const heard: number[] = [];
        let at = 0;
        for (const { gap, frames } of list) {
          at += gap * 320;
          for (let frame = 0; frame < frames; frame += 1, at += 320) {
            clock.append(samples(at), 320);
            for (let index = 0; index < 320; index += 1) heard.push(at + index);
          }
        }
        const wire = wireMs * 16;
        const expected = wire < heard.length ? heard[wire] : (heard.at(-1) ?? 0) + 1;
        expect(clock.toCapture(wireMs)).toBe(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('stays bounded however much the sound stutters', () => {
    const clock = new SampleClock(16000);
    for (let frame = 0; frame < 20_000; frame += 1) clock.append(samples(frame * 640), 320);
    expect(clock.toCapture(0)).toBeNull();
    expect(clock.toCapture(20_000 * 20)).toBe(19_999 * 640 + 320);
  });
});

describe('UserTurns', () => {
  const start = (item_id: string, audio_start_ms: number): ServerEvent => ({
    type: 'input_audio_buffer.speech_started',
    item_id,
    audio_start_ms,
  });
  const stop = (item_id: string, audio_end_ms: number): ServerEvent => ({
    type: 'input_audio_buffer.speech_stopped',
    item_id,
    audio_end_ms,
  });
  const commit = (item_id: string): ServerEvent => ({ type: 'input_audio_buffer.committed', item_id });
  const words = (item_id: string): ServerEvent => ({
    type: 'conversation.item.input_audio_transcription.completed',
    item_id,
    transcript: 'hello',
  });

  function heard(seconds: number): { clock: SampleClock; turns: UserTurns } {
    const clock = new SampleClock(16000);
    clock.append(samples(100), seconds * 16000);
    return { clock, turns: new UserTurns(clock) };
  }

  it('tells where speech began and ended on the capture clock, once each', () => {
    const { turns } = heard(10);
    expect(turns.read(start('u', 1000), true)).toEqual([{ type: 'speech-started', itemId: 'u', at: 16100 }]);
    expect(turns.read(start('u', 1000), true)).toEqual([]);
    expect(turns.read(stop('u', 2000), true)).toEqual([{ type: 'speech-stopped', itemId: 'u', at: 32100 }]);
    expect(turns.read(stop('u', 3000), true)).toEqual([]);
  });

  it('settles a turn when its words are final', () => {
    const { turns } = heard(10);
    turns.read(start('u', 1000), true);
    turns.read(stop('u', 2000), true);
    expect(turns.read(commit('u'), true)).toEqual([]);
    expect(turns.read(words('u'), true)).toEqual([{ type: 'settled', through: 32100 }]);
  });

  it('does not settle a later turn over the head of an earlier one', () => {
    const { turns } = heard(10);
    for (const [id, from] of [
      ['u', 1000],
      ['v', 4000],
    ] as const) {
      turns.read(start(id, from), true);
      turns.read(stop(id, from + 1000), true);
      turns.read(commit(id), true);
    }
    expect(turns.read(words('v'), true)).toEqual([]);
    expect(turns.read(words('u'), true)).toEqual([{ type: 'settled', through: 80100 }]);
  });

  it('settles a turn that cannot be recognised: sending it again would end the same', () => {
    const { turns } = heard(10);
    turns.read(start('u', 1000), true);
    turns.read(stop('u', 2000), true);
    const failed: ServerEvent = { type: 'conversation.item.input_audio_transcription.failed', item_id: 'u', error: {} };
    expect(turns.read(failed, true)).toEqual([{ type: 'settled', through: 32100 }]);
  });

  it('settles at the commit where no words are to come', () => {
    const { turns } = heard(10);
    turns.read(start('u', 1000), false);
    turns.read(stop('u', 2000), false);
    expect(turns.read(commit('u'), false)).toEqual([{ type: 'settled', through: 32100 }]);
  });

  it('ends a held turn where the commit was sent, not where it was answered', () => {
    const { clock, turns } = heard(2);
    turns.commit();
    clock.append(samples(100_000), 16000);
    turns.read(commit('u'), true);
    expect(turns.read(words('u'), true)).toEqual([{ type: 'settled', through: 32100 }]);
  });
});
