import axe from 'axe-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../../src/elements/captions/define.ts';
import '../../../src/elements/live-captions/define.ts';
import type { CaptionWishes } from '../../../src/elements/captions/caption-wishes.ts';
import type { VivaCaptions } from '../../../src/elements/captions/captions.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import { captionLine, FakeInterpreter } from '../../support/fake-interpreter.ts';
import { everything, has, within } from '../../support/tag.ts';

/** `<viva-captions>` alone on a page: its sources, its rows, its bar, its live region, and that nothing jumps. */

const KEY = 'test-captions';

function put(attributes: Readonly<Record<string, string>> = {}, parent: Element = document.body): VivaCaptions {
  const tag = document.createElement('viva-captions');
  for (const [name, value] of Object.entries({ 'storage-key': KEY, ...attributes })) tag.setAttribute(name, value);
  parent.append(tag);
  return tag;
}

async function rendered(tag: Element): Promise<void> {
  for (let round = 0; round < 3; round++)
    for (const element of [tag, ...everything(tag)]) if ('updateComplete' in element) await element.updateComplete;
}

/** A tag whose source is a double. */
async function wired(attributes: Readonly<Record<string, string>>) {
  const interpreter = new FakeInterpreter({ to: attributes['to'] ?? null });
  const wishes: CaptionWishes[] = [];
  const tag = put(attributes);
  tag.connect = (wished) => {
    wishes.push(wished);
    return interpreter;
  };
  await rendered(tag);
  return { tag, interpreter, wishes };
}

const texts = (tag: Element, part: string): readonly string[] =>
  everything(within(tag, `[part~="${part}"]`))
    .filter((element) => element.matches('p:not(.waiting)'))
    .map((element) => element.textContent);

const press = (tag: Element, selector: string): void => within(tag, selector).click();

afterEach(async () => {
  for (const tag of document.querySelectorAll('viva-captions, audio, .stage')) tag.remove();
  localStorage.removeItem(KEY);
  document.documentElement.dir = '';
  document.documentElement.style.colorScheme = '';
  await page.viewport(414, 896);
});

