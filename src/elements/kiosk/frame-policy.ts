/** What the page around a frame has to allow, word by word, and does not. */

/** Chromium only, and not in TypeScript's DOM. */
interface FeaturePolicyDocument {
  readonly featurePolicy?: { features(): readonly string[]; allowsFeature(name: string): boolean };
}

export const KIOSK_POLICIES = [
  'microphone',
  'camera',
  'display-capture',
  'autoplay',
  'fullscreen',
  'screen-wake-lock',
  'speaker-selection',
] as const;

/** Words missing of the frame's `allow`; empty where the browser does not tell, and in a page that nobody frames. */
export function missingPolicies(wanted: readonly string[] = KIOSK_POLICIES): readonly string[] {
  const policy = (document as FeaturePolicyDocument).featurePolicy;
  if (policy === undefined || self === top) return [];
  const known = policy.features();
  return wanted.filter((name) => known.includes(name) && !policy.allowsFeature(name));
}
