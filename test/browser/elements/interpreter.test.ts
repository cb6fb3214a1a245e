import axe from 'axe-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../../src/elements/interpreter/define.ts';
import { interpreterErrorStrings } from '../../../src/elements/captions/interpreter-error-strings.ts';
import type { VivaInterpreter } from '../../../src/elements/interpreter/interpreter.ts';
import type { InterpreterState } from '../../../src/session/interpreter.ts';
import { AssistantError, type ErrorCode } from '../../../src/shared/errors.ts';
import { captionLine, FakeInterpreter } from '../../support/fake-interpreter.ts';
import { everything, has, within } from '../../support/tag.ts';

/** `<viva-interpreter>`: pair, swap, history, two people, sharing, reading along, failures, and that everybody can use it. */

const languages: NonNullable<InterpreterState['languages']> = {
  heard: ['en', 'es', 'ca'],
  into: { en: ['es', 'ar'], es: ['en', 'ca'], ca: ['es'] },
  spoken: ['es', 'en'],
  quality: 'rough',
};
const running: Partial<InterpreterState> = { phase: 'listening', microphone: 'live', from: 'en', to: 'es', languages };

async function rendered(tag: Element): Promise<void> {
  for (let round = 0; round < 3; round++)
    for (const element of [tag, ...everything(tag)]) if ('updateComplete' in element) await element.updateComplete;
}

async function mounted(state: Partial<InterpreterState> = {}, attributes: Readonly<Record<string, string>> = {}) {
  const tag = document.createElement('viva-interpreter');
  const interpreter = new FakeInterpreter(state);
  tag.interpreter = interpreter;
  for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
  document.body.append(tag);
  await rendered(tag);
  const show = async (changes: Partial<InterpreterState>) => {
    interpreter.show(changes);
    await rendered(tag);
  };
  return { tag, interpreter, show };
}

const select = (tag: Element, name: string) => within(tag, `select[name="${name}"]`, HTMLSelectElement);
const options = (tag: Element, name: string) => [...select(tag, name).options].map(({ text, value }) => `${value} ${text}`);
const press = (tag: Element, selector: string) => within(tag, selector).click();
const choose = (element: HTMLSelectElement, value: string) => {
  element.value = value;
  element.dispatchEvent(new Event('change'));
};
const texts = (tag: Element, selector: string) =>
  everything(tag)
    .filter((element) => element.matches(selector))
    .map((element) => element.textContent.replace(/\s+/g, ' ').trim());

afterEach(async () => {
  vi.restoreAllMocks();
  for (const tag of document.querySelectorAll('viva-interpreter')) tag.remove();
  document.documentElement.dir = '';
  document.documentElement.style.colorScheme = '';
  document.documentElement.style.fontSize = '';
  document.body.style.background = '';
  await page.viewport(414, 896);
});

describe('the pair of languages', () => {
  test('is what the interpreter can, named in the viewer’s language and in its order', async () => {
    const { tag } = await mounted(running);
    expect(options(tag, 'from')).toEqual(['ca Catalan', 'en English', 'es Spanish']);
    expect(options(tag, 'to')).toEqual(['ar Arabic', 'es Spanish', ' No translation']);
    expect([select(tag, 'from').value, select(tag, 'to').value]).toEqual(['en', 'es']);
  });

  test('is the one of the attributes before anybody told more', async () => {
    const tag = document.createElement('viva-interpreter');
    tag.from = 'es';
    tag.to = 'en';
    document.body.append(tag);
    await rendered(tag);
    expect(options(tag, 'from')).toEqual(['es Spanish']);
    expect(options(tag, 'to')).toEqual(['en English', ' No translation']);
  });

  test('follows a choice: a translation that does not exist gives way to one that does', async () => {
    const { tag, interpreter } = await mounted(running);
    choose(select(tag, 'to'), '');
    choose(select(tag, 'from'), 'ca');
    choose(select(tag, 'from'), 'es');
    expect(interpreter.asked('setLanguages')).toEqual([
      ['setLanguages', 'en', null],
      ['setLanguages', 'ca', 'es'],
      ['setLanguages', 'es', 'en'],
    ]);
  });

  test('is swapped where both directions exist', async () => {
    const { tag, interpreter, show } = await mounted(running);
    const swap = () => within(tag, '.pair button', HTMLButtonElement);
    swap().click();
    expect(interpreter.asked('swap')).toHaveLength(1);
    await show({ to: 'ar' });
    expect(swap().disabled).toBe(true);
  });

  test('says where the translation is rough, and where it is not', async () => {
    const { tag, show } = await mounted(running);
    expect(within(tag, '[part="note"]').textContent).toContain('Rough translation');
    await show({ languages: { ...languages, quality: 'model' } });
    expect(has(tag, '[part="note"]')).toBe(false);
  });
});

