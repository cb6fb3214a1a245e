/**
 * A picture that somebody chose, drawn before it is sent. It is decoded into a canvas: no `blob:` and no `data:` address, so that whatever
 * `img-src` the page's policy has, the preview is seen.
 */

/** What the service takes, bytes. */
const LARGEST_BYTES = 5 * 1024 * 1024;
export const TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];

/** The preview is drawn no larger than this, px. */
const WIDEST = 640;
const HIGHEST = 360;

export interface Cover {
  readonly file: Blob;
  readonly picture: ImageBitmap;
  /** Of the file, px. */
  readonly width: number;
  readonly height: number;
}

/** What is wrong with it instead: it is too large, or no picture that this browser knows. */
export async function readCover(file: Blob): Promise<Cover | 'big' | 'bad'> {
  if (file.size > LARGEST_BYTES) return 'big';
  if (!TYPES.includes(file.type)) return 'bad';
  try {
    const picture = await createImageBitmap(file);
    return { file, picture, width: picture.width, height: picture.height };
  } catch (cause) {
    if (cause instanceof DOMException) return 'bad';
    throw cause;
  }
}

export function drawCover(canvas: HTMLCanvasElement, { picture, width, height }: Cover): void {
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
}
