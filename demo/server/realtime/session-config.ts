import { bytesPerSample, sameFormat } from './audio/format.ts';
import type { AudioFormat } from './audio/format.ts';
import type { NoiseReductionSettings } from './audio/noise-reduction.ts';

/** The configuration of one session: what can be set, what holds by default, and how it is told to the client. */

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

/** Our own names in `include`: interim text of what is being said, and how long the steps of an answer took. */
export const INTERIM = 'viva.interim';
export const TIMING = 'viva.timing';
export const DEFAULT_VAD: ServerVad = {
  type: 'server_vad',
  threshold: 0.5,
  prefix_padding_ms: 300,
  silence_duration_ms: 500,
  create_response: true,
  interrupt_response: true,
  idle_timeout_ms: null,
};

export const DEFAULT_SEMANTIC: SemanticVad = {
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
