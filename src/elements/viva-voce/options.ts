import type { LiveStream } from '../../session/assistant.ts';
import type { RtvtToken } from '../../session/interpreter/command.ts';
import type { AssistantOptions, BargeIn, Token, TokenReason, Tool, TurnMode } from '../../session/options.ts';
import { AssistantError } from '../../shared/errors.ts';
import type { AssistantSettings, TurnDetection } from '../../shared/wire.ts';

/** The tag's attributes and properties, made into what a session takes; what is wrong with them is named, not guessed. */

export const modes = ['assistant', 'chat', 'interpreter', 'captions'] as const;
export type Mode = (typeof modes)[number];

/** The properties of `<viva-voce>` that decide what a conversation is. */
export interface Wishes {
  readonly endpoint: string | null;
  readonly protocol: string | null;
  readonly preset: string | null;
  readonly model: string | null;
  readonly tokenUrl: string | null;
  readonly tokenProvider: ((reason: TokenReason) => Promise<Token>) | null;
  readonly language: string | null;
  readonly translateTo: string | null;
  readonly speakTranslation: boolean;
  readonly loginProvider: ((reason: TokenReason) => Promise<RtvtToken>) | null;
  readonly voice: string | null;
  readonly instructions: string | null;
  readonly mode: string;
  readonly turn: string;
  readonly vadThreshold: number | null;
  readonly vadSilenceMs: number | null;
  readonly vadPrefixMs: number | null;
  readonly bargeIn: string;
  readonly muted: boolean;
  readonly tools: Readonly<Record<string, Tool>> | null;
  readonly stream: LiveStream | null;
  readonly microphone: string | null;
  readonly speaker: string | null;
  readonly camera: string | null;
  readonly frameEvery: number | null;
  readonly assetBase: string | null;
  readonly workletUrl: string | null;
  readonly workerUrl: string | null;
  readonly sileroUrl: string | null;
}

export interface Reading {
  readonly options: AssistantOptions;
  readonly mode: Mode;
  /** Attributes that cannot be meant as they stand; the option is then left at its default. */
  readonly faults: readonly AssistantError[];
}

/** `home`: where the script came from, which is where the gateway is unless `endpoint` says otherwise. `base`: the page's URL. */
export function readOptions(wishes: Wishes, home: string, base: string): Reading {
  const faults: AssistantError[] = [];
  const fault = (field: string, message: string, code: 'bad-option' | 'unsupported' = 'bad-option') => {
    faults.push(new AssistantError(code, `${field}: ${message}`, { field }));
  };
  const oneOf = <T extends string>(field: string, value: string, among: readonly T[]): T => {
    const found = among.find((each) => each === value);
    if (found === undefined) fault(field, `“${value}” is none of ${among.join(', ')}`);
    return found ?? (among[0] as T);
  };
  const number = (field: string, value: number | null, most: number): number | undefined => {
    if (value === null) return undefined;
    if (value >= 0 && value <= most) return value;
    fault(field, `must be a number from 0 to ${most}`);
    return undefined;
  };

  const mode = oneOf('mode', wishes.mode, modes);
  const interprets = mode === 'interpreter' || mode === 'captions';
  const protocol = oneOf('protocol', wishes.protocol ?? (interprets ? 'rtvt' : 'realtime'), ['realtime', 'rtvt'] as const);
  if (interprets !== (protocol === 'rtvt')) fault('protocol', `“${protocol}” does not serve mode “${mode}”`, 'unsupported');
  const turn = oneOf<TurnMode>('turn', wishes.turn, ['vad', 'hold', 'toggle']);
  const bargeIn = oneOf<BargeIn>('barge-in', bargeInWord(wishes.bargeIn), ['natural', 'button', 'never']);
  const frameEvery = number('frame-every', wishes.frameEvery, 3600);
  const threshold = number('vad-threshold', wishes.vadThreshold, 1);
  const silenceMs = number('vad-silence-ms', wishes.vadSilenceMs, interprets ? 2_000 : 10_000);
  const prefixMs = number('vad-prefix-ms', wishes.vadPrefixMs, 5_000);
  const url = (field: string, value: string | null): string | null => {
    if (value === null) return null;
    if (URL.canParse(value, base)) return new URL(value, base).href.replace(/\/$/, '');
    fault(field, 'is not a URL');
    return null;
  };
  const endpoint = url('endpoint', wishes.endpoint) ?? home;

  const tuned = turn === 'vad' && [threshold, silenceMs, prefixMs].some((value) => value !== undefined);
  const turns = tuned
    ? present<TurnDetection>({ type: 'server-vad', threshold, silenceMs, prefixMs, interrupt: bargeIn === 'natural' })
    : undefined;
  const settings = present<AssistantSettings>({
    instructions: wishes.instructions,
    voice: wishes.voice,
    language: interprets ? null : wishes.language,
    reply: mode === 'chat' ? 'text' : undefined,
    turns,
  });
  const { preset, model, muted, tools, tokenProvider, tokenUrl, camera } = wishes;
  const { microphone, speaker, stream, assetBase, workletUrl, workerUrl } = wishes;
  const options = present<AssistantOptions>({
    endpoint,
    preset,
    model,
    settings,
    turn,
    bargeIn,
    muted,
    tools,
    tokenProvider,
    tokenUrl,
    camera,
    microphone,
    speaker,
    stream,
    assetBase,
    workletUrl,
    workerUrl,
    sileroUrl: url('silero-url', wishes.sileroUrl),
    frameEveryMs: frameEvery === undefined ? undefined : frameEvery * 1000,
  });
  return { options, mode, faults };
}

/** `barge-in` alone and `="true"` mean yes, `="false"` no. */
function bargeInWord(value: string): string {
  if (value === '' || value === 'true') return 'natural';
  return value === 'false' ? 'never' : value;
}

/** Without the entries that say nothing: an absent option is the server's choice. */
export function present<T extends object>(entries: { readonly [K in keyof T]: T[K] | null | undefined }): T {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null && value !== undefined)) as T;
}

/** Whether two sets of options describe the same conversation; what a running one can change by itself does not count. */
export const sameOptions = (one: AssistantOptions, other: AssistantOptions): boolean => plain(one) === plain(other);

const identities = new WeakMap<object, number>();
let identified = 0;

/** Options as text; functions and live objects by who they are. */
function plain(options: AssistantOptions): string {
  const { muted, microphone, speaker, camera, ...rest } = options;
  return JSON.stringify(rest, (_key, value: unknown) => {
    const live = typeof value === 'function' || (typeof value === 'object' && value !== null && 'active' in value);
    if (!live) return value;
    const known = identities.get(value) ?? ++identified;
    identities.set(value, known);
    return `#${known}`;
  });
}
