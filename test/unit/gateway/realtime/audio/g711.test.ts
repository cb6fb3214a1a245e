import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeG711, encodeG711 } from '../../../../../demo/server/realtime/audio/g711.ts';

/** Known codes: ITU-T G.711 tables (as printed in the recommendation's annexes). */
describe('G.711', () => {
  it('codes silence and full scale as the tables say', () => {
    expect([...encodeG711(Int16Array.of(0, 32767, -32768), 'mulaw')]).toEqual([0xff, 0x80, 0x00]);
    expect([...encodeG711(Int16Array.of(0, 32767, -32768), 'alaw')]).toEqual([0xd5, 0xaa, 0x2a]);
    expect([...decodeG711(Uint8Array.of(0xff, 0x80, 0x00), 'mulaw')]).toEqual([0, 32124, -32124]);
    expect([...decodeG711(Uint8Array.of(0xd5, 0xaa, 0x2a), 'alaw')]).toEqual([8, 32256, -32256]);
  });

  it('gives every code back that it decoded', () => {
    for (const law of ['mulaw', 'alaw'] as const) {
      const decoded = decodeG711(
        Uint8Array.from({ length: 256 }, (_, code) => code),
        law,
      );
      expect(decodeG711(encodeG711(decoded, law), law)).toEqual(decoded);
    }
  });

  it('is off by no more than half a step of its segment', () => {
    fc.assert(
      fc.property(fc.integer({ min: -32000, max: 32000 }), fc.constantFrom('mulaw' as const, 'alaw' as const), (sample, law) => {
        const [back = 0] = decodeG711(encodeG711(Int16Array.of(sample), law), law);
        expect(Math.abs(back - sample)).toBeLessThanOrEqual(Math.max(16, Math.abs(sample) / 30));
      }),
    );
  });
});
