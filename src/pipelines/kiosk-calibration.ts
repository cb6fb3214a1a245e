/** What a room's sound means for the threshold of speech. */

/** What was heard while nobody spoke. */
export interface Room {
  /** Level that most of the frames stay under, dBFS. */
  readonly noiseDb: number;
  /** 0–1, for `vad-threshold`; null = it is too loud here to tell speech from noise. */
  readonly threshold: number | null;
  /** dBFS that speech is louder than, for the kiosk's own ear. */
  readonly softestDb: number;
}

/** Nine frames of ten are softer than what counts as the noise of the room. */
const SHARE = 0.9;
/** In a quiet room the usual threshold is right, in a loud one only clear speech counts. */
const QUIET_DB = -55;
const LOUD_DB = -28;
const [USUAL, HIGHEST] = [0.5, 0.85];
/** Speech at arm's length is this much above the noise it can still be told from. */
const ABOVE_DB = 8;
const SOFTEST_DB = -50;

const decibels = (level: number): number => (level > 1e-6 ? 20 * Math.log10(level) : -120);

/** `levels`: RMS of frames, 0–1; null = there were too few to say anything. */
export function roomOf(levels: readonly number[]): Room | null {
  if (levels.length < 50) return null;
  const sorted = [...levels].sort((one, other) => one - other);
  const noiseDb = Math.round(decibels(sorted[Math.floor(sorted.length * SHARE)]!));
  const loudness = Math.min(1, Math.max(0, (noiseDb - QUIET_DB) / (LOUD_DB - QUIET_DB)));
  const threshold = noiseDb > LOUD_DB ? null : Math.round((USUAL + loudness * (HIGHEST - USUAL)) * 100) / 100;
  return { noiseDb, threshold, softestDb: Math.max(SOFTEST_DB, noiseDb + ABOVE_DB) };
}
