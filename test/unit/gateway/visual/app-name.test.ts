import { describe, expect, it } from 'vitest';
import { windowOf } from '../../../../demo/server/rtstream/visual/app-name.ts';

/** Which application is in front, by what is written where. */

const line = (words: string, top: number, left = 0.02) => ({
  ...{ line: words, confidence: 0.9 },
  area: { left, top, right: left + 0.4, bottom: top + 0.025 },
});

describe('the application in front', () => {
  it('is named by its title at the top', () => {
    expect(windowOf([line('general (Channel) - Acme Inc - Slack', 0.01), line('Threads', 0.2)], null).app).toBe('Slack');
  });

  it('is named by its title below a camera’s clock or a desktop’s bar, where nothing is written above', () => {
    const below = line('Inbox (12) - anna@example.com - Gmail', 0.07);
    expect(windowOf([below, line('Compose', 0.2)], null)).toEqual({ title: below.line, app: 'Gmail' });
    expect(windowOf([line('Compose', 0.2), below], null).app).toBe('Gmail');
  });

  it.each([
    ['what is written below something else', [line('Pricing', 0.05, 0.6), line('How we work - Slack', 0.1)]],
    ['what stands in the page', [line('How we work - Slack', 0.3)]],
    ['a sentence', [line('We moved to Slack', 0.07)]],
    ['a heading of one word', [line('Our team - Notes', 0.07)]],
  ])('is not named by %s', (_what, text) => {
    expect(windowOf(text, null).app).toBeNull();
  });
});
