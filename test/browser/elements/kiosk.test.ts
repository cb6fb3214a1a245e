import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { VivaCaptionEvent } from '../../../src/elements/caption-event.ts';
import { VivaControls } from '../../../src/elements/controls/controls.ts';
import type { VivaVoce } from '../../../src/elements/viva-voce/viva-voce.ts';
import type { SessionState } from '../../../src/session/state.ts';
import { entry, FakeAssistant } from '../../support/fake-assistant.ts';
import { axeFaults } from '../../support/axe-faults.ts';
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

/** So much time without a sign after the last one. */
async function idleFor(tag: VivaVoce, ms: number): Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'Date'] });
  try {
    // What a timer was told before is on the real clock.
    document.body.dispatchEvent(new PointerEvent('pointerdown', { clientX: 300, clientY: 300, bubbles: true }));
    vi.advanceTimersByTime(ms);
    await tag.updateComplete;
  } finally {
    vi.useRealTimers();
  }
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
  await idleFor(tag, 5_000);
  expect(within(tag, 'dialog', HTMLDialogElement).open).toBe(true);
  await idleFor(tag, 25_000);
  await vi.waitFor(() => expect(resets).toEqual(['idle']));
  await vi.waitFor(() => expect(focused()?.getAttribute('part')).toBe('attract-begin'));
  expect(assistant.asked('stop')).toHaveLength(1);
  expect(tag.lang).toBe('en');
  expect(sessionStorage.getItem('viva-visitor')).toBeNull();
  expect(everything(tag).some((element) => element instanceof HTMLTextAreaElement && element.value !== '')).toBe(false);
  expect(tag.assistant).toBe(assistant);
});

test.each(['touches the screen', 'says a word'])(
  'whoever is warned and %s stays, with the conversation as it was',
  async (sign) => {
    const { tag, assistant } = await kiosk();
    await begun(tag, assistant);
    await idleFor(tag, 5_000);
    if (sign === 'says a word') assistant.show({ transcript: [entry('user', 'Yes')] });
    else await userEvent.click(within(tag, '[part="idle-stay"]'));
    await vi.waitFor(() => expect(has(tag, 'viva-kiosk-idle')).toBe(false));
    expect(assistant.asked('stop')).toEqual([]);
    expect(within(tag, 'viva-panel').inert).toBe(false);
  },
);

test('the page ends a visit as its own end does, in one clearing however often it asks; with nobody there too', async () => {
  const { tag, assistant } = await kiosk({ lang: 'en', consent: 'session' });
  const resets: string[] = [];
  tag.addEventListener('viva-reset', ({ reason }) => resets.push(reason));
  sessionStorage.setItem('viva-voce:consent', 'yes');
  await begun(tag, assistant, { transcript: [entry('user', 'My number is 4711')] });
  tag.setAttribute('lang', 'de');
  await Promise.all([tag.reset(), tag.reset()]);
  await vi.waitFor(() => expect(focused()?.getAttribute('part')).toBe('attract-begin'));
  expect([resets, tag.lang, sessionStorage.getItem('viva-voce:consent')]).toEqual([['page'], 'en', null]);
  expect(within(tag, 'viva-panel').inert).toBe(true);
  sessionStorage.setItem('viva-visitor', '4711');
  await tag.reset();
  expect([resets, sessionStorage.getItem('viva-visitor')]).toEqual([['page', 'page'], null]);
});

test('a line of the interpreter shows that somebody is there', async () => {
  const { tag, assistant } = await kiosk();
  await begun(tag, assistant);
  await idleFor(tag, 5_000);
  expect(has(tag, 'viva-kiosk-idle')).toBe(true);
  const line = { id: '1', stream: 'near', startMs: 0, endMs: null, at: 0, original: null, translation: null };
  tag.dispatchEvent(new VivaCaptionEvent(line, false));
  await vi.waitFor(() => expect(has(tag, 'viva-kiosk-idle')).toBe(false));
});

