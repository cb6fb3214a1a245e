import { openCapture, type Capture } from '../../../src/audio/capture.ts';

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