describe('sources', () => {
  test('a microphone: nothing is opened before the press, and the end is the tag’s business', async () => {
    const { tag, interpreter, wishes } = await wired({ from: 'en', to: 'es' });
    expect(wishes).toEqual([]);
    press(tag, '[part="bar"] button');
    await vi.waitFor(() => expect(interpreter.asked('start')).toHaveLength(1));
    expect(wishes).toEqual([expect.objectContaining({ from: 'en', to: 'es', media: null, room: null })]);
    interpreter.show({ phase: 'listening', lines: [captionLine('Where is it?', '¿Dónde está?')] });
    await rendered(tag);
    expect(texts(tag, 'caption-original')).toEqual(['Where is it?']);
    expect(texts(tag, 'caption-translation')).toEqual(['¿Dónde está?']);
    press(tag, '[part="bar"] button');
    expect(interpreter.asked('stop')).toHaveLength(1);
    tag.remove();
    await Promise.resolve();
    expect(interpreter.asked('dispose')).toHaveLength(1);
    expect(interpreter.state.observed).toBe(false);
  });

  test('an audio element, named by `for`: begins when it plays', async () => {
    const audio = Object.assign(document.createElement('audio'), { id: 'talk' });
    document.body.append(audio);
    const { interpreter, wishes } = await wired({ for: 'talk' });
    expect(wishes).toEqual([]);
    Object.defineProperty(audio, 'paused', { value: false });
    audio.dispatchEvent(new Event('play'));
    await vi.waitFor(() => expect(interpreter.asked('start')).toHaveLength(1));
    expect(wishes[0]?.media).toBe(audio);
  });

  test('a room: followed at once', async () => {
    const { interpreter, wishes } = await wired({ room: 'hall', 'room-token': 't' });
    await vi.waitFor(() => expect(interpreter.asked('start')).toHaveLength(1));
    expect(wishes[0]).toMatchObject({ room: 'hall', roomToken: 't' });
  });

  test('the page itself: interim words are replaced, a final one stays, its translation joins it', async () => {
    const tag = put({ source: 'pushed' });
    await rendered(tag);
    tag.addCaption({ id: '1', text: 'Wel', final: false });
    tag.addCaption({ id: '1', text: 'Welcome.', language: 'en' });
    tag.addCaption({ id: '1', text: 'Wel', final: false });
    tag.addCaption({ id: '1', text: 'Bienvenidos.', language: 'es', side: 'translation' });
    await rendered(tag);
    expect(texts(tag, 'caption-original')).toEqual(['Welcome.']);
    expect(texts(tag, 'caption-translation')).toEqual(['Bienvenidos.']);
    expect(await tag.exportText('srt')).toContain('Welcome.\nBienvenidos.');
  });

  test('each line that is new or has changed is an event, once', async () => {
    const { tag, interpreter } = await wired({ from: 'en', to: 'es', autostart: '' });
    const told: string[] = [];
    tag.addEventListener('viva-caption', ({ line, final }) => told.push(`${line.original?.text ?? ''} ${final}`));
    await vi.waitFor(() => expect(interpreter.asked('start')).toHaveLength(1));
    const line = captionLine('Where', null);
    interpreter.show({ lines: [line] });
    interpreter.show({ muted: true });
    const whole = { ...line, translation: { text: '¿Dónde?', language: 'es', final: true } };
    interpreter.show({ lines: [whole, captionLine('Is it*', null)] });
    expect(told).toEqual(['Where false', 'Where true', 'Is it false']);
  });

  test('an attribute that changes the source lets the old one go', async () => {
    const { tag, interpreter } = await wired({ from: 'en', autostart: '' });
    await vi.waitFor(() => expect(interpreter.asked('start')).toHaveLength(1));
    tag.setAttribute('from', 'es');
    await rendered(tag);
    expect(interpreter.asked('dispose')).toHaveLength(1);
  });

  test('a source that comes when the tag already wants another one is let go of, and is no failure', async () => {
    const sources: FakeInterpreter[] = [];
    const tag = put({ from: 'en' });
    tag.connect = () => {
      const made = new FakeInterpreter();
      sources.push(made);
      return made;
    };
    await rendered(tag);
    const codes: string[] = [];
    tag.addEventListener('viva-error', ({ code }) => codes.push(code));
    tag.from = 'es';
    press(tag, '[part="bar"] button');
    await rendered(tag);
    await vi.waitFor(() => expect(sources[0]?.asked('dispose')).toHaveLength(1));
    press(tag, '[part="bar"] button');
    await vi.waitFor(() => expect(sources[1]?.asked('start')).toHaveLength(1));
    expect([sources.length, sources[0]?.asked('start'), codes]).toEqual([2, [], []]);
  });

  test('a failure has its sentence, its code, an event and a way on', async () => {
    const { tag, interpreter } = await wired({ from: 'en' });
    const codes: string[] = [];
    tag.addEventListener('viva-error', ({ code }) => codes.push(code));
    press(tag, '[part="bar"] button');
    const error = new AssistantError('microphone-denied', 'for engineers').toFacts();
    interpreter.show({ phase: 'error', error });
    await rendered(tag);
    expect(within(tag, '[role="alert"]').textContent).toContain('beside the address bar');
    expect(codes).toEqual(['microphone-denied']);
    press(tag, '[part="alert"] button');
    expect(interpreter.asked('retry')).toHaveLength(1);
  });

  test('a source that cannot be made is told and can be tried again', async () => {
    const tag = put({ from: 'en' });
    tag.connect = () => {
      throw new AssistantError('bad-option', 'no', { field: 'endpoint' });
    };
    const codes: string[] = [];
    tag.addEventListener('viva-error', ({ code }) => codes.push(code));
    await rendered(tag);
    press(tag, '[part="bar"] button');
    await vi.waitFor(() => expect(codes).toEqual(['bad-option']));
    await rendered(tag);
    expect(within(tag, '[role="alert"]').textContent).toContain('set up wrongly');
  });
});

