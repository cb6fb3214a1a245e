import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presets, type G711 } from '../../../../src/protocols/realtime/adapters.ts';
import { decodeBase64, encodeBase64 } from '../../../../src/protocols/realtime/base64.ts';
import { telephone } from '../../../../src/protocols/realtime/g711.ts';
import { InputAudio } from '../../../../src/protocols/realtime/input-audio.ts';
import { OutputAudio } from '../../../../src/protocols/realtime/output-audio.ts';
import { AssistantError } from '../../../../src/shared/errors.ts';
import { samples } from '../../../../src/shared/time.ts';

describe('base64', () => {
  it('is what Node says it is, both ways and of any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(encodeBase64(bytes)).toBe(text);
        expect(decodeBase64(text)).toEqual(new Uint8Array(bytes));
        expect(decodeBase64(text.replace(/=+$/, ''))).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it('refuses what is not base64, and never throws anything else', () => {
    for (const text of ['*AAA', 'AAAAA', 'é===', 'A', '====', 'AA=A'])
      expect(() => decodeBase64(text)).toThrow(expect.objectContaining({ code: 'bad-message' }));
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          decodeBase64(text);
        } catch (error) {
          expect(error).toBeInstanceOf(AssistantError);
        }
      }),
    );
  });
});

/** ITU-T G.711 written out slowly: the segment found by search, as in the recommendation's tables. */
function slowUlaw(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), 32635) + 132;
  let segment = 7;
  while (segment > 0 && magnitude < 1 << (segment + 7)) segment -= 1;
  return 255 - ((sample < 0 ? 128 : 0) + segment * 16 + (Math.floor(magnitude / 2 ** (segment + 3)) % 16));
}

describe('G.711', () => {
  const g711 = telephone('pcmu').g711 as G711;

  it('encodes µ-law as the recommendation does', () => {
    const pcm = Int16Array.from({ length: 65536 }, (_, index) => index - 32768);
    expect([...g711.encode(pcm, 'pcmu')]).toEqual([...pcm].map(slowUlaw));
  });

  it('knows the values of the recommendation', () => {
    expect([...g711.encode(Int16Array.of(0, 32767, -32768), 'pcmu')]).toEqual([0xff, 0x80, 0x00]);
    expect([...g711.encode(Int16Array.of(0, -1, 32767, -32768), 'pcma')]).toEqual([0xd5, 0x55, 0xaa, 0x2a]);
    expect([...g711.decode(Uint8Array.of(0xff, 0x80, 0x00), 'pcmu')]).toEqual([0, 32124, -32124]);
    expect([...g711.decode(Uint8Array.of(0xd5, 0x55, 0xaa, 0x2a), 'pcma')]).toEqual([8, -8, 32256, -32256]);
  });

  it.each(['pcmu', 'pcma'] as const)('%s: every code comes back as itself, and sound within its step', (law) => {
    const codes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const again = g711.encode(g711.decode(codes, law), law);
    // µ-law has two codes for nothing; they are one value.
    for (const code of codes) if (!(law === 'pcmu' && code === 0x7f)) expect(again[code]).toBe(code);
    const pcm = Int16Array.from({ length: 6000 }, (_, index) => index * 10 - 30000);
    g711.decode(g711.encode(pcm, law), law).forEach((value, index) => {
      const sample = pcm[index] ?? 0;
      expect(Math.abs(value - sample)).toBeLessThanOrEqual(Math.max(16, Math.abs(sample) / 24));
    });
  });
});

