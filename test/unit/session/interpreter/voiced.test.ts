import { describe, expect, it } from 'vitest';
import { Voiced } from '../../../../src/session/interpreter/voiced.ts';

const FRAME = 320;

/** Frames of one stream from the capture position of frame 100 on: `v` voiced, `.` quiet, `m` muted; the ear tells of both at once. */
function heard(script: string): Voiced {
  const voiced = new Voiced(16_000);
  Array.from(script).forEach((kind, index) => {
    const at = (100 + index) * FRAME;
    const before = script[index - 1] ?? '.';
    if (kind !== before) voiced.activity({ type: kind === '.' ? 'silence' : 'speech', at });
    voiced.frame('near', at, FRAME, kind === 'm');
  });
  return voiced;
}

describe('how far a stream holds speech', () => {
  it('is told in ms of its own clock', () => {
    expect(heard('....').untilMs('near')).toBeNull();
    expect(heard('..vv').untilMs('near')).toBe(80);
    expect(heard('..vv..').untilMs('near')).toBe(80);
    expect(heard('..vv').untilMs('far')).toBeNull();
  });

  it('does not count what is muted, nor a hit that is not confirmed', () => {
    expect(heard('..mm').untilMs('near')).toBeNull();
    expect(heard('.vvmm').untilMs('near')).toBe(60);
    const voiced = heard('..');
    voiced.activity({ type: 'maybe', at: 102 * FRAME });
    voiced.frame('near', 102 * FRAME, FRAME, false);
    expect(voiced.untilMs('near')).toBeNull();
  });

  it('ends where silence began, although it was told later', () => {
    const voiced = heard('..vvvvvv');
    voiced.activity({ type: 'silence', at: 104 * FRAME });
    expect(voiced.untilMs('near')).toBe(80);
  });

  it('is forgotten with its stream', () => {
    const voiced = heard('..vv');
    voiced.forget('near');
    expect(voiced.untilMs('near')).toBeNull();
  });
});