describe('rows', () => {
  test('while text grows and rolls nothing moves: one height, no layout shift, the same nodes', async () => {
    const stage = document.createElement('div');
    stage.className = 'stage';
    document.body.append(stage);
    const tag = put({ source: 'pushed', rows: '2' }, stage);
    const after = Object.assign(document.createElement('p'), { textContent: 'What stands below' });
    stage.append(after);
    await rendered(tag);
    const shifts: number[] = [];
    const watch = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { readonly value: number }).value);
    });
    await new Promise(requestAnimationFrame);
    watch.observe({ type: 'layout-shift', buffered: false });
    const top = after.getBoundingClientRect().top;
    const words = 'the quick brown fox jumps over the lazy dog and runs on until the row is far too short for it'.split(' ');
    let node: Element | null = null;
    for (let sentence = 0; sentence < 4; sentence++) {
      for (let count = 1; count <= words.length; count += 3) {
        const text = words.slice(0, count).join(' ');
        tag.addCaption({ id: String(sentence), text, final: false, startMs: sentence * 1000 });
        tag.addCaption({ id: String(sentence), text: `¿${text}?`, side: 'translation', language: 'es', final: false });
        await rendered(tag);
        await new Promise(requestAnimationFrame);
        expect(after.getBoundingClientRect().top).toBe(top);
        const growing =
          everything(within(tag, '[part~="caption-original"]'))
            .filter((each) => each.matches('p'))
            .at(-1) ?? null;
        if (count > 1) expect(growing).toBe(node);
        node = growing;
      }
    }
    await new Promise(requestAnimationFrame);
    expect(watch.takeRecords()).toEqual([]);
    watch.disconnect();
    expect(shifts).toEqual([]);
  });

  test.each([1, 3, 8])('%i rows of each language, whatever stands in them', async (rows) => {
    const tag = put({ source: 'pushed', rows: String(rows) });
    await rendered(tag);
    const block = () => within(tag, '[part~="caption-original"]');
    const lineHeight = parseFloat(getComputedStyle(block()).lineHeight);
    const before = block().getBoundingClientRect().height;
    expect(before / lineHeight).toBeCloseTo(rows, 1);
    for (let index = 0; index < 12; index++) tag.addCaption({ id: String(index), text: `Sentence ${index}`, startMs: index });
    await rendered(tag);
    expect(block().getBoundingClientRect().height).toBe(before);
    const box = block().getBoundingClientRect();
    const seen = everything(block()).filter((each) => each.matches('p') && each.getBoundingClientRect().bottom > box.top + 1);
    expect(seen.map((each) => each.textContent)).toEqual(Array.from({ length: rows }, (_, row) => `Sentence ${12 - rows + row}`));
    expect(seen.at(-1)!.getBoundingClientRect().bottom).toBeCloseTo(box.bottom, 0);
  });

  test('an evening of sentences leaves no more nodes behind than the rows need', async () => {
    const tag = put({ source: 'pushed' });
    tag.lines = Array.from({ length: 400 }, (_, index) => captionLine(`Sentence ${index}`, null));
    await rendered(tag);
    for (let index = 0; index < 40; index++) {
      tag.lines = [...tag.lines.slice(1), captionLine(`Later ${index}`, null)];
      await rendered(tag);
      expect(texts(tag, 'caption-original').length).toBeLessThanOrEqual(32);
      expect(texts(tag, 'caption-original').at(-1)).toBe(`Later ${index}`);
    }
  });

  test('interim words are told apart without colour, and a correction rewrites its own node', async () => {
    const tag = put({ source: 'pushed' });
    tag.addCaption({ id: '1', text: 'Wear is it', final: false });
    await rendered(tag);
    const node = everything(within(tag, '[part~="caption-original"]')).find((each) => each.matches('p'))!;
    expect(getComputedStyle(node).textDecorationLine).toBe('underline');
    tag.addCaption({ id: '1', text: 'Where is it?' });
    await rendered(tag);
    expect(getComputedStyle(node).textDecorationLine).toBe('none');
    expect(node.isConnected && node.textContent).toBe('Where is it?');
  });

  test('each sentence stands in its own direction and language', async () => {
    const tag = put({ source: 'pushed' });
    tag.addCaption({ id: '1', text: 'Where is the station?', language: 'en' });
    tag.addCaption({ id: '1', text: 'أين المحطة؟', language: 'ar', side: 'translation' });
    await rendered(tag);
    const [original, translation] = ['original', 'translation'].map((side) =>
      everything(within(tag, `[part~="caption-${side}"]`)).find((each) => each.matches('p'))!,
    );
    expect([original!.getAttribute('lang'), translation!.getAttribute('lang')]).toEqual(['en', 'ar']);
    expect(getComputedStyle(translation!).direction).toBe('rtl');
    expect(getComputedStyle(original!).direction).toBe('ltr');
  });

  test('text is text, never markup', async () => {
    const tag = put({ source: 'pushed' });
    tag.addCaption({ id: '1', text: '<img src=x onerror=alert(1)>' });
    await rendered(tag);
    expect(texts(tag, 'caption-original')).toEqual(['<img src=x onerror=alert(1)>']);
  });

  test('a viewer may read one language, whoever speaks it', async () => {
    const tag = put({ source: 'pushed', languages: 'es' });
    tag.addCaption({ id: '1', text: 'Where?', language: 'en', startMs: 0 });
    tag.addCaption({ id: '1', text: '¿Dónde?', language: 'es', side: 'translation' });
    tag.addCaption({ id: '2', text: 'Allí.', language: 'es-ES', startMs: 10 });
    await rendered(tag);
    expect(texts(tag, 'caption-language')).toEqual(['¿Dónde?', 'Allí.']);
    expect(has(tag, '[part~="caption-original"]')).toBe(false);
  });

  test('without a translation there are no rows kept for one', async () => {
    const { tag } = await wired({ from: 'en' });
    expect(has(tag, '[part~="caption-translation"]')).toBe(false);
    expect(has(tag, 'select.show')).toBe(false);
  });
});

