/** Turns float samples into 16-bit integers and back. */

/** −1…1 to −32768…32767: rounded (truncation adds distortion), clamped; not a number becomes silence. */
export function toPcm16(sample: number): number {
  const scaled = Math.round(sample * 32768);
  return scaled > 32767 ? 32767 : scaled < -32768 ? -32768 : scaled || 0;
}

/** −32768…32767 to −1…1, exact. */
export const FROM_PCM16 = 1 / 32768;
