import type { AssistantSettings, EffectiveSettings, TurnDetection } from '../../shared/wire.ts';
import type { Adapter, AudioFormat } from './adapters.ts';
import { isObject, list, number, object, text, type Json } from './events.ts';

/** The GA dialect: wishes to a nested session object, a session object back to what is in force. */

/** G.711 is always 8 kHz. */
const format = (name: AudioFormat, rate: number): Json => ({ type: `audio/${name}`, rate: name === 'pcm' ? rate : undefined });

function turnDetection(turns: TurnDetection | undefined, converses: boolean): Json | null | undefined {
  if (turns === undefined) return undefined;
  if (turns.type === 'none') return null;
  const replies = converses ? { create_response: turns.respond, interrupt_response: turns.interrupt } : {};
  if (turns.type === 'semantic-vad') return { type: 'semantic_vad', eagerness: turns.eagerness, ...replies };
  return {
    type: 'server_vad',
    threshold: turns.threshold,
    prefix_padding_ms: turns.prefixMs,
    silence_duration_ms: turns.silenceMs,
    idle_timeout_ms: converses ? turns.idleTimeoutMs : undefined,
    ...replies,
  };
}

/** The whole wish as a session object (specs: GA `session.update`); undefined members vanish in JSON and mean "as the server likes". */
export function sessionOf(wish: AssistantSettings, adapter: Adapter): Json {
  const converses = wish.purpose !== 'transcription';
  const noise = wish.noiseReduction;
  const input = {
    format: format(adapter.inputFormat, adapter.inputRate),
    transcription:
      wish.transcribe === false && converses
        ? null
        : { model: adapter.transcriptionModel ?? undefined, language: wish.language?.split('-')[0] },
    noise_reduction: noise === undefined ? undefined : noise === 'off' ? null : { type: `${noise}_field` },
    turn_detection: turnDetection(wish.turns, converses),
  };
  if (!converses) return { type: 'transcription', audio: { input } };
  return {
    type: 'realtime',
    output_modalities: wish.reply && [wish.reply],
    instructions: wish.instructions,
    audio: {
      input,
      output: { format: format(adapter.outputFormat, adapter.outputRate), voice: wish.voice, speed: wish.speed },
    },
    tools: wish.tools?.map(({ name, description, parameters }) => ({ type: 'function', name, description, parameters })),
    tool_choice: wish.toolChoice,
    max_output_tokens: wish.maxOutputTokens,
  };
}

export const withoutVoice = (session: Json): Json => {
  const audio = object(session['audio']);
  return {
    ...session,
    audio: { ...audio, ...(audio['output'] ? { output: { ...object(audio['output']), voice: undefined } } : {}) },
  };
};

const at = (session: Json, path: string): unknown => path.split('.').reduce<unknown>((value, key) => object(value)[key], session);

function readTurns(value: unknown): TurnDetection {
  if (!isObject(value)) return { type: 'none' };
  const reply = {
    ...(typeof value['interrupt_response'] === 'boolean' ? { interrupt: value['interrupt_response'] } : {}),
    ...(typeof value['create_response'] === 'boolean' ? { respond: value['create_response'] } : {}),
  };
  if (value['type'] === 'semantic_vad') {
    const eagerness = (['auto', 'low', 'medium', 'high'] as const).find((level) => level === value['eagerness']);
    return { type: 'semantic-vad', ...(eagerness ? { eagerness } : {}), ...reply };
  }
  const numbers = {
    threshold: 'threshold',
    prefixMs: 'prefix_padding_ms',
    silenceMs: 'silence_duration_ms',
    idleTimeoutMs: 'idle_timeout_ms',
  };
  const told = Object.entries(numbers).flatMap(([name, wire]) => {
    const found = number(value[wire]);
    return found === null ? [] : [[name, found] as const];
  });
  return { type: 'server-vad', ...Object.fromEntries(told), ...reply };
}

/** What is in force by a (nested) session object, compared with what was asked for. */
export function effectiveOf(session: Json, asked: Json, adapter: Adapter): EffectiveSettings {
  const known = overlay(asked, session);
  const told: string[] = [];
  compare(asked, session, '', told);
  const modalities = list(known['output_modalities']);
  return {
    model: text(known['model']),
    voice: text(at(known, 'audio.output.voice')) ?? text(at(known, 'audio.output.voice.id')),
    speed: number(at(known, 'audio.output.speed')),
    reply: modalities.length > 0 && !modalities.includes('audio') ? 'text' : 'audio',
    turns: readTurns(at(known, 'audio.input.turn_detection')),
    inputRate: number(at(known, 'audio.input.format.rate')) ?? adapter.inputRate,
    outputRate: number(at(known, 'audio.output.format.rate')) ?? adapter.outputRate,
    differences: told,
  };
}

/** What the server did not tell is taken as it was asked. */
export function overlay(asked: Json, told: Json): Json {
  const merged: Record<string, unknown> = { ...asked };
  for (const [key, value] of Object.entries(told)) {
    const before = merged[key];
    merged[key] = isObject(before) && isObject(value) ? overlay(before, value) : value;
  }
  return merged;
}

/** What servers may leave out of their answer and mean as it was asked. */
const UNTOLD = /^type$|format\./;
/** Which model transcribes is the server's business: a gateway has its own. */
const SERVERS_OWN = /transcription\.model$/;

const shown = (value: unknown): string => {
  const json = value === undefined ? 'nothing' : JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
};

function compare(asked: unknown, got: unknown, path: string, told: string[]): void {
  if (asked === undefined) return;
  if (isObject(asked) || (Array.isArray(asked) && Array.isArray(got) && asked.length === got.length)) {
    const inner = got as Json | null | undefined;
    // Cleared as a whole is told of each part.
    for (const [key, value] of Object.entries(asked))
      compare(value, inner === null ? null : inner?.[key], path === '' ? key : `${path}.${key}`, told);
  } else if (asked !== (got ?? null) && !(got === undefined ? UNTOLD.test(path) : got !== null && SERVERS_OWN.test(path))) {
    told.push(`${path}: asked ${shown(asked)}, in force ${shown(got)}`);
  }
}
