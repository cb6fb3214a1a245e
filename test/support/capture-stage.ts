import { Subject } from 'rxjs';
import { capture } from '../../src/recorder-edges.ts';
import type { CaptureState } from '../../src/shared/capture-state.ts';
import type { CaptureControl } from '../../src/video/recorder.ts';

/** A page that records itself: a picture and a sound that both tell their own time, or whatever devices the browser has. */

interface Stage {
  /** Begins; `timed`: picture and sound of the page's own; `devices`: camera and microphone, whose pictures and clicks are noted. */
  begin(endpoint: string, from: 'timed' | 'devices'): Promise<void>;
  control(control: CaptureControl): void;
  state(): CaptureState | null;
  done(): boolean;
  /** When beeps or clicks began, Unix ms. */
  beeps(): readonly number[];
  /** What each picture of the camera shows, and when it was captured, Unix ms. */
  pictures(): readonly { readonly shows: number; readonly atMs: number }[];
}

declare global {
  interface Window {
    stage: Stage;
  }
}

const BARS = 28;
const BAR_PX = 40;
const FRAME_MS = 1000 / 30;
/** Unix ms, as the recorder counts them. */
const now = (): number => performance.timeOrigin + performance.now();

function nibbleSum(time: number): number {
  let sum = 0;
  for (let shift = 0; shift < 24; shift += 4) sum ^= (time >> shift) & 15;
  return sum;
}

/** 30 pictures a second, each with the time of its drawing as bars along its top (`media-barcode.ts` reads them). */
function timedPicture(): MediaStream {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('no canvas');
  const stream = canvas.captureStream(0);
  const [track] = stream.getVideoTracks() as CanvasCaptureMediaStreamTrack[];
  const draw = (): void => {
    const time = Math.floor(now()) % 0x1000000;
    const value = time * 16 + nibbleSum(time);
    context.fillStyle = '#808080';
    context.fillRect(0, 0, 1280, 720);
    context.fillStyle = '#c04020';
    context.fillRect((time / 4) % 1200, 200 + ((time / 9) % 400), 80, 80);
    for (let bit = 0; bit < BARS; bit += 1) {
      context.fillStyle = Math.floor(value / 2 ** (BARS - 1 - bit)) % 2 === 1 ? '#fff' : '#000';
      context.fillRect(bit * BAR_PX, 0, BAR_PX, BAR_PX);
    }
    track?.requestFrame();
  };
  setInterval(draw, FRAME_MS);
  return stream;
}

/** When beeps began, Unix ms. */
const sounded: number[] = [];

/** A beep of 40 ms every second. */
async function timedSound(): Promise<MediaStream> {
  const context = new AudioContext({ sampleRate: 48_000, latencyHint: 'interactive' });
  await context.resume();
  const out = context.createMediaStreamDestination();
  // The clock of sound goes on in steps: the least difference is true. It stands still when the machine is too busy, so it is asked again.
  const differences: number[] = [];
  const least = (): number => Math.min(...differences);
  setInterval(() => {
    differences.push(now() - context.currentTime * 1000);
    if (differences.length > 50) differences.shift();
  }, 20);
  await new Promise((resolve) => setTimeout(resolve, 1200));
  const buffer = context.createBuffer(1, 48 * 40, 48_000);
  const samples = buffer.getChannelData(0);
  for (let index = 0; index < samples.length; index += 1) samples[index] = Math.sin((index / 48) * 2 * Math.PI) * 0.8;
  const planned: number[] = [];
  let next = Math.ceil(context.currentTime) + 1;
  setInterval(() => {
    for (; next < context.currentTime + 2; next += 1) {
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(out);
      source.start(next);
      planned.push(next);
    }
    const [first] = planned;
    if (first === undefined || first + 0.5 > context.currentTime) return;
    planned.shift();
    sounded.push(first * 1000 + least());
  }, 100);
  return out.stream;
}

