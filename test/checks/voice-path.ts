import { closure, type Fetched } from './closure.ts';

/** What of the embed build a browser fetches before a click, and from the click to the first frame of speech on the Worker path. */

const folder = 'dist/embed';

/** Parts that come only when a page or person asks for more than a spoken conversation; the e2e of the voice path sees that none came. */
const EXTRAS =
  /^(shell|captions|silero|hls|camera|screen|media-stream|frames|still|pictures|devices|words|error-strings|g711|codec-beta)\b/;

/**
 * Bytes of gzipped script the project promises. The voice path holds the launcher and the worklets too; 45 000 is where it is to go, the
 * limit here keeps it from growing again until it is there.
 */
export const LIMITS = { launcher: 12_000, voice: 55_000 };

export const launcher = (): readonly Fetched[] => closure(folder, 'viva-voce.js');
export const voicePath = (): readonly Fetched[] => closure(folder, 'viva-voce.js', (name) => !EXTRAS.test(name));
