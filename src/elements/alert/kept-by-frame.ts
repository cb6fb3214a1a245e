import type { ErrorCode } from '../../shared/errors.ts';
import { missingPolicies } from '../kiosk/frame-policy.ts';

/** What a frame around the page keeps from it, when something was refused for that reason. */

const voice = ['microphone', 'autoplay'];

/** What was asked for when a refusal of this kind came. */
const asked: Partial<Record<ErrorCode, readonly string[]>> = {
  'microphone-blocked': voice,
  'microphone-denied': voice,
  'microphone-missing': voice,
  'audio-blocked': ['autoplay'],
  'camera-denied': ['camera'],
  'screen-denied': ['display-capture'],
};

/** Words that the frame's `allow` is missing, as they are written there; empty when no frame is the reason. */
export const keptByFrame = (code: ErrorCode): readonly string[] => {
  const wanted = asked[code] ?? [];
  // Browsers that cannot tell (Firefox, Safari) refuse a microphone in this way only when a policy does.
  const silent = !('featurePolicy' in document) && self !== top && code === 'microphone-blocked';
  return silent ? ['microphone'] : wanted.length === 0 ? [] : missingPolicies(wanted);
};
