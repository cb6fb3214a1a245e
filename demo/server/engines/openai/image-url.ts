/** A picture's bytes as the data URL that a chat message takes. */
export function imageUrl(image: Uint8Array): string {
  const type =
    image[0] === 0xff ? 'image/jpeg' : image[0] === 0x52 ? 'image/webp' : image[0] === 0x47 ? 'image/gif' : 'image/png';
  return `data:${type};base64,${Buffer.from(image.buffer, image.byteOffset, image.byteLength).toString('base64')}`;
}
