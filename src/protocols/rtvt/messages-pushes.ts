import type { Body } from './frame-body.ts';
import type { Fields } from './frame-fields.ts';

/** What an RTVT service tells by itself (specs §5): four kinds of result and spoken translations, to be written and to be read. */

export type ResultMethod = 'recognizedTempResult' | 'recognizedResult' | 'translatedTempResult' | 'translatedResult';

export interface Result {
  readonly method: ResultMethod;
  readonly side: 'original' | 'translation';
  readonly final: boolean;
  /** Null = not told (protocol B). */
  readonly pid: number | null;
  readonly streamId: bigint;
  /** ms, on the clock of the frames' `ts`. */
  readonly startTs: number;
  readonly endTs: number;
  /** When the server knew it, ms; null = not told. */
  readonly recTs: number | null;
  /** What was spoken in a recognition, what it was translated into in a translation. */
  readonly lang: string;
  /** Numbers the sentence within its stream; null from old servers. */
  readonly taskId: bigint | null;
  /** The whole sentence so far: `asr` or `trans` on the wire. */
  readonly text: string;
}

export interface TtsResult {
  readonly method: 'ttsResult';
  readonly streamId: bigint;
  readonly text: string;
  readonly lang: string;
  /** A whole file; a view of the message. */
  readonly data: Uint8Array;
  /** Told by this project's own gateway only. */
  readonly taskId: bigint | null;
}

export type Push = Result | TtsResult;

const RESULTS: Readonly<Record<ResultMethod, Pick<Result, 'side' | 'final'>>> = {
  recognizedTempResult: { side: 'original', final: false },
  recognizedResult: { side: 'original', final: true },
  translatedTempResult: { side: 'translation', final: false },
  translatedResult: { side: 'translation', final: true },
};

const isResult = (method: string): method is ResultMethod => Object.hasOwn(RESULTS, method);

/** Null for a method that is not known; throws `RtvtError` naming the field for one that is not as it should be. */
export function readPush(method: string, fields: Fields): Push | null {
  const taskId = (): bigint | null => fields.optional('taskId', 'id');
  if (method === 'ttsResult') {
    return {
      method,
      streamId: fields.id('streamId'),
      text: fields.text('text'),
      lang: fields.text('lang'),
      data: fields.bytes('data'),
      taskId: taskId(),
    };
  }
  if (!isResult(method)) return null;
  const { side, final } = RESULTS[method];
  return {
    method,
    side,
    final,
    pid: fields.optional('pid', 'int'),
    streamId: fields.id('streamId'),
    startTs: fields.int('startTs'),
    endTs: fields.int('endTs'),
    recTs: fields.optional('recTs', 'int'),
    lang: fields.text('lang'),
    taskId: taskId(),
    text: fields.text(side === 'original' ? 'asr' : 'trans'),
  };
}

/** The method of a result, by what it is. */
export const resultMethod = (side: Result['side'], final: boolean): ResultMethod =>
  side === 'original'
    ? final
      ? 'recognizedResult'
      : 'recognizedTempResult'
    : final
      ? 'translatedResult'
      : 'translatedTempResult';

/** The body of a push, in the order of the vendor's examples. */
export function writePush(push: Push): Body {
  const { streamId, lang } = push;
  const taskId = push.taskId ?? undefined;
  if (push.method === 'ttsResult') return { streamId, text: push.text, lang, data: push.data, taskId };
  const times = { pid: push.pid ?? undefined, streamId, startTs: push.startTs, endTs: push.endTs };
  const recTs = push.recTs ?? undefined;
  return push.side === 'original'
    ? { ...times, recTs, lang, taskId, asr: push.text }
    : { ...times, trans: push.text, recTs, lang, taskId };
}
