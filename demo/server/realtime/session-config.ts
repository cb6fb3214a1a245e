import { z } from 'zod';
import { RealtimeFault } from './errors.ts';
import { faultFromZod } from './fault-from-zod.ts';
import { bytesPerSample, sameFormat } from './audio/format.ts';
import type { AudioFormat } from './audio/format.ts';
import type { NoiseReductionSettings } from './audio/noise-reduction.ts';

/** The configuration of one session: how partial updates merge into it, what is refused, and what is told to have no effect. */

export interface Transcription {
  readonly model: string;
  /** BCP 47 */
  readonly language?: string;
  readonly prompt?: string;
}

export interface ServerVad {
  readonly type: 'server_vad';
  /** 0–1 */
  readonly threshold: number;
  readonly prefix_padding_ms: number;
  readonly silence_duration_ms: number;
  readonly create_response: boolean;
  readonly interrupt_response: boolean;
  readonly idle_timeout_ms: number | null;
}

export interface SemanticVad {
  readonly type: 'semantic_vad';
  readonly eagerness: 'auto' | 'low' | 'medium' | 'high';
  readonly create_response: boolean;
  readonly interrupt_response: boolean;
}

export type TurnDetection = ServerVad | SemanticVad;

export interface FunctionTool {
  readonly type: 'function';
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export type ToolChoice = 'none' | 'auto' | 'required' | { readonly type: 'function'; readonly name: string };

export type Truncation =
  | 'auto'
  | 'disabled'
  | {
      readonly type: 'retention_ratio';
      readonly retention_ratio: number;
      readonly token_limits?: { readonly post_instructions?: number };
    };

export interface SessionConfig {
  readonly type: 'realtime' | 'transcription';
  readonly model: string;
  readonly outputModality: 'audio' | 'text';
  readonly instructions: string;
  readonly inputFormat: AudioFormat;
  readonly transcription: Transcription | null;
  readonly noiseReduction: NoiseReductionSettings | null;
  readonly turnDetection: TurnDetection | null;
  readonly outputFormat: AudioFormat;
  readonly voice: string;
  /** 0.25–1.5 */
  readonly speed: number;
  readonly tools: readonly FunctionTool[];
  readonly toolChoice: ToolChoice;
  readonly parallelToolCalls: boolean;
  readonly maxOutputTokens: number | 'inf';
  readonly truncation: Truncation;
  readonly include: readonly string[];
  /** What was asked for and is not in force: field → why. */
  readonly ignored: Readonly<Record<string, string>>;
}

/** What a merge must know beside the two configurations. */
export interface MergeContext {
  readonly voices: readonly string[];
  /** The assistant was heard already, so its voice can no longer change. */
  readonly spoken: boolean;
}

export const INTERIM = 'viva.interim';
export const TIMING = 'viva.timing';
const INCLUDES = new Set([INTERIM, TIMING]);

const DEFAULT_VAD: ServerVad = {
  type: 'server_vad',
  threshold: 0.5,
  prefix_padding_ms: 300,
  silence_duration_ms: 500,
  create_response: true,
  interrupt_response: true,
  idle_timeout_ms: null,
};

const DEFAULT_SEMANTIC: SemanticVad = {
  type: 'semantic_vad',
  eagerness: 'auto',
  create_response: true,
  interrupt_response: true,
};

export function defaultConfig(type: SessionConfig['type'], model: string, voice: string): SessionConfig {
  const pcm: AudioFormat = { type: 'audio/pcm', rate: 24000 };
  return {
    type,
    model,
    outputModality: 'audio',
    instructions: '',
    inputFormat: pcm,
    transcription: type === 'transcription' ? { model: 'gpt-4o-transcribe' } : null,
    noiseReduction: null,
    turnDetection: DEFAULT_VAD,
    outputFormat: pcm,
    voice,
    speed: 1,
    tools: [],
    toolChoice: 'auto',
    parallelToolCalls: true,
    maxOutputTokens: 'inf',
    truncation: 'auto',
    include: [],
    ignored: {},
  };
}

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

const transcriptionSchema = z.looseObject({
  model: z.string().min(1).max(200).nullish(),
  language: z.string().max(35).nullish(),
  languages: z.array(z.string().max(35)).max(50).nullish(),
  keywords: z.array(z.string().max(200)).max(500).nullish(),
  prompt: z.union([z.string().max(20000), z.looseObject({})]).nullish(),
});

const turnDetectionSchema = z.looseObject({
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

const patchSchema = z.looseObject({
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

type Patch = z.infer<typeof patchSchema>;

/**
 * `patch` is the `session` of a `session.update` in GA shape. Absent = keep, null or empty = clear. Throws a `RealtimeFault` that names
 * the field; then nothing of the patch is in force.
 */
export function mergeConfig(config: SessionConfig, patch: unknown, context: MergeContext): SessionConfig {
  const parsed = patchSchema.safeParse(patch, { reportInput: true });
  if (!parsed.success) throw faultFromZod(parsed.error, 'session');
  const wish = parsed.data;
  if (wish.type !== config.type) {
    throw new RealtimeFault(
      'invalid_value',
      `This connection is a ${config.type} session; it cannot become ${wish.type}.`,
      'session.type',
    );
  }
  const ignored: Record<string, string> = { ...config.ignored };
  const input = wish.audio?.input ?? {};
  const output = wish.audio?.output ?? {};
  const merged: SessionConfig = {
    ...config,
    outputModality: pick<readonly ('audio' | 'text')[]>(wish.output_modalities, [config.outputModality], ['audio'])[0] ?? 'audio',
    instructions: pick(wish.instructions, config.instructions, ''),
    inputFormat: input.format == null ? config.inputFormat : toFormat(input.format),
    transcription: mergeTranscription(config.transcription, input.transcription, ignored),
    noiseReduction:
      input.noise_reduction === undefined
        ? config.noiseReduction
        : input.noise_reduction && { type: input.noise_reduction.type, strength: input.noise_reduction.strength ?? 1 },
    turnDetection: mergeTurnDetection(config.turnDetection, input.turn_detection, ignored),
    outputFormat: output.format == null ? config.outputFormat : toFormat(output.format),
    voice: mergeVoice(config, output.voice, context),
    speed: pick(output.speed, config.speed, 1),
    tools: wish.tools === undefined ? config.tools : toTools(wish.tools ?? [], ignored, 'session.tools'),
    toolChoice: config.toolChoice,
    parallelToolCalls: pick(wish.parallel_tool_calls, config.parallelToolCalls, true),
    maxOutputTokens: pick(wish.max_output_tokens, config.maxOutputTokens, 'inf'),
    truncation: wish.truncation === undefined ? config.truncation : toTruncation(wish.truncation),
    include: wish.include === undefined ? config.include : keepIncludes(wish.include ?? [], ignored),
    ignored,
  };
  noteUnused(wish, config, ignored);
  return { ...merged, toolChoice: mergeToolChoice(wish.tool_choice, merged, ignored) };
}

const pick = <T>(wish: T | null | undefined, current: T, cleared: T): T => (wish === undefined ? current : (wish ?? cleared));

function mergeTranscription(
  current: Transcription | null,
  wish: z.infer<typeof transcriptionSchema> | null | undefined,
  ignored: Record<string, string>,
): Transcription | null {
  if (wish === undefined) return current;
  if (wish === null) return null;
  const language = pick(
    wish.language ?? (wish.languages?.length === 1 ? wish.languages[0] : wish.language),
    current?.language,
    undefined,
  );
  const words = wish.keywords?.join(', ');
  const asked = typeof wish.prompt === 'object' && wish.prompt !== null ? undefined : wish.prompt;
  const prompt = pick(words === undefined ? asked : [asked, words].filter(Boolean).join(' '), current?.prompt, undefined);
  if ('delay' in wish) ignored['audio.input.transcription.delay'] = 'Interim text is sent as soon as it is stable.';
  return {
    model: wish.model ?? current?.model ?? 'gpt-4o-transcribe',
    ...(language === undefined || language === '' ? {} : { language }),
    ...(prompt === undefined || prompt === '' ? {} : { prompt }),
  };
}

function mergeTurnDetection(
  current: TurnDetection | null,
  wish: z.infer<typeof turnDetectionSchema> | null | undefined,
  ignored: Record<string, string>,
): TurnDetection | null {
  if (wish === undefined) return current;
  if (wish === null) return null;
  const type = wish.type ?? current?.type ?? 'server_vad';
  if (type === 'semantic_vad') {
    const base = current?.type === 'semantic_vad' ? current : DEFAULT_SEMANTIC;
    if (wish.idle_timeout_ms != null) ignored['audio.input.turn_detection.idle_timeout_ms'] = 'It belongs to server_vad.';
    return {
      type,
      eagerness: pick(wish.eagerness, base.eagerness, 'auto'),
      create_response: pick(wish.create_response, base.create_response, true),
      interrupt_response: pick(wish.interrupt_response, base.interrupt_response, true),
    };
  }
  delete ignored['audio.input.turn_detection.idle_timeout_ms'];
  const base = current?.type === 'server_vad' ? current : DEFAULT_VAD;
  return {
    type,
    threshold: pick(wish.threshold, base.threshold, DEFAULT_VAD.threshold),
    prefix_padding_ms: pick(wish.prefix_padding_ms, base.prefix_padding_ms, DEFAULT_VAD.prefix_padding_ms),
    silence_duration_ms: pick(wish.silence_duration_ms, base.silence_duration_ms, DEFAULT_VAD.silence_duration_ms),
    create_response: pick(wish.create_response, base.create_response, true),
    interrupt_response: pick(wish.interrupt_response, base.interrupt_response, true),
    idle_timeout_ms: pick(wish.idle_timeout_ms, base.idle_timeout_ms, null),
  };
}

/** Throws `invalid_value` for a voice that there is not. */
export function toVoice(wish: z.infer<typeof voiceSchema>, voices: readonly string[], param: string): string {
  const voice = typeof wish === 'string' ? wish : wish.id;
  if (voices.includes(voice)) return voice;
  throw new RealtimeFault('invalid_value', `There is no voice '${voice.slice(0, 64)}'. Voices are: ${voices.join(', ')}.`, param);
}

function mergeVoice(config: SessionConfig, wish: z.infer<typeof voiceSchema> | null | undefined, context: MergeContext): string {
  if (wish === undefined) return config.voice;
  const voice = wish === null ? (context.voices[0] ?? config.voice) : toVoice(wish, context.voices, 'session.audio.output.voice');
  if (voice !== config.voice && context.spoken) {
    throw new RealtimeFault(
      'cannot_update_voice',
      'The voice cannot change once the assistant has spoken.',
      'session.audio.output.voice',
    );
  }
  return voice;
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

function mergeToolChoice(wish: Patch['tool_choice'], merged: SessionConfig, ignored: Record<string, string>): ToolChoice {
  if (wish === null) return 'auto';
  if (wish !== undefined) return toToolChoice(wish, merged.tools, ignored, 'session.tool_choice');
  const kept = merged.toolChoice;
  // The tool that was chosen before may be gone now.
  return typeof kept === 'string' || merged.tools.some((tool) => tool.name === kept.name) ? kept : 'auto';
}

function toTruncation(wish: Patch['truncation']): Truncation {
  if (wish == null) return 'auto';
  if (typeof wish === 'string') return wish;
  const limit = wish.token_limits?.post_instructions;
  return {
    type: 'retention_ratio',
    retention_ratio: wish.retention_ratio,
    ...(limit == null ? {} : { token_limits: { post_instructions: limit } }),
  };
}

function keepIncludes(wish: readonly string[], ignored: Record<string, string>): readonly string[] {
  const unknown = wish.filter((name) => !INCLUDES.has(name));
  if (unknown.length > 0) ignored['include'] = `Not to be had here: ${unknown.join(', ').slice(0, 200)}.`;
  else delete ignored['include'];
  return wish.filter((name) => INCLUDES.has(name));
}

const KNOWN = new Set(Object.keys(patchSchema.shape));
/** Filled in by the server; clients that send a whole session back mean nothing by them. */
const SERVER_FILLED = new Set(['id', 'object', 'expires_at', 'client_secret', 'viva']);

function noteUnused(wish: Patch, config: SessionConfig, ignored: Record<string, string>): void {
  if (wish.model != null && wish.model !== config.model) ignored['model'] = 'The model is fixed when the session begins.';
  if (wish.tracing != null) ignored['tracing'] = 'Nothing is traced here.';
  if (wish.prompt != null) ignored['prompt'] = 'Stored prompts live on the OpenAI platform.';
  if (wish.reasoning != null) ignored['reasoning'] = 'The answering engine has no adjustable effort.';
  const unknown = Object.keys(wish).filter((name) => !KNOWN.has(name) && !SERVER_FILLED.has(name));
  for (const name of unknown.slice(0, 20)) ignored[name.slice(0, 60)] = 'Not known here.';
}

/** The session as it is in force, in GA shape. */
export function describeConfig(config: SessionConfig): Record<string, unknown> {
  const input = {
    format: config.inputFormat,
    transcription: config.transcription,
    noise_reduction: config.noiseReduction,
    turn_detection: config.turnDetection,
  };
  const include = config.include.length === 0 ? null : config.include;
  if (config.type === 'transcription') return { type: config.type, audio: { input }, include };
  return {
    type: config.type,
    model: config.model,
    output_modalities: [config.outputModality],
    instructions: config.instructions,
    audio: { input, output: { format: config.outputFormat, voice: config.voice, speed: config.speed } },
    tools: config.tools,
    tool_choice: config.toolChoice,
    parallel_tool_calls: config.parallelToolCalls,
    max_output_tokens: config.maxOutputTokens,
    truncation: config.truncation,
    reasoning: null,
    tracing: null,
    prompt: null,
    include,
  };
}

/** Buffered bytes cannot outlive the format they came in. */
export const inputFormatChanged = (before: SessionConfig, after: SessionConfig): boolean =>
  !sameFormat(before.inputFormat, after.inputFormat) || bytesPerSample(before.inputFormat) !== bytesPerSample(after.inputFormat);