test('the live region says each whole sentence once, in its language, and no interim words', async () => {
  const tag = put({ source: 'pushed' });
  await rendered(tag);
  const log = within(tag, '[role="log"]');
  const told: string[] = [];
  const watching = new MutationObserver((changes) => {
    for (const { target } of changes) {
      const line = target instanceof Element ? target : target.parentElement;
      if (line?.textContent.trim()) told.push(`${line.getAttribute('lang') ?? ''} ${line.textContent.trim()}`);
    }
  });
  watching.observe(log, { subtree: true, childList: true, characterData: true });
  const steps = [
    { id: '1', text: 'Where', final: false },
    { id: '1', text: 'Where is it?', language: 'en' },
    { id: '1', text: '¿Dón', language: 'es', side: 'translation', final: false },
    { id: '1', text: '¿Dónde está?', language: 'es', side: 'translation' },
    { id: '1', text: 'Where was it?', language: 'en' },
    { id: '2', text: 'There.', language: 'en' },
  ] as const;
  for (const step of steps) {
    tag.addCaption(step);
    await rendered(tag);
  }
  watching.disconnect();
  expect([...new Set(told)]).toEqual(['en Where is it?', 'es ¿Dónde está?', 'en There.']);
  expect(log.getAttribute('aria-live')).toBe('polite');
});

