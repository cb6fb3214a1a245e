import axe from 'axe-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import '../../../src/elements/recorder/define.ts';
import { type VivaRecordedEvent, VivaRecorderChangeEvent } from '../../../src/elements/recorder/events.ts';
import type { VivaRecorder } from '../../../src/elements/recorder/recorder.ts';
import type { CapturedChannel, CaptureState } from '../../../src/session/recorder.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import { fakeRecorder, type FakeRecorder } from '../../support/fake-recorder.ts';

/** The recorder's tag: what is chosen, shown, told, and never hidden. */

afterEach(() => {
  document.querySelectorAll('viva-recorder').forEach((tag) => tag.remove());
  document.body.style.background = '';
});

const channel = (id: CapturedChannel['channel'], more: Partial<CapturedChannel> = {}): CapturedChannel => ({
  ...{ channel: id, label: '', mime: '', state: 'recording', stream: `rts-${id}` },
  ...more,
});
const recording: Partial<CaptureState> = {
  phase: 'recording',
  link: 'up',
  sessionId: 'cap-1',
  channels: [channel('mic', { label: 'Fake default audio input' }), channel('screen')],
};

async function mount(
  attributes: Record<string, string> = {},
): Promise<{ readonly tag: VivaRecorder; readonly recorder: FakeRecorder }> {
  const tag = document.createElement('viva-recorder');
  const recorder = fakeRecorder();
  for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
  tag.connect = () => recorder;
  document.body.append(tag);
  await tag.updateComplete;
  return { tag, recorder };
}

const part = (tag: VivaRecorder, name: string) => tag.shadowRoot?.querySelector<HTMLElement>(`[part~="${name}"]`) ?? null;
const text = (tag: VivaRecorder, name: string): string => part(tag, name)?.textContent.replace(/\s+/g, ' ').trim() ?? '';
const boxes = (tag: VivaRecorder) => [...(tag.shadowRoot?.querySelectorAll('input') ?? [])];
const mark = () => document.querySelector('viva-recording-mark');
const start = async (tag: VivaRecorder): Promise<void> => {
  part(tag, 'start')?.click();
  await vi.waitFor(() => expect(tag.shadowRoot).not.toBeNull());
  await tag.updateComplete;
};

test('what is chosen is asked for, and what the attributes leave out is not offered', async () => {
  const { tag, recorder } = await mount({ record: 'microphone camera', choices: 'microphone camera screen' });
  expect(boxes(tag).map(({ name, checked }) => [name, checked])).toEqual([
    ['microphone', true],
    ['camera', true],
    ['screen', false],
  ]);
  boxes(tag)[1]?.click();
  boxes(tag)[2]?.click();
  await start(tag);
  await vi.waitFor(() => expect(recorder.asked).toEqual([{ microphone: true, camera: false, screen: true, systemAudio: false }]));
  boxes(tag)[0]?.click();
  boxes(tag)[2]?.click();
  await tag.updateComplete;
  expect(part(tag, 'start')).toHaveProperty('disabled', true);
  await expect(tag.start()).rejects.toMatchObject({ code: 'bad-option', field: 'record' });
});

test('keys go on where they were when the buttons change', async () => {
  const { tag, recorder } = await mount();
  part(tag, 'start')?.focus();
  await start(tag);
  recorder.show({ phase: 'asking' });
  await tag.updateComplete;
  recorder.show(recording);
  await vi.waitFor(() => expect(tag.shadowRoot?.activeElement).toBe(part(tag, 'pause')));
  part(tag, 'stop')?.focus();
  recorder.show({ phase: 'stopping' });
  await tag.updateComplete;
  recorder.show({ phase: 'stopped' });
  await vi.waitFor(() => expect(tag.shadowRoot?.activeElement).toBe(part(tag, 'start')));
});

