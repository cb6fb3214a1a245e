import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { VivaFeedbackEvent } from '../../../src/elements/feedback/feedback-events.ts';
import { axeFaults } from '../../support/axe-faults.ts';
import { entry } from '../../support/fake-assistant.ts';
import { everything, focused, has, mount, settled, unmountAll, within } from '../../support/tag.ts';
import { until } from '../../support/until.ts';

/** Written conversation: what answers look like, questions to begin with, what is thought of it. */

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

const answer = `We have **three** kinds, see [the guide](/roses), [another shop](http://evil.example/x), [a friend](https://friend.example/) and
[a trap](javascript:alert(1)).

![A rose](https://pictures.example/rose.jpg)

\`\`\`
water()
\`\`\`

<img src=x onerror=alert(1)>`;

describe('answers', () => {
  test('Markdown is formatted, HTML is text, links and pictures go by the policy', async () => {
    const { tag, assistant } = await mount({ open: '' });
    assistant.show({ transcript: [entry('assistant', answer)] });
    await settled(tag);
    const shown = within(tag, 'viva-markdown');
    expect(within(shown, 'strong').textContent).toBe('three');
    const links = everything(shown).filter((each): each is HTMLAnchorElement => each.localName === 'a');
    expect(links.map(({ href }) => href)).toEqual([
      new URL('/roses', location.href).href,
      'https://friend.example/',
      'https://pictures.example/rose.jpg',
    ]);
    expect(links.every(({ rel }) => rel.includes('noopener'))).toBe(true);
    expect(text(shown)).toContain('This link leads somewhere that this page does not allow: http://evil.example/x');
    expect(text(shown)).toContain('Picture from elsewhere, not loaded: A rose');
    expect(text(shown)).toContain('<img src=x onerror=alert(1)>');
    expect(has(shown, 'img')).toBe(false);
    expect(await axeFaults(tag)).toEqual([]);
    tag.imageHosts = 'pictures.example';
    tag.linkHosts = '';
    await settled(tag);
    expect(within(shown, 'img', HTMLImageElement).referrerPolicy).toBe('no-referrer');
    expect(everything(shown).filter(({ localName }) => localName === 'a')).toHaveLength(1);
  });

  test('while an answer comes in nothing that is there is made anew, and no mark is seen', async () => {
    const { tag, assistant } = await mount({ open: '', mode: 'chat' });
    const whole = 'First **bold** words.\n\n- one\n- *two*\n\nLast `code` [link](/a).';
    const line = entry('assistant', whole);
    let first: Element | null = null;
    for (let end = 7; end <= whole.length; end += 3) {
      const said = whole.slice(0, end);
      assistant.show({ transcript: [{ ...line, text: said, revealed: said.length, status: 'interim' }] });
      await tag.updateComplete;
      await settled(tag);
      expect(shownIn(tag)).not.toMatch(/\*|`|\]\(/);
      if (!has(tag, 'viva-markdown')) continue;
      expect(text(within(tag, 'viva-markdown'))).not.toMatch(/\*|`|\]\(/);
      const paragraph = within(within(tag, 'viva-markdown'), 'p');
      first ??= paragraph;
      expect(paragraph).toBe(first);
    }
    expect(first?.textContent).toBe('First bold words.');
  });

  test('an answer that was cut in the middle of a word in bold is bold, and says where it was cut', async () => {
    const { tag, assistant } = await mount({ open: '' });
    assistant.show({ transcript: [entry('assistant', 'It costs **six euro', { status: 'interrupted' })] });
    // What is spoken of it has no marks.
    await until(() => expect(text(within(tag, 'viva-announcer'))).toContain('It costs six euro (cut here)'));
    await settled(tag);
    expect(within(within(tag, 'viva-markdown'), 'strong').textContent).toBe('six euro');
    const cut = within(tag, '.cut');
    expect(cut.textContent).toBe('cut here');
    expect(cut.previousElementSibling).toBe(within(tag, 'viva-markdown'));
  });

  test('an answer and its code are copied as they were written, and it is said', async () => {
    const { tag, assistant } = await mount({ open: '' });
    const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    assistant.show({ transcript: [entry('assistant', answer)] });
    await settled(tag);
    within(tag, '[part="copy-code"]').click();
    within(tag, '[part="copy"]').click();
    await until(() => expect(copied.mock.calls).toEqual([['water()'], [answer]]));
    await until(() => expect(text(within(tag, 'viva-answer-tools'))).toContain('Copied'));
    copied.mockRejectedValue(new Error('not allowed'));
    within(tag, '[part="copy"]').click();
    await until(() => expect(text(within(tag, 'viva-answer-tools'))).toContain('did not let it'));
  });

  test('answers are rated by keyboard; a second press takes it back', async () => {
    const { tag, assistant } = await mount({ open: '', feedback: 'answers' });
    const heard: VivaFeedbackEvent[] = [];
    document.body.addEventListener('viva-feedback', (event) => heard.push(event), { once: false });
    const line = entry('assistant', 'Thirty days.');
    assistant.show({ transcript: [line] });
    await settled(tag);
    within(tag, '[part="copy"]').focus();
    await key('{Tab}');
    expect(focused()?.getAttribute('aria-label')).toBe('Good answer');
    await key('{Enter}');
    await settled(tag);
    expect(focused()?.getAttribute('aria-pressed')).toBe('true');
    await key('{Tab}{Enter}');
    await settled(tag);
    expect(within(tag, '[name="good"]').getAttribute('aria-pressed')).toBe('false');
    await key('{Enter}');
    expect(heard.map(({ kind, id, value }) => [kind, id, value])).toEqual([
      ['answer', line.id, 'good'],
      ['answer', line.id, 'bad'],
      ['answer', line.id, null],
    ]);
    expect(await axeFaults(tag)).toEqual([]);
  });
});