describe('the viewer’s choices', () => {
  const choose = async (tag: VivaCaptions, selector: string, value: string) => {
    const select = within(tag, selector, HTMLSelectElement);
    select.value = value;
    select.dispatchEvent(new Event('change'));
    await rendered(tag);
  };

  test('are remembered for the next visit', async () => {
    const tag = put({ source: 'pushed' });
    await rendered(tag);
    await choose(tag, 'select[name="size"]', 'xl');
    await choose(tag, 'select[name="contrast"]', 'yellow');
    await choose(tag, 'select[name="placement"]', 'top');
    await choose(tag, 'select.show', 'translation');
    tag.remove();
    const again = put({ source: 'pushed' });
    await rendered(again);
    expect([again.size, again.contrast, again.placement, again.languages]).toEqual(['xl', 'yellow', 'top', 'translation']);
    expect(getComputedStyle(again).position).toBe('fixed');
    expect(again.getBoundingClientRect().top).toBeLessThan(40);
    const box = getComputedStyle(within(again, '[part="box"]'));
    expect([box.color, box.backgroundColor]).toEqual(['rgb(255, 255, 0)', 'rgb(0, 0, 0)']);
  });

  test('hold on this page where the browser stores nothing', async () => {
    const refused = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('no', 'QuotaExceededError');
    });
    const tag = put({ source: 'pushed' });
    await rendered(tag);
    await choose(tag, 'select[name="size"]', 'l');
    expect(within(tag, 'viva-caption-rows').getAttribute('size')).toBe('l');
    refused.mockRestore();
  });

  test('by keyboard alone: open, choose, close, and the focus is where it was', async () => {
    const tag = put({ source: 'pushed' });
    await rendered(tag);
    const summary = within(tag, '.look summary');
    summary.focus();
    await userEvent.keyboard('{Enter}');
    expect(within(tag, '.look', HTMLDetailsElement).open).toBe(true);
    await userEvent.keyboard('{Tab}');
    expect(within(tag, '.look select').matches(':focus')).toBe(true);
    await userEvent.keyboard('{Escape}');
    expect(within(tag, '.look', HTMLDetailsElement).open).toBe(false);
    expect(summary.matches(':focus')).toBe(true);
  });

  test('saves a file of what is shown', async () => {
    const tag = put({ source: 'pushed', languages: 'translation' });
    tag.addCaption({ id: '1', text: 'Where?', language: 'en', startMs: 0, endMs: 1500 });
    tag.addCaption({ id: '1', text: '¿Dónde?', language: 'es', side: 'translation' });
    await rendered(tag);
    const blobs: Blob[] = [];
    const made = vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      blobs.push(blob as Blob);
      return 'blob:test';
    });
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    press(tag, 'button[name="vtt"]');
    expect((clicked.mock.contexts[0] as HTMLAnchorElement).download).toMatch(/^captions-\d{4}-\d\d-\d\d-\d{4}\.vtt$/);
    expect(await blobs[0]?.text()).toBe('WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.500\n<lang es>¿Dónde?</lang>\n\n');
    made.mockRestore();
    clicked.mockRestore();
  });
});

describe.each(['light', 'dark'])('%s', (scheme) => {
  test.each(['page', 'dark', 'light', 'yellow'])('nothing that axe finds fault with, colours as %s', async (contrast) => {
    document.documentElement.style.colorScheme = scheme;
    document.body.style.background = scheme === 'dark' ? '#111' : '#fff';
    const tag = put({ source: 'pushed', contrast });
    tag.addCaption({ id: '1', text: 'Where is it?', language: 'en' });
    tag.addCaption({ id: '2', text: 'Over th', language: 'en', final: false });
    tag.addCaption({ id: '1', text: '¿Dónde está?', language: 'es', side: 'translation' });
    await rendered(tag);
    within(tag, '.look', HTMLDetailsElement).open = true;
    await new Promise(requestAnimationFrame);
    const { violations } = await axe.run(tag, { resultTypes: ['violations'] });
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ failureSummary }) => `${id}: ${failureSummary}`))).toEqual([]);
    document.body.style.background = '';
  });
});

test('whatever can be pressed is 44 px high and wide; at twice the text size nothing sticks out', async () => {
  const tag = put({ from: 'en', to: 'ar' });
  await rendered(tag);
  const small = () =>
    everything(tag)
      .filter((element) => element.matches('button, select, summary') && element.checkVisibility())
      .filter((element) => element.getBoundingClientRect().height < 43.5 || element.getBoundingClientRect().width < 43.5);
  expect(small()).toEqual([]);
  document.documentElement.style.fontSize = '32px';
  document.documentElement.dir = 'rtl';
  await page.viewport(360, 640);
  await new Promise(requestAnimationFrame);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
  expect(small()).toEqual([]);
  document.documentElement.style.fontSize = '';
});
