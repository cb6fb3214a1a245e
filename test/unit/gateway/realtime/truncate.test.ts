import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutWords, truncateItem } from '../../../../demo/server/realtime/truncate.ts';
import type { MessageItem } from '../../../../demo/server/realtime/items.ts';

const RATE = 24000;
const answer = (spans: readonly { text: string; samples: number }[]): MessageItem => {
  const samples = spans.reduce((sum, span) => sum + span.samples, 0);
  return {
    type: 'message',
    id: 'item_a',
    role: 'assistant',
    status: 'completed',
    content: [
      {
        type: 'output_audio',
        transcript: spans.map((span) => span.text).join(''),
        annotations: [],
        sound: { pcm: Int16Array.from({ length: samples }, (_, i) => i % 1000), format: { type: 'audio/pcm', rate: RATE } },
        spans,
      },
    ],
  };
};

const item = answer([
  { text: 'We open at nine. ', samples: RATE },
  { text: 'We close at five.', samples: RATE },
]);

const soundOf = (cut: MessageItem): Int16Array => {
  const [part] = cut.content;
  if (part?.type !== 'output_audio' || part.sound === null) throw new Error('no sound');
  return part.sound.pcm;
};

describe('truncateItem', () => {
  it('cuts the sound to the sample and the words to the last one wholly heard', () => {
    const cut = truncateItem(item, 0, 1500);
    expect(soundOf(cut)).toEqual(soundOf(item).slice(0, 1.5 * RATE));
    expect(cut).toMatchObject({ status: 'incomplete', content: [{ transcript: 'We open at nine. We close' }] });
  });

  it('changes nothing at the very end', () => {
    expect(truncateItem(item, 0, 2000)).toMatchObject({
      status: 'completed',
      content: [{ transcript: 'We open at nine. We close at five.' }],
    });
  });

  it('leaves nothing at 0', () => {
    const cut = truncateItem(item, 0, 0);
    expect(soundOf(cut).length).toBe(0);
    expect(cut).toMatchObject({ content: [{ transcript: '' }] });
  });

  it('refuses a cut beyond the sound, in the words clients look for', () => {
    expect(() => truncateItem(item, 0, 2001)).toThrow('Audio content of 2000ms is already shorter than 2001ms');
  });

  it('can be cut again, and never back', () => {
    const once = truncateItem(item, 0, 1500);
    expect(truncateItem(once, 0, 500)).toMatchObject({ content: [{ transcript: 'We open' }] });
    expect(() => truncateItem(once, 0, 1600)).toThrow(/already shorter/);
  });

  it('refuses what is no spoken answer', () => {
    const user: MessageItem = { ...item, role: 'user' };
    expect(() => truncateItem(user, 0, 0)).toThrow('Only model output audio messages can be truncated');
    expect(() => truncateItem(item, 1, 0)).toThrow('Only model output audio messages can be truncated');
    const typed: MessageItem = { ...item, content: [{ type: 'output_text', text: 'x', annotations: [] }] };
    expect(() => truncateItem(typed, 0, 0)).toThrow('Only model output audio messages can be truncated');
  });

  it('any cut within the sound is exact to the sample and keeps a beginning of the words', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), (ms) => {
        const cut = truncateItem(item, 0, ms);
        expect(soundOf(cut).length).toBe(Math.round((ms * RATE) / 1000));
        const [part] = cut.content;
        expect('We open at nine. We close at five.'.startsWith(part?.type === 'output_audio' ? part.transcript : '?')).toBe(true);
      }),
    );
  });
});

describe('cutWords', () => {
  it('goes by the stretch that each clause really took', () => {
    const spans = [
      { text: 'Slow words. ', samples: 9000 },
      { text: 'Quick ones.', samples: 1000 },
    ];
    expect(cutWords(spans, 8000)).toBe('Slow');
    expect(cutWords(spans, 9000)).toBe('Slow words.');
    expect(cutWords(spans, 9600)).toBe('Slow words. Quick');
  });
});
