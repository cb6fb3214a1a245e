import type { GrantedAudio } from '../../session/assistant.ts';
import type { deviceStrings } from './device-strings.ts';

/** What the browser really granted of the microphone, in words; what it does not tell is said to be so. */
export function grantedLine(granted: GrantedAudio, strings: typeof deviceStrings): string {
  const word = (value: boolean | null): string => (value === null ? strings.unknown : value ? strings.on : strings.off);
  const parts = (['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const).map(
    (name) => `${strings[name]} ${word(granted[name])}`,
  );
  const rate = granted.rate === null ? [] : [`${granted.rate / 1000} kHz`];
  return [granted.label, ...rate, ...parts].filter((part) => part !== '').join(' · ');
}

/** Names for devices whose labels the browser keeps back until a permission is given. */
export const deviceName = (label: string, kind: string, index: number): string => (label === '' ? `${kind} ${index + 1}` : label);
