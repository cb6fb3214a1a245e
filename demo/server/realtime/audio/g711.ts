/** G.711: one byte a sample at 8 kHz, µ-law and A-law (ITU-T G.711), to and from 16-bit samples. */

const BIAS = 0x84;
const CLIP = 32635;

function encodeMulawSample(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

function decodeMulawSample(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + BIAS) << ((bits >> 4) & 7)) - BIAS;
  return bits & 0x80 ? -magnitude : magnitude;
}

function encodeAlawSample(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  // One's complement for negatives keeps the two halves of the code symmetric.
  const magnitude = (sample >= 0 ? sample : ~sample) >> 4;
  const exponent = magnitude < 16 ? 0 : 31 - Math.clz32(magnitude) - 3;
  const mantissa = (exponent === 0 ? magnitude : magnitude >> (exponent - 1)) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
}

function decodeAlawSample(code: number): number {
  const bits = code ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const mantissa = ((bits & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

const table = (decode: (code: number) => number): Int16Array => Int16Array.from({ length: 256 }, (_, code) => decode(code));

const DECODED = { mulaw: table(decodeMulawSample), alaw: table(decodeAlawSample) };
const ENCODE = { mulaw: encodeMulawSample, alaw: encodeAlawSample };

export type Law = 'mulaw' | 'alaw';

export function decodeG711(bytes: Uint8Array, law: Law): Int16Array {
  const decoded = DECODED[law];
  const pcm = new Int16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) pcm[i] = decoded[bytes[i] ?? 0] ?? 0;
  return pcm;
}

export function encodeG711(pcm: Int16Array, law: Law): Uint8Array {
  const encode = ENCODE[law];
  const bytes = new Uint8Array(pcm.length);
  for (let i = 0; i < pcm.length; i++) bytes[i] = encode(pcm[i] ?? 0);
  return bytes;
}