describe('what is said', () => {
  const first = captionLine('Where is the station?', '¿Dónde está la estación?');
  const growing = captionLine('Is it f*', null);

  test('stands large while it is said, then goes into the history; corrections rewrite in place', async () => {
    const { tag, show } = await mounted(running);
    await show({ lines: [first] });
    const now = () => texts(within(tag, '[part="now"]'), 'p:not(.waiting)').filter((text) => text !== '');
    expect(now()).toEqual(['Where is the station?', '¿Dónde está la estación?']);
    expect(texts(tag, '[part="line"]')).toEqual([]);
    await show({ lines: [first, growing] });
    expect(texts(tag, '[part="line"]')).toEqual(['Where is the station? ¿Dónde está la estación?']);
    const node = within(tag, '[part="line"] .heard');
    const corrected = { ...first, translation: { text: '¿Dónde queda la estación?', language: 'es', final: true } };
    await show({ lines: [corrected, growing] });
    expect(node.isConnected && node.textContent).toBe('¿Dónde queda la estación?');
  });

  test('is told to a screen reader once each', async () => {
    const { tag, show } = await mounted(running);
    const places = () => texts(tag, '[role="log"] p').filter((text) => text !== '');
    await show({ lines: [growing] });
    await show({ lines: [{ ...growing, original: { text: 'Is it far?', language: 'en', final: true } }] });
    expect(places()).toEqual(['Is it far?']);
    expect(everything(tag).filter((element) => element.matches('[role="log"]'))).toHaveLength(1);
  });

  test('can be copied, and it is said when the browser does not let it', async () => {
    const { tag } = await mounted({ ...running, lines: [first] });
    const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValueOnce();
    press(tag, '.save button');
    await vi.waitFor(() => expect(within(tag, '.status').textContent.trim()).toBe('Copied'));
    expect(written.mock.calls[0]?.[0]).toContain('Where is the station?\n           ¿Dónde está la estación?');
    written.mockRejectedValueOnce(new DOMException('no', 'NotAllowedError'));
    press(tag, '.save button');
    await vi.waitFor(() => expect(within(tag, '.status').textContent).toContain('Save it instead'));
    written.mockRestore();
  });

  test('stays when the interpreter is made anew for two people', async () => {
    const tag = document.createElement('viva-interpreter');
    const made: FakeInterpreter[] = [];
    const turns: string[] = [];
    tag.connect = ({ turn }) => {
      turns.push(turn);
      const next = new FakeInterpreter(made.length === 0 ? { ...running, lines: [first] } : running);
      made.push(next);
      return next;
    };
    document.body.append(tag);
    await tag.start();
    const before = made[0] as FakeInterpreter;
    // Another way to take turns makes another interpreter, which would know nothing of the last words.
    before.show({ phase: 'ending' });
    await rendered(tag);
    expect(has(tag, 'header button[aria-pressed]')).toBe(false);
    before.show({ phase: 'ended', lines: [first, growing] });
    // What was being said counts as it stands, as every interpreter makes it when it is disposed of.
    const disposed = vi.spyOn(before, 'dispose').mockImplementation(() => before.show({ lines: [first] }));
    await rendered(tag);
    press(tag, 'header button[aria-pressed]');
    await rendered(tag);
    expect(disposed).toHaveBeenCalledOnce();
    await tag.start();
    made[1]?.show({ lines: [growing] });
    await rendered(tag);
    expect(turns).toEqual(['vad', 'hold']);
    expect(texts(tag, '[part="line"]')).toEqual(['Where is the station? ¿Dónde está la estación?']);
    expect([select(tag, 'from').value, select(tag, 'to').value]).toEqual(['en', 'es']);
  });
});

