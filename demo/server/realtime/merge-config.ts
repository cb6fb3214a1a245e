import type { z } from 'zod';
import type { Hearing, Speaking } from '../engines/engine.ts';
import { RealtimeFault } from './errors.ts';
import { faultFromZod } from './fault-from-zod.ts';
import { hears, speaks } from './languages.ts';
import { DEFAULT_SEMANTIC, DEFAULT_VAD, INTERIM, TIMING } from './session-config.ts';
import type { SessionConfig, ToolChoice, Transcription, TurnDetection } from './session-config.ts';
import { patchSchema, toFormat, toToolChoice, toTools, toTruncation, toVoice } from './session-schema.ts';
import type { SessionPatch, transcriptionSchema, turnDetectionSchema, voiceSchema } from './session-schema.ts';

/** How a partial update changes a session's configuration, and what of it is told to have no effect. */

/** What a merge must know beside the two configurations. */
export interface MergeContext {
  readonly voices: readonly string[];
  readonly hear: Pick<Hearing, 'languages' | 'ignoresPrompt'>;
  readonly speak: Pick<Speaking, 'languages'>;
  /** The assistant was heard already, so its voice can no longer change. */
  readonly spoken: boolean;
}

const INCLUDES = new Set([INTERIM, TIMING]);

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
    inputFormat: input.format ? toFormat(input.format) : config.inputFormat,
    transcription: mergeTranscription(config.transcription, input.transcription, ignored),
    noiseReduction:
      input.noise_reduction === undefined
        ? config.noiseReduction
        : input.noise_reduction && { type: input.noise_reduction.type, strength: input.noise_reduction.strength ?? 1 },
    turnDetection: mergeTurnDetection(config.turnDetection, input.turn_detection, ignored),
    outputFormat: output.format ? toFormat(output.format) : config.outputFormat,
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
  noteUnheard(merged.transcription, context.hear, ignored);
  noteUnspoken(merged, context.speak, ignored);
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
  if (wish.languages !== undefined && wish.languages !== null && wish.languages.length > 1)
    ignored['audio.input.transcription.languages'] = 'One language is heard at a time: say which by language.';
  else delete ignored['audio.input.transcription.languages'];
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
    if (typeof wish.idle_timeout_ms === 'number')
      ignored['audio.input.turn_detection.idle_timeout_ms'] = 'It belongs to server_vad.';
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

function mergeToolChoice(wish: SessionPatch['tool_choice'], merged: SessionConfig, ignored: Record<string, string>): ToolChoice {
  if (wish === null) return 'auto';
  if (wish !== undefined) return toToolChoice(wish, merged.tools, ignored, 'session.tool_choice');
  const kept = merged.toolChoice;
  // The tool that was chosen before may be gone now.
  return typeof kept === 'string' || merged.tools.some((tool) => tool.name === kept.name) ? kept : 'auto';
}

function keepIncludes(wish: readonly string[], ignored: Record<string, string>): readonly string[] {
  const unknown = wish.filter((name) => !INCLUDES.has(name));
  if (unknown.length > 0) ignored['include'] = `Not to be had here: ${unknown.join(', ').slice(0, 200)}.`;
  else delete ignored['include'];
  return wish.filter((name) => INCLUDES.has(name));
}

/** What the protocol has and no engine here does, in sessions and responses. */
export const NOT_HERE: Readonly<Record<string, string>> = {
  tracing: 'Nothing is traced here.',
  prompt: 'Stored prompts live on the OpenAI platform.',
  reasoning: 'The answering engine has no adjustable effort.',
  temperature: 'The engines have no temperature.',
};

const KNOWN = new Set(Object.keys(patchSchema.shape));
/** Filled in by the server; clients that send a whole session back mean nothing by them. */
const SERVER_FILLED = new Set(['id', 'object', 'expires_at', 'client_secret', 'viva']);

function noteUnused(wish: SessionPatch, config: SessionConfig, ignored: Record<string, string>): void {
  const asked = (value: unknown): boolean => value !== undefined && value !== null;
  if (asked(wish.model) && wish.model !== config.model) ignored['model'] = 'The model is fixed when the session begins.';
  for (const [name, reason] of Object.entries(NOT_HERE)) {
    const value: unknown = wish[name];
    if (asked(value)) ignored[name] = reason;
    else if (value === null) Reflect.deleteProperty(ignored, name);
  }
  const unknown = Object.keys(wish).filter((name) => !KNOWN.has(name) && !SERVER_FILLED.has(name) && !(name in NOT_HERE));
  for (const name of unknown.slice(0, 20)) ignored[name.slice(0, 60)] = 'Not known here.';
}

function noteUnheard(transcription: Transcription | null, hear: MergeContext['hear'], ignored: Record<string, string>): void {
  const language = transcription?.language;
  delete ignored['audio.input.transcription.language'];
  delete ignored['audio.input.transcription.prompt'];
  if (!hears(hear, language)) {
    ignored['audio.input.transcription.language'] =
      `Speech in '${String(language)}' is not heard here (only ${hear.languages.join(', ')}); typed text is answered.`;
  }
  if (hear.ignoresPrompt === true && transcription?.prompt !== undefined) {
    ignored['audio.input.transcription.prompt'] = 'The hearing engine takes no prompt.';
  }
}

function noteUnspoken(merged: SessionConfig, speak: MergeContext['speak'], ignored: Record<string, string>): void {
  const language = merged.transcription?.language;
  delete ignored['audio.output.voice'];
  if (merged.type !== 'realtime' || speaks(speak, language)) return;
  ignored['audio.output.voice'] =
    `Words in '${String(language)}' are not spoken here (only ${(speak.languages ?? []).join(', ')}); an answer in it fails.`;
}
