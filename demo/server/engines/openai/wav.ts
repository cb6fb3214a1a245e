/** Mono 16-bit samples as a WAV file, which every server takes. */
export function wav(pcm: Int16Array, rate: number): Uint8Array<ArrayBuffer> {
  const HEADER = 44;
  const bytes = new Uint8Array(HEADER + 2 * pcm.length);
  const view = new DataView(bytes.buffer);
  const text = (at: number, letters: string): void => bytes.set(Buffer.from(letters, 'latin1'), at);
  text(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, 2 * pcm.length, true);
  for (let index = 0; index < pcm.length; index++) view.setInt16(HEADER + 2 * index, pcm[index] as number, true);
  return bytes;
}
