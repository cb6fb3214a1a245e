import type { AssistantSettings, EffectiveSettings, TurnDetection } from '../../shared/wire.ts';
import type { Adapter, AudioFormat } from './adapters.ts';
import type { ClientEvent } from './client-events.ts';
import { isObject, list, number, object, text, type Json } from './events.ts';

/** The GA dialect: wishes to a nested session object, a session object back to what is in force. */

/** How a server's dialect differs from the GA one, which everything here is written in. */
export interface Codec {
  /** A nested session object in the shape that the server reads. */
  reshape(session: Json): Json;
  /** The server's session object as a nested one. */
  nest(session: Json): Json;
  encode(event: ClientEvent): Json;
}

const same = <T>(value: T): T => value;

export const ga: Codec = { reshape: same, nest: same, encode: same };

/** G.711 is always 8 kHz. */
const format = (name: AudioFormat, rate: number): Json => ({ type: `audio/${name}`, rate: name === 'pcm' ? rate : undefined });

/** Ours → the wire's, of turn detection; the last three mean nothing where nothing is answered. */
const TURNS = {
  threshold: 'threshold',
  prefixMs: 'prefix_padding_ms',
  silenceMs: 'silence_duration_ms',
  eagerness: 'eagerness',
  idleTimeoutMs: 'idle_timeout_ms',
  respond: 'create_response',
  interrupt: 'interrupt_response',
} as const;

function writeTurns(turns: TurnDetection | undefined, converses: boolean): Json | null | undefined {
  if (turns === undefined) return undefined;
  if (turns.type === 'none') return null;
  const names = Object.entries(TURNS).slice(0, converses ? 7 : 4);
  return {
    type: turns.type.replace('-', '_'),
    ...Object.fromEntries(names.map(([ours, wire]) => [wire, (turns as Json)[ours]])),
  };
}

function readTurns(value: unknown): TurnDetection {
  if (!isObject(value)) return { type: 'none' };
  const told = Object.entries(TURNS)
    .map(([ours, wire]) => [ours, value[wire]] as const)
    .filter(([, setting]) => setting !== undefined && setting !== null);
  const type = value['type'] === 'semantic_vad' ? 'semantic-vad' : 'server-vad';
  return { type, ...(Object.fromEntries(told) as object) };
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
    noise_reduction: noise && (noise === 'off' ? null : { type: `${noise}_field` }),
    turn_detection: writeTurns(wish.turns, converses),
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

/** What is in force by a (nested) session object, compared with what was asked for. `transcribes`: the user's words will come. */
export function effectiveOf(session: Json, asked: Json, adapter: Adapter): EffectiveSettings & { readonly transcribes: boolean } {
  const known = overlay(asked, session);
  const audio = object(known['audio']);
  const input = object(audio['input']);
  const output = object(audio['output']);
  const modalities = list(known['output_modalities']);
  const differences: string[] = [];
  compare(asked, session, '', differences);
  // Our gateway also tells of wishes that it took and that change nothing.
  const { ignored, limits } = object(session['viva']);
  for (const each of list(ignored))
    differences.push(`${text(object(each)['field']) ?? ''}: ${text(object(each)['reason']) ?? ''}`);
  for (const each of list(limits)) differences.push(`instructions: ${text(each) ?? ''}`);
  return {
    model: text(known['model']),
    voice: text(output['voice']) ?? text(object(output['voice'])['id']),
    speed: number(output['speed']),
    reply: modalities.length > 0 && !modalities.includes('audio') ? 'text' : 'audio',
    turns: readTurns(input['turn_detection']),
    inputRate: number(object(input['format'])['rate']) ?? adapter.inputRate,
    outputRate: number(object(output['format'])['rate']) ?? adapter.outputRate,
    differences,
    transcribes: isObject(input['transcription']),
  };
}

/** What the server did not tell is taken as it was asked. */
function overlay(asked: Json, told: Json): Json {
  const merged: Record<string, unknown> = { ...asked };
  for (const [key, value] of Object.entries(told)) {
    const before = merged[key];
    if (value !== undefined) merged[key] = isObject(before) && isObject(value) ? overlay(before, value) : value;
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