describe('sound down', () => {
  const chop = (bytes: Uint8Array, sizes: readonly number[]): string[] => {
    const parts: string[] = [];
    let at = 0;
    for (const size of sizes) {
      parts.push(encodeBase64(bytes.subarray(at, at + size)));
      at += size;
    }
    return [...parts, encodeBase64(bytes.subarray(at))];
  };

  it('loses no sample wherever the deltas are cut, and each delta has a buffer of its own', () => {
    fc.assert(
      fc.property(fc.int16Array({ minLength: 1, maxLength: 400 }), fc.array(fc.nat(60), { maxLength: 20 }), (pcm, sizes) => {
        const output = new OutputAudio(presets.openai);
        const bytes = new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength);
        const out: number[] = [];
        for (const part of chop(bytes, sizes)) {
          const decoded = output.decode('a', part);
          expect(decoded.buffer.byteLength).toBe(decoded.byteLength);
          out.push(...decoded);
        }
        expect(out).toEqual([...pcm]);
      }),
    );
  });

  it('does not carry half a sample from one item into another', () => {
    const output = new OutputAudio(presets.openai);
    output.decode('a', encodeBase64(Uint8Array.of(1, 2, 3)));
    expect([...output.decode('b', encodeBase64(Uint8Array.of(4, 0)))]).toEqual([4]);
  });

  it('keeps nothing of what it gave away, which is transferred to the loudspeaker', () => {
    const output = new OutputAudio(presets.openai);
    for (const item of ['a', 'a', 'b', 'c']) {
      const { buffer } = output.decode(item, encodeBase64(Uint8Array.of(1, 0, 2, 0)));
      expect([...new Int16Array(structuredClone(buffer, { transfer: [buffer as ArrayBuffer] }))], item).toEqual([1, 2]);
    }
  });

  it('expands telephone sound', () => {
    const output = new OutputAudio({ ...presets.openai, ...telephone('pcma') });
    expect([...output.decode('a', encodeBase64(Uint8Array.of(0xaa, 0x2a)))]).toEqual([32256, -32256]);
  });
});

describe('sound up', () => {
  const pcm = new Int16Array(320).fill(5);

  it('goes as base64 of little-endian samples, a view of a larger buffer too', () => {
    const whole = Int16Array.from({ length: 640 }, (_, index) => index);
    const view = whole.subarray(320);
    const message = new InputAudio(presets.gateway).append(view, samples(0), 0, 0);
    const { type, audio } = JSON.parse(message ?? '') as { type: string; audio: string };
    expect(type).toBe('input_audio_buffer.append');
    const bytes = Buffer.from(audio, 'base64');
    expect(bytes.length).toBe(640);
    expect(bytes.readInt16LE(0)).toBe(320);
  });

  it('is dropped, counted and told while the wire holds more than two seconds, and the clock skips what was dropped', () => {
    const input = new InputAudio(presets.gateway);
    const behind = 16000 * 2 * 2 * (4 / 3) + 2000;
    expect(input.append(pcm, samples(0), 0, 0)).not.toBeNull();
    expect(input.report(true)).toBeNull();
    let at = 320;
    const reports: number[] = [];
    for (let frame = 1; frame <= 120; frame += 1, at += 320) {
      expect(input.append(pcm, samples(at), behind, frame * 20)).toBeNull();
      const report = input.report(false);
      if (report !== null) reports.push(report);
    }
    expect(reports).toEqual([1, 51, 101]);
    expect(input.append(pcm, samples(at), 0, 121 * 20)).not.toBeNull();
    expect(input.report(true)).toBe(120);
    expect(input.report(true)).toBeNull();
    expect(input.clock.appended).toBe(640);
    expect(input.clock.toCapture(19)).toBe(304);
    expect(input.clock.toCapture(20)).toBe(121 * 320);
  });

  it('takes thirty seconds of replayed speech at once, and forgives them for thirty seconds only', () => {
    const input = new InputAudio(presets.gateway);
    let buffered = 0;
    for (let frame = 0; frame < 1500; frame += 1) {
      const message = input.append(pcm, samples(frame * 320), buffered, 1000);
      expect(message).not.toBeNull();
      buffered += message?.length ?? 0;
    }
    // The wire takes nothing: after the time that the burst alone would have needed, live frames are dropped again.
    let frame = 1500;
    for (; frame < 4000; frame += 1) {
      const message = input.append(pcm, samples(frame * 320), buffered, 1000 + (frame - 1500) * 20);
      if (message === null) break;
      buffered += message.length;
    }
    expect((frame - 1500) * 20).toBeLessThanOrEqual(2_000);
  });

  it('is not dropped because a picture is on its way', () => {
    const input = new InputAudio(presets.gateway);
    input.sent(500_000, 0);
    expect(input.append(pcm, samples(0), 500_000, 20)).not.toBeNull();
    expect(input.append(pcm, samples(320), 500_000, 20_000)).toBeNull();
  });

  it('is µ-law where the server wants it', () => {
    const input = new InputAudio({ ...presets.openai, ...telephone('pcmu') });
    const { audio } = JSON.parse(input.append(new Int16Array(160), samples(0), 0, 0) ?? '') as { audio: string };
    expect([...Buffer.from(audio, 'base64')]).toEqual(Array.from({ length: 160 }, () => 0xff));
  });
});
