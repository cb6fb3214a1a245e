import { openCapture, type Capture } from '../../../src/audio/capture.ts';
import type { Pieces } from './messages.ts';

/** How each client is brought to record: they all get the same track. */

/** Delivers a piece of 16-bit sound. */
type Deliver = (pcm: Int16Array) => void;

/** Starts recording `stream`; the returned function stops. */
export type Recorder = (stream: MediaStream, rate: number, deliver: Deliver) => Promise<() => void>;

interface WavRecorder {
  begin(): Promise<boolean>;
  record(deliver: (data: { readonly mono: ArrayBuffer }) => void): Promise<boolean>;
  end(): Promise<unknown>;
}

interface MediaDeviceInput {
  addListener(listener: (event: MessageEvent<readonly [Int16Array, number]>) => void): void;
  close(): Promise<void>;
}

/** Other people's scripts, served beside the page; their types are not ours. */
export const rival = <T>(path: string): Promise<T> =>
  import(/* @vite-ignore */ new URL(`rivals/${path}`, document.baseURI).href) as Promise<T>;

export const openOurs = (stream: MediaStream, rate: number): Promise<{ readonly capture: Capture; stop(): void }> =>
  new Promise((resolve, reject) => {
    const open = openCapture({ stream, targetRate: rate }).subscribe({
      next: (capture) => {
        resolve({
          capture,
          stop: () => {
            open.unsubscribe();
          },
        });
      },
      error: reject,
    });
  });

export const recorders: Readonly<Record<string, Recorder>> = {
  'ours-main': async (stream, rate, deliver) => {
    const { capture, stop } = await openOurs(stream, rate);
    capture.port.onmessage = ({ data }: MessageEvent<{ readonly pcm: ArrayBuffer }>) => {
      deliver(new Int16Array(data.pcm));
    };
    return stop;
  },
  wavtools: async (_stream, rate, deliver) => {
    const { WavRecorder } = await rival<{ WavRecorder: new (options: { sampleRate: number }) => WavRecorder }>(
      'wavtools/index.js',
    );
    const recorder = new WavRecorder({ sampleRate: rate });
    await recorder.begin();
    await recorder.record(({ mono }) => {
      deliver(new Int16Array(mono));
    });
    return () => void recorder.end();
  },
  elevenlabs: async (_stream, rate, deliver) => {
    const { MediaDeviceInput } = await rival<{
      MediaDeviceInput: { create(options: { sampleRate: number; format: string }): Promise<MediaDeviceInput> };
    }>('elevenlabs/dist/platform/web/input.js');
    const input = await MediaDeviceInput.create({ sampleRate: rate, format: 'pcm' });
    input.addListener(({ data }) => {
      deliver(data[0]);
    });
    return () => void input.close();
  },
};

const SLICE_MS = 60;

/** MediaRecorder, as some clients use it: pieces of Opus, decoded afterwards to learn what was in each. */
export function recordMedia(stream: MediaStream, rate: number): () => Promise<Pieces> {
  const arrivals: number[] = [];
  const blobs: Blob[] = [];
  const recorder = new MediaRecorder(stream, { mimeType: 'audio/webm;codecs=opus' });
  recorder.ondataavailable = ({ data }) => {
    if (data.size === 0) return;
    arrivals.push(performance.timeOrigin + performance.now());
    blobs.push(data);
  };
  recorder.start(SLICE_MS);
  return async () => {
    recorder.ondataavailable = null;
    recorder.stop();
    const context = new OfflineAudioContext(1, 1, rate);
    const lengths: number[] = [];
    let whole: AudioBuffer | null = null;
    for (let count = 1; count <= blobs.length; count++) {
      try {
        whole = await context.decodeAudioData(await new Blob(blobs.slice(0, count)).arrayBuffer());
        lengths.push(whole.length);
      } catch (cause) {
        // The first pieces hold headers and no sound yet.
        if (lengths.some((length) => length > 0)) throw cause;
        lengths.push(0);
      }
    }
    const counts = lengths.map((length, index) => length - (lengths[index - 1] ?? 0));
    const pcm = Int16Array.from(whole?.getChannelData(0) ?? [], (sample) => Math.round(sample * 32_767));
    return { arrivals, counts, pcm };
  };
}
