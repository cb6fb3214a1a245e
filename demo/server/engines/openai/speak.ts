import type { Remote } from '../../config.ts';
import type { Speaking, SpokenChunk } from '../engine.ts';
import { plainText } from '../local/speak/plain-text.ts';
import { Connection, lively } from './connection.ts';

/** Text to speech by `POST /audio/speech`, as raw samples while they are made. */

const VOICES = ['alloy', 'ash', 'ballad', 'coral', 'echo', 'sage', 'shimmer', 'verse', 'marin', 'cedar', 'fable', 'onyx', 'nova'];
/** `pcm` is 24 kHz, 16-bit, little-endian (developers.openai.com, text to speech). */
const RATE = 24_000;
const STALLED_MS = 10_000;

export function openaiSpeaking(remote: Remote): Speaking {
  const connection = new Connection('speak', remote, 'gpt-4o-mini-tts');

  async function* speak(
    text: string,
    options: Parameters<Speaking['speak']>[1],
    signal: AbortSignal,
  ): AsyncGenerator<SpokenChunk> {
    const input = plainText(text);
    if (input === '') return;
    const stop = new AbortController();
    const response = await connection.client.audio.speech.create(
      { model: connection.model, voice: options.voice, input, speed: options.speed, response_format: 'pcm' },
      { signal: AbortSignal.any([signal, stop.signal]) },
    );
    if (response.body === null) return;
    let odd = new Uint8Array(0);
    for await (const bytes of lively(response.body as unknown as AsyncIterable<Uint8Array>, STALLED_MS, () => stop.abort())) {
      // A chunk may end in the middle of a sample.
      const whole = new Uint8Array(odd.length + bytes.length);
      whole.set(odd);
      whole.set(bytes, odd.length);
      const even = whole.length - (whole.length % 2);
      odd = whole.slice(even);
      if (even > 0) yield { pcm: new Int16Array(whole.buffer, 0, even / 2), rate: RATE };
    }
  }

  return {
    name: connection.label,
    voices: VOICES.map((name) => ({ name })),
    warm: () => connection.warm(),
    close: () => connection.close(),
    speak: (text, options) => connection.stream(options.signal, (signal) => speak(text, options, signal)),
  };
}
