/** Number of the frame that a video of `test/fixtures/hls` shows: its bits are eight bars at the top edge, the lowest on the left. */
export function shownFrame(video: HTMLVideoElement): number {
  const canvas = document.createElement('canvas');
  canvas.width = 192;
  canvas.height = 108;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  context.drawImage(video, 0, 0, 192, 108);
  let frame = 0;
  for (let bit = 0; bit < 8; bit++) {
    const [red = 0, green = 0] = context.getImageData(bit * 24 + 12, 7, 1, 1).data;
    if (red + green > 255) frame += 2 ** bit;
  }
  return frame;
}
