import type { Device, Devices } from './session/assistant.ts';
import type { SessionState } from './session/state.ts';
import type { ErrorFacts } from './shared/errors.ts';

/** What a support ticket should know of a conversation: nothing secret, nothing said, no device that nobody gave. */

/** Keys, tokens and what stands where they stand; anything long that looks like chance. */
const SECRETS = [
  /\b(?:sk|pk|rk|ek|xai|api|key)[-_][\w-]{6,}/gi,
  /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g,
  /\b(?:bearer|basic)\s+\S+/gi,
  /([?&#](?:token|key|api[-_]?key|secret|signature|access_token|authorization)=)[^&#\s]+/gi,
  /\b(?=[\w+/=-]*\d)(?=[\w+/=-]*[a-z])[\w+/=-]{24,}/gi,
];
/** Shorter lines are words like “yes”, which say nothing of anybody. */
const LEAST_LETTERS = 4;
const LONGEST = 300;
const HIDDEN = '[…]';

/** `text` without what looks like a credential, and without any of the lines that were `said`. */
export function withoutSecrets(text: string, said: readonly string[] = []): string {
  const silent = said
    .filter((line) => line.trim().length >= LEAST_LETTERS)
    .reduce((rest, line) => rest.replaceAll(line.trim(), HIDDEN), text);
  return SECRETS.reduce((rest, pattern) => rest.replace(pattern, (_found, name: unknown) => kept(name) + HIDDEN), silent).slice(
    0,
    LONGEST,
  );
}

/** The name before a secret's value; other patterns have none. */
const kept = (name: unknown): string => (typeof name === 'string' ? name : '');

export function diagnosisReport(state: SessionState, devices: Devices, page: Readonly<Record<string, unknown>>) {
  const { transcript, error, notice, settings, tools, counters, ...plain } = state;
  const said = transcript.map(({ text }) => text);
  const safe = (text: string): string => withoutSecrets(text, said);
  return {
    ...plain,
    error: safeFacts(error, said),
    notice: safeFacts(notice, said),
    settings: settings === null ? null : { ...settings, differences: settings.differences.map(safe) },
    tools: tools.map(safe),
    counters: Object.fromEntries(Object.entries(counters).map(([what, count]) => [safe(what), count])),
    lines: transcript.length,
    ...deviceFacts(devices),
    page,
  };
}

/** A failure as it may be told: its message as `withoutSecrets` makes it. */
export const safeFacts = (facts: ErrorFacts | null, said: readonly string[]): ErrorFacts | null =>
  facts === null ? null : { ...facts, message: withoutSecrets(facts.message, said) };

/** What is told of the devices of a page. */
export const deviceFacts = (devices: Devices) => ({
  devices: countsOf(devices),
  granted: grantedOf(devices),
  canChooseSpeaker: devices.canChooseSpeaker,
});

/** How many there are and whether one of them was chosen; names of devices that nobody gave are nobody's business. */
const countsOf = ({ list, ...chosen }: Devices) =>
  Object.fromEntries(
    (['microphone', 'speaker', 'camera'] as const).map((kind: Device['kind']) => [
      kind,
      {
        count: list.filter((device) => device.kind === kind).length,
        chosen: chosen[kind] !== null,
        there: chosen[kind] === null || list.some(({ id }) => id === chosen[kind]),
      },
    ]),
  );

/** The id is for this page alone, and says nothing to anybody else. */
function grantedOf({ granted }: Devices) {
  if (granted === null) return null;
  const { deviceId, ...told } = granted;
  return told;
}
