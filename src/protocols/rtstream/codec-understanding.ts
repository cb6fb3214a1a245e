import { firstText, list, number, object, requiredText, text } from './codec-fields.ts';
import type { Analyzer, UnderstandingOutput, UnderstandOptions } from './stream-options.ts';

/** Understandings and their indexes on the wire (spec §2, v2), field by field. */

export interface UnderstandingFacts {
  readonly id: string;
  readonly streamId: string;
  /** `running`, `stopped`, `failed` */
  readonly status: string;
  readonly store: boolean;
  /** e.g. `10s` */
  readonly window: string | null;
  readonly analyzers: readonly Analyzer[];
  /** By the name of the analyzer. */
  readonly outputs: Readonly<Record<string, UnderstandingOutput>>;
}

export interface UnderstandingIndexFacts {
  readonly id: string;
  readonly streamId: string;
  readonly name: string;
  readonly status: string;
  readonly useFor: readonly string[];
  readonly output: string;
}

export function understandBody({
  window = '10s',
  analyzer = {},
  store = true,
  trigger,
  wsConnectionId,
}: UnderstandOptions): object {
  const { type = 'vlm', name = 'scene', frameCount, prompt, model } = analyzer;
  const sampling = frameCount === undefined ? undefined : { frame_count: frameCount };
  return {
    segmentation: { type: 'time', window },
    analyzers: [{ type, name, sampling, config: { prompt, model } }],
    store,
    trigger,
    ws_connection_id: wsConnectionId,
  };
}

export function readUnderstanding(value: unknown, streamId: string): UnderstandingFacts {
  const told = object(value);
  const id = requiredText(firstText(told['understanding_id'], told['id']), 'understanding_id');
  return {
    id,
    streamId: text(told['rtstream_id']) ?? streamId,
    status: text(told['status']) ?? '',
    store: told['store'] !== false,
    window: text(object(told['segmentation'])['window']),
    analyzers: list(told['analyzers']).map(readAnalyzer),
    outputs: Object.fromEntries(Object.entries(object(told['outputs'])).map(([name, one]) => [name, readOutput(one, id, name)])),
  };
}

function readAnalyzer(value: unknown): Analyzer {
  const told = object(value);
  const config = object(told['config']);
  const model = text(config['model']);
  return {
    type: told['type'] === 'cua' ? 'cua' : 'vlm',
    name: text(told['name']) ?? 'scene',
    frameCount: number(object(told['sampling'])['frame_count']) ?? undefined,
    prompt: text(config['prompt']) ?? undefined,
    model: (['mini', 'basic', 'pro', 'ultra'] as const).find((tier) => tier === model),
  };
}

/** An empty descriptor stands for its own name (the vectors' least answer). */
function readOutput(value: unknown, id: string, name: string): UnderstandingOutput {
  const told = object(value);
  return {
    understandingId: firstText(told['understanding_id'], told['understandingId']) ?? id,
    output: text(told['output']) ?? name,
  };
}

export function readUnderstandingIndex(value: unknown, streamId: string): UnderstandingIndexFacts {
  const told = object(value);
  const output = text(object(told['source'])['output']) ?? 'scene';
  const useFor = list(told['use_for']).filter((use): use is string => typeof use === 'string');
  return {
    id: requiredText(firstText(told['index_id'], told['id']), 'index_id'),
    streamId: text(told['rtstream_id']) ?? streamId,
    name: text(told['name']) ?? output,
    status: text(told['status']) ?? '',
    useFor: useFor.length === 0 ? ['semantic'] : useFor,
    output,
  };
}
