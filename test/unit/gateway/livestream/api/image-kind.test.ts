import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { imageKind } from '../../../../../demo/server/livestream/api/image-kind.ts';

const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#369' } });

describe('the kind of a picture', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('is %s by its bytes', async (kind) => {
    expect(imageKind(await picture.clone().toFormat(kind).toBuffer())).toBe(kind);
  });

  it.each([
    ['nothing', ''],
    ['a beginning', '\xff\xd8'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['HTML', '<!doctype html><script>alert(1)</script>'],
    ['a PDF', '%PDF-1.7'],
    ['a BMP', 'BM\x00\x00'],
    ['a TIFF', 'II*\x00'],
    ['a video', '\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isomiso2'],
    ['HEIC', '\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic'],
    ['a sound', 'RIFF\x00\x00\x00\x00WAVE'],
    ['avif behind its own box', '\x00\x00\x00\x10ftypisom\x00\x00\x00\x00avif'],
  ])('is none of %s', (_what, text) => expect(imageKind(Buffer.from(text, 'latin1'))).toBeNull());
});
