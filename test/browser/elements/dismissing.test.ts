import { afterEach, beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { DISMISSED_KEY } from '../../../src/elements/chat/storage.ts';
import type { VivaVoce } from '../../../src/elements/viva-voce/viva-voce.ts';
import { axeFaults } from '../../support/axe-faults.ts';
import { FakeAssistant } from '../../support/fake-assistant.ts';
import { focused, has, settled, within } from '../../support/tag.ts';
import { until } from '../../support/until.ts';

/** A launcher that its visitor can send away, and bring back. */

const put: Element[] = [];

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

afterEach(() => {
  for (const element of put.splice(0)) element.remove();
});

async function launcher(attributes: Readonly<Record<string, string>> = { dismissible: '' }): Promise<VivaVoce> {
  const tag = document.createElement('viva-voce');
  for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
  document.body.append(tag);
  put.push(tag);
  await until(() => expect(has(tag, 'viva-dismiss') || tag.dismissed).toBe(true));
  await settled(tag);
  return tag;
}

const seen = (tag: Element): boolean => within(tag, '[part="launcher"]').checkVisibility();
const key = (name: string) => userEvent.keyboard(name);

test('by keyboard: it goes, says so and can be taken back; whoever goes on leaves nothing behind', async () => {
  const tag = await launcher();
  const after = document.body.appendChild(document.createElement('button'));
  put.push(after);
  expect(await axeFaults(tag)).toEqual([]);
  const { width, height } = within(tag, '[part="dismiss"]').getBoundingClientRect();
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
  within(tag, '[part="dismiss"]').focus();
  await key('{Enter}');
  await until(() => expect(focused()?.textContent).toBe('Undo'));
  expect([seen(tag), tag.dismissed, tag.hasAttribute('dismissed')]).toEqual([false, true, true]);
  // A screen reader says the button, and what it undoes.
  const told = focused()?.getAttribute('aria-describedby') ?? '';
  expect(within(tag, `#${told}`).textContent).toBe('The assistant is hidden.');
  expect(await axeFaults(tag)).toEqual([]);
  await key('{Enter}');
  await until(() => expect(focused()?.getAttribute('part')).toBe('launcher'));
  expect([seen(tag), tag.dismissed, has(tag, '[part="dismiss"]')]).toEqual([true, false, true]);
  within(tag, '[part="dismiss"]').click();
  await until(() => expect(focused()?.textContent).toBe('Undo'));
  await key('{Tab}');
  await until(() => expect(has(tag, 'viva-dismiss')).toBe(false));
  expect([focused(), seen(tag)]).toEqual([after, false]);
  expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);
});

test('methods do the same without a word, and what opens or begins brings it back', async () => {
  const tag = await launcher();
  await tag.dismiss();
  await tag.dismiss();
  expect([seen(tag), has(tag, 'viva-dismiss')]).toEqual([false, false]);
  await tag.restore();
  await tag.restore();
  expect(seen(tag)).toBe(true);
  await tag.dismiss();
  await tag.expand();
  await tag.collapse();
  await settled(tag);
  expect([tag.dismissed, seen(tag)]).toEqual([false, true]);
  const assistant = new FakeAssistant();
  tag.assistant = assistant;
  await tag.dismiss();
  assistant.show({ phase: 'listening' });
  await until(() => expect(seen(tag)).toBe(true));
  // The way back to a conversation cannot be sent away.
  expect(has(tag, 'viva-dismiss')).toBe(false);
});

test('the page may keep the launcher', async () => {
  const tag = await launcher();
  const heard: boolean[] = [];
  document.body.addEventListener(
    'viva-dismiss',
    (event) => {
      heard.push(event.dismissed);
      event.preventDefault();
    },
    { once: true },
  );
  within(tag, '[part="dismiss"]').click();
  await settled(tag);
  expect([heard, tag.dismissed, seen(tag)]).toEqual([[true], false, true]);
});

test.each([
  ['session', sessionStorage],
  ['local', localStorage],
])('kept where the attribute says: %s', async (dismissible, storage) => {
  const tag = await launcher({ dismissible });
  within(tag, '[part="dismiss"]').click();
  await until(() => expect(storage.getItem(DISMISSED_KEY)).toMatch(/^\d{4}-/));
  tag.remove();
  const next = await launcher({ dismissible });
  expect([next.dismissed, seen(next), has(next, 'viva-dismiss')]).toEqual([true, false, false]);
  await next.forget();
  expect(storage.length).toBe(0);
  await next.restore();
  expect(seen(next)).toBe(true);
});

test('at the top it hangs below; an unknown word is told, and keeps nothing', async () => {
  const errors: unknown[] = [];
  document.body.addEventListener('viva-error', ({ code, field }) => errors.push([code, field]), { once: true });
  const tag = await launcher({ dismissible: 'forever', placement: 'top-start' });
  expect(errors).toEqual([['bad-option', 'dismissible']]);
  expect(within(tag, '[part="dismiss"]').getBoundingClientRect().top).toBeGreaterThan(
    within(tag, '[part="launcher"]').getBoundingClientRect().top,
  );
  within(tag, '[part="dismiss"]').click();
  await until(() => expect(seen(tag)).toBe(false));
  expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);
});

test('dismissed="" from the start shows nothing, and dismissible="false" offers nothing', async () => {
  const tag = await launcher({ dismissed: '' });
  await until(() => expect(seen(tag)).toBe(false));
  const other = document.createElement('viva-voce');
  other.setAttribute('dismissible', 'false');
  other.addEventListener('viva-level', () => undefined);
  put.push(other);
  document.body.append(other);
  await other.updateComplete;
  await settled(other);
  expect(has(other, 'viva-dismiss')).toBe(false);
});
