import type { AssistantSettings, ToolDeclaration, TurnDetection } from '../shared/wire.ts';
import { AssistantError } from '../shared/errors.ts';
import type { AssistantOptions, VoiceOptions } from './options.ts';

/** Nobody pays for a conversation that both sides have left. */
const IDLE_MS = 600_000;

/** A page's options as the plain data that crosses into the voice host. `presetUrl`: the preset's own address, if it has one. */
export function voiceOptions(options: AssistantOptions, presetUrl: string | null): VoiceOptions {
  const { settings = {}, tools = {}, turn = 'vad', bargeIn = 'natural' } = options;
  return {
    url: socketUrl(options.endpoint === '' ? (presetUrl ?? '') : options.endpoint),
    preset: options.preset ?? 'gateway',
    dialect: options.dialect ?? 'auto',
    model: options.model ?? null,
    settings: { ...settings, turns: turns(settings.turns, turn, bargeIn), ...declared(tools) },
    turn,
    bargeIn,
    voice: false,
    muted: options.muted ?? false,
    idleMs: options.idleMs ?? IDLE_MS,
    frameEveryMs: options.frameEveryMs ?? 0,
    sileroUrl: options.sileroUrl ?? null,
  };
}

/** The tools of a page as they are told to the assistant. */
export const declare = (tools: NonNullable<AssistantOptions['tools']>): readonly ToolDeclaration[] =>
  Object.entries(tools).map(([name, { description, parameters }]) => ({ name, description, parameters }));

const declared = (tools: NonNullable<AssistantOptions['tools']>): Pick<AssistantSettings, 'tools'> =>
  Object.keys(tools).length === 0 ? {} : { tools: declare(tools) };

/** A talk key finds the turns itself; otherwise the server does, and cuts its answer only where speech may. */
function turns(
  wished: TurnDetection | undefined,
  turn: AssistantOptions['turn'],
  bargeIn: AssistantOptions['bargeIn'],
): TurnDetection {
  if (turn !== 'vad') return { type: 'none' };
  const interrupt = bargeIn === 'natural';
  if (wished === undefined || wished.type === 'none') return { type: 'server-vad', interrupt };
  return { ...wished, interrupt };
}

/** `https://host` → `wss://host/v1/realtime`; an address of a socket stays as it is. Throws `bad-option`. */
export function socketUrl(endpoint: string): string {
  if (!URL.canParse(endpoint))
    throw new AssistantError('bad-option', `endpoint: “${endpoint}” is not a URL`, { field: 'endpoint' });
  const url = new URL(endpoint);
  if (url.protocol === 'ws:' || url.protocol === 'wss:') return url.href;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new AssistantError('bad-option', 'endpoint: must begin with https:, http:, wss: or ws:', { field: 'endpoint' });
  }
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.pathname = `${url.pathname.replace(/\/(v1\/?)?$/, '')}/v1/realtime`;
  return url.href;
}