test('it pauses, goes on and stops by its buttons, and tells the page', async () => {
  const { tag, recorder } = await mount();
  const told: string[] = [];
  tag.addEventListener('viva-recorder-change', (event) => told.push(`${event.previous} ${event.phase}`));
  const recorded = vi.fn();
  tag.addEventListener('viva-recorded', recorded);
  await tag.start();
  recorder.show(recording);
  await tag.updateComplete;
  part(tag, 'pause')?.click();
  recorder.show({ phase: 'paused' });
  await tag.updateComplete;
  expect(text(tag, 'pause')).toBe('Go on');
  part(tag, 'pause')?.click();
  part(tag, 'stop')?.click();
  expect(recorder.asked.slice(1)).toEqual(['pause', 'resume', 'stop']);
  recorder.show({ phase: 'stopping' });
  recorder.show({ phase: 'stopped', recordedMs: 4200.4 });
  await tag.updateComplete;
  expect(told).toEqual(['idle recording', 'recording paused', 'paused stopping', 'stopping stopped']);
  expect(recorded).toHaveBeenCalledOnce();
  const event = recorded.mock.calls[0]?.[0] as VivaRecordedEvent;
  expect(event).toMatchObject({
    sessionId: 'cap-1',
    streams: { mic: 'rts-mic', screen: 'rts-screen' },
    recordedMs: 4200,
    droppedMs: 0,
  });
  expect(new VivaRecorderChangeEvent('idle', 'error').bubbles).toBe(true);
  expect(text(tag, 'start')).toBe('Record again');
});

test('while it records, the window and the title say so, whatever the page does', async () => {
  document.title = 'Garden';
  const { tag, recorder } = await mount();
  await tag.start();
  expect(mark()).toBeNull();
  recorder.show(recording);
  await vi.waitFor(() => expect(mark()?.shadowRoot?.textContent).toContain('Recording: Microphone, Screen'));
  expect(document.title).toBe('● Garden');
  document.title = 'Beds';
  await vi.waitFor(() => expect(document.title).toBe('● Beds'));
  const style = document.createElement('style');
  style.textContent = 'viva-recording-mark { display: none !important; opacity: 0 !important; position: static !important }';
  document.head.append(style);
  mark()?.setAttribute('hidden', '');
  mark()?.setAttribute('style', 'display: none !important; visibility: hidden !important');
  tag.hidden = true;
  document.body.style.minHeight = '400vh';
  window.scrollTo(0, 2000);
  const box = mark()?.shadowRoot?.querySelector('p')?.getBoundingClientRect();
  expect(box?.height).toBeGreaterThan(20);
  expect(box?.top).toBeGreaterThanOrEqual(0);
  expect(box?.bottom).toBeLessThan(innerHeight);
  expect(mark()?.checkVisibility({ opacityProperty: true, visibilityProperty: true })).toBe(true);
  recorder.show({ phase: 'paused' });
  await vi.waitFor(() => expect(mark()?.shadowRoot?.textContent).toContain('paused'));
  expect(document.title).toBe('❚❚ Beds');
  recorder.show({ phase: 'stopped' });
  expect(mark()).toBeNull();
  expect(document.title).toBe('Beds');
  style.remove();
  document.body.style.minHeight = '';
});

test('on a page in another language the mark is never in English, also where it records before its words are here', async () => {
  const { tag, recorder } = await mount();
  await tag.start();
  tag.lang = 'de';
  const seen: string[] = [];
  const watch = new MutationObserver(() => seen.push(mark()?.label ?? ''));
  watch.observe(document.body, { childList: true });
  // The change of language is told before the recording is: both in one turn, long before a table can come.
  await Promise.resolve();
  recorder.show(recording);
  await vi.waitFor(() => expect(mark()?.label).toContain('Aufnahme:'), 10_000);
  watch.disconnect();
  expect(seen.filter((label) => label.startsWith('Recording'))).toEqual([]);
  expect(seen).toHaveLength(1);
  recorder.show({ phase: 'stopped' });
  expect(mark()).toBeNull();
});

