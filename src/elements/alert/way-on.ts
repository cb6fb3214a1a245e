import type { ErrorCode } from '../../shared/errors.ts';

/** What a person can do about a failure: the first is the button that stands out. */
export type Way = 'retry' | 'write' | 'sound' | 'devices' | 'fresh';

const ways: Partial<Record<ErrorCode, readonly Way[]>> = {
  'microphone-denied': ['retry', 'write'],
  'microphone-missing': ['retry', 'write'],
  'microphone-busy': ['retry', 'write'],
  'microphone-blocked': ['write', 'retry'],
  'microphone-lost': ['retry', 'devices'],
  'insecure-page': ['write', 'retry'],
  'audio-blocked': ['sound', 'write'],
  'worklet-failed': ['write', 'retry'],
  'session-expired': ['fresh'],
};

/** Ways on after an error that ended the conversation; there is always one. */
export const waysOn = (code: ErrorCode): readonly Way[] => ways[code] ?? ['retry'];

/** Ways on after a complaint that the conversation survived. */
export const waysBeside = (code: ErrorCode): readonly Way[] =>
  waysOn(code).filter((way) => (way === 'retry' || way === 'fresh' ? code.startsWith('microphone-') : true));
