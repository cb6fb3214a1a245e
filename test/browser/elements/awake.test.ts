import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import '../../../src/elements/captions/define.ts';
import '../../../src/elements/interpreter/define.ts';
import '../../../src/elements/recorder/define.ts';
import type { CaptureState } from '../../../src/shared/capture-state.ts';
import { captionLine, FakeInterpreter } from '../../support/fake-interpreter.ts';
import { fakeRecorder } from '../../support/fake-recorder.ts';
import { mount, settled, unmountAll } from '../../support/tag.ts';

/** The screen stays awake while somebody talks, is interpreted, reads along or is recorded: asked for, taken again, given back. */

let locks: WakeLockSentinel[];
const held = (): number => locks.filter(({ released }) => !released).length;

beforeEach(() => {
  locks = [];
  const request = navigator.wakeLock.request.bind(navigator.wakeLock);
  vi.spyOn(navigator.wakeLock, 'request').mockImplementation(async (type) => {
    const lock = await request(type);
    locks.push(lock);
    return lock;
  });
});

afterEach(() => {
  unmountAll();
  for (const tag of document.querySelectorAll('viva-captions, viva-interpreter, viva-recorder')) tag.remove();
  vi.restoreAllMocks();
});

describe('a conversation', () => {
  test('holds it while it is spoken, takes it again when the page is seen again, and gives it back', async () => {
    const { tag, assistant } = await mount({ open: '' });
    expect(navigator.wakeLock.request).not.toHaveBeenCalled();
    assistant.show({ phase: 'listening', microphone: 'live' });
    await vi.waitFor(() => expect(held()).toBe(1), { timeout: 5_000 });
    // What a browser does with a page that is not seen: it takes the lock away, and would refuse another one.
    const visible = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    await locks[0]?.release();
    document.dispatchEvent(new Event('visibilitychange'));
    await settled(tag);
    expect([locks.length, held()]).toEqual([1, 0]);
    visible.mockRestore();
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.waitFor(() => expect(held()).toBe(1));
    assistant.show({ phase: 'speaking', microphone: 'muted', muted: true });
    await settled(tag);
    expect([locks.length, held()]).toEqual([2, 1]);
    assistant.show({ phase: 'ended', microphone: 'off' });
    await vi.waitFor(() => expect(held()).toBe(0));
  });

  test('gives it back when its tag leaves, and has it again where the tag is put', async () => {
    const { tag, assistant } = await mount({ open: '' });
    assistant.show({ phase: 'listening', microphone: 'live' });
    await vi.waitFor(() => expect(held()).toBe(1), { timeout: 5_000 });
    tag.remove();
    await vi.waitFor(() => expect(held()).toBe(0));
    document.body.append(tag);
    await vi.waitFor(() => expect(held()).toBe(1));
  });

  test('in writing asks for none', async () => {
    const { tag, assistant } = await mount({ open: '' });
    await import('../../../src/elements/awake/attach.ts');
    assistant.show({ phase: 'thinking', microphone: 'off' });
    await settled(tag);
    expect(locks).toEqual([]);
  });

  test('goes on where the browser refuses it', async () => {
    vi.mocked(navigator.wakeLock.request).mockRejectedValue(new DOMException('battery', 'NotAllowedError'));
    const { tag, assistant } = await mount({ open: '' });
    const errors = vi.fn();
    tag.addEventListener('viva-error', errors);
    assistant.show({ phase: 'listening', microphone: 'live' });
    await vi.waitFor(() => expect(navigator.wakeLock.request).toHaveBeenCalled(), { timeout: 5_000 });
    await settled(tag);
    expect(errors).not.toHaveBeenCalled();
  });
});

test('an interpreter holds it while it runs, also for who reads along', async () => {
  const tag = document.createElement('viva-interpreter');
  const interpreter = new FakeInterpreter();
  tag.interpreter = interpreter;
  document.body.append(tag);
  await tag.updateComplete;
  expect(locks).toEqual([]);
  interpreter.show({ phase: 'listening' });
  await vi.waitFor(() => expect(held()).toBe(1));
  interpreter.show({ phase: 'ended' });
  await vi.waitFor(() => expect(held()).toBe(0));
});

test('captions that listen or are followed hold it; those of the page itself do not', async () => {
  const tag = document.createElement('viva-captions');
  tag.storageKey = '';
  const source = new FakeInterpreter({ phase: 'listening', lines: [captionLine('One.', null)] });
  tag.connect = () => source;
  tag.room = 'hall';
  document.body.append(tag);
  await vi.waitFor(() => expect(held()).toBe(1));
  tag.remove();
  await vi.waitFor(() => expect(held()).toBe(0));
  const pushed = document.createElement('viva-captions');
  pushed.storageKey = '';
  pushed.addCaption({ id: '1', text: 'Welcome.' });
  document.body.append(pushed);
  await pushed.updateComplete;
  expect(locks).toHaveLength(1);
});

test('a recording holds it, also while it pauses, until it stops', async () => {
  const recorder = fakeRecorder();
  const tag = document.createElement('viva-recorder');
  tag.recorder = recorder;
  document.body.append(tag);
  const show = (phase: CaptureState['phase']) => recorder.show({ phase });
  show('recording');
  await vi.waitFor(() => expect(held()).toBe(1));
  show('paused');
  await tag.updateComplete;
  expect(held()).toBe(1);
  show('stopped');
  await vi.waitFor(() => expect(held()).toBe(0));
});
