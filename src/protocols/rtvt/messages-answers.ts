import { decodeBody, type Body } from './frame-body.ts';
import type { Fields } from './frame-fields.ts';
import type { AnswerFrame } from './frame.ts';
import { RTVT_CODE, RtvtError } from './messages-errors.ts';

/** What an RTVT service answers (specs §4, §1.2), to be written and to be read. */

/** `successed` is the protocol's own spelling. */
export const writeLoginAnswer = (successed: boolean): Body => ({ successed });

/** Whether the login was taken. A refusal may also be an error answer. */
export const readLoginAnswer = (fields: Fields): boolean => fields.optional('successed', 'flag') ?? true;

export const writeVoiceStartAnswer = (streamId: bigint): Body => ({ streamId });
export const readVoiceStartAnswer = (fields: Fields): bigint => fields.id('streamId');

/** `ts`: the server's clock, ms. */
export const writePingAnswer = (ts: number): Body => ({ ts });

export interface AvailableLanguages {
  readonly srcLanguage: readonly string[];
  /** From here on: told by this project's own gateway only. */
  readonly destLanguage: readonly string[] | null;
  /** For each heard language what it can be translated into. */
  readonly pairs: Readonly<Record<string, readonly string[]>> | null;
  /** Languages whose translation can be spoken. */
  readonly tts: readonly string[] | null;
  /** `rough` or `model`. */
  readonly quality: string | null;
}

export const writeLanguages = (languages: AvailableLanguages): Body => ({
  srcLanguage: languages.srcLanguage,
  destLanguage: languages.destLanguage ?? undefined,
  pairs: languages.pairs ?? undefined,
  tts: languages.tts ?? undefined,
  quality: languages.quality ?? undefined,
});

export const readLanguages = (fields: Fields): AvailableLanguages => ({
  srcLanguage: fields.texts('srcLanguage'),
  destLanguage: fields.optional('destLanguage', 'texts'),
  pairs: fields.optional('pairs', 'lists'),
  tts: fields.optional('tts', 'texts'),
  quality: fields.optional('quality', 'text'),
});

/**
 * The fields of an ok answer. Throws `RtvtError` for an error answer, also for one that comes with status 0 and a `code`; a code that is
 * missing is 10001, and `ex` may be anything.
 */
export function readAnswer(frame: AnswerFrame): Fields {
  const fields = decodeBody(frame.body, frame.encoding);
  const code = typeof fields.values['code'] === 'undefined' ? 0 : fields.int('code');
  if (frame.status === 0 && code === 0) return fields;
  const { ex } = fields.values;
  throw new RtvtError(code || RTVT_CODE.unknownProto, typeof ex === 'string' ? ex : '');
}
