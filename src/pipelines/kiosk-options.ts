import { AssistantError } from '../shared/errors.ts';
import { minutesOf } from './kiosk-night.ts';

/** What the attributes of a kiosk ask for, made into numbers and sets; what is wrong with them is named and left at its default. */

export interface KioskWishes {
  readonly idleTimeoutMs: number | null;
  readonly idleCountdownMs: number | null;
  readonly watchdogMs: number | null;
  readonly heartbeatMs: number | null;
  readonly heartbeatUrl: string | null;
  readonly recycle: string | null;
  readonly controls: string | null;
  readonly duplex: string | null;
  readonly presence: string | null;
}

export type Presence = 'touch' | 'voice' | 'camera';

export interface KioskOptions {
  /** ms without a sign of life until the warning. */
  readonly timeoutMs: number;
  /** ms that the warning stands. */
  readonly countdownMs: number;
  /** ms without a sign of life of a part until it is started again. */
  readonly watchdogMs: number;
  /** ms between two reports of health. */
  readonly heartbeatMs: number;
  /** Absolute URL; null = nobody is told. */
  readonly heartbeatUrl: string | null;
  /** Minutes after midnight, local time; null = never. */
  readonly recycleAt: number | null;
  readonly presence: ReadonlySet<Presence>;
}

export interface KioskReading {
  readonly options: KioskOptions;
  readonly faults: readonly AssistantError[];
}

/** WCAG 2.2.1 gives at least 20 s to ask for more time. */
const LEAST_COUNTDOWN_MS = 20_000;
const HOUR_MS = 3_600_000;
const PRESENCES: readonly Presence[] = ['touch', 'voice', 'camera'];

/** `base`: the page's URL. */
export function readKiosk(wishes: KioskWishes, base: string): KioskReading {
  const faults: AssistantError[] = [];
  const fault = (field: string, message: string): void => {
    faults.push(new AssistantError('bad-option', `${field}: ${message}`, { field }));
  };
  const span = (field: string, value: number | null, usual: number, least: number, most: number): number => {
    if (value === null) return usual;
    if (value >= least && value <= most) return value;
    fault(field, `must be from ${least} to ${most} ms`);
    return usual;
  };
  const oneOf = (field: string, value: string | null, among: readonly string[]): void => {
    if (value !== null && !among.includes(value)) fault(field, `“${value}” is none of ${among.join(', ')}`);
  };
  oneOf('controls', wishes.controls, ['bottom', 'middle']);
  oneOf('duplex', wishes.duplex, ['full', 'half']);
  const recycleAt = wishes.recycle === null ? null : minutesOf(wishes.recycle);
  if (wishes.recycle !== null && recycleAt === null) fault('recycle', `“${wishes.recycle}” is no time of day such as 03:30`);
  const url = wishes.heartbeatUrl;
  if (url !== null && !URL.canParse(url, base)) fault('heartbeat-url', 'is not a URL');
  return {
    options: {
      timeoutMs: span('idle-timeout-ms', wishes.idleTimeoutMs, 60_000, 5_000, 24 * HOUR_MS),
      countdownMs: span('idle-countdown-ms', wishes.idleCountdownMs, LEAST_COUNTDOWN_MS, LEAST_COUNTDOWN_MS, HOUR_MS),
      watchdogMs: span('watchdog-ms', wishes.watchdogMs, 15_000, 3_000, HOUR_MS),
      heartbeatMs: span('heartbeat-ms', wishes.heartbeatMs, 30_000, 1_000, 24 * HOUR_MS),
      heartbeatUrl: url !== null && URL.canParse(url, base) ? new URL(url, base).href : null,
      recycleAt,
      presence: presences(wishes.presence, fault),
    },
    faults,
  };
}

function presences(words: string | null, fault: (field: string, message: string) => void): ReadonlySet<Presence> {
  if (words === null) return new Set<Presence>(['touch', 'voice']);
  const wished = words.split(/\s+/).filter((word) => word !== '');
  const known = PRESENCES.filter((each) => wished.includes(each));
  const unknown = wished.find((word) => !PRESENCES.some((each) => each === word));
  if (unknown !== undefined) fault('presence', `“${unknown}” is none of ${PRESENCES.join(', ')}`);
  return new Set(known);
}