describe('in the hand', () => {
  beforeEach(async () => {
    // The whole screen is as large as the browser's window, and no window is as small as this.
    if (document.fullscreenElement !== null) await document.exitFullscreen();
    vi.spyOn(document.documentElement, 'requestFullscreen').mockRejectedValue(new TypeError());
    await page.viewport(390, 844);
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    await page.viewport(414, 896);
  });

  test.each([
    ['', 1],
    ['in large text', 4],
  ])('title, menu, conversation and keys have room and are within reach %s', async (_name, presses) => {
    const { tag, assistant } = await kiosk({ keyboard: '' });
    await begun(tag, assistant, { transcript: [entry('user', 'Where is gate four?')] });
    for (let press = 1; press < presses; press++) within(tag, '[part="kiosk-size"]').click();
    await userEvent.click(within(tag, 'textarea'));
    await vi.waitFor(() => within(tag, '[part="keyboard"]'), { timeout: 5000 });
    await settled(tag);
    const box = (selector: string): DOMRect => within(tag, selector).getBoundingClientRect();
    expect(box('h2').height).toBeLessThan(2 * parseFloat(getComputedStyle(within(tag, 'h2')).fontSize));
    expect(box('viva-kiosk-menu').top).toBeGreaterThanOrEqual(box('h2').bottom);
    expect(box('.body').height).toBeGreaterThan(100);
    expect(box('[part="keyboard"]').bottom).toBeLessThan(845);
    expect(box('viva-composer').top).toBeGreaterThanOrEqual(box('viva-controls').bottom);
    for (const button of everything(tag).filter((each) => each.matches('[part^="kiosk-"]')))
      expect(button.getBoundingClientRect()).toSatisfy(
        (rect: DOMRect) => rect.height >= 60 && rect.left >= 0 && rect.right <= 390,
      );
  });
});

test.each([
  ['a touch', false],
  ['a key', true],
])('%s begins a visit: the ring of the focus is shown to keys alone', async (sign, ringed) => {
  const { tag, assistant } = await kiosk();
  // As browsers do where a script gives the focus and nobody had it before.
  vi.spyOn(VivaControls.prototype, 'focus').mockImplementation(function (this: VivaControls) {
    this.shadowRoot?.querySelector<HTMLElement>('[part="start"]')?.focus({ focusVisible: true });
  });
  if (sign === 'a key') await userEvent.keyboard('x');
  else await userEvent.click(within(tag, 'viva-kiosk-attract'), { position: { x: 10, y: 300 } });
  await vi.waitFor(() => expect(assistant.asked('start')).toHaveLength(1));
  await vi.waitFor(() => expect(focused()?.getAttribute('part')).toBe('start'));
  expect(focused()?.matches(':focus-visible')).toBe(ringed);
  vi.restoreAllMocks();
});

test('a conversation that is begun again has all that was said, for this visitor alone', async () => {
  const { tag, assistant } = await kiosk();
  const own = Object.assign(assistant, { dispose: () => undefined });
  tag.own(own);
  await settled(tag);
  await begun(tag, assistant, { transcript: [entry('user', 'Where is gate four?')] });
  const shown = (): string =>
    everything(tag)
      .map((each) => (each.matches('.words') ? each.textContent : ''))
      .join('');
  await vi.waitFor(() => expect(shown()).toContain('gate four'));
  assistant.show({ phase: 'ended' });
  assistant.show({ phase: 'connecting' });
  assistant.show({ phase: 'listening', transcript: [] });
  await vi.waitFor(() => expect(JSON.stringify(assistant.asked('addContext'))).toContain('gate four'));
  await settled(tag);
  expect(shown()).toContain('gate four');
  const next = Object.assign(new FakeAssistant(), { dispose: () => undefined });
  const over = new Promise((resolve) => tag.addEventListener('viva-reset', resolve, { once: true }));
  await userEvent.click(within(tag, '[part="kiosk-finish"]'));
  await over;
  tag.own(next);
  await settled(tag);
  await begun(tag, next, { phase: 'connecting' });
  next.show({ phase: 'listening', transcript: [] });
  await settled(tag);
  expect(next.asked('addContext')).toEqual([]);
  expect(shown()).toBe('');
});

function tapCorner(times: number): void {
  for (let tap = 0; tap < times; tap++)
    document.body.dispatchEvent(new PointerEvent('pointerdown', { clientX: 20, clientY: 20, bubbles: true, composed: true }));
}

test('the keeper gets in by five taps and the PIN, which is in the page no more; visitors do not', async () => {
  const { tag } = await kiosk({ pin: '246810' });
  expect(tag.hasAttribute('pin')).toBe(false);
  expect(tag.pin).toBeNull();
  tapCorner(4);
  await settled(tag);
  expect(has(tag, 'viva-kiosk-keeper')).toBe(false);
  tapCorner(1);
  await vi.waitFor(() => within(tag, '[part="keeper-pin"] button'), { timeout: 5000 });
  // Enter is the end of what was typed, and does not press the button that has the focus.
  await userEvent.keyboard('1111{Enter}');
  await vi.waitFor(() => expect(within(tag, 'viva-kiosk-keeper').shadowRoot?.textContent).toContain('4 tries left'));
  expect(has(tag, 'viva-diagnosis')).toBe(false);
  for (const digit of '246810') keyOf(tag, digit).click();
  await userEvent.click(keyOf(tag, 'OK'));
  await vi.waitFor(() => within(tag, '[part="diagnosis"]'), { timeout: 5000 });
  expect(within(tag, '[part="diagnosis"]').textContent).toContain('Screen kept awake');
  expect(focused()?.textContent).toBe('Set the microphone to this room');
});

