import type { Embedder } from '../../../../knowledge/embedder.ts';
import { fill, type Filled } from './fill.ts';
import { readHead, type Form, type Head } from './head.ts';
import type { ToolProfile } from './profile.ts';
import { bareText, readEvidence, type Evidence, type Vectors } from './score.ts';
import { readUtterance, type Utterance } from './utterance.ts';

/** Which declared tool an utterance asks for, with its values; none rather than a wrong one. */

export interface Choice {
  readonly profile: ToolProfile;
  readonly filled: Filled;
  /** 0–1 */
  readonly confidence: number;
  readonly form: Form;
  /** The tool was spoken of by its name or nearly so. */
  readonly named: boolean;
}

/** Fitted by logistic regression on test/prove/tools/development*.ts; never on the tools that `npm run prove:tools` reports. */
const WEIGHTS: Readonly<Record<keyof Evidence, number>> & { readonly bias: number } = {
  bias: -9.39,
  meaning: 4.37,
  name: 1.09,
  said: 6.58,
  verb: 0.56,
  action: 0.96,
  conflict: -3.05,
  values: 2.33,
  used: -1.18,
  rich: 0.76,
  choice: 2.19,
  form: 2.39,
};
const NAME_AND_SAID = 1.04;
const NAME_AND_FORM = 0.99;
const VALUES_AND_USED = 1.23;

/** Below the first nothing is called, below the second nothing is asked for. */
export const CALLS = 0.6;
export const ASKS = 0.45;

/** Values are looked for only for so many tools that are nearest by words and meaning. */
const FILLED = 6;

/** The likeliest tools in the order of confidence. */
export async function rankTools(
  utteranceText: string,
  profiles: readonly ToolProfile[],
  embedder: Embedder,
  now: Date,
  signal: AbortSignal,
): Promise<Choice[]> {
  if (profiles.length === 0) return [];
  const utterance = readUtterance(utteranceText, now);
  const head = readHead(utterance.text);
  const [said, bare, ...gists] = await embedder.embed(
    [utteranceText, bareText(utterance) || utteranceText, ...profiles.map((profile) => profile.gist)],
    signal,
  );
  if (said === undefined || bare === undefined) return [];
  return profiles
    .map((profile, index) => ({ profile, vectors: { said, bare, gist: gists[index] ?? said } }))
    .map((candidate) => ({ ...candidate, near: nearness(candidate.profile, utterance, head, candidate.vectors) }))
    .sort((a, b) => b.near - a.near)
    .slice(0, FILLED)
    .map(({ profile, vectors }) => {
      const filled = fill(profile, utterance);
      const evidence = readEvidence(profile, utterance, head, filled, vectors);
      return { profile, filled, confidence: confidenceOf(evidence), form: head.form, named: evidence.name >= 0.3 };
    })
    .sort((a, b) => b.confidence - a.confidence);
}

/** What can be told of a tool before its values are looked for. */
function nearness(profile: ToolProfile, utterance: Utterance, head: Head, vectors: Vectors): number {
  const { meaning, name, said, verb, action, conflict } = readEvidence(
    profile,
    utterance,
    head,
    { fillings: [], arguments: {}, missing: [] },
    vectors,
  );
  return (
    WEIGHTS.meaning * meaning +
    WEIGHTS.name * name +
    WEIGHTS.said * said +
    WEIGHTS.verb * verb +
    WEIGHTS.action * action +
    WEIGHTS.conflict * conflict
  );
}

function confidenceOf(evidence: Evidence): number {
  if (evidence.form === 0) return 0;
  let sum =
    WEIGHTS.bias +
    NAME_AND_SAID * evidence.name * evidence.said +
    NAME_AND_FORM * evidence.name * evidence.form +
    VALUES_AND_USED * evidence.values * evidence.used;
  for (const key of Object.keys(evidence) as (keyof Evidence)[]) sum += WEIGHTS[key] * evidence[key];
  return 1 / (1 + Math.exp(-sum));
}
