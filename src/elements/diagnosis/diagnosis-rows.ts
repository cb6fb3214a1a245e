import type { deviceStrings } from '../devices/device-strings.ts';
import { fill } from '../strings.ts';
import type { DiagnosisFacts } from './diagnosis-facts.ts';
import type { diagnosisStrings } from './diagnosis-strings.ts';

/** A report as rows of words. */

export type DiagnosisWords = typeof diagnosisStrings & typeof deviceStrings & { readonly lang?: string };

const HOUR_MS = 3_600_000;
const MB = 1_000_000;

export function diagnosisRows(facts: DiagnosisFacts, words: DiagnosisWords): readonly (readonly [string, string])[] {
  const { health } = facts;
  const lang = words.lang ?? 'en';
  const yes = (value: boolean): string => (value ? words.diagnosisYes : words.diagnosisNo);
  const unit = (value: number | null, name: string): string =>
    value === null ? words.diagnosisUnknown : value.toLocaleString(lang, { style: 'unit', unit: name, maximumFractionDigits: 1 });
  const locks: Readonly<Record<string, string>> = {
    held: words.diagnosisHeld,
    refused: words.diagnosisRefused,
    unsupported: words.diagnosisUnsupported,
  };
  const missing = facts.missingPolicies;
  return [
    [words.diagnosisSecure, yes(facts.secure)],
    [
      words.diagnosisPolicy,
      missing.length === 0 ? words.diagnosisYes : fill(words.diagnosisMissingPolicy, { words: missing.join('; ') }),
    ],
    [words.diagnosisDevices, facts.devices.length === 0 ? words.diagnosisUnknown : facts.devices.join(' · ')],
    [words.diagnosisAutoplay, facts.sound === 'none' ? words.diagnosisUnknown : yes(facts.sound === 'running')],
    [words.diagnosisWakeLock, locks[facts.wakeLock] ?? words.diagnosisUnknown],
    [
      words.diagnosisToken,
      facts.tokenEndsAt === null ? words.diagnosisUnknown : unit((facts.tokenEndsAt - Date.now()) / 60_000, 'minute'),
    ],
    [words.diagnosisRoundTrip, unit(facts.roundTripMs, 'millisecond')],
    [words.diagnosisNetwork, yes(health.online)],
    [words.diagnosisFrames, health.framesPerSecond.toLocaleString(lang)],
    [
      words.diagnosisUptime,
      health.uptimeMs < 2 * HOUR_MS ? unit(health.uptimeMs / 60_000, 'minute') : unit(health.uptimeMs / HOUR_MS, 'hour'),
    ],
    [words.diagnosisSessions, health.visits.toLocaleString(lang)],
    [words.diagnosisMemory, unit(health.heapBytes === null ? null : health.heapBytes / MB, 'megabyte')],
    [words.diagnosisVersion, facts.version],
  ];
}

/** An SVG path through the samples, from nothing at the bottom to the most at the top of a box of this size. */
export function heapLine(samples: readonly number[], width: number, height: number): string {
  const most = Math.max(...samples, 1);
  const step = width / Math.max(1, samples.length - 1);
  return samples
    .map(
      (sample, index) =>
        `${index === 0 ? 'M' : 'L'}${(index * step).toFixed(1)} ${(height - (sample / most) * height).toFixed(1)}`,
    )
    .join('');
}
