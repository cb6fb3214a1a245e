import { decodeG711, encodeG711 } from './g711.ts';

/** The sound formats of the protocol, in the GA shape, and the bytes they stand for. */
export type AudioFormat =
  | { readonly type: 'audio/pcm'; readonly rate: 16000 | 24000 }
  | { readonly type: 'audio/pcmu' }
  | { readonly type: 'audio/pcma' };

/** Hz */
export const rateOf = (format: AudioFormat): number => (format.type === 'audio/pcm' ? format.rate : 8000);

export const bytesPerSample = (format: AudioFormat): number => (format.type === 'audio/pcm' ? 2 : 1);

export const sameFormat = (a: AudioFormat, b: AudioFormat): boolean => a.type === b.type && rateOf(a) === rateOf(b);

/** Little-endian 16-bit or G.711 bytes to samples; a trailing half sample is left out. */
export function decodeAudio(bytes: Uint8Array, format: AudioFormat): Int16Array {
  if (format.type !== 'audio/pcm') return decodeG711(bytes, format.type === 'audio/pcmu' ? 'mulaw' : 'alaw');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pcm = new Int16Array(bytes.byteLength >> 1);
  for (let i = 0; i < pcm.length; i++) pcm[i] = view.getInt16(i * 2, true);
  return pcm;
}

export function encodeAudio(pcm: Int16Array, format: AudioFormat): Uint8Array {
  if (format.type !== 'audio/pcm') return encodeG711(pcm, format.type === 'audio/pcmu' ? 'mulaw' : 'alaw');
  const bytes = new Uint8Array(pcm.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < pcm.length; i++) view.setInt16(i * 2, pcm[i] ?? 0, true);
  return bytes;
}

export const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