describe('two people', () => {
  const near = '[part~="talk-near"]';
  const far = '[part~="talk-far"]';

  test('have a button each, in their own words, held by finger', async () => {
    const { tag, interpreter } = await mounted(running, { turn: 'hold' });
    expect([within(tag, `${near} strong`).textContent, within(tag, `${far} strong`).textContent]).toEqual(['English', 'Español']);
    const pointer = (type: string) => new PointerEvent(type, { pointerId: 1, button: 0, bubbles: true });
    vi.spyOn(within(tag, near), 'setPointerCapture').mockImplementation(() => undefined);
    within(tag, near).dispatchEvent(pointer('pointerdown'));
    await rendered(tag);
    expect(within(tag, near).getAttribute('aria-pressed')).toBe('true');
    within(tag, near).dispatchEvent(pointer('pointercancel'));
    within(tag, near).dispatchEvent(pointer('pointerup'));
    expect(interpreter.asked('hold')).toEqual([
      ['hold', 'near', true],
      ['hold', 'near', false],
    ]);
  });

  test('a key does not grow under the finger, nor is the state cut, where it is narrow', async () => {
    await page.viewport(300, 844);
    const { tag, show } = await mounted(running, { turn: 'hold' });
    const height = () => within(tag, near).getBoundingClientRect().height;
    const before = height();
    within(tag, near).dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true }));
    await rendered(tag);
    expect(texts(tag, `${near} span`)).toEqual(['Release when done']);
    expect(height()).toBe(before);
    await show({ phase: 'ending', microphone: 'off' });
    const status = within(tag, '.status');
    expect(status.scrollWidth).toBeLessThanOrEqual(status.clientWidth);
  });

  test('by keyboard; one at a time; leaving the button lets go', async () => {
    const { tag, interpreter } = await mounted(running, { turn: 'hold' });
    within(tag, far).focus();
    await userEvent.keyboard('{ >}');
    within(tag, near).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await userEvent.keyboard('{/ }');
    await userEvent.keyboard('{Enter>}');
    within(tag, near).focus();
    expect(interpreter.asked('hold')).toEqual([
      ['hold', 'far', true],
      ['hold', 'far', false],
      ['hold', 'far', true],
      ['hold', 'far', false],
    ]);
  });

  test('nobody talks before it listens, and a tag that leaves lets go', async () => {
    const { tag, interpreter, show } = await mounted({ ...running, phase: 'idle' }, { turn: 'hold' });
    const down = () => within(tag, near).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    down();
    expect(interpreter.asked('hold')).toEqual([]);
    await show({ phase: 'listening' });
    down();
    tag.remove();
    expect(interpreter.asked('hold').at(-1)).toEqual(['hold', 'near', false]);
    expect(interpreter.asked('dispose')).toEqual([]);
  });
});

describe('the buttons', () => {
  test('begin, mute, speak aloud where there is a voice, end', async () => {
    const { tag, interpreter, show } = await mounted({ from: 'en', to: 'es' });
    press(tag, '[part="start"]');
    await show(running);
    const [mute, aloud] = everything(within(tag, '[part="controls"]')).filter((element) => element.matches('button'));
    (mute as HTMLElement).click();
    (aloud as HTMLElement).click();
    press(tag, '[part="start"]');
    expect(interpreter.calls).toEqual([['start'], ['mute', true], ['speakAloud', true], ['stop']]);
    await show({ to: 'ar' });
    expect((aloud as HTMLButtonElement).disabled).toBe(true);
    expect(aloud?.getAttribute('aria-label')).toContain('no voice');
  });

  test('the end waits for the last words, says so, and its button cannot begin anew meanwhile', async () => {
    const { tag, interpreter, show } = await mounted({ ...running, lines: [captionLine('Where is*', 'Dónde*')] });
    const button = within(tag, '[part="start"]', HTMLElement);
    button.focus();
    await show({ phase: 'ending', microphone: 'off' });
    button.click();
    expect(interpreter.calls).toEqual([]);
    expect([button.ariaDisabled, button.textContent.trim(), tag.shadowRoot?.activeElement]).toEqual(['true', 'End', button]);
    expect(within(tag, '.status').textContent).toContain('Finishing the last sentence');
    await show({ phase: 'ended', lines: [captionLine('Where is it?', '¿Dónde está?')] });
    expect([button.ariaDisabled, button.textContent.trim()]).toEqual(['false', 'Start interpreting']);
    expect(tag.shadowRoot?.activeElement).toBe(button);
  });

  test('a link for others: shown, copied, gone at the end', async () => {
    const { tag, interpreter } = await mounted(running);
    const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    press(tag, 'button[aria-label="Let others follow"]');
    await vi.waitFor(() => expect(within(tag, '[part="share"] input', HTMLInputElement).value).toBe(interpreter.link));
    press(tag, '[part="share"] button');
    await vi.waitFor(() => expect(written.mock.calls).toEqual([[interpreter.link]]));
    press(tag, '[part="start"]');
    await rendered(tag);
    expect(has(tag, '[part="share"]')).toBe(false);
    written.mockRestore();
  });

  test('a link that is refused is told', async () => {
    const { tag, interpreter } = await mounted(running);
    interpreter.refuseWith = new AssistantError('origin-refused', 'for engineers');
    press(tag, 'button[aria-label="Let others follow"]');
    await vi.waitFor(() => expect(within(tag, '[role="alert"]').textContent).toContain('does not work on this website'));
  });
});

