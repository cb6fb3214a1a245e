import { describe, expect, it } from 'vitest';
import { decodeImage, MAX_IMAGE_BYTES } from '../../../../demo/server/realtime/images.ts';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2]);
const uri = (type: string, bytes: Buffer): string => `data:${type};base64,${bytes.toString('base64')}`;
const code = (dataUri: string): unknown => {
  try {
    decodeImage(dataUri, 'item.content[0].image_url');
    return 'taken';
  } catch (cause) {
    return (cause as { code: string }).code;
  }
};

describe('decodeImage', () => {
  it('takes PNG and JPEG by their bytes', () => {
    expect([...decodeImage(uri('image/png', png), 'p')]).toEqual([...png]);
    expect([...decodeImage(uri('image/jpeg', jpeg), 'p')]).toEqual([...jpeg]);
  });

  it('refuses other types, lies, addresses, and what is too large', () => {
    expect(code(uri('image/gif', png))).toBe('invalid_value');
    expect(code(uri('image/png', Buffer.from('<script>')))).toBe('invalid_value');
    expect(code('https://example.test/x.png')).toBe('invalid_value');
    expect(code(`data:image/png;base64,${'A'.repeat(Math.ceil((MAX_IMAGE_BYTES + 10) / 0.75))}`)).toBe('image_too_large');
  });
});
