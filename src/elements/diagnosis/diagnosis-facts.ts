import type { KeptError, KioskHealth } from '../../pipelines/kiosk-health.ts';

/** What a device knows of itself: nothing secret, nothing that was said. */
export interface DiagnosisFacts {
  readonly secure: boolean;
  /** Words that the frame around the page does not allow. */
  readonly missingPolicies: readonly string[];
  readonly devices: readonly string[];
  /** State of the page's AudioContext. */
  readonly sound: string;
  readonly wakeLock: string;
  /** ms since the epoch; null = not told. */
  readonly tokenEndsAt: number | null;
  /** ms; null = no answer. */
  readonly roundTripMs: number | null;
  /** Bytes over time, oldest first. */
  readonly heap: readonly number[];
  readonly version: string;
  /** Oldest first. */
  readonly errors: readonly KeptError[];
  readonly health: KioskHealth;
  /** Level of the room, dBFS; null = not known. */
  readonly floorDb: number | null;
  /** The assistant's own report. */
  readonly assistant: Readonly<Record<string, unknown>>;
}
