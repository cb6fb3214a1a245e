import { Subject } from 'rxjs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { capture, createRecorder, type CaptureOptions } from '../../../src/recorder-edges.ts';
import { captureKind, type CaptureChannelId } from '../../../src/shared/capture.ts';
import type { CaptureState } from '../../../src/shared/capture-state.ts';
import type { CaptureControl } from '../../../src/video/recorder.ts';
import { capturePeer, type CapturePeer } from '../../support/capture-peer.ts';

/** Chromium's own recorder with its fake microphone and camera, uploaded to a gateway that only remembers. */

let peer: CapturePeer;
beforeEach(() => {
  peer = capturePeer();
  vi.spyOn(globalThis, 'fetch').mockImplementation(() =>
    Promise.resolve(new Response(JSON.stringify({ session_id: 'cap-1', url: 'wss://gateway.test/capture/upload?token=t' }))),
  );
});
afterEach(() => vi.restoreAllMocks());

const PATIENCE = { timeout: 15_000 };

interface Running {
  readonly states: CaptureState[];
  readonly control$: Subject<CaptureControl>;
  readonly now: CaptureState;
  readonly done: boolean;
  leave(): void;
}

function begin(wishes: Partial<CaptureOptions>): Running {
  const states: CaptureState[] = [];
  const control$ = new Subject<CaptureControl>();
  let done = false;
  const running = capture({ endpoint: 'https://gateway.test', WebSocket: peer.WebSocket, control$, ...wishes }).subscribe({
    next: (state) => states.push(state),
    complete: () => (done = true),
  });
  return {
    ...{ states, control$, leave: () => running.unsubscribe() },
    get now() {
      return states.at(-1)!;
    },
    get done() {
      return done;
    },
  };
}

const of = (channel: CaptureChannelId) => peer.chunks.filter((chunk) => chunk.channel === channel);
const file = (channel: CaptureChannelId, epoch: number): Blob =>
  new Blob(
    of(channel)
      .filter((chunk) => chunk.epoch === epoch)
      .map(({ bytes }) => bytes as Uint8Array<ArrayBuffer>),
    { type: `${captureKind(channel)}/webm` },
  );
const epochs = (channel: CaptureChannelId) => [...new Set(of(channel).map(({ epoch }) => epoch))];

/** s that a browser plays of it. */
async function playable(blob: Blob): Promise<{ readonly seconds: number; readonly width: number }> {
  const video = document.createElement('video');
  video.muted = true;
  video.src = URL.createObjectURL(blob);
  await new Promise((resolve, reject) => {
    video.onloadeddata = resolve;
    video.onerror = () => reject(new Error(video.error?.message ?? 'it does not play'));
  });
  // It was recorded live, so nobody wrote down how long it is.
  video.currentTime = 1e9;
  await new Promise((resolve) => (video.onseeked = resolve));
  const found = { seconds: video.currentTime, width: video.videoWidth };
  URL.revokeObjectURL(video.src);
  return found;
}

