import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { coverImage, IMAGE_BYTES, writtenImage } from '../../../../../demo/server/livestream/api/cover-image.ts';

const blue = (width: number, height: number) => sharp({ create: { width, height, channels: 4, background: '#369c' } });
const bytesOf = (url: string): Buffer => Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
const refused = (field: string) => ({ status: 422, code: 'image_refused', field });

/** A PNG that says that it is so large, and whose lines are all zero. */
function emptyPng(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.byteLength);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const lines = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 9 });
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ...[chunk('IHDR', head), chunk('IDAT', lines), chunk('IEND', Buffer.alloc(0))],
  ]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe('an uploaded cover', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('of %s becomes a JPEG of at most 1280 px', async (kind) => {
    const url = await coverImage('image', await blue(1600, 800).toFormat(kind).toBuffer());
    expect(url).toMatch(/^data:image\/jpeg;base64,/);
    expect(await sharp(bytesOf(url)).metadata()).toMatchObject({ format: 'jpeg', width: 1280, height: 640 });
  });

  it('keeps nothing that was beside the picture: place, comment, script behind it', async () => {
    const plain = await blue(64, 64)
      .jpeg()
      .withExif({ IFD0: { Copyright: 'where-I-live' } })
      .toBuffer();
    const kept = bytesOf(await coverImage('image', Buffer.concat([plain, Buffer.from('<script>alert(1)</script>')])));
    expect(kept.includes('where-I-live')).toBe(false);
    expect(kept.includes('<script>')).toBe(false);
    expect((await sharp(kept).metadata()).exif).toBeUndefined();
  });

  it.each([
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['SVG that begins like a GIF', Buffer.from('GIF89a<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['text', Buffer.from('hello')],
    ['a JPEG without its end', Buffer.from('ffd8ffe000104a46494600010100', 'hex')],
  ])('is not %s', async (_what, bytes) => {
    await expect(coverImage('image', bytes)).rejects.toMatchObject(refused('image'));
  });

  it('is refused before it unpacks where it is a bomb', async () => {
    const bomb = emptyPng(30_000, 30_000);
    expect(bomb.byteLength).toBeLessThan(IMAGE_BYTES);
    const before = process.memoryUsage().rss;
    await expect(coverImage('image', bomb)).rejects.toMatchObject(refused('image'));
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    await expect(coverImage('image', emptyPng(64, 64))).resolves.toMatch(/^data:/);
  });

  it('has at most 5 MiB', async () => {
    await expect(coverImage('image', Buffer.alloc(IMAGE_BYTES + 1))).rejects.toMatchObject({ status: 413, field: 'image' });
  });
});

describe('a cover in base64', () => {
  const base64 = async (kind: 'jpeg' | 'png'): Promise<string> =>
    (await blue(32, 32).toFormat(kind).toBuffer()).toString('base64');

  it('stays as it was handed in', async () => {
    const png = `data:image/png;base64,${await base64('png')}`;
    expect(await writtenImage('livestream_image', png)).toBe(png);
    const spaced = `data:image/jpeg;base64, ${await base64('jpeg')}`;
    expect(await writtenImage('livestream_image', spaced)).toBe(spaced);
  });

  it('is told what it is, where it does not say so or says something else', async () => {
    const png = await base64('png');
    for (const text of [png, `data:image/svg+xml;base64,${png}`, `data:text/html;x=y;base64,${png}`])
      expect(await writtenImage('livestream_image', text)).toBe(`data:image/png;base64,${png}`);
  });

  it('is made anew where it is long', async () => {
    const noise = await sharp({
      create: { width: 1500, height: 700, channels: 3, background: '#000', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
    })
      .png({ compressionLevel: 1 })
      .toBuffer();
    const kept = await writtenImage('livestream_image', `data:image/png;base64,${noise.toString('base64')}`);
    expect(await sharp(bytesOf(kept)).metadata()).toMatchObject({ format: 'jpeg', width: 1280 });
  });

  it.each([
    ['SVG', `data:image/svg+xml;base64,${Buffer.from('<svg/>').toString('base64')}`],
    ['SVG that says PNG', `data:image/png;base64,${Buffer.from('<svg/>').toString('base64')}`],
    ['not base64', 'data:image/png,abc'],
    ['other letters', 'data:image/png;base64,போகை'],
    ['an address', 'https://example.com/cover.jpg'],
    ['nothing', 'data:image/png;base64,'],
  ])('is not %s', async (_what, text) => {
    await expect(writtenImage('livestream_image', text)).rejects.toMatchObject(refused('livestream_image'));
  });

  it('has at most 5 MiB', async () => {
    await expect(writtenImage('livestream_image', 'A'.repeat(IMAGE_BYTES * 1.4))).rejects.toMatchObject({ status: 413 });
  });
});
