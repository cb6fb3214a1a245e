import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { clearStages } from '../../support/access-stages.ts';
import { heard, named, tree } from '../../support/access-tree.ts';
import { entry } from '../../support/fake-assistant.ts';
import { everything, focused, mount, settled, unmountAll, within } from '../../support/tag.ts';

/** A journey as a screen reader meets it: by the browser's accessibility tree, and by what its live regions are told. */

afterEach(() => {
  unmountAll();
  clearStages();
});

test('closed, a button that opens a dialog; open, a dialog of its own name with everything in it named', async () => {
  const { tag, assistant } = await mount();
  const launcher = (await tree()).find(({ role, name }) => role === 'button' && name !== '');
  expect(launcher?.properties).toMatchObject({ hasPopup: 'dialog', expanded: false });
  within(tag, '[part="launcher"]').focus();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(focused()?.getAttribute('part')).toBe('start'));
  assistant.show({
    phase: 'listening',
    microphone: 'live',
    transcript: [entry('user', 'Hello?'), entry('assistant', 'Good day.')],
  });
  await settled(tag);
  const told = await tree();
  expect(told.filter(({ role }) => role === 'dialog').map(({ name }) => name)).toHaveLength(1);
  expect(told.find(({ role }) => role === 'dialog')?.name).not.toBe('');
  for (const role of ['button', 'textbox', 'log', 'heading', 'combobox', 'slider'])
    expect(
      told.filter((node) => node.role === role && node.name === '').map((node) => node.role),
      role,
    ).toEqual([]);
  expect(await named('textbox')).toHaveLength(1);
  expect(told.some(({ name }) => name.includes('Good day.'))).toBe(true);
  expect(told.some(({ properties }) => properties['live'] === 'polite')).toBe(true);
});

test('a state and a line are told once each, what is half said is not, and the line that was told goes after a second', async () => {
  const { tag, assistant } = await mount({ open: '' });
  assistant.show({ phase: 'listening', microphone: 'live' });
  await settled(tag);
  const said = heard(tag);
  const answer = entry('assistant', 'We open at nine.', { status: 'interim' });
  assistant.show({ phase: 'speaking', playing: true, transcript: [{ ...answer, text: 'We op', revealed: 5 }] });
  await settled(tag);
  assistant.show({ transcript: [answer] });
  await settled(tag);
  const region = within(within(tag, 'viva-announcer'), '[role="log"]');
  expect(region.textContent.trim()).toBe('');
  assistant.show({ phase: 'listening', playing: false, transcript: [{ ...answer, status: 'final' }] });
  await settled(tag);
  expect(region.textContent).toContain('We open at nine.');
  assistant.show({ userSpeaking: true });
  await settled(tag);
  await vi.waitFor(() => expect(region.textContent.trim()).toBe(''), { timeout: 4000 });
  expect(said.filter((text) => text.includes('We open at nine.'))).toEqual(['Assistant: We open at nine.']);
  const states = within(tag, 'viva-status');
  expect(everything(states).filter((element) => element.matches('[role="status"], [aria-live]')).length).toBeLessThanOrEqual(1);
});

test('the focus is stolen neither by what grows, nor by what fails, nor by a panel that is open from the start', async () => {
  const field = document.createElement('input');
  field.setAttribute('aria-label', 'The page’s own');
  document.body.append(field);
  try {
    field.focus();
    const { tag, assistant } = await mount({ 'default-open': '' });
    expect(focused()).toBe(field);
    for (const phase of ['connecting', 'listening', 'speaking', 'reconnecting', 'error', 'ended'] as const) {
      assistant.show({ phase, transcript: [entry('user', phase), ...assistant.state.value.transcript] });
      await settled(tag);
      expect(focused(), phase).toBe(field);
    }
  } finally {
    field.remove();
  }
});

test('the focus is not lost when what has it goes: menus, a question of consent, the panel', async () => {
  const { tag, assistant } = await mount({ consent: 'session' });
  within(tag, '[part="launcher"]').focus();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(focused()?.closest('*')).not.toBe(document.body));
  await vi.waitFor(() => within(within(tag, 'viva-consent'), '[part="accept"]'), { timeout: 5000 });
  within(within(tag, 'viva-consent'), '[part="accept"]').focus();
  await userEvent.keyboard('{Enter}');
  await settled(tag);
  const inTag = (): boolean => document.activeElement === tag;
  await vi.waitFor(() => expect([inTag(), focused()?.isConnected]).toEqual([true, true]));
  assistant.show({ phase: 'listening', microphone: 'live' });
  await settled(tag);
  expect(inTag()).toBe(true);
  within(tag, '[part="close"]').focus();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(focused()?.getAttribute('part')).toBe('launcher'));
});
