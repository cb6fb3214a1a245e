/** Reads and writes WAV files of 16-bit sound. */

export interface Wav {
  /** Hz */
  readonly rate: number;
  /** One channel; further ones of the file are left out. */
  readonly pcm: Int16Array;
}

const PCM = 1;
const EXTENSIBLE = 0xfffe;

/** The first channel of a 16-bit PCM file. Throws on anything else, telling what it met. */
export function readWav(bytes: Buffer): Wav {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    throw new Error('This is no WAV file');
  let format: { readonly channels: number; readonly rate: number } | null = null;
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const body = at + 8;
    if (id === 'fmt ') {
      const tag = bytes.readUInt16LE(body);
      // ffmpeg writes the extensible header, where the real tag stands 24 bytes further.
      const codec = tag === EXTENSIBLE ? bytes.readUInt16LE(body + 24) : tag;
      const bits = bytes.readUInt16LE(body + 14);
      if (codec !== PCM || bits !== 16)
        throw new Error(`The WAV file holds ${bits}-bit samples of format ${codec}, not 16-bit PCM`);
      format = { channels: bytes.readUInt16LE(body + 2), rate: bytes.readUInt32LE(body + 4) };
    }
    if (id === 'data') {
      if (format === null) throw new Error('The WAV file has data before its format');
      const { channels, rate } = format;
      const end = Math.min(body + size, bytes.length);
      const pcm = new Int16Array(Math.floor((end - body) / 2 / channels));
      for (let index = 0; index < pcm.length; index++) pcm[index] = bytes.readInt16LE(body + index * channels * 2);
      return { rate, pcm };
    }
    at = body + size + (size % 2);
  }
  throw new Error('The WAV file has no data');
}

/** A 16-bit PCM file; with two channels both carry the same sound. */
export function writeWav({ rate, pcm }: Wav, channels: 1 | 2 = 1): Buffer {
  const bytes = Buffer.alloc(44 + pcm.length * 2 * channels);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(PCM, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * channels * 2, 28);
  bytes.writeUInt16LE(channels * 2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(bytes.length - 44, 40);
  for (let index = 0; index < pcm.length * channels; index++) {
    bytes.writeInt16LE(pcm[Math.floor(index / channels)] ?? 0, 44 + index * 2);
  }
  return bytes;
}