/** Chromium's own; not in TypeScript's DOM for windows. */
declare const MediaStreamTrackProcessor: new (init: { track: MediaStreamTrack; maxBufferSize: number }) => {
  readable: ReadableStream<VideoFrame | AudioData>;
};

interface Seen {
  readonly what: number;
  /** ms, by the track's own clock. */
  readonly timestampMs: number;
}

/** Notes what a track brings; a frame comes late, never early, so the earliest tells how its clock stands to the page's. */
class Noted {
  readonly seen: Seen[] = [];
  #least = Infinity;

  came(timestampMs: number): void {
    this.#least = Math.min(this.#least, now() - timestampMs);
  }

  atMs({ timestampMs }: Seen): number {
    return timestampMs + this.#least;
  }
}

const pictures = new Noted();
const clicks = new Noted();

async function note(track: MediaStreamTrack, to: Noted, look: (frame: VideoFrame | AudioData) => Promise<readonly Seen[]>) {
  const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: track.kind === 'audio' ? 1000 : 10 }).readable.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (value === undefined || done) return;
    to.came(value.timestamp / 1000);
    to.seen.push(...(await look(value)));
    value.close();
  }
}

/** The bars of a picture of any size, as `media-barcode.ts` draws them. */
async function shown(frame: VideoFrame): Promise<readonly Seen[]> {
  const scale = frame.codedWidth / 320;
  const rect = { x: 0, y: 2 * Math.round(2 * scale), width: frame.codedWidth, height: 2 };
  const bytes = new Uint8Array(frame.allocationSize({ rect }));
  const [plane] = await frame.copyTo(bytes, { rect });
  let value = 0;
  for (let bit = 0; bit < BARS; bit += 1)
    value = value * 2 + ((bytes[(plane?.offset ?? 0) + Math.floor((bit + 0.5) * 10 * scale)] ?? 0) > 126 ? 1 : 0);
  const time = Math.floor(value / 16);
  return nibbleSum(time) === value % 16 ? [{ what: time, timestampMs: frame.timestamp / 1000 }] : [];
}

const LOUD = 0.6;
const QUIET_MS = 200;

function clicksIn(): (data: AudioData) => readonly Seen[] {
  let loudMs = -Infinity;
  return (data) => {
    const samples = new Float32Array(data.numberOfFrames);
    data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
    const found: Seen[] = [];
    for (const [index, sample] of samples.entries()) {
      if (Math.abs(sample) < LOUD) continue;
      const timestampMs = data.timestamp / 1000 + (index / data.sampleRate) * 1000;
      if (timestampMs - loudMs > QUIET_MS) found.push({ what: 0, timestampMs });
      loudMs = timestampMs;
    }
    return found;
  };
}

async function devices(): Promise<MediaStream> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { width: 640, height: 360, frameRate: 30 },
    // As it is: clicks are no noise here.
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  const [picture] = stream.getVideoTracks();
  const [sound] = stream.getAudioTracks();
  const heard = clicksIn();
  if (picture !== undefined)
    void note(picture, pictures, (frame) => (frame instanceof VideoFrame ? shown(frame) : Promise.resolve([])));
  if (sound !== undefined) void note(sound, clicks, (data) => Promise.resolve(data instanceof AudioData ? heard(data) : []));
  return stream;
}

let last: CaptureState | null = null;
let over = false;
const control$ = new Subject<CaptureControl>();

window.stage = {
  begin: async (endpoint, from) => {
    const both = from === 'devices' ? await devices() : null;
    const microphone = both ?? (await timedSound());
    const camera = both ?? timedPicture();
    capture({ endpoint, microphone, camera, control$ }).subscribe({
      next: (state) => (last = state),
      complete: () => (over = true),
    });
  },
  control: (control) => control$.next(control),
  state: () => last,
  done: () => over,
  beeps: () => (sounded.length > 0 ? sounded : clicks.seen.map((click) => clicks.atMs(click))),
  pictures: () => pictures.seen.map((picture) => ({ shows: picture.what, atMs: pictures.atMs(picture) })),
};
