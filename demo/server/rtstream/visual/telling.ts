import type { Seeing } from '../../engines/engine.ts';
import type { NewScene } from '../scene.ts';
import { askModel } from './ask-model.ts';
import { askedJson, fillAsked } from './asked-json.ts';
import type { AskedShape } from './asked-shape.ts';
import { evidenceOf } from './evidence.ts';
import { knowing } from './known.ts';
import type { Looked } from './looking.ts';
import { proseOf } from './prose.ts';
import type { Tier } from './tiers.ts';

/** What a prompt asks for, told of one window: by a model where one sees, else by what is known. */

export interface Wish {
  readonly prompt: string;
  /** Null: prose is asked for. */
  readonly asked: AskedShape | null;
  readonly tier: Tier;
}

/** A stretch of time, and what is told beside the scene. */
export interface About {
  readonly startMs: number;
  readonly endMs: number;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export function wishOf(prompt: string, tier: Tier): Wish {
  return { prompt, asked: askedJson(prompt), tier };
}

/** A failing model is told in the metadata (`fallback`). Rejects with the signal's reason alone. */
export async function toldScene(
  see: Seeing,
  wish: Wish,
  { facts, looked, shown }: Looked,
  about: About,
  signal: AbortSignal,
): Promise<NewScene> {
  const { prompt, asked, tier } = wish;
  const ask = tier === 'mini' ? undefined : see.ask?.bind(see);
  const answer = ask === undefined ? null : await askModel(ask, { prompt, asked, frames: shown, signal });
  const said = answer?.text ?? null;
  const data = said !== null && answer !== null ? answer.data : asked === null ? null : fillAsked(asked, knowing(facts));
  const text = said !== null ? said : asked === null ? proseOf(facts, prompt) : JSON.stringify(data);
  const { change } = facts;
  return {
    startMs: about.startMs,
    endMs: about.endMs,
    text,
    data,
    metadata: {
      ...about.metadata,
      looked,
      changed: change.changedFrames,
      scene_changes: change.cutsAtMs,
      ...(answer === null || answer.fallback === null ? {} : { fallback: answer.fallback }),
    },
    evidence: [evidenceOf(facts), ...(said !== null ? [`told: ${said.replace(/\s+/g, ' ')}`] : [])].join('\n'),
  };
}

/** Of a window that nobody looked at: `why` in words, or the asked JSON with nothing in it. */
export function untoldScene({ asked }: Wish, { startMs, endMs, metadata }: About, why: string): NewScene {
  const data = asked === null ? null : fillAsked(asked, () => null);
  const text = asked === null ? why : JSON.stringify(data);
  return { startMs, endMs, text, data, metadata: { ...metadata, looked: 0, note: why }, evidence: '' };
}
