import { describe, expect, it } from 'vitest';
import { encodeG711 } from '../../../../demo/server/realtime/audio/g711.ts';
import { InputBuffer, MAX_BUFFER_SECONDS } from '../../../../demo/server/realtime/input-buffer.ts';

const bytesOf = (pcm: Int16Array): Buffer => Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength);
const base64 = (pcm: Int16Array): string => bytesOf(pcm).toString('base64');
const ramp = (length: number): Int16Array => Int16Array.from({ length }, (_, i) => (i % 2000) - 1000);

describe('InputBuffer', () => {
  it('at 16 kHz gives the sound back as it came, by position', () => {
    const buffer = new InputBuffer({ type: 'audio/pcm', rate: 16000 }, null);
    buffer.append(base64(ramp(1000)));
    expect(buffer.heard(100, 300)).toEqual(ramp(1000).slice(100, 300));
    expect(buffer.raw(0, buffer.end).pcm).toEqual(ramp(1000));
    expect(buffer.end).toBe(1000);
  });

  it('carries half a sample over to the next frame', () => {
    const buffer = new InputBuffer({ type: 'audio/pcm', rate: 16000 }, null);
    const bytes = bytesOf(ramp(100));
    for (const [from, to] of [
      [0, 7],
      [7, 8],
      [8, 33],
      [33, 200],
    ] as const)
      buffer.append(bytes.subarray(from, to).toString('base64'));
    expect(buffer.heard(0, 100)).toEqual(ramp(100));
  });

  it('at 24 kHz and in G.711 the clock still counts 16 kHz', () => {
    const fast = new InputBuffer({ type: 'audio/pcm', rate: 24000 }, null);
    fast.append(base64(ramp(24000)));
    expect(Math.abs(fast.end - 16000)).toBeLessThan(32);
    const slow = new InputBuffer({ type: 'audio/pcmu' }, null);
    slow.append(Buffer.from(encodeG711(ramp(8000), 'mulaw')).toString('base64'));
    expect(Math.abs(slow.end - 16000)).toBeLessThan(64);
    expect(fast.raw(0, fast.end).pcm).toEqual(ramp(24000));
  });

  it('positions go on across commits, clears and changes of format', () => {
    const buffer = new InputBuffer({ type: 'audio/pcm', rate: 16000 }, null);
    buffer.append(base64(ramp(1000)));
    buffer.advance(600);
    expect(buffer.start).toBe(600);
    expect(buffer.raw(600, 1000).pcm).toEqual(ramp(1000).slice(600));
    buffer.clear();
    expect([buffer.start, buffer.end]).toEqual([1000, 1000]);
    buffer.changeFormat({ type: 'audio/pcm', rate: 24000 });
    buffer.append(base64(ramp(2400)));
    expect(buffer.start).toBe(1000);
    expect(buffer.raw(1000, buffer.end).pcm).toEqual(ramp(2400));
  });

  it('two items in a row share no sample and lose none', () => {
    const buffer = new InputBuffer({ type: 'audio/pcm', rate: 24000 }, null);
    const pcm = ramp(4800);
    buffer.append(base64(pcm.slice(0, 2400)));
    const first = buffer.raw(buffer.start, buffer.end).pcm;
    buffer.advance(buffer.end);
    buffer.append(base64(pcm.slice(2400)));
    const second = buffer.raw(buffer.start, buffer.end).pcm;
    expect([...first, ...second]).toEqual([...pcm]);
  });

  it('refuses what is not base64, and more than it may hold', () => {
    const buffer = new InputBuffer({ type: 'audio/pcm', rate: 16000 }, null);
    expect(() => buffer.append('no! base64?')).toThrow(expect.objectContaining({ code: 'invalid_value', param: 'audio' }));
    const minute = base64(new Int16Array(60 * 16000));
    for (let i = 0; i < MAX_BUFFER_SECONDS / 60; i++) buffer.append(minute);
    expect(() => buffer.append(minute)).toThrow(expect.objectContaining({ code: 'input_audio_buffer_full' }));
    buffer.clear();
    buffer.append(minute);
  });
});
