import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { axeFaults } from '../../support/axe-faults.ts';
import { entry } from '../../support/fake-assistant.ts';
import { focused, has, mount, settled, unmountAll, within } from '../../support/tag.ts';
import { until } from '../../support/until.ts';

/** What was said before: it goes on, is kept, resumed, deleted and saved. */

// What another file's elements have left in this browser is none of these tests' business.
beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

afterEach(() => {
  unmountAll();
  vi.restoreAllMocks();
  localStorage.clear();
  sessionStorage.clear();
});

const key = (name: string) => userEvent.keyboard(name);
const text = (element: Element): string => (element.shadowRoot ?? element).textContent.replace(/\s+/g, ' ').trim();
const shownIn = (tag: Element): string => text(within(within(tag, 'viva-transcript'), 'ol'));

describe('one history', () => {
  test('a voice conversation that ended goes on in writing: its lines stay, and the new connection is told of them', async () => {
    const { tag, assistant } = await mount({ open: '' });
    assistant.show({ phase: 'listening', transcript: [entry('user', 'How long?'), entry('assistant', 'Thirty days.')] });
    assistant.show({ phase: 'ended' });
    await settled(tag);
    // As a session does it: the lines stay until the new connection has its own.
    assistant.show({ phase: 'connecting' });
    assistant.show({ phase: 'listening', transcript: [] });
    await until(() => expect(assistant.asked('addContext')).toHaveLength(1));
    expect(assistant.asked('addContext')[0]?.[1]).toContain('user: How long?\nassistant: Thirty days.');
    assistant.show({ transcript: [entry('user', 'And roses?')] });
    await settled(tag);
    expect(shownIn(tag)).toMatch(/How long\? .*Thirty days\. .*And roses\?/);
    assistant.show({ phase: 'reconnecting', reconnects: 1 });
    await until(() => expect(assistant.asked('addContext')).toHaveLength(2));
  });

  test('a conversation is kept under its name, resumed on the next visit, and deleted by one call', async () => {
    const first = await mount({ open: '', resume: 'session', 'resume-key': 'shop' });
    first.assistant.show({
      phase: 'listening',
      transcript: [
        entry('user', 'How long?'),
        entry('assistant', 'Thirty **days**.'),
        entry('user', 'And', { status: 'interim' }),
      ],
    });
    await until(() => expect(sessionStorage.getItem('shop')).toContain('Thirty **days**.'));
    unmountAll();
    const { tag, assistant } = await mount({ open: '', resume: 'session', 'resume-key': 'shop' });
    await until(() => expect(shownIn(tag)).toContain('How long?'));
    await settled(tag);
    expect(shownIn(tag)).toMatch(/Continued from your last visit$/);
    expect(shownIn(tag)).not.toContain('And');
    expect(await axeFaults(tag)).toEqual([]);
    assistant.show({ phase: 'connecting' });
    await until(() => expect(assistant.asked('addContext')).toHaveLength(1));
    within(within(tag, 'viva-chat-menu'), 'summary').click();
    await settled(tag);
    expect(text(within(tag, 'viva-chat-menu'))).toContain('kept in this browser until you delete it');
    expect(await axeFaults(tag)).toEqual([]);
    within(tag, '[name="forget"]').click();
    await until(() => expect(sessionStorage.getItem('shop')).toBeNull());
    await until(() => expect(has(within(tag, 'viva-transcript'), 'ol')).toBe(false));
    expect(text(within(tag, 'viva-chat-menu'))).toContain('The conversation was deleted.');
  });

  test('the method deletes all that is ours, also what was agreed to', async () => {
    localStorage.setItem('viva-voce:conversation', '[]');
    localStorage.setItem('viva-voce:consent', 'yes');
    sessionStorage.setItem('theirs', 'x');
    const { tag } = await mount();
    await tag.forget();
    expect([localStorage.length, sessionStorage.getItem('theirs')]).toEqual([0, 'x']);
  });

  test('storage that holds something else, or an unknown way to keep, breaks nothing', async () => {
    sessionStorage.setItem('viva-voce:conversation', '{"not": "ours"}');
    const { tag } = await mount({ open: '', resume: 'session' });
    expect(has(within(tag, 'viva-transcript'), 'ol')).toBe(false);
    const errors: unknown[] = [];
    document.body.addEventListener('viva-error', ({ code, field }) => errors.push([code, field]), { once: true });
    await mount({ resume: 'forever' });
    await until(() => expect(errors).toEqual([['bad-option', 'resume']]));
  });
});

test('the conversation is saved from the menu by keyboard, and by the method, in four formats', async () => {
  const { tag, assistant } = await mount({ open: '' });
  const saved: { name: string; content: Blob }[] = [];
  let content = new Blob();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    content = blob as Blob;
    return 'blob:x';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function save(this: HTMLAnchorElement) {
    saved.push({ name: this.download, content });
  });
  const summary = () => within(within(tag, 'viva-chat-menu'), 'summary');
  expect(within(within(tag, 'viva-chat-menu'), '[name="txt"]', HTMLButtonElement).disabled).toBe(true);
  assistant.show({ transcript: [entry('user', 'How long?', { at: 1000 }), entry('assistant', 'Thirty days.', { at: 3000 })] });
  await settled(tag);
  summary().focus();
  await key('{Enter}');
  within(within(tag, 'viva-chat-menu'), '[name="txt"]').focus();
  await key('{Enter}');
  await until(() => expect(saved).toHaveLength(1));
  expect(focused()).toBe(summary());
  for (const format of ['json', 'srt', 'vtt'] as const) await tag.downloadTranscript(format);
  expect(saved.map(({ name }) => name.replace(/\d{4}-\d\d-\d\d-\d{4}/, 'now'))).toEqual([
    'conversation-now.txt',
    'conversation-now.json',
    'conversation-now.srt',
    'conversation-now.vtt',
  ]);
  expect(await saved[0]?.content.text()).toBe('[00:00:00] You: How long?\n[00:00:02] Assistant: Thirty days.\n');
  expect(await saved[3]?.content.text()).toContain('00:00:02.000 --> ');
  await expect(tag.downloadTranscript('doc' as 'txt')).rejects.toMatchObject({ code: 'bad-option', field: 'format' });
});

test('the spoken language is chosen apart from that of the page, and a running voice goes on in it', async () => {
  const { tag, assistant } = await mount({ open: '' });
  const choose = async (value: string) => {
    const select = within(within(tag, 'viva-chat-menu'), 'select', HTMLSelectElement);
    select.value = value;
    select.dispatchEvent(new Event('change'));
    await settled(tag);
  };
  await choose('es');
  expect([tag.language, assistant.calls]).toEqual(['es', []]);
  assistant.show({ phase: 'listening', microphone: 'live' });
  await choose('fr');
  await until(() => expect(assistant.calls).toEqual([['stop'], ['start', { voice: true }]]));
  expect(tag.language).toBe('fr');
});
