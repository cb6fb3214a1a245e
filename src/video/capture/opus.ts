/** How long a packet of Opus sounds, from its first bytes (RFC 6716 §3.1). */

const SILK_MS = [10, 20, 40, 60];
const CELT_MS = [2.5, 5, 10, 20];

/** ms; 0 for an empty packet. */
export function opusMs(packet: Uint8Array): number {
  const [toc, count] = packet;
  if (toc === undefined) return 0;
  const config = toc >> 3;
  const frameMs = config < 12 ? SILK_MS[config & 3] : config < 16 ? [10, 20][config & 1] : CELT_MS[config & 3];
  const frames = (toc & 3) === 0 ? 1 : (toc & 3) < 3 ? 2 : (count ?? 0) & 0x3f;
  return (frameMs ?? 0) * frames;
}