test('suggested questions are sent by keyboard, once, and the focus goes to the field', async () => {
  const { tag, assistant } = await mount({ open: '', suggestions: '["Do you deliver?", "When are you open?"]' });
  await until(() => within(tag, '[part="suggestion"]'));
  expect(await axeFaults(tag)).toEqual([]);
  expect(within(tag, '[part="suggestions"]').getAttribute('aria-label')).toBe('Suggested questions');
  within(tag, '[part="suggestion"]').focus();
  await key('{Tab}{Enter}');
  expect(assistant.calls).toEqual([['send', 'When are you open?', undefined]]);
  expect(focused()?.getAttribute('part')).toBe('input');
  assistant.show({ transcript: [entry('user', 'When are you open?')] });
  await settled(tag);
  expect(has(tag, '[part="suggestion"]')).toBe(false);
});

test('suggestions that are none are told by an error that names them', async () => {
  const { tag } = await mount({ open: '' });
  const errors: unknown[] = [];
  tag.addEventListener('viva-error', ({ code, field }) => errors.push([code, field]));
  tag.setAttribute('suggestions', '{"a": 1}');
  await settled(tag);
  expect(errors).toEqual([['bad-option', 'suggestions']]);
});

describe('how the conversation was', () => {
  const over = [entry('user', 'How long?'), entry('assistant', 'Thirty days.')];

  test('is asked when it is over; stars and words by keyboard', async () => {
    const { tag, assistant } = await mount({ open: '', feedback: 'both' });
    const heard: VivaFeedbackEvent[] = [];
    tag.addEventListener('viva-feedback', (event) => heard.push(event));
    await until(() => expect(customElements.get('viva-feedback')).toBeDefined());
    assistant.show({ phase: 'listening', transcript: over });
    await settled(tag);
    expect(has(tag, 'viva-feedback')).toBe(false);
    assistant.show({ phase: 'ended' });
    await until(() => within(tag, 'viva-feedback'));
    await settled(tag);
    expect(await axeFaults(tag)).toEqual([]);
    within(within(tag, 'viva-feedback'), 'input').focus();
    await key('{ArrowRight}{ArrowRight}{ArrowRight}');
    await settled(tag);
    expect(focused()?.getAttribute('aria-label')).toBe('4 of 5 stars');
    await key('{Tab}Kind.{Tab}{Enter}');
    await until(() => expect(focused()?.textContent).toBe('Thank you for your feedback.'));
    expect(heard.map(({ kind, id, value, text: words }) => [kind, id, value, words])).toEqual([
      ['conversation', over[1]?.id, 4, 'Kind.'],
    ]);
    assistant.show({ phase: 'connecting' });
    await settled(tag);
    expect(has(tag, 'viva-feedback')).toBe(false);
  });

  test('need not be told, and the focus is not lost', async () => {
    const { tag, assistant } = await mount({ open: '', feedback: 'conversation' });
    await settled(tag);
    assistant.show({ phase: 'ended', transcript: over });
    await until(() => within(tag, 'viva-feedback'));
    await settled(tag);
    everything(within(tag, 'viva-feedback'))
      .find((each): each is HTMLElement => each.textContent === 'Skip')
      ?.focus();
    await key('{Enter}');
    await until(() => expect(focused()?.getAttribute('part')).toBe('start'));
    expect(has(tag, 'viva-feedback')).toBe(false);
  });
});

test('size, bubbles, scrollbar and the way back to the end are the page’s to style (complaint 18)', async () => {
  const { tag, assistant } = await mount({ open: '' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    viva-voce { --viva-font-size: 21px; --viva-msg-user-bg: rgb(1, 2, 3); --viva-msg-radius: 5px; }
    viva-voce::part(transcript) { scrollbar-color: rgb(4, 5, 6) transparent; }
    viva-voce::part(latest) { background: rgb(7, 8, 9); }
    viva-voce::part(message-agent) { padding-inline-start: 11px; }
  `);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  assistant.show({ transcript: [entry('user', 'How long?'), entry('assistant', 'Thirty days.')] });
  await settled(tag);
  const style = (selector: string) => getComputedStyle(within(within(tag, 'viva-transcript'), selector));
  expect(style('.user .words').fontSize).toBe('21px');
  expect(style('.user').backgroundColor).toBe('rgb(1, 2, 3)');
  expect(style('.agent').paddingInlineStart).toBe('11px');
  expect(style('[part="transcript"]').scrollbarColor).toContain('rgb(4, 5, 6)');
  expect(style('[part="latest"]').backgroundColor).toBe('rgb(7, 8, 9)');
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
});

test('a written conversation never asks for a microphone, also where there is none to be had (complaint 21)', async () => {
  const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(new DOMException('', 'NotAllowedError'));
  const tag = document.createElement('viva-voce');
  tag.setAttribute('endpoint', 'http://127.0.0.1:9');
  tag.setAttribute('mode', 'chat');
  document.body.append(tag);
  const states: string[] = [];
  tag.addEventListener('viva-state-change', ({ state }) => states.push(state));
  tag.send('Hello').catch(() => undefined);
  // Nobody answers at this address: what matters is what was opened on the way there.
  await until(() => expect(states).toContain('connecting'));
  await until(() => expect(states.length).toBeGreaterThan(1));
  expect(asked).not.toHaveBeenCalled();
  await tag.start().catch(() => undefined);
  expect(asked).not.toHaveBeenCalled();
  tag.remove();
});