test('reading along: nothing to press but what is the reader’s own', async () => {
  const tag = document.createElement('viva-interpreter');
  const source = new FakeInterpreter({ phase: 'listening', lines: [captionLine('One.', 'Uno.'), captionLine('Two.', 'Dos.')] });
  const rooms: unknown[] = [];
  tag.follow = (wishes) => {
    rooms.push([wishes.room, wishes.roomToken]);
    return source;
  };
  tag.room = 'hall';
  tag.roomToken = 't';
  document.body.append(tag);
  await vi.waitFor(() => expect(source.asked('start')).toHaveLength(1));
  await rendered(tag);
  expect(rooms).toEqual([['hall', 't']]);
  expect(within(tag, '.status').textContent.trim()).toBe('You are reading along.');
  expect(texts(tag, '[part="line"]')).toEqual(['One. Uno.']);
  expect(has(tag, 'select, [part="start"], [part="controls"]')).toBe(false);
  document.body.prepend(tag);
  await rendered(tag);
  expect(source.asked('dispose')).toHaveLength(0);
  tag.remove();
  await Promise.resolve();
  expect(source.asked('dispose')).toHaveLength(1);
});

describe('every failure', () => {
  test.each(Object.keys(interpreterErrorStrings))('%s has its sentence and a way on', async (key) => {
    const code = key.replace('interpreter-error-', '') as ErrorCode;
    const { tag, interpreter } = await mounted({ phase: 'error', error: new AssistantError(code, 'for engineers').toFacts() });
    const alert = within(tag, '[role="alert"]');
    expect(alert.textContent).toContain(interpreterErrorStrings[`interpreter-error-${code}`]);
    expect(alert.textContent).toContain(code);
    press(tag, '[part="alert"] button');
    expect(interpreter.asked('retry')).toHaveLength(1);
  });

  test('that it survived can be dismissed', async () => {
    const { tag } = await mounted({ ...running, notice: new AssistantError('server-busy', 'x').toFacts() });
    expect(within(tag, '[role="alert"]').textContent).toContain('All lines are taken');
    within(tag, '[part="alert"] button').focus();
    await userEvent.keyboard('{Enter}');
    await rendered(tag);
    expect(within(tag, '[role="alert"]').textContent.trim()).toBe('');
    expect(within(tag, '[part="start"]').matches(':focus')).toBe(true);
  });

  test('reaches the page as an event', async () => {
    const { tag, show } = await mounted(running);
    const codes: string[] = [];
    tag.addEventListener('viva-error', ({ code }) => codes.push(code));
    await show({ phase: 'error', error: new AssistantError('offline', 'x').toFacts() });
    await show({ muted: true });
    expect(codes).toEqual(['offline']);
  });
});

const lines = [captionLine('Where is the station?', '¿Dónde está la estación?'), captionLine('Is it far*', '¿Está lej*')];
const states: Readonly<Record<string, readonly [Partial<InterpreterState>, Readonly<Record<string, string>>]>> = {
  idle: [{ from: 'en', to: 'es' }, {}],
  listening: [{ ...running, lines }, {}],
  muted: [{ ...running, muted: true, lines }, {}],
  'two people': [{ ...running, lines, speaking: 'near' }, { turn: 'hold' }],
  error: [{ phase: 'error', error: new AssistantError('microphone-denied', 'x').toFacts(), lines }, {}],
};

const faults = async (tag: VivaInterpreter): Promise<readonly string[]> => {
  const { violations } = await axe.run(tag, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
  );
};

describe.each(['light', 'dark'])('%s', (scheme) => {
  test.each(Object.keys(states))('%s: nothing that axe finds fault with', async (name) => {
    document.body.style.background = scheme === 'dark' ? '#111' : '#fff';
    const { tag } = await mounted(states[name]?.[0], { ...states[name]?.[1], 'color-scheme': scheme });
    await new Promise(requestAnimationFrame);
    expect(await faults(tag)).toEqual([]);
  });
});

test.each([
  ['a telephone', 360, 640, ''],
  ['a kiosk', 1080, 1920, ''],
  ['twice the text size, right to left', 720, 900, '32px'],
])('%s: everything can be hit and nothing sticks out', async (what, width, height, fontSize) => {
  await page.viewport(width, height);
  document.documentElement.style.fontSize = fontSize;
  if (what.includes('right to left')) document.documentElement.dir = 'rtl';
  for (const [state, attributes] of Object.values(states)) {
    const { tag } = await mounted(state, attributes);
    const box = tag.getBoundingClientRect();
    const pressable = everything(tag).filter(
      (element) => element.matches('button, select, summary') && element.checkVisibility(),
    );
    for (const element of pressable.filter((each) => each.closest('.sheet') === null)) {
      const { width: wide, height: high, left, right, bottom } = element.getBoundingClientRect();
      expect(Math.min(wide, high)).toBeGreaterThanOrEqual(43.5);
      expect(left).toBeGreaterThanOrEqual(box.left);
      expect(right).toBeLessThanOrEqual(box.right);
      expect(bottom).toBeLessThanOrEqual(box.bottom + 1);
    }
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    tag.remove();
  }
});
