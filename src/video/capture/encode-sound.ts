import { codecDescription } from './codec-description.ts';
import type { Encoding, EncodingParts } from './encode-epoch.ts';
import { opusMs } from './opus.ts';
import { SoundTimeline, type Placed } from './sound-timeline.ts';

/** A track's sound encoded as Opus, each packet at the time its samples were captured. */

/** A hole longer than this is no silence of the same recording. */
const MOST_SILENCE_MS = 10_000;

export function encodeSound({ clock, bitsPerSecond, now, describe, frame, fail }: EncodingParts): Encoding<AudioData> {
  const timeline = new SoundTimeline<AudioData>();
  let form: { readonly sampleRate: number; readonly channels: number } | null = null;
  // The encoder counts samples from the first on, whatever their timestamps say; so does this.
  let atMs = 0;
  const encoder = new AudioEncoder({
    output: (chunk, more) => {
      const description = more?.decoderConfig?.description;
      if (description !== undefined && form !== null)
        describe({
          ...{ kind: 'audio', codec: 'A_OPUS', description: codecDescription(description), width: 0, height: 0 },
          ...form,
        });
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      const from = atMs;
      atMs += opusMs(bytes);
      frame({ atMs: from, endMs: atMs, key: true, bytes });
    },
    error: fail,
  });

  const put = ({ sampleRate, channels }: NonNullable<typeof form>, placed: readonly Placed<AudioData>[]): boolean => {
    let whole = true;
    for (const each of placed) {
      if (each.type === 'sound') {
        if (whole) encoder.encode(each.sound);
        each.sound.close();
      } else if (each.ms > MOST_SILENCE_MS) whole = false;
      else if (whole) {
        const quiet = silence(each.ms, sampleRate, channels);
        encoder.encode(quiet);
        quiet.close();
      }
    }
    return whole;
  };

  return {
    get zeroMs() {
      return clock.zeroMs + timeline.zeroMs;
    },
    put: (sound) => {
      const { timestamp, numberOfFrames, sampleRate, numberOfChannels: channels } = sound;
      if (form === null) {
        form = { sampleRate, channels };
        encoder.configure({ codec: 'opus', sampleRate, numberOfChannels: channels, bitrate: bitsPerSecond });
      }
      if (form.sampleRate !== sampleRate || form.channels !== channels) {
        sound.close();
        return false;
      }
      clock.came(timestamp / 1000, now());
      return put(form, timeline.push(sound, timestamp / 1000, (numberOfFrames / sampleRate) * 1000));
    },
    finish: async () => {
      if (form === null) return;
      put(form, timeline.flush());
      await encoder.flush();
    },
    close: () => {
      for (const each of timeline.flush()) if (each.type === 'sound') each.sound.close();
      if (encoder.state !== 'closed') encoder.close();
    },
  };
}

function silence(ms: number, sampleRate: number, channels: number): AudioData {
  const numberOfFrames = Math.max(1, Math.round((ms * sampleRate) / 1000));
  return new AudioData({
    ...{ format: 'f32-planar', sampleRate, numberOfFrames, numberOfChannels: channels, timestamp: 0 },
    data: new Float32Array(numberOfFrames * channels),
  });
}
