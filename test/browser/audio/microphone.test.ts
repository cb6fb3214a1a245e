import { firstValueFrom, NEVER, of, race, timer } from 'rxjs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openMicrophone } from '../../../src/audio/microphone.ts';
import { AssistantError } from '../../../src/shared/errors.ts';

/** Permission and device in Chromium's fake microphone; refusals are the browser's own exceptions. */

afterEach(() => {
  vi.restoreAllMocks();
});

const refuse = (cause: unknown): void => {
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(cause);
};

const failure = (options = {}): Promise<unknown> => firstValueFrom(openMicrophone(options)).catch((error: unknown) => error);

test('asks for echo cancellation, noise suppression and gain control, and reads back what was granted', async () => {
  const ask = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
  const { granted } = await firstValueFrom(openMicrophone());
  expect(ask).toHaveBeenCalledExactlyOnceWith({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
  expect(granted).toMatchObject({ echoCancellation: true, noiseSuppression: true, autoGainControl: true });
  expect(granted.deviceId).not.toBe('');
});

test('each can be switched off, and a device be named', async () => {
  const device = (await navigator.mediaDevices.enumerateDevices()).find(({ kind }) => kind === 'audioinput')!.deviceId;
  const { granted } = await firstValueFrom(
    openMicrophone({ deviceId: device, echoCancellation: false, noiseSuppression: false, autoGainControl: false }),
  );
  expect(granted).toMatchObject({ deviceId: device, echoCancellation: false, noiseSuppression: false, autoGainControl: false });
});

test('unsubscribing stops the tracks', async () => {
  const { stream } = await firstValueFrom(openMicrophone());
  expect(stream.getTracks().map(({ readyState }) => readyState)).toEqual(['ended']);
});

test('unsubscribed while the prompt is open: what it gives later is stopped', async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  let answer: (stream: MediaStream) => void = () => undefined;
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockReturnValue(new Promise((resolve) => (answer = resolve)));
  openMicrophone().subscribe().unsubscribe();
  answer(stream);
  await expect.poll(() => stream.getTracks().every(({ readyState }) => readyState === 'ended')).toBe(true);
});

describe('a stream of the host page', () => {
  test('is used and never stopped', async () => {
    const given = await navigator.mediaDevices.getUserMedia({ audio: true });
    const ask = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
    const { stream } = await firstValueFrom(openMicrophone({ stream: given }));
    expect(stream).toBe(given);
    expect(ask).not.toHaveBeenCalled();
    expect(given.getTracks()[0]!.readyState).toBe('live');
    given.getTracks()[0]!.stop();
  });

  test('without sound is a wrong option', async () => {
    expect(await failure({ stream: new MediaStream() })).toMatchObject({ code: 'bad-option', field: 'stream' });
  });
});

test.each([
  ['NotAllowedError', 'microphone-denied', null],
  ['SecurityError', 'microphone-blocked', null],
  ['NotFoundError', 'microphone-missing', null],
  ['NotReadableError', 'microphone-busy', null],
  ['AbortError', 'microphone-busy', null],
])('%s is %s', async (name, code, field) => {
  refuse(new DOMException('no', name));
  const error = await failure();
  expect(error).toBeInstanceOf(AssistantError);
  expect(error).toMatchObject({ code, field });
});

test('in the place of a chosen device that is not there another one is opened, and told', async () => {
  const { stream, granted } = await firstValueFrom(openMicrophone({ deviceId: 'nowhere' }));
  expect(stream.getAudioTracks()).toHaveLength(1);
  expect(granted.deviceId).not.toBe('nowhere');
  expect(granted.label).not.toBe('');
});

test('a page whose policy does not allow it is told apart from a refusal', async () => {
  const frame = document.createElement('iframe');
  frame.allow = "microphone 'none'";
  document.body.append(frame);
  const policy = (frame.contentDocument as Document & { featurePolicy: { allowsFeature(name: string): boolean } }).featurePolicy;
  expect(policy.allowsFeature('microphone')).toBe(false);
  Object.defineProperty(document, 'featurePolicy', { value: policy, configurable: true });
  refuse(new DOMException('no', 'NotAllowedError'));
  expect(await failure()).toMatchObject({ code: 'microphone-blocked' });
  Reflect.deleteProperty(document, 'featurePolicy');
  frame.remove();
});

test('an insecure page is told so', async () => {
  vi.spyOn(navigator, 'mediaDevices', 'get').mockReturnValue(undefined as unknown as MediaDevices);
  vi.spyOn(globalThis, 'isSecureContext', 'get').mockReturnValue(false);
  expect(await failure()).toMatchObject({ code: 'insecure-page' });
});

test('nothing is asked before somebody subscribes', async () => {
  const ask = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
  openMicrophone();
  await firstValueFrom(race(NEVER, timer(0), of(0)));
  expect(ask).not.toHaveBeenCalled();
});
