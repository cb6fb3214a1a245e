/** What an encoder is told to write, from the name that a recorder would have for it. */

export interface PictureCodec {
  /** Matroska's name. */
  readonly matroska: string;
  /** WebCodecs' name for a picture of that size. */
  name(size: { readonly width: number; readonly height: number }): string;
}

/** H.264 levels by macroblocks a picture, 30 a second (ISO/IEC 14496-10, table A-1). */
const LEVELS: readonly (readonly [most: number, level: string])[] = [
  [3600, '1F'],
  [8192, '28'],
  [22_080, '32'],
  [Infinity, '33'],
];

/** `mime`: as in `mimes.ts`. */
export function pictureCodec(mime: string): PictureCodec {
  if (mime.includes('vp9')) return { matroska: 'V_VP9', name: () => 'vp09.00.41.08' };
  if (mime.includes('vp8')) return { matroska: 'V_VP8', name: () => 'vp8' };
  return {
    matroska: 'V_MPEG4/ISO/AVC',
    name: ({ width, height }) => {
      const blocks = Math.ceil(width / 16) * Math.ceil(height / 16);
      return `avc1.42E0${LEVELS.find(([most]) => blocks <= most)?.[1] ?? '33'}`;
    },
  };
}

export function pictureConfig(
  mime: string,
  size: { readonly width: number; readonly height: number },
  bitrate: number,
): VideoEncoderConfig {
  const codec = pictureCodec(mime).name(size);
  return {
    ...{ codec, ...size, bitrate, framerate: 30, latencyMode: 'realtime' },
    ...(codec.startsWith('avc1') ? { avc: { format: 'avc' } } : {}),
  };
}