test('microphone and camera are one question, a channel each, and whole files wherever the connection was cut', async () => {
  const ask = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
  const running = begin({ microphone: true, camera: true });
  expect(running.now.phase).toBe('asking');
  await vi.waitFor(() => expect(of('camera').length).toBeGreaterThan(3), PATIENCE);
  expect(ask).toHaveBeenCalledOnce();
  expect(running.now).toMatchObject({ phase: 'recording', link: 'up', sessionId: 'cap-1' });
  expect(running.now.channels.map(({ channel, stream }) => [channel, stream])).toEqual([
    ['mic', 'rts-mic'],
    ['camera', 'rts-camera'],
  ]);
  peer.cut();
  await vi.waitFor(() => expect(running.now.link).toBe('lost'), PATIENCE);
  await vi.waitFor(() => expect(running.now.link).toBe('up'), PATIENCE);
  const stream = running.now.pictures.camera as MediaStream;
  running.control$.next('stop');
  await vi.waitFor(() => expect(running.done).toBe(true), PATIENCE);
  expect(running.now).toMatchObject({ phase: 'stopped', since: null, reconnects: 1, error: null });
  expect(running.now.upload).toMatchObject({ bufferedBytes: 0, droppedChunks: 0 });
  expect(stream.getTracks().map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
  for (const channel of ['mic', 'camera'] as const) {
    expect(of(channel).map(({ sequence }) => sequence)).toEqual(of(channel).map((_, index) => index + 1));
    expect(epochs(channel)).toHaveLength(1);
    const { seconds, width } = await playable(file(channel, epochs(channel)[0]!));
    const last = of(channel).at(-1)!;
    expect(Math.abs(seconds - last.toMs / 1000)).toBeLessThan(0.2);
    expect(width > 0).toBe(channel === 'camera');
  }
  // Each channel began when its device gave its first sample, by one clock.
  const zero = (channel: CaptureChannelId) =>
    Math.min(...of(channel).map(({ capturedMs, toMs, init }) => (init ? Infinity : capturedMs - toMs)));
  expect(Math.abs(zero('mic') - zero('camera'))).toBeLessThan(500);
  expect(peer.said.filter(({ type }) => type === 'ended').map(({ reason }) => reason)).toEqual(['stopped', 'stopped']);
});

test('a pause is a gap: the file ends, and the next one has a clock of its own', async () => {
  const running = begin({ microphone: true });
  await vi.waitFor(() => expect(of('mic').length).toBeGreaterThan(2), PATIENCE);
  running.control$.next('pause');
  await vi.waitFor(() => expect(running.now.phase).toBe('paused'), PATIENCE);
  const { recordedMs } = running.now;
  expect(running.now.since).toBeNull();
  running.control$.next('resume');
  await vi.waitFor(() => expect(epochs('mic')).toHaveLength(2), PATIENCE);
  expect(running.now.recordedMs).toBe(recordedMs);
  running.control$.next('stop');
  await vi.waitFor(() => expect(running.done).toBe(true), PATIENCE);
  const heads = of('mic').filter(({ init }) => init);
  expect(heads.map(({ epoch }) => epoch)).toEqual(epochs('mic'));
  for (const epoch of epochs('mic')) expect((await playable(file('mic', epoch))).seconds).toBeGreaterThan(0);
  expect(peer.said.filter(({ type }) => type === 'paused').map(({ paused }) => paused)).toEqual([true, false]);
});

test('what is refused is named by its device; with partial the rest is recorded', async () => {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation((constraints) =>
    constraints?.video === undefined ? real(constraints) : Promise.reject(new DOMException('no', 'NotAllowedError')),
  );
  const strict = begin({ microphone: true, camera: true });
  await vi.waitFor(() => expect(strict.done).toBe(true), PATIENCE);
  expect(strict.now).toMatchObject({ phase: 'error', error: { code: 'camera-denied' } });
  const partial = begin({ microphone: true, camera: true, partial: true });
  await vi.waitFor(() => expect(partial.now.phase).toBe('recording'), PATIENCE);
  expect(partial.now.refusals).toMatchObject([{ channel: 'camera', error: { code: 'camera-denied' } }]);
  expect(partial.now.channels.map(({ channel }) => channel)).toEqual(['mic']);
  partial.leave();
});

test('when sharing ends by the browser’s own button the others go on; when the last device goes, what there is gets stored', async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 200 });
  const context = canvas.getContext('2d')!;
  const paint = setInterval(() => context.fillRect(Math.random() * 300, 20, 9, 9), 30);
  const screen = canvas.captureStream(30);
  vi.spyOn(navigator.mediaDevices, 'getDisplayMedia').mockResolvedValue(screen);
  const running = begin({ microphone: true, screen: true });
  await vi.waitFor(() => expect(of('screen').length).toBeGreaterThan(2), PATIENCE);
  const end = (track: MediaStreamTrack | undefined): void => {
    track?.stop();
    track?.dispatchEvent(new Event('ended'));
  };
  end(screen.getVideoTracks()[0]);
  await vi.waitFor(
    () => expect(running.now.channels.find(({ channel }) => channel === 'screen')?.state).toBe('unshared'),
    PATIENCE,
  );
  expect(running.now.phase).toBe('recording');
  expect(running.now.pictures.screen).toBeNull();
  peer.halt();
  await vi.waitFor(() => expect(running.done).toBe(true), PATIENCE);
  clearInterval(paint);
  expect(running.now.phase).toBe('stopped');
});

test('without the sound of what is shared, only its sound is missing', async () => {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d');
  vi.spyOn(navigator.mediaDevices, 'getDisplayMedia').mockResolvedValue(canvas.captureStream(30));
  const running = begin({ screen: true, systemAudio: true, partial: true });
  await vi.waitFor(() => expect(running.now.phase).toBe('recording'), PATIENCE);
  expect(running.now.refusals).toMatchObject([{ channel: 'system_audio', error: { code: 'unsupported', field: 'systemAudio' } }]);
  running.leave();
});

test('unsubscribing lets go of the devices at once, and a stream of the page’s own is left alone', async () => {
  const own = await navigator.mediaDevices.getUserMedia({ audio: true });
  const running = begin({ microphone: own, camera: true });
  await vi.waitFor(() => expect(of('camera').length).toBeGreaterThan(0), PATIENCE);
  const camera = running.now.pictures.camera as MediaStream;
  running.leave();
  expect(camera.getTracks().map(({ readyState }) => readyState)).toEqual(['ended']);
  expect(own.getTracks().map(({ readyState }) => readyState)).toEqual(['live']);
  own.getTracks().forEach((track) => track.stop());
});

test('a recorder asks nobody before it is started, and begins anew after its end', async () => {
  const ask = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
  const recorder = createRecorder({ endpoint: 'https://gateway.test', WebSocket: peer.WebSocket });
  expect(recorder.state.value.phase).toBe('idle');
  expect(ask).not.toHaveBeenCalled();
  for (const _ of [1, 2]) {
    recorder.start({ microphone: true, camera: false, screen: false, systemAudio: false });
    await vi.waitFor(() => expect(recorder.state.value.phase).toBe('recording'), PATIENCE);
    recorder.stop();
    await vi.waitFor(() => expect(recorder.state.value.phase).toBe('stopped'), PATIENCE);
  }
  recorder.dispose();
  expect(recorder.state.value.phase).toBe('idle');
});
