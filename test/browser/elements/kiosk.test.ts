import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { VivaVoce } from '../../../src/elements/viva-voce/viva-voce.ts';
import type { SessionState } from '../../../src/session/state.ts';
import { entry, type FakeAssistant } from '../../support/fake-assistant.ts';
import { everything, focused, has, mount, settled, unmountAll, within } from '../../support/tag.ts';

afterEach(unmountAll);

const TIMES = { 'idle-timeout-ms': '5000', 'idle-countdown-ms': '20000' };

/** A kiosk that waits for visitors; touch alone, so that no test opens a microphone. */
async function kiosk(attributes: Readonly<Record<string, string>> = {}) {
  const mounted = await mount({ variant: 'kiosk', presence: 'touch', ...TIMES, ...attributes });
  await vi.waitFor(() => within(mounted.tag, '[part="attract-begin"]'), { timeout: 5000 });
  await settled(mounted.tag);
  return mounted;
}

async function begun(tag: VivaVoce, assistant: FakeAssistant, state: Partial<SessionState> = {}): Promise<void> {
  await userEvent.click(within(tag, '[part="attract-begin"]'));
  await vi.waitFor(() => expect(assistant.asked('start')).toEqual([['start', { voice: true }]]));
  assistant.show({ phase: 'listening', ...state });
  await settled(tag);
}

test('a touch begins the conversation, and the panel can be reached only from then on', async () => {
  const { tag, assistant } = await kiosk();
  expect(within(tag, 'viva-panel').inert).toBe(true);
  await begun(tag, assistant);
  expect(has(tag, 'viva-kiosk-attract')).toBe(false);
  expect(within(tag, 'viva-panel').inert).toBe(false);
});

test('after a while without a sign comes the warning, and then everything of the visitor is gone', async () => {
  const { tag, assistant } = await kiosk({ lang: 'en' });
  const resets: string[] = [];
  tag.addEventListener('viva-reset', ({ reason }) => resets.push(reason));
  await begun(tag, assistant, { transcript: [entry('user', 'My number is 4711')] });
  sessionStorage.setItem('viva-visitor', '4711');
  const field = within(tag, 'textarea', HTMLTextAreaElement);
  await userEvent.fill(field, 'nobody else may read this');
  tag.setAttribute('lang', 'de');
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'Date'] });
  try {
    await userEvent.click(within(tag, 'viva-panel'));
    vi.advanceTimersByTime(5_000);
    await tag.updateComplete;
    expect(within(tag, 'dialog', HTMLDialogElement).open).toBe(true);
    vi.advanceTimersByTime(20_000);
  } finally {
    vi.useRealTimers();
  }
  await vi.waitFor(() => expect(resets).toEqual(['idle']));
  await vi.waitFor(() => expect(focused()?.getAttribute('part')).toBe('attract-begin'));
  expect(assistant.asked('stop')).toHaveLength(1);
  expect(tag.lang).toBe('en');
  expect(sessionStorage.getItem('viva-visitor')).toBeNull();
  expect(everything(tag).some((element) => element instanceof HTMLTextAreaElement && element.value !== '')).toBe(false);
  expect(tag.assistant).toBe(assistant);
});