test('a tag that is taken from the page records no more, and one that is moved goes on', async () => {
  const { tag, recorder } = await mount();
  await tag.start();
  recorder.show(recording);
  const elsewhere = document.createElement('div');
  document.body.append(elsewhere);
  elsewhere.append(tag);
  await Promise.resolve();
  expect(recorder.asked).not.toContain('dispose');
  expect(mark()).not.toBeNull();
  tag.remove();
  await vi.waitFor(() => expect(recorder.asked).toContain('dispose'));
  expect(mark()).toBeNull();
});

test('a lost connection, what is kept and what was lost are told; refusals by device', async () => {
  const { tag, recorder } = await mount();
  const failed = vi.fn();
  tag.addEventListener('viva-error', failed);
  await tag.start();
  const upload = { bufferedMs: 12_300, bufferedBytes: 1, storedBytes: 1, droppedMs: 4100, droppedChunks: 3 };
  const refused = { channel: 'camera' as const, error: new AssistantError('camera-denied', 'no').toFacts() };
  recorder.show({
    ...recording,
    link: 'lost',
    upload,
    refusals: [refused],
    channels: [channel('mic'), channel('screen', { state: 'unshared' })],
  });
  await tag.updateComplete;
  expect(text(tag, 'upload')).toBe(
    'Connection lost: 13 s are kept here. Trying again. 5 s were lost while there was no connection.',
  );
  expect(text(tag, 'channels')).toContain('Screen, window or tab is no longer shared');
  expect(text(tag, 'channels')).toContain('Camera is not recorded: Your browser keeps the camera closed.');
  const status = tag.shadowRoot?.querySelector('[role="status"]')?.textContent;
  expect(status).toContain('Connection lost');
  expect(status).not.toMatch(/\d/);
  recorder.show({ phase: 'error', error: new AssistantError('token-refused', 'for engineers').toFacts() });
  await tag.updateComplete;
  expect(text(tag, 'alert')).toContain('This page may not record here any more.');
  expect(failed).toHaveBeenCalledOnce();
});

test('leaving the page is asked about while something is not saved', async () => {
  const { tag, recorder } = await mount();
  await tag.start();
  const leave = (): boolean => dispatchEvent(new Event('beforeunload', { cancelable: true }));
  expect(leave()).toBe(true);
  recorder.show({ phase: 'stopping' });
  expect(leave()).toBe(false);
  recorder.show({ phase: 'stopped' });
  expect(leave()).toBe(true);
});

const states: Readonly<Record<string, Partial<CaptureState>>> = {
  idle: {},
  asking: { phase: 'asking' },
  recording: { ...recording, since: Date.now() - 65_000 },
  paused: { ...recording, phase: 'paused', recordedMs: 5000 },
  lost: { ...recording, link: 'lost' },
  stopping: { ...recording, phase: 'stopping' },
  stopped: { ...recording, phase: 'stopped' },
  error: { phase: 'error', error: new AssistantError('microphone-denied', 'for engineers').toFacts() },
};

describe.each(['light', 'dark'])('%s', (scheme) => {
  test.each(['ltr', 'rtl'])('axe finds no fault, and everything can be hit: %s', async (dir) => {
    document.body.style.background = scheme === 'dark' ? '#111' : '#fff';
    const { tag, recorder } = await mount({ 'color-scheme': scheme, dir, record: 'microphone screen' });
    await tag.start();
    for (const [name, state] of Object.entries(states)) {
      recorder.show({ ...state });
      await tag.updateComplete;
      const { violations } = await axe.run(tag, { resultTypes: ['violations'] });
      expect(
        violations.flatMap(({ id, nodes }) => nodes.map(({ failureSummary }) => `${name} ${id}: ${failureSummary}`)),
      ).toEqual([]);
      for (const button of tag.shadowRoot?.querySelectorAll('button, label') ?? []) {
        expect(button.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
      }
    }
  });
});
