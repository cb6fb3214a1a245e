import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ABSENT, appearance } from '../../../../demo/server/rtstream/events/appearance.ts';
import type { EventMatch } from '../../../../demo/server/rtstream/scene.ts';

/** `m` matched, `p` there but not new, `-` not there. */
function fires(scenes: string): string {
  let state = ABSENT;
  return Array.from(scenes)
    .map((scene) => {
      const match: EventMatch = { matched: scene === 'm', present: scene !== '-', confidence: 1, explanation: '' };
      const { fires: fired, now } = appearance(state, match);
      state = now;
      return fired ? '!' : '.';
    })
    .join('');
}

describe('an alert', () => {
  it.each([
    ['once for a state that continues', '-mmmm-', '.!....'],
    ['again when it was gone', 'mm--m', '!...!'],
    ['not again after one misread scene', 'mm-mm-m', '!......'],
    ['once for what was opened and stays, though it is misread once', 'mpp-mpp', '!......'],
    ['for what is opened while it was there unnoticed', 'pm', '.!'],
  ])('fires %s', (_, scenes, expected) => {
    expect(fires(scenes)).toBe(expected);
  });

  it('never fires twice without two scenes between that do not show it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('m', 'p', '-'), { maxLength: 40 }), (scenes) => {
        const between = Array.from(fires(scenes.join('')), (mark, at) => (mark === '!' ? at : -1)).filter((at) => at >= 0);
        for (const [index, at] of between.entries())
          if (index > 0) expect(scenes.slice(between[index - 1], at).join('')).toContain('--');
      }),
    );
  });
});
