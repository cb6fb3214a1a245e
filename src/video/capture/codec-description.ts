/** What a decoder needs beforehand (`description` of WebCodecs' `VideoDecoderConfig` and `AudioDecoderConfig`), as bytes of our own. */
export function codecDescription(source: AllowSharedBufferSource | undefined): Uint8Array {
  if (source === undefined) return new Uint8Array(0);
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
    : new Uint8Array(source).slice();
}
