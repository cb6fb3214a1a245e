import { fitted } from '../../shared/fitted.ts';

const QUALITY = 0.85;

/**
 * A file as a JPEG data URL, no larger than a model looks at. Where and with what it was taken does not go along: it is drawn anew. Rejects
 * when the browser cannot show the file as a picture.
 */
export async function readPicture(file: Blob): Promise<string> {
  const bitmap = await createImageBitmap(file);
  try {
    const { width, height } = fitted(bitmap.width, bitmap.height);
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const pen = canvas.getContext('2d');
    if (pen === null) throw new Error('this browser draws no pictures');
    // JPEG has no transparency, and black behind a drawing hides it.
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, width, height);
    pen.drawImage(bitmap, 0, 0, width, height);
    return canvas.toDataURL('image/jpeg', QUALITY);
  } finally {
    bitmap.close();
  }
}
