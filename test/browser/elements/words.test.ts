import { afterEach, expect, test, vi } from 'vitest';
import { entry } from '../../support/fake-assistant.ts';
import { everything, mount, settled, unmountAll, within } from '../../support/tag.ts';

/** What is said, as it is shown and as a screen reader hears it. */

afterEach(unmountAll);

const lines = (tag: Element): readonly string[] =>
  everything(tag)
    .filter((element) => element.matches('[part~="message"]'))
    .map((element) => element.textContent.replace(/\s+/g, ' ').trim());

test('interim words, words not heard yet, and answers that were cut', async () => {
  const { tag, assistant } = await mount({ open: '' });
  assistant.show({
    transcript: [
      entry('user', 'Is the shop', { status: 'interim' }),
      entry('assistant', 'It opens at nine', { revealed: 8 }),
      entry('assistant', 'On Sunday we', { status: 'interrupted' }),
      entry('assistant', 'Not to be heard yet', { revealed: 0 }),
      entry('user', '', { status: 'failed' }),
    ],
  });
  await settled(tag);
  expect(lines(tag)).toEqual([
    'You Is the shop',
    'Assistant It opens',
    'Assistant On Sunday we cut here'.replace(' cut', 'cut'),
    'You not understood',
  ]);
});

test('sources are links to pages and to nothing else', async () => {
  const { tag, assistant } = await mount({ open: '' });
  assistant.show({
    transcript: [
      entry('assistant', 'Thirty days.', {
        citations: [
          { url: '/returns#time', title: 'Returns' },
          { url: 'javascript:alert(1)', title: 'Bad' },
          { url: 'data:text/html,x', title: 'Worse' },
        ],
      }),
    ],
  });
  await settled(tag);
  const links = everything(tag).filter((element) => element.matches('a[part="citation"]'));
  expect(links.map((link) => (link as HTMLAnchorElement).href)).toEqual([new URL('/returns#time', location.href).href]);
  expect(links[0]?.getAttribute('rel')).toContain('noopener');
  expect(lines(tag)[0]).toContain('Bad');
});

test('words are text, never markup', async () => {
  const { tag, assistant } = await mount({ open: '' });
  assistant.show({ transcript: [entry('assistant', '<img src=x onerror=alert(1)> & more')] });
  await settled(tag);
  expect(lines(tag)[0]).toContain('<img src=x onerror=alert(1)> & more');
});

test('the newest line stays in view, unless the reader has gone back', async () => {
  const { tag, assistant } = await mount({ open: '' });
  const many = Array.from({ length: 40 }, (_, index) => entry('assistant', `Line ${index} of many that were said`));
  assistant.show({ phase: 'listening', transcript: many });
  await settled(tag);
  const box = within(within(tag, 'viva-transcript'), '.scroll');
  const fromEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight;
  await vi.waitFor(() => expect(fromEnd()).toBeLessThan(2));
  assistant.show({ transcript: [...many, entry('user', 'One more')] });
  await settled(tag);
  expect(fromEnd()).toBeLessThan(2);
  box.scrollTop = 100;
  box.dispatchEvent(new Event('scroll'));
  await settled(tag);
  assistant.show({ transcript: [...assistant.state.value.transcript, entry('user', 'And another')] });
  await settled(tag);
  expect(box.scrollTop).toBe(100);
  within(tag, '.latest').click();
  await settled(tag);
  expect(fromEnd()).toBeLessThan(2);
});

test('the live region says each whole line once, and no interim words', async () => {
  const { tag, assistant } = await mount({ open: '' });
  const log = within(within(tag, 'viva-panel'), '[role="log"]');
  const told = new Set<string>();
  const watching = new MutationObserver((changes) => {
    for (const { target } of changes) if (target.textContent?.trim()) told.add(target.textContent.trim());
  });
  watching.observe(log, { subtree: true, childList: true, characterData: true });
  const hears = (text: string, status: 'interim' | 'final') => ({ ...entry('user', text, { status }), id: 'question' });
  const speaks = (revealed: number) => ({ ...entry('assistant', 'Yes, until six.', { revealed }), id: 'answer' });
  const whole = hears('Is it open?', 'final');
  const steps = [
    [hears('Is it', 'interim')],
    [hears('Is it open', 'interim')],
    [whole],
    [whole, speaks(4)],
    [whole, speaks(15)],
    [whole, speaks(15)],
  ];
  for (const transcript of steps) {
    assistant.show({ transcript });
    await settled(tag);
  }
  watching.disconnect();
  expect([...told]).toEqual(['You: Is it open?', 'Assistant: Yes, until six.']);
  expect(log.getAttribute('aria-live')).toBe('polite');
});

test('the state is told by a status region', async () => {
  const { tag, assistant } = await mount({ open: '' });
  const status = within(tag, '[role="status"]');
  const seen: string[] = [];
  for (const phase of ['connecting', 'listening', 'thinking', 'speaking', 'reconnecting', 'ended', 'error'] as const) {
    assistant.show({ phase, microphone: 'live' });
    await settled(tag);
    seen.push(status.textContent);
  }
  expect(seen).toEqual(['Connecting', 'Listening', 'Thinking', 'Speaking', 'Reconnecting', 'Ended', 'Something went wrong']);
});

test('while the panel is closed a running conversation keeps its captions, both sides', async () => {
  const { tag, assistant } = await mount();
  assistant.show({
    phase: 'speaking',
    transcript: [entry('user', 'How long?'), entry('assistant', 'Thirty days.', { revealed: 6 })],
  });
  await settled(tag);
  const captions = within(tag, 'viva-captions');
  expect(captions.shadowRoot?.textContent).toContain('How long?');
  expect(captions.shadowRoot?.textContent).toContain('Thirty');
  expect(captions.shadowRoot?.textContent).not.toContain('days');
  assistant.show({ phase: 'ended' });
  await settled(tag);
  expect(everything(tag).some((element) => element.localName === 'viva-captions')).toBe(false);
});

test('pictures put into the conversation are drawn, not loaded', async () => {
  const { tag, assistant } = await mount({ open: '' });
  const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 20 });
  canvas.getContext('2d')?.fillRect(0, 0, 40, 20);
  assistant.show({ transcript: [entry('user', 'What is this?', { images: [canvas.toDataURL('image/jpeg')] })] });
  await vi.waitFor(() => {
    const drawn = within(within(tag, 'viva-still'), 'canvas', HTMLCanvasElement);
    expect([drawn.width, drawn.height]).toEqual([40, 20]);
  });
  expect(everything(tag).some((element) => element.localName === 'img')).toBe(false);
});