const keyOf = (tag: VivaVoce, label: string): HTMLElement => {
  const keys = everything(within(tag, '[part="keeper-pin"]')).filter((element) => element.textContent.trim() === label);
  return keys.find((element) => element instanceof HTMLButtonElement) ?? within(tag, `[aria-label="${label}"]`);
};

test('without a PIN there is no way in', async () => {
  const { tag } = await kiosk();
  tapCorner(5);
  await settled(tag);
  expect(has(tag, 'viva-kiosk-keeper')).toBe(false);
});

test('menus, files and links that lead away are locked while the kiosk is there, and not after it', async () => {
  const { tag } = await kiosk();
  const link = Object.assign(document.createElement('a'), { href: 'https://elsewhere.example/', target: '_blank' });
  const page = document.body.appendChild(document.createElement('div'));
  page.append(link);
  const refused = (event: Event, target: EventTarget = page): boolean => !target.dispatchEvent(event);
  const menu = () => new MouseEvent('contextmenu', { bubbles: true, cancelable: true });
  expect(refused(menu())).toBe(true);
  expect(refused(new MouseEvent('click', { bubbles: true, cancelable: true }), link)).toBe(true);
  expect(refused(new KeyboardEvent('keydown', { key: 'p', ctrlKey: true, bubbles: true, cancelable: true }))).toBe(true);
  expect(refused(new KeyboardEvent('keydown', { key: 'p', bubbles: true, cancelable: true }))).toBe(false);
  expect(getComputedStyle(page).userSelect).toBe('none');
  tag.remove();
  expect(refused(menu())).toBe(false);
  expect(getComputedStyle(page).userSelect).not.toBe('none');
  page.remove();
});

test('what cannot be meant is named', async () => {
  const { tag } = await kiosk();
  const faults: (string | null)[] = [];
  tag.addEventListener('viva-error', ({ field }) => faults.push(field));
  tag.setAttribute('recycle', 'at night');
  await settled(tag);
  tag.requestUpdate();
  await settled(tag);
  expect(faults).toEqual(['recycle']);
});

test('the key that begins a visit presses nothing of it', async () => {
  const { assistant } = await kiosk();
  const press = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
  document.body.dispatchEvent(press);
  expect(press.defaultPrevented).toBe(true);
  await vi.waitFor(() => expect(assistant.asked('start')).toHaveLength(1));
  const next = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
  document.body.dispatchEvent(next);
  expect(next.defaultPrevented).toBe(false);
});

test('the keyboard on the screen writes where the caret is, in the letters of the language, and sends', async () => {
  const { tag, assistant } = await mount({ variant: 'inline', keyboard: '', language: 'el' });
  await vi.waitFor(() => within(tag, '[part="key"]'), { timeout: 5000 });
  const press = async (sign: string): Promise<void> => {
    const key = everything(tag).find((element) => element.matches('[part="key"]') && element.textContent.trim() === sign);
    await userEvent.click(key ?? document.body);
  };
  await press('⇧');
  for (const letter of ['Γ', 'ε', 'ι', 'α', 'β', '⌫']) await press(letter);
  const field = within(tag, 'textarea', HTMLTextAreaElement);
  expect(field.value).toBe('Γεια');
  expect(field.inputMode).toBe('none');
  await press('⏎');
  await vi.waitFor(() => expect(assistant.asked('send')).toHaveLength(1));
  expect(assistant.asked('send')[0]?.[1]).toBe('Γεια');
});

test('keys come when a visitor touches the field, from wherever in the panel, and are gone for the next one', async () => {
  const { tag, assistant } = await kiosk({ keyboard: '' });
  await begun(tag, assistant);
  const keys = (): boolean => has(tag, '[part="keyboard"]');
  await vi.waitFor(() => within(tag, 'viva-keyboard'), { timeout: 5000 });
  expect(keys()).toBe(false);
  within(tag, '[part="kiosk-size"]').focus();
  await userEvent.click(within(tag, 'textarea'));
  await vi.waitFor(() => expect(keys()).toBe(true));
  const over = new Promise((resolve) => tag.addEventListener('viva-reset', resolve, { once: true }));
  await userEvent.click(within(tag, '[part="kiosk-finish"]'));
  await over;
  await settled(tag);
  expect(keys()).toBe(false);
});

