/**
 * Addresses of what can be played; each carries its own authority (a signature over its path), because players and their segment requests
 * send no headers. `base`: `https://host` as the caller reaches this gateway, without a slash at its end.
 */
export interface MediaUrls {
  /** Low-latency live playlist with two hours to go back. */
  live(base: string, streamId: string): string;
  /** `/manifests/<rts-id>/<start µs>-<end µs>.m3u8`, 16 digits each (spec §3). */
  clip(base: string, streamId: string, startMs: number, endMs: number): string;
  /** `/published/manifests/<m-id>.m3u8` */
  video(base: string, videoId: string): string;
  /** Shots one after the other; s from each video's beginning. */
  compiled(base: string, shots: readonly { readonly videoId: string; readonly startS: number; readonly endS: number }[]): string;
  /** Player page for one of the above: `/watch?v=<its URL>`, with `/embed?v=` beside it. */
  player(base: string, streamUrl: string, about?: { readonly title?: string; readonly description?: string }): string;
}
