import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { AssistantError } from '../../../src/shared/errors.ts';
import type { SessionState } from '../../../src/session/state.ts';
import { clearStages, stages } from '../../support/access-stages.ts';
import { deskStream, FakeDesk } from '../../support/fake-desk.ts';
import { everything, focused, has, mount, settled, unmountAll, within } from '../../support/tag.ts';

/** Whatever is pressed and whatever goes away, the focus is on something that is there: never on the page, never on what is not seen. */

beforeAll(() => page.viewport(1200, 900));
afterEach(() => {
  unmountAll();
  clearStages();
});

const PRESSED = 'button, summary, select, [role="tab"], [role="option"], input:is([type="checkbox"], [type="radio"])';
/** Of what is many of a kind, so many are pressed: a keyboard's keys, a list of languages. */
const MOST_OF_A_KIND = 3;
const MOST = 60;

async function rendered(root: Element): Promise<void> {
  for (let round = 0; round < 3; round++)
    for (const element of [root, ...everything(root)]) if ('updateComplete' in element) await element.updateComplete;
  // The browser takes the focus from what is disabled or hidden when it draws.
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
}

const isPressable = (element: Element): element is HTMLElement =>
  element instanceof HTMLElement &&
  element.matches(PRESSED) &&
  !element.matches(':disabled') &&
  element.checkVisibility({ visibilityProperty: true });

const called = (element: Element): string =>
  `${element.localName} “${element.getAttribute('aria-label') ?? element.textContent.replace(/\s+/g, ' ').trim().slice(0, 60)}”`;

function press(element: HTMLElement): void {
  if (!(element instanceof HTMLSelectElement)) {
    element.click();
    return;
  }
  element.selectedIndex = (element.selectedIndex + 1) % element.options.length;
  element.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
}

/** Null: the focus is on what can be seen. */
function lost(): string | null {
  const now = focused();
  if (now === null || now === document.body) return 'the page has it';
  return now.checkVisibility({ visibilityProperty: true }) ? null : `${called(now)} is not seen`;
}

/** What an earlier stage of the same element had, and was pressed there. */
const pressed = new Set<string>();

/** Presses what `root` has, one after the other, as somebody with a keyboard does; each press and what came of the focus. */
async function walk(root: Element): Promise<readonly string[]> {
  const faults: string[] = [];
  const kinds = new Map<string, number>();
  const kindOf = (element: Element) => element.getAttribute('part') ?? (element.closest('dialog ul') === null ? '' : 'listed');
  const isNext = (element: Element): element is HTMLElement =>
    isPressable(element) &&
    !pressed.has(`${root.localName} ${called(element)}`) &&
    (kindOf(element) === '' || (kinds.get(kindOf(element)) ?? 0) < MOST_OF_A_KIND);
  for (let presses = 0; presses < MOST; presses++) {
    const next = everything(root).find(isNext);
    if (next === undefined) return faults;
    const name = called(next);
    kinds.set(kindOf(next), (kinds.get(kindOf(next)) ?? 0) + 1);
    pressed.add(`${root.localName} ${name}`);
    next.focus();
    // What lies below a dialog cannot be reached.
    if (focused() !== next) continue;
    press(next);
    await rendered(root);
    const fault = lost();
    if (fault !== null) faults.push(`${name}: ${fault}`);
  }
  return faults;
}

// The variants have nothing that the panel does not have.
test.each(Object.keys(stages).filter((name) => !name.startsWith('variant')))('pressed one after the other: %s', async (name) => {
  // A browser that does not let anything be copied is another test's business.
  vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  expect(await walk(await stages[name]!({}))).toEqual([]);
});

const error = (code: 'microphone-denied' | 'session-expired') => new AssistantError(code, 'x').toFacts();
const phases = {
  connecting: { phase: 'connecting', microphone: 'asking' },
  listening: { phase: 'listening', microphone: 'live' },
  thinking: { phase: 'thinking', microphone: 'live' },
  speaking: { phase: 'speaking', microphone: 'live', playing: true },
  reconnecting: { phase: 'reconnecting', microphone: 'live', playing: false, retryInMs: 4000 },
  ended: { phase: 'ended', microphone: 'off' },
  failed: { phase: 'error', microphone: 'off', error: error('microphone-denied') },
  'failed again': { phase: 'error', error: error('session-expired') },
  idle: { phase: 'idle', error: null },
} satisfies Record<string, Partial<SessionState>>;

test.each([
  ['vad', ['listening', 'failed']],
  ['hold', ['listening']],
] as const)('a conversation that goes on by itself takes the focus along, turn="%s"', async (turn, from) => {
  const { tag, assistant } = await mount({ open: '', turn, suggestions: '["Where are you?"]' });
  const reached = () => everything(tag).filter(isPressable);
  const shown = new Map<string, ReadonlySet<string>>();
  for (const [phase, state] of Object.entries(phases)) {
    assistant.show(state);
    await settled(tag);
    shown.set(phase, new Set(reached().map(called)));
  }
  const faults: string[] = [];
  for (const before of from)
    for (const [after, next] of Object.entries(phases))
      for (const name of shown.get(before) ?? []) {
        if (shown.get(after)?.has(name) === true) continue;
        assistant.show(phases[before]);
        await rendered(tag);
        reached()
          .find((element) => called(element) === name)
          ?.focus();
        assistant.show(next);
        await rendered(tag);
        const fault = lost();
        if (fault !== null) faults.push(`${before} → ${after}, ${name}: ${fault}`);
      }
  expect(faults).toEqual([]);
});

test('a button that waits for an answer keeps the focus, and one that is gone with its stream gives it to the list', async () => {
  const desk = new FakeDesk({ streams: [deskStream(), deskStream({ id: 'rts-2', name: 'Back door' })], selected: 'rts-1' });
  let answer = (): void => undefined;
  desk.run = () => new Promise<void>((resolve) => (answer = resolve));
  const tag = Object.assign(document.createElement('viva-streams'), { connect: () => desk });
  document.body.append(tag);
  try {
    await vi.waitUntil(() => has(tag, 'header .ways button'));
    const stop = within(tag, 'header .ways button');
    stop.focus();
    stop.click();
    await rendered(tag);
    expect([stop.ariaDisabled, focused()]).toEqual(['true', stop]);
    answer();
    await rendered(tag);
    within(tag, 'header .ways button + button').focus();
    desk.show({ streams: [deskStream({ id: 'rts-2', name: 'Back door' })], selected: null });
    await rendered(tag);
    expect(lost()).toBeNull();
    expect(focused()?.closest('nav')).not.toBeNull();
  } finally {
    tag.remove();
  }
});
