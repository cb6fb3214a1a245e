import { Observable } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';

/** A whole sound file to samples, by the browser's own decoders. */

export interface DecodedSound {
  /** Mixed to one channel. */
  readonly pcm: Int16Array;
  /** Hz */
  readonly rate: number;
}

/** Speech has nothing above 12 kHz that anybody misses. */
const RATE = 24_000;

/** mp3, ogg, wav, … by its own bytes. Fails with `unsupported` when this browser cannot read it. */
export const decodeSound = (audio: Uint8Array): Observable<DecodedSound> =>
  new Observable<DecodedSound>((subscriber) => {
    // A copy: decoding takes the buffer away from whoever holds it.
    new OfflineAudioContext(1, 1, RATE).decodeAudioData(audio.slice().buffer).then(
      (decoded) => {
        subscriber.next({ pcm: mixed(decoded), rate: decoded.sampleRate });
        subscriber.complete();
      },
      (cause: unknown) => {
        subscriber.error(new AssistantError('unsupported', 'the sound of the translation cannot be decoded', { cause }));
      },
    );
  });

function mixed(decoded: AudioBuffer): Int16Array {
  const channels = Array.from({ length: decoded.numberOfChannels }, (_, index) => decoded.getChannelData(index));
  const pcm = new Int16Array(decoded.length);
  for (let index = 0; index < pcm.length; index += 1) {
    let sum = 0;
    for (const channel of channels) sum += channel[index] ?? 0;
    pcm[index] = Math.max(-32_768, Math.min(32_767, Math.round((sum / channels.length) * 32_767)));
  }
  return pcm;
}
