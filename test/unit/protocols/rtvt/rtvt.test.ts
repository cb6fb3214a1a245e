import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { talk } from './talk.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a session', () => {
  it('connects, logs in, starts a stream, sends its sound and ends it', () => {
    const page = talk();
    page.open('a');
    page.wait(200);
    expect(page.urls).toEqual(['ws://service.test:14002/service/websocket']);
    expect(page.told.map(({ type }) => type).sort()).toEqual(['opened', 'ready']);
    page.say(1, 1000, 'a');
    page.say(0, 400, 'a');
    page.close('a');
    page.wait(6000);
    expect(page.connection.quests.map(({ method }) => method).filter((m, i, all) => m !== all[i - 1])).toEqual([
      'login',
      'voiceStart',
      'getAvailableLanguage',
      'voiceData',
      'voiceEnd',
      '*ping',
    ]);
    expect(page.finals()).toEqual(['1:50']);
    expect(page.finals('translation')).toEqual(['t1:50']);
    expect(page.told.at(-1)).toEqual({ type: 'closed', stream: 'a' });
    page.complete();
    expect(page.completed).toBe(true);
  });
});
