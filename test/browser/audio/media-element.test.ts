import { afterEach, expect, test, vi } from 'vitest';
import { soundOf, type ElementSound } from '../../../src/audio/media-element.ts';
import type { AssistantError } from '../../../src/shared/errors.ts';

/** An audio element's sound as a stream: where `captureStream` is, and where it has to be led through a graph. */

const made: ElementSound[] = [];

/** Two seconds of a tone as a WAV file. */
function tone(): Blob {
  const rate = 16_000;
  const pcm = Int16Array.from({ length: 2 * rate }, (_, index) => Math.sin(index / 8) * 12_000);
  const header = new DataView(new ArrayBuffer(44));
  const text = (at: number, word: string) =>
    word.split('').forEach((each, index) => header.setUint8(at + index, each.charCodeAt(0)));
  text(0, 'RIFF');
  header.setUint32(4, 36 + pcm.byteLength, true);
  text(8, 'WAVEfmt ');
  [16, 0x1_0001, rate, rate * 2, 0x10_0002].forEach((value, index) => header.setUint32(16 + 4 * index, value, true));
  text(36, 'data');
  header.setUint32(40, pcm.byteLength, true);
  return new Blob([header, pcm], { type: 'audio/wav' });
}

function playing(withCapture: boolean): HTMLAudioElement {
  const audio = new Audio(URL.createObjectURL(tone()));
  audio.loop = true;
  if (!withCapture) Object.defineProperty(audio, 'captureStream', { value: undefined });
  document.body.append(audio);
  return audio;
}

function hear(audio: HTMLAudioElement): { readonly sound: ElementSound; readonly loudest: () => number } {
  const sound = soundOf(audio);
  made.push(sound);
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(sound.stream).connect(analyser);
  const window = new Float32Array(analyser.fftSize);
  return {
    sound,
    loudest: () => {
      analyser.getFloatTimeDomainData(window);
      return Math.max(...window.map(Math.abs));
    },
  };
}

afterEach(() => {
  for (const sound of made.splice(0)) sound.release();
  for (const audio of document.querySelectorAll('audio')) {
    audio.pause();
    audio.remove();
  }
});

test.each([true, false])(
  'captureStream %s: silence before it plays, sound while it does, and the page’s own goes on',
  async (capture) => {
    const audio = playing(capture);
    const { sound, loudest } = hear(audio);
    expect(sound.stream.getAudioTracks()).toHaveLength(1);
    expect(loudest()).toBe(0);
    await audio.play();
    await vi.waitFor(() => expect(loudest()).toBeGreaterThan(0.1), { timeout: 5000 });
    expect([audio.muted, audio.volume, audio.paused]).toEqual([false, 1, false]);
    const [track] = sound.stream.getAudioTracks();
    made.pop();
    sound.release();
    expect(track?.readyState).toBe('ended');
    // Once more, as after a press on stop and one on start.
    const again = hear(audio);
    await vi.waitFor(() => expect(again.loudest()).toBeGreaterThan(0.1), { timeout: 5000 });
    expect(audio.paused).toBe(false);
  },
);

test('an element that another graph has is told by name', () => {
  const audio = playing(false);
  new AudioContext().createMediaElementSource(audio);
  let failure: AssistantError | null = null;
  try {
    soundOf(audio);
  } catch (cause) {
    failure = cause as AssistantError;
  }
  expect(failure).toMatchObject({ code: 'unsupported', field: 'for' });
});
