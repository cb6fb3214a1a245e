import { z } from 'zod';
import type { AudioFormat } from './audio/format.ts';
import type { Conversation } from './conversation.ts';
import { RealtimeFault } from './errors.ts';
import { faultFromZod } from './fault-from-zod.ts';
import { readItem } from './item-input.ts';
import type { Item } from './items.ts';
import { NOT_HERE } from './merge-config.ts';
import {
  formatSchema,
  maxTokensSchema,
  modalitiesSchema,
  toFormat,
  toolChoiceSchema,
  toolSchema,
  toToolChoice,
  toTools,
  toVoice,
  voiceSchema,
} from './session-schema.ts';
import type { FunctionTool, SessionConfig, ToolChoice } from './session-config.ts';

/** What one response is asked to be: the session's configuration with the wishes of `response.create` over it. */

export interface ResponseSpec {
  readonly instructions: string;
  readonly tools: readonly FunctionTool[];
  readonly toolChoice: ToolChoice;
  readonly parallelToolCalls: boolean;
  readonly modality: 'audio' | 'text';
  readonly voice: string;
  readonly format: AudioFormat;
  readonly speed: number;
  readonly maxOutputTokens: number | 'inf';
  /** False: beside the conversation, seen by nobody but the asker. */
  readonly inConversation: boolean;
  /** Instead of the conversation so far. */
  readonly input: readonly Item[] | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  /** What was asked for and is not in force: field → why. */
  readonly ignored: Readonly<Record<string, string>>;
}

const wishSchema = z.looseObject({
  instructions: z.string().max(200000).nullable().default(null),
  tools: z.array(toolSchema).max(256).nullable().default(null),
  tool_choice: toolChoiceSchema.nullable().default(null),
  parallel_tool_calls: z.boolean().nullable().default(null),
  output_modalities: modalitiesSchema.nullable().default(null),
  audio: z
    .looseObject({
      output: z
        .looseObject({ voice: voiceSchema.nullable().default(null), format: formatSchema.nullable().default(null) })
        .nullable()
        .default(null),
    })
    .nullable()
    .default(null),
  max_output_tokens: maxTokensSchema.nullable().default(null),
  conversation: z.enum(['auto', 'none']).nullable().default(null),
  input: z.array(z.record(z.string(), z.unknown())).max(1000).nullable().default(null),
  metadata: z.record(z.string().max(64), z.string().max(512)).nullable().default(null),
});

export const sessionSpec = (config: SessionConfig): ResponseSpec => ({
  instructions: config.instructions,
  tools: config.tools,
  toolChoice: config.toolChoice,
  parallelToolCalls: config.parallelToolCalls,
  modality: config.outputModality,
  voice: config.voice,
  format: config.outputFormat,
  speed: config.speed,
  maxOutputTokens: config.maxOutputTokens,
  inConversation: true,
  input: null,
  metadata: null,
  ignored: {},
});

/** `wish` in GA shape. Throws a `RealtimeFault` that names the field. */
export function readResponseSpec(
  wish: Readonly<Record<string, unknown>> | null,
  config: SessionConfig,
  context: {
    readonly conversation: Conversation;
    readonly voices: readonly string[];
    readonly spoken: boolean;
    readonly newId: () => string;
  },
): ResponseSpec {
  const base = sessionSpec(config);
  if (wish === null) return base;
  const parsed = wishSchema.safeParse(wish, { reportInput: true });
  if (!parsed.success) throw faultFromZod(parsed.error, 'response');
  const asked = parsed.data;
  const ignored = unusedOf(asked);
  const tools = asked.tools === null ? base.tools : toTools(asked.tools, ignored, 'response.tools');
  const { metadata } = asked;
  if (metadata !== null && Object.keys(metadata).length > 16) {
    throw new RealtimeFault('invalid_value', 'Metadata may have 16 entries at most.', 'response.metadata');
  }
  const inConversation = asked.conversation !== 'none';
  const output = asked.audio?.output ?? null;
  const voice = output?.voice ?? null;
  const named = voice === null ? base.voice : toVoice(voice, context.voices, 'response.audio.output.voice');
  if (named !== base.voice && inConversation && context.spoken) {
    throw new RealtimeFault(
      'cannot_update_voice',
      'The voice cannot change once the assistant has spoken.',
      'response.audio.output.voice',
    );
  }
  return {
    ...base,
    instructions: asked.instructions ?? base.instructions,
    tools,
    toolChoice:
      asked.tool_choice !== null
        ? toToolChoice(asked.tool_choice, tools, ignored, 'response.tool_choice')
        : keepToolChoice(base.toolChoice, tools),
    parallelToolCalls: asked.parallel_tool_calls ?? base.parallelToolCalls,
    modality: asked.output_modalities?.[0] ?? base.modality,
    voice: named,
    format: output === null || output.format === null ? base.format : toFormat(output.format),
    maxOutputTokens: asked.max_output_tokens ?? base.maxOutputTokens,
    inConversation,
    input: asked.input === null ? null : asked.input.map((value, index) => readInput(value, index, config, context)),
    metadata,
    ignored,
  };
}

const KNOWN = new Set(Object.keys(wishSchema.shape));

/** What no engine here can do, and what nobody knows. */
function unusedOf(asked: z.infer<typeof wishSchema>): Record<string, string> {
  const unused: Record<string, string> = {};
  for (const [name, value] of Object.entries(asked)) {
    if (KNOWN.has(name) || value === null || value === undefined || Object.keys(unused).length === 20) continue;
    unused[name.slice(0, 60)] = NOT_HERE[name] ?? 'Not known here.';
  }
  return unused;
}

const keepToolChoice = (choice: ToolChoice, tools: readonly FunctionTool[]): ToolChoice =>
  typeof choice === 'string' || tools.some((tool) => tool.name === choice.name) ? choice : 'auto';

function readInput(
  value: Record<string, unknown>,
  index: number,
  config: SessionConfig,
  context: { readonly conversation: Conversation; readonly newId: () => string },
): Item {
  const param = `response.input[${index}]`;
  if (value['type'] !== 'item_reference') return readItem(value, config.inputFormat, context.newId, param);
  const id = value['id'];
  if (typeof id === 'string') return context.conversation.get(id, `${param}.id`);
  throw new RealtimeFault('missing_required_parameter', `Missing required parameter: '${param}.id'.`, `${param}.id`);
}
