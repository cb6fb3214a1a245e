import { AssistantError } from '../../shared/errors.ts';
import type { StreamSettings } from '../../shared/interpretation.ts';
import { readJson } from './frame-body.ts';
import { RTVT_CODE, RtvtError } from './messages-errors.ts';
import { readPush, type Push } from './messages-pushes.ts';
import { projectOf, type RtvtOptions, type RtvtToken } from './options.ts';

/** The words of protocol B (specs §9): everything but sound goes up in the address, JSON with numbers as strings comes down. */

export const VOICE_END = '{"method":"voiceEnd"}';

/** The signed address of one stream. It is a credential: never log it. */
export function gateUrl(base: URL, options: RtvtOptions, signed: RtvtToken, settings: StreamSettings): string {
  const { token, ts } = signed;
  const url = new URL(base);
  const query: Readonly<Record<string, string | number | boolean | undefined>> = {
    pid: projectOf(options, signed),
    token,
    ts,
    version: '1.0',
    srcLanguage: settings.from,
    destLanguage: settings.to ?? '',
    asrResult: settings.transcribe ?? true,
    asrTempResult: settings.interim ?? true,
    transResult: settings.to !== null,
    ttsResult: settings.speak ?? false,
    ttsSpeaker: settings.voice,
    codec: settings.codec ?? 0,
    userId: settings.userId ?? options.uid?.toString(),
    vadSilenceTime: settings.silenceMs,
  };
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url.href;
}

export type GateMessage =
  | { readonly type: 'push'; readonly push: Push }
  | { readonly type: 'unknown'; readonly method: string }
  /** The service refuses. */
  | { readonly type: 'refusal'; readonly error: RtvtError };

/** Throws `bad-message` naming the field. */
export function readGate(data: string | ArrayBuffer): GateMessage {
  if (typeof data !== 'string') throw new AssistantError('bad-message', 'a binary message', { field: 'frame' });
  const fields = readJson(data);
  const method = fields.text('method');
  if (method === 'error') {
    const ex = fields.optional('ex', 'name') ?? '';
    return { type: 'refusal', error: new RtvtError(fields.optional('code', 'int') ?? RTVT_CODE.unknown, ex) };
  }
  const push = readPush(method, fields);
  return push ? { type: 'push', push } : { type: 'unknown', method };
}
