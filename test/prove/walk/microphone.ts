import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

/** A microphone that hears what a test says when it says it: a stream of the page's own instead of the device's. */

interface Spoken {
  readonly say: (wav: string) => Promise<void>;
  readonly pull: () => void;
}

export interface SpokenMicrophone {
  /** Says a WAV file into it; resolves when it was said. */
  say(path: string): Promise<void>;
  /** As if it were unplugged; the next one that is asked for works. */
  pull(): Promise<void>;
}

/** In the page. A room is never as silent as zeros. */
function install(): void {
  const context = new AudioContext({ sampleRate: 48_000 });
  const mouth = context.createGain();
  const noise = context.createBuffer(1, 48_000, 48_000);
  noise.copyToChannel(
    Float32Array.from({ length: 48_000 }, () => (Math.random() - 0.5) * 0.0005),
    0,
  );
  const room = new AudioBufferSourceNode(context, { buffer: noise, loop: true });
  room.connect(mouth);
  room.start();
  const opened: MediaStreamTrack[] = [];
  const pull = (): void => {
    for (const track of opened.splice(0)) {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
  };
  const devices = navigator.mediaDevices;
  const open = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wished) => {
    if (!wished?.audio) return open(wished);
    const ears = context.createMediaStreamDestination();
    mouth.connect(ears);
    await context.resume();
    opened.push(...ears.stream.getTracks());
    return ears.stream;
  };
  const say = async (wav: string): Promise<void> => {
    const bytes = Uint8Array.from(atob(wav), (letter) => letter.charCodeAt(0));
    const voice = new AudioBufferSourceNode(context, { buffer: await context.decodeAudioData(bytes.buffer) });
    voice.connect(mouth);
    const said = new Promise((resolve) => voice.addEventListener('ended', resolve, { once: true }));
    voice.start();
    await said;
  };
  Object.assign(globalThis, { spoken: { say, pull } satisfies Spoken });
}

/** To be called before the microphone is opened. */
export async function spokenMicrophone(page: Page): Promise<SpokenMicrophone> {
  await page.evaluate(install);
  return {
    say: (path) =>
      page.evaluate(
        (wav) => (globalThis as unknown as { spoken: Spoken }).spoken.say(wav),
        readFileSync(path).toString('base64'),
      ),
    pull: () =>
      page.evaluate(() => {
        (globalThis as unknown as { spoken: Spoken }).spoken.pull();
      }),
  };
}