test('half-duplex: the microphone rests while the assistant speaks, and nobody’s own mute is undone', async () => {
  const { tag, assistant } = await mount({ variant: 'inline', duplex: 'half' });
  await vi.waitFor(() => expect(tag.bargeIn).toBe('button'));
  assistant.mute = (muted) => {
    assistant.calls.push(['mute', muted]);
    assistant.show({ muted });
  };
  assistant.show({ phase: 'speaking', microphone: 'live', playing: true });
  expect(assistant.asked('mute')).toEqual([['mute', true]]);
  assistant.show({ phase: 'listening', playing: false });
  await vi.waitFor(() => expect(assistant.asked('mute')).toHaveLength(2));
  assistant.show({ muted: true });
  assistant.show({ phase: 'speaking', playing: true });
  assistant.show({ phase: 'listening', playing: false });
  expect(assistant.asked('mute')).toHaveLength(2);
});

test.each(['light', 'dark'])('%s: nothing that axe finds fault with, waiting and warning', async (scheme) => {
  const { tag, assistant } = await kiosk({ 'color-scheme': scheme });
  expect(await axeFaults(tag)).toEqual([]);
  await begun(tag, assistant);
  await idleFor(tag, 5_000);
  await settled(tag);
  expect(await axeFaults(within(tag, 'viva-kiosk-idle'))).toEqual([]);
});

test('a visitor makes it louder by key or touch; the next one has what is usual, the next conversation too', async () => {
  const { tag, assistant } = await kiosk();
  const gains = (): readonly unknown[] => assistant.asked('setVolume').map(([, gain]) => Math.round(Number(gain) * 100));
  await begun(tag, assistant);
  expect(gains()).toEqual([49]);
  await userEvent.click(within(tag, '[part="kiosk-volume"]'));
  const slider = await vi.waitFor(() => within(tag, '#loudness', HTMLInputElement));
  await vi.waitFor(() => expect(focused()).toBe(slider));
  expect(slider.labels?.[0]?.textContent).toBe('Volume');
  expect(slider.getAttribute('aria-valuetext')).toBe('70%');
  expect(slider.getBoundingClientRect().height).toBeGreaterThanOrEqual(76);
  await userEvent.keyboard('{ArrowRight}');
  const [less, more] = everything(tag).filter((each) => each.matches('.steps button'));
  await userEvent.click(more ?? tag);
  await userEvent.click(less ?? tag);
  expect(gains()).toEqual([49, 64, 81, 64]);
  await userEvent.keyboard('{Escape}');
  await vi.waitFor(() => expect(focused()?.getAttribute('part')).toBe('kiosk-volume'));
  const over = new Promise((resolve) => tag.addEventListener('viva-reset', resolve, { once: true }));
  await userEvent.click(within(tag, '[part="kiosk-finish"]'));
  await over;
  await settled(tag);
  expect(gains().at(-1)).toBe(49);
});

test.each([
  ['02:00', '', true],
  ['02:00', 'none', false],
  ['12:00', '', false],
  ['12:00', '11:00-13:00', true],
])('at %s with “%s” the waiting screen is dark: %s', async (time, wish, dark) => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(`2026-11-21T${time}`) });
  document.body.style.setProperty('--viva-night', wish);
  try {
    const { tag } = await kiosk({ 'color-scheme': 'light' });
    const attract = within(tag, 'viva-kiosk-attract');
    await vi.waitFor(() => expect(getComputedStyle(within(tag, '.veil')).opacity).toBe(dark ? '0.78' : '0'));
    expect(getComputedStyle(attract).colorScheme).toBe(dark ? 'dark' : 'light');
    expect(await axeFaults(attract)).toEqual([]);
  } finally {
    document.body.style.removeProperty('--viva-night');
    vi.useRealTimers();
  }
});

test('hours of the night that cannot be meant are named once', async () => {
  document.body.style.setProperty('--viva-night', 'when it is late');
  const faults: (string | null)[] = [];
  const note = ({ field }: { readonly field: string | null }): void => void faults.push(field);
  document.addEventListener('viva-error', note);
  await kiosk();
  expect(faults).toEqual(['--viva-night']);
  document.removeEventListener('viva-error', note);
  document.body.style.removeProperty('--viva-night');
});
