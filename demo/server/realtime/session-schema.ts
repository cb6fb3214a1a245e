import { z } from 'zod';
import type { AudioFormat } from './audio/format.ts';
import { RealtimeFault } from './errors.ts';
import type { FunctionTool, ToolChoice, Truncation } from './session-config.ts';

/** What clients may write into sessions and responses (GA shape), and what becomes of single fields of it. */

export const formatSchema = z.union([
  z.looseObject({ type: z.literal('audio/pcm'), rate: z.union([z.literal(16000), z.literal(24000)]).default(24000) }),
  z.looseObject({ type: z.enum(['audio/pcmu', 'audio/pcma']) }),
]);

export function toFormat(value: z.infer<typeof formatSchema>): AudioFormat {
  return value.type === 'audio/pcm' ? { type: value.type, rate: value.rate } : { type: value.type };
}

export const toolSchema = z.looseObject({
  type: z.string().default('function'),
  name: z.string().min(1).max(128).optional(),
  description: z.string().max(32768).nullish(),
  parameters: z.record(z.string(), z.unknown()).nullish(),
});

export const toolChoiceSchema = z.union([
  z.enum(['none', 'auto', 'required']),
  z.looseObject({ type: z.literal('function'), name: z.string().min(1) }),
  z.looseObject({ type: z.literal('mcp'), server_label: z.string() }),
]);

export const maxTokensSchema = z.union([z.literal('inf'), z.number().int().min(1).max(4096)]);
export const voiceSchema = z.union([z.string().min(1), z.looseObject({ id: z.string().min(1) })]);
export const modalitiesSchema = z.tuple([z.enum(['audio', 'text'])], { error: "expected ['audio'] or ['text']" });

export const transcriptionSchema = z.looseObject({
  model: z.string().min(1).max(200).nullish(),
  language: z.string().max(35).nullish(),
  languages: z.array(z.string().max(35)).max(50).nullish(),
  keywords: z.array(z.string().max(200)).max(500).nullish(),
  prompt: z.union([z.string().max(20000), z.looseObject({})]).nullish(),
});

export const turnDetectionSchema = z.looseObject({
  type: z.enum(['server_vad', 'semantic_vad']).optional(),
  threshold: z.number().min(0).max(1).nullish(),
  prefix_padding_ms: z.number().int().min(0).max(5000).nullish(),
  silence_duration_ms: z.number().int().min(0).max(20000).nullish(),
  create_response: z.boolean().nullish(),
  interrupt_response: z.boolean().nullish(),
  idle_timeout_ms: z.number().int().min(5000).max(30000).nullish(),
  eagerness: z.enum(['auto', 'low', 'medium', 'high']).nullish(),
});

const truncationSchema = z.union([
  z.enum(['auto', 'disabled']),
  z.looseObject({
    type: z.literal('retention_ratio'),
    retention_ratio: z.number().min(0).max(1),
    token_limits: z.looseObject({ post_instructions: z.number().int().min(0).nullish() }).nullish(),
  }),
]);

export const patchSchema = z.looseObject({
  type: z.enum(['realtime', 'transcription']),
  model: z.string().max(200).nullish(),
  output_modalities: modalitiesSchema.nullish(),
  instructions: z.string().max(200000).nullish(),
  audio: z
    .looseObject({
      input: z
        .looseObject({
          format: formatSchema.nullish(),
          transcription: transcriptionSchema.nullish(),
          noise_reduction: z
            .looseObject({ type: z.enum(['near_field', 'far_field']), strength: z.number().min(0).max(1).nullish() })
            .nullish(),
          turn_detection: turnDetectionSchema.nullish(),
        })
        .nullish(),
      output: z
        .looseObject({
          format: formatSchema.nullish(),
          voice: voiceSchema.nullish(),
          speed: z.number().min(0.25).max(1.5).nullish(),
        })
        .nullish(),
    })
    .nullish(),
  tools: z.array(toolSchema).max(256).nullish(),
  tool_choice: toolChoiceSchema.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  max_output_tokens: maxTokensSchema.nullish(),
  truncation: truncationSchema.nullish(),
  include: z.array(z.string().max(200)).max(50).nullish(),
  tracing: z.unknown().optional(),
  prompt: z.unknown().optional(),
  reasoning: z.unknown().optional(),
});

export type SessionPatch = z.infer<typeof patchSchema>;

/** Throws `invalid_value` for a voice that there is not. */
export function toVoice(wish: z.infer<typeof voiceSchema>, voices: readonly string[], param: string): string {
  const voice = typeof wish === 'string' ? wish : wish.id;
  if (voices.includes(voice)) return voice;
  throw new RealtimeFault('invalid_value', `There is no voice '${voice.slice(0, 64)}'. Voices are: ${voices.join(', ')}.`, param);
}

/** Function tools as they can be used; others are noted as without effect. */
export function toTools(
  wish: readonly z.infer<typeof toolSchema>[],
  ignored: Record<string, string>,
  param: string,
): readonly FunctionTool[] {
  const tools: FunctionTool[] = [];
  wish.forEach((tool, index) => {
    if (tool.type !== 'function') {
      ignored[`tools[${index}]`] = `Tools of type '${tool.type.slice(0, 40)}' are not run here.`;
      return;
    }
    if (tool.name === undefined) {
      throw new RealtimeFault('missing_required_parameter', 'A function tool needs a name.', `${param}[${index}].name`);
    }
    if (tools.some((other) => other.name === tool.name)) {
      throw new RealtimeFault('invalid_value', `Two tools are named '${tool.name}'.`, `${param}[${index}].name`);
    }
    tools.push({
      type: 'function',
      name: tool.name,
      description: tool.description ?? '',
      parameters: tool.parameters ?? { type: 'object', properties: {} },
    });
  });
  return tools;
}

export function toToolChoice(
  wish: z.infer<typeof toolChoiceSchema>,
  tools: readonly FunctionTool[],
  ignored: Record<string, string>,
  param: string,
): ToolChoice {
  if (typeof wish === 'string') return wish;
  if (wish.type === 'mcp') {
    ignored['tool_choice'] = 'MCP tools are not run here.';
    return 'auto';
  }
  const name = wish.name;
  if (!tools.some((tool) => tool.name === name)) {
    throw new RealtimeFault('invalid_value', `No tool is named '${name.slice(0, 128)}'.`, `${param}.name`);
  }
  return { type: 'function', name };
}

export function toTruncation(wish: SessionPatch['truncation']): Truncation {
  if (wish === undefined || wish === null) return 'auto';
  if (typeof wish === 'string') return wish;
  const limit = wish.token_limits?.post_instructions;
  return {
    type: 'retention_ratio',
    retention_ratio: wish.retention_ratio,
    ...(typeof limit === 'number' ? { token_limits: { post_instructions: limit } } : {}),
  };
}
