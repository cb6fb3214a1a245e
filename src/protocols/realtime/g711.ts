import type { Adapter, G711 } from './adapters.ts';

/** G.711 (ITU-T): 8 kHz telephone sound, one byte a sample, µ-law and A-law. */

const BIAS = 0x84;
const CLIP = 32_635;

function encodeUlaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
  const exponent = 24 - Math.clz32(magnitude >> 0);
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 15)) & 255;
}

function decodeUlaw(code: number): number {
  const byte = ~code & 255;
  const magnitude = ((((byte & 15) << 3) + BIAS) << ((byte >> 4) & 7)) - BIAS;
  return byte & 0x80 ? -magnitude : magnitude;
}

function encodeAlaw(sample: number): number {
  // A-law is symmetric about −½ in its 13 bits: negative samples are taken as their complement.
  const sign = sample < 0 ? 0 : 0x80;
  const magnitude = (sample < 0 ? ~sample : sample) >> 4;
  const exponent = Math.max(0, 28 - Math.clz32(magnitude));
  const mantissa = (exponent === 0 ? magnitude : magnitude >> (exponent - 1)) & 15;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
}

function decodeAlaw(code: number): number {
  const byte = code ^ 0x55;
  const exponent = (byte >> 4) & 7;
  const step = ((byte & 15) << 4) + 8;
  const magnitude = exponent === 0 ? step : (step + 0x100) << (exponent - 1);
  return byte & 0x80 ? magnitude : -magnitude;
}

const g711: G711 = {
  encode: (pcm, law) => Uint8Array.from(pcm, law === 'pcmu' ? encodeUlaw : encodeAlaw),
  decode: (bytes, law) => Int16Array.from(bytes, law === 'pcmu' ? decodeUlaw : decodeAlaw),
};

/** What an adapter has otherwise on a telephone line: `realtime({ adapter: telephone('pcmu') })`. */
export const telephone = (law: 'pcmu' | 'pcma'): Partial<Adapter> => ({
  inputFormat: law,
  outputFormat: law,
  inputRate: 8_000,
  outputRate: 8_000,
  g711,
});
