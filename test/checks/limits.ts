/** Bytes of gzipped script the project promises: before a click, and from the click to the first frame of speech. */
export const LIMITS = { launcher: 12_000, voice: 45_000 };
