import { firstValueFrom, type Observable, timeout } from 'rxjs';
import { afterEach, expect, test, vi } from 'vitest';
import { openCamera } from '../../../src/video/camera.ts';
import { still } from '../../../src/video/frames.ts';
import { openScreen } from '../../../src/video/screen.ts';
import { AssistantError } from '../../../src/shared/errors.ts';

/** Real streams of the browser's fake camera. */

afterEach(() => vi.restoreAllMocks());

const states = (stream: MediaStream | undefined) => stream?.getTracks().map((track) => track.readyState);

const failure = (failing$: Observable<unknown>): Promise<unknown> =>
  firstValueFrom(failing$.pipe(timeout(5000))).then(
    () => null,
    (error: unknown) => (error instanceof AssistantError ? error.code : error),
  );

test('the camera is open while subscribed, and its light goes out afterwards', async () => {
  let stream: MediaStream | undefined;
  const subscription = openCamera(null).subscribe((opened) => (stream = opened));
  await vi.waitFor(() => expect(states(stream)).toEqual(['live']), { timeout: 5000 });
  subscription.unsubscribe();
  expect(states(stream)).toEqual(['ended']);
});

test('a prompt that is answered after the wish is gone opens nothing', async () => {
  const canvas = document.createElement('canvas').captureStream();
  let grant = (_: MediaStream): void => undefined;
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockReturnValue(new Promise((resolve) => (grant = resolve)));
  openCamera(null).subscribe().unsubscribe();
  grant(canvas);
  await vi.waitFor(() => expect(states(canvas)).toEqual(['ended']));
});

test('it completes when the browser or the cable ends it', async () => {
  const canvas = document.createElement('canvas').captureStream();
  vi.spyOn(navigator.mediaDevices, 'getDisplayMedia').mockResolvedValue(canvas);
  const done = vi.fn();
  openScreen().subscribe({ complete: done });
  await vi.waitFor(() => {
    canvas.getTracks()[0]?.dispatchEvent(new Event('ended'));
    expect(done).toHaveBeenCalledOnce();
  });
});

test('refusals have names', async () => {
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
  vi.spyOn(navigator.mediaDevices, 'getDisplayMedia').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
  expect(await failure(openCamera(null))).toBe('camera-denied');
  expect(await failure(openScreen())).toBe('screen-denied');
  vi.stubGlobal('navigator', { mediaDevices: undefined });
  expect(await failure(openCamera(null))).toBe('unsupported');
  expect(await failure(openScreen())).toBe('unsupported');
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  expect(await failure(openCamera('no such device'))).toBe('camera-missing');
});

test('a still is a JPEG of what is shown, at most 1024 px long', async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 2048, height: 1024 });
  const context = canvas.getContext('2d')!;
  const paint = setInterval(() => {
    context.fillStyle = 'rgb(200 30 60)';
    context.fillRect(0, 0, 2048, 1024);
  }, 30);
  const dataUrl = await firstValueFrom(still(canvas.captureStream(30)));
  clearInterval(paint);
  expect(dataUrl.startsWith('data:image/jpeg;base64,')).toBe(true);
  const image = new Image();
  image.src = dataUrl;
  await image.decode();
  expect([image.naturalWidth, image.naturalHeight]).toEqual([1024, 512]);
  const seen = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d')!;
  seen.drawImage(image, 0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = seen.getImageData(0, 0, 1, 1).data;
  expect(Math.abs(red - 200) + Math.abs(green - 30) + Math.abs(blue - 60)).toBeLessThan(30);
});

test('of a stream that is over there is no still', async () => {
  const stream = document.createElement('canvas').captureStream();
  stream.getTracks().forEach((track) => track.stop());
  expect(await failure(still(stream))).toBe('camera-missing');
});
